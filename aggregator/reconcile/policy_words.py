"""What a policy may say, in a file or in code: a word that is not known is an error with the nearest right one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import Final

from aggregator.errors import ConfigurationError

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
_WHOLE: Final = frozenset({"account_number_connections"})


def require_known(table: Iterable[str], known: Iterable[str], where: str, what: str = "setting") -> None:
    """Make sure that words are known.

    Raises:
        ConfigurationError: One is not.
    """
    names = list(known)
    for key in table:
        if key not in names:
            close = get_close_matches(key, names, n=1)
            meant = f"Did you mean {str(close[0])!r}? " if close else ""
            raise ConfigurationError(
                f"{where}: there is no {what} {key!r}.", hint=f"{meant}Known are: {', '.join(sorted(names))}."
            )


def require_threshold(name: str, value: object, where: str) -> None:
    """Make sure that a threshold can be what it is said to be.

    Raises:
        ConfigurationError: It cannot.
    """
    least, most, hint = THRESHOLDS[name]
    kind = int if name in _WHOLE else int | float
    if not isinstance(value, kind) or isinstance(value, bool) or not least <= value <= most:
        raise ConfigurationError(f"{where}: {name} = {value!r} cannot be.", hint=hint)
