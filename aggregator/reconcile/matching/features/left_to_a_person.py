"""Which pairs only a person may join, and which are joined without one only where less doubt is left than usual."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from aggregator.reconcile.matching.features.circumstance_codes import (
    MANY_LIKEWISE,
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

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy.typing as npt

    Told = Mapping[str, npt.NDArray[np.float32] | npt.NDArray[np.int8]]
    Mask = npt.NDArray[np.bool_]

_GENERIC_KINDS: Final = (KindOfNames.GENERIC_ON_ONE, KindOfNames.GENERIC_ON_BOTH)
"""Names that differ in generic words alone."""

_WORDS_ON_ONE: Final = (KindOfNames.NO_WORD_MORE, KindOfNames.GENERIC_ON_ONE, KindOfNames.OWN_ON_ONE)
"""Names of which one has every word of the other."""

_WORD_LACKING: Final = (KindOfNames.OWN_ON_ONE, KindOfNames.OWN_AND_GENERIC, KindOfNames.NOTHING_SHARED)
"""Names of which one lacks a word of the other that is no generic one; where both do, only a person joins them."""

_WORDS_ON_BOTH: Final = (KindOfNames.GENERIC_ON_BOTH, KindOfNames.OWN_AND_GENERIC)
"""Names that each have a word which the other lacks, one of them a generic one, or both."""


def left_to_a_person(told: Told) -> Mask:
    """Say of pairs whether only a person may join them, however likely they are.

    Some are so whatever else is the same, the others unless a column is that one business has for itself. That names
    differ in some words is no reason where their lists differ in these time and again; but it is of sisters.

    Args:
        told: the circumstances of the pairs, a column each.
    """
    always = _of_a_series(told) | _two_registered_numbers(told) | _tenants_or_employers(told)
    words = _sisters(told) | ((_own_words(told) | _other_trade(told) | _other_brand(told)) & ~_habitual(told))
    unless_backed = words | _shop_of_one(told) | _other_direction(told) | _cut_off(told) | _namesakes(told)
    return np.asarray(always | (unless_backed & (told["backing"] < Backing.FOR)))


def taken_at_half_the_doubt(told: Told) -> Mask:
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


def tied_firmly(told: Told) -> Mask:
    """Say of pairs whether something is the same that neither neighbours nor two employers of one person share.

    Args:
        told: the circumstances of the pairs, a column each.
    """
    backed = (told["backing"] >= Backing.FOR) & (told["reserve"] <= Reserve.NONE)
    return np.asarray(backed | (told["site"] >= Site.SAME_OF_FEW))


def at_half_the_doubt(threshold: float) -> float:
    """The probability that leaves half the doubt of another."""
    return (1 + threshold) / 2


def _of_a_series(told: Told) -> Mask:
    """Whether one has a number that the other lacks: "Tannhauser Fund III" and "Tannhauser Fund IV"."""
    return np.asarray(told["numbers"] >= Numbers.ONE_OF_A_SERIES)


def _two_registered_numbers(told: Told) -> Mask:
    """Whether they have two LEIs, or two VAT numbers of one country."""
    return np.asarray(told["reserve"] == Reserve.TWO_REGISTERED_NUMBERS)


def _tenants_or_employers(told: Told) -> Mask:
    """Whether an address or a contact is all that two have in common, but for words that many have.

    They may be two tenants of one building, or two employers of one person. A phone that two or three of a list share
    is that of a practice or a food hall: of names that have nothing in common, not even initials, it says no more.
    """
    only = (told["reserve"] == Reserve.ONLY_ADDRESS_OR_CONTACT) & (told["site"] < Site.SAME_OF_FEW)
    own = (told["kind"] == KindOfNames.OWN_ON_BOTH) & (told["rarest"] < RARE_WORD)
    strangers = told["kind"] == KindOfNames.NOTHING_SHARED
    phone = (told["reserve"] == Reserve.ONLY_PHONE) & (told["site"] < Site.SAME_OF_FEW)
    return np.asarray((only & (own | strangers)) | (phone & strangers & (told["acronym"] == 0)))


def _sisters(told: Told) -> Mask:
    """Whether two of one web domain each have a word of their own, be it generic: "Acme Chemicals", "Acme Jewelry"."""
    return np.asarray(np.isin(told["kind"], _WORDS_ON_BOTH) & (told["site"] >= Site.SAME_OF_FEW))


def _own_words(told: Told) -> Mask:
    """Whether names each have a word of their own that is no generic one: "Acme Seeds" and "Acme Boats"."""
    return np.asarray(told["kind"] == KindOfNames.OWN_ON_BOTH)


def _other_trade(told: Told) -> Mask:
    """Whether generic words may say another trade, and no web domain is the same that nobody else has."""
    return _differ_in_generic_words(told) & _of_two_trades(told) & (told["site"] < Site.SAME_OF_ONE)


def _differ_in_generic_words(told: Told) -> Mask:
    """Whether names of several words differ in generic ones alone, and in no number that both have."""
    several = (told["words"] > 1) & (told["numbers"] != Numbers.AGREE)
    return np.asarray(np.isin(told["kind"], _GENERIC_KINDS) & several)


def _of_two_trades(told: Told) -> Mask:
    """Whether generic words more may be another trade: "Acme Foods" and "Acme Food Services".

    They may beside one that both say, where each name has one of its own, or in another town; never in one town.
    """
    two = (told["kind"] == KindOfNames.GENERIC_ON_BOTH) | (told["trade"] > 0)
    return np.asarray((two | (told["town"] == Town.DIFFERENT)) & (told["town"] != Town.SAME))


def _other_brand(told: Told) -> Mask:
    """Whether names of one word differ in a letter, and no web domain is the same that nobody else has.

    "Labcon" and "Larcon" are two.
    """
    alike = (told["kind"] == KindOfNames.NO_WORD_MORE) & (told["words"] <= 1) & (told["overlap"] < WHOLE_OVERLAP)
    return np.asarray(alike & (told["site"] < Site.SAME_OF_ONE))


def _habitual(told: Told) -> Mask:
    """Whether it is how the lists write that the names differ so, and no column says that the two are apart."""
    denied = np.isin(told["backing"], (Backing.AGAINST, Backing.DISPUTED)) | (told["site"] == Site.DIFFERENT)
    elsewhere = (told["town"] == Town.DIFFERENT) | (told["abroad"] > 0)
    return np.asarray((told["habit"] >= MANY_LIKEWISE) & ~denied & ~elsewhere)


def _shop_of_one(told: Told) -> Mask:
    """Whether one is a shop with its number, and the other says none.

    It is the only one there if it has one town and one postal code with the other, and no list has another such name.
    """
    only_one = (told["alone"] > 0) & (told["quarter"] > 0)
    return np.asarray((told["numbers"] == Numbers.ONE_OF_A_SHOP) & ~only_one)


def _other_direction(told: Told) -> Mask:
    """Whether one has a direction more: "Saint Francis Hospital" and "Saint Francis Hospital South"."""
    return np.asarray(told["places"] == Places.OTHER_DIRECTION)


def _cut_off(told: Told) -> Mask:
    """Whether its list cut a name of which several go on so: "KAISER FOUNDATION HEALTH PLAN"."""
    return np.asarray(told["cut_off"] == CutOff.SEVERAL)


def _namesakes(told: Told) -> Mask:
    """Whether others have each word that two share, and these are in two towns, or one says more and lives elsewhere.

    There are many a "Peoples Savings Bank" and a "Müller Autoteile", and "First Baptist Church of Kettering" is not the
    first one of Dayton. A brand of one word may add what it sells at another address.
    """
    common = (told["coined"] == 0) | (told["rarest"] < RARE_WORD)
    elsewhere = np.isin(told["kind"], _WORDS_ON_ONE) & (told["town"] == Town.DIFFERENT)
    further = (told["kind"] == KindOfNames.OWN_ON_ONE) & (told["backing"] == Backing.AGAINST) & (told["words"] > 1)
    return np.asarray(common & (elsewhere | further) & (told["site"] < Site.SAME_OF_FEW))
