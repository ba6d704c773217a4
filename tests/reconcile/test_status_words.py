"""A policy says what the status words of one's own mean, and everything goes by that."""

from __future__ import annotations

import csv
import tomllib
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from adapters.table import Table
from aggregator.cli import run
from aggregator.errors import ConfigurationError
from aggregator.model import Activity, Connection, ConnectionStatus, OrganizationStatus
from aggregator.reconcile import Policy, PolicyStatuses, Reconciliation, read_policy, reconcile
from aggregator.snapshot import Snapshot
from tests.reconcile.making import NOON, connection, listing, organization, snapshot

S = ConnectionStatus


def _policy(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "policy.toml"
    path.write_text(text, "utf-8")
    return path


def _unknown(word: str | None, record_id: str = "1", **more: Any) -> Connection:
    return connection("Zebra Foods", record_id, status=S.UNKNOWN, status_native=word, **more)


def _codes(result: Reconciliation) -> set[str]:
    return {finding.code for finding in result.findings}


TOLD = """
[statuses]
Gesperrt = "suspended"
"on hold" = "pending"
A = "active"
"""


@pytest.mark.parametrize("word", ["Gesperrt", "gesperrt", " GESPERRT\t"])
def test_a_word_means_what_the_policy_says_whatever_its_case(tmp_path: Path, word: str) -> None:
    """The status is the policy's; the platform's own word stays beside it; nothing is unknown any more."""
    one = snapshot(listing(_unknown(word)))
    assert _codes(reconcile(one)) == {"unknown-status"}
    result = reconcile(one, policy=_policy(tmp_path, TOLD))
    assert result.findings == ()
    (entry,) = result.partners[0].entries
    assert (entry.status, entry.status_native) == (S.SUSPENDED, word)


def test_what_is_said_of_some_accounts_goes_before_what_is_said_of_all(tmp_path: Path) -> None:
    """One letter can mean two things on two platforms, which then is a conflict like any other."""
    lists = snapshot(
        listing(_unknown("A")),
        listing(_unknown("A", "7", vendor="fabric", account="shop"), vendor="fabric", account="shop"),
    )
    result = reconcile(lists, policy=_policy(tmp_path, f'{TOLD}[statuses."fabric:*"]\na = "ended"\n'))
    (finding,) = result.findings
    assert finding.code == "ended-here-active-there"
    assert [(claim.value, claim.native) for claim in finding.claims] == [("active", "A"), ("ended", "A")]


def test_a_word_that_we_know_can_mean_something_else(tmp_path: Path) -> None:
    """The policy is right, and the documentation is not, where the two differ."""
    policy = _policy(tmp_path, '[statuses]\nactive = "ended"\n')
    (partner,) = reconcile(snapshot(listing(connection("Zebra Foods", "1"))), policy=policy).partners
    assert partner.statuses == {S.ENDED}


def test_who_is_missing_hangs_on_what_the_word_means(tmp_path: Path) -> None:
    """A partner of an unknown status is where nobody can tell; one that is active is missing, one that ended is not."""
    lists = snapshot(listing(_unknown("B")), listing(vendor="fabric", account="shop"))
    assert "cannot-tell" in _codes(reconcile(lists))
    assert "missing" in _codes(reconcile(lists, policy=_policy(tmp_path, '[statuses]\nB = "active"')))
    assert not _codes(reconcile(lists, policy=_policy(tmp_path, '[statuses]\nB = "ended"')))


def test_whether_a_connection_should_trade_hangs_on_it(tmp_path: Path) -> None:
    """Orders over a connection whose word means suspended are told, as are years of waiting."""
    trades = Activity(orders_last_30_days=4, as_of=NOON, origin="its own counters")
    one = snapshot(listing(_unknown("Gesperrt", activity=trades)))
    assert "trading-while-inactive" not in _codes(reconcile(one))
    assert "trading-while-inactive" in _codes(reconcile(one, policy=_policy(tmp_path, TOLD)))
    waits = snapshot(listing(_unknown("on  hold", requested_at=NOON - timedelta(days=400))))
    assert _codes(reconcile(waits, policy=_policy(tmp_path, TOLD))) == {"stuck-pending"}


def test_an_organization_that_is_shut_off_in_its_own_words_is_told(tmp_path: Path) -> None:
    """The status of an organization within a connection is read by the policy too."""
    shut = {"status": OrganizationStatus.UNKNOWN, "status_native": "frozen"}
    one = snapshot(listing(connection("Zebra Foods", "1", partner=shut)))
    assert "organization-deactivated" not in _codes(reconcile(one))
    result = reconcile(one, policy=_policy(tmp_path, '[statuses]\nfrozen = "suspended"'))
    (finding,) = result.findings
    assert finding.code == "organization-deactivated"
    assert finding.claims[0].native == "frozen"


@pytest.mark.parametrize("status", [one for one in S if one is not S.UNKNOWN])
def test_a_partner_without_a_connection_can_have_any_status(status: ConnectionStatus) -> None:
    """A list of organizations, such as a table, has them all, though an organization's own statuses are fewer."""
    held = organization("Zebra Foods", "1", status=OrganizationStatus.UNKNOWN, status_native="?!")
    policy = Policy(statuses=(PolicyStatuses(words={"?!": status}),))
    (partner,) = reconcile(snapshot(listing(held, operation="organizations")), policy=policy).partners
    assert partner.statuses == {status}


def test_the_finding_says_the_line_to_add(tmp_path: Path) -> None:
    """What it says can be put into the policy as it stands, whatever letters the word has, and then it is gone."""
    word = 'zu "Q"\\S, später'
    one = snapshot(listing(_unknown(word)))
    (finding,) = reconcile(one).findings
    line = finding.message.partition("below [statuses] in the policy: ")[2].partition(" (or")[0]
    assert tomllib.loads(line) == {word: "active"}
    assert not reconcile(one, policy=_policy(tmp_path, f"[statuses]\n{line}\n")).findings
    (silent,) = reconcile(snapshot(listing(_unknown(None)))).findings
    assert "[statuses]" not in silent.message


def test_a_table_of_ones_own_has_words_of_its_own(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """From the command to the report: the status is ours, the word is the table's, and no word is unknown."""
    (tmp_path / "erp.csv").write_text("id,name,status\n1,Zebra Foods,A\n2,Quantum Lighting,I\n", "utf-8")
    policy = _policy(tmp_path, '[statuses.erp]\na = "active"\ni = "ended"\n')
    words = ["reconcile", str(tmp_path / "erp.csv"), "--out", str(tmp_path / "report")]
    assert run([*words, "--policy", str(policy)]) == 0
    assert "unknown-status" not in capsys.readouterr().out
    rows = list(csv.DictReader((tmp_path / "report" / "partners.csv").read_text("utf-8").splitlines()))
    assert {(one["name"], one["status"], one["status_native"]) for one in rows} == {
        ("Zebra Foods", "active", "A"),
        ("Quantum Lighting", "ended", "I"),
    }


def test_the_snapshot_stays_what_the_platforms_said(tmp_path: Path) -> None:
    """What is read by a policy is not written back: another policy reads the same lists."""
    one = snapshot(listing(_unknown("Gesperrt")))
    reconcile(one, policy=_policy(tmp_path, TOLD))
    assert one.connections[0].status is S.UNKNOWN


def test_a_pattern_that_fits_no_source_is_told(tmp_path: Path) -> None:
    """A slip in the account's name would leave every word unknown, in silence."""
    lists = snapshot(listing(_unknown("A")))
    result = reconcile(lists, policy=_policy(tmp_path, '[statuses."crux:acne"]\nA = "active"'))
    told = [finding.message for finding in result.findings if finding.code == "policy-without-account"]
    assert told
    assert "'crux:acne'" in told[0]
    assert "Did you mean 'crux:acme'?" in told[0]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[statuses]\nblocked = "suspend"', r"\[statuses\], 'blocked': there is no status 'suspend'.*'suspended'"),
        ('[statuses]\nblocked = "unknown"', r"\[statuses\], 'blocked': there is no status 'unknown'"),
        ('[statuses.crux]\nblocked = "endet"', r"\[statuses.'crux'\], 'blocked': .*Did you mean 'ended'"),
        ("[statuses]\nblocked = 3", r"\[statuses\], 'blocked': there is no status 3"),
        ('[statuses]\nI = "ended"\n"i " = "active"', r"\[statuses\]: 'I' and 'i ' are one word"),
        ('[statuses]\n" " = "ended"', r"\[statuses\]: ' ' is no word"),
        ("[statuses.crux.acme]\nA = 'active'", r"\[statuses.'crux'\], 'acme': .*quotes"),
        ("statuses = 3", "'statuses' is no table"),
        ("[status]\nA = 'active'", "Did you mean 'statuses'"),
    ],
)
def test_a_slip_is_named_with_its_place(tmp_path: Path, text: str, said: str) -> None:
    """A status that there is not, or a word said twice, is one sentence that names the key."""
    with pytest.raises(ConfigurationError, match=f"(?s)policy.toml.*{said}"):
        read_policy(_policy(tmp_path, text))


def test_a_slip_in_code_is_told_too() -> None:
    """The same is asked of a policy that is made in code."""
    with pytest.raises(ConfigurationError, match="'I' and 'i' are one word"):
        PolicyStatuses(words={"I": S.ENDED, "i": S.ACTIVE})
    with pytest.raises(ConfigurationError, match="no status 'unknown'"):
        PolicyStatuses(words={"I": S.UNKNOWN})


def test_a_table_read_in_code_is_read_by_the_policy_too(tmp_path: Path) -> None:
    """Without a command as well: the adapter's listing and a policy are all it takes."""
    (tmp_path / "erp.csv").write_text("id,name,status\n1,Zebra Foods,Gesperrt\n", "utf-8")
    lists = Snapshot(taken_at=NOON, listings=(Table(path=tmp_path / "erp.csv").listing(),))
    (partner,) = reconcile(lists, policy=_policy(tmp_path, TOLD)).partners
    assert partner.statuses == {S.SUSPENDED}
