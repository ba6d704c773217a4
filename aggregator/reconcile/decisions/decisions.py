"""What people have decided about pairs: kept in a file that grows and is never rewritten, and always obeyed."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from itertools import pairwise
from operator import itemgetter
from typing import Final

from attrs import evolve, field, frozen

from aggregator.errors import ConfigurationError
from aggregator.reconcile.entries import TABLE

_FIRST: Final = datetime.min.replace(tzinfo=UTC)

_DAY: Final = timedelta(hours=36)
"""How long a day lasts, counted from midnight in UTC: in the west it ends at noon of the next."""


class Verdict(StrEnum):
    """What a person says of two records."""

    SAME = "same"
    DIFFERENT = "different"
    UNSURE = "unsure"


@frozen(kw_only=True)
class Ruling:
    """One row of the file.

    Attributes:
        left: The key of a record, or ACCOUNT:ID.
        right: The other's.
        verdict: What is said of them. UNSURE takes back what was said before and leaves the pair to review.
        by: Who said it.
        at: When; a date where the row says no time, None where it says neither.
        why: In words.
        line: Where it stands in the file, from 1; 0 if it is not in one.
        file: In which file, where several were merged.
    """

    left: str
    right: str
    verdict: Verdict
    by: str = ""
    at: datetime | date | None = None
    why: str = ""
    line: int = 0
    file: str = ""

    @property
    def pair(self) -> tuple[str, str]:
        """The two records, whichever was named first."""
        return (self.left, self.right) if self.left <= self.right else (self.right, self.left)

    def __str__(self) -> str:
        who = f" by {self.by}" if self.by else ""
        place = f"line {self.line}" if self.line else "the new decision"
        place = f"{place} of {self.file}" if self.file else place
        return f"{place} ({self.left} and {self.right}: {self.verdict.value}{who})"


@frozen(kw_only=True)
class GoneRuling:
    """A row that names a record that is not there.

    Attributes:
        ruling: The row.
        names: What is not there, or not the only one of its id.
    """

    ruling: Ruling
    names: tuple[str, ...]

    def __str__(self) -> str:
        named = " and ".join(map(repr, self.names))
        there = f"{'is' if len(self.names) == 1 else 'are'} not there, or not the only one of that id"
        return f"A decision names {named}, which {there}: {self.ruling}. It is kept"


@frozen(kw_only=True)
class Obeyed:
    """What follows from the decisions for the records that are there.

    Attributes:
        same: Pairs of entry keys that are one business.
        different: Pairs that are two.
        unsure: Pairs that a person has looked at in vain.
        gone: Rulings that stand and name a record that is not there.
    """

    same: tuple[tuple[str, str], ...] = ()
    different: tuple[tuple[str, str], ...] = ()
    unsure: frozenset[tuple[str, str]] = frozenset()
    gone: tuple[GoneRuling, ...] = ()


@frozen(kw_only=True)
class Decisions:
    """Every row of a decisions file.

    Attributes:
        rows: In the order in which they were written.
        where: The file, for messages.
    """

    rows: tuple[Ruling, ...] = field(default=(), repr=False)
    where: str = "the decisions"

    def obey(self, find: Callable[[str], str | None], sure: Iterable[tuple[str, str]] = ()) -> Obeyed:
        """Return what follows for the records that are there.

        What is said of records that are gone still counts between the others.

        Args:
            find: Returns the key of the entry that a row names, or None if it is gone.
            sure: Pairs that a platform itself calls one; a person's word overrules them.

        Raises:
            ConfigurationError: The rows contradict each other; the message names them.
        """
        keys = {name: find(name) for row in self.rows for name in row.pair}
        named = {name: key if key is not None else name for name, key in keys.items()}
        standing, groups = self._agreed(named)
        differing = [pair for pair, row in standing.items() if row.verdict is Verdict.DIFFERENT]
        for one, other in differing:
            groups.keep_apart(one, other)
        present = {key for key in keys.values() if key is not None}
        for one, other in sure:
            if not groups.are_apart(one, other):
                present |= {one, other}
                groups.join(one, other)
        return Obeyed(
            same=groups.chains(present),
            different=groups.across(differing, present),
            unsure=frozenset(pair for pair, row in standing.items() if row.verdict is Verdict.UNSURE),
            gone=tuple(_gone(self.rows, keys, frozenset(standing.values()))),
        )

    @property
    def in_time(self) -> tuple[Ruling, ...]:
        """The rows in the order in which they were said.

        A row without a time follows the row above it. One that says only a day follows what stands above it of the
        same pair and day, so that an undo written by hand takes effect. Rows with a time are in the same order however
        two people's files were merged.
        """
        return _in_time(self.rows, lambda row: row.pair)

    def contradiction(self, find: Callable[[str], str | None] | None = None) -> ConfigurationError | None:
        """Return what is wrong with the rows taken together, naming those that cannot both hold; None if they can.

        Args:
            find: Returns the key of the entry that a row names, or None if it is gone: a record may be named by its
                key in one row and by ACCOUNT:ID in another. Without it, this is known of tables alone.
        """
        named = {name: (find and find(name)) or _without_kind(name) for row in self.rows for name in row.pair}
        try:
            self._agreed(named)
        except ConfigurationError as error:
            return error
        return None

    def _agreed(self, named: Mapping[str, str]) -> tuple[dict[tuple[str, str], Ruling], _Groups]:
        """The row that counts of each pair, and the groups that those make.

        Raises:
            ConfigurationError: They contradict each other.
        """
        standing, groups = self._standing(named), _Groups()
        for pair, row in standing.items():
            if row.verdict is Verdict.SAME:
                groups.join(*pair)
        for pair, row in standing.items():
            if row.verdict is Verdict.DIFFERENT and groups.home(pair[0]) == groups.home(pair[1]):
                raise ContradictingDecisionsError(self.where, [row, *_path(pair, standing)])
        return standing, groups

    def _standing(self, named: Mapping[str, str]) -> dict[tuple[str, str], Ruling]:
        """The row that counts of each pair: the last. What was said before an `unsure` is taken back by it."""
        standing: dict[tuple[str, str], Ruling] = {}
        clashing: dict[tuple[str, str], Ruling] = {}

        def pair_of(row: Ruling) -> tuple[str, str]:
            left, right = named[row.left], named[row.right]
            return (left, right) if left <= right else (right, left)

        for row in _in_time(self.rows, pair_of):
            one, other = pair_of(row)
            if one == other:
                if row.verdict is Verdict.DIFFERENT:
                    raise ConfigurationError(f"{self.where}, {row}: both are the same record.", hint="Mend the row.")
                continue
            before = standing.get((one, other))
            if row.verdict is Verdict.UNSURE:
                clashing.pop((one, other), None)
            elif before is not None and {before.verdict, row.verdict} == {Verdict.SAME, Verdict.DIFFERENT}:
                clashing.setdefault((one, other), before)
            standing[one, other] = row
        for pair, before in clashing.items():
            raise ContradictingDecisionsError(self.where, [before, standing[pair]])
        return standing


def _in_time(rows: Iterable[Ruling], pair_of: Callable[[Ruling], tuple[str, str]]) -> tuple[Ruling, ...]:
    """Return rows in the order in which they were said, those of one moment in the order in which they stand."""
    listed = tuple(rows)
    said = [(row.at, row) for row in listed if isinstance(row.at, datetime)]
    if len(said) < len(listed):
        said = _moments(listed, pair_of)
    return tuple(row for _, row in sorted(said, key=itemgetter(0)))


def _moments(rows: Iterable[Ruling], pair_of: Callable[[Ruling], tuple[str, str]]) -> list[tuple[datetime, Ruling]]:
    """Return when each row counts as said, where some do not say their time."""
    moments: dict[tuple[str, str], list[tuple[datetime, date]]] = defaultdict(list)
    said: list[tuple[datetime, Ruling]] = []
    for row in rows:
        above = said[-1][0] if said else _FIRST
        of_pair = moments[pair_of(row)]
        moment = _moment(row.at, above, of_pair)
        of_pair.append((moment, moment if row.at is None else row.at))
        said.append((moment, row))
    return said


def _moment(at: datetime | date | None, above: datetime, of_pair: list[tuple[datetime, date]]) -> datetime:
    """When a row counts as said, given when the row above it does, and all rows of its pair above it and what they say.

    Of two rows that say days, the later day is later, however long a day lasts somewhere.
    """
    if at is None:
        return max([above, *(one for one, _ in of_pair)])
    if isinstance(at, datetime):
        return at
    midnight = datetime.combine(at, time(), UTC)
    before = (one for one, said in of_pair if isinstance(said, datetime) or said <= at)
    return max([midnight, *(one for one in before if one - midnight < _DAY)])


def _gone(rows: Iterable[Ruling], keys: Mapping[str, str | None], standing: frozenset[Ruling]) -> Iterator[GoneRuling]:
    """Yield the rows that count and name a record that is gone; what was taken back is nobody's concern any more."""
    listed = tuple(rows)
    said = Counter(row.pair for row in listed)
    for row in listed:
        names = tuple(name for name in (row.left, row.right) if keys[name] is None)
        taken_back = row.verdict is Verdict.UNSURE and said[row.pair] > 1
        if names and row in standing and not taken_back:
            yield GoneRuling(ruling=row, names=names)


def merged(several: Iterable[Decisions]) -> Decisions:
    """Return the decisions of several people as one; a row that stands in two files counts once.

    Nothing is checked here: `Decisions.contradiction` tells whether they can all hold.
    """
    files = list(several)
    if len(files) == 1:
        return files[0]
    rows: dict[object, Ruling] = {}
    for file in files:
        for row in file.rows:
            said = (row.pair, row.verdict, row.by, row.at, row.why)
            rows.setdefault(said, evolve(row, file=row.file or file.where))
    return Decisions(rows=tuple(rows.values()), where=" with ".join(file.where for file in files) or "the decisions")


def _without_kind(name: str) -> str:
    """Return the key of a row of a table as a person writes it: "table:left:organization:1" is "left:1"."""
    vendor, _, rest = name.partition(":")
    parts = rest.split(":", 2)
    return f"{parts[0]}:{parts[2]}" if vendor == TABLE and len(parts) == len(("left", "organization", "1")) else name


class ContradictingDecisionsError(ConfigurationError):
    """Decisions that cannot all hold.

    Attributes:
        rows: The rows that clash.
    """

    def __init__(self, where: str, rows: Iterable[Ruling]) -> None:
        self.rows = tuple(rows)
        super().__init__(
            f"{where} contradicts itself: {'; '.join(map(str, self.rows))}.",
            hint="Take one back by adding a row with the same pair and `unsure`.",
        )


def _path(pair: tuple[str, str], standing: Mapping[tuple[str, str], Ruling]) -> list[Ruling]:
    """The rows that lead from one record of a pair to the other by way of `same`."""
    neighbours: dict[str, list[tuple[str, Ruling]]] = defaultdict(list)
    for (one, other), row in standing.items():
        if row.verdict is Verdict.SAME:
            neighbours[one].append((other, row))
            neighbours[other].append((one, row))
    reached: dict[str, list[Ruling]] = {pair[0]: []}
    queue = [pair[0]]
    for here in queue:
        for there, row in neighbours[here]:
            if there not in reached:
                reached[there] = [*reached[here], row]
                queue.append(there)
    return reached.get(pair[1], [])


class _Groups:
    """Records that decisions make one, and which of these groups are two for sure."""

    def __init__(self) -> None:
        self._parent: dict[str, str] = {}
        self._apart: dict[str, set[str]] = defaultdict(set)

    def home(self, key: str) -> str:
        while (parent := self._parent.get(key, key)) != key:
            self._parent[key] = self._parent.get(parent, parent)
            key = parent
        return key

    def keep_apart(self, one: str, other: str) -> None:
        first, second = self.home(one), self.home(other)
        self._apart[first].add(second)
        self._apart[second].add(first)

    def are_apart(self, one: str, other: str) -> bool:
        return self.home(other) in self._apart.get(self.home(one), ())

    def join(self, one: str, other: str) -> None:
        first, second = self.home(one), self.home(other)
        if first == second:
            return
        # The one that is kept apart from fewer groups moves, so that joining many stays cheap.
        if len(self._apart.get(first, ())) < len(self._apart.get(second, ())):
            first, second = second, first
        self._parent[second] = first
        for away in self._apart.pop(second, ()):
            self._apart[away].remove(second)
            self.keep_apart(first, away)

    def _members(self, present: Collection[str]) -> dict[str, list[str]]:
        members: dict[str, list[str]] = defaultdict(list)
        for key in sorted(present):
            members[self.home(key)].append(key)
        return members

    def chains(self, present: Collection[str]) -> tuple[tuple[str, str], ...]:
        """Pairs that link the present records of each group; those that are gone are bridged."""
        return tuple((one, other) for members in self._members(present).values() for one, other in pairwise(members))

    def across(self, differing: Iterable[tuple[str, str]], present: Collection[str]) -> tuple[tuple[str, str], ...]:
        """A pair of present records for each pair of groups that are kept apart."""
        members = self._members(present)
        homes = ((self.home(one), self.home(other)) for one, other in differing)
        found = ((members[a][0], members[b][0]) for a, b in homes if members.get(a) and members.get(b))
        return tuple(sorted({(min(pair), max(pair)) for pair in found}))


def ruling(left: str, right: str, verdict: Verdict, *, by: str, why: str = "") -> Ruling:
    """Return a row that says now what a person decided."""
    return Ruling(left=left, right=right, verdict=verdict, by=by, why=why, at=datetime.now(UTC).replace(microsecond=0))
