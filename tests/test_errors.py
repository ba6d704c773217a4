"""Errors go from process to process, and can be copied, whole."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from attrs import evolve

from aggregator import CollectFailed, Snapshot
from aggregator.errors import AggregatorError, NetworkError, VendorError
from aggregator.reconcile.decisions.decisions import ContradictingDecisionsError
from aggregator.reconcile.decisions.rulings import Ruling, Verdict
from aggregator.reconcile.matching import ContradictionError
from tests.fakes import NOON
from tests.samples import listing

VENDOR_ERROR: dict[str, Any] = {
    "vendor": "crux",
    "account": "acme",
    "operation": "connections",
    "status": 503,
    "request": "GET https://vendor.test/",
    "request_id": "r-1",
    "vendor_code": "down",
    "pointers": ("/a",),
    "excerpt": "<html>",
    "retry_after": 2.5,
    "hint": "Wait.",
}


def _through_pickle(one: object) -> object:
    return pickle.loads(pickle.dumps(one))


again = pytest.mark.parametrize("again", [_through_pickle, copy.copy, copy.deepcopy])


def _kinds(base: type[AggregatorError]) -> Iterator[type[AggregatorError]]:
    if base.__module__.startswith("aggregator."):
        yield base
    for kind in base.__subclasses__():
        yield from _kinds(kind)


def _made(kind: type[AggregatorError]) -> AggregatorError:
    if kind is ContradictingDecisionsError:
        row = Ruling(left="l:1", right="r:1", verdict=Verdict.SAME)
        return ContradictingDecisionsError("decisions.csv", [row])
    made: Callable[..., AggregatorError] = kind
    return made("it broke.", **VENDOR_ERROR) if issubclass(kind, VendorError) else made("it broke.", hint="Mend it.")


@again
@pytest.mark.parametrize("kind", sorted(_kinds(AggregatorError), key=str))
def test_every_error_can_be_copied_and_pickled(kind: type[AggregatorError], again: Callable[[Any], Any]) -> None:
    """The other is of the same class, says the same, and has every attribute and note."""
    error = _made(kind)
    error.add_note("while it rained")
    other = again(error)
    assert type(other) is kind
    assert (str(other), other.args, vars(other)) == (str(error), error.args, vars(error))


@again
def test_a_contradiction_can_be_copied_and_pickled(again: Callable[[Any], Any]) -> None:
    """The matcher's own error keeps its pairs."""
    error = ContradictionError((("a", "c"), ("a", "b"), ("b", "c")))
    other = again(error)
    assert (str(other), other.pairs) == (str(error), error.pairs)


def _failed() -> CollectFailed:
    broken = NetworkError("no answer.", vendor="crux", account="acme", operation="connections")
    cut_off = evolve(listing("Acme", complete=False), error=broken)
    failed = CollectFailed("2 of 2 listings failed", [broken, AggregatorError("no.")])
    failed.snapshot = Snapshot(taken_at=NOON, listings=(cut_off,))
    return failed


@again
def test_a_failed_collect_can_be_copied_and_pickled(again: Callable[[Any], Any]) -> None:
    """A group of errors keeps the snapshot, and the snapshot the error of each of its lists."""
    other = again(_failed())
    assert [type(one) for one in other.exceptions] == [NetworkError, AggregatorError]
    (cut_off,) = other.snapshot.listings
    assert str(cut_off.error) == "crux (acme), connections: no answer."
    assert cut_off[0].partner is not None


def test_each_part_of_a_failed_collect_has_the_snapshot() -> None:
    """Whoever catches some of the errors with `except*` has what could be collected, and so has who gets the rest."""
    failed = _failed()
    seen: list[BaseException] = []
    try:
        try:
            raise failed
        except* NetworkError as some:
            seen.append(some)
    except CollectFailed as rest:
        seen.append(rest)
    assert [[type(one) for one in part.exceptions] for part in seen if isinstance(part, CollectFailed)] == [
        [NetworkError],
        [AggregatorError],
    ]
    assert all(part.snapshot is failed.snapshot for part in seen if isinstance(part, CollectFailed))
