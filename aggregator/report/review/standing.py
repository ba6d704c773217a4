"""Who is who as decisions leave it: an answer regroups the records that it touches, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt
from attrs import frozen

from aggregator.reconcile import Decisions
from aggregator.reconcile.decisions.decisions import Obeyed
from aggregator.reconcile.matching import Evidence
from aggregator.reconcile.matching.assignment import Grouping
from aggregator.reconcile.matching.evidence.among_others import among_others, reasons_of_others
from aggregator.reconcile.matching.evidence.reasons import heaviest_first
from aggregator.reconcile.matching.houses.parting import Word, word_on
from aggregator.reconcile.matching.in_context import InContext, in_context
from aggregator.reconcile.matching.links import linked
from aggregator.reconcile.matching.table import pair_table
from aggregator.reconcile.references import References
from aggregator.report.review.kept import Kept, KeptEntry
from aggregator.report.review.questions import Questions, open_questions


@frozen(kw_only=True, eq=False)
class Scoring:
    """The pairs as they are scored where a person keeps some records of one house or duplicates apart.

    Attributes:
        word: What the person said of those.
        context: The scored pairs.
        grouping: The scored pairs, in clusters.
    """

    word: Word
    context: InContext
    grouping: Grouping


class Standing:
    """The clusters and the questions of a review.

    Args:
        kept: What the report keeps.
    """

    def __init__(self, kept: Kept) -> None:
        self._kept = kept
        self._number = {entry.key: number for number, entry in enumerate(kept.entries)}
        self._references = References(kept.entries)
        self._references.find("")  # so that the index is there before the first answer
        self._word = Word()
        self._scoring = self.scored(self._word)
        self.questions = Questions.none()

    def __contains__(self, key: str) -> bool:
        return key in self._number

    def find(self, name: str) -> str | None:
        """Return the key of the record that a row of a decisions file names; None if it is gone."""
        return self._references.find(name)

    def follow(self, decisions: Decisions) -> None:
        """Group the records as decisions say.

        Raises:
            ContradictingDecisionsError: They cannot all hold; everything stays as it was.
        """
        obeyed = decisions.obey(self.find, self._kept.sure)
        must, cannot = self._numbers(obeyed.same), frozenset(self._numbers(obeyed.different))
        self._word = word_on(self._scoring.context.houses.house, must, cannot)
        self._scoring.grouping.decide(must, cannot)
        self._look(obeyed)

    def _numbers(self, pairs: Iterable[tuple[str, str]]) -> list[tuple[int, int]]:
        numbers = ((self._number[one], self._number[other]) for one, other in pairs if one != other)
        return [(min(pair), max(pair)) for pair in numbers]

    def _look(self, obeyed: Obeyed) -> None:
        grouping = self._scoring.grouping
        self._obeyed = obeyed
        self.questions = open_questions(
            pair_table(grouping.links, grouping.home, self._kept.model),
            grouping.links,
            frozenset(self._numbers(pair for pair in obeyed.unsure if pair[0] in self and pair[1] in self)),
        )

    @property
    def wanted(self) -> Word | None:
        """What a person said of one house or duplicates, if the pairs are not yet scored so; else None.

        Accounts that are parted are of one house no more, and two records of one platform that are no duplicates are
        rivals, so other pairs become a little less likely.
        """
        return None if self._scoring.word == self._word else self._word

    def scored(self, word: Word) -> Scoring:
        """Return the pairs scored anew, without other decisions; this takes seconds where there are many."""
        context = in_context(self._kept.weighed, self._kept.model, word.must, word.cannot)
        links = linked(self._kept.weighed, context, (), frozenset())
        return Scoring(word=word, context=context, grouping=Grouping(links, self._kept.model.match))

    def take(self, scoring: Scoring) -> None:
        """Go on with pairs that `scored` has scored."""
        links = self._scoring.grouping.links
        scoring.grouping.decide(links.must, links.cannot)
        self._scoring = scoring
        self._look(self._obeyed)

    def entry(self, key: str) -> KeptEntry:
        """Return the entry of a key.

        Raises:
            KeyError: There is none.
        """
        return self._kept.entries[self._number[key]]

    def named(self, name: str) -> KeptEntry | None:
        """Return the entry that a row of a decisions file names; None if it is gone."""
        key = self._references.find(name)
        return None if key is None else self.entry(key)

    def keys(self, pair: tuple[int, int]) -> tuple[str, str]:
        """Return the keys of two record numbers."""
        return self._kept.entries[pair[0]].key, self._kept.entries[pair[1]].key

    def pair(self, one: str, other: str) -> tuple[int, int]:
        """Return the record numbers of two keys, the lower first."""
        low, high = sorted((self._number[one], self._number[other]))
        return low, high

    def together(self, one: str, other: str) -> bool:
        """Whether two entries are one business."""
        home = self._scoring.grouping.home
        return bool(home[self._number[one]] == home[self._number[other]])

    def partner(self, key: str) -> tuple[KeptEntry, ...]:
        """Return all entries of the business that an entry is of, by account and key."""
        home: npt.NDArray[np.int64] = self._scoring.grouping.home
        members = np.flatnonzero(home == home[self._number[key]]).tolist()
        return tuple(self._kept.entries[number] for number in members)

    def clusters(self) -> frozenset[tuple[str, ...]]:
        """Return the keys of each business."""
        found: dict[int, list[str]] = {}
        for entry, home in zip(self._kept.entries, self._scoring.grouping.home.tolist(), strict=True):
            found.setdefault(home, []).append(entry.key)
        return frozenset(map(tuple, found.values()))

    def explain(self, one: str, other: str) -> tuple[float, tuple[Evidence, ...]] | None:
        """Return how likely two entries are one business, whatever a person said, and why; None if it was not kept."""
        left, right = self.pair(one, other)
        reasons = self._kept.reasons.of_pair(left, right)
        weighed, links = self._kept.weighed, self._scoring.grouping.links
        here = np.flatnonzero((weighed.left == left) & (weighed.right == right))
        if reasons is None or not here.size:
            return None
        (placed,) = among_others(weighed, self._scoring.context, here)
        others = reasons_of_others(placed, self._kept.model.match)
        return float(links.probability[here[0]]), heaviest_first((*reasons, *others))
