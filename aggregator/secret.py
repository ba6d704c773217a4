"""Credentials that cannot be printed by accident, and the means to mask them wherever they slipped through."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable
from typing import Any
from urllib.parse import quote, quote_plus

MASK = "***"

# A value this short stands in so many innocent words that masking it would garble every message.
SHORTEST_MASKED = 4

# In a platform's own data more is at stake: a shorter value may be a part of an id or a name, and a partner whose id
# was garbled would be called missing. Tokens and client secrets are longer.
SHORTEST_MASKED_IN_DATA = 16

# Without a lock, for every log line is masked, and the garbage collector may run meanwhile and close what waits for a
# thread that logs: to set a key and to copy the keys are each one step in Python.
_known: dict[str, None] = {}


class Secret:
    """A credential: compares and hashes by value, prints as ***, and is masked in logs and errors while it lives."""

    __slots__ = ("_value",)

    def __init__(self, value: str | Secret) -> None:
        self._value: str = value.reveal() if isinstance(value, Secret) else value
        _remember(self._value)

    def reveal(self) -> str:
        """Return the value itself; call it only where it goes onto the wire."""
        return self._value

    def __repr__(self) -> str:
        return f"Secret({MASK!r})"

    def __str__(self) -> str:
        return MASK

    def __bool__(self) -> bool:
        return bool(self._value)

    def __eq__(self, other: object) -> bool:
        return self._value == other._value if isinstance(other, Secret) else NotImplemented

    def __hash__(self) -> int:
        return hash(self._value)

    def __copy__(self) -> Secret:
        return self

    def __deepcopy__(self, _: dict[int, object]) -> Secret:
        return self

    def __reduce__(self) -> Any:  # noqa: ANN401 - the protocol's type
        raise TypeError("a Secret is not written to disk or sent to another process")


def _remember(value: str) -> None:
    if len(value) >= SHORTEST_MASKED:
        for one in _spellings(value):
            _known[one] = None


def _spellings(value: str) -> set[str]:
    in_json = json.dumps(value)[1:-1]
    return {value, quote(value, safe=""), quote_plus(value), in_json, in_json.replace("/", "\\/"), repr(value)[1:-1]}


def mask(text: str) -> str:
    """Return `text` with every credential this process knows replaced by ***."""
    found = [value for value in tuple(_known) if value in text]
    for value in sorted(found, key=len, reverse=True):
        text = text.replace(value, MASK)
    return text


def mask_data(content: bytes, secrets: Iterable[Secret]) -> bytes:
    """Return an answer's bytes with every long one of these credentials replaced by ***.

    A platform that echoes what it was sent would else have it kept in each snapshot. Credentials of others are left
    alone: a platform issues what it likes, and could take any text out of another's answers by issuing it.
    """
    known = {one for secret in secrets for one in _spellings(secret.reveal())}
    values = [value.encode("utf-8", "surrogatepass") for value in known if len(value) >= SHORTEST_MASKED_IN_DATA]
    for value in sorted((value for value in values if value in content), key=len, reverse=True):
        content = content.replace(value, MASK.encode())
    return content


class MaskingFilter(logging.Filter):
    """A log filter that masks credentials by value, those that were issued a moment ago too."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrite the record if it holds a credential; it is never dropped."""
        try:
            message = record.getMessage()
        except Exception:  # noqa: BLE001 - a log line that cannot be formatted must not break the call it speaks of
            record.msg, record.args = f"{record.msg} {record.args!r}", ()
            message = record.msg
        masked = mask(message)
        if masked != message:
            record.msg, record.args = masked, ()
        if record.exc_info and record.exc_info[1] is not None:
            # Without the exception itself, which other formatters would print unmasked.
            record.exc_text, record.exc_info = mask(logging.Formatter().formatException(record.exc_info)), None
        if record.stack_info:
            record.stack_info = mask(record.stack_info)
        return True


# The loggers that see requests, of httpx and of its successor: httpcore's write headers at DEBUG, httpx's whole URLs at
# INFO.
_WATCHED = (
    "aggregator",
    "stamina",
    *(
        f"{name}{version}{part}"
        for version in ("", "2")
        for name, parts in (("httpx", ("",)), ("httpcore", (".connection", ".http11", ".http2", ".proxy", ".socks")))
        for part in parts
    ),
)


def install_masking() -> None:
    """Mask credentials in the log lines of every library that sees a request; calling it again changes nothing."""
    # A filter sees only what its own logger is told, not what the loggers below it are.
    below = [
        name for name in logging.root.manager.loggerDict if name.startswith(("aggregator.", "httpcore.", "httpcore2."))
    ]
    for name in (*_WATCHED, *below):
        logger = logging.getLogger(name)
        if not any(isinstance(known, MaskingFilter) for known in logger.filters):
            logger.addFilter(MaskingFilter())
    # Without a handler of its own, each retry would be printed to standard error by logging's last resort.
    stamina = logging.getLogger("stamina")
    if not any(isinstance(known, logging.NullHandler) for known in stamina.handlers):
        stamina.addHandler(logging.NullHandler())
