"""Finds the entry that a person means."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property
from typing import Protocol

from aggregator.errors import ConfigurationError
from aggregator.reconcile.entries import Account
from aggregator.reconcile.folding import folded


def spaced(name: str) -> str:
    """Return a name with single blanks, as a decisions file holds it: one line, whatever the id looks like."""
    return " ".join(name.split())


class Named(Protocol):
    """An entry, as far as it has names."""

    @property
    def key(self) -> str:
        """Its lasting name."""
        ...

    @property
    def account(self) -> Account:
        """Whose partner it is."""
        ...

    @property
    def id(self) -> str:
        """The platform's own id."""
        ...

    @property
    def name(self) -> str:
        """What the account calls it."""
        ...

    @property
    def record_keys(self) -> tuple[str, ...]:
        """The keys of its records."""
        ...


class References:
    """Entries by every name that a person may write for them.

    Sure names are the entry's key, the key of one of its records, and ACCOUNT:ID; a person at the terminal may also
    write the id or the partner's name alone. Entries of one account, id and name are one business by what their list
    says: any of them stands for all.
    """

    def __init__(self, entries: Iterable[Named]) -> None:
        self._entries = tuple(entries)

    @cached_property
    def _sure(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = defaultdict(set)
        for entry in self._entries:
            for name in (entry.key, *entry.record_keys, f"{entry.account.label}:{entry.id}"):
                found[name].add(entry.key)
        return found

    @cached_property
    def _spaced(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = defaultdict(set)
        for name, keys in self._sure.items():
            found[spaced(name)] |= keys
        return found

    @cached_property
    def _loose(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = defaultdict(set)
        for entry in self._entries:
            for name in (entry.id, entry.name.casefold()):
                found[name].add(entry.key)
        return found

    def find(self, name: str) -> str | None:
        """Return the key of the entry of a sure name; None if there is none, or several."""
        found = self._sure.get(name) or self._spaced.get(spaced(name), set())
        if len(found) > 1 and name not in found and self._are_one(found):
            return min(found)
        return next(iter(found)) if len(found) == 1 else (name if name in found else None)

    def _are_one(self, keys: Iterable[str]) -> bool:
        named = {(one.account, one.id, folded(one.name)) for one in map(self._by_key.__getitem__, keys)}
        return len(named) == 1

    @cached_property
    def _by_key(self) -> dict[str, Named]:
        return {entry.key: entry for entry in self._entries}

    def choose(self, name: str) -> str:
        """Return the key of the entry that a person at the terminal means.

        Raises:
            ConfigurationError: None is called so, or several are.
        """
        sure = self.find(name)
        if sure is not None:
            return sure
        found = self._loose.get(name) or self._loose.get(name.casefold(), set())
        if not found:
            raise ConfigurationError(
                f"No record is called {name!r}.", hint="Write its id, ACCOUNT:ID, or the partner's name in full."
            )
        if len(found) > 1:
            shown = ", ".join(sorted(found)[:6])
            raise ConfigurationError(f"{len(found)} records are called {name!r}: {shown}.", hint="Write one of these.")
        return next(iter(found))
