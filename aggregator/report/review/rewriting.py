"""Writing a report anew as decisions leave it; in a process of its own, answers go on as quickly meanwhile."""

from __future__ import annotations

import multiprocessing
import signal
from multiprocessing.connection import Connection
from pathlib import Path

from aggregator.errors import AggregatorError, ConfigurationError
from aggregator.garbage import without_garbage_collection
from aggregator.reconcile import Decisions, Policy, Reconciliation, merged, read_decisions, read_policy, reconcile
from aggregator.report.decision_files import decisions_digest, refuse_pipes
from aggregator.report.folder import POLICY, SNAPSHOT, keep_scores, read_partner_ids, write_report
from aggregator.snapshot import Snapshot


def read_all(files: tuple[Path, ...]) -> Decisions:
    """Return the decisions of those files that are there, taken together."""
    return merged(read_decisions(path) for path in files if path.exists())


def reconciled(folder: Path, decisions: Decisions) -> Reconciliation:
    """Return what comes of a report's snapshot and policy with these decisions."""
    policy = folder / POLICY
    refuse_pipes([policy])
    return reconcile(
        Snapshot.load(folder / SNAPSHOT),
        decisions=decisions,
        policy=read_policy(policy) if policy.exists() else Policy(),
        previous=read_partner_ids(folder),
    )


def rewrite(folder: Path, files: tuple[Path, ...]) -> None:
    """Write a report anew.

    Args:
        folder: The report.
        files: What holds its decisions, new ones in the first.

    Raises:
        AggregatorError: It cannot be written, or decisions contradict each other.
    """
    # The digest first: of rows that are added meanwhile it is said that the report does not tell them yet.
    obeyed = decisions_digest(files)
    with without_garbage_collection():
        result = reconciled(folder, read_all(files))
        write_report(result, folder)
        keep_scores(folder, result, decisions=files, obeyed=obeyed)


def rewrite_apart(folder: Path, files: tuple[Path, ...]) -> None:
    """Write a report anew in another process, which ends with this one, and wait for it.

    Raises:
        ConfigurationError: It could not be written.
    """
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe(duplex=False)
    process = context.Process(target=_told, args=(folder, files, there), daemon=True)
    process.start()
    there.close()
    try:
        wrong = here.recv()
    except EOFError:
        wrong = "The process that wrote it was ended."
    process.join()
    if wrong:
        raise ConfigurationError(wrong)


def _told(folder: Path, files: tuple[Path, ...], pipe: Connection) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the review, which waits or ends this
    try:
        rewrite(folder, files)
    except AggregatorError as error:
        pipe.send(str(error))
    else:
        pipe.send("")
