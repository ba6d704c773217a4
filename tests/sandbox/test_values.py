"""How values are written on a command line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aggregator.sandbox.chance import seeded
from aggregator.sandbox.values import Dice, When, duration


@pytest.mark.parametrize(
    ("text", "seconds"), [("50ms", 0.05), ("30s", 30.0), ("2h", 7200.0), ("1.5m", 90.0), ("1d", 86400.0), ("7", 7.0)]
)
def test_durations_are_seconds(text: str, seconds: float) -> None:
    """Every unit, and none."""
    assert duration(text) == seconds


@given(st.text(max_size=6))
def test_any_text_is_a_duration_or_an_error(text: str) -> None:
    """Nothing but ValueError ever comes out, with the text in it, and no negative time."""
    try:
        seconds = duration(text)
    except ValueError as error:
        message = str(error)
    else:
        message = repr(text) if seconds >= 0 else "negative"
    assert repr(text) in message


def hits(text: str, requests: int) -> list[int]:
    """The numbers of the requests that are hit."""
    dice = Dice(When.parse(text), seeded("test"))
    return [number for number in range(1, requests + 1) if dice.hit()]


@pytest.mark.parametrize(
    ("text", "expected"),
    [("", [1, 2, 3, 4, 5, 6]), ("2x", [1, 2]), ("at5", [5]), ("every3", [3, 6]), ("0", []), ("1", [1, 2, 3, 4, 5, 6])],
)
def test_which_requests_are_meant(text: str, expected: list[int]) -> None:
    """The first few, the n-th, every n-th, all or none."""
    assert hits(text, 6) == expected


def test_a_share_is_about_that_share_and_always_the_same() -> None:
    """A tenth of ten thousand requests is about a thousand, and the same ones in every run."""
    assert 900 < len(hits("0.1", 10_000)) < 1100
    assert hits("0.1", 10_000) == hits("0.1", 10_000)


@pytest.mark.parametrize("text", ["often", "1.5", "-1", "at0", "every0", "x3", "nan"])
def test_what_says_no_requests_is_an_error(text: str) -> None:
    """The message shows what may be written."""
    with pytest.raises(ValueError, match=r"0\.1"):
        When.parse(text)
