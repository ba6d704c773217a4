"""The example distribution is short, is what the guide shows, and is found once pip has installed it."""

from __future__ import annotations

import importlib
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from attrs import fields_dict

from aggregator.adapter import DriftCount, Place
from tests.fakes import NOON

ROOT = Path(__file__).parent.parent
EXAMPLE = ROOT / "tests" / "example_adapter"
ADAPTER = EXAMPLE / "src" / "harbor" / "__init__.py"

FIND = """
from aggregator.adapter import adapter_names, load_adapter
print("harbor" in adapter_names(), load_adapter("harbor").__module__, load_adapter("harbor").title)
"""


def test_it_is_no_longer_than_it_need_be() -> None:
    """An adapter takes no more than 140 lines, its rules included."""
    assert len(ADAPTER.read_text(encoding="utf-8").splitlines()) <= 140


def test_pip_installs_it_and_the_library_finds_it(tmp_path: Path) -> None:
    """Another process, which knows nothing of its sources, finds the adapter by its entry point and loads it."""
    sources = shutil.copytree(EXAMPLE, tmp_path / "sources", ignore=shutil.ignore_patterns("__pycache__"))
    installed = tmp_path / "installed"
    how = ["--quiet", "--disable-pip-version-check", "--no-index", "--no-deps", "--no-build-isolation"]
    pip = [sys.executable, "-m", "pip", "install", *how, "--target", str(installed), str(sources)]
    subprocess.run(pip, check=True)
    shutil.rmtree(sources)
    env = {"PYTHONPATH": f"{installed}:{ROOT}"}
    script = [sys.executable, "-c", FIND]
    found = subprocess.run(script, env=env, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert found.stdout.split() == ["True", "harbor", "Harbor"]


def test_its_records_explain_themselves(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each field that the adapter fills has a rule, and what that points to is what Harbor said."""
    monkeypatch.syspath_prepend(str(ADAPTER.parent.parent))
    harbor = importlib.import_module("harbor")
    place = Place(
        vendor="harbor", account="acme", operation="connections", page=1, request="", pointer="/0", fetched_at=NOON
    )
    record = harbor.read_partner({"id": "1", "name": "Acme", "state": "live"}, place, DriftCount())
    assert record.explain("status").native == record.explain("status_native").native == "live"
    assert record.explain("supplier.name").pointer == "/0/name"
    for one in (record, record.supplier):
        filled = [name for name in fields_dict(type(one)) if name not in ("source", "raw") and getattr(one, name)]
        assert [name for name in filled if "no field" in one.explain(name).rule] == []


def test_the_guide_shows_this_adapter() -> None:
    """The code in docs/writing-an-adapter.md is the adapter, the distribution and the profile that are tested here."""
    guide = (ROOT / "docs" / "writing-an-adapter.md").read_text(encoding="utf-8")
    assert ADAPTER.read_text(encoding="utf-8") in guide
    assert (EXAMPLE / "pyproject.toml").read_text(encoding="utf-8") in guide
    own = (EXAMPLE / "test_harbor.py").read_text(encoding="utf-8")
    assert own[own.index("class TestHarbor") :].rstrip() in guide
