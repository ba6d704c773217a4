"""The circumstances of a pair: which columns they have, and what the codes in these stand for."""

from __future__ import annotations

from typing import Final

NAME_CIRCUMSTANCES: Final = (
    "kind",  # how the names differ, see `KindOfNames`
    "forms",  # relation of the legal forms; as the next six a feature of the names, rounded
    "numbers",  # see `Numbers`
    "acronym",
    "words",
    "rarest",  # rarest shared word, in tenths
    "overlap",  # share of the weight that is shared, in hundredths
    "cut_off",  # whether its list cut one of the names; as the feature, see `CutOff`
    "places",  # relation of the places; as the feature, see `Places`
    "trade",  # whether both say a generic word that is the same; as the feature
    "coined",  # whether both say a word that hardly any name has but those of one business; as the feature
    "alone",  # whether neither list says their rarest shared word in another name
)
LIST_CIRCUMSTANCES: Final = (
    "habit",  # leading pairs of the two lists that differ in the same words, but for this one, see `likewise`
)
FIELD_CIRCUMSTANCES: Final = (
    "told",  # columns beside the names that both records fill, at most 5
    "site",  # web domains, see `Site`
    "town",  # see `Town`; of one state, or where none is said
    "quarter",  # whether they are in one town and have one postal code there
    "abroad",  # whether what places a record in a country, a state or a province places the two in different ones
    "reserve",  # why a person may have to look at a pair that columns back, see `Reserve`
    "backing",  # the columns that one business has for itself, see `Backing`
)
PAIR_CIRCUMSTANCES: Final = (*NAME_CIRCUMSTANCES, *FIELD_CIRCUMSTANCES)
"""What the two records of a pair say by themselves."""

CIRCUMSTANCES: Final = (*NAME_CIRCUMSTANCES, *LIST_CIRCUMSTANCES, *FIELD_CIRCUMSTANCES)
"""The same, and what the other pairs of their lists add, as the shipped model names them."""

HABIT: Final = CIRCUMSTANCES.index("habit")
"""Where this one stands among all; the next are places among those of a pair by itself."""
KIND: Final = PAIR_CIRCUMSTANCES.index("kind")
OVERLAP: Final = PAIR_CIRCUMSTANCES.index("overlap")
SITE: Final = PAIR_CIRCUMSTANCES.index("site")
TOWN: Final = PAIR_CIRCUMSTANCES.index("town")
BACKING: Final = PAIR_CIRCUMSTANCES.index("backing")


class KindOfNames:
    """How two names differ: whether each has words that the other lacks, and whether these are all generic ones."""

    NO_WORD_MORE: Final = 0
    GENERIC_ON_ONE: Final = 1
    OWN_ON_ONE: Final = 2
    """As in "Acme" and "Acme Chemicals"."""
    GENERIC_ON_BOTH: Final = 3
    OWN_AND_GENERIC: Final = 4
    OWN_ON_BOTH: Final = 5
    """As in "Acme Foods" and "Acme Chemicals"."""
    NOTHING_SHARED: Final = 6

    COUNT: Final = 7


class Numbers:
    """What the numbers of two names say."""

    UNSAID: Final = 0
    AGREE: Final = 1
    ONE_OF_A_SHOP: Final = 2
    """One name has the number of a shop or a site, and the other none."""
    ONE_OF_A_SERIES: Final = 3
    """One name has another number that the other lacks."""
    DIFFER: Final = 4


class CutOff:
    """Whether a list cut one of two names, and what begins as that one does."""

    WHOLE: Final = 0
    OTHER_DIFFERS: Final = 1
    ONLY_THE_OTHER: Final = 2
    SEVERAL: Final = 3


class Places:
    """What the places in two names say."""

    UNSAID: Final = 0
    AGREE: Final = 1
    ONE_MORE: Final = 2
    DIFFER: Final = 3
    OTHER_DIRECTION: Final = 4
    """One name has a direction that the other lacks."""


class Site:
    """What the web domains of two records say."""

    UNSAID: Final = 0
    """One says none, or they have an agency's."""
    DIFFERENT: Final = 1
    ALIKE: Final = 2
    OTHER_ENDING: Final = 3
    SAME_OF_FEW: Final = 4
    SAME_OF_ONE: Final = 5
    """The same, which nobody else in the two lists has."""


class Town:
    """What the towns of two records say."""

    UNSAID: Final = 0
    DIFFERENT: Final = 1
    SAME: Final = 2
    """The same, or spelt nearly so."""


class Reserve:
    """Why a person may have to look at a pair that columns back."""

    ONLY_PHONE: Final = -1
    """A phone backs the pair that two or three of a list share, and nothing surer."""
    NONE: Final = 0
    ONLY_ADDRESS_OR_CONTACT: Final = 1
    """An address or a person backs the pair, and nothing surer."""
    TWO_REGISTERED_NUMBERS: Final = 2
    """They have two numbers of a register that gives a business one, whatever backs them."""


class Backing:
    """What those columns say of two records that one business has for itself."""

    UNSAID: Final = 0
    AGAINST: Final = 1
    DISPUTED: Final = 2
    """One such column backs the pair and another denies it."""
    FOR: Final = 3


WHOLE_OVERLAP: Final = 100
"""The "overlap" of names that have all of their words in common."""

MANY_LIKEWISE: Final = 2
"""The "habit" from which on it is how the lists write."""

RARE_WORD: Final = 80
"""The "rarest" of names with a word that hardly any other has, in tenths: of 90 that a word can reach."""
