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
    MANY_LIKEWISE,
    PAIR_CIRCUMSTANCES,
    RARE_WORD,
    WHOLE_OVERLAP,
    Backing,
    CutOff,
    KindOfNames,
    Numbers,
    Places,
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
    Told = Mapping[str, npt.NDArray[np.float32] | Codes]

_GENERIC_KINDS: Final = (KindOfNames.GENERIC_ON_ONE, KindOfNames.GENERIC_ON_BOTH)
"""Names that differ in generic words alone."""

_WORD_LACKING: Final = (KindOfNames.OWN_ON_ONE, KindOfNames.OWN_AND_GENERIC, KindOfNames.NOTHING_SHARED)
"""Names of which one lacks a word of the other that is no generic one; where both do, only a person joins them."""

_WORDS_ON_BOTH: Final = (KindOfNames.GENERIC_ON_BOTH, KindOfNames.OWN_AND_GENERIC)
"""Names that each have a word which the other lacks, one of them a generic one, or both."""

_TOLD: Final = 5
"""More columns than these that both records fill say no more."""

_GENERIC: Final = 2
"""Gravity up to which a word left over is generic or a filler, in the code of the feature "extra"."""

_SAME: Final = 4
_HELD_BY_FEW: Final = HELD_BY_FEW + 2
_HELD_BY_ONE: Final = 7
"""Codes of the feature "domain" from which on the domains are the same, and not an agency's, and one record's."""

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
    """The names' circumstances, one column each: the features of the names in, (n, 10) out."""
    same = (columns["forms"], columns["numbers"], columns["acronym"], columns["words"])
    parts = (np.rint(10 * columns["rarest_shared"]), np.rint(100 * columns["overlap"]))
    return (
        np.stack(
            [kind_of_names(columns), *same, *parts, columns["cut_off"], columns["places"], columns["trade"]], axis=1
        )
        .clip(0, 127)
        .astype(np.int8)
    )


def field_circumstances(columns: Columns) -> Codes:
    """The other columns' circumstances, one column each: the features of the other columns in, (n, 6) out."""
    told = np.minimum(np.sum([column > 0 for column in columns.values()], axis=0), _TOLD)
    abroad = (columns["nation"] == 1) | (columns["region"] == 1)
    town = np.minimum(columns["city"], Town.SAME)
    backed = _backed(columns)
    only = (backed["street"] | backed["person"]) & ~np.any([backed[name] for name in _SURER], axis=0)
    reserve = np.where(
        columns["registered"] == 1, Reserve.TWO_REGISTERED_NUMBERS, only * Reserve.ONLY_ADDRESS_OR_CONTACT
    )
    return np.stack([told, _site(columns), town, abroad, reserve, _backing(columns, backed)], axis=1).astype(np.int8)


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


def left_to_a_person(told: Told) -> npt.NDArray[np.bool_]:
    """Say of pairs whether only a person may join them, however likely they are.

    Such are two of a series ("Tannhauser Fund III" and "IV"), and, unless a column that one business has for itself is
    the same, names that each have a word of their own ("Acme Seeds" and "Acme Boats"); where a web domain is the same,
    sisters have one too, so that one of the words may be a generic one ("Acme Chemicals" and "Acme Jewelry"). So are
    names of several words that differ in generic ones where both say a trade ("Acme Foods" and "Acme Food Services"),
    where each has one of its own, or in two towns, and brands of one word that differ in a letter ("Labcon" and
    "Larcon"); the former unless they are of one town, and both unless such a column or a web domain that nobody else in
    the two lists has is the same.
    And so are, unless such a column is the same, a shop with its number and one without, names of which one has a
    direction more ("Saint Francis Hospital South"), and a name that its list cut where several go on so ("KAISER
    FOUNDATION HEALTH PLAN"). So are, unless a web domain is the same too, two of one name in two towns, if others have
    each of its words ("Peoples Savings Bank").Names that each have a word of their own and none in common that hardly
    anybody else has, with an address or a person and nothing else that one business has for itself, are of two tenants
    or two employers; and whatever else is the same, two VAT numbers of one country, or two LEIs, are a question.
    In which words names differ is no reason where two more pairs of their lists differ in these and no column says that
    the two are apart; but it is of sisters.

    Args:
        told: the circumstances of the pairs, a column each.
    """
    generic = _differ_in_generic_words(told) & _of_two_trades(told)
    sisters = np.isin(told["kind"], _WORDS_ON_BOTH) & (told["site"] >= Site.SAME_OF_FEW)
    near = (generic | _brands(told)) & (told["site"] < Site.SAME_OF_ONE)
    own = told["kind"] == KindOfNames.OWN_ON_BOTH
    series, shop = told["numbers"] >= Numbers.ONE_OF_A_SERIES, told["numbers"] == Numbers.ONE_OF_A_SHOP
    cut, way = told["cut_off"] == CutOff.SEVERAL, told["places"] == Places.OTHER_DIRECTION
    namesakes = _namesakes(told) & (told["site"] < Site.SAME_OF_FEW)
    beside = _strangers(told) & (told["reserve"] == Reserve.ONLY_ADDRESS_OR_CONTACT) & (told["site"] < Site.SAME_OF_FEW)
    numbers = told["reserve"] == Reserve.TWO_REGISTERED_NUMBERS
    words = sisters | ((near | own) & ~_habitual(told))
    return np.asarray(
        series | numbers | beside | ((words | shop | cut | way | namesakes) & (told["backing"] < Backing.FOR))
    )


def taken_at_half_the_doubt(told: Told) -> npt.NDArray[np.bool_]:
    """Say of pairs whether they are likely to be held for likelier than they are.

    Such are names of which one has another word that is no generic one ("Shelter" and "Shelter Cymru"), names that have
    such words on one side and generic ones on the other, names that have nothing in common (initials, a translation),
    and names of several words that differ in generic ones, of one town ("Splendid Etoile" and "Hotel Splendid Etoile")
    or of which one says no trade ("Wild Planet" and "Wild Planet Foods"), unless a web domain or a column that one
    business has for itself is the same, or two more pairs of their lists differ in the same words and no column says
    that the two are apart.

    Args:
        told: the circumstances of the pairs, a column each.
    """
    backed = (told["backing"] >= Backing.FOR) | (told["site"] >= Site.SAME_OF_FEW)
    generic = _differ_in_generic_words(told) & ~_of_two_trades(told)
    return np.asarray((np.isin(told["kind"], _WORD_LACKING) | generic) & ~backed & ~_habitual(told))


def _habitual(told: Told) -> npt.NDArray[np.bool_]:
    """Whether it is how the lists write that the names differ so, and no column says otherwise."""
    denied = np.isin(told["backing"], (Backing.AGAINST, Backing.DISPUTED)) | (told["site"] == Site.DIFFERENT)
    elsewhere = (told["town"] == Town.DIFFERENT) | (told["abroad"] > 0)
    return np.asarray((told["habit"] >= MANY_LIKEWISE) & ~denied & ~elsewhere)


def at_half_the_doubt(threshold: float) -> float:
    """The probability that leaves half the doubt of another."""
    return (1 + threshold) / 2


def _differ_in_generic_words(told: Told) -> npt.NDArray[np.bool_]:
    several = (told["words"] > 1) & (told["numbers"] != Numbers.AGREE)
    return np.asarray(np.isin(told["kind"], _GENERIC_KINDS) & several)


def _of_two_trades(told: Told) -> npt.NDArray[np.bool_]:
    """Whether generic words more may be another trade: beside one that both say, or in another town; never in one."""
    two = (told["kind"] == KindOfNames.GENERIC_ON_BOTH) | (told["trade"] > 0)
    return np.asarray((two | (told["town"] == Town.DIFFERENT)) & (told["town"] != Town.SAME))


def _namesakes(told: Told) -> npt.NDArray[np.bool_]:
    return np.asarray(
        (told["kind"] == KindOfNames.NO_WORD_MORE) & (told["town"] == Town.DIFFERENT) & (told["rarest"] < RARE_WORD)
    )


def _strangers(told: Told) -> npt.NDArray[np.bool_]:
    """Whether names share nothing, or beside a word of their own on both sides none that hardly anybody else has."""
    own = (told["kind"] == KindOfNames.OWN_ON_BOTH) & (told["rarest"] < RARE_WORD)
    return np.asarray(own | (told["kind"] == KindOfNames.NOTHING_SHARED))


def _brands(told: Told) -> npt.NDArray[np.bool_]:
    return np.asarray(
        (told["kind"] == KindOfNames.NO_WORD_MORE) & (told["words"] <= 1) & (told["overlap"] < WHOLE_OVERLAP)
    )


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
