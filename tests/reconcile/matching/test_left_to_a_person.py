"""Pairs that only a person may join, however likely they are."""

import attrs
import pytest

from aggregator.reconcile.matching import PostalAddress, Profile, match
from aggregator.reconcile.matching.model.shipped import shipped_model
from tests.reconcile.matching.examples import FILLER, listed, pair_of, together

ASKED = "only a person joins such"
HALVED = "such are joined without a person only where half of this doubt is left"


def _record(key: str, name: str, site: str = "", phone: str = "") -> Profile:
    return Profile(key=key, source=key[0], name=name, websites=(site,), phones=(phone,))


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Quillby Foods", "Quillby Food Services"),
        ("Quillby Foods International", "Quillby Foods"),
        ("Quillby Seeds", "Quillby Boats"),
        ("Northgate Fund", "Northgate Fund II"),
        ("Labcon", "Larcon"),
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


@pytest.mark.parametrize(("city", "joined"), [("Paris", True), ("Lyon", False)])
def test_a_generic_word_more_needs_no_person_in_one_town(city: str, *, joined: bool) -> None:
    """A hotel that one of two systems calls a hotel, if both say where it is."""
    left, right = _record("a", "Hotel Quillby Etoile"), _record("b", "Quillby Etoile")
    pair = [
        attrs.evolve(left, addresses=(PostalAddress(city="Paris", postcode="75017"),)),
        attrs.evolve(right, addresses=(PostalAddress(city=city, postcode="75017"),)),
    ]
    assert together(match([*pair, *listed("a", *FILLER), *listed("b", *FILLER)]), "a", "b") is joined


@pytest.mark.parametrize(("name", "joined"), [("Harbour Savings Bank", False), ("Quillfrost Savings Bank", True)])
def test_one_name_in_two_towns_needs_a_person_if_others_have_its_words(name: str, *, joined: bool) -> None:
    """There is a Harbour Savings Bank in many a town; of a name that nobody else has, one town is an old address."""
    others = [*FILLER, "Harbour Foods", "Harbour Lighting", "Harbour Optics"]
    pair = [
        attrs.evolve(_record("a", name), addresses=(PostalAddress(city="Wellsburg"),)),
        attrs.evolve(_record("b", name.upper()), addresses=(PostalAddress(city="Montezuma"),)),
    ]
    assert together(match([*pair, *listed("a", *others), *listed("b", *others)]), "a", "b") is joined


@pytest.mark.parametrize("names", [("Kyosara", "Kyosara Tokin"), ("Quillby Hollow", "Quillby Hollow Foods")])
@pytest.mark.parametrize(("of_the_doubt", "joined"), [(2.1, True), (1.9, False)])
def test_a_name_with_a_word_more_is_joined_at_half_the_usual_doubt(
    names: tuple[str, str], of_the_doubt: float, *, joined: bool
) -> None:
    """A threshold that leaves twice the doubt of such a pair joins it; where it does not, the evidence says so.

    A generic word more may be another trade beside one that the name says ("Foods"), and is said of none here.
    """
    left, right = names
    profiles = [*listed("a", left, *FILLER), *listed("b", right, *FILLER)]
    alone = pair_of(match(profiles), "a0", "b0")
    assert alone is not None
    assert alone.probability > 0.9
    model = attrs.evolve(shipped_model(), match=1 - of_the_doubt * (1 - alone.probability))
    result = match(profiles, model=model)
    pair = pair_of(result, "a0", "b0")
    assert pair is not None
    assert together(result, "a0", "b0") is joined
    assert (pair.decision.value == "match") is joined
    assert any(HALVED in reason.sentence for reason in pair.evidence) is not joined


def test_a_name_with_another_word_and_the_same_phone_is_joined_at_the_usual_doubt() -> None:
    """Of a pair that a phone backs nothing is held for likelier than it is."""
    left = _record("a", "Kyosara", phone="+49 89 7651304")
    right = _record("b", "Kyosara Tokin", phone="0049897651304")
    others = [*listed("a", *FILLER), *listed("b", *FILLER)]
    pair = pair_of(match([left, right, *others]), "a", "b")
    assert pair is not None
    model = attrs.evolve(shipped_model(), match=pair.probability)
    assert together(match([left, right, *others], model=model), "a", "b")


def test_names_with_nothing_in_common_are_not_joined_by_the_phone_of_a_practice() -> None:
    """Of three doctors of one practice each answers its phone, and none is another."""
    where = PostalAddress(street="8244 La Brea Lane", city="Houston", region="TX", postcode="77037")
    doctors = {"a": ("James Brown MD", "Jane Hernandez MD"), "b": ("Thomas Singh DO", "Priya Cohen DO")}
    practice = [
        attrs.evolve(one, phones=("713-915-4514",), addresses=(where,), country="US")
        for source, names in doctors.items()
        for one in listed(source, *names)
    ]
    others = [attrs.evolve(one, key=f"other {one.key}") for source in "ab" for one in listed(source, *FILLER[:5])]
    result = match([*practice, *others])
    assert not any(together(result, f"a{one}", f"b{other}") for one in range(2) for other in range(2))
