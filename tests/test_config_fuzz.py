"""Whatever stands in a settings file, reading it gives accounts or an error of ours that names the file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from attrs import fields
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from aggregator.adapter.base import Adapter
from aggregator.adapter.registry import load_adapter
from aggregator.adapter.unready import Unready
from aggregator.config import config_of, read_config
from aggregator.errors import AggregatorError, ConfigurationError
from aggregator.wire.options import Options

VENDORS = ("crux", "fabric", "commerce_layer")
SETTINGS = sorted({one.name for vendor in VENDORS for one in fields(load_adapter(vendor))} | {"vendor"})
text = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
secret = st.fixed_dictionaries({}, optional={"env": text, "file": text, "keyring": text, "username": text})
scalar = st.one_of(text, st.integers(), st.floats(), st.booleans(), st.datetimes(), st.dates(), st.times())
value = st.recursive(scalar, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(text, inner, max_size=3))
account = st.builds(
    lambda vendor, rest: {"vendor": vendor, **rest},
    st.sampled_from(VENDORS),
    st.dictionaries(st.sampled_from(SETTINGS), value | secret | st.just({"env": "GIVEN"}), max_size=6),
)
options = st.dictionaries(st.sampled_from(sorted(one.name for one in fields(Options))), value, max_size=4)
documents = st.one_of(
    st.dictionaries(st.sampled_from(["accounts", "options", "acounts"]), value, max_size=3),
    st.fixed_dictionaries(
        {"accounts": st.dictionaries(text, account | value, min_size=1, max_size=2)}, optional={"options": options}
    ),
)


@pytest.fixture(autouse=True)
def _given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIVEN", "a-given-secret-0001")


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(document=documents)
def test_any_document_gives_accounts_or_an_error_of_ours(document: dict[str, Any]) -> None:
    """Any value anywhere: what comes out can also say what it would fetch, or says what is wrong."""
    said = ""
    try:
        config = config_of(document, Path("aggregator.toml"))
        said = repr(config)
        assert all(account.listings() for account in config.accounts if isinstance(account, Adapter))
    except AggregatorError as error:
        said += str(error)
    assert "a-given-secret-0001" not in said


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(content=st.binary(max_size=80) | text.map(str.encode))
@example(content=b"x = " + b"[" * 5000)
@example(content=b"x = " + b"9" * 5000)
@example(content=b"\xff\xfe")
@example(content=b'[accounts.a]\nvendor = "crux"\npassword = { file = "\\u0000" }')
@example(content=b'[accounts.a]\nvendor = "crux"\npassword = { env = "\\u0000=" }')
@example(content=b'[accounts.a]\nvendor = "\\u0000"')
@example(content=b'[accounts.a]\nvendor = "crux"\nbase_url = 5')
def test_any_bytes_give_accounts_or_an_error_of_ours(tmp_path: Path, content: bytes) -> None:
    """Any file at all: never a traceback, and no account that could be asked."""
    path = tmp_path / "aggregator.toml"
    path.write_bytes(content)
    said = "an account that cannot be asked"
    try:
        assert all(isinstance(account, Unready) for account in read_config(path).accounts)
    except ConfigurationError as error:
        said = str(error)
    assert said


@pytest.mark.parametrize("name", ["attempts", "token_attempts", "concurrency", "max_body"])
@pytest.mark.parametrize("given", [2.5, True, "3"])
def test_what_is_counted_is_a_whole_number(name: str, given: object) -> None:
    """Half an attempt would only fail later, in the middle of a list."""
    document = {"accounts": {"a": {"vendor": "fabric", "brand_id": 1, "token": {"env": "GIVEN"}}}}
    with pytest.raises(ConfigurationError, match=name):
        config_of({**document, "options": {name: given}}, Path("aggregator.toml"))
