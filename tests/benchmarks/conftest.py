"""Lets a test publish packages of its own."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest

from benchmarks.matching.published import fetching
from tests.benchmarks.publishing import Publish, pack


@pytest.fixture
def publish(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Publish:
    """Put a package with these files where fetched ones are."""
    monkeypatch.setattr(fetching, "ROOT", tmp_path)
    return partial(pack, root=tmp_path)
