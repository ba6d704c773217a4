"""A record that says many values of one kind is known by any of them."""

from typing import Any

import numpy as np
import pytest
from attrs import evolve

from aggregator.reconcile.matching import Person, Profile, match
from aggregator.reconcile.matching.reading.numbered_values import number_values
from tests.reconcile.matching.examples import FILLER, listed

NUMBERS = (
    ("account number", "4711"),
    ("duns", "315369934"),
    ("gln", "4012345000009"),
    ("lei", "529900T8BM49AURSDO55"),
    ("tax_id", "143 / 815 / 08155"),
    ("vat", "DE811569869"),
)
MAILS = tuple(f"{letter}.smith@gmail.com" for letter in "abcdefghijklmnopqrstuvwxyz")
PHONES = tuple(f"+49 30 {number}" for number in range(4031100, 9031100, 191919))
PEOPLE = tuple(Person(name=f"{one} {other}") for one in ("Ann", "Bo", "Cy", "Di", "Eva") for other in ("Berg", "Falk"))
MANY = (
    Profile(key="a", source="a", identifiers=NUMBERS),
    Profile(key="a", source="a", emails=MAILS[:6]),
    Profile(key="a", source="a", emails=MAILS),
    Profile(key="a", source="a", phones=PHONES[:6]),
    Profile(key="a", source="a", phones=PHONES),
    Profile(key="a", source="a", people=PEOPLE),
)
KINDS = ("identifiers", "emails", "phones", "people")


@pytest.mark.parametrize("many", MANY)
@pytest.mark.parametrize("place", [0, -1])
def test_a_value_tells_as_much_beside_many_others_as_alone(many: Profile, place: int) -> None:
    """Whichever of them the other record says, and however many there are, it is the same and does not differ."""
    one: dict[str, Any] = {kind: (getattr(many, kind)[place],) for kind in KINDS if getattr(many, kind)}
    theirs = Profile(key="b", source="b", name="Halle Sohn", **one)
    others = [*listed("a", *FILLER), *listed("b", *FILLER)]

    def told(mine: Profile) -> float:
        return match([*others, evolve(mine, name="Nordwind"), theirs]).explain("a", "b")[0]

    assert told(many) == pytest.approx(told(Profile(key="a", source="a", **one)), abs=1e-9)


def numbered(*rows: tuple[str, ...]) -> list[set[str]]:
    """What is kept of what each of some records of two lists says."""
    source = np.arange(len(rows), dtype=np.int32) % 2
    values = number_values(rows, source, np.arange(len(rows)), strangers=len)
    return [{values.texts[number] for number in row if number >= 0} for row in values.grid.tolist()]


def test_of_very_many_values_those_are_kept_that_another_record_says() -> None:
    """A value that nobody else has can only deny, and what all have tells less than what two have."""
    letters = tuple("abcdefghijklmnopqrstuvwxyz")
    kept, *others = numbered(letters, ("y", "z"), ("z",), ("w", "z"))
    assert {"w", "y", "z"} <= kept
    assert len(kept) < len(letters)
    assert others == [{"y", "z"}, {"z"}, {"w", "z"}]
    kept, *_ = numbered(letters, letters[-13:], letters[:-1], letters[:-1], ("a", "b"))
    assert "z" in kept, "it stands twice, most of the others thrice"


def test_values_take_no_more_room_than_the_fullest_record_says() -> None:
    """Of a million records that say one each, one is kept of each, and of none that any say, nothing."""
    source, house = np.zeros(3, np.int32), np.arange(3)
    assert number_values([("a",), (), ("b", "b")], source, house, strangers=len).grid.shape == (3, 1)
    assert number_values([("a",), (), ("b", "c")], source, house, strangers=len).grid.shape == (3, 2)
    assert number_values([(), (), ()], source, house, strangers=len).grid.shape[0] == 0
