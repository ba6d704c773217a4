"""From scored pairs to businesses: best pairs first, never against a person's word, never by a chain of weak links."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from aggregator.reconcile.matching.batches import batches
from aggregator.reconcile.matching.clusters import Clusters
from aggregator.reconcile.matching.features.left_to_a_person import at_half_the_doubt
from aggregator.reconcile.matching.links import tied

if TYPE_CHECKING:
    from array import array
    from collections.abc import Iterable, Iterator

    import numpy.typing as npt

    from aggregator.reconcile.matching.links import Links

    Ints = npt.NDArray[np.int64]


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
        self._clusters = Clusters(links)
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
        self._clusters.obey(wanted, cannot)
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

    def _name(self, clusters: Iterable[array[int]]) -> None:
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
