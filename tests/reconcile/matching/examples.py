"""Small hand-made lists that the tests of the matcher share."""

from aggregator.reconcile.matching import MatchResult, Profile, ScoredPair


def listed(source: str, *names: str) -> list[Profile]:
    """Profiles of one source with nothing but names; keys are the source and the place in the list."""
    return [Profile(key=f"{source}{place}", source=source, name=name) for place, name in enumerate(names)]


def pair_of(result: MatchResult, left: str, right: str) -> ScoredPair | None:
    """The scored pair of two keys, if it was kept."""
    return next((pair for pair in result.pairs() if {pair.left, pair.right} == {left, right}), None)


def together(result: MatchResult, left: str, right: str) -> bool:
    """Whether two keys are one business."""
    return any(left in cluster and right in cluster for cluster in result.clusters)


FILLER = (
    "Norrland Timber AB",
    "Bellweather Optics Inc",
    "Quillfeather Stationers Ltd",
    "Ostrava Glassworks s.r.o.",
    "Pemberton Saddlery",
    "Zanzibar Spice Traders",
    "Haverstock Cycles GmbH",
    "Miramar Ceramics S.A.",
    "Tollgate Brewing Company",
    "Underhill & Vance LLP",
)
"""Businesses that have nothing to do with each other."""
