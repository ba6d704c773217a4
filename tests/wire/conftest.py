"""Both ways to wait, for every test that asks for a `way`."""

from __future__ import annotations

import pytest

from tests.wire.fake_vendor import WAYS, Way


@pytest.fixture(params=WAYS, ids=lambda way: way.name)
def way(request: pytest.FixtureRequest) -> Way:
    """Threads, then tasks."""
    chosen: Way = request.param
    return chosen
