"""An additive model: a sum of tables, each read at one or two features, in log-odds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs
import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy.typing as npt


@attrs.frozen(slots=True, kw_only=True, eq=False)
class Term:
    """One table: which features it reads, where their bins end, and the log-odds of each bin.

    Args:
        features: one or two names.
        edges: for each feature the ascending inner edges; a value is in the bin after the edges that are <= it.
        scores: log-odds, one axis a feature.
    """

    features: tuple[str, ...]
    edges: tuple[npt.NDArray[np.float32], ...]
    scores: npt.NDArray[np.float32]

    def bins(self, columns: Mapping[str, npt.NDArray[np.float32]]) -> tuple[npt.NDArray[np.intp], ...]:
        """The bin of each value."""
        return tuple(
            np.searchsorted(edges, columns[name], side="right")
            for name, edges in zip(self.features, self.edges, strict=True)
        )


@attrs.frozen(slots=True, kw_only=True, eq=False)
class AdditiveModel:
    """A sum of terms and a constant."""

    constant: float
    terms: tuple[Term, ...]

    def logit(self, columns: Mapping[str, npt.NDArray[np.float32]], size: int) -> npt.NDArray[np.float64]:
        """Log-odds of each of `size` rows."""
        total = np.full(size, self.constant, np.float64)
        for term in self.terms:
            total += term.scores[term.bins(columns)]
        return total

    def parts(self, columns: Mapping[str, npt.NDArray[np.float32]]) -> dict[tuple[str, ...], npt.NDArray[np.float64]]:
        """What each term adds, row by row; with the constant they sum to `logit`."""
        return {term.features: term.scores[term.bins(columns)].astype(np.float64) for term in self.terms}


def read_model(raw: Mapping[str, Any]) -> AdditiveModel:
    """Read a model from its JSON form."""
    return AdditiveModel(
        constant=float(raw["constant"]),
        terms=tuple(
            Term(
                features=tuple(term["features"]),
                edges=tuple(np.array(edges, np.float32) for edges in term["edges"]),
                scores=np.array(term["scores"], np.float32),
            )
            for term in raw["terms"]
        ),
    )


def columns_of(names: Sequence[str], matrix: npt.NDArray[np.float32]) -> dict[str, npt.NDArray[np.float32]]:
    """Name the columns of a feature matrix."""
    return {name: matrix[:, place] for place, name in enumerate(names)}
