"""The example distribution is short, is what the guide shows, and is found once pip has installed it."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
EXAMPLE = ROOT / "tests" / "example_adapter"
ADAPTER = EXAMPLE / "src" / "harbor" / "__init__.py"

FIND = """
from aggregator.adapter import adapter_names, load_adapter
print("harbor" in adapter_names(), load_adapter("harbor").__module__, load_adapter("harbor").title)
"""


def test_it_is_no_longer_than_it_need_be() -> None:
    """An adapter takes no more than 120 lines."""
    assert len(ADAPTER.read_text(encoding="utf-8").splitlines()) <= 120


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


def test_the_guide_shows_this_adapter() -> None:
    """The code in docs/writing-an-adapter.md is the adapter, the distribution and the profile that are tested here."""
    guide = (ROOT / "docs" / "writing-an-adapter.md").read_text(encoding="utf-8")
    assert ADAPTER.read_text(encoding="utf-8") in guide
    assert (EXAMPLE / "pyproject.toml").read_text(encoding="utf-8") in guide
    own = (EXAMPLE / "test_harbor.py").read_text(encoding="utf-8")
    assert own[own.index("class TestHarbor") :].rstrip() in guide
