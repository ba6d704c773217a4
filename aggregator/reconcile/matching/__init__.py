"""Who is who: profiles in, scored and explained pairs and businesses out."""

from aggregator.reconcile.matching.assignment import ContradictionError
from aggregator.reconcile.matching.engine import match
from aggregator.reconcile.matching.model.shipped import Model, load_model, shipped_model
from aggregator.reconcile.matching.profile import Person, PostalAddress, Profile
from aggregator.reconcile.matching.result import Decision, Evidence, MatchResult, PairTable, ScoredPair

__all__ = [
    "ContradictionError",
    "Decision",
    "Evidence",
    "MatchResult",
    "Model",
    "PairTable",
    "Person",
    "PostalAddress",
    "Profile",
    "ScoredPair",
    "load_model",
    "match",
    "shipped_model",
]
