"""Pairs that only a person may join, however likely they are."""

import pytest

from aggregator.reconcile.matching import Profile, match
from tests.reconcile.matching.examples import FILLER, listed, pair_of, together

ASKED = "only a person joins such"


def _record(key: str, name: str, site: str = "", phone: str = "") -> Profile:
    return Profile(key=key, source=key[0], name=name, websites=(site,), phones=(phone,))


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Quillby Foods", "Quillby Food Services"),
        ("Quillby Candles", "Quillby Candle Systems"),
        ("Quillby Seeds", "Quillby Boats"),
        ("Northgate Fund", "Northgate Fund II"),
        ("Labcon", "Larcon"),
        ("Quillby Hollow School", "Quillby Hollow"),
    ],
)
def test_look_alikes_wait_for_a_person_in_lists_of_any_length(left: str, right: str) -> None:
    """Where nothing else is near them they are likely, and still not joined; the evidence says so where they are."""
    for fillers in (2, 30):
        others = [f"{name} {number}" for number in range(fillers // 2) for name in FILLER]
        result = match([*listed("a", left, *others), *listed("b", right, *others)])
        assert not together(result, "a0", "b0")
        pair = pair_of(result, "a0", "b0")
        assert pair is not None
        assert pair.probability < 0.5 or any(ASKED in reason.sentence for reason in pair.evidence)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (
            _record("a", "Quillby Foods", phone="+49 89 7651304"),
            _record("b", "Quillby Food Services", phone="0049897651304"),
        ),
        (_record("a", "Quillby Foods", "quillby.com"), _record("b", "Quillby Food Services", "www.quillby.com")),
        (_record("a", "Quillby"), _record("b", "Quillby Services")),
    ],
    ids=["phone", "domain", "the bare brand"],
)
def test_what_one_business_has_for_itself_or_a_bare_brand_needs_no_person(left: Profile, right: Profile) -> None:
    """A phone or a domain that nobody else has, or a name that is the brand and no more."""
    fillers = [f"{name} {number}" for number in range(4) for name in FILLER]
    assert together(match([left, right, *listed("a", *fillers), *listed("b", *fillers)]), "a", "b")
