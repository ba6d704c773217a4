"""Accounts come from a settings file, secrets from where they are kept."""

from __future__ import annotations

import sys
from datetime import timedelta
from pathlib import Path

import pytest

from adapters.fabric import Fabric
from aggregator import Secret
from aggregator.adapter.unready import Unready
from aggregator.config import read_config
from aggregator.errors import ConfigurationError, SecretUnavailable

GOOD = """
[accounts.acme]
vendor = "fabric"
brand_id = 500
client_id = "me"
client_secret = { env = "FABRIC_SECRET" }
token_url = "https://auth.fabric.example/token"

[options]
concurrency = 3
"""


def _trouble(path: Path) -> SecretUnavailable:
    """What keeps the one account of a file from being asked."""
    (account,) = read_config(path).accounts
    assert isinstance(account, Unready)
    assert (account.vendor, account.account) == ("fabric", "acme")
    return account.error


def _config(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "aggregator.toml"
    path.write_text(text, "utf-8")
    return path


@pytest.fixture(autouse=True)
def _secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FABRIC_SECRET", "hush-hush-hush")


def test_an_account_is_made_from_its_table(tmp_path: Path) -> None:
    """The heading names the account, the secret comes from the environment, options are read."""
    config = read_config(_config(tmp_path, GOOD))
    (adapter,) = config.accounts
    assert isinstance(adapter, Fabric)
    assert (adapter.vendor, adapter.account) == ("fabric", "acme")
    assert adapter.client_secret == Secret("hush-hush-hush")
    assert config.options.concurrency == 3
    assert "hush-hush-hush" not in repr(config)


def test_an_account_says_where_people_see_its_records(tmp_path: Path) -> None:
    """One address for all records or one for each kind; a wrong one is told with the place in the file."""
    said = 'token_url = "https://auth.fabric.example/token"'
    one = GOOD.replace(said, f'{said}\nrecord_page = "https://x.test/{{id}}"')
    each = GOOD.replace(said, f'{said}\nrecord_page = {{ connection = "https://x.test/{{id}}" }}')
    for text, kind in ((one, None), (each, "connection")):
        (account,) = read_config(_config(tmp_path, text)).accounts
        assert isinstance(account, Fabric)
        (page,) = account.record_page
        assert (page.template, page.kind) == ("https://x.test/{id}", kind)
    with pytest.raises(ConfigurationError, match=r"\[accounts.acme\]: record_page: there is no {key}; there are {id}"):
        read_config(_config(tmp_path, one.replace("{id}", "{key}")))


@pytest.mark.parametrize(
    ("said", "wanted"), [("90", timedelta(days=90)), ('"90"', timedelta(days=90)), ('"all"', True), ('"none"', False)]
)
def test_orders_are_asked_for_in_the_settings(tmp_path: Path, said: str, wanted: bool | timedelta) -> None:
    """A number of days, all of them, or none; without the line, none."""
    assert read_config(_config(tmp_path, f"orders = {said}\n{GOOD}")).orders == wanted
    assert read_config(_config(tmp_path, GOOD)).orders is False


@pytest.mark.parametrize("said", ["true", "0", "-1", '"some"', "90.5", "1000000", '"1000000000000"', "[1]"])
def test_orders_that_cannot_be_asked_for(tmp_path: Path, said: str) -> None:
    """Anything else is refused, with what could be said instead."""
    with pytest.raises(ConfigurationError, match=r"aggregator\.toml, orders: .*number of days"):
        read_config(_config(tmp_path, f"orders = {said}\n{GOOD}"))


def test_a_secret_may_be_kept_in_a_file(tmp_path: Path) -> None:
    """As containers have it: the file's text without blanks and line breaks around it, of which no secret is made."""
    (tmp_path / "secret").write_text(" a-secret-from-a-file \r\n\n")
    text = GOOD.replace('env = "FABRIC_SECRET"', f'file = "{tmp_path / "secret"}"')
    (adapter,) = read_config(_config(tmp_path, text)).accounts
    assert isinstance(adapter, Fabric)
    assert adapter.client_secret == Secret("a-secret-from-a-file")


class _Keyring:
    """A keyring that holds one secret."""

    @staticmethod
    def get_password(service: str, username: str) -> str | None:
        return "from-the-keyring" if (service, username) == ("fabric", "ada") else None


_IN_KEYRING = GOOD.replace('env = "FABRIC_SECRET"', 'keyring = "fabric", username = "ada"')


def test_a_secret_may_be_kept_in_the_keyring(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The system's keyring is asked by service and user name."""
    monkeypatch.setitem(sys.modules, "keyring", _Keyring)
    (adapter,) = read_config(_config(tmp_path, _IN_KEYRING)).accounts
    assert isinstance(adapter, Fabric)
    assert adapter.client_secret == Secret("from-the-keyring")


def test_a_keyring_that_holds_nothing_says_how_to_fill_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The message gives the command that puts the secret there."""
    monkeypatch.setitem(sys.modules, "keyring", _Keyring)
    assert "keyring set fabric bob" in str(_trouble(_config(tmp_path, _IN_KEYRING.replace("ada", "bob"))))


class _Locked:
    """A keyring that is locked."""

    @staticmethod
    def get_password(service: str, username: str) -> str | None:
        raise RuntimeError("No recommended backend was available")


def test_a_keyring_that_cannot_be_read_says_what_else_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a server without a keyring, the message names the environment as another place for the secret."""
    monkeypatch.setitem(sys.modules, "keyring", _Locked)
    said = str(_trouble(_config(tmp_path, _IN_KEYRING)))
    assert "cannot be read" in said
    assert "env = " in said


def test_without_the_extra_a_keyring_is_one_human_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where keyring is not installed, the message says how to install it."""
    monkeypatch.setitem(sys.modules, "keyring", None)
    assert "connection-aggregator[keyring]" in str(_trouble(_config(tmp_path, _IN_KEYRING)))


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("[accounts.acme]", "[acounts.acme]", "Did you mean 'accounts'"),
        ('vendor = "fabric"', 'vendor = "fabrik"', "no adapter named 'fabrik'.*commerce_layer.*fabric"),
        ('vendor = "fabric"', "", "names no vendor"),
        ("brand_id", "brandid", "no setting 'brandid'.*Did you mean 'brand_id'"),
        ('client_secret = { env = "FABRIC_SECRET" }', 'client_secret = "hush"', "written out in the file"),
        ('env = "FABRIC_SECRET"', 'vault = "x"', "does not say where the secret is kept"),
        ("https://auth", "http://auth", "unencrypted"),
        ("concurrency = 3", "concurency = 3", "Did you mean 'concurrency'"),
        ("concurrency = 3", "concurrency = 0", "cannot be used"),
        ("concurrency = 3", 'concurrency = "many"', "cannot be used"),
        ("[options]", "[options", "is not TOML"),
        ("[accounts.acme]", "[[accounts]]", "names no account"),
    ],
)
def test_a_slip_is_named_with_its_place(tmp_path: Path, before: str, after: str, said: str) -> None:
    """A typo, a missing variable or a secret in clear is one sentence that names the file and says what to do."""
    path = _config(tmp_path, GOOD.replace(before, after))
    with pytest.raises(ConfigurationError, match=f"(?s){said}") as caught:
        read_config(path)
    assert "aggregator.toml" in str(caught.value) or "adapter named" in str(caught.value)
    assert "hush" not in str(caught.value)


@pytest.mark.parametrize(
    ("kept", "said"),
    [
        ('env = "NOT_SET_ANYWHERE"', "the environment variable NOT_SET_ANYWHERE is not set. Set NOT_SET_ANYWHERE."),
        ('file = "/nowhere/at/all"', "/nowhere/at/all cannot be read. Check the path and its rights."),
        ('file = "/dev/null"', "/dev/null is empty. Put the secret into it."),
        ('file = "\\u0000"', "cannot be read"),
    ],
)
def test_a_secret_that_cannot_be_had_costs_its_account(tmp_path: Path, kept: str, said: str) -> None:
    """The account is there and says why it cannot be asked; another one is as if nothing had happened."""
    other = GOOD.replace("accounts.acme", "accounts.other").partition("[options]")[0]
    path = _config(tmp_path, GOOD.replace('env = "FABRIC_SECRET"', kept))
    assert "aggregator.toml, [accounts.acme], client_secret: " in str(_trouble(path))
    assert said in str(_trouble(path))
    path.write_text(f"{path.read_text()}{other}")
    accounts = read_config(path).accounts
    assert [(one.account, type(one)) for one in accounts] == [("acme", Unready), ("other", Fabric)]


def test_all_secrets_of_an_account_that_cannot_be_had_are_told(tmp_path: Path) -> None:
    """Whoever mends one need not run again to hear of the next."""
    both = GOOD.replace("FABRIC_SECRET", "NOT_SET_ONE") + "\n"
    both = both.replace("[options]", 'token = { env = "NOT_SET_TWO" }\n\n[options]')
    said = str(_trouble(_config(tmp_path, both)))
    assert "client_secret: the environment variable NOT_SET_ONE is not set." in said
    assert "token: the environment variable NOT_SET_TWO is not set." in said


def test_a_missing_file_says_how_to_name_another() -> None:
    """Without a settings file the error tells of --config."""
    with pytest.raises(ConfigurationError, match="--config"):
        read_config(Path("/nowhere/aggregator.toml"))


def test_a_file_without_accounts_says_how_to_begin(tmp_path: Path) -> None:
    """An empty settings file is answered with the first two lines of a good one."""
    with pytest.raises(ConfigurationError, match=r"\[accounts.acme\]"):
        read_config(_config(tmp_path, ""))


def test_the_heading_alone_names_the_account(tmp_path: Path) -> None:
    """A key `account` would name it a second time: it is refused, and not offered as one that is known."""
    with pytest.raises(ConfigurationError, match=r"no setting 'account'\. The heading is your name for the account"):
        read_config(_config(tmp_path, GOOD.replace("brand_id", 'account = "x"\nbrand_id')))
    with pytest.raises(ConfigurationError, match="no setting 'brand'") as caught:
        read_config(_config(tmp_path, GOOD.replace("brand_id", "brand")))
    assert "account" not in caught.value.hint
    assert "vendor" in caught.value.hint


@pytest.mark.parametrize(
    ("named", "key"),
    [('env = ""', "env"), ('env = " "', "env"), ('file = ""', "file"), ('keyring = "k", username = ""', "username")],
)
def test_a_secret_kept_nowhere_is_a_slip_in_the_settings(tmp_path: Path, named: str, key: str) -> None:
    """An empty name is no variable that may be set tomorrow, so nothing is collected; what to write is told."""
    with pytest.raises(ConfigurationError, match=rf"client_secret: {key} is empty\. Write {{ env = ") as caught:
        read_config(_config(tmp_path, GOOD.replace('env = "FABRIC_SECRET"', named)))
    assert not isinstance(caught.value, SecretUnavailable)


@pytest.mark.parametrize("name", ["max_wait", "connect_timeout", "read_timeout", "answer_timeout", "token_timeout"])
@pytest.mark.parametrize("said", ['"x"', "true", "nan", "inf", "[1]", "1" + "0" * 400])
def test_seconds_are_numbers(tmp_path: Path, name: str, said: str) -> None:
    """Anything else is told with the name of the option and what it must be."""
    text = GOOD.replace("concurrency = 3", f"{name} = {said}")
    with pytest.raises(ConfigurationError, match=rf"\[options\] cannot be used: {name} must be a number of seconds"):
        read_config(_config(tmp_path, text))


def test_seconds_have_a_least(tmp_path: Path) -> None:
    """A number that is none of a time-out is refused, one with a fraction is not."""
    assert read_config(_config(tmp_path, GOOD.replace("concurrency = 3", "max_wait = 0.5"))).options.max_wait == 0.5
    with pytest.raises(ConfigurationError, match="'read_timeout' must be > 0: -1"):
        read_config(_config(tmp_path, GOOD.replace("concurrency = 3", "read_timeout = -1")))


def test_an_address_for_records_that_there_are_not_is_refused(tmp_path: Path) -> None:
    """The kinds are those of the account's own platform; one that is misspelt would link to nothing, in silence."""
    said = 'token_url = "https://auth.fabric.example/token"'
    for kind, more in (("conection", "Did you mean 'connection'?"), ("organization", "There are: connection")):
        text = GOOD.replace(said, f'{said}\nrecord_page = {{ {kind} = "https://x.test/{{id}}" }}')
        with pytest.raises(
            ConfigurationError, match=rf"record_page: there are no records of the kind '{kind}'"
        ) as caught:
            read_config(_config(tmp_path, text))
        assert more in str(caught.value)
