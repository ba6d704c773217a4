"""Accounts from a settings file, secrets from where they are kept.

    orders = 90

    [accounts.acme-retail]
    vendor = "crux"
    username = "ada@acme.example"
    password = { env = "CRUX_PASSWORD" }

    [options]
    concurrency = 4

Secrets are named there, never written there. A secret that cannot be had is the trouble of its account alone.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Iterable, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any, get_type_hints

from attrs import fields, frozen

from aggregator.adapter.base import Adapter
from aggregator.adapter.registry import load_adapter
from aggregator.adapter.unready import STAND_IN, Unready
from aggregator.devices import read_whole
from aggregator.errors import ConfigurationError, NotReadable, SecretUnavailable
from aggregator.secret import Secret
from aggregator.spelling import did_you_mean
from aggregator.wire.options import Options

DEFAULT_FILE = "aggregator.toml"
_MOST_DAYS = 36_500
_WHERE_KEPT = 'Write { env = "NAME" }, { file = "/run/secrets/name" } or { keyring = "service", username = "name" }.'


@frozen(kw_only=True)
class Config:
    """What a settings file says.

    Attributes:
        accounts: The accounts, also those that cannot be asked, in the order of the file.
        options: Time-outs, patience and caps.
        orders: Whether purchase orders are collected along: none, all, or those of so long a time.
    """

    accounts: tuple[Adapter | Unready, ...]
    options: Options
    orders: bool | timedelta = False


def read_config(path: Path) -> Config:
    """Return the accounts and options of a settings file.

    Raises:
        ConfigurationError: It cannot be used; the message names the place in the file and what to do.
    """
    return config_of(_parse(path), path)


def config_of(document: Mapping[str, Any], path: Path) -> Config:
    """Return the accounts and options of a parsed settings file; `path` is what messages call it.

    Raises:
        ConfigurationError: It cannot be used; the message names the place in the file and what to do.
    """
    _refuse_unknown(document, {"accounts", "options", "orders"}, f"{path}")
    accounts = document.get("accounts")
    if not isinstance(accounts, dict) or not accounts:
        raise ConfigurationError(
            f"{path} names no account.", hint='Begin with a table like [accounts.acme] and vendor = "crux" in it.'
        )
    return Config(
        accounts=tuple(_account(f"{path}, [accounts.{name}]", name, table) for name, table in accounts.items()),
        options=_options(f"{path}, [options]", document.get("options", {})),
        orders=wanted_orders(f"{path}, orders", document.get("orders", "none")),
    )


def wanted_orders(where: str, said: object) -> bool | timedelta:
    """Return which orders are collected along: none, all, or those of so many days.

    Args:
        where: Where it is said, for the error.
        said: "none", "all", or a number of days.

    Raises:
        ConfigurationError: It is none of these.
    """
    if said in ("none", "all"):
        return said == "all"
    days = int(said) if isinstance(said, str) and re.fullmatch("[0-9]{1,9}", said) else said
    if not isinstance(days, int) or isinstance(days, bool) or not 0 < days <= _MOST_DAYS:
        raise ConfigurationError(
            f"{where}: {said!r} cannot be.", hint='Give a number of days, such as 90, or "all", or "none".'
        )
    return timedelta(days=days)


def _parse(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(read_whole(path).decode("utf-8-sig"))
    except FileNotFoundError as error:
        raise ConfigurationError(
            f"There is no settings file {path}.", hint="Write one, or name another (the command by --config)."
        ) from error
    except OSError as error:
        raise NotReadable(f"{path} cannot be read: {error.strerror}.") from error
    except (ValueError, RecursionError) as error:  # a number of thousands of digits is no TOMLDecodeError
        raise ConfigurationError(f"{path} is not TOML: {error}.", hint="See https://toml.io.") from error


def _refuse_unknown(table: Mapping[str, object], known: Iterable[str], where: str) -> None:
    for key in table:
        if key not in set(known):
            raise ConfigurationError(
                f"{where}: there is no setting {key!r}.",
                hint=f"{did_you_mean(key, known)}Known are: {', '.join(sorted(known))}.",
            )


def _account(where: str, name: str, table: object) -> Adapter | Unready:
    if not isinstance(table, dict):
        raise ConfigurationError(f"{where} is no table.", hint="Write the account's settings below a heading of it.")
    if not name.strip():
        raise ConfigurationError(f"{where}: an account needs a name.", hint="Such as [accounts.acme].")
    vendor = table.get("vendor")
    if not isinstance(vendor, str):
        raise ConfigurationError(f"{where} names no vendor.", hint='Add a line such as vendor = "crux".')
    adapter = load_adapter(vendor)
    if "account" in table:
        raise ConfigurationError(
            f"{where}: there is no setting 'account'.", hint="The heading is your name for the account."
        )
    _refuse_unknown(table, {"vendor", *(one.name for one in fields(adapter))} - {"account"}, where)
    settings = {**{key: value for key, value in table.items() if key != "vendor"}, "account": name}
    references = {key: settings[key] for key in settings if key in _secret_fields(adapter)}
    described = _described(adapter, {**settings, **dict.fromkeys(references, STAND_IN)}, where)
    troubles: list[SecretUnavailable] = []
    for key, named in references.items():
        try:
            settings[key] = _secret(f"{where}, {key}", named)
        except SecretUnavailable as error:
            troubles.append(error)
    if troubles:
        return Unready(adapter=adapter, account=name.strip(), error=_together(troubles), described=described)
    try:
        return _make(adapter, settings, where)
    except ConfigurationError as error:
        if described is None:
            raise
        # All is well but for what the secrets are, such as one with a line break inside.
        trouble = SecretUnavailable(error.message, hint=error.hint)
        return Unready(adapter=adapter, account=described.account, error=trouble, described=described)


def _described(adapter: type[Adapter], settings: Mapping[str, Any], where: str) -> Adapter | None:
    try:
        return _make(adapter, settings, where)
    except ConfigurationError:
        return None


def _together(troubles: list[SecretUnavailable]) -> SecretUnavailable:
    if len(troubles) == 1:
        return troubles[0]
    return SecretUnavailable(" ".join(map(str, troubles)))


def _make(adapter: type[Adapter], values: Mapping[str, Any], where: str) -> Adapter:
    try:
        return adapter(**values)
    except ConfigurationError as error:
        raise ConfigurationError(f"{where}: {error.message}", hint=error.hint) from error
    except (TypeError, ValueError) as error:
        raise ConfigurationError(f"{where} cannot be used: {error}.", hint="See the adapter's page.") from error


def _secret_fields(adapter: type[Adapter]) -> set[str]:
    hints = get_type_hints(adapter)
    return {one.name for one in fields(adapter) if "Secret" in str(hints[one.name])}


def _secret(where: str, named: object) -> Secret:
    """Fetch a secret from where the settings say it is kept.

    Raises:
        SecretUnavailable: It is not there.
        ConfigurationError: The settings do not say where that is.
    """
    if isinstance(named, str):
        raise ConfigurationError(
            f"{where} is written out in the file.",
            hint='Name where it is kept instead: { env = "NAME_OF_A_VARIABLE" }.',
        )
    blank = [key for key, value in named.items() if not str(value).strip()] if isinstance(named, dict) else []
    if blank:  # a slip in the settings, and no secret that may be there tomorrow
        raise ConfigurationError(f"{where}: {blank[0]} is empty.", hint=_WHERE_KEPT)
    match named:
        case {"env": str(name), **rest} if not rest:
            return _from_environment(where, name)
        case {"file": str(path), **rest} if not rest:
            return _from_file(where, Path(path))
        case {"keyring": str(service), "username": str(user), **rest} if not rest:
            return _from_keyring(where, service, user)
    raise ConfigurationError(
        f"{where} does not say where the secret is kept.",
        hint=_WHERE_KEPT,
    )


def _from_environment(where: str, name: str) -> Secret:
    value = os.environ.get(name, "").strip()
    if not value:
        raise SecretUnavailable(f"{where}: the environment variable {name} is not set.", hint=f"Set {name}.")
    return Secret(value)


def _from_file(where: str, path: Path) -> Secret:
    try:
        value = path.read_text("utf-8").strip()
    except (OSError, ValueError) as error:  # no UTF-8, or a NUL in its name
        raise SecretUnavailable(f"{where}: {path} cannot be read.", hint="Check the path and its rights.") from error
    if not value:
        raise SecretUnavailable(f"{where}: {path} is empty.", hint="Put the secret into it.")
    return Secret(value)


def _from_keyring(where: str, service: str, user: str) -> Secret:
    try:
        import keyring  # noqa: PLC0415 - an extra
    except ModuleNotFoundError as error:
        raise SecretUnavailable(
            f"{where}: keyring is not installed.", hint="Try: pip install 'connection-aggregator[keyring]'."
        ) from error
    try:
        value = keyring.get_password(service, user)
    except Exception as error:  # whatever a backend raises: none is installed, it is locked, the user said no
        raise SecretUnavailable(
            f"{where}: the keyring cannot be read ({type(error).__name__}).",
            hint='Unlock it, or keep the secret in an environment variable: { env = "NAME" }.',
        ) from error
    if not value:
        raise SecretUnavailable(
            f"{where}: the keyring holds nothing for {user!r} at {service!r}.",
            hint=f"Try: keyring set {service} {user}.",
        )
    return Secret(value)


def _options(where: str, table: object) -> Options:
    if not isinstance(table, dict):
        raise ConfigurationError(f"{where} is no table.", hint="Write the options below a heading [options].")
    _refuse_unknown(table, {one.name for one in fields(Options)} - {"hooks"}, where)
    try:
        return Options(**table)
    except (TypeError, ValueError) as error:
        raise ConfigurationError(f"{where} cannot be used: {error.args[0]}.") from error
