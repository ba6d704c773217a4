"""A policy from a TOML file; a word that is not known is an error, never passed over.

[thresholds]
pending_days = 14

[severity]
missing = "error"
name-conflict = "off"

[statuses]
Gesperrt = "suspended"

[statuses."fabric:*"]
A = "active"

[[expect]]
accounts = ["crux:*", "fabric:*"]
role = "supplier"
listed_in = ["partners"]

[[exception]]
partner = "Acme*"
codes = ["missing"]
until = 2027-01-31
reason = "moves to fabric in January"

[[link]]
accounts = ["partners"]
record_page = "https://crm.example.com/partners/{id}"
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from aggregator.errors import ConfigurationError
from aggregator.model import ConnectionStatus, Role
from aggregator.model.record_page import record_pages
from aggregator.reconcile.finding import CATALOGUE, Severity
from aggregator.reconcile.policy.policy import (
    FIELDS,
    LIVE,
    Expectation,
    Policy,
    PolicyException,
    PolicyLink,
    PolicyStatuses,
)
from aggregator.reconcile.policy.values import severity_of
from aggregator.reconcile.policy.words import (
    THRESHOLDS,
    require_forgivable,
    require_known,
    require_some,
    require_status_words,
    require_threshold,
)

_UNTIL: Final = "Write a date alone, without a time and without quotes: until = 2027-01-31."


def read_policy(path: str | Path) -> Policy:
    """Return the policy in a file.

    Raises:
        ConfigurationError: It cannot be used; the message names the place in the file and what to do.
    """
    if path == "":
        raise ConfigurationError("The path of the policy is empty.", hint="Name its file, or leave the policy out.")
    document = _parse(Path(path))
    where = f"{path}"
    require_known(document, ("thresholds", "severity", "compare", "expect", "exception", "link", "statuses"), where)
    thresholds = _thresholds(_table(document, "thresholds", where), f"{where}, [thresholds]")
    compare = _table(document, "compare", where)
    require_known(compare, ("fields",), f"{where}, [compare]")
    return Policy(
        expectations=_expectations(document, where),
        severities=_severities(_table(document, "severity", where), f"{where}, [severity]"),
        fields=_words(compare.get("fields", list(FIELDS)), FIELDS, f"{where}, [compare], fields"),
        exceptions=tuple(_exception(one, at) for one, at in _tables(document, "exception", where)),
        links=tuple(_link(one, at) for one, at in _tables(document, "link", where)),
        statuses=_statuses(_table(document, "statuses", where), f"{where}, [statuses"),
        **thresholds,
    )


def _parse(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except FileNotFoundError as error:
        raise ConfigurationError(
            f"There is no policy file {path}.", hint="Write one, or leave the policy out."
        ) from error
    except OSError as error:
        raise ConfigurationError(f"{path} cannot be read: {error.strerror}.") from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigurationError(f"{path} is not TOML: {error}.", hint="See https://toml.io.") from error


def _table(document: Mapping[str, Any], name: str, where: str) -> dict[str, Any]:
    table = document.get(name, {})
    if not isinstance(table, dict):
        raise ConfigurationError(f"{where}: {name!r} is no table.", hint=f"Write a heading [{name}].")
    return table


def _tables(document: Mapping[str, Any], name: str, where: str) -> list[tuple[dict[str, Any], str]]:
    found = document.get(name, [])
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        raise ConfigurationError(f"{where}: {name!r} is no list of tables.", hint=f"Write [[{name}]] above each.")
    return [(one, f"{where}, [[{name}]] number {number}") for number, one in enumerate(found, start=1)]


def _thresholds(table: Mapping[str, Any], where: str) -> dict[str, Any]:
    require_known(table, THRESHOLDS, where)
    for name, value in table.items():
        require_threshold(name, value, where)
    if table.get("review", 0) > table.get("match", 1):
        raise ConfigurationError(f"{where}: review is above match.", hint="A pair is reviewed below match.")
    return dict(table)


def _severities(table: Mapping[str, Any], where: str) -> dict[str, Severity | None]:
    require_known(table, CATALOGUE, where, "finding")
    return {code: severity_of(word, f"{where}, {code}") for code, word in table.items()}


def _expectations(document: Mapping[str, Any], where: str) -> tuple[Expectation, ...] | None:
    if "expect" not in document:
        return None
    return tuple(_expectation(one, at) for one, at in _tables(document, "expect", where))


def _expectation(table: Mapping[str, Any], where: str) -> Expectation:
    require_known(table, ("accounts", "role", "status", "name", "listed_in"), where)
    if not table.get("accounts"):
        raise ConfigurationError(f"{where} names no accounts.", hint='Such as accounts = ["crux:*"].')
    role = table.get("role")
    statuses = _words(table.get("status", sorted(LIVE)), list(ConnectionStatus), f"{where}, status")
    listed_in = None if "listed_in" not in table else _words(table["listed_in"], None, f"{where}, listed_in")
    for name, words in (("status", statuses), ("listed_in", listed_in)):
        if words is not None:
            require_some(words, name, where)
    return Expectation(
        accounts=_words(table["accounts"], None, f"{where}, accounts"),
        role=None if role is None else Role(_words([role], list(Role), f"{where}, role")[0]),
        status=frozenset(map(ConnectionStatus, statuses)),
        name=_text(table, "name", where),
        listed_in=listed_in,
    )


def _exception(table: Mapping[str, Any], where: str) -> PolicyException:
    require_known(table, ("partner", "codes", "accounts", "until", "reason"), where)
    until, reason = table.get("until"), table.get("reason")
    if isinstance(until, datetime) or not isinstance(until, date):
        said = "does not say until when" if until is None else f"says until when in another form: {until}"
        raise ConfigurationError(f"{where} {said}.", hint=_UNTIL)
    if not isinstance(reason, str) or not reason.strip():
        raise ConfigurationError(f"{where} gives no reason.", hint='Such as reason = "moves in January".')
    codes = _words(table.get("codes", []), None, f"{where}, codes")
    require_forgivable(codes, f"{where}, codes")
    accounts = _words(table.get("accounts", []), None, f"{where}, accounts")
    partner = _text(table, "partner", where)
    return PolicyException(reason=reason, until=until, partner=partner, codes=codes, accounts=accounts)


def _link(table: Mapping[str, Any], where: str) -> PolicyLink:
    require_known(table, ("accounts", "record_page"), where)
    for key, example in (("accounts", '["partners"]'), ("record_page", '"https://crm.example.com/partners/{id}"')):
        if not table.get(key):
            raise ConfigurationError(f"{where} names no {key}.", hint=f"Such as {key} = {example}.")
    try:
        pages = record_pages(table["record_page"])
    except ValueError as error:
        raise ConfigurationError(f"{where}, record_page: {error}.") from error
    return PolicyLink(accounts=_words(table["accounts"], None, f"{where}, accounts"), pages=pages)


def _statuses(table: Mapping[str, Any], where: str) -> tuple[PolicyStatuses, ...]:
    """Read the words of all accounts, and below each pattern of accounts its own."""
    own = {name: words for name, words in table.items() if isinstance(words, dict)}
    of_all = {word: status for word, status in table.items() if word not in own}
    said = [(of_all, (), f"{where}]"), *((words, (name,), f"{where}.{name!r}]") for name, words in own.items())]
    return tuple(_words_of(words, accounts, at) for words, accounts, at in said if words)


def _words_of(words: Mapping[str, Any], accounts: tuple[str, ...], where: str) -> PolicyStatuses:
    require_status_words(words, where)
    return PolicyStatuses(words={word: ConnectionStatus(said) for word, said in words.items()}, accounts=accounts)


def _text(table: Mapping[str, Any], name: str, where: str) -> str | None:
    value = table.get(name)
    if value is not None and not isinstance(value, str):
        raise ConfigurationError(f"{where}: {name} = {value!r} is no text.", hint="Put it in quotes.")
    if value is not None and not value.strip():
        raise ConfigurationError(f"{where}: {name} is blank.", hint="Write a pattern, or leave it out.")
    return value


def _words(value: object, known: Iterable[str] | None, where: str) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise ConfigurationError(f"{where} is no list of texts.", hint='Such as ["one", "two"].')
    if known is not None:
        require_known(value, known, where, "word")
    return tuple(value)
