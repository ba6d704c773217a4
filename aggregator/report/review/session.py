"""What a review knows and does: the clusters as decisions leave them, and the file that decisions are added to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from threading import Event, Lock, RLock, Thread
from typing import Any, Final

from aggregator.drafts import real, replace_file
from aggregator.errors import AggregatorError, ConfigurationError
from aggregator.garbage import without_garbage_collection
from aggregator.reconcile import Decisions, Ruling, Verdict
from aggregator.reconcile.decisions.decisions import ContradictingDecisionsError
from aggregator.reconcile.decisions.decisions_file import add_rulings, refuse_name
from aggregator.reconcile.decisions.rulings import ruling
from aggregator.report.decision_files import files_to_review, is_stale
from aggregator.report.folder import SCORES, SNAPSHOT
from aggregator.report.review.kept import Kept, KeptEntry
from aggregator.report.review.plain import called, plain_rulings, plain_side
from aggregator.report.review.rewriting import read_all, reconciled, rewrite, rewrite_apart
from aggregator.report.review.standing import Standing

_SPLIT: Final = "split off"
_TOLD: Final = 30
_PAUSE: Final = 1.0
"""Seconds without an answer before all pairs are scored again: who answers quickly is not kept waiting by it."""


class Session:
    """A review of one report.

    Args:
        folder: The report.
        by: Who decides.
        decisions: Files that hold decisions, new ones in the first, beside what was decided on the report; those of the
            report if there are none.

    Raises:
        ConfigurationError: The folder holds no report that can be reviewed, or a file cannot be read or is gone.
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
        self.files = files_to_review(folder, decisions)
        refuse_name(self.files[0])
        self._lock, self._writing = RLock(), Lock()
        self._news, self._hurried = Event(), False
        self._worker: Thread | None = None
        self._trouble = ""
        with without_garbage_collection():
            self._standing = Standing(Kept.read(folder / SCORES) or self._scored_anew())
        self._clash: ContradictingDecisionsError | None = None
        self._skipped: dict[tuple[int, int], None] = {}
        self._answered: tuple[str, ...] = ()
        self._settle()

    def _scored_anew(self) -> Kept:
        """Score all pairs, and keep them for the next review where that can be written."""
        kept = Kept.of(reconciled(self.folder, Decisions()))
        with suppress(OSError):
            replace_file(self.folder / SCORES, kept.to_bytes())
        return kept

    @property
    def file(self) -> Path:
        """The file that decisions are added to."""
        return self.files[0]

    def _settle(self) -> None:
        """Work out who is who as the decisions now are."""
        self._decisions = read_all(self.files)
        self._clash = None
        try:
            self._standing.follow(self._decisions)
        except ContradictingDecisionsError as error:
            self._clash = error
        self._news.set()
        if self._standing.wanted is not None and self._worker is None:
            self._worker = Thread(target=self._score_anew, daemon=True)
            self._worker.start()

    def _score_anew(self) -> None:
        """Score all pairs as they are once a person has parted a house or duplicates; answers are taken meanwhile."""
        while True:
            self._news.clear()
            while not self._hurried and self._news.wait(_PAUSE):
                self._news.clear()
            with self._lock:
                word = self._standing.wanted
                if word is None:
                    self._worker = None
                    return
            scoring = self._standing.scored(word)
            with self._lock:
                self._standing.take(scoring)

    def wait(self) -> None:
        """Return when everything that follows from the answers is worked out."""
        worker = self._worker
        if worker is not None:
            self._hurried = True
            self._news.set()
            worker.join()
            self._hurried = False

    def _rulings(self) -> Mapping[tuple[str, str], Ruling]:
        """The last word on each pair, but for those that were taken back."""
        standing: dict[tuple[str, str], Ruling] = {}
        for row in self._decisions.in_time:
            standing.pop(row.pair, None)
            if row.verdict is not Verdict.UNSURE:
                standing[row.pair] = row
        return standing

    def clusters(self) -> frozenset[tuple[str, ...]]:
        """Return the keys of each business, as things stand."""
        with self._lock:
            return self._standing.clusters()

    def together(self, one: str, other: str) -> bool:
        """Whether two records are one business, as things stand."""
        with self._lock:
            return self._standing.together(one, other)

    def partner(self, key: str) -> tuple[KeptEntry, ...]:
        """Return the records of the business that a record is of, as things stand.

        Raises:
            ConfigurationError: There is no such record.
        """
        with self._lock:
            if key not in self._standing:
                raise ConfigurationError(f"There is no record {key!r}.")
            return self._standing.partner(key)

    def state(self) -> dict[str, Any]:
        """Return what the page shows, as plain values; never the score, which is told only on request."""
        with self._lock:
            told, clash = self._decisions.in_time[-_TOLD:][::-1], self._clash
            return {
                "by": self.by,
                "file": f"{real(self.file).parent.name}/{self.file.name}",
                "decided": len(self._rulings()),
                "left": len(self._standing.questions),
                "told": plain_rulings(told, self._standing),
                "settled": self._worker is None,
                "writing": self._writing.locked(),
                "trouble": self._trouble,
                "effect": self._effect(),
                "contradiction": None if clash is None else plain_rulings(clash.rows, self._standing),
                "question": self._question(),
            }

    def _effect(self) -> list[list[str]]:
        """The businesses that the last answer was about, as they are now: the records of each."""
        partners = dict.fromkeys(self._standing.partner(key) for key in self._answered)
        return [[called(entry) for entry in entries] for entries in partners]

    def _question(self) -> dict[str, Any] | None:
        pair = None if self._clash is not None else self._next()
        if pair is None:
            return None
        sides = [plain_side(key, self._standing.partner(key)) for key in self._standing.keys(pair)]
        return {"left": sides[0], "right": sides[1], "joined": self._standing.together(*self._standing.keys(pair))}

    def _next(self) -> tuple[int, int] | None:
        questions = self._standing.questions
        for place in range(len(questions)):
            if questions.pair(place) not in self._skipped:
                return questions.pair(place)
        self._skipped.clear()
        return questions.pair(0) if len(questions) else None

    def score(self, left: str, right: str) -> dict[str, Any]:
        """Return how likely two records are one business, and the reasons.

        Raises:
            ConfigurationError: There is no such record, or nothing is kept of the pair.
        """
        with self._lock:
            self.partner(left), self.partner(right)
            found = self._standing.explain(left, right)
            if found is None:
                raise ConfigurationError("The report keeps no evidence of this pair.", hint="Try `aggregator explain`.")
            probability, evidence = found
            return {
                "probability": round(probability, 4),
                "evidence": [[one.sentence, round(one.weight, 2)] for one in evidence],
            }

    def answer(self, left: str, right: str, word: str, why: str = "") -> None:
        """Keep an answer: yes, no, split (the left record is none of the others shown), unsure or skip.

        Raises:
            ConfigurationError: It contradicts earlier answers, or cannot be kept; nothing is written then.
        """
        with self._lock:
            shown = (*self.partner(left), *self.partner(right))
            if word == "skip":
                self._skip(left, right)
                return
            if word == "split":
                others = dict.fromkeys(entry.key for entry in shown if entry.key != left)
                why = f"{_SPLIT} {left}. {why}".strip()
                rows = [ruling(left, other, Verdict.DIFFERENT, by=self.by, why=why) for other in others]
            else:
                verdicts = {"yes": Verdict.SAME, "no": Verdict.DIFFERENT, "unsure": Verdict.UNSURE}
                if word not in verdicts:
                    raise ConfigurationError(f"{word!r} is no answer.", hint="There are yes, no, split, unsure, skip.")
                rows = [ruling(left, right, verdicts[word], by=self.by, why=why)]
            self._keep(rows)
            self._answered = (left, right) if word != "unsure" else ()
            if word == "unsure":
                self._skip(left, right)

    def _skip(self, left: str, right: str) -> None:
        self._answered = ()
        self._skipped[self._standing.pair(left, right)] = None

    def _keep(self, rows: list[Ruling]) -> None:
        if any(row.verdict is not Verdict.UNSURE for row in rows):
            # The files are read as one, so an answer must hold with all of them.
            clash = Decisions(rows=(*read_all(self.files).rows, *rows)).contradiction(self._standing.find)
            if clash is not None:
                raise clash
        add_rulings(self.file, rows, find=self._standing.find)
        self._settle()

    def undo(self) -> bool:
        """Take back the last answer that this person gave, also one of an earlier run; False if there is none."""
        with self._lock:
            mine = [row for row in self._rulings().values() if row.by == self.by]
            if not mine:
                return False
            last = mine[-1]
            group = [row for row in mine if (row.at, row.why) == (last.at, last.why) and last.why.startswith(_SPLIT)]
            self.take_back([row.pair for row in group or [last]])
            return True

    def take_back(self, pairs: Iterable[tuple[str, str]]) -> None:
        """Take back what was said of pairs, by whomever."""
        with self._lock:
            named = list(pairs)
            self._keep([ruling(*pair, Verdict.UNSURE, by=self.by, why="taken back") for pair in named])
            present = [pair for pair in named if pair[0] in self._standing and pair[1] in self._standing]
            for pair in present:  # asked again at once
                self._skipped.pop(self._standing.pair(*pair), None)
            self._answered = present[0] if present else ()

    @property
    def stale(self) -> bool:
        """Whether the report does not tell all decisions yet."""
        return is_stale(self.folder, self.files)

    def write_meanwhile(self) -> None:
        """Begin to write the report again, in a process of its own; what goes wrong is told by the state."""

        def write() -> None:
            try:
                with self._writing:
                    rewrite_apart(self.folder, self.files)
            except AggregatorError as error:
                self._trouble = f"The report could not be written. {error}"

        if not self._writing.locked():
            self._trouble = ""
            Thread(target=write, daemon=True).start()

    def write(self) -> None:
        """Write the report again, as it now stands.

        Raises:
            AggregatorError: It cannot be written, or decisions contradict each other.
        """
        with self._writing:
            rewrite(self.folder, self.files)
