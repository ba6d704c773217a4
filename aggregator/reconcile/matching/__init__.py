"""Who is who: profiles in, scored and explained pairs and businesses out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aggregator.lazy import lazily

if TYPE_CHECKING:
    from aggregator.reconcile.matching.contradictions import ContradictionError
    from aggregator.reconcile.matching.engine import match
    from aggregator.reconcile.matching.model.shipped import Model, shipped_model
    from aggregator.reconcile.matching.profile import Person, PostalAddress, Profile
    from aggregator.reconcile.matching.result import Decision, Evidence, Ground, MatchResult, PairTable, ScoredPair

_HOMES = {
    "ContradictionError": ".contradictions",
    "Decision": ".result",
    "Evidence": ".result",
    "Ground": ".result",
    "MatchResult": ".result",
    "Model": ".model.shipped",
    "PairTable": ".result",
    "Person": ".profile",
    "PostalAddress": ".profile",
    "Profile": ".profile",
    "ScoredPair": ".result",
    "match": ".engine",
    "shipped_model": ".model.shipped",
}

__all__ = [
    "ContradictionError",
    "Decision",
    "Evidence",
    "Ground",
    "MatchResult",
    "Model",
    "PairTable",
    "Person",
    "PostalAddress",
    "Profile",
    "ScoredPair",
    "match",
    "shipped_model",
]


if not TYPE_CHECKING:  # type checkers shall go on knowing which names there are
    __getattr__ = lazily(__name__, _HOMES)


def __dir__() -> list[str]:
    return __all__
