"""The kit fails every classic mistake, and says which one it is."""

from __future__ import annotations

import sys

import pytest

from aggregator.testing.conformance import AdapterConformance, cases, judged
from aggregator.testing.paging import Numbered, Slice
from aggregator.testing.profile import WireProfile
from aggregator.testing.run import Case, Driver
from tests.conformance.broken import BARE, MISTAKES, Bare, Sound, bare_wire, wire_of

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


@pytest.mark.parametrize("adapter", BARE, ids=lambda one: one.__name__)
def test_a_platform_that_says_nothing_of_its_end_passes(adapter: type[Bare]) -> None:
    """A shipped pager and the kit's own paging fit: an empty page past the end is enough, whatever is repeated."""
    assert messages(bare_wire(adapter)) == []


def test_a_numbered_list_may_answer_404_past_its_end() -> None:
    """What comes past the last page is the profile's to say; before the first there is never a page."""
    rows = list(range(4))
    assert Numbered().cut(rows, {"page": "3"}, 2) == Slice(rows=[], total=4, page_count=2)
    assert Numbered(past_the_end="404").cut(rows, {"page": "3"}, 2) is None
    assert Numbered().cut(rows, {"page": "0"}, 2) is None


@pytest.mark.parametrize("body", ["profile = wire_of(Sound)", "wire = 1", "pass"])
def test_a_suite_without_a_profile_is_told_of_it(pytester: pytest.Pytester, body: str) -> None:
    """A misspelt attribute fails the run and names the right one, instead of testing nothing."""
    pytester.makepyfile(SUITE.format(name="Sound").replace("wire = wire_of(Sound)", body))
    result = pytester.runpytest_inprocess("-q", "-p", "no:cacheprovider")
    assert result.ret != 0
    result.stdout.fnmatch_lines(["*TestIt tests nothing: its attribute `wire` is missing*"])


def test_a_base_class_of_ones_own_needs_no_profile() -> None:
    """One that says `__test__ = False` is not collected, and what is made of it is."""

    class Base(AdapterConformance):
        __test__ = False

    class Suite(Base):
        wire = wire_of(Sound)

    assert not Base.__test__
    assert Suite.__test__


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
