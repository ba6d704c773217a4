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
from collections.abc import Callable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final, TypeVar

from attrs import evolve

from aggregator.adapter.registry import record_kinds
from aggregator.devices import read_whole
from aggregator.errors import ConfigurationError, NotReadable
from aggregator.model.record_page import check_kinds, record_pages
from aggregator.reconcile.policy.errors import refused, told_at, within
from aggregator.reconcile.policy.policy import Expectation, Policy, PolicyException, PolicyLink, PolicyStatuses
from aggregator.reconcile.policy.words import THRESHOLDS, require_known

_Read = TypeVar("_Read")

_UNTIL: Final = "Write a date alone, without a time and without quotes: until = 2027-01-31."


def read_policy(path: str | Path) -> Policy:
    """Return the policy in a file.

    Raises:
        ConfigurationError: It cannot be used; the message names the place in the file and what to do.
    """
    if path == "":
        raise ConfigurationError("The path of the policy is empty.", hint="Name its file, or leave the policy out.")
    document = _parse(Path(path))
    with told_at(f"{path}"):
        return _policy(document)


def _parse(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(read_whole(path).decode("utf-8-sig"))
    except FileNotFoundError as error:
        raise ConfigurationError(
            f"There is no policy file {path}.", hint="Write one, or leave the policy out."
        ) from error
    except OSError as error:
        raise NotReadable(f"{path} cannot be read: {error.strerror}.") from error
    except (ValueError, RecursionError) as error:  # a number of thousands of digits is no TOMLDecodeError
        raise ConfigurationError(f"{path} is not TOML: {error}.", hint="See https://toml.io.") from error


def _policy(document: Mapping[str, Any]) -> Policy:
    """Make the policy part by part, so that what it refuses is told at the part that says it."""
    require_known(document, ("thresholds", "severity", "compare", "expect", "exception", "link", "statuses"))
    thresholds, compare = _table(document, "thresholds"), _table(document, "compare")
    with within(", [thresholds]"):
        policy = _with_thresholds(thresholds)
    with within(", [compare]"):
        require_known(compare, ("fields",))
    policy = evolve(policy, expectations=_expectations(document))
    severities = _table(document, "severity")
    with within(", [severity]"):
        policy = evolve(policy, severities=severities)
    if "fields" in compare:
        with within(", [compare], fields"):
            policy = evolve(policy, fields=_texts(compare["fields"]))
    return evolve(
        policy,
        exceptions=_each(document, "exception", _exception),
        links=_each(document, "link", _link),
        statuses=_statuses(_table(document, "statuses")),
    )


def _table(document: Mapping[str, Any], name: str) -> dict[str, Any]:
    table = document.get(name, {})
    if not isinstance(table, dict):
        raise refused(f": {name!r} is no table.", f"Write a heading [{name}].")
    return table


def _each(document: Mapping[str, Any], name: str, read: Callable[[dict[str, Any]], _Read]) -> tuple[_Read, ...]:
    """Read each table of a name."""
    found = document.get(name, [])
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        raise refused(f": {name!r} is no list of tables.", f"Write [[{name}]] above each.")
    said = []
    for number, one in enumerate(found, start=1):
        with within(f", [[{name}]] number {number}"):
            said.append(read(one))
    return tuple(said)


def _with_thresholds(table: Mapping[str, Any]) -> Policy:
    require_known(table, THRESHOLDS)
    policy = Policy(**table)
    if table.get("review", 0) > table.get("match", 1):
        raise refused(": review is above match.", "A pair is reviewed below match.")
    return policy


def _expectations(document: Mapping[str, Any]) -> tuple[Expectation, ...] | None:
    return _each(document, "expect", _expectation) if "expect" in document else None


def _expectation(table: Mapping[str, Any]) -> Expectation:
    require_known(table, ("accounts", "role", "status", "name", "listed_in"))
    if not table.get("accounts"):
        raise refused(" names no accounts.", 'Such as accounts = ["crux:*"].')
    texts = {name: _texts_of(table, name) for name in ("status", "listed_in", "accounts") if name in table}
    return Expectation(role=table.get("role"), name=_text(table, "name"), **texts)


def _exception(table: Mapping[str, Any]) -> PolicyException:
    require_known(table, ("partner", "codes", "accounts", "until", "reason"))
    until, reason = table.get("until"), table.get("reason")
    if isinstance(until, datetime) or not isinstance(until, date):
        said = "does not say until when" if until is None else f"says until when in another form: {until}"
        raise refused(f" {said}.", _UNTIL)
    if not isinstance(reason, str) or not reason.strip():
        raise refused(" gives no reason.", 'Such as reason = "moves in January".')
    texts = {name: _texts_of(table, name) for name in ("codes", "accounts") if name in table}
    return PolicyException(reason=reason, until=until, partner=_text(table, "partner"), **texts)


def _link(table: Mapping[str, Any]) -> PolicyLink:
    require_known(table, ("accounts", "record_page"))
    for key, example in (("accounts", '["partners"]'), ("record_page", '"https://crm.example.com/partners/{id}"')):
        if not table.get(key):
            raise refused(f" names no {key}.", f"Such as {key} = {example}.")
    try:
        pages = record_pages(table["record_page"])
        if any(page.kind is not None for page in pages):
            check_kinds(pages, record_kinds())
    except ValueError as error:
        raise refused(f", record_page: {error}.") from error
    return PolicyLink(accounts=_texts_of(table, "accounts"), pages=pages)


def _statuses(table: Mapping[str, Any]) -> tuple[PolicyStatuses, ...]:
    """Read the words of all accounts, and below each pattern of accounts its own."""
    own = {name: words for name, words in table.items() if isinstance(words, dict)}
    of_all = {word: status for word, status in table.items() if word not in own}
    said = [(of_all, (), ""), *((words, (name,), f".{name!r}") for name, words in own.items())]
    return tuple(_words_of(words, accounts, of) for words, accounts, of in said if words)


def _words_of(words: Mapping[str, Any], accounts: tuple[str, ...], of: str) -> PolicyStatuses:
    with within(f", [statuses{of}]"):
        return PolicyStatuses(words=words, accounts=accounts)


def _text(table: Mapping[str, Any], name: str) -> str | None:
    value = table.get(name)
    if value is not None and not isinstance(value, str):
        raise refused(f": {name} = {value!r} is no text.", "Put it in quotes.")
    if value is not None and not value.strip():
        raise refused(f": {name} is blank.", "Write a pattern, or leave it out.")
    return value


def _texts_of(table: Mapping[str, Any], name: str) -> tuple[str, ...]:
    with within(f", {name}"):
        return _texts(table[name])


def _texts(value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise refused(" is no list of texts.", 'Such as ["one", "two"].')
    return tuple(value)
