"""The kit fails every classic mistake, and says which one it is."""

from __future__ import annotations

import sys

import pytest

from aggregator.testing.conformance import AdapterConformance, cases, judged
from aggregator.testing.profile import WireProfile
from aggregator.testing.run import Case, Driver
from tests.conformance.broken import MISTAKES, Sound, wire_of

pytest_plugins = ["pytester"]

SUITE = """
from aggregator.testing import AdapterConformance
from tests.conformance.broken import {name}, wire_of


class TestIt(AdapterConformance):
    wire = wire_of({name})
"""


def messages(wire: WireProfile) -> list[str]:
    """What the kit says to an adapter."""
    calm = [Case(wire=wire, profile=one, driver=Driver.THREADS) for one in wire.lists]
    found = []
    for case in (*calm, *(one for one in cases(wire) if one.driver is Driver.THREADS)):
        try:
            judged(case)
        except AssertionError as error:
            found.append(str(error))
    return found


def test_the_sound_adapter_passes() -> None:
    """What the broken adapters are made of has nothing wrong with it."""
    assert messages(wire_of(Sound)) == []


@pytest.mark.parametrize("adapter", MISTAKES, ids=lambda one: one.__name__)
def test_a_mistake_is_named(adapter: type[Sound]) -> None:
    """An adapter with a classic mistake fails, and the message names the mistake."""
    said = messages(wire_of(adapter))
    assert any(all(words in one for words in MISTAKES[adapter]) for one in said), "\n\n".join(said)


def test_the_plugin_reports_it(pytester: pytest.Pytester) -> None:
    """A test file of a few lines gets the whole suite, and its failures, from the plugin."""
    pytester.makepyfile(SUITE.format(name="CoercesIds"))
    result = pytester.runpytest_inprocess("-q", "-p", "no:cacheprovider", "-k", "fair or null", "--tb=line")
    outcomes = result.parseoutcomes()
    assert outcomes["failed"] >= 3
    assert outcomes["passed"] >= 3
    result.stdout.fnmatch_lines(["*an id that is null*"])


def test_without_its_extra_the_kit_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever installed the library alone is told of the extra, not of a module they never heard of."""

    class Kit(AdapterConformance):
        wire = wire_of(Sound)

    monkeypatch.delitem(sys.modules, "aggregator.testing.machine", raising=False)
    monkeypatch.setitem(sys.modules, "hypothesis", None)
    with pytest.raises(ImportError, match=r"pip install 'connection-aggregator\[testing\]'"):
        Kit().test_faults_at_random()
