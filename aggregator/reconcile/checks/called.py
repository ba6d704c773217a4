"""Who is called as a pattern says: every name is made plain once, however many patterns there are."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from difflib import get_close_matches

from aggregator.reconcile.policy.policy import fits_plain, plain_text
from aggregator.reconcile.reconciliation import Partner


class Called:
    """Finds the partners that are called as a pattern with * and ? says.

    Args:
        names: The id of a partner and what it is called, as often as it is called anything.
    """

    def __init__(self, names: Iterable[tuple[str, str]]) -> None:
        self._names = sorted({(plain_text(name), partner) for partner, name in names})
        self._found: dict[str, frozenset[str]] = {}

    def fitting(self, pattern: str) -> frozenset[str]:
        """Return the ids of the partners of which a name fits a pattern."""
        if pattern not in self._found:
            self._found[pattern] = frozenset(self._search(plain_text(pattern)))
        return self._found[pattern]

    def _search(self, pattern: str) -> Iterator[str]:
        begin = re.split(r"[*?]", pattern, maxsplit=1)[0]

        def cut(called: tuple[str, str]) -> str:
            return called[0][: len(begin)]

        # Only names that begin with its letters are tried; they stand together.
        near = slice(bisect_left(self._names, begin, key=cut), bisect_right(self._names, begin, key=cut))
        return (partner for name, partner in self._names[near] if fits_plain(pattern, name))


class KnownNames:
    """Finds the name that somebody meant.

    Args:
        names: All there are; of two that differ by case alone, the later one is told.
    """

    def __init__(self, names: Iterable[str]) -> None:
        told = {name.casefold(): name for name in names if name}
        self._plain, self._told = tuple(told), tuple(told.values())
        self._beginning: dict[str, list[int]] = defaultdict(list)
        self._ending: dict[str, list[int]] = defaultdict(list)
        for place, plain in enumerate(told):
            self._beginning[plain[0]].append(place)
            self._ending[plain[-1]].append(place)

    def nearest(self, pattern: str) -> str | None:
        """Return the name that is most like a pattern without its stars, of those that begin or end as it does."""
        wanted = pattern.casefold().strip("*?")
        if not wanted:
            return None
        places = sorted({*self._beginning.get(wanted[0], ()), *self._ending.get(wanted[-1], ())})
        names = {self._plain[place]: self._told[place] for place in places}
        close = get_close_matches(wanted, names, n=1)
        begun = (name for plain, name in names.items() if get_close_matches(wanted, [plain[: len(wanted)]]))
        return names[close[0]] if close else next(begun, None)


def names_of(partner: Partner) -> Iterator[str]:
    """Whatever a person may call a partner by: its name and id, the names on its accounts, the names of its records."""
    yield from (partner.id, partner.name)
    for entry in partner.entries:
        yield from (entry.name, entry.key, f"{entry.account.label}:{entry.id}", *entry.record_keys)
