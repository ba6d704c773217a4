"""What it costs to start, as a multiple of `import httpx`."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time

ROUNDS = 11

_COMMANDS = {
    "import httpx": ["-c", "import httpx"],
    "import aggregator": ["-c", "import aggregator"],
    "import aggregator, and all it offers": ["-c", "from aggregator import *"],
    "aggregator --help": ["-m", "aggregator.cli", "--help"],
}
_AIMS = {"import aggregator": "aim: 1.5 x and 0.25 s", "aggregator --help": "aim: 3 x and 0.5 s"}


def _seconds(arguments: list[str]) -> float:
    begun = time.perf_counter()
    subprocess.run([sys.executable, *arguments], check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - begun


def main() -> None:
    """Print each as a ratio to `import httpx`, paired round by round."""
    times: dict[str, list[float]] = {name: [] for name in _COMMANDS}
    for arguments in _COMMANDS.values():
        _seconds(arguments)  # a round to warm up
    for _ in range(ROUNDS):
        for name, arguments in _COMMANDS.items():
            times[name].append(_seconds(arguments))
    print(f"Start: whole processes, median of {ROUNDS}")
    for name, seconds in times.items():
        ratio = statistics.median(mine / base for mine, base in zip(seconds, times["import httpx"], strict=True))
        print(f"  {name:<38}{statistics.median(seconds):7.3f} s {ratio:7.2f} x   {_AIMS.get(name, '')}")
