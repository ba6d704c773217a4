"""Fit an additive model of one- and two-feature tables: boosted shallow trees, no path over more than two features.

Every leaf of such a tree depends on one or two features, so the whole ensemble is, exactly, a sum of small tables. The
tables are all that is shipped; scikit-learn is needed to train and never to match.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import attrs
import numpy as np
from scipy.optimize import isotonic_regression
from sklearn.ensemble import HistGradientBoostingClassifier

from aggregator.reconcile.matching.model.additive import probability_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]
    Columns = Mapping[str, npt.NDArray[np.float32]]
    Box = dict[int, tuple[float, float]]


@attrs.frozen(slots=True, kw_only=True)
class Plan:
    """What to fit.

    Args:
        features: every feature; each may have a table of its own.
        pairs: pairs of features that may have a table together.
        rising: features whose log-odds may only rise with their value.
        falling: features whose log-odds may only fall with their value.
        rounds: trees a bag.
        bags: bootstrap samples whose models are averaged.
        rate: learning rate.
        leaves: most leaves of a tree.
        least: fewest pairs in a leaf.
        ridge: pull of a leaf towards nothing.
        bins: most bins of a feature.
    """

    features: tuple[str, ...]
    pairs: tuple[tuple[str, str], ...] = ()
    rising: frozenset[str] = frozenset()
    falling: frozenset[str] = frozenset()
    rounds: int = 200
    bags: int = 4
    rate: float = 0.06
    leaves: int = 8
    least: int = 30
    ridge: float = 10.0
    bins: int = 32


_DIGITS: Final = 4
_SEED: Final = 20_260_101


def fit(columns: Columns, truth: Floats, weight: Floats, plan: Plan) -> dict[str, Any]:
    """Fit the plan and return the model in its JSON form.

    Args:
        columns: features by name.
        truth: 1 for a true pair, 0 for a false one.
        weight: weight of each pair.
        plan: what to fit.
    """
    matrix = np.stack([columns[name] for name in plan.features], axis=1).astype(np.float64)
    random = np.random.default_rng(_SEED)
    leaves: list[_Leaf] = []
    constants = []
    for bag in range(plan.bags):
        drawn = np.ones(truth.size) if plan.bags == 1 else random.poisson(1.0, truth.size).astype(np.float64)
        model = _booster(plan, bag).fit(matrix, truth, sample_weight=weight * drawn)
        constants.append(float(model._baseline_prediction[0, 0]))  # noqa: SLF001 - the only place that has it
        for (tree,) in model._predictors:  # noqa: SLF001 - the only place that has them
            _walk(tree.nodes, 0, {}, leaves)
    return _tables(leaves, plan, sum(constants) / plan.bags)


def _booster(plan: Plan, seed: int) -> HistGradientBoostingClassifier:
    place = {name: number for number, name in enumerate(plan.features)}
    return HistGradientBoostingClassifier(
        max_iter=plan.rounds,
        learning_rate=plan.rate,
        max_leaf_nodes=plan.leaves,
        min_samples_leaf=plan.least,
        l2_regularization=plan.ridge,
        max_bins=plan.bins,
        max_features=0.7,
        early_stopping=False,
        interaction_cst=[{place[name]} for name in plan.features] + [{place[a], place[b]} for a, b in plan.pairs],
        monotonic_cst=[1 if name in plan.rising else -1 if name in plan.falling else 0 for name in plan.features],
        random_state=seed,
    )


@attrs.frozen(slots=True)
class _Leaf:
    box: Box
    value: float


def _walk(nodes: Any, node: int, box: Box, found: list[_Leaf]) -> None:  # noqa: ANN401 - a structured array
    entry = nodes[node]
    if entry["is_leaf"]:
        found.append(_Leaf(box, float(entry["value"])))
        return
    feature, threshold = int(entry["feature_idx"]), float(entry["num_threshold"])
    low, high = box.get(feature, (-np.inf, np.inf))
    _walk(nodes, int(entry["left"]), {**box, feature: (low, min(high, threshold))}, found)
    _walk(nodes, int(entry["right"]), {**box, feature: (max(low, threshold), high)}, found)


def _tables(leaves: Sequence[_Leaf], plan: Plan, constant: float) -> dict[str, Any]:
    groups: dict[tuple[int, ...], list[_Leaf]] = {}
    for leaf in leaves:
        groups.setdefault(tuple(sorted(leaf.box)), []).append(leaf)
    constant += sum(leaf.value for leaf in groups.pop((), [])) / plan.bags
    terms = []
    for group, members in sorted(groups.items()):
        edges = [sorted({bound for leaf in members for bound in leaf.box[f] if np.isfinite(bound)}) for f in group]
        scores = np.zeros([len(edge) + 1 for edge in edges])
        for leaf in members:
            box = tuple(_span(edge, leaf.box[f]) for edge, f in zip(edges, group, strict=True))
            scores[box] += leaf.value / plan.bags
        # A split sends what equals its threshold to the left; an inner edge of a table sends it to the right.
        shifted = [[float(np.nextafter(np.float32(bound), np.float32(np.inf))) for bound in edge] for edge in edges]
        terms.append(
            {
                "features": [plan.features[f] for f in group],
                "edges": [[float(f"{bound:.8g}") for bound in edge] for edge in shifted],
                "scores": np.round(scores, _DIGITS).tolist(),
            }
        )
    return {"constant": round(constant, _DIGITS), "terms": terms}


def _span(edges: Sequence[float], bounds: tuple[float, float]) -> slice:
    low, high = bounds
    return slice(0 if low == -np.inf else edges.index(low) + 1, None if high == np.inf else edges.index(high) + 1)


_PULL: Final = 3.0
_LEAST_STEP: Final = 0.25


def fit_codes(
    columns: Columns,
    truth: Floats,
    weight: Floats,
    offset: Floats,
    guess: Mapping[str, Sequence[float]],
    rising: Mapping[str, int],
) -> dict[str, Any]:
    """Fit one weight for each code of each column by penalised logistic regression; code 0 weighs nothing.

    Args:
        columns: codes by name.
        truth: 1 for a true pair, 0 for a false one.
        weight: weight of each pair.
        offset: log-odds already known.
        guess: for each column, the weights to start from, to which little evidence pulls back.
        rising: for some columns, the code from which on a higher code weighs more, by a least step.
    """
    places = [(name, code) for name, weights in guess.items() for code in range(1, len(weights))]
    start = np.array([guess[name][code] for name, code in places])
    design = np.stack([(columns[name] == code).astype(np.float64) for name, code in places], axis=1)
    found = start.copy()
    for _ in range(100):
        probability = probability_of(offset + design @ found)
        slope = design.T @ (weight * (truth - probability)) - _PULL * (found - start)
        bend = (design * (weight * probability * (1 - probability))[:, None]).T @ design + _PULL * np.eye(start.size)
        step = np.linalg.solve(bend, slope)
        found += np.clip(step, -1, 1)
        if np.abs(step).max(initial=0) < 1e-7:
            break
    fitted = dict(zip(places, found, strict=True))
    told = dict(zip(places, design.T @ weight, strict=True))
    for name, first in rising.items():
        codes = [(name, code) for code in range(first, len(guess[name]))]
        steps = _LEAST_STEP * np.arange(len(codes))
        levels = isotonic_regression(
            [fitted[one] for one in codes] - steps, weights=[told[one] + _PULL for one in codes]
        )
        fitted.update(zip(codes, (levels.x + steps).tolist(), strict=True))
    terms = [
        {
            "features": [name],
            "edges": [[code - 0.5 for code in range(1, len(weights))]],
            "scores": [0.0, *(round(float(fitted[name, code]), _DIGITS) for code in range(1, len(weights)))],
        }
        for name, weights in guess.items()
    ]
    return {"constant": 0.0, "terms": terms}
