"""Partners are found by patterns of their names as if each pattern was tried on each name."""

from __future__ import annotations

from difflib import get_close_matches

from hypothesis import given
from hypothesis import strategies as st

from aggregator.reconcile.checks.called import Called, KnownNames
from aggregator.reconcile.policy.policy import fits

# Accents in one letter and in two, a letter that becomes two without case, and what means something to patterns.
LETTERS = "abABé́ß[]!"
names = st.text(LETTERS, max_size=4)
patterns = st.text(LETTERS + "*?", max_size=4)


@given(called=st.lists(st.tuples(st.sampled_from("123"), names), max_size=8), asked=st.lists(patterns, max_size=3))
def test_who_fits_a_pattern_is_found_without_trying_it_on_every_name(
    called: list[tuple[str, str]], asked: list[str]
) -> None:
    """They are those of whom a name fits it, whatever was asked before."""
    found = Called(called)
    for pattern in (*asked, *asked):
        assert found.fitting(pattern) == {partner for partner, name in called if fits(pattern, name)}


def nearest_plainly(pattern: str, given_names: list[str]) -> str | None:
    """The name that is most like a pattern, else the first that begins like it, when all names are looked at."""
    wanted = pattern.casefold().strip("*?")
    told = {name.casefold(): name for name in given_names if name}
    alike = {plain: name for plain, name in told.items() if wanted[:1] == plain[0] or wanted[-1:] == plain[-1]}
    if close := get_close_matches(wanted, alike, n=1):
        return alike[close[0]]
    return next((name for plain, name in alike.items() if get_close_matches(wanted, [plain[: len(wanted)]])), None)


@given(written=st.lists(st.text("abAB*", max_size=6), max_size=8), pattern=st.text("abAB*?", max_size=6))
def test_the_name_that_was_meant_is_found_among_those_that_begin_or_end_alike(written: list[str], pattern: str) -> None:
    """It is the one that is found by looking at every name, in the order in which they were given."""
    assert KnownNames(written).nearest(pattern) == nearest_plainly(pattern, written)
