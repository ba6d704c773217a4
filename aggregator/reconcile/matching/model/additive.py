"""An additive model: a sum of tables, each read at one or two features, in log-odds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, TypeVar

import attrs
import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy.typing as npt

_CERTAIN: Final = 40.0
_FEW_EDGES: Final = 16
"""Of so few, comparing all values with each edge is quicker than searching for each value."""


def probability_of(logit: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Turn log-odds into probabilities."""
    found: npt.NDArray[np.float64] = 1 / (1 + np.exp(-np.clip(logit, -_CERTAIN, _CERTAIN)))
    return found


@attrs.frozen(slots=True, kw_only=True, eq=False)
class Term:
    """One table: which features it reads, where their bins end, and the log-odds of each bin.

    Attributes:
        features: One or two names.
        edges: For each feature the ascending inner edges; a value is in the bin after the edges that are <= it.
        scores: Log-odds, one axis a feature.
    """

    features: tuple[str, ...]
    edges: tuple[npt.NDArray[np.float32], ...]
    scores: npt.NDArray[np.float32]


@attrs.frozen(slots=True, kw_only=True, eq=False)
class AdditiveModel:
    """A sum of terms and a constant.

    Attributes:
        constant: Log-odds before any term.
        terms: The tables.
        edges: For each feature, the edges of all tables that read it; values are put in bins once for all tables.
        spread: For each term, its table spread over those finer bins, flat.
    """

    constant: float
    terms: tuple[Term, ...]
    edges: Mapping[str, npt.NDArray[np.float32]]
    spread: tuple[npt.NDArray[np.float32], ...]

    def logit(self, columns: Mapping[str, npt.NDArray[np.float32]], size: int) -> npt.NDArray[np.float64]:
        """Log-odds of each of `size` rows."""
        bins = self.bins(columns)
        total = np.full(size, self.constant, np.float64)
        for number in range(len(self.terms)):
            total += self.added(number, bins)
        return total

    def parts(self, columns: Mapping[str, npt.NDArray[np.float32]]) -> dict[tuple[str, ...], npt.NDArray[np.float32]]:
        """What each term adds, row by row; with the constant they sum to `logit`."""
        bins = self.bins(columns)
        return {term.features: self.added(number, bins) for number, term in enumerate(self.terms)}

    def bins(self, columns: Mapping[str, npt.NDArray[np.float32]]) -> dict[str, npt.NDArray[np.intp]]:
        """The bin of each value of each feature, among the edges of all tables."""
        return {name: _bins(self.edges[name], values) for name, values in columns.items() if name in self.edges}

    def added(self, number: int, bins: Mapping[str, npt.NDArray[np.intp]]) -> npt.NDArray[np.float32]:
        """What the term of that number adds, row by row.

        Args:
            number: place of the term in `terms`.
            bins: as `bins` gives them.
        """
        first, *second = self.terms[number].features
        cell = bins[first]
        for name in second:
            cell = cell * (self.edges[name].size + 1) + bins[name]
        return self.spread[number].take(cell)  # quicker than an index


def _bins(edges: npt.NDArray[np.float32], values: npt.NDArray[np.float32]) -> npt.NDArray[np.intp]:
    """The bin of each value: how many edges are <= it."""
    if edges.size > _FEW_EDGES:
        return np.searchsorted(edges, values, side="right")
    count = np.full(values.size, edges.size, np.int8)
    for edge in edges:
        count -= values < edge
    return count.astype(np.intp)


def read_model(raw: Mapping[str, Any]) -> AdditiveModel:
    """Read a model from its JSON form."""
    terms = tuple(
        Term(
            features=tuple(term["features"]),
            edges=tuple(np.array(edges, np.float32) for edges in term["edges"]),
            scores=np.array(term["scores"], np.float32),
        )
        for term in raw["terms"]
    )
    edges: dict[str, npt.NDArray[np.float32]] = {}
    for term in terms:
        for name, some in zip(term.features, term.edges, strict=True):
            edges[name] = np.union1d(edges.get(name, some), some)
    return AdditiveModel(
        constant=float(raw["constant"]),
        terms=terms,
        edges=edges,
        spread=tuple(_spread(term, [edges[name] for name in term.features]) for term in terms),
    )


def _spread(term: Term, finer: Sequence[npt.NDArray[np.float32]]) -> npt.NDArray[np.float32]:
    inner = [
        np.r_[0, np.searchsorted(edges, every, side="right")] for edges, every in zip(term.edges, finer, strict=True)
    ]
    return np.ascontiguousarray(term.scores[np.ix_(*inner)]).ravel()


_Number = TypeVar("_Number", bound=np.generic)


def columns_of(names: Sequence[str], matrix: npt.NDArray[_Number]) -> dict[str, npt.NDArray[_Number]]:
    """Name the columns of a feature matrix."""
    return {name: matrix[:, place] for place, name in enumerate(names)}
