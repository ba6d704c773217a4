"""How well lists were matched: F1 of the likeliest links, calibration, and what is accepted without a person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import attrs
import numpy as np

from aggregator.reconcile.matching.assignment import assign
from aggregator.reconcile.matching.features.circumstance_codes import CIRCUMSTANCES
from aggregator.reconcile.matching.features.left_to_a_person import (
    left_to_a_person,
    taken_at_half_the_doubt,
    tied_firmly,
)
from aggregator.reconcile.matching.links import Links
from aggregator.reconcile.matching.model.additive import columns_of, probability_of
from tools.matcher_tasks import circumstances

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from aggregator.reconcile.matching.model.shipped import Model
    from tools.matcher_tasks import Prepared, Task

    Floats = npt.NDArray[np.float64]

WRITTEN: Final = 0.05
"""Probability from which on a pair is written to a file of matches."""

_BINS: Final = 10


@attrs.frozen(slots=True, kw_only=True)
class Figures:
    """How one list was matched.

    Args:
        kept: share of the true pairs that the search for candidates keeps.
        half: F1 at probability .5.
        best: F1 at the threshold that suits the list best.
        at: that threshold.
        error: expected calibration error over the pairs that are written, in ten bins.
        right: share of the accepted pairs that are true.
        covered: share of the records with a partner whose true pair is accepted.
        tenth: the same after a person has judged the likeliest pairs that were not accepted, a tenth of the list.
    """

    kept: float
    half: float
    best: float
    at: float
    error: float
    right: float
    covered: float
    tenth: float

    def __str__(self) -> str:
        return (
            f"kept {self.kept:.3f}  F1@.5 {self.half:.3f}  best {self.best:.3f} at {self.at:.2f}  "
            f"ECE {self.error:.3f}  match right {self.right:.4f} covers {self.covered:.3f}  "
            f"and a tenth reviewed {self.tenth:.3f}"
        )


def figures(task: Prepared, logit: Floats, model: Model) -> Figures:
    """Judge held-out log-odds of the candidates of a task.

    Args:
        task: the task.
        logit: of each candidate pair.
        model: whose threshold decides what is accepted.
    """
    probability = probability_of(logit)
    matchable = len({left for left, _ in task.task.truth})
    ranked = _best_links(task.left, logit)
    half, scores = _linked_f1(probability[ranked], task.truth[ranked], matchable)
    accepted = accepted_pairs(task, logit, model)
    found = set(task.left[accepted & (task.truth > 0)].tolist())
    settled = np.isin(task.left[ranked], task.left[accepted])
    reviewed = ranked[~settled][: int((task.records.source == 0).sum()) // 10]
    return Figures(
        kept=float(task.truth.sum() / max(len(task.task.truth), 1)),
        half=half,
        best=float(scores.max()),
        at=float(probability[ranked[int(scores.argmax())]]),
        error=calibration_error(probability, task.truth),
        right=float(task.truth[accepted].mean()) if accepted.any() else 1.0,
        covered=len(found) / max(matchable, 1),
        tenth=len(found | set(task.left[reviewed[task.truth[reviewed] > 0]].tolist())) / max(matchable, 1),
    )


def _best_links(left: npt.NDArray[np.int64], logit: Floats) -> npt.NDArray[np.int64]:
    """Places of the likeliest pair of each record of the first list, likeliest first; of equals the first."""
    order = np.lexsort((-logit, left))
    first = order[np.r_[True, left[order][1:] != left[order][:-1]]]
    return np.asarray(first[np.argsort(-logit[first], kind="stable")])


def _linked_f1(probability: Floats, truth: npt.NDArray[np.bool_] | Floats, matchable: int) -> tuple[float, Floats]:
    """F1 at .5 of the best links, likeliest first, and that of the first so many of them."""
    scores: Floats = 2 * np.cumsum(truth, dtype=np.float64) / (np.arange(1, truth.size + 1) + matchable)
    half = int((probability >= 0.5).sum())
    return (float(scores[half - 1]) if half else 0.0), scores


def accepted_pairs(task: Prepared, logit: Floats, model: Model) -> npt.NDArray[np.bool_]:
    """Say which candidates of a task are joined without a person, given held-out log-odds of each."""
    low, high = task.within
    twins = task.twins[low] == task.twins[high]
    # Duplicates inside a list are known, and as likely as not: they join nothing by themselves.
    every = np.r_[logit, np.zeros(int(twins.sum()))]
    told = circumstances(task, logit)
    rules = (left_to_a_person, taken_at_half_the_doubt, tied_firmly)
    asked, halved, tied = (rule(columns_of(CIRCUMSTANCES, told)) for rule in rules)
    links = Links(
        left=np.r_[task.left, low[twins]],
        right=np.r_[task.right, high[twins]],
        probability=probability_of(every),
        logit=every,
        asked=np.r_[asked, np.zeros(int(twins.sum()), bool)],
        halved=np.r_[halved, np.zeros(int(twins.sum()), bool)],
        tied=np.r_[tied, np.zeros(int(twins.sum()), bool)],
        source=task.records.source,
        house=task.twins,
        twin=task.twins,
        large=np.zeros(task.twins.size, bool),
        must=(),
        cannot=frozenset(),
    )
    home = assign(links, model.match)
    return np.asarray(home[task.left] == home[task.right])


def calibration_error(probability: Floats, truth: npt.NDArray[np.bool_] | Floats) -> float:
    """Expected calibration error over the pairs that are written."""
    here = probability >= WRITTEN
    where = np.minimum((probability[here] * _BINS).astype(int), _BINS - 1)
    gaps = np.bincount(where, probability[here] - truth[here], _BINS)
    return float(np.abs(gaps).sum() / max(int(here.sum()), 1))


@attrs.frozen(slots=True, kw_only=True)
class Matched:
    """What the library itself made of a task: every pair of its two lists that is written, and what it joined."""

    keys: list[tuple[str, str]]
    probability: Floats
    truth: npt.NDArray[np.bool_]
    joined: frozenset[tuple[str, str]]


@attrs.frozen(slots=True, kw_only=True)
class ShortFigures:
    """How short lists were matched, taken together.

    Args:
        half: F1 at probability .5, each record linked to its likeliest partner; the mean of the lists.
        best: F1 at the threshold that suits each list best; the mean.
        error: expected calibration error over the pairs of all lists.
        joined: pairs of records that were joined.
        right: how many of them are true.
        covered: share of the records with a partner that are joined to one of theirs.
    """

    half: float
    best: float
    error: float
    joined: int
    right: int
    covered: float

    def __str__(self) -> str:
        return (
            f"F1@.5 {self.half:.3f}  best {self.best:.3f}  ECE {self.error:.3f}  "
            f"match right {self.right} of {self.joined} covers {self.covered:.3f}"
        )


def pooled(tasks: Sequence[Task], found: Sequence[Matched]) -> ShortFigures:
    """Judge short lists together."""
    right = [task.truth & one.joined for task, one in zip(tasks, found, strict=True)]
    matchable = sum(len({left for left, _ in task.truth}) for task in tasks)
    halves, bests = zip(*(_f1_of_list(one, task) for one, task in zip(found, tasks, strict=True)), strict=True)
    return ShortFigures(
        half=float(np.mean(halves)),
        best=float(np.mean(bests)),
        error=calibration_error(
            np.concatenate([one.probability for one in found]), np.concatenate([one.truth for one in found])
        ),
        joined=sum(len(one.joined) for one in found),
        right=sum(map(len, right)),
        covered=sum(len({left for left, _ in pairs}) for pairs in right) / matchable,
    )


def _f1_of_list(found: Matched, task: Task) -> tuple[float, float]:
    """F1 at .5 and at the best threshold, each record of the first list linked to its likeliest partner."""
    _, left = np.unique([left for left, _ in found.keys], return_inverse=True)
    ranked = _best_links(left, found.probability)
    matchable = len({left for left, _ in task.truth})
    half, scores = _linked_f1(found.probability[ranked], found.truth[ranked], matchable)
    return half, float(scores.max())


@attrs.frozen(slots=True, kw_only=True)
class WorldFigures:
    """How the library itself matched two platforms of a world, by the businesses that it made of the records.

    Args:
        right: share of the pairs of records joined across the platforms that are true.
        joined: share of the true pairs that are joined.
        covered: share of the records with a partner that are joined to one of theirs.
        error: expected calibration error over the pairs that are written, in ten bins.
        sited: share of the true pairs with a web domain on both sides, down to where 1 in 100 of such pairs is wrong.
    """

    right: float
    joined: float
    covered: float
    error: float
    sited: float

    def __str__(self) -> str:
        return (
            f"match right {self.right:.4f} joined {self.joined:.3f} covers {self.covered:.3f}  ECE {self.error:.3f}  "
            f"with domains {self.sited:.3f} at precision .99"
        )


def figures_of_world(task: Task, found: Matched) -> WorldFigures:
    """Judge every pair of the two platforms of a world."""
    keys, truth, probability, joined = found.keys, found.truth, found.probability, found.joined
    sites = {profile.key for profile in task.profiles if profile.websites}
    sited = np.array([left in sites and right in sites for left, right in keys])
    right = joined & task.truth
    return WorldFigures(
        right=len(right) / len(joined),
        joined=len(right) / len(task.truth),
        covered=len({left for left, _ in right}) / len({left for left, _ in task.truth}),
        error=calibration_error(probability, truth),
        sited=_found_at(probability[sited], truth[sited], sum(a in sites and b in sites for a, b in task.truth)),
    )


def _found_at(probability: Floats, truth: npt.NDArray[np.bool_], all_true: int, precision: float = 0.99) -> float:
    """Share of all true pairs found down to the lowest probability at which so many of those found are true."""
    hits = np.cumsum(truth[np.argsort(-probability, kind="stable")])
    good = np.flatnonzero(hits / np.arange(1, hits.size + 1) >= precision)
    return float(hits[good[-1]]) / all_true if good.size else 0.0
