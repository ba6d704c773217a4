"""An exception of the policy silences what it names and nothing else, and one that silences nothing is told."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
from attrs import evolve

from aggregator.model import ConnectionStatus
from aggregator.reconcile import (
    Decisions,
    Finding,
    Policy,
    PolicyException,
    Reconciliation,
    Ruling,
    Severity,
    Verdict,
    reconcile,
)
from tests.reconcile.making import NOON, connection, listing, organization, snapshot

S = ConnectionStatus
TODAY = NOON.date()
UNHEARD = ("exception-without-partner", "exception-unneeded", "exception-expired")


def rule(partner: str | None = None, *codes: str, accounts: tuple[str, ...] = (), until: date = TODAY) -> Any:
    """An exception."""
    return PolicyException(partner=partner, codes=codes, accounts=accounts, until=until, reason="agreed")


def lists(*theirs: Any, complete: bool = True, mine: str = "Zebra Foods") -> Any:
    """Zebra Foods is active on crux; fabric has what is given."""
    return snapshot(
        listing(connection(mine, "1")), listing(*theirs, vendor="fabric", account="shop", complete=complete)
    )


def ended() -> Any:
    """Fabric has ended with Zebra Foods."""
    return connection("Zebra Foods", "7", vendor="fabric", account="shop", status=S.ENDED)


def told(result: Reconciliation) -> list[Finding]:
    """What is said of exceptions."""
    return [finding for finding in result.findings if finding.code in UNHEARD]


def codes(result: Reconciliation) -> list[str]:
    """All kinds of finding."""
    return [finding.code for finding in result.findings]


def test_a_slip_in_a_partners_name_is_told_with_the_nearest() -> None:
    """The exception is unheard, which would look as if the finding were to stay; the name that was meant is said."""
    result = reconcile(lists(), policy=Policy(exceptions=(rule("zebra fods", "missing"),)))
    (finding,) = told(result)
    assert (finding.code, finding.severity) == ("exception-without-partner", Severity.WARNING)
    assert "'zebra fods' (agreed)" in finding.message
    assert "Did you mean 'Zebra Foods'?" in finding.message
    assert "missing" in codes(result)


@pytest.mark.parametrize("pattern", ["Zbra*", "zebra fods*", "*bra-foods"])
def test_a_slip_in_a_pattern_is_told_with_the_nearest(pattern: str) -> None:
    """The star stands for something that nobody misspells."""
    (finding,) = told(reconcile(lists(), policy=Policy(exceptions=(rule(pattern),))))
    assert "Did you mean 'Zebra Foods'?" in finding.message


def test_a_name_unlike_all_others_is_told_without_a_guess() -> None:
    """Nothing is meant that nobody could mean."""
    (finding,) = told(reconcile(lists(), policy=Policy(exceptions=(rule("Quantum Lighting"),))))
    assert finding.code == "exception-without-partner"
    assert "Did you mean" not in finding.message


def test_an_exception_whose_trouble_is_over_is_no_longer_needed() -> None:
    """The partner is there, and nothing is found that would have to be forgiven: that is good news, mildly told."""
    (finding,) = told(reconcile(lists(ended()), policy=Policy(exceptions=(rule("Zebra*", "missing"),))))
    assert (finding.code, finding.severity) == ("exception-unneeded", Severity.INFO)
    assert "no longer needed" in finding.message
    assert "'Zebra*' (agreed)" in finding.message
    (everybody,) = told(reconcile(lists(ended()), policy=Policy(exceptions=(rule(None, "missing"),))))
    assert "every partner" in everybody.message


def test_an_exception_that_forgives_is_not_told() -> None:
    """Nor is a second one that forgives the same."""
    several = (rule("Zebra*"), rule("Zebra Foods", "missing"), rule(None, "missing", accounts=("fabric",)))
    result = reconcile(lists(), policy=Policy(exceptions=several))
    assert codes(result) == []


LAST = datetime(2026, 1, 31, tzinfo=UTC)
KIRITIMATI, HAWAII = timezone(timedelta(hours=14)), timezone(timedelta(hours=-10))


@pytest.mark.parametrize(
    ("at", "runs"),
    [
        (LAST - timedelta(days=1), True),
        (LAST, True),
        (LAST + timedelta(hours=23, minutes=59, seconds=59), True),
        (LAST + timedelta(days=1), False),
        ((LAST + timedelta(hours=23)).astimezone(KIRITIMATI), True),
        ((LAST + timedelta(hours=24)).astimezone(HAWAII), False),
    ],
)
def test_an_exception_runs_until_its_last_day_is_over(at: datetime, *, runs: bool) -> None:
    """In UTC, in whatever zone the snapshot tells its time: the same snapshot read from disk says the same."""
    policy = Policy(exceptions=(rule("Zebra Foods", "missing", until=LAST.date()),))
    result = reconcile(evolve(lists(), taken_at=at), policy=policy)
    assert codes(result) == ([] if runs else ["missing", "exception-expired"])


def test_a_finding_that_was_forgiven_returns_as_the_one_it_was() -> None:
    """Night by night: with the same partner, words and records as before, and as without any exception."""
    policy = Policy(exceptions=(rule("Zebra Foods", "missing", until=LAST.date()),))
    previous: dict[str, str] = {}
    heard = []
    for day in range(-1, 3):
        # The exception is written on the night before its last.
        rules = Policy() if day < 0 else policy
        result = reconcile(evolve(lists(), taken_at=LAST + timedelta(days=day)), policy=rules, previous=previous)
        heard.append([finding for finding in result.findings if finding.code == "missing"])
        previous = dict(result.partner_ids)
    before, forgiven, *after = heard
    assert len(before) == 1
    assert forgiven == []
    assert after == [before, before]


def test_an_expired_exception_is_told_as_expired_alone() -> None:
    """Whether it ever fitted or not: what is to be done is to renew it or to take it out."""
    over = TODAY - timedelta(days=1)
    exceptions = (rule("zebra fods", until=over), rule("Zebra Foods", "duplicate", until=over))
    assert [one.code for one in told(reconcile(lists(), policy=Policy(exceptions=exceptions)))] == [
        "exception-expired",
        "exception-expired",
    ]


@pytest.mark.parametrize("partner", ["zebra fods", "Zebra Foods", None])
@pytest.mark.parametrize("accounts", [(), ("fabric",)])
def test_where_a_list_is_not_whole_no_exception_is_accused(partner: str | None, accounts: tuple[str, ...]) -> None:
    """The partner, or what is wrong with it, may be on the page that did not come."""
    policy = Policy(exceptions=(rule(partner, "duplicate", accounts=accounts),))
    assert told(reconcile(lists(complete=False), policy=policy)) == []
    assert told(reconcile(lists(), policy=policy)) != []


def test_an_account_that_is_whole_answers_for_itself() -> None:
    """What an exception names one account for is known there, whatever is amiss elsewhere."""
    policy = Policy(exceptions=(rule("Zebra Foods", "stuck-pending", accounts=("crux",)),))
    assert [one.code for one in told(reconcile(lists(complete=False), policy=policy))] == ["exception-unneeded"]


@pytest.mark.parametrize(
    "code",
    [
        "missing",
        "maybe-missing",
        "cannot-tell",
        "status-conflict",
        "ended-here-active-there",
        "account-number-reused",
        "numbered-apart",
        "duplicate",
    ],
)
def test_what_several_accounts_decide_is_known_where_all_are_whole(code: str) -> None:
    """It takes two to disagree, and the list that did not come may say that a partner is expected, or who is who."""
    policy = Policy(exceptions=(rule("Zebra Foods", code, accounts=("crux",)),))
    assert told(reconcile(lists(ended(), complete=False), policy=policy)) == []
    whole = lists(connection("Zebra Foods", "7", vendor="fabric", account="shop"))
    assert [one.code for one in told(reconcile(whole, policy=policy))] == ["exception-unneeded"]


def test_an_account_that_there_is_not_is_told_once() -> None:
    """`policy-without-account` says it; that nothing fits is no news beside it."""
    policy = Policy(exceptions=(rule("Zebra Foods", "missing", accounts=("fabrik",)),))
    assert codes(reconcile(lists(), policy=policy)) == ["missing", "policy-without-account"]


def test_without_orders_nobody_knows_who_is_silent() -> None:
    """An exception for silence is not called unneeded by a run that had no orders to look at."""
    policy = Policy(exceptions=(rule("Zebra Foods", "active-but-silent", "trading-while-inactive"),))
    assert told(reconcile(lists(ended()), policy=policy)) == []


def test_orders_that_are_not_whole_leave_it_open_too() -> None:
    """An exception for whatever may be found is not accused where the list of orders broke off."""
    orders = listing(vendor="crux", operation="orders", complete=False)
    half = snapshot(listing(connection("Zebra Foods", "1")), orders)
    whole = snapshot(listing(connection("Zebra Foods", "1")))
    policy = Policy(exceptions=(rule("Zebra Foods"),))
    assert told(reconcile(half, policy=policy)) == []
    assert [one.code for one in told(reconcile(whole, policy=policy))] == ["exception-unneeded"]


def test_it_can_be_switched_off() -> None:
    """Like every finding."""
    off = {"exception-without-partner": None}
    assert told(reconcile(lists(), policy=Policy(exceptions=(rule("zebra fods"),), severities=off))) == []


@pytest.mark.parametrize("code", ["missing", "cannot-tell"])
def test_an_exception_speaks_of_who_is_missing_where_it_says(code: str) -> None:
    """It forgives that a named account lacks the partner, and not that another one does which it does not name."""
    one = lists(complete=code == "missing")
    everything = [rule("Zebra Foods"), rule("Zebra Foods", code, accounts=("fabric",)), rule(accounts=("shop",))]
    for fitting in everything:
        assert code not in codes(reconcile(one, policy=Policy(exceptions=(fitting,))))
    for holder in (rule("Zebra Foods", code, accounts=("crux",)), rule(accounts=("crux:acme",))):
        assert code in codes(reconcile(one, policy=Policy(exceptions=(holder,))))


def test_an_exception_that_names_who_holds_the_partner_is_told_with_the_account_that_does_not() -> None:
    """The trouble is not over: what the exception must name for it is said."""
    policy = Policy(exceptions=(rule("Zebra Foods", "missing", accounts=("crux",)),))
    (finding,) = told(reconcile(lists(), policy=policy))
    assert finding.code == "exception-unneeded"
    assert "no longer needed" not in finding.message
    assert "such as 'fabric:shop'" in finding.message
    (over,) = told(reconcile(lists(connection("Zebra Foods", "7", vendor="fabric", account="shop")), policy=policy))
    assert "no longer needed" in over.message


HERE, THERE = "Lundqvist Trading GmbH EU", "Lundqvist Trading GmbH - Dropship"


def _two(*exceptions: PolicyException) -> Reconciliation:
    theirs = connection(THERE, "7", vendor="fabric", account="shop")
    return reconcile(lists(theirs, mine=HERE), policy=Policy(match=1.0, review=0.999999, exceptions=exceptions))


@pytest.mark.parametrize(("forgiven", "left"), [(HERE, THERE), (THERE, HERE)])
def test_an_exception_for_one_of_two_leaves_the_others_question(forgiven: str, left: str) -> None:
    """Either of two may be missing where the other is; whose absence is agreed is not asked of, and the other's is."""
    asked = [one for one in _two().findings if one.code == "maybe-missing"]
    assert len(asked) == 1, "one question, asked once"
    result = _two(rule(forgiven))
    (question,) = [one for one in result.findings if one.code == "maybe-missing"]
    assert question.partner_id is not None
    assert result.partner(question.partner_id).name == left
    assert told(result) == []


def test_exceptions_for_both_silence_both() -> None:
    """Then nothing is left to be asked."""
    assert "maybe-missing" not in codes(_two(rule(HERE), rule(THERE)))


def test_an_account_that_only_the_likeness_is_on_is_not_meant() -> None:
    """An exception for a third account does not silence a question that a record there gave rise to."""
    joined = {"website": "https://lundqvist-b.example"}
    third = listing(
        organization(THERE, "x", vendor="commerce_layer", **joined),
        vendor="commerce_layer",
        operation="organizations",
    )
    theirs = connection("Unlike Holding", "7", vendor="fabric", account="shop")
    same = Ruling(left="fabric:shop:organization:o7", right="commerce_layer:acme:organization:x", verdict=Verdict.SAME)
    one = snapshot(listing(connection(HERE, "1")), listing(theirs, vendor="fabric", account="shop"), third)

    def asked(*exceptions: PolicyException) -> set[str]:
        policy = Policy(match=1.0, review=0.999999, exceptions=(rule(THERE), *exceptions))
        result = reconcile(one, decisions=Decisions(rows=(same,)), policy=policy)
        maybe = [finding for finding in result.findings if finding.code == "maybe-missing"]
        return {f"{result.partner(str(one.partner_id)).name} on {one.accounts[0]}" for one in maybe}

    assert f"{HERE} on fabric:shop" in asked(rule(HERE, "maybe-missing", accounts=("commerce_layer",)))
    assert f"{HERE} on fabric:shop" not in asked(rule(HERE, "maybe-missing", accounts=("fabric",)))


@pytest.mark.parametrize(("pattern", "name"), [("Cafe\u0301*", "Caf\u00e9 Zebra"), ("Caf\u00e9*", "Cafe\u0301 Zebra")])
def test_an_accent_is_one_with_its_letter_however_it_is_written(pattern: str, name: str) -> None:
    """Some keyboards and files write a letter and its accent as two characters, which look the same."""
    assert codes(reconcile(lists(mine=name), policy=Policy(exceptions=(rule(pattern, "missing"),)))) == []
