"""What a review knows and does: the clusters as decisions leave them, and the file that decisions are added to."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from threading import RLock, Thread
from time import monotonic
from typing import Any, Final

from aggregator.errors import ConfigurationError
from aggregator.reconcile import (
    Decisions,
    Partner,
    Policy,
    Reconciliation,
    Ruling,
    Verdict,
    merged,
    read_decisions,
    read_policy,
    reconcile,
)
from aggregator.reconcile.decisions import ContradictingDecisionsError, ruling
from aggregator.reconcile.decisions_file import add_rulings
from aggregator.report.folder import POLICY, SNAPSHOT, decisions_of, keep_for_review, read_partner_ids, write_report
from aggregator.report.page_data import entry_plain
from aggregator.report.review.questions import Question, questions
from aggregator.snapshot import Snapshot

_SPLIT: Final = "split off"
_TOLD: Final = 30
_AT_ONCE: Final = 1.0
"""Seconds that a person waits for the clusters; what takes longer is worked out while the next question is asked."""


class Session:
    """A review of one report.

    Args:
        folder: The report.
        by: Who decides.
        decisions: Files that hold decisions, new ones in the first; those of the report if there are none.

    Raises:
        ConfigurationError: The folder holds no report that can be reviewed, or a file cannot be read.
        SnapshotError: The snapshot in it is damaged.
    """

    def __init__(self, folder: Path, *, by: str, decisions: tuple[Path, ...] = ()) -> None:
        if not (folder / SNAPSHOT).is_dir():
            raise ConfigurationError(
                f"{folder} holds no report that can be reviewed.",
                hint="Name a folder that `aggregator reconcile --out` wrote.",
            )
        self.folder = folder
        self.by = by
        self.files = decisions or decisions_of(folder)
        self._lock = RLock()
        self._worker: Thread | None = None
        self._wanted = self._settled = 0
        self._took = 0.0
        self._snapshot = Snapshot.load(folder / SNAPSHOT)
        self._policy = read_policy(folder / POLICY) if (folder / POLICY).exists() else Policy()
        self._previous = read_partner_ids(folder)
        self._decisions = self._read()
        self._clash: ContradictingDecisionsError | None = None
        self._result: Reconciliation | None = None
        self._open: tuple[Question, ...] = ()
        self._skipped: dict[tuple[str, str], None] = {}
        self._settle()

    @property
    def file(self) -> Path:
        """The file that decisions are added to."""
        return self.files[0]

    def _read(self) -> Decisions:
        return merged(read_decisions(path) for path in self.files if path.exists())

    def _settle(self) -> None:
        """Work the clusters out again, as the decisions now are; at once where that is quick, else meanwhile."""
        self._decisions = self._read()
        self._wanted += 1
        if self._took < _AT_ONCE:
            self._work_out(self._wanted, self._decisions)
            return
        answered = frozenset(self._standing())
        self._open = tuple(one for one in self._open if tuple(sorted(one.pair)) not in answered)
        if self._worker is None or not self._worker.is_alive():
            self._worker = Thread(target=self._catch_up, daemon=True)
            self._worker.start()

    def _catch_up(self) -> None:
        while True:
            with self._lock:
                number, decisions = self._wanted, self._decisions
            self._work_out(number, decisions)
            with self._lock:
                if self._settled == self._wanted:
                    self._worker = None
                    return

    def _work_out(self, number: int, decisions: Decisions) -> None:
        began = monotonic()
        clash: ContradictingDecisionsError | None = None
        result = self._result
        try:
            result = reconcile(self._snapshot, decisions=decisions, policy=self._policy, previous=self._previous)
        except ContradictingDecisionsError as error:
            clash = error
        with self._lock:
            self._settled, self._took = number, monotonic() - began
            self._clash, self._result = clash, result
            if result is not None and clash is None:
                self._previous = {**self._previous, **result.partner_ids}
                self._open = questions(result, frozenset(self._standing()))

    def _standing(self) -> Mapping[tuple[str, str], Ruling]:
        """The last word on each pair, but for those that were taken back."""
        standing: dict[tuple[str, str], Ruling] = {}
        for row in self._decisions.in_time:
            standing.pop(row.pair, None)
            if row.verdict is not Verdict.UNSURE:
                standing[row.pair] = row
        return standing

    def state(self) -> dict[str, Any]:
        """Return what the page shows, as plain values; never the score, which is told only on request."""
        with self._lock:
            told = [_plain_ruling(row) for row in self._decisions.in_time[-_TOLD:]][::-1]
            return {
                "by": self.by,
                "file": f"{self.file.resolve().parent.name}/{self.file.name}",
                "decided": len(self._standing()),
                "left": len(self._open),
                "told": told,
                "settled": self._settled == self._wanted,
                "contradiction": None if self._clash is None else [_plain_ruling(row) for row in self._clash.rows],
                "question": self._question(),
            }

    def _question(self) -> dict[str, Any] | None:
        found = self._next()
        if found is None or self._result is None or self._clash is not None:
            return None
        partners = [self._partner(key) for key in found.pair]
        sides = [{"key": key, **_plain_partner(one, key)} for key, one in zip(found.pair, partners, strict=True)]
        return {"left": sides[0], "right": sides[1], "joined": partners[0] is partners[1]}

    def _next(self) -> Question | None:
        fresh = next((one for one in self._open if one.pair not in self._skipped), None)
        if fresh is None and self._open:
            self._skipped.clear()
            return self._open[0]
        return fresh

    def _partner(self, key: str) -> Partner:
        if self._result is None:
            raise ConfigurationError("Decisions contradict each other.", hint="Take one back first.")
        return self._result.partner(self._result.partner_ids[key])

    def score(self, left: str, right: str) -> dict[str, Any]:
        """Return how likely two entries are one business, and the reasons.

        Raises:
            ConfigurationError: There is no such entry, or decisions contradict each other.
        """
        with self._lock:
            self._partner_or_refuse(left), self._partner_or_refuse(right)
            if self._result is None:
                raise ConfigurationError("Decisions contradict each other.")
            probability, evidence = self._result.explain(left, right)
            return {
                "probability": round(probability, 4),
                "evidence": [[one.sentence, round(one.weight, 2)] for one in evidence],
            }

    def _partner_or_refuse(self, key: str) -> Partner:
        try:
            return self._partner(key)
        except KeyError as error:
            raise ConfigurationError(f"There is no record {key!r}.") from error

    def answer(self, left: str, right: str, word: str, why: str = "") -> None:
        """Keep an answer: yes, no, split (the left record is none of the others shown), unsure or skip.

        Raises:
            ConfigurationError: It contradicts earlier answers, or cannot be kept; nothing is written then.
        """
        with self._lock:
            mine, theirs = self._partner_or_refuse(left), self._partner_or_refuse(right)
            if word == "skip":
                self._skipped[left, right] = None
                return
            if word == "split":
                others = dict.fromkeys(
                    entry.key for one in (mine, theirs) for entry in one.entries if entry.key != left
                )
                why = f"{_SPLIT} {left}. {why}".strip()
                rows = [ruling(left, other, Verdict.DIFFERENT, by=self.by, why=why) for other in others]
            else:
                verdicts = {"yes": Verdict.SAME, "no": Verdict.DIFFERENT, "unsure": Verdict.UNSURE}
                if word not in verdicts:
                    raise ConfigurationError(f"{word!r} is no answer.", hint="There are yes, no, split, unsure, skip.")
                rows = [ruling(left, right, verdicts[word], by=self.by, why=why)]
            self._keep(rows)
            if word == "unsure":
                self._skipped[left, right] = None

    def _keep(self, rows: list[Ruling]) -> None:
        if any(row.verdict is not Verdict.UNSURE for row in rows):
            # The files are read as one, so an answer must hold with all of them.
            clash = Decisions(rows=(*self._read().rows, *rows)).contradiction()
            if clash is not None:
                raise clash
        add_rulings(self.file, rows)
        self._settle()

    def undo(self) -> bool:
        """Take back the last answer that this person gave, also one of an earlier run; False if there is none."""
        with self._lock:
            mine = [row for row in self._standing().values() if row.by == self.by]
            if not mine:
                return False
            last = mine[-1]
            group = [row for row in mine if (row.at, row.why) == (last.at, last.why) and last.why.startswith(_SPLIT)]
            self.take_back([row.pair for row in group or [last]])
            return True

    def take_back(self, pairs: list[tuple[str, str]]) -> None:
        """Take back what was said of pairs, by whomever."""
        with self._lock:
            self._keep([ruling(*pair, Verdict.UNSURE, by=self.by, why="taken back") for pair in pairs])
            for pair in pairs:  # asked again at once
                self._skipped = {one: None for one in self._skipped if tuple(sorted(one)) != pair}

    def write(self) -> None:
        """Write the report again, as it now stands.

        Raises:
            ConfigurationError: It cannot be written, or decisions contradict each other.
        """
        worker = self._worker
        if worker is not None:
            worker.join()
        with self._lock:
            if self._clash is not None or self._result is None:
                raise self._clash or ConfigurationError("There is nothing to write.")
            write_report(self._result, self.folder)
            policy = self.folder / POLICY
            keep_for_review(
                self.folder, self._snapshot, decisions=self.files, policy=policy if policy.exists() else None
            )


def _plain_ruling(row: Ruling) -> dict[str, Any]:
    return {
        "left": row.left,
        "right": row.right,
        "verdict": row.verdict.value,
        "by": row.by,
        "at": "" if row.at is None else row.at.isoformat(),
        "why": row.why,
    }


def _plain_partner(partner: Partner, key: str) -> dict[str, Any]:
    entries = sorted(partner.entries, key=lambda entry: entry.key != key)
    return {"name": partner.name, "entries": [entry_plain(entry) for entry in entries]}
