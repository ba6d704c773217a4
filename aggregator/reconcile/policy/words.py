"""What a policy may say, in a file or in code: a word that is not known is an error with the nearest right one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sized
from typing import Final

from aggregator.model import ConnectionStatus
from aggregator.reconcile.finding import ABOUT_EXCEPTIONS, CATALOGUE
from aggregator.reconcile.policy.errors import refused, within
from aggregator.spelling import did_you_mean

_PROBABILITY: Final = (0, 1, "It is a probability, from 0 to 1.")
_DAYS: Final = (0, 36_500, "It is a number of days.")
_SHARE: Final = (0, 1, "It is a share, from 0 to 1.")
_CONNECTIONS: Final = (1, 10**9, "It is a whole number of connections, 1 or more.")
# The least and the most that each can be, and what it is.
THRESHOLDS: Final[Mapping[str, tuple[int, int, str]]] = {
    "match": _PROBABILITY,
    "review": _PROBABILITY,
    "pending_days": _DAYS,
    "onboarding_days": _DAYS,
    "silent_days": _DAYS,
    "trading_days": _DAYS,
    "backorder_days": _DAYS,
    "unallocated_days": _DAYS,
    "account_number_share": _SHARE,
    "account_number_connections": _CONNECTIONS,
}
STATUSES: Final = tuple(one for one in ConnectionStatus if one is not ConnectionStatus.UNKNOWN)
"""What a word can mean."""

_WHOLE: Final = frozenset({"account_number_connections"})


def require_known(table: Iterable[str], known: Iterable[str], what: str = "setting") -> None:
    """Make sure that words are known.

    Raises:
        ConfigurationError: One is not.
    """
    names = list(known)
    for key in table:
        if key not in names:
            raise refused(
                f": there is no {what} {key!r}.", f"{did_you_mean(key, names)}Known are: {', '.join(sorted(names))}."
            )


def require_once(words: Iterable[str], what: str) -> None:
    """Make sure that no word is there twice: what it asks for would be told twice.

    Raises:
        ConfigurationError: One is.
    """
    seen: set[str] = set()
    for word in words:
        if word in seen:
            raise refused(f": the {what} {word!r} is there twice.", "Say it once.")
        seen.add(word)


def require_some(words: Sized, name: str) -> None:
    """Make sure that there is a word: none would fit nobody, in silence.

    Raises:
        ConfigurationError: There is none.
    """
    if not words:
        raise refused(f": {name} is empty.", "Name one or more, or leave it out.")


def require_forgivable(codes: Iterable[str]) -> None:
    """Make sure that codes are of findings that an exception can forgive, which those about exceptions are not.

    Raises:
        ConfigurationError: One is not known, or is about exceptions.
    """
    named = tuple(codes)
    require_known(named, CATALOGUE, "finding")
    for code in named:
        if code in ABOUT_EXCEPTIONS:
            hint = f'Remove the exception that it is about, or write {code} = "off" below [severity].'
            raise refused(f": {code} cannot be forgiven.", hint)


def require_threshold(name: str, value: object) -> None:
    """Make sure that a threshold can be what it is said to be.

    Raises:
        ConfigurationError: It cannot.
    """
    least, most, hint = THRESHOLDS[name]
    kind = int if name in _WHOLE else int | float
    if not isinstance(value, kind) or isinstance(value, bool) or not least <= value <= most:
        raise refused(f": {name} = {value!r} cannot be.", hint)


def plain_word(word: str) -> str:
    """Return a status word as it is compared: without case and outer or doubled blanks."""
    return " ".join(word.casefold().split())


def told_word(word: str | None) -> str | None:
    """Return a status word as it is written; None if it is blank, which says nothing."""
    return word if word and word.strip() else None


def require_status_words(words: Mapping[str, object]) -> None:
    """Make sure that each word means a status, and that none is said twice.

    Raises:
        ConfigurationError: One means none, or two are one.
    """
    seen: dict[str, str] = {}
    for word, status in words.items():
        if not plain_word(word):
            raise refused(f": {word!r} is no word.", "Leave it out: a blank is no status.")
        first = seen.setdefault(plain_word(word), word)
        if first != word:
            raise refused(f": {first!r} and {word!r} are one word.", "Case and blanks do not count: say it once.")
        if not isinstance(status, str):
            raise refused(f", {word!r}: there is no status {status!r}.", _MEANT)
        with within(f", {word!r}"):
            require_known([str(status)], list(map(str, STATUSES)), "status")


_MEANT: Final = (
    f'Say one of {", ".join(STATUSES)}, such as blocked = "suspended". The name of one account, such as '
    '[statuses."crux:acme"], is put in quotes.'
)
