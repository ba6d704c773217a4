"""How partners spread over accounts, and how their scores spread: what the page's drawings show."""

from __future__ import annotations

from collections import Counter
from typing import Final

import numpy as np
from attrs import frozen

from aggregator.reconcile import Reconciliation

MOST_BARS: Final = 16
BINS: Final = 20


@frozen(kw_only=True)
class Bar:
    """Partners that exactly these accounts hold.

    Attributes:
        accounts: Labels of the accounts.
        count: How many partners.
        height: Of the bar, 0 to 100.
    """

    accounts: tuple[str, ...]
    count: int
    height: float


@frozen(kw_only=True)
class Bin:
    """Scored pairs of a range of probabilities."""

    low: float
    high: float
    count: int
    height: float
    decision: str


def spread(reconciliation: Reconciliation) -> tuple[Bar, ...]:
    """Return a bar for each combination of accounts, the commonest first; the rarest are added up in no bar."""
    labels = [view.account.label for view in reconciliation.coverage]
    counted = Counter(
        tuple(label for label in labels if label in {account.label for account in partner.accounts})
        for partner in reconciliation.partners
    )
    top = max(counted.values(), default=1)
    return tuple(
        Bar(accounts=accounts, count=count, height=round(100 * count / top, 2))
        for accounts, count in sorted(counted.items(), key=lambda one: (-one[1], one[0]))[:MOST_BARS]
    )


def scores(reconciliation: Reconciliation) -> tuple[Bin, ...]:
    """Return the pairs counted by probability; heights grow with the logarithm, since most pairs are sure."""
    counts, edges = np.histogram(reconciliation.result.table.probability, bins=BINS, range=(0, 1))
    top = float(np.log1p(max(counts.max(initial=0), 1)))
    return tuple(
        Bin(
            low=float(low),
            high=float(high),
            count=int(count),
            height=round(100 * float(np.log1p(count)) / top, 2),
            decision=_decision((low + high) / 2, reconciliation),
        )
        for count, low, high in zip(counts.tolist(), edges[:-1].tolist(), edges[1:].tolist(), strict=True)
    )


def _decision(probability: float, reconciliation: Reconciliation) -> str:
    if probability >= reconciliation.match_from:
        return "match"
    return "review" if probability >= reconciliation.review_from else "no"
