"""Telephone numbers are one however they are written, and two where they are two."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aggregator.reconcile.matching.reading.phones import phone_digits, phone_parts


@pytest.mark.parametrize(
    ("field", "parts"),
    [
        ("+49 30 / 1234567", ("+49 30 / 1234567",)),
        ("030 / 7654321", ("030 / 7654321",)),
        ("033203 / 123456", ("033203 / 123456",)),
        ("+49 33203 / 123456", ("+49 33203 / 123456",)),
        ("+49 (0) 33203 / 123456", ("+49 (0) 33203 / 123456",)),
        ("01234/4711", ("01234/4711",)),
        ("030/1234567/22", ("030/1234567/22",)),
        ("08-719 00 00 / 08-719 00 01", ("08-719 00 00", "08-719 00 01")),
        ("08-719 00 00/08-719 00 01", ("08-719 00 00", "08-719 00 01")),
        ("75521234 / 75521235", ("75521234", "75521235")),
        ("719 0000 / 719 0001", ("719 0000", "719 0001")),
        ("012345 / 012346", ("012345", "012346")),
        ("030 7654321; 030 7654322", ("030 7654321", "030 7654322")),
        ("030 7654321,030 7654322 | 030 7654323\n030 7654324", tuple(f"030 765432{last}" for last in range(1, 5))),
        ("02 123 45 67 & 02 123 45 68", ("02 123 45 67", "02 123 45 68")),
        ("(Zentrale), 030 7654321", ("(Zentrale), 030 7654321",)),
        (" 030 7654321 ; ", ("030 7654321",)),
        (" ", ()),
    ],
)
def test_a_field_is_parted_into_numbers(field: str, parts: tuple[str, ...]) -> None:
    """An area code before a stroke is no number."""
    assert phone_parts(field) == parts


@given(st.text(alphabet="0123456789 /+,;|-()\nab", max_size=60))
def test_parting_loses_no_digit(field: str) -> None:
    """What stands in a field stands in its parts, in order."""
    assert _digits("".join(phone_parts(field))) == _digits(field)


def _digits(text: str) -> str:
    return "".join(letter for letter in text if letter.isdigit())


@pytest.mark.parametrize(
    ("text", "country", "read"),
    [
        ("0032 15 20 12 34", None, ("32", "15201234")),
        ("+32 15 20 12 34", None, ("32", "15201234")),
        ("+32 (0)15 20 12 34", None, ("32", "15201234")),
        ("32 15 20 12 34", "BE", ("32", "15201234")),
        ("015 20 12 34", "BE", ("32", "15201234")),
        ("015 20 12 34", "be", ("32", "15201234")),
        ("09 374 12 34", None, ("", "93741234")),
        ("09 374 12 34", "Belgium", ("", "93741234")),
        ("01234/4711", None, ("", "12344711")),
        ("020 7946 0000", "UK", ("44", "2079460000")),
        ("00 32 15 20 12 34", None, ("32", "15201234")),
        ("(+32) 15 20 12 34", None, ("32", "15201234")),
        ("+ 32 15 20 12 34", None, ("32", "15201234")),
        ("tel:+32-15-20-12-34", None, ("32", "15201234")),
        ("1-800-FLOWERS", "US", ("1", "8003569377")),
        ("+999 30 7654321", None, ("", "999307654321")),
        ("\u0660\u0663\u0660 \u0667\u0666\u0665\u0664\u0663\u0662\u0661", None, ("", "307654321")),
    ],
)
def test_a_number_is_told_by_its_digits(text: str, country: str | None, read: tuple[str, str]) -> None:
    """The calling code where somebody says it, and the number without trunk zero."""
    assert phone_digits(text, country) == read


@pytest.mark.parametrize(
    "remark",
    [" (Zentrale)", " (main)", " office", " - Sales", " (Mo-Fr)", " Durchwahl 12", " ext. 5", "x5", " #5", ";ext=5"],
)
def test_a_remark_is_no_part_of_a_number(remark: str) -> None:
    """Letters are read as the digits on their keys only where they stand for some."""
    assert phone_digits(f"030 7654321{remark}", "DE") == phone_digits("Tel.: +49 30 7654321", None)


@pytest.mark.parametrize(
    "text",
    [
        "", "-", "n/a", "ask Ann", "12345", "ext. 123", "000000", "+1 (555) 555-5555", "123456789", "0123456789",
        "1234567890", "+1 234 567 890", "987654321", "555-0142", "555-1234", "4.93012E+11",
    ],
)  # fmt: skip
def test_what_stands_for_no_number_is_none(text: str) -> None:
    """Two partners of which somebody wrote it have no telephone in common."""
    assert phone_digits(text, "US") == ("", "")


def test_a_made_up_number_with_an_area_code_is_one() -> None:
    """Test systems hold such numbers, each its own; and in another country it is not made up."""
    assert phone_digits("(212) 555-0142", "US") == ("1", "2125550142")
    assert phone_digits("555 0142", "IS") == ("354", "5550142")


@given(st.text(max_size=80), st.sampled_from([None, "DE", "US", "IT", "XX", "Germany"]))
def test_any_text_may_stand_in_a_telephone_field(text: str, country: str | None) -> None:
    """What comes of it is digits, or nothing."""
    code, number = phone_digits(text, country)
    assert (code + number).isascii()
    assert not number or (number.isdigit() and len(number) >= 6 and not number.startswith("0"))


@given(st.from_regex(r"[1-9]\d{7}", fullmatch=True), st.text(alphabet=" .-/", min_size=7, max_size=7))
def test_marks_between_digits_do_not_count(digits: str, marks: str) -> None:
    """However a number is grouped, it is the same."""
    grouped = "".join(map("".join, zip(digits, f"{marks}x", strict=True)))[:-1]
    assert phone_digits(grouped, "DK") == phone_digits(digits, "DK")
