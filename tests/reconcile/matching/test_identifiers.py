"""Which account numbers are one number, in any script."""

import pytest

from aggregator.reconcile.matching import Profile, match
from aggregator.reconcile.matching.reading.identifiers import bare_identifier, is_filler
from tests.reconcile.matching.examples import together

NUMBER = "account number"


def with_number(source: str, name: str, *numbers: str) -> Profile:
    """A business that says its name and numbers."""
    return Profile(key=source, source=source, name=name, identifiers=tuple((NUMBER, one) for one in numbers))


@pytest.mark.parametrize(
    ("one", "other"), [("Север", "Восток"), ("\u6771\u4eac", "\u5927\u962a"), ("Ж-1", "Ш-1"), ("कि", "का"), ("★", "☂")]
)
def test_numbers_in_another_script_join_no_strangers(one: str, other: str) -> None:
    """What is written in no Latin letters is a number all the same, and two of them are two."""
    result = match([with_number("a", "Otis Leather", one), with_number("b", "Tallow Candles", other)])
    assert not together(result, "a", "b")
    assert result.explain("a", "b")[0] < 0.1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ЖЩЯ-12", "жщя 12"),
        ("\uff21\uff0d\uff11", "A-1"),
        ("\u0661\u0662\u0663\u0664", "1234"),
        ("Ж-0042317", "42317"),
        ("STRASSE 1", "Stra\u00dfe-1"),
        ("e\u0301t\u00e9 7", "\u00c9T\u00c9-7"),
    ],
)
def test_a_number_in_another_script_is_one_however_it_is_written(one: str, other: str) -> None:
    """Case, separators, full-width letters and a script's own digits are habits, as they are in Latin letters."""
    assert bare_identifier(NUMBER, one) == bare_identifier(NUMBER, other)


@pytest.mark.parametrize("value", ["★", "☂☂", "---", "//", "#"])
def test_a_number_without_letters_and_digits_is_none(value: str) -> None:
    """Two who have only that in common have nothing in common."""
    assert is_filler(value)
    assert bare_identifier(NUMBER, value) == ""
