"""Which words of names are legal forms, and what those of each name are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from aggregator.reconcile.matching.reading.initials import first_letters
from aggregator.reconcile.matching.reading.vocabulary import STOP
from aggregator.reconcile.matching.reading.word_numbers import among, listed_kinds

if TYPE_CHECKING:
    import numpy.typing as npt

    from aggregator.reconcile.matching.reading.flat_words import FlatWords
    from aggregator.reconcile.matching.reading.vocabulary import Vocabulary


def legal_mask(flat: FlatWords, words: list[str], shipped: Vocabulary) -> npt.NDArray[np.bool_]:
    """Say which words are legal forms; never all that a name has, or AMBA and COOP would be empty.

    Args:
        flat: the words of the names.
        words: every word, by number.
        shipped: the legal forms.
    """
    form = among(words, shipped.forms)
    loose, behind = np.zeros(len(words), bool), np.zeros(len(words), bool)
    for place in np.flatnonzero(form).tolist():
        loose[place], behind[place] = shipped.forms[words[place]].loose, shipped.forms[words[place]].last
    number, row = flat.number, flat.row
    if not number.size:
        return np.zeros(0, bool)
    legal, first, last = form[number], flat.first, flat.last
    at_the_last = last | np.r_[(legal & last)[1:], False]
    legal &= ~loose[number] | first | at_the_last
    legal &= ~behind[number] | (at_the_last & ~first)
    stop = listed_kinds(words, shipped) == STOP
    left = np.bincount(row, weights=~legal & ~stop[number], minlength=int(row[-1]) + 1)
    return np.asarray(legal & ((left[row] > 0) | ~first))


def form_masks(
    flat: FlatWords, words: list[str], shipped: Vocabulary, rows: int
) -> tuple[npt.NDArray[np.uint64], npt.NDArray[np.uint8]]:
    """Return for each name a bit mask of its legal forms, and one of their families.

    Args:
        flat: the words of the names that are legal forms.
        words: every word, by number.
        shipped: the legal forms.
        rows: how many names there are.
    """
    forms, families = np.zeros(rows, np.uint64), np.zeros(rows, np.uint8)
    form_bits, family_bits = np.zeros(len(words), np.uint64), np.zeros(len(words), np.uint8)
    for number in np.flatnonzero(among(words, shipped.forms)).tolist():
        form_bits[number] = shipped.forms[words[number]].forms
        family_bits[number] = shipped.forms[words[number]].families
    np.bitwise_or.at(forms, flat.row, form_bits[flat.number])
    np.bitwise_or.at(families, flat.row, family_bits[flat.number])
    return forms, families


def form_letters(flat: FlatWords, words: list[str], rows: int) -> npt.NDArray[np.int8]:
    """Return the first letter of each name's first legal form, 1 to 26, 0 for none: the last one of FDIC and BHEL."""
    letters = np.zeros(rows, np.int8)
    letters[flat.row[::-1]] = first_letters(words)[flat.number[::-1]]
    return letters
