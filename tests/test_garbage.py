"""Whoever does without the cycle collector leaves it as it was."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from threading import Barrier, Thread

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aggregator.errors import SnapshotError
from aggregator.garbage import without_garbage_collection
from aggregator.reconcile import reconcile
from aggregator.snapshot import Snapshot
from tests.reconcile.making import connection, listing, snapshot


@pytest.fixture(autouse=True)
def on_again() -> Iterator[None]:
    """The collector is on before and after each test."""
    assert gc.isenabled()
    yield
    gc.enable()


def test_it_is_off_and_then_on_again_also_within_one_another() -> None:
    with without_garbage_collection():
        with without_garbage_collection():
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled()


def test_it_is_on_again_after_an_error(tmp_path: Path) -> None:
    """Whether the body raises or what is called so."""
    with pytest.raises(ZeroDivisionError), without_garbage_collection():
        _ = 1 / 0
    assert gc.isenabled()
    with pytest.raises(SnapshotError):
        Snapshot.load(tmp_path)
    assert gc.isenabled()


def test_it_stays_off_for_whoever_wants_it_off(tmp_path: Path) -> None:
    """Nothing that does without turns it on for somebody else."""
    gc.disable()
    said = snapshot(listing(connection("Zebra Foods", "1")))
    reconcile(Snapshot.load(said.save(tmp_path / "saved")))
    assert not gc.isenabled()


@given(order=st.permutations([0, 0, 1, 1, 2, 2]))
def test_it_is_on_again_once_all_are_done_in_whatever_order(order: list[int]) -> None:
    """Three go in and out among one another: it is off for the first, and on when nobody is inside any more."""
    inside: dict[int, AbstractContextManager[None]] = {}
    for one in order:
        if one in inside:
            inside.pop(one).__exit__(None, None, None)
        else:
            inside[one] = without_garbage_collection()
            inside[one].__enter__()
            assert not gc.isenabled()
    assert gc.isenabled()


def test_it_is_on_again_after_threads_that_do_without_at_once() -> None:
    """They are inside together, and each sees it off when it comes in."""
    together, seen = Barrier(2), []

    def work() -> None:
        with without_garbage_collection():
            seen.append(gc.isenabled())
            together.wait(timeout=60)

    threads = [Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert seen == [False, False]
    assert gc.isenabled()
