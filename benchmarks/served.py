"""The sandbox in a process of its own, so that it is not what is measured."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


@contextmanager
def sandbox(*, partners: int, faults: tuple[str, ...] = ()) -> Iterator[dict[str, Any]]:
    """Serve a world of so many businesses; yield base URL and credentials for each vendor."""
    command = [sys.executable, "-m", "aggregator.cli", "sandbox", "--json", "--partners", str(partners)]
    for fault in faults:
        command += ["--fault", fault]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            yield json.loads(process.stdout.readline())
        finally:
            process.terminate()
            process.wait(timeout=30)
