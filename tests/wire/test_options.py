"""Options that cannot be are refused where they are made, by name."""

from __future__ import annotations

from typing import Any

import pytest

from aggregator.wire.options import Options


@pytest.mark.parametrize("said", ["x", True, None, float("nan"), float("inf"), 10**400])
def test_a_time_is_a_number_of_seconds(said: Any) -> None:
    """Neither a text nor a boolean is one, nor what no clock can count."""
    with pytest.raises(TypeError, match="answer_timeout must be a number of seconds, not"):
        Options(answer_timeout=said)


def test_a_time_may_have_a_fraction_and_has_a_least() -> None:
    """Waiting may be nothing; a time-out may not."""
    assert Options(max_wait=0, read_timeout=0.5).max_wait == 0
    with pytest.raises(ValueError, match="'read_timeout' must be > 0"):
        Options(read_timeout=0)
