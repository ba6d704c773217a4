"""Records in clusters, and whether two clusters may join."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING, Final

import numpy as np

from aggregator.reconcile.matching.links import LIKELY
from aggregator.reconcile.matching.pair_codes import packed_either_way, places_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    import numpy.typing as npt

    from aggregator.reconcile.matching.links import Links

    Ints = npt.NDArray[np.int64]
    Floats = npt.NDArray[np.float64]
    Mask = npt.NDArray[np.bool_]

_CONTRADICTED: Final = 0.5
_CARRIES_ALONE: Final = 0.97


class Clusters:
    """Records in clusters, kept so that two clusters can be asked whether they may join."""

    def __init__(self, links: Links) -> None:
        self.links = links
        self.home = array("q", range(len(links.source)))  # a list takes five times the memory
        self.members: dict[int, array[int]] = {}
        self.known = _KnownPairs(links)
        self.refused: set[tuple[int, int, int, int, bool]] = set()
        self.decided: frozenset[int] = frozenset()
        self.apart: dict[int, list[int]] = {}
        self.obey(links.must, links.cannot)

    def obey(self, must: Iterable[tuple[int, int]], cannot: Iterable[tuple[int, int]]) -> None:
        """Let a person's word hold for these pairs and no others: those that must be joined, those that cannot be."""
        self.decided = frozenset(record for pair in must for record in pair)
        self.apart = {}
        for one, other in cannot:
            self.apart.setdefault(one, []).append(other)
            self.apart.setdefault(other, []).append(one)

    def of(self, record: int) -> array[int]:
        return self.members.get(self.home[record]) or array("q", (record,))

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

    def _kept_apart(self, mine: array[int], theirs: array[int]) -> bool:
        if not self.apart:
            return False
        few, many = sorted((mine, theirs), key=len)
        home = self.home[many[0]]
        return any(self.home[other] == home for record in few for other in self.apart.get(record, ()))

    def _only_a_person(self, crossing: Ints, mine: array[int], theirs: array[int]) -> bool:
        """Say whether two clusters hold records that only a person may join: then no third record joins them either.

        Unless what a business hardly shares ties one of the two to the other cluster, or a person joined it.
        """
        asked, tied = (known.reshape(len(mine), -1) for known in self.known.asked_and_tied(crossing))
        if not asked.any():
            return False
        rows, columns = (np.array([record in self.decided for record in records]) for records in (mine, theirs))
        rows |= tied.any(axis=1)
        columns |= tied.any(axis=0)
        return bool((asked & ~rows[:, None] & ~columns).any())

    def _duplicates(self, pairs: Ints) -> bool:
        """Say whether records of one house may be one business: few of very many accounts are looked at in pairs.

        Of the pairs that were scored two in three are likely.
        """
        scores = self.known.scores_of(pairs)
        likely = int(np.count_nonzero(scores >= LIKELY))
        return not pairs.size or likely >= max(1, 2 * (scores.size - likely))

    def _holds_together(self, crossing: Ints, probability: float) -> bool:
        """A strong link may bring along records that say nothing of each other, not ones that speak against it."""
        scores = self.known.scores_of(crossing)
        likely, against = (int(np.count_nonzero(many)) for many in (scores >= LIKELY, scores < _CONTRADICTED))
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
        known, asked = places >= 0, self.asked[places]
        return known & asked, known & ~asked & self.tied[places]
