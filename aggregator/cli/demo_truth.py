"""How right the demo's reconciliation is: its world is made up, so the truth is known."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations
from typing import TYPE_CHECKING, Any

from attrs import frozen

if TYPE_CHECKING:
    from aggregator.reconcile import Reconciliation
    from aggregator.reconcile.entries import Entry
    from aggregator.sandbox import World

_EXAMPLES = 3

Pair = frozenset[str]


@frozen(kw_only=True)
class Score:
    """Pairs of records on two accounts, by key: those that are one business, and what was said of them.

    Attributes:
        there: Pairs that are one business.
        joined: Pairs that were said to be one business, without a person.
        review: Pairs that were left for a person.
        many: Pairs of a house that has an account for every region and channel, counted apart: 20 accounts here and 30
            there make 600 pairs, which would drown all others.
        many_joined: How many of those were joined.
        names: What the record of each key is called.
    """

    there: frozenset[Pair]
    joined: frozenset[Pair]
    review: frozenset[Pair]
    many: int
    many_joined: int
    names: dict[str, str]

    @property
    def precision(self) -> float | None:
        """Share of the joined pairs that are right; None if none were joined."""
        return len(self.joined & self.there) / len(self.joined) if self.joined else None

    @property
    def recall(self) -> float | None:
        """Share of the pairs there are that were joined; None if there are none."""
        return len(self.joined & self.there) / len(self.there) if self.there else None

    @property
    def recall_reviewed(self) -> float | None:
        """What recall becomes when a person confirms the right pairs among those left for review."""
        return len((self.joined | self.review) & self.there) / len(self.there) if self.there else None

    def to_plain(self) -> dict[str, Any]:
        """The figures, for JSON."""
        return {
            "pairs_there_are": len(self.there),
            "pairs_found": len(self.joined),
            "pairs_right": len(self.joined & self.there),
            "pairs_wrong": len(self.joined - self.there),
            "pairs_for_review": len(self.review),
            "pairs_for_review_right": len(self.review & self.there),
            "pairs_missed": len(self.there - self.joined - self.review),
            "pairs_of_houses_with_many_accounts": self.many,
            "pairs_of_houses_with_many_accounts_joined": self.many_joined,
            "precision": _rounded(self.precision),
            "recall": _rounded(self.recall),
            "recall_after_review": _rounded(self.recall_reviewed),
        }

    def lines(self) -> list[str]:
        """The figures for a newcomer, each word explained where it is used first."""
        plain = self.to_plain()
        wrong, missed = self.joined - self.there, self.there - self.joined - self.review
        lines = [
            "Against the truth, which is known because this world is made up",
            f"{plain['pairs_there_are']:>5} pairs of records, each on two platforms, are one business",
            f"{plain['pairs_found']:>5} joined: said to be one business without asking anybody",
            f"{plain['pairs_right']:>5} of these right{_percent(', precision', self.precision)}",
            f"{plain['pairs_wrong']:>5} of these wrong: two businesses taken for one",
            *self._examples(wrong),
            (
                f"{plain['pairs_for_review']:>5} left for review: too doubtful to join, worth a person's look; "
                f"{plain['pairs_for_review_right']} of them are one business"
            ),
            f"{len(missed):>5} missed: one business, neither joined nor left for review",
            *self._examples(missed),
            *self._houses(),
            _percent("Of the pairs there are, joined", self.recall, " (recall)."),
            _percent("After a person has confirmed the right ones of the review", self.recall_reviewed, "."),
        ]
        return [line for line in lines if line]

    def _houses(self) -> list[str]:
        if not self.many:
            return []
        told = "not counted above: of houses with an account for every region and channel"
        return [f"{self.many:>5} pairs {told}; {self.many_joined} of them were joined"]

    def _examples(self, pairs: Iterable[Pair]) -> list[str]:
        some = sorted(sorted(self.names[key] for key in pair) for pair in pairs)[:_EXAMPLES]
        return [f"{'':14}{' / '.join(repr(name) for name in names)}" for names in some]


def score(reconciliation: Reconciliation, world: World) -> Score:
    """Compare with the world's truth; records that the world does not know are left out."""
    truth, hubs = truth_of(world), {business.id for business in world.businesses if business.hub}
    entries = [entry for partner in reconciliation.partners for entry in partner.entries]
    known = {entry.key: entry for entry in entries if _place(entry) in truth}
    business = {key: truth[_place(entry)] for key, entry in known.items()}
    houses: dict[str, list[Entry]] = {}
    for key, entry in known.items():
        houses.setdefault(business[key], []).append(entry)
    there = frozenset(pair for house in houses.values() for pair in _pairs(house))
    many = frozenset(pair for hub in hubs & houses.keys() for pair in _pairs(houses[hub]))
    joined = frozenset(pair for one in reconciliation.partners for pair in _pairs(one.entries) if pair <= known.keys())
    asked = [frozenset((pair.left, pair.right)) for pair in reconciliation.review]
    review = frozenset(pair for pair in asked if pair <= known.keys() and len({known[key].account for key in pair}) > 1)
    return Score(
        there=there - many,
        joined=joined - many,
        review=review - many,
        many=len(many),
        many_joined=len(many & joined),
        names={key: entry.name for key, entry in known.items()},
    )


def _pairs(entries: Iterable[Entry]) -> Iterable[Pair]:
    for left, right in combinations(entries, 2):
        if left.account != right.account:
            yield frozenset((left.key, right.key))


def truth_of(world: World) -> dict[tuple[str, str], str]:
    """Which business each record is; a partner that was only asked for has no id yet but that of the request."""
    rows = world.truth()
    requested = {(one.platform, one.connection_id): one.business_id for one in rows if one.connection_id is not None}
    return {**requested, **{(one.platform, one.native_id): one.business_id for one in rows}}


def _place(entry: Entry) -> tuple[str, str]:
    return entry.account.vendor, "" if entry.organization is None else entry.organization.id


def _rounded(share: float | None) -> float | None:
    return None if share is None else round(share, 4)


def _percent(what: str, share: float | None, end: str = "") -> str:
    return "" if share is None else f"{what} {100 * share:.1f} %{end}"
