"""Adapters are found by entry point, and one that cannot be loaded is told in one sentence."""

from __future__ import annotations

import re
import sys
from importlib.metadata import EntryPoint, distributions, entry_points
from pathlib import Path
from types import ModuleType

import pytest

from aggregator.adapter import Adapter, adapter_names, load_adapter, registry
from aggregator.adapter.entry_point import load_entry_point
from aggregator.errors import ConfigurationError
from tests.wire.fake_vendor import Fake


class Points(list[EntryPoint]):
    """What `entry_points()` returns, as far as it is used."""

    @property
    def names(self) -> set[str]:
        return {one.name for one in self}


@pytest.fixture
def point(monkeypatch: pytest.MonkeyPatch) -> None:
    """A made-up distribution with one good adapter and several that cannot be loaded."""
    values = {
        "fake": "tests.wire.fake_vendor:Fake",
        "needy": "made_up_needy:Adapter",
        "broken": "made_up_broken:Adapter",
        "hollow": "made_up_hollow:Adapter",
        "number": "made_up_hollow:ANSWER",
        "class": "made_up_hollow:Thing",
    }
    points = Points(EntryPoint(name=name, value=value, group=registry.GROUP) for name, value in values.items())
    hollow = ModuleType("made_up_hollow")
    hollow.__dict__.update({"ANSWER": 42, "Thing": dict})
    monkeypatch.setitem(sys.modules, "made_up_hollow", hollow)
    monkeypatch.setattr(
        registry,
        "entry_points",
        lambda *, group, name=None: Points(one for one in points if name in (None, one.name) and group == one.group),
    )


@pytest.mark.usefixtures("point")
def test_an_adapter_is_found_by_its_name() -> None:
    """A third party's adapter is loaded by the name of its entry point."""
    assert load_adapter("fake") is Fake
    assert adapter_names() == ("broken", "class", "fake", "hollow", "needy", "number")


@pytest.mark.usefixtures("point")
@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("frabic", "There is no adapter named 'frabic'. Installed are: broken, class, fake"),
        ("needy", "needs the package 'made_up_needy', which is not installed. Try: pip install 'made_up_needy'."),
        ("hollow", "cannot be loaded"),
        ("number", "'made_up_hollow:ANSWER' is no adapter"),
        ("class", "'made_up_hollow:Thing' is no adapter"),
    ],
)
def test_what_cannot_be_loaded_is_told_in_a_sentence(name: str, said: str) -> None:
    """A name that is not there, a missing package and a faulty entry point each have their sentence."""
    with pytest.raises(ConfigurationError) as caught:
        load_adapter(name)
    assert said in str(caught.value)


def test_our_own_adapters_are_there() -> None:
    """The three platforms are found by their names, as a third party's would be."""
    for name in ("crux", "fabric", "commerce_layer"):
        found = load_adapter(name)
        assert issubclass(found, Adapter)
        assert found.vendor == name


@pytest.mark.parametrize("shape", ["package", "module"])
def test_another_package_of_the_same_name_is_told_of(
    shape: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A folder or a file of one's own that hides an adapter's package is named, with what to do about it."""
    hiding = tmp_path / "made_up_hidden" / "__init__.py" if shape == "package" else tmp_path / "made_up_hidden.py"
    hiding.parent.mkdir(exist_ok=True)
    hiding.write_text("", "utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    entry_point = EntryPoint(name="harbor", value="made_up_hidden.harbor:Harbor", group=registry.GROUP)
    with pytest.raises(ConfigurationError) as caught:
        load_entry_point(entry_point, "adapter")
    sys.modules.pop("made_up_hidden", None)
    assert f"the package 'made_up_hidden' found at {hiding} is not that of its distribution" in str(caught.value)
    assert "Rename that one, or work in another folder." in caught.value.hint


@pytest.mark.parametrize(
    ("name", "value", "install"),
    [
        ("crux", "made_up_needing:Adapter", "made_up_needy"),
        ("excel", "made_up_needing:Adapter", "connection-aggregator[excel]"),
        ("crux", "made_up_absent:Adapter", "connection-aggregator"),
    ],
)
def test_no_extra_is_named_that_does_not_exist(
    name: str, value: str, install: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What to install is the extra of that name where the distribution has one, and else what is missing."""
    (tmp_path / "made_up_needing.py").write_text("import made_up_needy", "utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    (dist,) = distributions(name="connection-aggregator")
    entry_point = EntryPoint(name=name, value=value, group=registry.GROUP)._for(dist)  # type: ignore[attr-defined]
    with pytest.raises(ConfigurationError, match=re.escape(f"Try: pip install '{install}'.")):
        load_entry_point(entry_point, "adapter")


def test_the_kinds_of_records_are_those_of_all_adapters() -> None:
    """Those that come along name the kinds by which they list partners."""
    assert registry.record_kinds() == {"connection", "connection_request", "organization"}


@pytest.mark.parametrize("value", ["tests.wire.fake_vendor:Fake", "made_up_broken:Adapter"])
def test_kinds_are_not_known_where_one_adapter_names_none(value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """One that says nothing, or cannot be loaded, may have any."""
    points = [*entry_points(group=registry.GROUP), EntryPoint(name="other", value=value, group=registry.GROUP)]
    monkeypatch.setattr(registry, "entry_points", lambda *, group: Points(one for one in points if one.group == group))
    assert registry.record_kinds() == frozenset()
