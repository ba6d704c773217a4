"""Who is who in two or more tables, and nothing else: quick enough for millions of rows."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from attrs import frozen

from aggregator.reconcile.decisions.decisions import Decisions, GoneRuling
from aggregator.reconcile.entries import TABLE, Account
from aggregator.reconcile.matching import Decision, MatchResult, Profile, match
from aggregator.reconcile.matching.result import DECISIONS
from aggregator.reconcile.numbering import Apart, find_numberings
from aggregator.reconcile.pairs_file import write_pairs
from aggregator.reconcile.references import References, spaced
from aggregator.reconcile.reviewed import with_undecided
from aggregator.reconcile.sources import QuickTable, TableSource
from aggregator.reconcile.sure import sure_rows
from aggregator.reconcile.wording import counted

if TYPE_CHECKING:
    import numpy.typing as npt

    from aggregator.reconcile.matching import PairTable


@frozen(kw_only=True, eq=False, slots=False)
class Linkage:
    """Scored pairs between tables.

    Attributes:
        tables: The tables, in the order they were given.
        labels: What each is called.
        result: The scored pairs.
        undecided: Pairs of keys of which a person has looked and could not say.
        apart: Tables that number their partners apart.
        gone: Decisions that name a row that is not there.
    """

    tables: tuple[QuickTable, ...]
    labels: tuple[str, ...]
    result: MatchResult
    undecided: frozenset[tuple[str, str]] = frozenset()
    apart: tuple[Apart, ...] = ()
    gone: tuple[GoneRuling, ...] = ()

    def write(self, path: Path, *, duplicates: bool = False) -> int:
        """Write the pairs as CSV and return how many; see `write_pairs`.

        Raises:
            ConfigurationError: The file cannot be written.
        """
        ids: dict[str, str] = {}
        for table in self.tables:
            ids |= table.ids
        return write_pairs(
            path,
            self.result,
            (lambda profile: ids.get(profile.key) or _id(profile)) if ids else _id,
            sources=self.labels,
            table=self._pairs[0],
            unique=not ids,
            duplicates=duplicates or len(self.tables) == 1,
        )

    @cached_property
    def _pairs(self) -> tuple[PairTable, npt.NDArray[np.bool_]]:
        return with_undecided(self.result, self.undecided)

    def summary(self) -> str:
        """Return the result in a few lines."""
        lines = [
            f"{label}: {counted(len(table.profiles), 'row')}{_nameless(table)}{_lost(table)}"
            for label, table in zip(self.labels, self.tables, strict=True)
        ]
        (table, undecided), source = self._pairs, self.result.weighed.source
        inside = source[table.left] == source[table.right]
        written = ~inside | (len(self.tables) == 1)
        told = table.decision[written]
        no, review, same = np.bincount(told, minlength=len(DECISIONS)).tolist()
        matched = told == Decision.MATCH.code
        review += int(np.count_nonzero(undecided[written] & matched))  # as a reconciliation counts them
        lines.append(f"{counted(same, 'pair')} matched, {review:,} to review, {no:,} less likely")
        if more := inside.size - told.size:
            lines.append(f"{counted(more, 'pair')} within one table, which --duplicates writes too")
        return "\n".join(lines)


def _id(profile: Profile) -> str:
    """The id in a key, which is VENDOR:ACCOUNT:KIND:ID; an account may hold colons."""
    account = profile.key.index(":") + 1
    kind = account + len(profile.source) + 1
    return profile.key[profile.key.index(":", kind) + 1 :]


def _nameless(table: QuickTable) -> str:
    count = sum(not profile.name for profile in table.profiles)
    return f", {count:,} of them without a name" if count else ""


def _lost(table: QuickTable) -> str:
    count = len(table.rejected)
    return f", {count:,} that could not be read" if count else ""


def link_tables(tables: Sequence[TableSource], decisions: Decisions) -> Linkage:
    """Match the rows of tables, obeying people's decisions.

    Raises:
        ConfigurationError: A table cannot be read, or the decisions contradict each other.
    """
    quick = tuple(table.quick() for table in tables)
    labels = tuple(table.account for table in tables)
    read = [profile for table in quick for profile in table.profiles]
    numberings = find_numberings(read)
    spoken_of = [row for label, table in zip(labels, quick, strict=True) for row in _spoken_of(label, table, decisions)]
    obeyed = decisions.obey(References(spoken_of).find, sure_rows(spoken_of))
    result = match(numberings.told(read), must_link=obeyed.same, cannot_link=obeyed.different)
    return Linkage(
        tables=quick,
        undecided=obeyed.unsure,
        apart=numberings.apart,
        labels=labels,
        result=result,
        gone=obeyed.gone,
    )


@frozen(kw_only=True)
class _Row:
    """A row by its names, as `references.Named` has them."""

    account: Account
    key: str
    id: str
    name: str
    record_keys: tuple[str, ...] = ()


def _spoken_of(label: str, table: QuickTable, decisions: Decisions) -> list[_Row]:
    """The rows that decisions may name and those that share an id, by key; a list may have a million others."""
    wanted = _ids_named(label, decisions) | set(map(spaced, table.ids.values()))
    if not wanted:
        return []
    account = Account(vendor=TABLE, name=label)
    found = []
    for profile in table.profiles:
        called = _id(profile)
        if spaced(called) in wanted or profile.key in table.ids:
            row = _Row(account=account, key=profile.key, id=table.ids.get(profile.key, called), name=profile.name)
            found.append(row)
    return sorted(found, key=attrgetter("key"))


def _ids_named(label: str, decisions: Decisions) -> set[str]:
    """What follows the name of a table, in a key or ACCOUNT:ID, wherever decisions name one of its rows."""
    beginnings = tuple(map(spaced, (f"{TABLE}:{label}:organization:", f"{label}:")))
    names = {spaced(name) for row in decisions.rows for name in row.pair}
    return {spaced(name.removeprefix(start)) for start in beginnings for name in names if name.startswith(start)}
