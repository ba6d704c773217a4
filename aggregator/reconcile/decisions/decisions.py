"""What people have decided about pairs: kept in a file that grows and is never rewritten, and always obeyed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping

from attrs import evolve, field, frozen

from aggregator.errors import ConfigurationError
from aggregator.model.tuples import lists_as_tuples
from aggregator.reconcile.decisions.groups import Groups
from aggregator.reconcile.decisions.rulings import Ruling, Verdict, in_order_of_time
from aggregator.reconcile.entries import TABLE
from aggregator.reconcile.matching.contradictions import neighbours_by, path_between
from aggregator.reconcile.references import spaced


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
        listed: Those of them that a list or a platform itself calls one, and of which no person has said so.
        different: Pairs that are two.
        unsure: Pairs that a person has looked at in vain.
        gone: Rulings that stand and name a record that is not there.
    """

    same: tuple[tuple[str, str], ...] = ()
    listed: frozenset[tuple[str, str]] = frozenset()
    different: tuple[tuple[str, str], ...] = ()
    unsure: frozenset[tuple[str, str]] = frozenset()
    gone: tuple[GoneRuling, ...] = ()


@frozen(kw_only=True, field_transformer=lists_as_tuples)
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
        listed = Groups()
        for one, other in sure:
            if not groups.are_apart(one, other):
                present |= {one, other}
                groups.join(one, other)
                listed.join(one, other)
        same = groups.chains(present)
        said = {pair for pair, row in standing.items() if row.verdict is Verdict.SAME}
        return Obeyed(
            same=same,
            listed=frozenset(pair for pair in same if listed.home(pair[0]) == listed.home(pair[1])) - said,
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
        return in_order_of_time(self.rows, lambda row: row.pair)

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

    def last_said(self, left: str, right: str, find: Callable[[str], str | None] | None = None) -> Ruling | None:
        """Return the last row about two records, also where rows contradict each other; None if there is none.

        Args:
            left: A record, as a row names it.
            right: Another.
            find: As in `contradiction`. Without it, a record's key and ACCOUNT:ID are known to be one by how they are
                written, on a platform too.
        """
        asked = _pair(left, right, find)
        rows = in_order_of_time(self.rows, lambda row: _pair(row.left, row.right, find))
        return next((row for row in reversed(rows) if _pair(row.left, row.right, find) == asked), None)

    def _agreed(self, named: Mapping[str, str]) -> tuple[dict[tuple[str, str], Ruling], Groups]:
        """The row that counts of each pair, and the groups that those make.

        Raises:
            ConfigurationError: They contradict each other.
        """
        standing, groups = self._standing(named), Groups()
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

        for row in in_order_of_time(self.rows, pair_of):
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


def _pair(left: str, right: str, find: Callable[[str], str | None] | None) -> tuple[str, str]:
    one, other = sorted((find and find(name)) or _without_any_kind(spaced(name)) for name in (left, right))
    return one, other


def _without_any_kind(name: str) -> str:
    """The same of a record of a platform too: "crux:acme:organization:1" is "crux:acme:1".

    An id that holds a colon may be read so as well, and be taken for another: a row may be found too many, never one
    too few.
    """
    if name.startswith(f"{TABLE}:"):
        return _without_kind(name)
    parts = name.split(":", 3)
    return ":".join((*parts[:2], *parts[3:])) if len(parts) == len(("crux", "acme", "organization", "1")) else name


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
    same = {names: row for names, row in standing.items() if row.verdict is Verdict.SAME}
    return [same[(min(link), max(link))] for link in path_between(neighbours_by(same), *pair)]
