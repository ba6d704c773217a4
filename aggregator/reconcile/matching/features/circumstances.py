"""What the names and the other columns of a pair say together: of what kind the pair is, and what backs or denies it.

A sum of weights cannot know that a shared domain says much of two names that have nothing in common (a brand and its
legal name) and little of two that share a word while each has one of its own (sisters of one house). These few codes
are what the last tables of the model read beside the sum.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from aggregator.reconcile.matching.features.circumstance_codes import (
    HABIT,
    PAIR_CIRCUMSTANCES,
    Backing,
    KindOfNames,
    Reserve,
    Site,
    Town,
)
from aggregator.reconcile.matching.features.field_features import HELD_BY_FEW
from aggregator.reconcile.matching.model.additive import columns_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy.typing as npt

    from aggregator.reconcile.matching.weighed import Weighed

    Columns = Mapping[str, npt.NDArray[np.float32]]
    Codes = npt.NDArray[np.int8]

_TOLD: Final = 5
"""More columns than these that both records fill say no more."""

_GENERIC: Final = 2
"""Gravity up to which a word left over is generic or a filler, in the code of the feature "extra"."""

_SAME: Final = 4
_HELD_BY_FEW: Final = HELD_BY_FEW + 2
_HELD_BY_ONE: Final = 7
"""Codes of the feature "domain" from which on the domains are the same, and not an agency's, and one record's."""

_SAME_POSTCODE: Final = 3
"""The code of the feature "postcode" from which on it is the same, and not very many have it."""

_OWN: Final[Mapping[str, int]] = {
    "email": HELD_BY_FEW,
    "phone": HELD_BY_FEW,
    "identifier": 2,
    "street": 3,
    "person": 2,
}
"""From which code on a column is the same, and not very many have it; branches of a house share its domain, rarely
these."""

_SURER: Final = ("email", "phone", "identifier")
"""Those that neither the tenants of one building share nor two employers of one person."""

_AGAINST: Final = (*_OWN, "registered", "nation", "region")

_NUMBER_OF_MANY: Final = (3, 4)
"""Codes of the feature "identifier" of a number that more have than a house's accounts: of sisters, say."""


def name_circumstances(columns: Columns) -> Codes:
    """The names' circumstances, one column each: the features of the names in, (n, 12) out."""
    same = (columns["forms"], columns["numbers"], columns["acronym"], columns["words"])
    parts = (np.rint(10 * columns["rarest_shared"]), np.rint(100 * columns["overlap"]))
    alone = (columns["shared"] > 0) & (columns["held"] <= 1)
    rest = (columns["cut_off"], columns["places"], columns["trade"], columns["coined"], alone)
    return np.stack([kind_of_names(columns), *same, *parts, *rest], axis=1).clip(0, 127).astype(np.int8)


def field_circumstances(columns: Columns) -> Codes:
    """The other columns' circumstances, one column each: the features of the other columns in, (n, 7) out."""
    told = np.minimum(np.sum([column > 0 for column in columns.values()], axis=0), _TOLD)
    abroad = (columns["nation"] == 1) | (columns["region"] == 1)
    town = np.minimum(columns["city"], Town.SAME)
    quarter = (town == Town.SAME) & (columns["postcode"] >= _SAME_POSTCODE)
    backed = _backed(columns)
    only = (backed["street"] | backed["person"]) & ~np.any([backed[name] for name in _SURER], axis=0)
    shared_phone = (columns["phone"] == HELD_BY_FEW) & ~backed["email"] & ~backed["identifier"]
    reserve = np.select(
        [columns["registered"] == 1, only, shared_phone],
        [Reserve.TWO_REGISTERED_NUMBERS, Reserve.ONLY_ADDRESS_OR_CONTACT, Reserve.ONLY_PHONE],
        Reserve.NONE,
    )
    return np.stack([told, _site(columns), town, quarter, abroad, reserve, _backing(columns, backed)], axis=1).astype(
        np.int8
    )


def all_circumstances(weighed: Weighed, places: npt.NDArray[np.int64]) -> Codes:
    """Return the circumstances of some pairs, one row a pair, one column for each of CIRCUMSTANCES."""
    return with_habits(weighed.circumstances[places], weighed.habits[places])


def with_habits(circumstances: Codes, habits: Codes | int) -> Codes:
    """Return the circumstances of pairs by themselves with what their lists add, a column for each of CIRCUMSTANCES."""
    return np.insert(circumstances, HABIT, habits, axis=1)


def circumstances_by_name(weighed: Weighed) -> Mapping[str, Codes]:
    """Return all circumstances of all pairs by their names, without copying them."""
    return columns_of(PAIR_CIRCUMSTANCES, weighed.circumstances) | {"habit": weighed.habits}


def kind_of_names(columns: Columns) -> Codes:
    """How two names differ, whatever their weights, as a code of `KindOfNames`."""
    gravest, least = np.divmod(columns["extra"].astype(np.int8), 5)
    several = (columns["least_left"] > 0) & (least > 0)
    own, own_on_both = gravest > _GENERIC, least > _GENERIC
    conditions = {
        KindOfNames.NOTHING_SHARED: columns["shared"] <= 0,
        KindOfNames.OWN_ON_BOTH: several & own_on_both,
        KindOfNames.OWN_AND_GENERIC: several & own,
        KindOfNames.GENERIC_ON_BOTH: several,
        KindOfNames.OWN_ON_ONE: (columns["most_left"] > 0) & own,
        KindOfNames.GENERIC_ON_ONE: columns["most_left"] > 0,
    }
    kind = np.select([*conditions.values()], [*conditions], KindOfNames.NO_WORD_MORE)
    return np.asarray(kind, np.int8)


def _site(columns: Columns) -> npt.NDArray[np.float32]:
    code = columns["domain"]
    known = [code >= _HELD_BY_ONE, code >= _HELD_BY_FEW, code >= _SAME]
    return np.select(known, [Site.SAME_OF_ONE, Site.SAME_OF_FEW, Site.UNSAID], code)


def _backed(columns: Columns) -> dict[str, npt.NDArray[np.bool_]]:
    """By each column that one business has for itself, whether it is the same."""
    backed = {name: columns[name] >= code for name, code in _OWN.items()}
    return backed | {"identifier": backed["identifier"] & ~np.isin(columns["identifier"], _NUMBER_OF_MANY)}


def _backing(columns: Columns, backed: Mapping[str, npt.NDArray[np.bool_]]) -> npt.NDArray[np.int64]:
    some = np.any(list(backed.values()), axis=0)
    denied = np.any([columns[name] == 1 for name in _AGAINST], axis=0)
    return np.select([some & denied, some, denied], [Backing.DISPUTED, Backing.FOR, Backing.AGAINST], Backing.UNSAID)
