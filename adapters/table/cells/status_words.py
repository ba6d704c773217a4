"""What the words mean that tables say in a column of statuses."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Final, NamedTuple

from aggregator.model import ConnectionStatus, OrganizationStatus

ACTIVE: Final = (
    "active", "live", "enabled", "aktiv", "actif", "activo", "activa", "attivo", "attiva", "ativo", "ativa", "actief",
    "aktywny", "aktywna", "aktif", "akti̇f", "aktivní", "aktívny", "активен", "активный", "启用", "有効",
)  # fmt: skip
_APPROVED: Final = (
    "open", "approved", "verified", "confirmed", "connected", "current", "onboarded", "freigegeben", "alta",
)  # fmt: skip
_PENDING: Final = (
    "pending", "new", "invited", "requested", "onboarding", "waiting", "neu", "ausstehend", "en attente", "pendiente",
    "in attesa", "pendente",
)  # fmt: skip
INACTIVE: Final = (
    "inactive", "deactivated", "disabled", "not active", "not-active", "non-active", "inaktiv", "nicht aktiv",
    "inactif", "inactivo", "inactiva", "inattivo", "inattiva", "inativo", "inativa", "inactief", "nieaktywny",
    "nieaktywna", "pasif", "pasi̇f", "inaktivní", "neaktivní", "neaktívny", "неактивен", "неактивный", "停用", "無効",
)  # fmt: skip
DELETED: Final = (
    "deleted", "archived", "closed", "gelöscht", "archiviert", "fermé", "clôturé", "cerrado", "chiuso", "gesloten",
)  # fmt: skip
ENDED: Final = (
    "ended", "terminated", "cancelled", "canceled", "expired", "former", "discontinued", "dissolved", "disconnected",
    "rejected", "declined", "withdrawn", "close", "gekündigt", "beendet", "baja", "de baja", "cessato", "cessata",
)  # fmt: skip
BLOCKED: Final = (
    "blocked", "on hold", "gesperrt", "bloqué", "bloqueado", "suspendido", "suspenso", "sospeso", "bloccato", "spærret",
    "sperret", "spärrad", "zablokowany", "geblokkeerd", "blocat", "letiltva", "заблокирован",
)  # fmt: skip
"""Words of a relation that is held up; no status of an organization, so that they are looked up as they stand."""

STATUSES: Final[Mapping[str, OrganizationStatus]] = {
    **dict.fromkeys((*ACTIVE, *_APPROVED), OrganizationStatus.ACTIVE),
    **dict.fromkeys(_PENDING, OrganizationStatus.PENDING),
    **dict.fromkeys((*INACTIVE, *DELETED, *ENDED), OrganizationStatus.DEACTIVATED),
}
"""In small letters, which those of a Turkish "PASİF" are with a dot of its own."""

_KNOWN: Final = frozenset((*STATUSES, *ConnectionStatus))
_LETTERS: Final = {"a": "active", "i": "inactive"}

_BEFORE: Final = re.compile(r"\A(?:\d{1,3}\s*[-\N{EN DASH}—:.)]|[●○•◦■□▪◆▶🟢🔴🟡🟠🔵⚪⚫])\s*")
"""What lists put before a word: its number, or a sign to see it from afar; never one that may deny it, as "!" does."""

_SINCE: Final = re.compile(r"\s+(?:since|seit|depuis|desde|dal|sinds)\s+\d[\d./-]{3,9}\Z")


class StatusRead(NamedTuple):
    """A status word that was read.

    Attributes:
        status: What it means.
        word: The table's own word; without what stands around it if it alone can say the status.
        is_known: Whether it is known.
    """

    status: OrganizationStatus
    word: str
    is_known: bool


def letters(words: Iterable[str]) -> Mapping[str, str]:
    """Return what the letters in a column mean: A is active beside I, which is not; alone it may be any class."""
    return _LETTERS if {word.casefold() for word in set(words) if word} == _LETTERS.keys() else {}


def known_word(word: str) -> str:
    """Return the word that is known of a status such as "1 - Active", "● Active", "Inactive since 2024-05-01"."""
    small = word.casefold()
    return small if small in _KNOWN else _bare(small)


@lru_cache(maxsize=4096)
def _bare(word: str) -> str:
    inner = _SINCE.sub("", _BEFORE.sub("", word))
    return inner if inner in _KNOWN else ""


def read_status(word: str, known: Mapping[str, str]) -> StatusRead:
    """Return what a status word means; `known` are the letters of its column."""
    meant = known.get(word.casefold()) or known_word(word)
    status = STATUSES.get(meant, OrganizationStatus.UNKNOWN)
    # No organization's status is "suspended": the word says it, which is looked up as it stands.
    if status is OrganizationStatus.UNKNOWN and meant and meant != word.casefold():
        word = meant
    return StatusRead(status, word, bool(meant))


def says_ended(word: str, known: Mapping[str, str]) -> bool:
    """Whether a status word says that the relation has ended."""
    return read_status(word, known).status is OrganizationStatus.DEACTIVATED
