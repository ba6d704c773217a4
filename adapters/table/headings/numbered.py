"""Headings of a partner's number, in two words: whose it is and what it is, as "Supp No", "Kred.-Nr." and "SUPP_CD"."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import product
from typing import Any, Final

_SHORTEST: Final = 4
"""Letters of two words that are written as one: of fewer, too many are other words."""


def numbered_headings(groups: Iterable[Mapping[str, Any]], what: str) -> Iterator[str]:
    """Yield the headings of one kind of number, those of partners before those of any account.

    Args:
        groups: Words of a language, or of several: whose a number is, and what it is, by its kind.
        what: The kind: "account_number", "id" or "codes".
    """
    for group in groups:
        for whose, number, between in product(group["whose"], group[what], group["apart"]):
            first, second = (number, whose) if group.get("turned") else (whose, number)
            if between or len(first) + len(second) >= _SHORTEST:
                yield f"{first}{between}{second}"


def without_known(words: Iterable[str], known: Collection[str]) -> tuple[str, ...]:
    """Return the words that do not say something else already."""
    return tuple(word for word in words if word not in known)
