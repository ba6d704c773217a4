"""The figures: F1 of one-best links at a threshold and at the best one, calibration, coverage, what a reviewer adds."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path

import attrs

Pair = tuple[str, str]
Truth = frozenset[Pair]

BINS = 10
REVIEWED = 0.1


@attrs.frozen(slots=True)
class Link:
    """A scored pair; `decision` is ours alone."""

    left: str
    right: str
    score: float
    decision: str = ""

    @property
    def pair(self) -> Pair:
        """The ids."""
        return self.left, self.right


@attrs.frozen
class Best:
    """The best F1 over all thresholds: a flattering figure, for nobody knows that threshold beforehand."""

    f1: float
    threshold: float


def read_links(path: Path) -> list[Link]:
    """Read what a tool wrote, or what the command wrote with --matches."""
    with path.open(encoding="utf-8", newline="") as stream:
        return [
            Link(
                row["left_id"], row["right_id"], float(row.get("score") or row["probability"]), row.get("decision", "")
            )
            for row in csv.DictReader(stream)
        ]


def read_truth(path: Path) -> Truth:
    """Read the true pairs of a set."""
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return frozenset((row["a_id"], row["b_id"]) for row in csv.DictReader(stream))


def one_best(links: Iterable[Link]) -> list[Link]:
    """The best link of every left record; of equals the first by id, so that the order of rows is no luck."""
    best: dict[str, Link] = {}
    for link in sorted(links, key=lambda link: (-link.score, link.left, link.right)):
        best.setdefault(link.left, link)
    return list(best.values())


def f1_at(links: Sequence[Link], truth: Truth, threshold: float) -> float:
    """F1 of the one-best links from a threshold on; recall counts left records that have a partner."""
    taken = [link for link in links if link.score >= threshold]
    return _f1(sum(link.pair in truth for link in taken), len(taken), matchable(truth))


def best_f1(links: Sequence[Link], truth: Truth) -> Best:
    """The best F1 over all thresholds; links of the same score are taken together."""
    right, best, there = 0, Best(0.0, 1.0), matchable(truth)
    ordered = sorted(links, key=lambda link: -link.score)
    for count, link in enumerate(ordered, 1):
        right += link.pair in truth
        if count < len(ordered) and ordered[count].score == link.score:
            continue
        best = max(best, Best(_f1(right, count, there), link.score), key=lambda one: one.f1)
    return best


def matchable(truth: Truth) -> int:
    """How many left records have a partner."""
    return len({left for left, _ in truth})


def calibration_error(links: Sequence[Link], truth: Truth) -> float:
    """Expected calibration error in ten bins over every pair that was written, which is from .05 on."""
    bins: list[list[Link]] = [[] for _ in range(BINS)]
    for link in links:
        bins[min(int(link.score * BINS), BINS - 1)].append(link)
    gaps = [abs(sum((link.pair in truth) - link.score for link in some)) for some in bins]
    return sum(gaps) / max(len(links), 1)


def accepted(links: Iterable[Link]) -> list[Link]:
    """The pairs that were joined without a person."""
    return [link for link in links if link.decision == "match"]


def precision(links: Sequence[Link], truth: Truth) -> float:
    """Share of links that are right; 1 where there are none."""
    return sum(link.pair in truth for link in links) / len(links) if links else 1.0


def covered(links: Iterable[Link], truth: Truth) -> float:
    """Share of the left records with a partner for which a right link is among these."""
    return len({link.left for link in links if link.pair in truth}) / max(matchable(truth), 1)


def reviewed(links: Sequence[Link], truth: Truth, rows: int) -> float:
    """Coverage once a person has settled as many pairs as a tenth of the left rows.

    The person takes the pairs left for review first, the likeliest first, and is always right.
    """
    waiting = sorted((link for link in links if link.decision == "review"), key=lambda link: -link.score)
    return covered([*accepted(links), *waiting[: round(rows * REVIEWED)]], truth)


def kept(links: Iterable[Link], truth: Truth) -> float:
    """Share of the true pairs that were scored at all."""
    return len({link.pair for link in links} & truth) / max(len(truth), 1)


def _f1(right: int, taken: int, there: int) -> float:
    return 2 * right / (taken + there) if taken + there else 0.0
