"""Which words of names are legal forms, and what those of each name are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from aggregator.reconcile.matching.reading.initials import first_letters
from aggregator.reconcile.matching.reading.vocabulary import STOP
from aggregator.reconcile.matching.reading.word_numbers import among, listed_kinds

if TYPE_CHECKING:
    import numpy.typing as npt

    from aggregator.reconcile.matching.reading.vocabulary import Vocabulary


def legal_mask(
    flat: npt.NDArray[np.int32], row: npt.NDArray[np.int32], words: list[str], shipped: Vocabulary
) -> npt.NDArray[np.bool_]:
    """Say which words are legal forms; never all that a name has, or AMBA and COOP would be empty."""
    form = among(words, shipped.forms)
    loose, behind = np.zeros(len(words), bool), np.zeros(len(words), bool)
    for number in np.flatnonzero(form).tolist():
        loose[number], behind[number] = shipped.forms[words[number]].loose, shipped.forms[words[number]].last
    legal = form[flat] if flat.size else np.zeros(0, bool)
    if not flat.size:
        return legal
    first = np.r_[True, row[1:] != row[:-1]]
    final = np.r_[row[1:] != row[:-1], True]
    at_the_last = final | np.r_[(legal & final)[1:], False]
    legal &= ~loose[flat] | first | at_the_last
    legal &= ~behind[flat] | (at_the_last & ~first)
    stop = listed_kinds(words, shipped) == STOP
    left = np.bincount(row, weights=~legal & ~stop[flat], minlength=int(row[-1]) + 1)
    return np.asarray(legal & ((left[row] > 0) | ~first))


def form_masks(
    flat: npt.NDArray[np.int32], row: npt.NDArray[np.int32], words: list[str], shipped: Vocabulary, rows: int
) -> tuple[npt.NDArray[np.uint64], npt.NDArray[np.uint8]]:
    """Return for each name a bit mask of its legal forms, and one of their families.

    Args:
        flat: the words that are legal forms.
        row: the name of each.
        words: every word, by number.
        shipped: the legal forms.
        rows: how many names there are.
    """
    forms, families = np.zeros(rows, np.uint64), np.zeros(rows, np.uint8)
    form_bits, family_bits = np.zeros(len(words), np.uint64), np.zeros(len(words), np.uint8)
    for number in np.flatnonzero(among(words, shipped.forms)).tolist():
        form_bits[number] = shipped.forms[words[number]].forms
        family_bits[number] = shipped.forms[words[number]].families
    np.bitwise_or.at(forms, row, form_bits[flat])
    np.bitwise_or.at(families, row, family_bits[flat])
    return forms, families


def form_letters(
    flat: npt.NDArray[np.int32], row: npt.NDArray[np.int32], words: list[str], rows: int
) -> npt.NDArray[np.int8]:
    """Return the first letter of each name's first legal form, 1 to 26, 0 for none: the last one of FDIC and BHEL."""
    letters = np.zeros(rows, np.int8)
    letters[row[::-1]] = first_letters(words)[flat[::-1]]
    return letters
