"""Every name that is compared: a record's own, its aliases, its own without its place, and its usual one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import attrs
import numpy as np

from aggregator.reconcile.matching.reading.known_as import apart
from aggregator.reconcile.matching.reading.known_names import usual_names
from aggregator.reconcile.matching.reading.place_in_name import without_place
from aggregator.reconcile.matching.reading.placeholders import says_nothing
from aggregator.reconcile.matching.reading.remarks import without_remarks

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import numpy.typing as npt

    from aggregator.reconcile.matching.profile import Profile

_KEPT: Final = 4
"""Names of one record that are compared: its own and its aliases."""


@attrs.frozen(slots=True, kw_only=True, eq=False)
class EveryName:
    """The names of some records, one row each.

    Attributes:
        texts: The names, record by record.
        counts: How many each record has.
        left_out: Of rows that leave the place of their record out, that place, as it is compared.
        usual: Of rows that say what a well-known business is usually called, what their record calls it.
        remarks: Of rows whose name has remarks beside it, which are passed over, those.
    """

    texts: list[str]
    counts: npt.NDArray[np.int64]
    left_out: Mapping[int, str]
    usual: Mapping[int, str]
    remarks: Mapping[int, str]

    def listed_in(self, source: npt.NDArray[np.int32]) -> npt.NDArray[np.int32]:
        """The source number of each row, but -1 of a name that no list has."""
        listed = source.copy()
        listed[[*self.left_out, *self.usual]] = -1
        return listed


def every_name_of(profiles: Sequence[Profile]) -> EveryName:
    """Return every name of some records; what is written as two names is two."""
    names = [profile.name for profile in profiles]
    remarked = without_remarks(names)
    for place, (rest, _) in remarked.items():
        names[place] = rest
    several = _several(profiles, names)
    bare = {place: found for place, profile in enumerate(profiles) if (found := _bare(names[place], profile))}
    called = _called(names, several)
    counts = np.ones(len(names), np.int64)
    texts: list[str] = []
    left_out: dict[int, str] = {}
    usual: dict[int, str] = {}
    remarks: dict[int, str] = {}
    begun = 0
    for place in sorted({*several, *bare, *called, *remarked}):
        texts += names[begun:place]
        first = len(texts)
        texts += several.get(place, [names[place]])[:_KEPT]
        if place in bare:
            left_out[len(texts)] = bare[place][1]
            texts.append(bare[place][0])
        for name, text in called.get(place, {}).items():
            usual[len(texts)] = text
            texts.append(name)
        counts[place] = len(texts) - first
        if place in remarked:
            remarks |= dict.fromkeys(range(first, len(texts)), remarked[place][1])
        begun = place + 1
    return EveryName(texts=texts + names[begun:], counts=counts, left_out=left_out, usual=usual, remarks=remarks)


def _called(names: Sequence[str], several: Mapping[int, Sequence[str]]) -> dict[int, dict[str, str]]:
    """By record, what well-known businesses are usually called, each with the name that says so."""
    listed = [(place, name) for place, mine in several.items() for name in mine[:_KEPT]]
    found = [(place, names[place], usual) for place, usual in usual_names(names).items() if place not in several]
    found += [(*listed[number], usual) for number, usual in usual_names([name for _, name in listed]).items()]
    called: dict[int, dict[str, str]] = {}
    for place, name, usual in found:
        called.setdefault(place, {}).setdefault(usual, name)
    return called


def _several(profiles: Sequence[Profile], names: Sequence[str]) -> dict[int, list[str]]:
    several = {place: [*parts] for place, parts in apart(names).items()}
    aliases = [(place, alias) for place, profile in enumerate(profiles) for alias in _telling(profile.aliases)]
    for number, (rest, _) in without_remarks([alias for _, alias in aliases]).items():
        aliases[number] = (aliases[number][0], rest)
    parted = apart([alias for _, alias in aliases])
    for number, (place, alias) in enumerate(aliases):
        several.setdefault(place, [names[place]]).extend(parted.get(number, (alias,)))
    return several


def _telling(aliases: Iterable[str]) -> Iterable[str]:
    """The other names of a record, but for what is written where there is none."""
    return (alias for alias in aliases if not says_nothing(alias)) if aliases else ()


def _bare(name: str, profile: Profile) -> tuple[str, str] | None:
    return without_place(name, profile) if profile.addresses else None
