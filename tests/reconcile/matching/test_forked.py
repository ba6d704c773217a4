"""A process that is forked from one that has matched can match too."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

SCRIPT = """
import os
import warnings
from aggregator.reconcile.matching import match
from aggregator.reconcile.matching.batches import two_at_once
from tests.reconcile.matching.examples import FILLER, listed

profiles = [*listed("a", *FILLER), *listed("b", *FILLER[3:])]
def told():
    seen = []
    two_at_once(seen.append, range(3))
    return match(profiles).clusters, sorted(seen)

before = told()
warnings.simplefilter("ignore", DeprecationWarning)  # that a process of several threads is forked
child = os.fork()
if child == 0:
    os._exit(0 if told() == before else 1)
os._exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")
def test_a_forked_process_finds_what_its_parent_found() -> None:
    """A worker that is forked after the first match comes to the same clusters, and does not wait for ever."""
    with subprocess.Popen([sys.executable, "-c", SCRIPT], start_new_session=True) as matching:
        try:
            assert matching.wait(timeout=60) == 0
        except subprocess.TimeoutExpired:
            os.killpg(matching.pid, 9)
            raise
