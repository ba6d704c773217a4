"""What a match came to: scored pairs, decisions, businesses, and the evidence of any pair on request."""

from __future__ import annotations

import enum
import itertools
from functools import cached_property, partial
from typing import TYPE_CHECKING, Final, Protocol

import attrs
import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    import numpy.typing as npt

    from aggregator.reconcile.matching.profile import Profile
    from aggregator.reconcile.matching.weighed import Weighed


class Decision(enum.StrEnum):
    """What to do with a scored pair."""

    MATCH = "match"
    """Accepted without a person."""
    REVIEW = "review"
    """Worth a person's look."""
    NO = "no"

    @property
    def code(self) -> int:
        """What stands for it in a `PairTable`; the more is done with a pair, the higher."""
        return DECISIONS.index(self)


DECISIONS: Final = (Decision.NO, Decision.REVIEW, Decision.MATCH)
"""What each code of a `PairTable` stands for."""


class Ground(enum.StrEnum):
    """What a reason rests on."""

    RECORDS = "records"
    """What the two records say."""
    OTHERS = "others"
    """What other records make of the two, which changes with every decision."""
    SAID = "said"
    """The word of a person or of a list, behind which all other reasons are hidden."""


@attrs.frozen(slots=True, kw_only=True)
class Evidence:
    """One reason for or against a pair.

    Attributes:
        sentence: The reason, in words.
        weight: What it adds to the log-odds; all weights of a pair sum to its log-odds.
        ground: What it rests on.
    """

    sentence: str
    weight: float
    ground: Ground = Ground.RECORDS

    def __str__(self) -> str:
        return f"{self.sentence} {self.weight:+.1f}"


@attrs.frozen(slots=True, kw_only=True)
class ScoredPair:
    """Two records and how likely they are one business.

    Attributes:
        left: Key of the record whose (source, key) comes first.
        right: Key of the other.
        left_source: Source of the first.
        right_source: Source of the other; the same source for a suspected duplicate.
        probability: Calibrated, 0 to 1.
        decision: What to do.
    """

    left: str
    right: str
    left_source: str
    right_source: str
    probability: float
    decision: Decision
    _explain: Callable[[], tuple[Evidence, ...]] = attrs.field(repr=False, eq=False, order=False)

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """The reasons, heaviest first; worked out when asked for."""
        return self._explain()


@attrs.frozen(slots=True, kw_only=True, eq=False)
class PairTable:
    """The scored pairs as columns.

    Attributes:
        left: Record number of each pair; of the source that comes first.
        right: Record number of each pair.
        probability: Of each pair.
        decision: Of each pair, as a code: see `Decision.code`.
    """

    left: npt.NDArray[np.int64]
    right: npt.NDArray[np.int64]
    probability: npt.NDArray[np.float64]
    decision: npt.NDArray[np.int8]


class ExplainAll(Protocol):
    """Tells the probability and the reasons of pairs of record numbers, the lower first."""

    def __call__(
        self, pairs: Sequence[tuple[int, int]], *, unaided: bool = False
    ) -> list[tuple[float, tuple[Evidence, ...]]]:
        """Return what is told of each pair."""
        ...


class NamesCompared(Protocol):
    """Tells by which of their names records were compared; a name is known by the number of its row."""

    def rows(
        self, left: npt.NDArray[np.int64], right: npt.NDArray[np.int64]
    ) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
        """Return the rows of the names by which pairs of records were compared."""
        ...

    def texts(self, rows: npt.NDArray[np.int64]) -> list[str]:
        """Return names as their records have them."""
        ...

    def others(self, rows: npt.NDArray[np.int64], records: npt.NDArray[np.int64]) -> dict[int, str]:
        """Return, by place, the names that their records do not say first."""
        ...

    def initials(self, one: npt.NDArray[np.int64], other: npt.NDArray[np.int64]) -> list[Initials]:
        """Return of each pair of names what is initials of the other."""
        ...

    def joined(self, one: npt.NDArray[np.int64], other: npt.NDArray[np.int64]) -> list[bool]:
        """Say of each pair of names whether a word of one was found in two of the other."""
        ...


class Initials(enum.Enum):
    """What of a name is initials of another."""

    NONE = enum.auto()
    WORD = enum.auto()
    WHOLE = enum.auto()


@attrs.frozen(slots=True, kw_only=True, eq=False)
class MatchResult:
    """Every pair worth knowing of, and which records are one business.

    Attributes:
        keys: Key of each record, in the order of the record numbers.
        sources: Source of each record.
        profiles: What was read of each record.
        table: Pairs with a probability of 0.05 or more, and joined ones below, as columns, likeliest first.
        home: The business of each record: the lowest record number in it.
        weighed: Every candidate pair, from which a review tells businesses apart anew.
        called: By which of their names records were compared; None where nobody asks for it.
    """

    keys: tuple[str, ...]
    sources: tuple[str, ...]
    profiles: Sequence[Profile] = attrs.field(repr=False)
    table: PairTable
    home: npt.NDArray[np.int64]
    weighed: Weighed
    _explain: ExplainAll = attrs.field(repr=False)
    called: NamesCompared | None = attrs.field(default=None, repr=False)

    def __len__(self) -> int:
        return int(self.table.left.size)

    @cached_property
    def clusters(self) -> tuple[tuple[str, ...], ...]:
        """Keys of each business; every record is in exactly one, records without a partner in one of their own."""
        order = np.argsort(self.home, kind="stable")
        home = self.home[order]
        begin = np.flatnonzero(home != np.r_[-1, home[:-1]]).tolist()
        keys = [self.keys[record] for record in order.tolist()]
        return tuple(tuple(keys[start:end]) for start, end in itertools.pairwise([*begin, len(keys)]))

    def pairs(self) -> Iterator[ScoredPair]:
        """Every scored pair, likeliest first."""
        for number in range(len(self)):
            yield self.pair(number)

    def pair(self, number: int) -> ScoredPair:
        """One scored pair by its place."""
        left, right = int(self.table.left[number]), int(self.table.right[number])
        return ScoredPair(
            left=self.keys[left],
            right=self.keys[right],
            left_source=self.sources[left],
            right_source=self.sources[right],
            probability=float(self.table.probability[number]),
            decision=DECISIONS[self.table.decision[number]],
            explain=partial(self._reasons, left, right),
        )

    def _reasons(self, left: int, right: int) -> tuple[Evidence, ...]:
        return self._explain([(left, right)])[0][1]

    def explain(self, left: str, right: str) -> tuple[float, tuple[Evidence, ...]]:
        """Probability and reasons of any two records, also of two that were never candidates.

        Args:
            left: key of a record.
            right: key of another.

        Raises:
            KeyError: no record has that key.
        """
        return self.explain_all([(left, right)])[0]

    def explain_all(
        self, pairs: Iterable[tuple[str, str]], *, unaided: bool = False
    ) -> list[tuple[float, tuple[Evidence, ...]]]:
        """Probability and reasons of each pair of keys, as `explain` gives them, for far less than one by one.

        Args:
            pairs: keys of two records each.
            unaided: leave out what a person said of the very pair.

        Raises:
            KeyError: no record has that key.
        """
        number = self._number
        numbers = [(number[left], number[right]) for left, right in pairs]
        return self._explain([(min(pair), max(pair)) for pair in numbers], unaided=unaided)

    @cached_property
    def _number(self) -> dict[str, int]:
        return {key: place for place, key in enumerate(self.keys)}
