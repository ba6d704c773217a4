"""What the rivals, the lists and the houses of candidate pairs make of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import attrs
import numpy as np

from aggregator.reconcile.matching.batches import batches, two_at_once
from aggregator.reconcile.matching.features.circumstances import all_circumstances
from aggregator.reconcile.matching.houses.houses import NAMED_APART, Houses, find_houses
from aggregator.reconcile.matching.houses.parting import parted, word_on
from aggregator.reconcile.matching.houses.vouching import with_vouched
from aggregator.reconcile.matching.look_alikes import telling
from aggregator.reconcile.matching.model.prior import told_share
from aggregator.reconcile.matching.rivals import context_columns, standings

if TYPE_CHECKING:
    from collections.abc import Iterable

    import numpy.typing as npt

    from aggregator.reconcile.matching.comparison import Compared
    from aggregator.reconcile.matching.model.shipped import Model
    from aggregator.reconcile.matching.weighed import Weighed

    Ints = npt.NDArray[np.int64]
    Floats = npt.NDArray[np.float64]
    Pair = tuple[int, int]

_OF_A_HOUSE: Final = 5.0
"""Log-odds that a pair of accounts of one house has at least."""

_VOUCHED: Final = 0.0
"""The same of two accounts that a record of another list vouches for: by themselves they join nothing."""


@attrs.frozen(slots=True, kw_only=True, eq=False)
class InContext:
    """Scored pairs, and whose they are.

    Attributes:
        logit: Calibrated log-odds of each pair.
        houses: Which records are one business by what their own list says, and the houses, whatever a person said.
        house: The house of each record as a person's word leaves it.
        twin: Group of each record; records of one source that share it are no rivals.
        lifted: Places of the pairs that are likelier for the house or the business that both records are of, in order.
        lift: What that adds to the log-odds of each of them.
        share: What the two lists of each pair say of how many of their records match; of one list, nothing.
        likeness: How telling the likeness of each pair of two lists is, as `telling` says.
    """

    logit: Floats
    houses: Houses
    house: Ints
    twin: Ints
    lifted: Ints
    lift: Floats
    share: npt.NDArray[np.float16]
    likeness: npt.NDArray[np.int8]

    def lift_of(self, places: Ints) -> Floats:
        """What its house adds to the log-odds of each pair at the given places, or the record that vouches for it."""
        found = np.searchsorted(self.lifted, places)
        return np.where(np.r_[self.lifted, -1][found] == places, np.r_[self.lift, 0.0][found], 0.0)


def in_context(weighed: Weighed, model: Model, must: Iterable[Pair] = (), cannot: Iterable[Pair] = ()) -> InContext:
    """Return the calibrated log-odds of each pair, and the records that are one business in their own list.

    Args:
        weighed: the pairs.
        model: the coefficients.
        must: pairs a person joined.
        cannot: pairs a person kept apart; of one source, they are rivals and no duplicates.
    """
    houses = with_vouched(weighed, find_houses(weighed, model.within), model.within)
    house = parted(weighed, houses.house, word_on(houses.house, must, cannot))
    # The accounts of a house that a person parted are as near to others as they were.
    twin = np.where(houses.large, houses.house, house)
    inside = weighed.inside
    across = np.flatnonzero(~inside)
    likeness = telling(weighed, twin)
    share = np.zeros(inside.size, np.float16)
    standing, share[across] = _among_rivals(weighed, across, twin, model)
    logit = weighed.base.copy()
    logit[inside] += model.within
    logit[houses.apart] = np.minimum(logit[houses.apart], NAMED_APART)

    def place(some: slice) -> None:
        here = across[some]
        columns = context_columns(
            weighed.base[here],
            standing[:, some],
            share[here],
            likeness[here],
            weighed.names[here],
            all_circumstances(weighed, here),
        )
        logit[here] = model.context.logit(columns, here.size)

    two_at_once(place, batches(across.size))
    lifted, lift = _lifted(weighed, houses, house, logit)
    logit[lifted] += lift
    return InContext(
        logit=logit,
        houses=houses,
        house=house,
        twin=twin,
        lifted=lifted,
        lift=lift,
        share=share,
        likeness=likeness,
    )


def _among_rivals(
    weighed: Weighed, across: Ints, twin: Ints, model: Model
) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.float16]]:
    """What the rivals and the lists of pairs of two lists say."""
    left, right, base = weighed.left[across], weighed.right[across], weighed.base[across]
    standing = standings(left, right, base, weighed.source, twin)
    return standing, _shares(left, right, base, weighed.source, model)


def _lifted(weighed: Weighed, houses: Houses, house: Ints, logit: Floats) -> tuple[Ints, Floats]:
    """Places of the pairs that are likelier for what their records are, in order, and what that adds."""
    held, vouched = _of_one_house(weighed, house, houses.large), houses.vouched
    vouched = vouched[house[weighed.left[vouched]] == house[weighed.right[vouched]]]
    places = np.r_[held, vouched]
    lift = np.repeat([_OF_A_HOUSE, _VOUCHED], [held.size, vouched.size]) - logit[places]
    below = np.flatnonzero(lift > 0)
    below = below[np.argsort(places[below])]
    return places[below], lift[below]


def _of_one_house(weighed: Weighed, house: Ints, large: npt.NDArray[np.bool_]) -> Ints:
    if not large.any():
        return np.zeros(0, np.int64)
    held = np.flatnonzero(large[weighed.left])
    return np.asarray(held[house[weighed.left[held]] == house[weighed.right[held]]])


def _shares(
    left: Ints, right: Ints, base: Floats, source: npt.NDArray[np.int32], model: Model
) -> npt.NDArray[np.float16]:
    """What the two lists of each pair say of how many of their records match."""
    shares = np.zeros(left.size, np.float16)
    lists = source[left] * (int(source.max(initial=0)) + 1) + source[right]
    every = np.flatnonzero(np.bincount(lists)).tolist()
    for two in every:
        here = np.flatnonzero(lists == two) if len(every) > 1 else slice(None)  # of two lists nothing need be copied
        shares[here] = told_share(left[here], right[here], base[here], model.matched_share)
    return shares


@attrs.define(slots=True, kw_only=True, eq=False)
class Scored:
    """Candidate pairs with their calibrated log-odds.

    Attributes:
        compared: What names and columns say.
        weighed: The same in one figure, without the records.
        context: Calibrated log-odds, and the houses.
    """

    compared: Compared
    weighed: Weighed
    context: InContext
