"""Running a matcher as a process: how long it took, and the most memory that it and its children held at once."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import tempfile
import time
from pathlib import Path

import attrs

_PAGE = os.sysconf("SC_PAGE_SIZE")
_BETWEEN_LOOKS = 0.05
MEMORY = os.sysconf("SC_PHYS_PAGES") * _PAGE * 2 // 3
"""Bytes that a process may take before it is ended, two thirds of what there is: what grows with the square of its
input fills any machine."""


@attrs.frozen
class Run:
    """What became of a process.

    Args:
        seconds: wall time, start-up and reading included.
        processor: seconds of processor time, its children's too; other work on the machine hardly changes it.
        peak: bytes of memory at the most, all its processes together.
        failure: why there is no result, or "".
    """

    seconds: float
    processor: float
    peak: int
    failure: str = ""


def run(command: list[str], *, cap: float, memory: int = MEMORY) -> Run:
    """Run a command, and end it with all its children when it has taken cap seconds or more memory than it may."""
    with tempfile.TemporaryFile() as said:
        begun = time.perf_counter()
        process = subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=said, start_new_session=True, cwd=tempfile.gettempdir()
        )
        before, peak = _processor(), 0
        while process.poll() is None:
            peak = max(peak, _resident(process.pid))
            seconds = time.perf_counter() - begun
            if seconds > cap or peak > memory:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
                why = f"takes more than {memory / 1024**3:.0f} GiB" if peak > memory else f"not done after {cap:.0f} s"
                return Run(seconds, _processor() - before, peak, why)
            time.sleep(_BETWEEN_LOOKS)
        seconds = time.perf_counter() - begun
        said.seek(0)
        failure = _last_words(said.read().decode("utf-8", "replace")) if process.returncode else ""
        return Run(seconds, _processor() - before, peak, failure)


def _processor() -> float:
    """Seconds of processor time of the processes that have ended so far."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


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
