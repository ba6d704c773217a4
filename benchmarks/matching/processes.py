"""Running a matcher as a process: how long it took, and the most memory that it and its children held at once."""

from __future__ import annotations

import os
import signal
import subprocess
import tempfile
import time
from pathlib import Path

import attrs

_PAGE = os.sysconf("SC_PAGE_SIZE")
_BETWEEN_LOOKS = 0.05


@attrs.frozen
class Run:
    """What became of a process.

    Args:
        seconds: wall time, start-up and reading included.
        peak: bytes of memory at the most, all its processes together.
        failure: why there is no result, or "".
    """

    seconds: float
    peak: int
    failure: str = ""


def run(command: list[str], *, cap: float) -> Run:
    """Run a command, and end it with all its children when it has taken cap seconds."""
    with tempfile.TemporaryFile() as said:
        begun = time.perf_counter()
        process = subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=said, start_new_session=True, cwd=tempfile.gettempdir()
        )
        peak = 0
        while process.poll() is None:
            peak = max(peak, _resident(process.pid))
            if time.perf_counter() - begun > cap:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
                return Run(time.perf_counter() - begun, peak, f"not done after {cap:.0f} s")
            time.sleep(_BETWEEN_LOOKS)
        seconds = time.perf_counter() - begun
        said.seek(0)
        failure = _last_words(said.read().decode("utf-8", "replace")) if process.returncode else ""
        return Run(seconds, peak, failure)


def _resident(session: int) -> int:
    """Resident bytes of every process of a session."""
    total = 0
    for place in Path("/proc").iterdir():
        if not place.name.isdigit():
            continue
        try:
            stat = (place / "stat").read_text().rpartition(")")[2].split()
            if int(stat[3]) == session:
                total += int(stat[21]) * _PAGE
        except (OSError, IndexError, ValueError):
            continue  # it has just ended
    return total


def _last_words(text: str) -> str:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return lines[-1][:200] if lines else "failed without a word"
