"""Which account numbers are one number, in any script."""

import pytest

from aggregator.reconcile.facts.fields import compare_values, values_of
from aggregator.reconcile.matching import Profile, match
from aggregator.reconcile.matching.reading.identifiers import (
    bare_identifier,
    is_filler,
    numbers_agree,
    parted_otherwise,
    plain_number,
    unparted,
)
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


def readings(one: str, other: str) -> tuple[bool, bool, bool, bool]:
    """Whether two numbers are one as given, bare, plain, and where they need only agree."""
    apart = parted_otherwise(NUMBER, one, other)
    plain = plain_number(one), plain_number(other)
    return (
        unparted(one) == unparted(other) and not apart,
        bare_identifier(NUMBER, one) == bare_identifier(NUMBER, other) and not apart,
        plain[0] == plain[1],
        numbers_agree(*plain),
    )


@pytest.mark.parametrize(
    ("one", "other", "are_one"),
    [
        ("A 7", "A-007", (False, True, True, True)),
        ("1-12", "112", (True, True, False, True)),
        ("1-12", "11-2", (False, False, False, False)),
        ("1-12", "1/12", (True, True, True, True)),
        ("V1-12", "V11-2", (False, False, False, False)),
        ("ACC-1-12", "1 12", (False, True, False, True)),
        ("LI-20", "20", (False, False, False, True)),
        ("LI-20", "AR-20", (False, False, False, False)),
        ("LI-420", "AR-420", (False, True, False, True)),
        ("A-4-2", "B-4-2", (False, False, False, False)),
        ("0-12", "12", (False, True, False, True)),
        ("0042317", "42317", (False, True, True, True)),
        ("7", "7A", (False, False, False, False)),
    ],
)
def test_each_reading_of_a_number_forgives_what_it_says(
    one: str, other: str, are_one: tuple[bool, bool, bool, bool]
) -> None:
    """Where they differ, it is for what rests on them; no two of them contradict without a reason."""
    assert readings(one, other) == are_one
    assert readings(other, one) == are_one


@pytest.mark.parametrize("scheme", [NUMBER, "account number 2", "branch"])
def test_numbers_that_only_run_together_to_one_join_nobody(scheme: str) -> None:
    """Branch 1 of customer 12 is not branch 11 of customer 2, and a list that writes neither hyphen may mean either."""

    def probability(one: str, other: str) -> float:
        pair = [
            Profile(key=key, source=key, name=name, identifiers=((scheme, number),))
            for key, name, number in (("a", "Otis Leather", one), ("b", "Tallow Candles", other))
        ]
        third = Profile(key="c", source="c", name="Quill Paper", identifiers=((scheme, "11-2"),))
        return match([*pair, third]).explain("a", "b")[0]

    assert probability("1-12", "11-2") < 0.1
    assert probability("1-12", "1-12") > 0.9
    assert probability("1-12", "1.12") > 0.9
    assert probability("1-12", "112") > 0.9


def test_numbers_of_registers_are_one_wherever_their_digits_are_parted() -> None:
    """They have as many digits as they have: none runs together to another."""
    assert not parted_otherwise("duns", "15-048-3782", "150-483-782")


@pytest.mark.parametrize(
    ("one", "other", "told"),
    [
        ("1-12", "11-2", "identifier differs"),
        ("1-12", "112", "same identifier account number 1-12"),
        ("ACC-1-12", "1-12", "same identifier but for prefix or zeros account number 112"),
    ],
)
def test_a_file_of_pairs_tells_of_numbers_what_the_matcher_makes_of_them(one: str, other: str, told: str) -> None:
    """Numbers whose digits are parted otherwise are not told to be the same."""
    mine, theirs = (values_of(with_number(key, "Otis Leather", number)) for key, number in (("a", one), ("b", other)))
    assert list(compare_values(mine, theirs)) == [told]
