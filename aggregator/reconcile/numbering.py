"""Which accounts take their account numbers from one numbering: two systems may each count from 1000."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from typing import Final
from zlib import crc32

from attrs import evolve, field, frozen

from aggregator.reconcile.entries import TABLE
from aggregator.reconcile.matching import Profile
from aggregator.reconcile.matching.columns import bare_identifier
from aggregator.reconcile.matching.vocabulary import vocabulary
from aggregator.reconcile.profiles import OUR_NUMBER, folded_words

_FEWEST: Final = 3
"""So many partners of one name must have a number on both sides before the numbers are said to tell nothing."""

_ENOUGH: Final = 20_000
"""So many partners of an account are enough to tell."""

_SHARE: Final = 0.25
"""Fewer of them with one number are chance, or the other's number for the same desk."""


@frozen(kw_only=True)
class Apart:
    """Two accounts that number their partners apart.

    Attributes:
        labels: Of both accounts.
        namesakes: How many partners of one name have a number on both.
        agree: How many of them have the same.
    """

    labels: tuple[str, str]
    namesakes: int
    agree: int

    def __str__(self) -> str:
        one, other = self.labels
        return (
            f"{one} and {other} number their partners apart: of {self.namesakes:,} names that both have, "
            f"{self.agree:,} {'has' if self.agree == 1 else 'have'} the same number. Their numbers are not compared"
        )


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

    Two platforms are taken to have one, for what they call our number is ours; a table of ours may be anybody's export.
    """
    held: dict[str, list[Profile]] = {}
    tables = set()
    for profile in profiles:
        if any(scheme == OUR_NUMBER for scheme, _ in profile.identifiers):
            held.setdefault(profile.source, []).append(profile)
            if profile.key.startswith(f"{TABLE}:"):
                tables.add(profile.source)
    if len(held) < 2 or not tables:
        return Numberings()
    share = max(1, max(map(len, held.values())) // _ENOUGH)
    # Platforms first, which are apart from no other: they stay together whatever a table is apart from.
    numbers = {label: _numbers(held[label], share) for label in sorted(held, key=lambda one: (one in tables, one))}
    pairs = (pair for pair in combinations(numbers, 2) if not tables.isdisjoint(pair))
    apart = tuple(one for pair in pairs if (one := _apart(pair, numbers)) is not None)
    return Numberings(apart=apart, groups=_groups(numbers, {frozenset(one.labels) for one in apart}))


def _numbers(profiles: Sequence[Profile], share: int) -> Mapping[str, frozenset[str]]:
    """The numbers of each name that stands once in an account, without its legal form; of one first word in `share`."""
    words = vocabulary()
    named = [
        (" ".join(word for word in name if words.same.get(word, word) not in words.forms), profile)
        for name, profile in zip(folded_words(profile.name for profile in profiles), profiles, strict=True)
        if name and not crc32(name[0].encode()) % share
    ]
    times = Counter(name for name, _ in named)
    return {
        name: frozenset(bare_identifier("", value) for scheme, value in profile.identifiers if scheme == OUR_NUMBER)
        for name, profile in named
        if name and times[name] == 1
    }


def _apart(pair: tuple[str, str], numbers: Mapping[str, Mapping[str, frozenset[str]]]) -> Apart | None:
    one, other = (numbers[label] for label in pair)
    both = one.keys() & other.keys()
    agree = sum(1 for name in both if not one[name].isdisjoint(other[name]))
    if len(both) < _FEWEST or agree >= _SHARE * len(both):
        return None
    return Apart(labels=pair, namesakes=len(both), agree=agree)


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
