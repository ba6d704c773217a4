"""What the names and the other columns of a pair say together: of what kind the pair is, and what backs or denies it.

A sum of weights cannot know that a shared domain says much of two names that have nothing in common (a brand and its
legal name) and little of two that share a word while each has one of its own (sisters of one house). These few codes
are what the last tables of the model read beside the sum.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from aggregator.reconcile.matching.features.field_features import HELD_BY_FEW

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy.typing as npt

    Columns = Mapping[str, npt.NDArray[np.float32]]
    Codes = npt.NDArray[np.int8]
    Told = Mapping[str, npt.NDArray[np.float32] | Codes]

NAME_CIRCUMSTANCES: Final = (
    "kind",  # how the names differ, see `kind_of_names`
    "forms",  # relation of the legal forms; as the next six a feature of the names, rounded
    "numbers",
    "acronym",
    "words",
    "rarest",  # rarest shared word, in tenths
    "overlap",  # share of the weight that is shared, in hundredths
    "cut_off",  # whether its list cut one of the names; as the feature
    "places",  # relation of the places; as the feature
    "trade",  # whether both say a generic word that is the same; as the feature
)
LIST_CIRCUMSTANCES: Final = (
    "habit",  # leading pairs of the two lists that differ in the same words, but for this one, see `likewise`
)
FIELD_CIRCUMSTANCES: Final = (
    "told",  # columns beside the names that both records fill, at most 5
    "site",  # web domains: 0 not said or an agency's, 1 different, 2 alike, 3 but for the ending, 4 of few, 5 of one
    "town",  # 0 not said, 1 different, 2 alike or the same; of one state, or where none is said
    "abroad",  # whether what places a record in a country, a state or a province places the two in different ones
    "reserve",  # 1 nothing but an address or a person backs the pair, 2 two numbers of a register deny it
    "backing",  # the columns that one business has for itself: 0 none said, 1 against, 2 for and against, 3 for
)
CIRCUMSTANCES: Final = (*NAME_CIRCUMSTANCES, *LIST_CIRCUMSTANCES, *FIELD_CIRCUMSTANCES)

AGAINST: Final = 1
"""The code of "backing" of a pair that is denied and not backed."""

DISPUTED: Final = 2
"""The code of "backing" of a pair that one such column backs and another denies."""

BACKED: Final = 3
"""The code of "backing" of a pair that is backed and not denied."""

SAME_SITE: Final = 4
"""The code of "site" from which on the web domains are the same."""

_OTHER_SITE: Final = 1
"""The code of "site" of records whose web domains differ."""

_OF_A_SHOP: Final = 2
"""The code of "numbers" of names of which one has the number of a shop or a site, and the other none."""

_OF_A_SERIES: Final = 3
"""The code of "numbers" from which on one name has another number that the other lacks."""

_AGREE: Final = 1
"""The code of "numbers" of names that have the same."""

_OTHER_WAY: Final = 4
"""The code of "places" of names of which one has a direction that the other lacks."""

OTHER_TOWN: Final = 1
"""The code of "town" of records that are in two towns."""

SAME_TOWN: Final = 2
"""The code of "town" of records that are in one."""

_SEVERAL_GO_ON: Final = 3
"""The code of "cut_off" of a name that its list cut and that several names begin with."""

_GENERIC_KINDS: Final = (1, 3)
"""The codes of "kind" of names that differ in generic words alone."""

_GENERIC_BOTH: Final = 3
"""The code of "kind" of names that each have a generic word of their own."""

_OWN_BOTH: Final = 5
"""The code of "kind" of names that each have a word of their own that is no generic one."""

_NOTHING_SHARED: Final = 6
"""The code of "kind" of names that share nothing."""

_WORD_LACKING: Final = (2, 4, 6)
"""The codes of "kind" of names of which one lacks a word of the other that is no generic one, but for `_OWN_BOTH`."""

_WORDS_ON_BOTH: Final = (3, 4)
"""The codes of "kind" of names that each have a word which the other lacks, one of them a generic one, or both."""

_HABIT: Final = 2
"""The code of "habit" from which on it is how the lists write."""

_RARE: Final = 80
"""The code of "rarest" of names with a word that hardly any other has, in tenths: of 90 that a word can reach."""

WHOLE: Final = 100
"""The code of "overlap" of names that have all of their words in common."""

_TOLD: Final = 5

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

_ONLY_A_PLACE_OR_PERSON: Final = 1
"""The code of "reserve" of a pair that is backed by an address or a person, and by nothing surer."""

_TWO_NUMBERS: Final = 2
"""The code of "reserve" of a pair with two numbers of which a business has one."""

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
    town = np.minimum(columns["city"], SAME_TOWN)
    backed = _backed(columns)
    only = (backed["street"] | backed["person"]) & ~np.any([backed[name] for name in _SURER], axis=0)
    reserve = np.where(columns["registered"] == 1, _TWO_NUMBERS, only * _ONLY_A_PLACE_OR_PERSON)
    return np.stack([told, _site(columns), town, abroad, reserve, _backing(columns, backed)], axis=1).astype(np.int8)


def kind_of_names(columns: Columns) -> Codes:
    """How two names differ, whatever their weights.

    0 no word is left over; 1 generic words are, on one side; 2 others are, on one side ("Acme" and "Acme Chemicals");
    3 generic words on both; 4 others on one of both; 5 others on both ("Acme Foods" and "Acme Chemicals"); 6 the names
    share nothing.
    """
    gravest, least = np.divmod(columns["extra"].astype(np.int8), 5)
    several = (columns["least_left"] > 0) & (least > 0)
    one = np.where(gravest > _GENERIC, 2, 1)
    both = np.where(least > _GENERIC, 5, np.where(gravest > _GENERIC, 4, 3))
    kind = np.select([columns["shared"] <= 0, several, columns["most_left"] > 0], [6, both, one], 0)
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
    sisters = np.isin(told["kind"], _WORDS_ON_BOTH) & (told["site"] >= SAME_SITE)
    near = (generic | _brands(told)) & (told["site"] <= SAME_SITE)
    own = told["kind"] == _OWN_BOTH
    series, shop = told["numbers"] >= _OF_A_SERIES, told["numbers"] == _OF_A_SHOP
    cut, way = told["cut_off"] == _SEVERAL_GO_ON, told["places"] == _OTHER_WAY
    namesakes = _namesakes(told) & (told["site"] < SAME_SITE)
    beside = _strangers(told) & (told["reserve"] == _ONLY_A_PLACE_OR_PERSON) & (told["site"] < SAME_SITE)
    numbers = told["reserve"] == _TWO_NUMBERS
    words = sisters | ((near | own) & ~_habitual(told))
    return np.asarray(series | numbers | beside | ((words | shop | cut | way | namesakes) & (told["backing"] < BACKED)))


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
    backed = (told["backing"] >= BACKED) | (told["site"] >= SAME_SITE)
    generic = _differ_in_generic_words(told) & ~_of_two_trades(told)
    return np.asarray((np.isin(told["kind"], _WORD_LACKING) | generic) & ~backed & ~_habitual(told))


def _habitual(told: Told) -> npt.NDArray[np.bool_]:
    """Whether it is how the lists write that the names differ so, and no column says otherwise."""
    denied = np.isin(told["backing"], (AGAINST, DISPUTED)) | (told["site"] == _OTHER_SITE)
    elsewhere = (told["town"] == OTHER_TOWN) | (told["abroad"] > 0)
    return np.asarray((told["habit"] >= _HABIT) & ~denied & ~elsewhere)


def at_half_the_doubt(threshold: float) -> float:
    """The probability that leaves half the doubt of another."""
    return (1 + threshold) / 2


def _differ_in_generic_words(told: Told) -> npt.NDArray[np.bool_]:
    several = (told["words"] > 1) & (told["numbers"] != _AGREE)
    return np.asarray(np.isin(told["kind"], _GENERIC_KINDS) & several)


def _of_two_trades(told: Told) -> npt.NDArray[np.bool_]:
    """Whether generic words more may be another trade: beside one that both say, or in another town; never in one."""
    two = (told["kind"] == _GENERIC_BOTH) | (told["trade"] > 0)
    return np.asarray((two | (told["town"] == OTHER_TOWN)) & (told["town"] != SAME_TOWN))


def _namesakes(told: Told) -> npt.NDArray[np.bool_]:
    return np.asarray((told["kind"] == 0) & (told["town"] == OTHER_TOWN) & (told["rarest"] < _RARE))


def _strangers(told: Told) -> npt.NDArray[np.bool_]:
    """Whether names share nothing, or beside a word of their own on both sides none that hardly anybody else has."""
    own = (told["kind"] == _OWN_BOTH) & (told["rarest"] < _RARE)
    return np.asarray(own | (told["kind"] == _NOTHING_SHARED))


def _brands(told: Told) -> npt.NDArray[np.bool_]:
    return np.asarray((told["kind"] == 0) & (told["words"] <= 1) & (told["overlap"] < WHOLE))


def _site(columns: Columns) -> npt.NDArray[np.float32]:
    code = columns["domain"]
    known = [code >= _HELD_BY_ONE, code >= _HELD_BY_FEW, code >= _SAME]
    return np.select(known, [SAME_SITE + 1, SAME_SITE, 0], code)


def _backed(columns: Columns) -> dict[str, npt.NDArray[np.bool_]]:
    """By each column that one business has for itself, whether it is the same."""
    backed = {name: columns[name] >= code for name, code in _OWN.items()}
    return backed | {"identifier": backed["identifier"] & ~np.isin(columns["identifier"], _NUMBER_OF_MANY)}


def _backing(columns: Columns, backed: Mapping[str, npt.NDArray[np.bool_]]) -> npt.NDArray[np.int64]:
    some = np.any(list(backed.values()), axis=0)
    denied = np.any([columns[name] == 1 for name in _AGAINST], axis=0)
    return np.select([some & denied, some, denied], [DISPUTED, BACKED, AGAINST], 0)
