"""Every scored pair as a CSV file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final, TextIO

import numpy as np

from aggregator.drafts import drafted, real
from aggregator.errors import NotWritable
from aggregator.halves import WHOLE
from aggregator.reconcile.cells import CsvWriter, harmless
from aggregator.reconcile.facts.facts import Facts
from aggregator.reconcile.matching import MatchResult, Profile
from aggregator.reconcile.matching.result import DECISIONS

if TYPE_CHECKING:
    import numpy.typing as npt

    from aggregator.reconcile.matching import PairTable

COLUMNS: Final = ("left_source", "left_id", "right_source", "right_id", "probability", "decision", "evidence")
_WORDS: Final = tuple(decision.value for decision in DECISIONS)
_BLOCK: Final = 16_384
"""Pairs that are put into words at a time."""

_Ids = tuple[str, str, str, str]
_Line = tuple[str, str, str, str, str, str, str]


def write_pairs(
    path: Path,
    result: MatchResult,
    identify: Callable[[Profile], str],
    *,
    sources: Sequence[str],
    table: PairTable | None = None,
    unique: bool = False,
    duplicates: bool = False,
) -> int:
    """Write every pair scored at 0.05 or above, and joined ones below, likeliest first, and return how many: one a row.

    Sources and ids are written as they are, to be joined with the lists they came from; evidence is written so that no
    spreadsheet takes it for a formula.

    Args:
        path: The file; it is replaced once all is written.
        result: The scored pairs.
        identify: The id of a record in its own list.
        sources: Names of the sources, in the order in which left and right are told apart.
        table: The pairs to write, where they are others than the result's own: see `with_undecided`.
        unique: Whether no id stands on several records of a source.
        duplicates: Whether to write pairs within one source too.

    Raises:
        ConfigurationError: The file cannot be written.
    """
    place = {name: number for number, name in enumerate(sources)}
    order = np.fromiter(map(place.__getitem__, result.sources), np.int64, len(result.sources))
    try:
        with _replaced(path) as file:
            writer = CsvWriter(file)
            writer.writerow(COLUMNS)
            count, seen = 0, set[_Ids]()
            facts = Facts(result.profiles, result.called)
            for rows in _blocks(table or result.table, facts, identify, order, duplicates=duplicates):
                written = rows if unique else list(_once(rows, seen))
                writer.writerows(written)
                count += len(written)
            return count
    except OSError as error:
        raise NotWritable(f"{path} cannot be written: {error.strerror}.") from error


@contextmanager
def _replaced(path: Path) -> Iterator[TextIO]:
    """Open a file that takes the place of another only when it is whole; half a file would read as few matches."""
    if path.exists() and not path.is_file():  # a pipe or a device has no place to take
        with path.open("w", encoding="utf-8", errors=WHOLE, newline="") as file:
            yield file
        return
    # A link stays one.
    with drafted(real(path)) as draft, draft.open("w", encoding="utf-8", errors=WHOLE, newline="") as file:
        yield file


def _once(lines: Iterable[_Line], seen: set[_Ids]) -> Iterator[_Line]:
    """Rows of one id in a list are told apart inside, but outside they are one record: its best pair counts."""
    for line in lines:
        ids = line[:4]
        if ids not in seen:
            seen.add(ids)
            yield line


def _blocks(
    table: PairTable,
    facts: Facts,
    identify: Callable[[Profile], str],
    order: npt.NDArray[np.int64],
    *,
    duplicates: bool,
) -> Iterator[list[_Line]]:
    """Yield the lines block by block; left is the record of the source that was given first."""
    for start in range(0, table.left.size, _BLOCK):
        here = slice(start, start + _BLOCK)
        one, other = table.left[here], table.right[here]
        turned = order[one] > order[other]
        kept = np.flatnonzero((order[one] != order[other]) | duplicates)
        left, right = np.where(turned, other, one)[kept].tolist(), np.where(turned, one, other)[kept].tolist()
        mine, theirs = ([facts.profiles[number] for number in side] for side in (left, right))
        yield list(
            zip(
                [profile.source for profile in mine],
                map(identify, mine),
                [profile.source for profile in theirs],
                map(identify, theirs),
                map("{:.6f}".format, table.probability[here][kept].tolist()),
                [_WORDS[decision] for decision in table.decision[here][kept].tolist()],
                map(harmless, facts.of(left, right)),
                strict=True,
            )
        )
