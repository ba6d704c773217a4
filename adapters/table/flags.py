"""Columns that say a status though they are not called so: "Active" and "Blocked" say yes or no, "State" a word."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from adapters.table.headings import plain
from adapters.table.nothing import said
from adapters.table.text import Row
from aggregator.reconcile.profiles import folded

_YES: Final = frozenset(
    ("true", "t", "yes", "y", "1", "x", "ja", "j", "oui", "o", "si", "s", "sim", "wahr", "vrai", "tak", "ano", "igen",
     "da", "evet", "kylla")
)  # fmt: skip
_NO: Final = frozenset(
    ("false", "f", "no", "n", "0", "nein", "non", "nao", "nee", "falsch", "faux", "nej", "nei", "nie", "ne", "nem",
     "nu", "hayir", "ei")
)  # fmt: skip


class Flag(NamedTuple):
    """A column that says yes or no.

    Attributes:
        column: Its number.
        yes: The status that a yes means.
        no: The status that a no means; empty if it means none.
    """

    column: int
    yes: str
    no: str


# What is not blocked or deleted need not be active.
_MEANINGS: Final[Mapping[str, tuple[str, str]]] = {
    **dict.fromkeys(
        ("active", "is active", "enabled", "is enabled", "enabled flag", "valid for", "aktiv", "actif", "activo",
         "attivo", "ativo", "actief", "aktywny", "aktivni", "aktivny", "aktif", "aktiivinen"),
        ("active", "inactive"),
    ),
    **dict.fromkeys(
        ("inactive", "is inactive", "disabled", "is disabled", "inaktiv", "inactif", "inactivo", "nieaktywny",
         "pasif"),
        ("inactive", "active"),
    ),
    **dict.fromkeys(
        ("deleted", "is deleted", "archived", "is archived", "closed", "deletion flag",
         "flagged for deletion", "loevm", "loschvormerkung", "zentrale loschvormerkung", "geloscht", "archiviert",
         "anulado", "ferme"),
        ("deleted", ""),
    ),
    **dict.fromkeys(
        ("blocked", "is blocked", "gesperrt", "sperre", "sperr", "bloque", "bloqueado", "spaerret", "sperret",
         "sparrad"),
        ("suspended", ""),
    ),
}  # fmt: skip


_STATES: Final = frozenset(
    ("active", "inactive", "enabled", "disabled", "open", "closed", "pending", "suspended", "blocked", "ended",
     "terminated", "archived", "deleted")
)  # fmt: skip


def says_status(chosen: Mapping[str, int], headings: Sequence[str], rows: Sequence[Row]) -> bool:
    """Whether the column "State" does not say in which state a partner is, but whether it is active."""
    if "region" not in chosen or plain(headings[chosen["region"]]).split()[-1:] != ["state"]:
        return False
    words = {said(row.cells[chosen["region"]]).casefold() for row in rows} - {""}
    return bool(words) and words <= _STATES


def find_flag(headings: Sequence[str], rows: Sequence[Row]) -> Flag | None:
    """Return the first column of that kind in which nothing is said but yes and no, and one of them is."""
    for at, heading in enumerate(headings):
        meaning = _MEANINGS.get(plain(heading))
        if meaning is None:
            continue
        words = {folded(said(row.cells[at])) for row in rows} - {""}
        if words and words <= _YES | _NO:
            return Flag(at, *meaning)
    return None


def statuses(flag: Flag, rows: Sequence[Row]) -> list[str]:
    """Return the status of each row; empty where nothing is said."""
    words = {**dict.fromkeys(_YES, flag.yes), **dict.fromkeys(_NO, flag.no)}
    return [words.get(folded(row.cells[flag.column]), "") for row in rows]
