"""Finds the entry that a person means."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Final, Protocol

from aggregator.errors import ConfigurationError
from aggregator.reconcile.entries import TABLE, Account
from aggregator.reconcile.folding import folded

_SHOWN: Final = 6
"""So many of several records of one name are shown."""

_LONGEST: Final = 60
"""So much of a name is shown, which may be as long as a book."""


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


def sure_names(entry: Named) -> Iterator[str]:
    """Yield the names by which decisions may speak of an entry.

    A row of a table goes on being called by the key that its id makes, also once another row has that id too.
    """
    yield from (entry.key, *entry.record_keys, f"{entry.account.label}:{entry.id}")
    if entry.account.vendor == TABLE:
        yield f"{TABLE}:{entry.account.name}:organization:{entry.id}"


class References:
    """Entries by every name that a person may write for them.

    Sure names are those of `sure_names`; a person at the terminal may also write the id or the partner's name alone.
    Entries of one account, id and name are one business by what their list says: any of them stands for all.
    """

    def __init__(self, entries: Iterable[Named]) -> None:
        self._entries = tuple(entries)

    @cached_property
    def _sure(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = defaultdict(set)
        for entry in self._entries:
            for name in sure_names(entry):
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
        found = self._of_sure_name(name)
        if len(found) > 1 and name not in found and self._are_one(found):
            return min(found)
        return next(iter(found)) if len(found) == 1 else (name if name in found else None)

    def _of_sure_name(self, name: str) -> set[str]:
        return self._sure.get(name) or self._spaced.get(spaced(name), set())

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
        found = self._of_sure_name(name) or self._loose.get(name) or self._loose.get(name.casefold(), set())
        if not found:
            raise ConfigurationError(
                f"No record is called {name!r}.", hint="Write its id, ACCOUNT:ID, or the partner's name in full."
            )
        if not self._are_one(found):
            raise ConfigurationError(
                f"{len(found):,} records are called {name!r}: {self._told_apart(sorted(found))}.",
                hint="Write one of these keys, in quotes: there may be blanks in it.",
            )
        return min(found)

    def _told_apart(self, keys: list[str]) -> str:
        """The keys, with what their entries are called where that says which is meant."""
        names = [self._by_key[key].name for key in keys]
        differ = len(set(map(folded, names))) > 1
        shown = [f"{key} is {_short(name)!r}" if differ else key for key, name in zip(keys, names, strict=True)]
        return "; ".join(shown[:_SHOWN]) + (f"; and {len(shown) - _SHOWN:,} more" if len(shown) > _SHOWN else "")


def _short(name: str) -> str:
    return name if len(name) <= _LONGEST else f"{name[:_LONGEST]}…"
