"""Names that their list cut go on in several ways, and a person says in which."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aggregator.reconcile.matching import match
from aggregator.reconcile.matching.features.cut_names import fits_a_cut, read_cut_names
from tests.reconcile.matching.examples import FILLER, listed, pair_of

LONG = (
    "Lundqvist Casualty and Surety Company",
    "Lundqvist Casualty and Surety Company of America",
    "Wolkenstein Manufacturing Works of Leoben",
    "Tannhauser Instrument Makers and Sons",
    "Zephyrine International Trading House",
    "Kirsebaer Havneselskab og Rederi Norden",
    "Oberkircher Landmaschinen Vertrieb Sued",
)
LIMIT = 30


def codes(cut: list[str], whole: list[str]) -> list[list[int]]:
    """What is told of every pair of the two lists."""
    source = np.repeat(np.array([0, 1], np.int32), [len(cut), len(whole)])
    names = read_cut_names([*cut, *whole], source)
    every = np.arange(len(whole)) + len(cut)
    return [fits_a_cut(names, np.full(every.size, row), every).tolist() for row in range(len(cut))]


def test_a_list_whose_names_are_as_long_as_any_cuts_them() -> None:
    """Alone in going on so is one name, and several that go on are told apart from it."""
    cut = [name[:LIMIT].strip().upper() for name in LONG[1:]] + [*FILLER[:5]]
    found = codes(cut, [*LONG])
    assert found[0][:3] == [3, 3, 1]
    assert found[1][2] == 2
    assert found[-1] == [0] * len(LONG)


@pytest.mark.parametrize(
    ("cut", "whole"),
    [
        ("GESELLSCHAFT FUER TELEKOMMUNIK", "Gesellschaft für Telekommunikation"),
        ("GESELLSCHAFT FÜR TELEKOMMUNIKA", "Gesellschaft fuer Telekommunikation"),
        ("GESELLSCHAFT FUR TELEKOMMUNIKA", "Gesellschaft für Telekommunikation"),
        ("AALESUNDS SMOERFABRIKK OG MEIE", "Ålesunds Smørfabrikk og Meieri"),
        ("FUSSBALLFREUNDE GROSSENHAIN UN", "Fußballfreunde Großenhain und Umland"),
    ],
)
def test_a_cut_name_may_spell_a_letter_otherwise(cut: str, whole: str) -> None:
    """An umlaut is written as two letters by one list, and as one by another."""
    assert codes([name[:LIMIT].strip() for name in LONG[1:]] + [cut], [*LONG, whole])[-1][-1] == 2


@pytest.mark.parametrize("cut", [[*FILLER[:8]], ["Acme"], [], [name[:8] for name in LONG]])
def test_a_list_of_short_names_cuts_none(cut: list[str]) -> None:
    """Nobody keeps eight characters of a name."""
    assert not np.any(codes(cut, [*LONG]))


def test_a_name_that_was_cut_where_several_go_on_is_left_to_a_person() -> None:
    """An equal name may be the other one: "Lundqvist Casualty and Surety" is of either company."""
    cut = [name[:LIMIT].strip().upper() for name in LONG[1:]]
    result = match([*listed("a", *cut, *FILLER[:20]), *listed("b", *LONG, *FILLER[20:])])
    for other in ("b0", "b1"):
        found = pair_of(result, "a0", other)
        assert found is None or found.decision != "match"
    found = pair_of(result, "a1", "b2")
    assert found is not None
    assert found.decision == "match"


def test_a_name_that_stands_many_times_is_one_name() -> None:
    """However often a list has a name, the others go on from it as they did."""
    cut = [name[:LIMIT].strip().upper() for name in LONG[1:]]
    assert codes(cut * 40, [*LONG, *LONG])[0] == codes(cut, [*LONG])[0] * 2


@given(st.lists(st.text(max_size=40), max_size=12), st.lists(st.text(max_size=40), max_size=12))
def test_any_names_are_told_either_way_round(one: list[str], other: list[str]) -> None:
    """Left and right are the same, and a name that fits is told as such."""
    source = np.repeat(np.array([0, 1], np.int32), [len(one), len(other)])
    names = read_cut_names([*one, *other], source)
    pairs = [(a, b + len(one)) for a in range(len(one)) for b in range(len(other))]
    left, right = np.array(pairs, np.int64).reshape(-1, 2).T
    assert fits_a_cut(names, left, right).tolist() == fits_a_cut(names, right, left).tolist()
    assert set(fits_a_cut(names, left, right).tolist()) <= {0, 1, 2, 3}
