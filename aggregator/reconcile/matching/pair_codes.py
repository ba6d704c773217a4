"""Two numbers in one, so that pairs can be sorted, looked up and told apart as numbers are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, overload

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import numpy.typing as npt

    Ints = npt.NDArray[np.int64]
    Codes = npt.NDArray[np.uint64]

_BITS: Final = 32
_LOWER: Final = (1 << _BITS) - 1
_PART: Final = 1 << 20
"""Pairs packed at a time, which bounds the memory."""
ODD: Final = np.uint64(0x9E3779B97F4A7C15)
"""By which a code is multiplied before another is added, so that their order counts: the golden ratio in 64 bits."""


@overload
def packed(left: int, right: int) -> int: ...
@overload
def packed(left: Ints, right: Ints) -> Ints: ...
def packed(left: int | Ints, right: int | Ints) -> int | Ints:
    """Pack pairs; codes are in the order of the pairs."""
    return (left << _BITS) | right


def packed_either_way(one: Ints, other: Ints) -> Ints:
    """Pack pairs with the lower number first, whichever comes first."""
    # In place and bit by bit: of a million names there are tens of millions of pairs.
    codes = np.minimum(one, other)
    codes <<= _BITS
    for start in range(0, codes.size, _PART):
        part = slice(start, start + _PART)
        codes[part] |= np.maximum(one[part], other[part])
    return codes


def packed_each(pairs: Iterable[tuple[int, int]]) -> Ints:
    """Pack pairs one by one, in their order."""
    return np.array([packed(left, right) for left, right in pairs], np.int64)


def each_once(found: Sequence[Ints]) -> Ints:
    """Return all codes of several arrays once, in order."""
    codes = np.concatenate(found)
    # Sorting beats the hashing of numpy.unique on millions of distinct codes.
    codes.sort()
    return codes[np.r_[True, codes[1:] != codes[:-1]]] if codes.size else codes


def each_with_inverse(codes: Ints) -> tuple[Ints, Ints]:
    """Return all codes once, in order, and where each given one stands among these.

    As numpy.unique does; by sorting, which is several times faster than its hashing on codes of words.
    """
    order = np.argsort(codes, kind="stable")
    ordered = codes[order]
    new = np.ones(codes.size, bool)
    new[1:] = ordered[1:] != ordered[:-1]
    back = np.empty(codes.size, np.int64)
    back[order] = np.cumsum(new) - 1
    return ordered[new], back


def places_of(wanted: Ints, known: Ints) -> Ints:
    """Return where each code stands among others that are in order; -1 where it is not among them."""
    if not known.size:
        return np.full(wanted.size, -1)
    places = np.searchsorted(known, wanted)
    return np.where(known[np.minimum(places, known.size - 1)] == wanted, places, -1)


def counted_within(sizes: Ints) -> Ints:
    """Count the members of groups that are this large, in each anew: of two and of three 0, 1, 0, 1, 2."""
    before = np.cumsum(sizes) - sizes
    return np.arange(int(sizes.sum())) - np.repeat(before, sizes)


def unpacked(codes: Ints) -> tuple[Ints, Ints]:
    """Return the left and the right numbers of packed pairs."""
    return codes >> _BITS, codes & _LOWER


def mixed(code: Codes, other: Codes | None = None) -> Codes:
    """Return codes as different as drawn by chance (splitmix64), of one number or of two.

    Args:
        code: the numbers.
        other: others to mix them with.
    """
    code = (code + np.uint64(1)) * ODD if other is None else code * ODD + other
    code = (code ^ (code >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    code = (code ^ (code >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return np.asarray(code ^ (code >> np.uint64(31)))
