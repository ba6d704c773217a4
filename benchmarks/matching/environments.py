"""An environment of its own for every matcher, made on demand in a folder that git does not see."""

from __future__ import annotations

import json
import subprocess
import sys
import venv
from pathlib import Path

from benchmarks.matching.registry import Tool

CACHE = Path(__file__).parents[2] / ".benchmarks" / "environments"


class CannotInstallError(Exception):
    """A matcher could not be installed here; the message says why, in its installer's last words."""


def python_of(tool: Tool) -> Path:
    """Return the Python that runs a tool, with its packages installed first where they are not yet.

    Raises:
        CannotInstallError: with the installer's last words.
    """
    if not tool.requirements:
        return Path(sys.executable)
    home = CACHE / tool.environment
    python = home / "bin" / "python"
    if not (home / ".ready").exists():
        _install(home, python, tool.requirements)
    return python


def _install(home: Path, python: Path, requirements: tuple[str, ...]) -> None:
    print(f"installing {', '.join(requirements)}", file=sys.stderr)
    venv.create(home, with_pip=True, clear=True)
    command = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *requirements]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    if done.returncode:
        said = [line for line in done.stderr.splitlines() if line.strip() and not line.startswith("WARNING")]
        raise CannotInstallError(" / ".join(said[-3:]) or f"pip ended with {done.returncode}")
    (home / ".ready").touch()


def versions_of(tool: Tool) -> str:
    """Name the versions of what was asked for, as in "splink 5.0.0, pandas 2.2"."""
    script = (
        "import sys, json; from importlib.metadata import version;"
        "print(json.dumps({name: version(name) for name in sys.argv[1:]}))"
    )
    names = tool.requirements or ("connection-aggregator",)
    done = subprocess.run([str(python_of(tool)), "-c", script, *names], check=True, capture_output=True, text=True)
    return ", ".join(f"{name} {version}" for name, version in json.loads(done.stdout).items())
