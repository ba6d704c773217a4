"""Every scored pair as a CSV file."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from aggregator.errors import ConfigurationError
from aggregator.reconcile.cells import harmless
from aggregator.reconcile.facts import Facts
from aggregator.reconcile.matching import MatchResult, Profile

COLUMNS: Final = ("left_source", "left_id", "right_source", "right_id", "probability", "decision", "evidence")
_WORDS: Final = ("no", "review", "match")


def write_pairs(
    path: Path,
    result: MatchResult,
    profiles: Sequence[Profile],
    identify: Callable[[Profile], str],
    *,
    sources: Sequence[str],
    unique: bool = False,
    duplicates: bool = False,
) -> int:
    """Write every pair scored at 0.05 or above, likeliest first, one row a pair, and return how many.

    Sources and ids are written as they are, to be joined with the lists they came from; evidence is written so that no
    spreadsheet takes it for a formula.

    Args:
        path: The file; it is replaced.
        result: The scored pairs.
        profiles: The records, in any order.
        identify: The id of a record in its own list.
        sources: Names of the sources, in the order in which left and right are told apart.
        unique: Whether no id stands on several records of a source.
        duplicates: Whether to write pairs within one source too.

    Raises:
        ConfigurationError: The file cannot be written.
    """
    by_key = {profile.key: profile for profile in profiles}
    ordered = [by_key[key] for key in result.keys]
    place = {name: number for number, name in enumerate(sources)}
    try:
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(COLUMNS)
            rows = _rows(result, ordered, identify, place, unique=unique, duplicates=duplicates)
            count = 0
            for count, row in enumerate(rows, start=1):  # noqa: B007 - the count is wanted after the loop
                writer.writerow(row)
            return count
    except OSError as error:
        raise ConfigurationError(f"{path} cannot be written: {error.strerror}.") from error


def _rows(
    result: MatchResult,
    profiles: Sequence[Profile],
    identify: Callable[[Profile], str],
    place: Mapping[str, int],
    *,
    unique: bool,
    duplicates: bool,
) -> Iterator[tuple[str, ...]]:
    facts = Facts(profiles)
    table = result.table
    seen: set[tuple[str, str, str, str]] | None = None if unique else set()
    columns = (table.left.tolist(), table.right.tolist(), table.probability.tolist(), table.decision.tolist())
    for one, other, probability, decision in zip(*columns, strict=True):
        left, right = (one, other) if _first(profiles[one], profiles[other], place) else (other, one)
        mine, theirs = profiles[left], profiles[right]
        if mine.source == theirs.source and not duplicates:
            continue
        names = (mine.source, identify(mine), theirs.source, identify(theirs))
        if seen is not None:
            # Rows of one id in a list are told apart inside, but outside they are one record: its best pair counts.
            if names in seen:
                continue
            seen.add(names)
        yield (*names, f"{probability:.6f}", _WORDS[decision], harmless(facts.of(left, right)))


def _first(one: Profile, other: Profile, place: Mapping[str, int]) -> bool:
    return (place[one.source], one.key) <= (place[other.source], other.key)
