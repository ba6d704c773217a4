"""What a list or a platform itself calls one business: its records of one id and one name."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import partial
from typing import Final

from attrs import evolve

from aggregator.reconcile.entries import TABLE, Entry
from aggregator.reconcile.folding import folded
from aggregator.reconcile.matching import Evidence, Ground, MatchResult
from aggregator.reconcile.references import Named

_WEIGHT: Final = 20.0
"""As much as a person's word."""


def sure_links(entries: Iterable[Entry]) -> Iterator[tuple[str, str]]:
    """Yield pairs of entries that one platform itself calls one business: equal id and name, in two accounts of it too.

    A table's ids are its own, so two tables never say that.
    """
    return _chained((_called(entry), entry) for entry in entries if entry.organization is not None)


def sure_rows(rows: Iterable[Named]) -> Iterator[tuple[str, str]]:
    """Yield the same pairs of rows of tables."""
    return _chained((_row_called(row), row) for row in rows)


def _called(entry: Entry) -> tuple[str, ...]:
    if entry.organization is None or entry.account.vendor == TABLE:
        return _row_called(entry)
    key = entry.organization.key
    return key.vendor, key.kind, key.id


def _row_called(row: Named) -> tuple[str, ...]:
    return TABLE, row.account.label, row.id


def _chained(called: Iterable[tuple[tuple[str, ...], Named]]) -> Iterator[tuple[str, str]]:
    """Yield each record with the first that is called as it is; one without a name is like no other."""
    seen: dict[tuple[str, ...], str] = {}
    for own, record in called:
        if not record.name:
            continue
        first = seen.setdefault((*own, folded(record.name)), record.key)
        if first != record.key:
            yield first, record.key


def told_by_lists(result: MatchResult, listed: Collection[tuple[str, str]]) -> MatchResult:
    """Return a result that says of these pairs of keys, which it was told to join, whose word that was: no person's."""
    return evolve(result, explain=partial(_explained, result, frozenset(listed))) if listed else result


def _explained(
    result: MatchResult,
    listed: frozenset[tuple[str, str]],
    pairs: Sequence[tuple[int, int]],
    *,
    unaided: bool = False,
) -> list[tuple[float, tuple[Evidence, ...]]]:
    named = [(result.keys[left], result.keys[right]) for left, right in pairs]
    explained = result.explain_all(named, unaided=unaided)
    if unaided:
        return explained
    return [
        (1.0, (_word_of_list(result, numbers),)) if _in_order(keys) in listed else told
        for numbers, keys, told in zip(pairs, named, explained, strict=True)
    ]


def _in_order(keys: tuple[str, str]) -> tuple[str, str]:
    return min(keys), max(keys)


def _word_of_list(result: MatchResult, pair: tuple[int, int]) -> Evidence:
    """Why a pair is sure: within one account, ids are a table's own, and elsewhere a platform's."""
    one, other = (result.sources[number] for number in pair)
    sentence = f"one id and one name {'in this list' if one == other else 'on this platform'}"
    return Evidence(sentence=sentence, weight=_WEIGHT, ground=Ground.SAID)
