"""What a policy written in code may hold: plain words become what they mean, anything else is told where it is written.

Else a text would be taken letter by letter, and a slip end in an odd error much later, or in a policy without effect.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sized
from datetime import date, datetime
from typing import Any, Final

from attrs import Attribute

from aggregator.model import ConnectionStatus, Role
from aggregator.reconcile.finding import CATALOGUE, Severity
from aggregator.reconcile.policy.errors import refused, within
from aggregator.reconcile.policy.words import require_known, require_some, require_status_words

OFF: Final = "off"
"""The severity of a finding that is switched off."""


def _severity_of(word: object) -> Severity | None:
    if word is None or word == OFF:
        return None
    require_known([str(word)], [*Severity, OFF], "severity")
    return Severity(str(word))


def severities_of(said: Mapping[str, Severity | str | None]) -> dict[str, Severity | None]:
    """Return the severity of each code.

    Raises:
        ConfigurationError: A code or a word is not known.
    """
    _require_mapping(said, "severities", '{"missing": "error"}')
    require_known(said, CATALOGUE, "finding")
    severities = {}
    for code, word in said.items():
        with within(f", {code}"):
            severities[code] = _severity_of(word)
    return severities


def role_of(said: Role | str | None) -> Role | None:
    """Return the role of a word.

    Raises:
        ConfigurationError: It is none.
    """
    if said is None:
        return None
    with within(", role"):
        require_known([str(said)], list(Role), "role")
    return Role(str(said))


def statuses_of(said: Iterable[ConnectionStatus | str]) -> frozenset[ConnectionStatus]:
    """Return the status of each of one word or more.

    Raises:
        ConfigurationError: One is none, or there are none.
    """
    if isinstance(said, str):
        raise refused(f": status = {said!r} is no set.", f"Write status={{{said!r}}}.")
    words = tuple(map(str, said))
    require_some(words, "status")
    with within(", status"):
        require_known(words, list(ConnectionStatus), "status")
    return frozenset(map(ConnectionStatus, words))


def meanings_of(said: Mapping[str, ConnectionStatus | str]) -> dict[str, ConnectionStatus]:
    """Return the status that each word of a platform means.

    Raises:
        ConfigurationError: A word means no status, or is there twice.
    """
    _require_mapping(said, "words", '{"Gesperrt": "suspended"}')
    require_status_words(said)
    return {word: ConnectionStatus(status) for word, status in said.items()}


def is_day(_: object, field: Attribute[date], said: object) -> None:
    """Make sure that a day is one, and no time of it.

    Raises:
        ConfigurationError: It is not.
    """
    if isinstance(said, datetime) or not isinstance(said, date):
        hint = f"Give a date, such as {field.name}=date(2027, 1, 31)."
        raise refused(f": {field.name} = {said!r} is no day.", hint)


def is_text(_: object, field: Attribute[str], said: object) -> None:
    """Make sure that a text is one, and not blank.

    Raises:
        ConfigurationError: It is not.
    """
    if not isinstance(said, str) or not said.strip():
        hint = f'Write a text: {field.name}="…".'
        raise refused(f": {field.name} = {said!r} says nothing.", hint)


def are(kind: type) -> Callable[[object, Attribute[Any], object], None]:
    """Return what makes sure that values are several of a kind.

    A text would be taken letter by letter; that there is only one is told.
    """
    what = "a text" if kind is str else f"of {kind.__name__}"

    def check(_: object, field: Attribute[Any], said: object) -> None:
        name = field.name
        if isinstance(said, kind):
            hint = f"Write it with a comma: {name}=({said!r},)."
            raise refused(f": {name} = {said!r} is not in a tuple.", hint)
        if not isinstance(said, tuple | list):
            hint = f"Each in it must be {what}."
            raise refused(f": {name} = {said!r} is no tuple.", hint)
        for one in said:
            if not isinstance(one, kind):
                hint = f"Each must be {what}."
                raise refused(f": {one!r} cannot be in {name}.", hint)

    return check


def some(_: object, field: Attribute[Any], said: Sized) -> None:
    """Make sure that there is one or more.

    Raises:
        ConfigurationError: There is none.
    """
    require_some(said, field.name)


def _require_mapping(said: object, name: str, example: str) -> None:
    if not isinstance(said, Mapping):
        raise refused(f": {name} = {said!r} is no dict.", f"Such as {name}={example}.")
