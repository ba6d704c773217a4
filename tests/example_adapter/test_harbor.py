"""Harbor passes the kit, and is found once its distribution is installed."""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path

import pytest

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE / "src"))

from harbor import Harbor  # type: ignore[import-not-found]  # noqa: E402 - of another distribution

from aggregator.adapter import adapter_names, load_adapter  # noqa: E402
from aggregator.testing import AdapterConformance, ByCursor, ListProfile, LoginProfile, WireProfile  # noqa: E402

SECRET = "harbor-secret-4711"


class TestHarbor(AdapterConformance):
    """A list that is turned by cursor."""

    wire = WireProfile(
        adapter=lambda: Harbor(client_id="me", client_secret=SECRET),
        secrets=(SECRET,),
        login=LoginProfile(url="https://api.harbor.example/token"),
        lists=(
            ListProfile(
                plan=lambda adapter: adapter.connections(),
                path="/partners",
                sample={"id": "", "name": "", "state": "live"},
                status_at=("state",),
                rows_at=("partners",),
                total_at=("total",),
                next_at=("next_cursor",),
                next_is="cursor",
                paging=ByCursor(),
            ),
        ),
    )


def test_it_is_no_longer_than_it_need_be() -> None:
    """An adapter takes no more than 120 lines."""
    lines = (HERE / "src/harbor/__init__.py").read_text(encoding="utf-8").splitlines()
    assert len(lines) <= 122


def test_an_installed_distribution_is_found_by_its_entry_point(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What its pyproject.toml declares is how the library finds it."""
    project = tomllib.loads((HERE / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    about = tmp_path / "aggregator_harbor-1.0.0.dist-info"
    about.mkdir()
    (about / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {project['name']}\nVersion: 1.0.0\n")
    points = project["entry-points"]["aggregator.adapters"]
    (about / "entry_points.txt").write_text(
        "[aggregator.adapters]\n" + "".join(f"{name} = {target}\n" for name, target in points.items())
    )
    monkeypatch.syspath_prepend(str(tmp_path))
    assert "harbor" in adapter_names()
    assert load_adapter("harbor") is Harbor


def test_the_guide_shows_this_adapter() -> None:
    """The code in docs/writing-an-adapter.md is the adapter and the profile that are tested here."""
    guide = (HERE.parent.parent / "docs" / "writing-an-adapter.md").read_text(encoding="utf-8")
    assert (HERE / "src/harbor/__init__.py").read_text(encoding="utf-8") in guide
    assert (HERE / "pyproject.toml").read_text(encoding="utf-8") in guide
    own = Path(__file__).read_text(encoding="utf-8")
    profile = own[own.index("class TestHarbor") : own.index("\n\ndef test_it_is")].rstrip()
    assert profile in guide
