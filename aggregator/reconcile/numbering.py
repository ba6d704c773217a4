"""Which accounts take their account numbers from one numbering: two systems may each count from 1000."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from typing import Final
from zlib import crc32

from attrs import evolve, field, frozen

from aggregator.reconcile.entries import TABLE
from aggregator.reconcile.folding import folded_words
from aggregator.reconcile.matching import Profile
from aggregator.reconcile.matching.reading.field_values import domains_of, phones_of
from aggregator.reconcile.matching.reading.identifiers import bare_identifier
from aggregator.reconcile.matching.reading.vocabulary import CORE, vocabulary
from aggregator.reconcile.profiles import OUR_NUMBER

_FEWEST: Final = 3
"""So many partners of one name must have a number on both sides before the numbers are said to tell nothing."""

_ENOUGH: Final = 20_000
"""So many partners of an account are enough to tell."""

_SHARE: Final = 0.25
"""Fewer of them with one number are chance, or the other's number for the same desk."""


_MOST_BY_CHANCE: Final = 1.5
"""So many times as many numbers in common as chance would have are none: numbers of five random digits hardly meet."""


@frozen(kw_only=True)
class Apart:
    """Two accounts that number their partners apart.

    Attributes:
        labels: Of both accounts.
        both: How many names with a number are on both accounts, or how many numbers.
        agree: How many of these names have the same number, or of these numbers names with a word in common.
        by_names: Which of the two.
    """

    labels: tuple[str, str]
    both: int
    agree: int
    by_names: bool = True

    def __str__(self) -> str:
        one, other = self.labels
        has = "has" if self.agree == 1 else "have"
        told = (
            f"of {self.both:,} names that both have, {self.agree:,} {has} the same number"
            if self.by_names
            else f"of {self.both:,} numbers that both have, {self.agree:,} {has} names with a word in common, and both "
            "count on without gaps, so that the same numbers are chance"
        )
        return f"{one} and {other} number their partners apart: {told}. Their numbers are not compared"


@frozen(kw_only=True)
class Numberings:
    """The numberings of accounts.

    Attributes:
        apart: Accounts that number their partners apart.
        groups: The numbering of each account that has not the first, by its label.
    """

    apart: tuple[Apart, ...] = ()
    groups: Mapping[str, int] = field(factory=dict)

    def of(self, label: str) -> int:
        """Return the numbering of an account."""
        return self.groups.get(label, 0)

    def told(self, profiles: Sequence[Profile]) -> Sequence[Profile]:
        """Return profiles whose account numbers are compared within one numbering only."""
        if not self.groups:
            return profiles
        return [self._told(profile) for profile in profiles]

    def _told(self, profile: Profile) -> Profile:
        group = self.of(profile.source)
        if not group:
            return profile
        scheme = f"{OUR_NUMBER} {group + 1}"
        return evolve(
            profile,
            identifiers=tuple((scheme if one == OUR_NUMBER else one, value) for one, value in profile.identifiers),
        )


def find_numberings(profiles: Iterable[Profile]) -> Numberings:
    """Return the numberings of accounts, told by partners of one name: of a table they have one number, or hardly any.

    Where hardly any name is on both, the numbers tell: of lists that count on without gaps, the same numbers are chance
    if their names have nothing in common. Two platforms are else taken to have one numbering, for what they call our
    number is ours; a table of ours may be anybody's export.
    """
    held: dict[str, list[Profile]] = {}
    tables = set()
    for profile in profiles:
        if profile.identifiers and any(scheme == OUR_NUMBER for scheme, _ in profile.identifiers):
            held.setdefault(profile.source, []).append(profile)
            if profile.key.startswith(f"{TABLE}:"):
                tables.add(profile.source)
    if len(held) < 2:
        return Numberings()
    share = max(1, max(map(len, held.values())) // _ENOUGH)
    # Platforms first, so that they stay together whatever a table is apart from.
    labels = sorted(held, key=lambda one: (one in tables, one))
    numbers = {label: _numbers(held[label], share) for label in labels}
    found = (_apart(pair, numbers, held, is_table=not tables.isdisjoint(pair)) for pair in combinations(labels, 2))
    apart = tuple(one for one in found if one is not None)
    return Numberings(apart=apart, groups=_groups(numbers, {frozenset(one.labels) for one in apart}))


def _numbers(profiles: Sequence[Profile], share: int) -> Mapping[str, frozenset[str]]:
    """The numbers of each name that stands once in an account, without its legal form; of one first word in `share`."""
    words = vocabulary()
    named = [
        (" ".join(word for word in name if words.same.get(word, word) not in words.forms), profile)
        for name, profile in zip(folded_words(profile.name for profile in profiles), profiles, strict=True)
        if name and not crc32(name[0].encode("utf-8", "surrogatepass")) % share
    ]
    times = Counter(name for name, _ in named)
    return {
        name: frozenset(
            filter(None, (bare_identifier("", one) for scheme, one in profile.identifiers if scheme == OUR_NUMBER))
        )
        for name, profile in named
        if name and times[name] == 1
    }


def _apart(
    pair: tuple[str, str],
    numbers: Mapping[str, Mapping[str, frozenset[str]]],
    held: Mapping[str, Sequence[Profile]],
    *,
    is_table: bool,
) -> Apart | None:
    one, other = (numbers[label] for label in pair)
    both = one.keys() & other.keys()
    if len(both) < _FEWEST:
        return _by_chance(pair, *(_counted(held[label]) for label in pair))
    agree = sum(1 for name in both if not one[name].isdisjoint(other[name]))
    return Apart(labels=pair, both=len(both), agree=agree) if is_table and agree < _SHARE * len(both) else None


@frozen(kw_only=True)
class _Counted:
    """What stands for one number of an account.

    Attributes:
        words: The words of its name that say which business it is.
        said: What else it says.
    """

    words: frozenset[str]
    said: frozenset[str]

    def may_be(self, other: _Counted) -> bool:
        """Whether anything of two partners is the same."""
        return not (self.words.isdisjoint(other.words) and self.said.isdisjoint(other.said))


def _counted(profiles: Sequence[Profile]) -> Mapping[int, _Counted]:
    """What stands for each number that stands once in an account and has nothing but digits behind its prefix."""
    words = vocabulary()
    names = folded_words(profile.name for profile in profiles)
    found: dict[int, _Counted | None] = {}
    for name, profile in zip(names, profiles, strict=True):
        usual = [words.same.get(word, word) for word in name]
        own = frozenset(word for word in usual if word not in words.forms and words.kinds.get(word, CORE) == CORE)
        said = frozenset((*domains_of(profile), *(digits for _, digits in phones_of(profile) if digits)))
        for scheme, value in profile.identifiers:
            number = bare_identifier("", value).lstrip(":")
            if scheme == OUR_NUMBER and number.isdecimal():
                at = int(number)
                found[at] = None if at in found else _Counted(words=own, said=said)
    return {number: counted for number, counted in found.items() if counted is not None}


def _by_chance(pair: tuple[str, str], one: Mapping[int, _Counted], other: Mapping[int, _Counted]) -> Apart | None:
    """Two accounts that have numbers in common because both count on without gaps, and nothing else."""
    both = one.keys() & other.keys()
    agree = sum(1 for number in both if one[number].may_be(other[number]))
    if len(both) < _FEWEST or agree >= _SHARE * len(both):
        return None
    first, last = max(min(one), min(other)), min(max(one), max(other))
    held = [sum(first <= number <= last for number in side) for side in (one, other)]
    expected = held[0] * held[1] / (last - first + 1)
    if len(both) > _MOST_BY_CHANCE * expected:
        return None
    return Apart(labels=pair, both=len(both), agree=agree, by_names=False)


def _groups(labels: Iterable[str], apart: set[frozenset[str]]) -> Mapping[str, int]:
    """Put each account to the first numbering in which it is apart from nobody; the first is not named."""
    groups: list[list[str]] = []
    for label in labels:
        fitting = (group for group in groups if not any(frozenset((label, one)) in apart for one in group))
        group = next(fitting, None)
        if group is None:
            groups.append(group := [])
        group.append(label)
    return {label: number for number, group in enumerate(groups) for label in group if number}
