"""A secret that cannot be had costs the one account that needs it, and no other."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from aggregator import Aggregator, AsyncAggregator, CollectFailed, Snapshot, reconcile
from aggregator.cli import run
from aggregator.sandbox import Sandbox, World

Capture = pytest.CaptureFixture[str]

WHERE = "aggregator.toml, [accounts.shop], token: the environment variable NOT_SET_ANYWHERE is not set."


@pytest.fixture(scope="module")
def served() -> Iterator[Sandbox]:
    """A small world of today."""
    with Sandbox(World.generate(12, as_of=datetime.now(UTC))) as sandbox:
        yield sandbox


@pytest.fixture(autouse=True)
def _settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, served: Sandbox) -> None:
    """The account `shop` stands first, and its secret is nowhere."""
    monkeypatch.chdir(tmp_path)
    crux, fabric = served.vendors["crux"], served.vendors["fabric"]
    monkeypatch.setenv("GOOD_TOKEN", crux.credentials["token"])
    monkeypatch.delenv("NOT_SET_ANYWHERE", raising=False)
    Path("aggregator.toml").write_text(
        f'[accounts.shop]\nvendor = "fabric"\nbase_url = "{fabric.base_url}"\nretailer_id = 500\n'
        f'token = {{ env = "NOT_SET_ANYWHERE" }}\n'
        f'[accounts.acme]\nvendor = "crux"\nbase_url = "{crux.base_url}"\ntoken = {{ env = "GOOD_TOKEN" }}\n'
    )


def _change(before: str, after: str) -> None:
    path = Path("aggregator.toml")
    text = path.read_text()
    assert before in text
    path.write_text(text.replace(before, after))


def test_collect_keeps_the_others_and_names_the_account(capsys: Capture) -> None:
    """The exit code is that of an incomplete list; the account, the reference and what to do are said once."""
    assert run(["collect", "--json"]) == 4
    said = capsys.readouterr()
    assert said.err.count(WHERE) == 1
    assert "Set NOT_SET_ANYWHERE." in said.err
    shop, acme, *_ = json.loads(said.out)["listings"]
    assert (shop["vendor"], shop["account"], shop["operation"]) == ("fabric", "shop", "connections")
    assert shop["coverage"]["stop"] == "failure"
    assert shop["coverage"]["failure"]["code"] == "SecretUnavailable"
    assert acme["account"] == "acme"
    assert acme["coverage"]["complete"]


def test_every_list_of_the_account_is_failed_its_orders_too(capsys: Capture) -> None:
    """Nobody on it can be called silent, and its orders are no empty list; the trouble is told once all the same."""
    crux = Path("aggregator.toml").read_text().split("[accounts.acme]")[1]
    Path("aggregator.toml").write_text(
        f"[accounts.shop]{crux.replace('GOOD_TOKEN', 'NOT_SET_ANYWHERE')}[accounts.acme]{crux}"
    )
    assert run(["collect", "--orders", "all", "--json"]) == 4
    said = capsys.readouterr()
    shop = [one for one in json.loads(said.out)["listings"] if one["account"] == "shop"]
    assert {"connections", "orders"} <= {one["operation"] for one in shop}
    assert not any(one["coverage"]["complete"] for one in shop)
    assert said.err.count("NOT_SET_ANYWHERE is not set") == 1


def test_nobody_is_called_missing_from_it(capsys: Capture) -> None:
    """The snapshot remembers that the account failed, so that whether a partner is there nobody can tell."""
    assert run(["collect", "--out", "snapshots"]) == 4
    capsys.readouterr()
    result = reconcile(Snapshot.load(Path("snapshots/latest")))
    codes = {finding.code for finding in result.findings if "fabric:shop" in finding.accounts}
    assert "cannot-tell" in codes
    assert "incomplete-account" in codes
    assert "missing" not in codes
    told = next(finding for finding in result.findings if finding.code == "incomplete-account")
    assert WHERE.rstrip(".") in told.message


def test_if_all_accounts_lack_their_secret_it_is_the_call(capsys: Capture) -> None:
    """Then nothing can be collected, and the exit code is that of settings to mend."""
    _change("GOOD_TOKEN", "NOT_SET_ANYWHERE")
    assert run(["collect"]) == 2
    assert "[accounts.shop]" in (said := capsys.readouterr().err)
    assert "[accounts.acme]" in said


def test_a_snapshot_for_which_nobody_was_asked_is_not_the_latest(
    monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    """Settings to mend do not take the last good snapshot away; as soon as one account is asked, `latest` moves."""
    assert run(["collect"]) == 4
    assert "`latest` stays" not in capsys.readouterr().err
    before = Path("snapshots/latest").resolve()
    monkeypatch.delenv("GOOD_TOKEN")
    assert run(["collect"]) == 2
    assert "`latest` stays" in capsys.readouterr().err
    assert Path("snapshots/latest").resolve() == before
    (unasked,) = (one for one in Path("snapshots").iterdir() if one.resolve() != before)
    assert Snapshot.load(unasked).unasked
    monkeypatch.setenv("GOOD_TOKEN", "a-token-that-is-refused")
    assert run(["collect"]) == 2
    assert Path("snapshots/latest").resolve() not in {before, unasked.resolve()}


def test_a_typo_beside_a_missing_secret_is_still_told_at_once(capsys: Capture) -> None:
    """A setting that there is not is a wrong call, whether or not the secret can be had."""
    _change("retailer_id = 500", "retailer_id = 500\nbrand = 3")
    assert run(["collect"]) == 2
    assert "there is no setting 'brand'" in capsys.readouterr().err


def test_an_account_that_lacks_more_than_its_secret_fails_alone_too(capsys: Capture) -> None:
    """Nobody can say what it would list, and yet nothing is called missing from it."""
    _change("retailer_id = 500\n", "")
    assert run(["collect", "--json"]) == 4
    said = capsys.readouterr()
    assert WHERE in said.err
    assert [one["operation"] for one in json.loads(said.out)["listings"] if one["account"] == "shop"] == ["listings"]
    result = reconcile(Snapshot.load(Path("snapshots/latest")))
    assert any(one.code == "cannot-tell" and "fabric:shop" in one.accounts for one in result.findings)


def test_a_secret_that_can_be_no_secret_is_as_one_that_cannot_be_had(tmp_path: Path, capsys: Capture) -> None:
    """A file with a line break inside was read, and is of no use: the others are collected all the same."""
    (tmp_path / "token").write_text("ab\ncd-a-secret-0001")
    _change('env = "NOT_SET_ANYWHERE"', f'file = "{tmp_path / "token"}"')
    assert run(["collect", "--json"]) == 4
    said = capsys.readouterr()
    assert "[accounts.shop]" in said.err
    assert "a-secret-0001" not in said.err + said.out


def test_orders_of_the_others_are_printed(capsys: Capture) -> None:
    """`orders` names the account that has none for want of a secret, and prints those of the others."""
    text = Path("aggregator.toml").read_text()
    acme = text.split("[accounts.acme]")[1]
    Path("aggregator.toml").write_text(f"{text}[accounts.other]{acme.replace('GOOD_TOKEN', 'NOT_SET_ANYWHERE')}")
    assert run(["orders", "--json"]) == 4
    said = capsys.readouterr()
    assert said.out.count("\n") > 5
    assert said.err.count("[accounts.other], token: the environment variable NOT_SET_ANYWHERE is not set.") == 1
    assert run(["orders", "--json", "--account", "acme"]) == 0
    capsys.readouterr()
    assert run(["orders", "--json", "--account", "other"]) == 2
    assert run(["orders", "--json", "--account", "other", "--state", "other.json"]) == 2
    assert not Path("other.json").exists()


def test_doctor_examines_the_others(capsys: Capture) -> None:
    """What is wrong with one account is a line of the table, and the exit code says what kind of trouble it is."""
    assert run(["doctor", "--json"]) == 2
    checks = json.loads(capsys.readouterr().out)
    assert [(one["account"], one["good"]) for one in checks][:2] == [("fabric (shop)", False), ("crux (acme)", True)]
    assert WHERE in checks[0]["answer"]


@pytest.mark.parametrize("tasks", [False, True])
def test_in_code_it_is_a_failure_like_any_other(*, tasks: bool) -> None:
    """`on_failure` decides whether it is raised, and what came is kept."""

    async def in_tasks() -> Snapshot:
        async with AsyncAggregator.from_config("aggregator.toml") as aggregator:
            return await aggregator.collect(on_failure="raise_if_any")

    def in_threads() -> Snapshot:
        with Aggregator.from_config("aggregator.toml") as aggregator:
            return aggregator.collect(on_failure="raise_if_any")

    with pytest.raises(CollectFailed) as caught:
        asyncio.run(in_tasks()) if tasks else in_threads()
    assert [str(one) for one in caught.value.exceptions] == [f"{WHERE} Set NOT_SET_ANYWHERE."]
    assert len(caught.value.snapshot.connections) > 0
