"""From scored pairs to businesses: best pairs first, never against a person's word, never by a chain of weak links."""

from __future__ import annotations

from array import array
from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING, Final

import attrs
import numpy as np

from aggregator.reconcile.matching.batches import batches
from aggregator.reconcile.matching.features.circumstances import circumstances_by_name
from aggregator.reconcile.matching.features.left_to_a_person import (
    at_half_the_doubt,
    left_to_a_person,
    taken_at_half_the_doubt,
    tied_firmly,
)
from aggregator.reconcile.matching.model.additive import probability_of
from aggregator.reconcile.matching.pair_codes import packed_either_way, places_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import numpy.typing as npt

    from aggregator.reconcile.matching.in_context import InContext
    from aggregator.reconcile.matching.weighed import Weighed

    Ints = npt.NDArray[np.int64]
    Floats = npt.NDArray[np.float64]
    Mask = npt.NDArray[np.bool_]

_TIE: Final = 0.05
"""Candidates whose log-odds are this close are as good as each other."""

_LIKELY: Final = 0.5
_CONTRADICTED: Final = 0.5
_CARRIES_ALONE: Final = 0.97


@attrs.define(slots=True, kw_only=True, eq=False)
class Links:
    """What the assignment starts from.

    Attributes:
        left: Record of each scored pair.
        right: Record of each scored pair.
        probability: Of each pair.
        logit: Of each pair; finer than the probability near 1.
        asked: Of each pair whether only a person may join it.
        halved: Of each pair whether half the usual doubt keeps it from being joined without a person.
        tied: Of each pair whether something is the same that a business hardly shares with its neighbours.
        source: Source number of each record.
        house: Number of each record's house; records of one source that are one business share it.
        twin: The same, but that accounts of a house of which columns tell share it though a person parted them.
        large: Whether a record is of a house of which columns tell.
        must: Pairs a person joined.
        cannot: Pairs a person kept apart.
    """

    left: Ints
    right: Ints
    probability: Floats
    logit: Floats
    asked: Mask
    halved: Mask
    tied: Mask
    source: npt.NDArray[np.int32]
    house: Ints
    twin: Ints
    large: npt.NDArray[np.bool_]
    must: tuple[tuple[int, int], ...]
    cannot: frozenset[tuple[int, int]]


def linked(
    weighed: Weighed, context: InContext, must: Iterable[tuple[int, int]], cannot: frozenset[tuple[int, int]]
) -> Links:
    """Return scored pairs and decisions as the assignment takes them."""
    told = circumstances_by_name(weighed)
    return Links(
        left=weighed.left,
        right=weighed.right,
        probability=probability_of(context.logit),
        logit=context.logit,
        asked=left_to_a_person(told) | weighed.left_by_lists,
        halved=taken_at_half_the_doubt(told),
        tied=tied_firmly(told),
        source=weighed.source,
        house=context.house,
        twin=context.twin,
        large=context.houses.large,
        must=tuple(must),
        cannot=cannot,
    )


class _Clusters:
    """Records in clusters, kept so that two clusters can be asked whether they may join."""

    def __init__(self, links: Links) -> None:
        self.links = links
        self.home = array("q", range(len(links.source)))  # a list takes five times the memory
        self.members: dict[int, list[int]] = {}
        self.known = _KnownPairs(links)
        self.refused: set[tuple[int, int, int, int, bool]] = set()
        self.apart: dict[int, list[int]] = {}
        self.keep_apart(links.cannot)

    def keep_apart(self, pairs: Iterable[tuple[int, int]]) -> None:
        """Let a person's word hold for these pairs and no others."""
        self.apart = {}
        for one, other in pairs:
            self.apart.setdefault(one, []).append(other)
            self.apart.setdefault(other, []).append(one)

    def of(self, record: int) -> list[int]:
        return self.members.get(self.home[record], [record])

    def join(self, one: int, other: int) -> None:
        mine, theirs = self.of(one), self.of(other)
        if self.home[one] == self.home[other]:
            return
        if len(mine) < len(theirs):
            mine, theirs = theirs, mine
        home, gone = self.home[mine[0]], self.home[theirs[0]]
        self.members.pop(gone, None)
        for record in theirs:
            self.home[record] = home
        mine.extend(theirs)
        self.members[home] = mine

    def part(self, records: Iterable[int]) -> None:
        """Take clusters apart; of each, all records must be named."""
        for record in records:
            self.members.pop(self.home[record], None)
        for record in records:
            self.home[record] = record
        self.refused.clear()

    def may_join(self, one: int, other: int, probability: float) -> bool:
        mine, theirs = self.of(one), self.of(other)
        if self._kept_apart(mine, theirs):
            return False
        of_one_house = self.links.large[one] and self.links.house[one] == self.links.house[other]
        if of_one_house or len(mine) == len(theirs) == 1:
            return True
        # Two houses have a thousand pairs between them, and are refused once for all that are no likelier.
        asked = (self.home[one], self.home[other], len(mine), len(theirs), probability >= _CARRIES_ALONE)
        if asked in self.refused:
            return False
        # As arrays: between two clusters of a thousand records there are a million pairs.
        left, right = np.repeat(mine, len(theirs)), np.tile(theirs, len(mine))
        crossing = packed_either_way(left, right)
        source, house = self.links.source, self.links.house
        alike = source[left] == source[right]
        strangers = alike & (house[left] != house[right])
        allowed = (
            not strangers.any()
            and not self._only_a_person(crossing, mine, theirs)
            and self._duplicates(crossing[alike])
            and self._holds_together(crossing, probability)
        )
        if not allowed:
            self.refused.add(asked)
        return allowed

    def _kept_apart(self, mine: list[int], theirs: list[int]) -> bool:
        if not self.apart:
            return False
        few, many = sorted((mine, theirs), key=len)
        home = self.home[many[0]]
        return any(self.home[other] == home for record in few for other in self.apart.get(record, ()))

    def _only_a_person(self, crossing: Ints, mine: list[int], theirs: list[int]) -> bool:
        """Say whether two clusters hold records that only a person may join: then no third record joins them either.

        Unless what a business hardly shares ties one of the two to the other cluster, or a person joined it.
        """
        asked, tied = (known.reshape(len(mine), -1) for known in self.known.asked_and_tied(crossing))
        if not asked.any():
            return False
        by_a_person = {record for pair in self.links.must for record in pair}
        rows, columns = (np.array([record in by_a_person for record in records]) for records in (mine, theirs))
        rows |= tied.any(axis=1)
        columns |= tied.any(axis=0)
        return bool((asked & ~rows[:, None] & ~columns).any())

    def _duplicates(self, pairs: Ints) -> bool:
        """Say whether records of one house may be one business: few of very many accounts are looked at in pairs.

        Of the pairs that were scored two in three are likely.
        """
        scores = self.known.scores_of(pairs)
        likely = int(np.count_nonzero(scores >= _LIKELY))
        return not pairs.size or likely >= max(1, 2 * (scores.size - likely))

    def _holds_together(self, crossing: Ints, probability: float) -> bool:
        """A strong link may bring along records that say nothing of each other, not ones that speak against it."""
        scores = self.known.scores_of(crossing)
        likely, against = (int(np.count_nonzero(many)) for many in (scores >= _LIKELY, scores < _CONTRADICTED))
        if against * 2 > crossing.size or against >= likely:
            return False
        return probability >= _CARRIES_ALONE or likely * 2 > crossing.size


class _KnownPairs:
    """Probabilities of scored pairs, found by bisection: a dictionary of millions of pairs would not fit."""

    def __init__(self, links: Links) -> None:
        codes = packed_either_way(links.left, links.right)
        self.codes, self.scores, self.asked, self.tied = codes, links.probability, links.asked, links.tied
        if (codes[1:] < codes[:-1]).any():
            order = np.argsort(codes)
            self.codes, self.scores = codes[order], links.probability[order]
            self.asked, self.tied = links.asked[order], links.tied[order]

    def scores_of(self, pairs: Ints) -> Floats:
        """Return the probabilities of those packed pairs that were scored."""
        places = places_of(pairs, self.codes)
        return self.scores[places[places >= 0]]

    def asked_and_tied(self, pairs: Ints) -> tuple[Mask, Mask]:
        """Say of each packed pair whether only a person may join it, and of the others whether columns tie the two."""
        places = places_of(pairs, self.codes)
        known, asked = places >= 0, np.r_[self.asked, False][places]
        return known & asked, known & ~asked & np.r_[self.tied, False][places]


class Grouping:
    """Clusters that follow a person's decisions: what a new decision cannot touch is not looked at again.

    Two records can only meet along a chain of pairs that may be joined or must be; where no decision on such a chain
    changes, the clusters stay.

    Args:
        links: scored pairs and decisions.
        threshold: probability from which a pair may be joined without a person.

    Attributes:
        home: the cluster of each record: the lowest record number in it.
    """

    def __init__(self, links: Links, threshold: float) -> None:
        self.links = links
        self.home = np.arange(len(links.source), dtype=np.int64)
        likely = np.flatnonzero((links.probability >= threshold) & ~tied(links))
        left, right = links.left[likely], links.right[likely]
        held = links.large[left] & (links.house[left] == links.house[right])
        sure = ~links.halved[likely] | (links.probability[likely] >= at_half_the_doubt(threshold))
        free = held | (~links.asked[likely] & sure)
        joinable, left, right, held = likely[free], left[free], right[free], held[free]
        # Houses first: else an account that was matched to a stranger would stay outside of its own.
        self._order = joinable[np.lexsort((right, left, -links.logit[joinable], ~held))]
        self._clusters = _Clusters(links)
        self._join(links.must, self._edges(self._order))
        self._name(self._clusters.members.values())

    def decide(self, must: Iterable[tuple[int, int]], cannot: frozenset[tuple[int, int]]) -> None:
        """Take other decisions, and regroup the records that they can reach.

        Args:
            must: pairs a person joined.
            cannot: pairs a person kept apart.
        """
        links, wanted = self.links, frozenset(must)
        held = frozenset(links.must)
        changed = (held ^ wanted) | (links.cannot ^ cannot)
        reached = self._reach({record for pair in changed for record in pair}, held | wanted)
        links.must, links.cannot = tuple(wanted), cannot
        self._clusters.keep_apart(cannot)
        self._clusters.part(reached)
        ranks = sorted({rank for record in reached for rank in self._touching.get(record, ())})
        self._join([pair for pair in wanted if pair[0] in reached], self._edges(self._order[ranks]))
        self._name({id(one): one for one in map(self._clusters.of, reached)}.values())

    def _join(self, must: Iterable[tuple[int, int]], edges: Iterable[tuple[int, int, float]]) -> None:
        clusters = self._clusters
        for one, other in sorted(must):
            clusters.join(one, other)
        for one, other, probability in edges:
            if clusters.home[one] != clusters.home[other] and clusters.may_join(one, other, probability):
                clusters.join(one, other)

    def _name(self, clusters: Iterable[list[int]]) -> None:
        for several in clusters:
            self.home[several] = min(several)

    def _edges(self, places: Ints) -> Iterator[tuple[int, int, float]]:
        """Records and probability of the pairs at some places; a list of all would take 200 bytes a pair."""
        links = self.links
        for some in batches(places.size):
            here = places[some]
            yield from zip(
                links.left[here].tolist(), links.right[here].tolist(), links.probability[here].tolist(), strict=True
            )

    @cached_property
    def _touching(self) -> dict[int, list[int]]:
        found: dict[int, list[int]] = defaultdict(list)
        for rank, (one, other, _) in enumerate(self._edges(self._order)):
            found[one].append(rank)
            found[other].append(rank)
        return dict(found)

    def _reach(self, start: set[int], must: Iterable[tuple[int, int]]) -> set[int]:
        joined: dict[int, list[int]] = defaultdict(list)
        for one, other in must:
            joined[one].append(other)
            joined[other].append(one)
        reached, queue = set(start), list(start)
        for here in queue:
            edges = self._edges(self._order[self._touching.get(here, [])])
            for there in (*(record for edge in edges for record in edge[:2]), *joined.get(here, ())):
                if there not in reached:
                    reached.add(there)
                    queue.append(there)
        return reached


def assign(links: Links, threshold: float) -> Ints:
    """Give each record its cluster: the lowest record number in it.

    Args:
        links: scored pairs and decisions.
        threshold: probability from which a pair may be joined without a person.
    """
    return Grouping(links, threshold).home


def tied(links: Links) -> npt.NDArray[np.bool_]:
    """Say which pairs have a rival as good as themselves that is another business: chance must not choose."""
    tie = np.zeros(links.left.size, bool)
    # Of two that are as good, both are as likely as not, or neither could be chosen.
    likely = np.flatnonzero(links.probability >= _LIKELY)
    across = likely[links.source[links.left[likely]] != links.source[links.right[likely]]]
    for mine, theirs in ((links.left[across], links.right[across]), (links.right[across], links.left[across])):
        seat = mine * (int(links.source.max(initial=0)) + 1) + links.source[theirs]
        order = np.lexsort((theirs, -links.logit[across], seat))
        seats, scores = seat[order], links.logit[across][order]
        close = (seats[1:] == seats[:-1]) & (np.abs(scores[1:] - scores[:-1]) < _TIE)
        one, other = order[:-1][close], order[1:][close]
        apart = links.twin[theirs[one]] != links.twin[theirs[other]]
        tie[across[one[apart]]] = tie[across[other[apart]]] = True
    return tie
