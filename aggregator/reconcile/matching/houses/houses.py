"""Houses: businesses with several accounts in one list, and which records of all lists are theirs.

Whether a record is of a house is told by everything that was scored between them. One strong pair cannot glue two
sisters whose accounts deny each other in hundreds of pairs, and a chain of pairs holds nothing together.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import attrs
import numpy as np

from aggregator.reconcile.matching.features.circumstance_codes import (
    BACKING,
    KIND,
    OVERLAP,
    SITE,
    TOWN,
    WHOLE_OVERLAP,
    Backing,
    KindOfNames,
    Site,
    Town,
)
from aggregator.reconcile.matching.houses.gathering import Gathering, Votes
from aggregator.reconcile.matching.linked_groups import linked_groups
from aggregator.reconcile.matching.pair_codes import packed_either_way, unpacked

if TYPE_CHECKING:
    import numpy.typing as npt

    from aggregator.reconcile.matching.weighed import Weighed

    Ints = npt.NDArray[np.int64]
    Floats = npt.NDArray[np.float64]
    Mask = npt.NDArray[np.bool_]

LEAST: Final = 3
"""Accounts in one list that make a house."""

MOST: Final = 500
"""Accounts in one list that are still looked at as a house; of more, every two that are linked are one business."""

NAMED_APART: Final = -3.0
"""Log-odds that a pair has at most of which another list has both, under names that are two."""

_LOUDEST: Final = 8.0
"""Log-odds beyond which a pair has no more to say."""

_BACKED: Final = 4.0
"""What a column that one business has for itself adds to the vote of a pair: accounts of a house are called
differently, by their region or channel."""

_SITED: Final = 2.0
"""The same for a web domain, where the names are equal but for a region or a channel."""

_SILENT: Final = -0.5
"""The vote of two such names of which no column says anything."""

_TOLD: Final = 0.5
"""Share of a house's pairs whose columns must agree; names alone make no house."""

_OWN_WORDS: Final = (KindOfNames.OWN_AND_GENERIC, KindOfNames.OWN_ON_BOTH)
"""Names that each have a word which the other lacks: "Acme Chemicals", "Acme Jewelry"."""

_DOZENS: Final = 10
"""Accounts on all platforms that hold a house together even where the columns of one deny it."""


@attrs.frozen(slots=True, kw_only=True, eq=False)
class Houses:
    """Which records are one business by what stands in their own list, and by what all lists say.

    Attributes:
        accounts: Group of each record; records of one list that are one business share it, by its lowest record.
        house: The house of each record with the records of every list, where columns tell of it; of any other record
            its group in `accounts`, which may be two of one that a record of another list vouches for.
        large: Whether a record is of a house that columns tell of.
        vouched: Places of the pairs of one list that are in one group for what another list says of both.
        apart: Places of the pairs of one list that are two businesses, for another list has both.
    """

    accounts: Ints
    house: Ints
    large: Mask
    apart: Ints
    vouched: Ints = attrs.field(factory=lambda: np.zeros(0, np.int64))


def find_houses(weighed: Weighed, within: float) -> Houses:
    """Find the records that are one business inside each list, and the houses.

    Args:
        weighed: the scored pairs.
        within: log-odds added to a pair inside one list.
    """
    inside = np.flatnonzero(weighed.inside)
    named_apart = _named_apart(weighed, inside)
    apart = inside[named_apart]
    accounts = _accounts(weighed, inside[~named_apart], within)
    size = np.bincount(accounts, minlength=accounts.size)[accounts]
    many, masses = (size >= LEAST) & (size <= MOST), size > MOST
    if not many.any():
        return Houses(accounts=accounts, house=accounts, large=many, apart=apart)
    near = np.flatnonzero(many[weighed.left] | many[weighed.right])
    near = near[~(masses[weighed.left[near]] | masses[weighed.right[near]])]
    if not agreed(weighed.circumstances[near]).any():  # names alone make no house
        return Houses(accounts=accounts, house=accounts, large=np.zeros(accounts.size, bool), apart=apart)
    between = near[accounts[weighed.left[near]] != accounts[weighed.right[near]]]
    gathered = _gathered(weighed, between, accounts, votes(weighed, between, within), least=LEAST)
    told, outcast = _told(weighed, near, gathered)
    # Of a few accounts one that its own columns deny may be a namesake; among dozens some have a call centre's phone.
    out = told & outcast & (np.bincount(gathered, minlength=gathered.size)[gathered] < _DOZENS)
    large = told & ~out & np.isin(gathered, gathered[many])
    house = np.where(large, gathered, accounts)
    house[out] = accounts.size + np.flatnonzero(out)
    return Houses(accounts=accounts, house=house, large=large, apart=apart)


def agreed(circumstances: npt.NDArray[np.int8]) -> Mask:
    """Say of pairs whether columns agree: one that a business has for itself, or where none such is said the domain."""
    backing = circumstances[:, BACKING]
    return np.asarray(
        (backing == Backing.FOR) | ((backing == Backing.UNSAID) & (circumstances[:, SITE] >= Site.SAME_OF_FEW))
    )


def denied(circumstances: npt.NDArray[np.int8]) -> Mask:
    """Say of pairs whether a column that a business has for itself denies them, and none backs them."""
    return np.asarray(circumstances[:, BACKING] == Backing.AGAINST)


def votes(weighed: Weighed, places: Ints, within: float) -> Floats:
    """What pairs say of the groups of their records: their log-odds, and more where columns back them.

    Of names that are equal but for a region or a channel, the difference says nothing unless a column does: where some
    columns back such a pair and others deny it, its vote is no less than what the columns come to.

    Args:
        weighed: the scored pairs.
        places: which of them.
        within: log-odds added to a pair inside one list.
    """
    inside = weighed.source[weighed.left[places]] == weighed.source[weighed.right[places]]
    logit = np.clip(weighed.base[places] + within * inside, -_LOUDEST, _LOUDEST)
    told, suffixed = weighed.circumstances[places], weighed.suffixed[places]
    backed, unsaid = told[:, BACKING] == Backing.FOR, told[:, BACKING] == Backing.UNSAID
    sited, silent = unsaid & (told[:, SITE] >= Site.SAME_OF_FEW), unsaid & (told[:, SITE] == Site.UNSAID)
    columns = np.clip(weighed.base[places] - weighed.names[places], -_LOUDEST, _LOUDEST)
    disputed = told[:, BACKING] == Backing.DISPUTED
    least = np.select([backed | sited, silent, disputed], [0.0, _SILENT, columns], -_LOUDEST)
    heard = np.where(suffixed, np.maximum(logit, least), logit)
    return np.asarray(heard + _BACKED * backed + _SITED * (sited & suffixed))


def _accounts(weighed: Weighed, inside: Ints, within: float) -> Ints:
    said = np.where(placed(weighed.circumstances[inside]), weighed.names[inside], _LOUDEST)
    said = np.minimum(weighed.base[inside], said) + within
    double = (said >= 0) & ~_sited_apart(weighed.circumstances[inside])
    linked = linked_groups(len(weighed.source), weighed.left[inside[double]], weighed.right[inside[double]])
    size = np.bincount(linked)[linked[weighed.left[inside]]]
    here = (linked[weighed.left[inside]] == linked[weighed.right[inside]]) & (size <= MOST)
    inside, double, size, said = inside[here], double[here], size[here], said[here]
    several = size >= LEAST
    said[several] = votes(weighed, inside[several], within)
    return _gathered(weighed, inside, _masses(linked), said, first=double)


def _sited_apart(circumstances: npt.NDArray[np.int8]) -> Mask:
    """Say of pairs whether their web domains differ and nothing that one business has for itself is the same.

    Of two namesakes in one list, each with a site of its own, none is the other opened again.
    """
    return np.asarray((circumstances[:, SITE] == Site.DIFFERENT) & (circumstances[:, BACKING] < Backing.DISPUTED))


def placed(circumstances: npt.NDArray[np.int8]) -> Mask:
    """Say of pairs whether nothing is the same beside their names but where they are.

    In one town there is a "Lange" and a "Lang" of one trade: that makes no duplicate of two names that alone would be
    none.

    Args:
        circumstances: of the pairs, one column for each of PAIR_CIRCUMSTANCES.
    """
    return np.asarray((circumstances[:, BACKING] < Backing.DISPUTED) & (circumstances[:, SITE] < Site.SAME_OF_FEW))


def denied_by_columns(circumstances: npt.NDArray[np.int8]) -> Mask:
    """Say of pairs whether a column keeps the two apart: a web domain, a town, or what a business has for itself.

    Args:
        circumstances: of the pairs, one column for each of PAIR_CIRCUMSTANCES.
    """
    elsewhere = (circumstances[:, SITE] == Site.DIFFERENT) | (circumstances[:, TOWN] == Town.DIFFERENT)
    return np.asarray(elsewhere | (circumstances[:, BACKING] == Backing.AGAINST))


def of_one_name(circumstances: npt.NDArray[np.int8]) -> Mask:
    """Say of pairs whether their names are read as one.

    Args:
        circumstances: of the pairs, one column for each of PAIR_CIRCUMSTANCES.
    """
    one = circumstances[:, KIND] == KindOfNames.NO_WORD_MORE
    return np.asarray(one & (circumstances[:, OVERLAP] >= WHOLE_OVERLAP))


def _named_apart(weighed: Weighed, inside: Ints) -> Mask:
    """Say of pairs inside a list whether they are two businesses, for another list has both, on records of their own.

    Such are, whatever else they share, two brands whose names have nothing in common and two divisions ("Penrose Honda"
    and "Penrose Ford"); and, unless a column that one business has for itself is the same, two names that differ in a
    word or a letter ("Hansen" and "Jensen"), and two of one name in two towns or with a phone each, which the other
    list has both.
    """
    told = weighed.circumstances[inside]
    differ = (told[:, KIND] > KindOfNames.GENERIC_ON_ONE) | (told[:, OVERLAP] < WHOLE_OVERLAP)
    by_place = placed(told) & ~weighed.suffixed[inside]
    strangers = (told[:, KIND] == KindOfNames.NOTHING_SHARED) | (differ & by_place)
    namesakes = ~differ & by_place & (told[:, TOWN] == Town.DIFFERENT)
    divisions = np.isin(told[:, KIND], _OWN_WORDS) & ~weighed.suffixed[inside]
    reached_apart = ~differ & (told[:, BACKING] == Backing.AGAINST)
    if not (strangers | namesakes | divisions | reached_apart).any():
        return np.asarray(strangers)
    across = np.flatnonzero(~weighed.inside)
    named = across[weighed.circumstances[across, KIND] == KindOfNames.NO_WORD_MORE]
    in_town = named[weighed.circumstances[named, TOWN] == Town.SAME]
    backed = named[weighed.circumstances[named, BACKING] == Backing.FOR]
    nearly = across[weighed.circumstances[across, KIND] <= KindOfNames.OWN_ON_ONE]
    return np.asarray(
        (strangers & each_has_its_own(weighed, inside, named, strangers))
        | (namesakes & each_has_its_own(weighed, inside, in_town, namesakes))
        | (divisions & each_has_its_own(weighed, inside, nearly, divisions))
        | (reached_apart & each_has_its_own(weighed, inside, backed, reached_apart))
    )


def each_has_its_own(weighed: Weighed, inside: Ints, across: Ints, asked: Mask) -> Mask:
    """Say of the asked pairs inside a list whether pairs across find each of both records one of its own.

    Args:
        weighed: the scored pairs.
        inside: places of pairs of one list.
        across: places of pairs of two lists.
        asked: which of the pairs of one list are asked about.
    """
    if not asked.any() or not across.size:
        return np.zeros(inside.size, bool)
    twin = np.full((weighed.source.size, int(weighed.source.max()) + 1), -1, np.int64)
    order = across[np.argsort(weighed.base[across], kind="stable")]  # the likeliest is written last
    for mine, theirs in ((weighed.left, weighed.right), (weighed.right, weighed.left)):
        twin[mine[order], weighed.source[theirs[order]]] = theirs[order]
    one, other = twin[weighed.left[inside]], twin[weighed.right[inside]]
    return np.asarray(((one >= 0) & (other >= 0) & (one != other)).any(axis=1))


def _masses(linked: Ints) -> Ints:
    """Number the groups that are too large to be looked at pair by pair; any other record is a group of its own."""
    _, first, group = np.unique(linked, return_index=True, return_inverse=True)
    return np.where(np.bincount(group, minlength=1)[group] > MOST, first[group], np.arange(linked.size))


def _gathered(
    weighed: Weighed,
    places: Ints,
    group: Ints,
    voted: Floats,
    *,
    least: int = 1,
    first: Mask | None = None,
) -> Ints:
    """Number the groups that come of some groups, by the lowest record, when those are joined for which pairs vote."""
    left, right = group[weighed.left[places]], group[weighed.right[places]]
    codes, where = np.unique(packed_either_way(left, right), return_inverse=True)
    pairs = list(zip(*(side.tolist() for side in unpacked(codes)), strict=True))
    total, count = np.bincount(where, voted, codes.size), np.bincount(where, minlength=codes.size)
    said = {pair: Votes(*several) for pair, *several in zip(pairs, total.tolist(), count.tolist(), strict=True)}
    sizes = np.bincount(group, minlength=group.size)
    groups = {one: int(sizes[one]) for pair in pairs for one in pair}
    begun = pairs if first is None else [pairs[place] for place in np.unique(where[first]).tolist()]
    home = np.arange(group.size, dtype=np.int64)
    for joined in Gathering(said, groups, least).join(begun):
        home[joined] = min(joined)
    return home[group]


def _told(weighed: Weighed, places: Ints, house: Ints) -> tuple[Mask, Mask]:
    """Say of each record whether columns tell of its house, and whether its own deny more accounts than they back."""
    places = places[house[weighed.left[places]] == house[weighed.right[places]]]
    left, right, told = weighed.left[places], weighed.right[places], weighed.circumstances[places]
    agree, against = agreed(told), denied(told)
    pairs, agreeing = np.bincount(house[left], minlength=house.size), np.bincount(house[left], agree, house.size)
    backing = np.bincount(left, agree, house.size) + np.bincount(right, agree, house.size)
    denying = np.bincount(left, against, house.size) + np.bincount(right, against, house.size)
    return ((pairs > 0) & (agreeing >= _TOLD * pairs))[house], denying > backing
