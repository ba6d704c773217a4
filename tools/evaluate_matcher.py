"""Measure the matcher honestly on a folder of labelled lists: no figure comes from a pair that was trained on.

    python -m tools.evaluate_matcher FOLDER [--wrong FILE]

Two ways of holding out: `entity` trains on four fifths of the businesses of every list and scores the last fifth, five
times over, and `drawn` short lists that are drawn from it; `list` trains on the other lists alone, word shares
included, and so tells most of lists never seen. Each record of "a" is linked to its likeliest record of "b". Pairs that
the labels miss, as far as they were gone through, are put in, here and in training; a list that has such is judged by
its labels as they come, too. The partner lists and the published lists that are trained on are held out by fifths, each
kind together. The sandbox's world, single pairs of names and the other partner lists are never trained on.
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
from aggregator.reconcile.matching.features.circumstances import kind_of_names
from aggregator.reconcile.matching.features.name_features import NAME_FEATURES
from aggregator.reconcile.matching.model.additive import columns_of, probability_of
from aggregator.reconcile.matching.model.shipped import parse_model
from aggregator.reconcile.matching.profile import Person
from aggregator.sandbox.world import World
from tools.matcher_figures import (
    WRITTEN,
    Figures,
    Matched,
    ShortFigures,
    WorldFigures,
    accepted_pairs,
    figures,
    figures_of_world,
    pooled,
)
from tools.matcher_samples import short_lists
from tools.matcher_tasks import Task, mended, prepare, read_tasks
from tools.name_words import read_background
from tools.train_matcher import (
    THRESHOLDS,
    Trained,
    fields_logit,
    names_logit,
    recognised,
    task_context,
)
from tools.training_tasks import TAUGHT, counted_tasks, published_tasks, training_tasks

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import numpy.typing as npt

    from aggregator.reconcile.matching.model.additive import AdditiveModel
    from aggregator.reconcile.matching.model.shipped import Model
    from tools.matcher_tasks import Prepared

    Floats = npt.NDArray[np.float64]

WORDS_READ_IN: Final = tuple(
    f"aggregator.reconcile.matching.{module}.background" for module in ("reading.names", "features.lexicon")
)
"""The readers of how common words are, which are given the words of the other lists where a list is held out whole."""
_MEASURED: Final = Path(__file__).parent / "partner_lists/measured"
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


def wrongly_accepted(task: Prepared, logit: Floats, model: Model) -> list[tuple[str, float, str, str, str]]:
    """Every pair that was accepted and that the labels deny: the list, probability, both names, and how they differ."""
    probability = probability_of(logit)
    columns = columns_of(NAME_FEATURES, task.name_matrix)
    kind, initials = kind_of_names(columns), columns["acronym"] > _WHOLE
    names = [profile.name for profile in task.records.profiles]
    wrong = np.flatnonzero(accepted_pairs(task, logit, model) & (task.truth == 0))
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
    return trained.context.logit(context, names.size)


def by_list(folder: Path) -> Iterable[tuple[str, Figures]]:
    """Train on all lists but one, for each."""
    read = read_tasks(folder)
    for task in read:
        counted = read_background(counted_tasks(folder, without=task.name))
        with ExitStack() as stack:
            for reader in WORDS_READ_IN:
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
    return figures_of_world(task, matched(task, model))


def short_figures(folder: Path, model: Model) -> ShortFigures:
    """Match every pair of lists of a folder."""
    tasks = read_tasks(folder, aliases=True)
    return pooled(tasks, [matched(task, model) for task in tasks])


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
    given = {task.name: task for task in read_tasks(folder)}
    written, published = ({task.name for task in tasks} for tasks in (read_tasks(TAUGHT), published_tasks()))
    trained = Trained(tasks := training_tasks(folder))
    model = parse_model(trained.raw())
    seen = [recognised(task, model.names, model.fields) for task in tasks]
    rows: list[tuple[str, float, str, str, str]] = []
    folds = trained.context_folds(seen)
    together: dict[str, list[tuple[Task, Matched]]] = {"partner lists": [], "published lists": []}
    for task, names in zip(seen, trained.held_out_names, strict=True):
        if task.task.names_alone:
            continue
        logit = trained.held_out(task, task.fold, folds)
        if task.task.name in published:
            found = _matched_held_out(task, logit, model)
            together["published lists"].append((task.task, found))
            print(f"entity  {task.task.name:<28}{pooled([task.task], [found])}", flush=True)
            continue
        if task.task.name in written:
            together["partner lists"].append((task.task, _matched_held_out(task, logit, model)))
            rows += wrongly_accepted(task, logit, model)
            continue
        print(f"entity  {task.task.name:<28}{figures(task, logit, model)}", flush=True)
        print(f"drawn   {task.task.name:<28}{_of_short_lists(task, names, trained, folds, model)}", flush=True)
        if task.task.name in given:
            rows += wrongly_accepted(task, logit, model)
            if task.task.truth != given[task.task.name].truth:
                plain = relabelled(task, given[task.task.name])
                print(f"entity  {'  with its labels as they come':<28}{figures(plain, logit, model)}", flush=True)
    for kind, judged in together.items():
        print(f"entity  {kind:<28}{pooled(*zip(*judged, strict=True))}", flush=True)
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
    return pooled(tasks, found)


def _matched_held_out(task: Prepared, logit: Floats, model: Model) -> Matched:
    """What held-out log-odds make of a task, as the library would."""
    keys = [profile.key for profile in task.records.profiles]
    every = [(keys[left], keys[right]) for left, right in zip(task.left.tolist(), task.right.tolist(), strict=True)]
    probability, accepted = probability_of(logit), accepted_pairs(task, logit, model).tolist()
    written = probability >= WRITTEN
    return Matched(
        keys=[key for key, told in zip(every, written.tolist(), strict=True) if told],
        probability=probability[written],
        truth=task.truth[written] > 0,
        joined=frozenset(key for key, joined in zip(every, accepted, strict=True) if joined),
    )


if __name__ == "__main__":
    main()
