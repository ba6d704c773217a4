"""Measure the matcher honestly on a folder of labelled lists: no figure comes from a pair that was trained on.

    python -m tools.evaluate_matcher FOLDER [--wrong FILE]

Two ways of holding out: `entity` trains on four fifths of the businesses of every list and scores the last fifth, five
times over, and `drawn` short lists that are drawn from it; `list` trains on the other lists alone, word shares
included, and so tells most of lists never seen. Each record of "a" is linked to its likeliest record of "b". Pairs that
the labels miss, as far as they were gone through, are put in, here and in training; a list that has such is judged by
its labels as they come, too. The partner lists that are trained on are held out by fifths, all together. The sandbox's
world, single pairs of names and the other partner lists are never trained on.
"""

from __future__ import annotations

import argparse
import csv
import itertools
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Final
from unittest.mock import patch

import attrs
import numpy as np

from aggregator.reconcile.matching import Profile, match
from aggregator.reconcile.matching.assignment import Links, assign
from aggregator.reconcile.matching.features.circumstances import (
    CIRCUMSTANCES,
    field_circumstances,
    kind_of_names,
    left_to_a_person,
    name_circumstances,
    taken_at_half_the_doubt,
)
from aggregator.reconcile.matching.features.field_features import FIELD_FEATURES
from aggregator.reconcile.matching.features.name_features import NAME_FEATURES
from aggregator.reconcile.matching.model.additive import columns_of, probability_of
from aggregator.reconcile.matching.model.shipped import parse_model
from aggregator.reconcile.matching.profile import Person
from aggregator.sandbox.world import World
from tools.matcher_samples import short_lists
from tools.matcher_tasks import Task, mended, prepare, read_tasks
from tools.train_matcher import (
    TAUGHT,
    THRESHOLDS,
    Trained,
    bare_tasks,
    fields_logit,
    names_logit,
    read_background,
    recognised,
    task_context,
    training_tasks,
    with_prior,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import numpy.typing as npt

    from aggregator.reconcile.matching.model.additive import AdditiveModel
    from aggregator.reconcile.matching.model.shipped import Model
    from tools.matcher_tasks import Prepared

    Floats = npt.NDArray[np.float64]

_BACKGROUND: Final = tuple(
    f"aggregator.reconcile.matching.{module}.background" for module in ("reading.names", "features.alignment")
)
_MEASURED: Final = Path(__file__).parent / "partner_lists/measured"
_BINS: Final = 10
_WRITTEN: Final = 0.05
_WHOLE: Final = 10
"""From here on the feature "acronym" says that one name is nothing but the initials of the other."""
_DIFFERENCES: Final = (
    "no word", "a generic word", "a word", "generic words on both sides", "words on both sides", "words on both sides",
    "every word",
)  # fmt: skip
"""In what two names differ, by the code of `kind_of_names`."""
_WORLDS_LOOKED_AT: Final = (1, 2, 11, 12, 13, 31, 34)
_WORLDS_FRESH: Final = (32, 33, 35, 51, 52)
"""Worlds that nothing was ever chosen by."""


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
    accepted = _accepted(task, logit, model)
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
    scores = 2 * np.cumsum(truth) / (np.arange(1, truth.size + 1) + matchable)
    half = int((probability >= 0.5).sum())
    return (float(scores[half - 1]) if half else 0.0), scores


def _accepted(task: Prepared, logit: Floats, model: Model) -> npt.NDArray[np.bool_]:
    low, high = task.within
    twins = task.twins[low] == task.twins[high]
    # Duplicates inside a list are known, and as likely as not: they join nothing by themselves.
    every = np.r_[logit, np.zeros(int(twins.sum()))]
    told = np.c_[
        name_circumstances(columns_of(NAME_FEATURES, task.name_matrix)),
        field_circumstances(columns_of(FIELD_FEATURES, task.field_matrix)),
    ]
    asked, halved = (rule(columns_of(CIRCUMSTANCES, told)) for rule in (left_to_a_person, taken_at_half_the_doubt))
    links = Links(
        left=np.r_[task.left, low[twins]],
        right=np.r_[task.right, high[twins]],
        probability=probability_of(every),
        logit=every,
        asked=np.r_[asked, np.zeros(int(twins.sum()), bool)],
        halved=np.r_[halved, np.zeros(int(twins.sum()), bool)],
        source=task.records.source,
        house=task.twins,
        twin=task.twins,
        large=np.zeros(task.twins.size, bool),
        must=(),
        cannot=frozenset(),
    )
    home = assign(links, model.match)
    return np.asarray(home[task.left] == home[task.right])


def wrongly_accepted(task: Prepared, logit: Floats, model: Model) -> list[tuple[str, float, str, str, str]]:
    """Every pair that was accepted and that the labels deny: the list, probability, both names, and how they differ."""
    probability = probability_of(logit)
    columns = columns_of(NAME_FEATURES, task.name_matrix)
    kind, initials = kind_of_names(columns), columns["acronym"] > _WHOLE
    names = [profile.name for profile in task.records.profiles]
    wrong = np.flatnonzero(_accepted(task, logit, model) & (task.truth == 0))
    return [
        (
            task.task.name,
            round(float(probability[pair]), 3),
            names[task.left[pair]],
            names[task.right[pair]],
            "initials" if initials[pair] else _DIFFERENCES[kind[pair]],
        )
        for pair in wrong[np.argsort(-probability[wrong], kind="stable")].tolist()
    ]


def calibration_error(probability: Floats, truth: npt.NDArray[np.bool_] | Floats) -> float:
    """Expected calibration error over the pairs that are written."""
    here = probability >= _WRITTEN
    where = np.minimum((probability[here] * _BINS).astype(int), _BINS - 1)
    gaps = np.bincount(where, probability[here] - truth[here], _BINS)
    return float(np.abs(gaps).sum() / max(int(here.sum()), 1))


def relabelled(task: Prepared, labels: Task) -> Prepared:
    """The same candidates under other labels."""
    keys = [profile.key for profile in task.records.profiles]
    pairs = zip(task.left.tolist(), task.right.tolist(), strict=True)
    truth = np.array([(keys[left], keys[right]) in labels.truth for left, right in pairs], float)
    return attrs.evolve(task, task=labels, truth=truth)


def applied(trained: Model, task: Prepared) -> Floats:
    """Calibrated log-odds of the candidates of a task that a model was not trained on."""
    names = names_logit(trained.names, task)
    context = task_context(task, names, names + fields_logit(trained.fields, task))
    return with_prior(task, context, trained.context.logit(context, names.size))


def by_list(folder: Path) -> Iterable[tuple[str, Figures]]:
    """Train on all lists but one, for each."""
    read = read_tasks(folder)
    for task in read:
        others = bare_tasks([other for other in read if other.name != task.name])
        counted = read_background([*others, *read_tasks(TAUGHT)])
        with ExitStack() as stack:
            for reader in _BACKGROUND:
                stack.enter_context(patch(reader, return_value=counted))
            trained = parse_model(Trained(training_tasks(folder, without=task.name)).raw())
            prepared = recognised(prepare(task), trained.names, trained.fields)
            logit = applied(trained, prepared)
            yield task.name, figures(prepared, logit, trained)
            if (labels := mended(task)).truth != task.truth:
                yield "  with its labels mended", figures(relabelled(prepared, labels), logit, trained)


def world_task(partners: int, seed: int) -> Task:
    """Two platforms of a sandbox world as a task."""
    world = World.generate(partners, seed)
    sides = {"a": world.records["crux"], "b": world.records["fabric"]}
    profiles = tuple(
        Profile(
            key=f"{side}:{number}",
            source=side,
            name=record.name,
            websites=(record.website,) if record.website else (),
            phones=(record.phone,) if record.phone else (),
            emails=(record.email,) if record.email else (),
            people=(Person(name=f"{record.contact.first_name} {record.contact.last_name}"),) if record.contact else (),
            identifiers=(("account", record.account_number),) if record.account_number else (),
        )
        for side, records in sides.items()
        for number, record in enumerate(records)
    )
    homes: dict[str, list[int]] = {}
    for number, record in enumerate(sides["b"]):
        homes.setdefault(record.business_id, []).append(number)
    truth = frozenset(
        (f"a:{number}", f"b:{other}")
        for number, record in enumerate(sides["a"])
        for other in homes.get(record.business_id, ())
    )
    return Task(name=f"world {seed}", profiles=profiles, truth=truth)


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


@attrs.frozen(slots=True, kw_only=True)
class Matched:
    """What the library itself made of a task: every pair of its two lists that is written, and what it joined."""

    keys: list[tuple[str, str]]
    probability: Floats
    truth: npt.NDArray[np.bool_]
    joined: frozenset[tuple[str, str]]


def matched(task: Task, model: Model) -> Matched:
    """Match a task with the library."""
    result = match(task.profiles, model=model)
    pairs = {
        (pair.left, pair.right): pair.probability for pair in result.pairs() if pair.left_source != pair.right_source
    }
    joined = frozenset(
        (one, other)
        for cluster in result.clusters
        for one, other in itertools.product(cluster, cluster)
        if one.startswith("a:") and other.startswith("b:")
    )
    truth = np.array([key in task.truth for key in pairs], bool)
    return Matched(keys=list(pairs), probability=np.array(list(pairs.values())), truth=truth, joined=joined)


def world_figures(seed: int, model: Model) -> WorldFigures:
    """Match a world of 1,000 businesses and judge every pair of its two platforms."""
    task = world_task(1000, seed)
    found = matched(task, model)
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


def short_figures(folder: Path, model: Model) -> ShortFigures:
    """Match every pair of lists of a folder."""
    tasks = read_tasks(folder, aliases=True)
    return _pooled(tasks, [matched(task, model) for task in tasks])


def _pooled(tasks: Sequence[Task], found: Sequence[Matched]) -> ShortFigures:
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


def _found_at(probability: Floats, truth: npt.NDArray[np.bool_], all_true: int, precision: float = 0.99) -> float:
    """Share of all true pairs found down to the lowest probability at which so many of those found are true."""
    hits = np.cumsum(truth[np.argsort(-probability, kind="stable")])
    good = np.flatnonzero(hits / np.arange(1, hits.size + 1) >= precision)
    return float(hits[good[-1]]) / all_true if good.size else 0.0


def pairs_f1(path: Path, model: Model) -> tuple[float, float]:
    """F1 at .5 and at the best threshold over single pairs of names, each a pair of lists of one record."""
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    truth = np.array([row["is_match"] == "True" for row in rows])
    score = np.array([_alone(row["name1"], row["name2"], model) for row in rows])

    def f1(threshold: float) -> float:
        said = score >= threshold
        return float(2 * (said & truth).sum() / (said.sum() + truth.sum()))

    return f1(0.5), max(map(f1, np.unique(score).tolist()))


def _alone(left: str, right: str, model: Model) -> float:
    profiles = [Profile(key="a", source="a", name=left), Profile(key="b", source="b", name=right)]
    return match(profiles, model=model).explain("a", "b")[0]


def main() -> None:
    """Print every figure of the folder that the command line names."""
    parser = argparse.ArgumentParser(description="Measure the matcher on labelled lists that it was not trained on.")
    parser.add_argument("folder", type=Path, help="labelled lists: LIST/a.csv, b.csv, truth.csv; name_pairs/pairs.csv")
    parser.add_argument("--wrong", type=Path, help="a CSV file for every accepted pair that the labels deny")
    asked = parser.parse_args()
    print(f"accepted from {THRESHOLDS['match']}", flush=True)
    model = by_entity(asked.folder, asked.wrong)
    for seed in (*_WORLDS_LOOKED_AT, *_WORLDS_FRESH):
        kind = "looked-at" if seed in _WORLDS_LOOKED_AT else "fresh"
        print(f"{kind:<12}{f'world {seed}':<24}{world_figures(seed, model)}", flush=True)
    half, best = pairs_f1(asked.folder / "name_pairs" / "pairs.csv", model)
    print(f"unseen  {'name_pairs':<28}F1@.5 {half:.3f}  best {best:.3f}", flush=True)
    print(f"unseen  {'partner lists':<28}{short_figures(_MEASURED, model)}", flush=True)
    for name, found in by_list(asked.folder):
        print(f"list    {name:<28}{found}", flush=True)


def by_entity(folder: Path, wrong: Path | None) -> Model:
    """Judge each fifth by a model of the others, write what was wrongly accepted, and return the model of all."""
    given, taught = ({task.name: task for task in read_tasks(place)} for place in (folder, TAUGHT))
    trained = Trained(tasks := training_tasks(folder))
    model = parse_model(trained.raw())
    seen = [recognised(task, model.names, model.fields) for task in tasks]
    rows: list[tuple[str, float, str, str, str]] = []
    folds = trained.context_folds(seen)
    hand_written: list[tuple[Task, Matched]] = []
    for task, names in zip(seen, trained.held_out_names, strict=True):
        if task.task.names_alone:
            continue
        logit = trained.held_out(task, task.fold, folds)
        if task.task.name in taught:
            hand_written.append((task.task, _matched_held_out(task, logit, model)))
            rows += wrongly_accepted(task, logit, model)
            continue
        print(f"entity  {task.task.name:<28}{figures(task, logit, model)}", flush=True)
        print(f"drawn   {task.task.name:<28}{_of_short_lists(task, names, trained, folds, model)}", flush=True)
        if task.task.name in given:
            rows += wrongly_accepted(task, logit, model)
            if task.task.truth != given[task.task.name].truth:
                plain = relabelled(task, given[task.task.name])
                print(f"entity  {'  with its labels as they come':<28}{figures(plain, logit, model)}", flush=True)
    print(f"entity  {'partner lists':<28}{_pooled(*zip(*hand_written, strict=True))}", flush=True)
    if wrong:
        with wrong.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.writer(stream, lineterminator="\n")
            writer.writerows([("list", "probability", "left", "right", "differs in"), *rows])
    return model


def _of_short_lists(
    task: Prepared, likeness: Floats, trained: Trained, folds: Sequence[AdditiveModel], model: Model
) -> ShortFigures:
    """Judge short lists drawn from a task by models that never saw their businesses."""
    home = dict(zip((profile.key for profile in task.records.profiles), task.fold.tolist(), strict=True))
    tasks, found = [], []
    for drawn in short_lists(task, likeness.tolist()):
        short = recognised(prepare(drawn), trained.names, trained.fields)
        fold = np.array([home[profile.key] for profile in short.records.profiles], np.int64)
        tasks.append(drawn)
        found.append(_matched_held_out(short, trained.held_out(short, fold, folds), model))
    return _pooled(tasks, found)


def _matched_held_out(task: Prepared, logit: Floats, model: Model) -> Matched:
    """What held-out log-odds make of a task, as the library would."""
    keys = [profile.key for profile in task.records.profiles]
    every = [(keys[left], keys[right]) for left, right in zip(task.left.tolist(), task.right.tolist(), strict=True)]
    probability, accepted = probability_of(logit), _accepted(task, logit, model).tolist()
    written = probability >= _WRITTEN
    return Matched(
        keys=[key for key, told in zip(every, written.tolist(), strict=True) if told],
        probability=probability[written],
        truth=task.truth[written] > 0,
        joined=frozenset(key for key, joined in zip(every, accepted, strict=True) if joined),
    )


if __name__ == "__main__":
    main()
