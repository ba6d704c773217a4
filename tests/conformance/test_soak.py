"""A short form of `make soak`."""

from __future__ import annotations

from tools.soak import soak


def test_collects_in_a_row_leave_nothing_behind() -> None:
    """From faulty platforms over real sockets come right lists or honest ones, and no thread or file stays."""
    assert soak(2) == []
