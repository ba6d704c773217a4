"""The first look at candidate pairs: strangers are dropped, and nobody else."""

from __future__ import annotations

import attrs
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aggregator.reconcile.matching import PostalAddress, Profile, match
from aggregator.reconcile.matching.candidates.first_look import related
from aggregator.reconcile.matching.comparison import find_candidates, read_records
from aggregator.reconcile.matching.features.alignment import align
from tests.reconcile.matching.examples import listed

WORDS = (
    "acme",
    "acmes",
    "foods",
    "food services",
    "lundqvist",
    "lundquist",
    "gmbh",
    "the",
    "3",
    "good will",
    "goodwill",
)
NAMES = st.lists(st.sampled_from(WORDS), max_size=4).map(" ".join)


def _related(left: str, right: str) -> bool:
    records = read_records([*listed("a", left), *listed("b", right)])
    return bool(related(records.names, records.lexicon, np.array([0]), np.array([1]))[0])


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Acme Foods", "Acme Textiles"),
        ("Lundqvist", "Lundquist Tools"),
        ("Goodwill", "Good Will"),
        ("IBM", "International Business Machines"),
        ("Hewlettpackard", "Hewlet Pakard"),
        ("3M", "3M Company"),
    ],
)
def test_names_with_a_word_in_common_or_alike_are_looked_at_closely(left: str, right: str) -> None:
    """So are initials and what they stand for, and names spelt alike as a whole."""
    assert _related(left, right)
    assert _related(right, left)


@pytest.mark.parametrize(("left", "right"), [("Wexbury Marine", "Wexcombe Tools"), ("Acme", "Zenith"), ("", "Acme")])
def test_names_that_share_letters_alone_are_strangers(left: str, right: str) -> None:
    """Nothing that the names say could make them one business."""
    assert not _related(left, right)


@given(NAMES, NAMES)
def test_no_pair_with_a_word_that_finds_its_like_is_dropped(left: str, right: str) -> None:
    """The first look and the close one read the same words."""
    records = read_records([*listed("a", left), *listed("b", right)])
    aligned = align(records.names, records.lexicon, np.array([0]), np.array([1]))
    if (aligned.credit[0] > 0).any():
        assert _related(left, right)


def test_strangers_that_share_a_key_are_kept() -> None:
    """A brand and its legal name share a web domain and no word; the names alone say nothing then."""
    sides = [("a", "Wexcombe Retail"), ("b", "Quillfeather Holding")]
    profiles = [Profile(key=side, source=side, name=name, websites=("wexcombe.com",)) for side, name in sides]
    assert [side.tolist() for side in find_candidates(read_records(profiles))] == [[0], [1]]
    assert len(match(profiles)) == 1


def test_a_model_learns_from_strangers_too() -> None:
    """What a first look drops is asked for to train with, and is a stranger indeed."""
    records = read_records([*listed("a", "Wexington", "Lundqvist"), *listed("b", "Wexcombe", "Lundqvist")])
    kept, every = (
        set(zip(*map(np.ndarray.tolist, find_candidates(records, strangers=more)), strict=True))
        for more in (False, True)
    )
    assert (0, 2) in every - kept
    assert kept < every


def test_the_one_of_its_own_country_is_a_candidate_among_thirty_of_one_name() -> None:
    """A business with a company in every country is compared with that of its own, whatever the name says beside."""
    several = "AT AU BE BG BR CA CH CL CN CO CZ DE DK EE EG ES FI FR GB GR HK HR HU ID IE IL IN IS IT JP"
    countries = [(PostalAddress(country=code),) for code in several.split(" ")]

    def placed(source: str, *names: str) -> list[Profile]:
        profiles = zip(listed(source, *names), countries, strict=True)
        return [attrs.evolve(profile, addresses=country) for profile, country in profiles]

    left = placed("a", *["Samsung"] * 30)
    right = placed("b", *["Samsung Electronics", "Samsung Electronics Co., Ltd."] * 15)
    records = read_records([*left, *right])
    pairs = zip(*map(np.ndarray.tolist, find_candidates(records)), strict=True)
    found = {(records.profiles[one].key, records.profiles[other].key) for one, other in pairs}
    assert {(f"a{place}", f"b{place}") for place in range(30)} <= found
