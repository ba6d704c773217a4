"""Who is missing where: said only where silence proves something."""

from __future__ import annotations

from typing import Any

import pytest
from attrs import evolve

from aggregator.model import Address, Connection, ConnectionStatus, Identifier, OrganizationStatus, Rejected, Role
from aggregator.reconcile import (
    Decisions,
    Expectation,
    Finding,
    Policy,
    Reconciliation,
    Ruling,
    Severity,
    Verdict,
    reconcile,
)
from aggregator.reconcile.checks.abbreviated import initials_of
from aggregator.reconcile.checks.names import accounts_of_one
from aggregator.snapshot import Snapshot
from tests.reconcile.making import connection, contact, listing, organization, snapshot

LUNDQVIST = "Lundqvist Trading GmbH"


def codes(result: Reconciliation, code: str) -> list[Finding]:
    """The findings of one code."""
    return [finding for finding in result.findings if finding.code == code]


def test_a_partner_is_missing_where_a_complete_list_does_not_have_it() -> None:
    """Missing is said with the partner, the account and the coverage that proves it."""
    result = reconcile(
        snapshot(
            listing(connection(LUNDQVIST, "1"), connection("Zebra Foods", "2")),
            listing(connection(LUNDQVIST, "1", vendor="fabric"), vendor="fabric"),
        )
    )
    (missing,) = codes(result, "missing")
    assert "'Zebra Foods' is on crux (acme), but not on fabric (acme)" in missing.message
    assert missing.severity is Severity.WARNING
    assert missing.accounts == ("fabric:acme", "crux:acme")
    assert missing.records == ("crux:acme:connection:2",)
    assert "complete" in missing.evidence[0]


@pytest.mark.parametrize(
    "doubtful",
    [
        {"complete": False},
        {"scope": "status is active"},
        {"rejected": (Rejected(page=1, request="GET x", pointer="/9", errors=("no id",)),)},
    ],
    ids=["incomplete", "filtered", "a row could not be read"],
)
def test_nobody_can_tell_where_a_list_does_not_prove_absence(doubtful: dict[str, Any]) -> None:
    """An incomplete, filtered or partly unreadable list never makes a partner missing; the reason is said."""
    result = reconcile(
        snapshot(
            listing(connection(LUNDQVIST, "1"), connection("Zebra Foods", "2")),
            listing(connection(LUNDQVIST, "1", vendor="fabric"), vendor="fabric", **doubtful),
        )
    )
    assert not codes(result, "missing")
    (unknown,) = codes(result, "cannot-tell")
    assert "nobody can tell" in unknown.message
    (account,) = codes(result, "incomplete-account")
    assert account.accounts == ("fabric:acme",)


def test_one_incomplete_list_of_an_account_puts_all_its_silence_in_doubt() -> None:
    """A partner may be in the list of requests that did not come, so it is not missing."""
    result = reconcile(
        snapshot(
            listing(connection("Zebra Foods", "2")),
            listing(vendor="fabric"),
            listing(vendor="fabric", operation="connection_requests", complete=False),
        )
    )
    assert not codes(result, "missing")
    assert codes(result, "cannot-tell")


def test_a_reason_that_is_a_sentence_ends_no_sentence_twice() -> None:
    """As errors of platforms end: "Try again later."."""
    failed = [listing(complete=False, operation=operation) for operation in ("connections", "connection_requests")]
    said = evolve(failed[0].coverage, reason="the platform failed. Try again later.")
    broken = [evolve(one, coverage=said) for one in failed]
    (finding,) = [one for one in reconcile(snapshot(*broken)).findings if one.code == "incomplete-account"]
    assert finding.message.count("Try again later;") == 1
    assert finding.message.endswith("Try again later.")
    assert not finding.message.endswith("..")


def test_an_empty_complete_list_proves_absence() -> None:
    """An account that completely lists nobody holds nobody."""
    result = reconcile(snapshot(listing(connection("Zebra Foods", "2")), listing(vendor="fabric")))
    assert len(codes(result, "missing")) == 1


def test_a_failed_list_of_something_else_says_nothing_of_partners() -> None:
    """Lists of people or orders have no part in who is missing."""
    result = reconcile(
        snapshot(
            listing(connection("Zebra Foods", "2")),
            listing(vendor="fabric"),
            listing(vendor="fabric", operation="memberships", complete=False),
        )
    )
    assert len(codes(result, "missing")) == 1


def test_a_pair_in_review_softens_missing() -> None:
    """Where a record there may be the partner, it is not called missing; the record is named."""
    result = reconcile(
        snapshot(
            listing(connection(LUNDQVIST, "1")), listing(connection(LUNDQVIST, "2", vendor="fabric"), vendor="fabric")
        ),
        policy=Policy(match=1.0, review=0.05),
    )
    assert result.review
    assert not codes(result, "missing")
    assert all("may be" in finding.message for finding in codes(result, "maybe-missing"))
    assert len(codes(result, "maybe-missing")) == 1, "one question, asked once"


def test_what_may_be_a_partner_is_asked_of_a_list_that_is_not_whole_too() -> None:
    """Whatever else the list holds, a person can look at what came of it."""
    crux = listing(connection(LUNDQVIST, "1"))
    fabric = listing(connection(LUNDQVIST, "2", vendor="fabric"), vendor="fabric", complete=False)
    result = reconcile(snapshot(crux, fabric), policy=Policy(match=1.0, review=0.05))
    assert [finding.accounts[0] for finding in codes(result, "maybe-missing")] == ["crux:acme"]
    expected = Policy(match=1.0, review=0.05, expectations=(Expectation(accounts=("fabric",)),))
    told = reconcile(snapshot(crux, fabric), policy=expected)
    assert [finding.accounts[0] for finding in codes(told, "maybe-missing")] == ["fabric:acme"]


@pytest.mark.parametrize("turned", [False, True])
def test_a_question_rests_on_the_same_records_in_whatever_order_sources_are_named(*, turned: bool) -> None:
    """Who may be a partner of two other accounts is asked for on the one that has the record that may be it."""
    alone, pair = connection(LUNDQVIST, "1"), (("fabric", "2"), ("commerce_layer", "3"))
    others = [listing(connection(LUNDQVIST, number, vendor=vendor), vendor=vendor) for vendor, number in pair]
    said = {
        ("fabric:acme:o2", "commerce_layer:acme:o3"): Verdict.SAME,
        ("crux:acme:o1", "fabric:acme:o2"): Verdict.UNSURE,
    }
    apart = Ruling(left="crux:acme:o1", right="commerce_layer:acme:o3", verdict=Verdict.UNSURE)
    rows = tuple(Ruling(left=left, right=right, verdict=verdict) for (left, right), verdict in said.items())
    result = reconcile(
        snapshot(listing(alone), *(reversed(others) if turned else others)),
        decisions=Decisions(rows=(*rows, apart)),
        policy=Policy(match=1.0, review=0.999999, expectations=(Expectation(accounts=("fabric", "commerce_layer")),)),
    )
    (finding,) = codes(result, "maybe-missing")
    assert finding.accounts[0] == "commerce_layer:acme"


def test_partners_that_are_ended_everywhere_are_not_missing() -> None:
    """Nobody needs to open what has ended."""
    gone = connection("Zebra Foods", "2", status=ConnectionStatus.ENDED)
    result = reconcile(snapshot(listing(gone), listing(vendor="fabric")))
    assert not codes(result, "missing")


def test_a_retailer_is_not_missing_among_suppliers() -> None:
    """An account whose partners are all suppliers is not expected to hold a retailer."""
    retailer = connection("Own", "1", own_role=Role.SUPPLIER)
    supplier = connection("Zebra Foods", "2", vendor="fabric")
    result = reconcile(snapshot(listing(retailer), listing(supplier, vendor="fabric")))
    assert not codes(result, "missing")


def test_expectations_replace_the_default() -> None:
    """With expectations, only accounts that should hold a partner can lack it."""
    sources = (
        listing(connection("Zebra Foods", "2"), connection("Yak Wool", "3")),
        listing(vendor="fabric"),
        listing(organization("Zebra Foods", "z", vendor="table", account="master"), vendor="table", account="master"),
    )
    policy = Policy(expectations=(Expectation(accounts=("fabric",), listed_in=("master",)),))
    result = reconcile(snapshot(*sources), policy=policy)
    assert [finding.accounts[0] for finding in codes(result, "missing")] == ["fabric:acme"]
    assert "Zebra" in codes(result, "missing")[0].message


@pytest.mark.parametrize(
    ("expectation", "count"),
    [
        (Expectation(accounts=("fabric:*",)), 2),
        (Expectation(accounts=("fabric:*",), name="zebra*"), 1),
        (Expectation(accounts=("fabric:*",), role=Role.RETAILER), 0),
        (Expectation(accounts=("fabric:*",), status=frozenset({ConnectionStatus.PENDING})), 1),
        (Expectation(accounts=("crux:*",)), 0),
    ],
)
def test_an_expectation_narrows_by_name_role_and_status(expectation: Expectation, count: int) -> None:
    """Only partners that fit every part of an expectation are expected."""
    pending = connection("Yak Wool", "3", status=ConnectionStatus.PENDING)
    sources = (listing(connection("Zebra Foods", "2"), pending), listing(vendor="fabric"))
    result = reconcile(snapshot(*sources), policy=Policy(expectations=(expectation,)))
    assert len(codes(result, "missing")) == count


def test_nobody_is_missing_from_a_list_that_has_the_name() -> None:
    """Where every name is the same, no pair is likely, and yet no list proves anybody's absence."""
    left = [connection("Same Name Ltd", str(at)) for at in range(30)]
    right = [connection("Same Name Ltd", str(at), vendor="fabric") for at in range(30)]
    result = reconcile(snapshot(listing(*left), listing(*right, vendor="fabric")))
    assert not codes(result, "missing")
    in_review = {frozenset((pair.left, pair.right)) for pair in result.review}
    keys = {key: entry.key for one in result.partners for entry in one.entries for key in entry.record_keys}
    assert codes(result, "maybe-missing")
    for finding in codes(result, "maybe-missing"):
        about = [keys[key] for key in finding.records]
        asked = any(frozenset((about[0], other)) in in_review for other in about[1:])
        assert ("see review" in finding.message) is asked


def test_a_namesake_that_a_person_told_apart_is_no_excuse() -> None:
    """Two businesses of one name that a person has called two are each missing where the other is."""
    sources = (
        listing(connection(LUNDQVIST, "1")),
        listing(connection(LUNDQVIST, "1", vendor="fabric"), vendor="fabric"),
    )
    apart = Decisions(rows=(Ruling(left="crux:acme:o1", right="fabric:acme:o1", verdict=Verdict.DIFFERENT),))
    assert len(codes(reconcile(snapshot(*sources), decisions=apart), "missing")) == 2


@pytest.mark.parametrize("name", ["", " ", "…", "\N{ZERO WIDTH SPACE}"])
def test_a_record_that_says_nothing_is_neither_missing_nor_proof(name: str) -> None:
    """Without a name or anything else, it may be any partner: nobody is called missing beside it, nor is it."""
    result = reconcile(
        snapshot(
            listing(connection(LUNDQVIST, "1"), connection("Zebra Foods", "2")),
            listing(
                organization(LUNDQVIST, "1", vendor="fabric"), organization(name, "9", vendor="fabric"), vendor="fabric"
            ),
        )
    )
    assert codes(result, "missing") == []
    assert {"nothing to know a partner by: '9'", "a name"} == {
        finding.message.rpartition(" says ")[2].rstrip(".") for finding in codes(result, "cannot-tell")
    }
    (incomplete,) = codes(result, "incomplete-account")
    assert incomplete.accounts == ("fabric:acme",)


def test_a_connection_that_hides_its_partner_is_not_called_missing() -> None:
    """Either side may be the partner, and stand in the other list under its own name."""
    hidden = connection("Zebra Foods", "1", own_role=None)
    result = reconcile(
        snapshot(listing(hidden), listing(connection("Zebra Foods", "1", vendor="fabric"), vendor="fabric"))
    )
    assert codes(result, "missing") == []
    told = {finding.message.rpartition(": ")[2] for finding in codes(result, "cannot-tell")}
    assert told == {
        "no connection says who the partner is.",
        "1 of its connections does not say who the partner is.",
    }


def test_a_status_that_is_not_said_is_told_as_such() -> None:
    """No sentence ends in the middle."""
    silent = connection("Zebra Foods", "1", status=ConnectionStatus.UNKNOWN, status_native=None)
    result = reconcile(snapshot(listing(silent), listing(vendor="fabric")))
    assert codes(result, "cannot-tell")[0].message.endswith("for its status is not said.")


def test_a_record_without_a_name_is_not_called_missing() -> None:
    """It may be known by its web domain, and not be found by it where nobody gives any; others can be told from it."""
    result = reconcile(
        snapshot(
            listing(connection(LUNDQVIST, "1")),
            listing(organization("", "9", vendor="fabric", website="zebra.example"), vendor="fabric"),
        )
    )
    assert [finding.message.partition(" is on")[0] for finding in codes(result, "missing")] == [f"{LUNDQVIST!r}"]
    assert [finding.message.partition(" is on")[0] for finding in codes(result, "cannot-tell")] == ["'9'"]


@pytest.mark.parametrize(
    ("nameless", "other", "code"),
    [
        ({"phone": "+46 8 520 180 00"}, {}, "cannot-tell"),
        ({"phone": "+46 8 520 180 00"}, {"phone": "+46 8 111 111 11"}, "missing"),
        ({"phone": "+46 8 520 180 00"}, {"website": "zebra.example"}, "cannot-tell"),
        ({"address": Address(line1="Kungsgatan 1")}, {"website": "zebra.example"}, "cannot-tell"),
        ({"address": Address(line1="Kungsgatan 1")}, {"address": Address(line1="Rue 2")}, "missing"),
        ({"email": "ann@gmail.com"}, {"email": "ben@gmail.com"}, "missing"),
    ],
)
def test_nobody_is_missing_beside_a_record_that_cannot_be_compared_with_them(
    nameless: dict[str, Any], other: dict[str, Any], code: str
) -> None:
    """A row without a name, that says a telephone number alone, may be anybody whose number nobody knows."""
    result = reconcile(
        snapshot(
            listing(connection("Zebra Foods", "1", partner=other)),
            listing(organization("", "9", vendor="fabric", **nameless), vendor="fabric"),
        )
    )
    told = {finding.message.partition(" is on")[0]: finding for finding in result.findings}
    assert told["'Zebra Foods'"].code == code
    assert ("'9' there says no name" in told["'Zebra Foods'"].message) is (code == "cannot-tell")


def test_a_record_that_says_a_town_alone_is_no_proof() -> None:
    """Very many businesses are there."""
    result = reconcile(
        snapshot(
            listing(connection("Zebra Foods", "1")),
            listing(
                organization("", "9", vendor="fabric", address=Address(city="York", country="GB")), vendor="fabric"
            ),
        )
    )
    assert not codes(result, "missing")
    assert codes(result, "incomplete-account")


FAINT = Policy(match=1.0, review=1.0)
"""Every pair is too unlikely for the review."""


def test_a_likeness_too_faint_for_the_review_is_enough_not_to_call_anybody_missing() -> None:
    """To have a business phoned takes more than that nobody would look at the pair."""
    crux = listing(connection(LUNDQVIST, "1"))
    fabric = listing(connection("Lundqvist Trading AB", "7", vendor="fabric"), vendor="fabric")
    result = reconcile(snapshot(crux, fabric), policy=FAINT)
    assert codes(result, "missing") == []
    (maybe,) = codes(result, "maybe-missing")
    assert "too faint for the review" in maybe.message
    apart = Decisions(
        rows=(Ruling(left="crux:acme:o1", right="fabric:acme:o7", verdict=Verdict.DIFFERENT),),
    )
    assert len(codes(reconcile(snapshot(crux, fabric), policy=FAINT, decisions=apart), "missing")) == 2


def test_a_faint_likeness_to_somebody_elses_record_does_not_count() -> None:
    """The record there is the one of a partner who is here as well: of the other, it has none."""
    result = reconcile(
        snapshot(
            listing(connection(LUNDQVIST, "1"), connection("Lundqvist Trading AB", "2")),
            listing(connection(LUNDQVIST, "7", vendor="fabric"), vendor="fabric"),
        ),
        policy=FAINT,
        decisions=Decisions(rows=(Ruling(left="crux:acme:o1", right="fabric:acme:o7", verdict=Verdict.SAME),)),
    )
    (missing,) = codes(result, "missing")
    assert "'Lundqvist Trading AB' is on crux" in missing.message


@pytest.mark.parametrize("policy", [Policy(), Policy(expectations=(Expectation(accounts=("fabric",)),))])
def test_an_unknown_status_word_hides_nobody(policy: Policy) -> None:
    """It may mean that the partner goes on: what follows for other accounts cannot be told, and is not passed over."""
    unknown = connection(LUNDQVIST, "1", status=ConnectionStatus.UNKNOWN, status_native="BLESSED")
    result = reconcile(snapshot(listing(unknown), listing(vendor="fabric")), policy=policy)
    assert codes(result, "missing") == []
    (finding,) = codes(result, "cannot-tell")
    assert "its status is 'BLESSED'" in finding.message
    wanted = Expectation(accounts=("fabric",), status=frozenset({ConnectionStatus.UNKNOWN}))
    told = reconcile(snapshot(listing(unknown), listing(vendor="fabric")), policy=Policy(expectations=(wanted,)))
    assert codes(told, "missing")


def together(*pairs: tuple[str, str], verdict: Verdict = Verdict.SAME) -> tuple[Ruling, ...]:
    """What a person decides about pairs of records."""
    return tuple(Ruling(left=left, right=right, verdict=verdict) for left, right in pairs)


def by_way_of_another(name: str) -> Snapshot:
    """A partner that crux holds, and one that fabric holds by this name and layer by quite another."""
    return snapshot(
        listing(connection(LUNDQVIST, "1")),
        listing(connection(name, "7", vendor="fabric"), vendor="fabric"),
        listing(organization("Zebra Foods", "z", vendor="layer"), vendor="layer"),
    )


@pytest.mark.parametrize(
    ("name", "policy", "end"),
    [
        (LUNDQVIST, Policy(match=1.0, review=0.05), "see review"),
        ("Lundqvist Trading AB", FAINT, "too faint for the review, too likely to call it missing"),
        (f"{LUNDQVIST} EU", FAINT, "too little for the review, too much to call it missing"),
    ],
)
def test_what_may_be_a_partner_leads_to_wherever_its_business_is(name: str, policy: Policy, end: str) -> None:
    """If the doubtful record is the partner, so is what its business is called elsewhere: it is not missing there."""
    same = together(("fabric:acme:o7", "layer:acme:z"))
    expected = evolve(policy, expectations=(Expectation(accounts=("layer",)),))
    result = reconcile(by_way_of_another(name), policy=expected, decisions=Decisions(rows=same))
    assert codes(result, "missing") == []
    (maybe,) = codes(result, "maybe-missing")
    assert f"on layer (acme) it may be 'Zebra Foods', for {name!r} on fabric (acme) may be the same" in maybe.message
    assert maybe.message.endswith(f": {end}.")
    assert set(maybe.records) == {"crux:acme:connection:1", "fabric:acme:connection:7", "layer:acme:organization:z"}

    apart = together(("crux:acme:o1", "fabric:acme:o7"), verdict=Verdict.DIFFERENT)
    told = reconcile(by_way_of_another(name), policy=expected, decisions=Decisions(rows=(*same, *apart)))
    assert len(codes(told, "missing")) == 1


def test_a_second_record_of_one_account_may_be_missing_nowhere() -> None:
    """Where a doubtful duplicate on one account is a partner that others hold, they hold it."""
    result = reconcile(
        snapshot(
            listing(connection(LUNDQVIST, "1"), connection(LUNDQVIST, "2")),
            listing(connection("Zebra Foods", "7", vendor="fabric"), vendor="fabric"),
        ),
        policy=Policy(match=1.0, review=0.05),
        decisions=Decisions(rows=together(("crux:acme:o2", "fabric:acme:o7"))),
    )
    assert [(pair.left, pair.right) for pair in result.review if pair.left_source == pair.right_source]
    assert codes(result, "missing") == []
    (maybe,) = codes(result, "maybe-missing")
    assert maybe.accounts[0] == "fabric:acme"


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [
        (f"{LUNDQVIST} EU", f"{LUNDQVIST} - Dropship"),
        ("[DEPRECATED] Lundqvist Trading GmbH", "Lundqvist Trading Germany GmbH"),
        ("Lundqvist Trading GmbH North America", LUNDQVIST),
    ],
)
def test_a_region_or_a_channel_alone_makes_nobody_missing(mine: str, theirs: str) -> None:
    """A platform that knows another of a house's accounts knows the house."""
    result = reconcile(
        snapshot(listing(connection(mine, "1")), listing(connection(theirs, "7", vendor="fabric"), vendor="fabric")),
        policy=FAINT,
    )
    assert codes(result, "missing") == []
    assert len(codes(result, "maybe-missing")) == 1


def test_a_legal_form_alone_makes_nobody_missing() -> None:
    """In another country a business has another form, and another site and address as well."""
    american = Address(line1="9115 Hague Road", city="Indianapolis", region="IN", postal_code="46256", country="US")
    german = Address(line1="Sandhofer Str. 116", city="Mannheim", postal_code="68305", country="DE")
    us, de = {"website": "https://lundqvist.us", "address": american}, {"website": "https://lux.de", "address": german}
    ours = connection("Lundqvist Diagnostics Corporation", "1", partner=us)
    theirs = connection("Lundqvist Diagnostics GmbH", "7", vendor="fabric", partner=de)
    result = reconcile(snapshot(listing(ours), listing(theirs, vendor="fabric")), policy=FAINT)
    assert codes(result, "missing") == []
    assert "an equal name but for the legal form" in codes(result, "maybe-missing")[0].message


def test_who_is_renamed_and_keeps_its_number_is_not_called_missing() -> None:
    """Name, site and town may all be new: a VAT number is of one business, but for that of a tax group."""

    def with_number(name: str, record_id: str, vendor: str = "crux") -> Connection:
        number = Identifier(scheme="vat", value="GB 123 456 782")
        return connection(name, record_id, vendor=vendor, partner={"identifiers": (number,)})

    ours, theirs = with_number("Thistle Kitchens", "1"), with_number("Caledon Interiors", "7", "fabric")
    result = reconcile(snapshot(listing(ours), listing(theirs, vendor="fabric")), policy=FAINT)
    assert codes(result, "missing") == []
    assert "the same LEI or VAT number" in codes(result, "maybe-missing")[0].message


@pytest.mark.parametrize(
    ("second", "theirs"),
    [
        ("Lundqvist Mobler (Dropship)", "Lundqvist M\N{LATIN SMALL LETTER O WITH DIAERESIS}bler"),
        ("Lundqvist Mobler (Dropship)", "Lundqvist Mobler A/S"),
        ("Lundqvist Mobler A/S - Canada", "Lundqvist Mobler A/S"),
    ],
)
def test_a_second_account_is_not_missing_where_its_partner_is(second: str, theirs: str) -> None:
    """Of two accounts of a business the list there has one record, and which of the two is meant matters to nobody."""
    sources = (
        listing(connection("Lundqvist Mobler A/S", "1"), connection(second, "2")),
        listing(connection(theirs, "7", vendor="fabric"), vendor="fabric"),
    )
    first = together(("crux:acme:o1", "fabric:acme:o7"))
    assert codes(reconcile(snapshot(*sources), decisions=Decisions(rows=first)), "missing") == []
    apart = together(("crux:acme:o1", "crux:acme:o2"), verdict=Verdict.DIFFERENT)
    told = reconcile(snapshot(*sources), decisions=Decisions(rows=(*first, *apart)))
    (missing,) = codes(told, "missing")
    assert repr(second) in missing.message


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Acme Ltd EU", "ACME LIMITED", True),
        ("Acme (Dropship)", "Acme Ltd", True),
        ("Acme Ltd", "Acme", False),
        ("Acme GmbH - Dropship", "Acme Ltd", False),
        ("Acme (Dropship)", "Acme Tools (Dropship)", False),
        ("Boston Group", "Houston Group", False),
    ],
)
def test_two_accounts_differ_in_a_region_or_a_channel_alone(one: str, other: str, *, same: bool) -> None:
    """Beside a region or a channel the legal form may be left out, but another one is another business."""
    assert accounts_of_one(one, other) is same
    assert accounts_of_one(other, one) is same


@pytest.mark.parametrize(("mine", "theirs"), [("Boston Group", "Houston Group"), ("Online GmbH", "Outlet GmbH")])
def test_a_region_that_is_the_name_is_no_region(mine: str, theirs: str) -> None:
    """Nothing is left of such names by which two could be one."""
    result = reconcile(
        snapshot(listing(connection(mine, "1")), listing(connection(theirs, "7", vendor="fabric"), vendor="fabric")),
        policy=FAINT,
    )
    assert len(codes(result, "missing")) == 2


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [
        (
            {"name": "Groessmann & Sons GmbH"},
            {"name": "Zebra Foods", "partner": {"website": "https://groessmann-sons.de"}},
        ),
        (
            {"name": "Zebra Foods", "contacts": (contact(email="ann@grossmannsons.com"),)},
            {"name": "Groessmann & Sons GmbH"},
        ),
    ],
    ids=["its web domain", "the partner's addresses"],
)
def test_a_web_domain_that_is_called_as_a_partner_leaves_it_unsure(
    mine: dict[str, Any], theirs: dict[str, Any]
) -> None:
    """A brand or a former name shares no word with the business, but who has its domain may well be it."""
    crux = [connection(record_id="1", **mine)]
    fabric = [connection(record_id="7", vendor="fabric", **theirs)]
    result = reconcile(snapshot(listing(*crux), listing(*fabric, vendor="fabric")))
    assert codes(result, "missing") == []
    (maybe,) = codes(result, "maybe-missing")
    assert "web domain is called so" in maybe.message


def test_the_web_domain_of_an_agency_leaves_nobody_unsure() -> None:
    """Three partners that are reached through an agency are not the agency, nor it they."""
    agency = {"website": "groessmann.de"}
    names = ("Zebra Foods", "Quantum Lighting", "Yak Wool")
    result = reconcile(
        snapshot(
            listing(connection("Groessmann GmbH", "1")),
            listing(
                *(connection(name, str(at), vendor="fabric", partner=agency) for at, name in enumerate(names)),
                vendor="fabric",
            ),
        )
    )
    assert len(codes(result, "missing")) == 4


SEATTLE: dict[str, Any] = {
    "website": "https://west.example",
    "phone": "+1 206 555 0143",
    "address": Address(line1="1 Harbor Way", city="Seattle", region="WA", postal_code="98101", country="US"),
}
ATLANTA: dict[str, Any] = {
    "website": "https://east-side.example",
    "phone": "+1 404 555 0188",
    "address": Address(line1="77 Peachtree St", city="Atlanta", region="GA", postal_code="30303", country="US"),
}


def elsewhere(mine: str, theirs: str, *more: Any, decisions: Decisions | None = None) -> Reconciliation:
    """What is found of a name on crux and one on fabric, whose pair is as unlikely as their places are far apart."""
    ours, others = connection(mine, "1", partner=SEATTLE), connection(theirs, "7", vendor="fabric", partner=ATLANTA)
    return reconcile(
        snapshot(listing(ours), listing(others, vendor="fabric"), *more),
        policy=evolve(FAINT, expectations=(Expectation(accounts=("layer",)),) if more else None),
        decisions=decisions,
    )


WORKERS = "Intl Brotherhood of Electrical Workers Local Union No. 332"
PROTECTION = "U.S. Environmental Protection Agency"


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("IBEW Local 332", WORKERS),
        ("HHS", "U.S. Department of Health & Human Services"),
        ("US EPA", PROTECTION),
        ("UC Press", "University of California Press"),
        ("DGG", "Deutsche Grammophon Gesellschaft"),
        ("USGS Denver", "United States Geological Survey, Denver"),
    ],
)
def test_initials_alone_make_nobody_missing(short: str, long: str) -> None:
    """Whoever has all other telling words of a name, and the first letters of the rest, may be it."""
    for mine, theirs in ((short, long), (long, short)):
        result = elsewhere(mine, theirs)
        assert codes(result, "missing") == []
        (maybe,) = codes(result, "maybe-missing")
        assert "may be the initials of" in maybe.message


def test_whose_initials_a_name_may_have_is_said_as_both_are_written() -> None:
    """A person sees at once what speaks for it."""
    (maybe,) = codes(elsewhere("IBEW Local 332", WORKERS), "maybe-missing")
    assert "'IBEW' may be the initials of 'Intl Brotherhood of Electrical Workers'" in maybe.message


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("IBEW Local 103", WORKERS),
        ("UK EPA", PROTECTION),
        ("UC", "University of California Press"),
        ("UC Press", "University of California Museum"),
        ("QRT Foods", "Quarry Road Timber Services"),
        ("QRT Limburg", "Quarry Road Timber Twente"),
    ],
    ids=["a number", "a country", "two letters alone", "a word", "a common word on either side", "a town"],
)
def test_initials_are_none_where_something_else_differs(short: str, long: str) -> None:
    """Letters are soon the same: what else a name says has to agree."""
    assert initials_of(short, long) is None
    assert "may be the initials" not in str(elsewhere(short, long).findings)


def test_initials_of_whom_a_person_told_apart_are_no_excuse() -> None:
    """Who has been called another business is missing where the other is."""
    apart = Decisions(rows=(Ruling(left="crux:acme:o1", right="fabric:acme:o7", verdict=Verdict.DIFFERENT),))
    assert len(codes(elsewhere("IBEW Local 332", WORKERS, decisions=apart), "missing")) == 2


def test_initials_lead_to_wherever_their_business_is() -> None:
    """If they are the partner's, so is what their business is called on a third account."""
    layer = listing(organization("Zebra Foods", "z", vendor="layer"), vendor="layer")
    same = Decisions(rows=together(("fabric:acme:o7", "layer:acme:z")))
    result = elsewhere(WORKERS, "IBEW Local 332", layer, decisions=same)
    assert codes(result, "missing") == []
    (maybe,) = codes(result, "maybe-missing")
    assert "on layer (acme) it may be 'Zebra Foods', for 'IBEW Local 332' on fabric (acme)" in maybe.message


def _own_list(*rows: Any) -> Any:
    return listing(*rows, vendor="table", account="master", operation="partners")


def _row(name: str, **more: Any) -> Any:
    return organization(name, name[:1], vendor="table", account="master", **more)


SUPPLIERS = Policy(expectations=(Expectation(accounts=("crux",), role=Role.SUPPLIER, listed_in=("master",)),))


def test_whether_a_partner_of_no_role_is_missing_nobody_can_tell() -> None:
    """One's own list seldom says who is a supplier: those who are on it alone are neither missing nor passed over."""
    result = reconcile(snapshot(_own_list(_row("Zebra Foods")), listing(connection("Yak Wool", "1"))), policy=SUPPLIERS)
    assert not codes(result, "missing")
    (finding,) = codes(result, "cannot-tell")
    assert finding.message.endswith("nobody knows whether it should be, for no list says whether it is a supplier.")
    assert not codes(result, "policy-without-partner")


@pytest.mark.parametrize(("role", "code"), [(Role.SUPPLIER, "missing"), (Role.TENANT, "cannot-tell")])
def test_a_role_that_is_said_decides(role: Role, code: str) -> None:
    """A supplier is missing; a tenant of a platform may be on either side; a retailer was not meant."""
    result = reconcile(snapshot(_own_list(_row("Zebra Foods", role=role)), listing()), policy=SUPPLIERS)
    assert codes(result, code)
    retailer = snapshot(_own_list(_row("Zebra Foods", role=Role.RETAILER)), listing())
    told = {finding.code for finding in reconcile(retailer, policy=SUPPLIERS).findings}
    assert told == {"policy-without-partner"}


def test_a_sure_expectation_goes_before_one_that_nobody_can_tell() -> None:
    """Who should be there by one expectation is missing, whatever another would hang on."""
    sure = Policy(expectations=(*(SUPPLIERS.expectations or ()), Expectation(accounts=("crux",), name="Zebra*")))
    result = reconcile(snapshot(_own_list(_row("Zebra Foods")), listing()), policy=sure)
    assert codes(result, "missing")


def test_two_reasons_why_nobody_can_tell_are_both_said() -> None:
    """Neither the role nor the status of a partner is known."""
    row = _row("Zebra Foods", status=OrganizationStatus.UNKNOWN, status_native="BLESSED")
    (finding,) = codes(reconcile(snapshot(_own_list(row), listing()), policy=SUPPLIERS), "cannot-tell")
    assert finding.message.endswith("for no list says whether it is a supplier and its status is 'BLESSED'.")


def test_that_a_list_is_empty_is_said_with_who_is_missing_from_it() -> None:
    """An account of a wrong id is as empty and as complete as one without partners."""
    (missing,) = codes(reconcile(snapshot(listing(connection("Zebra", "1")), listing(vendor="fabric"))), "missing")
    assert missing.message.endswith("but not on fabric (acme), whose list is complete, and empty.")


def _renamed(decisions: Decisions | None = None, vendor: str = "crux") -> Reconciliation:
    lists = (
        listing(organization(name, "U1", vendor=vendor, account=account), vendor=vendor, account=account)
        for account, name in (("eu", "Tannhauser Tools"), ("us", "Ostrich Leather"))
    )
    return reconcile(snapshot(*lists), decisions=decisions)


def test_a_partner_of_one_id_and_two_names_is_not_called_missing() -> None:
    """One account of a platform was read before a business changed its name, and another after."""
    result = _renamed()
    assert not codes(result, "missing")
    (finding,) = codes(result, "maybe-missing")
    assert "the platform gives both the id 'U1'" in finding.message
    assert finding.message.endswith("decide whether they are one.")


def test_an_id_is_no_sign_of_a_partner_that_a_person_has_told_apart() -> None:
    """A platform may give an id away again."""
    apart = Decisions(rows=(Ruling(left="crux:eu:U1", right="crux:us:U1", verdict=Verdict.DIFFERENT),))
    assert len(codes(_renamed(apart), "missing")) == 2


def test_the_ids_of_two_tables_are_no_sign() -> None:
    """Each table numbers its rows itself."""
    assert len(codes(_renamed(vendor="table"), "missing")) == 2


@pytest.mark.parametrize("name", ["vendors", "counterparties", "listings"])
def test_an_account_whose_list_failed_is_told_whatever_the_list_is_called(name: str) -> None:
    """Else nobody would see that half of the partners were never asked for."""
    result = reconcile(
        snapshot(listing(connection("Zebra", "1")), listing(vendor="new", operation=name, complete=False))
    )
    assert [view.account.vendor for view in result.coverage] == ["crux", "new"]
    assert [finding.accounts[0] for finding in codes(result, "incomplete-account")] == ["new:acme"]
    assert codes(result, "cannot-tell")


def test_an_empty_list_that_may_be_of_anything_makes_nobody_missing() -> None:
    """Its account is told, and that its name does not say what it lists."""
    one = listing(vendor="new", operation="counterparties")
    result = reconcile(snapshot(listing(connection("Zebra", "1")), one))
    assert not codes(result, "missing")
    (finding,) = codes(result, "incomplete-account")
    assert "its list of counterparties is empty, and may be one of something else" in finding.message
    beside = reconcile(snapshot(listing(connection("Zebra", "1")), one, listing(vendor="new")))
    assert codes(beside, "missing"), "its list of connections proves it"


@pytest.mark.parametrize("name", ["memberships", "roles", "orders", "order", "supplier_users"])
def test_a_list_of_something_else_makes_no_account(name: str) -> None:
    """Who failed to list orders was not asked for partners."""
    result = reconcile(
        snapshot(listing(connection("Zebra", "1")), listing(vendor="new", operation=name, complete=False))
    )
    assert [view.account.vendor for view in result.coverage] == ["crux"]
    assert result.findings == ()
