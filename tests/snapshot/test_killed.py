"""A process that is killed while it writes a snapshot leaves none that reads as whole."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from aggregator.errors import SnapshotError
from aggregator.snapshot import Snapshot

SCRIPT = """
import os, signal, sys
from pathlib import Path
from aggregator.snapshot import Snapshot
from aggregator.snapshot.disk import save_under
from tests.fakes import NOON
from tests.samples import listing

left = int(sys.argv[2])

def killed(descriptor):
    global left
    left -= 1
    if left == 0:
        os.kill(os.getpid(), signal.SIGKILL)

os.fsync = killed
save_under(Snapshot(taken_at=NOON, listings=(listing("Acme"), listing("Globex", account="b"))), Path(sys.argv[1]))
"""


@pytest.mark.parametrize("files", [1, 2, 3])
def test_a_killed_process_leaves_no_half_snapshot(files: int, tmp_path: Path) -> None:
    """Whichever file was being written, there is no folder of a snapshot's name, and `latest` points nowhere."""
    ended = subprocess.run([sys.executable, "-c", SCRIPT, str(tmp_path), str(files)], check=False)
    assert ended.returncode == -signal.SIGKILL
    assert not [one for one in tmp_path.iterdir() if not one.name.startswith(".")]
    with pytest.raises(SnapshotError):
        Snapshot.load(tmp_path / "latest")
