"""What accounts disagree on."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

from aggregator.model import Address, ConnectionStatus, OrganizationStatus, Rejected, Role, Subscription
from aggregator.reconcile import (
    CATALOGUE,
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
from aggregator.reconcile.account_views import view_accounts
from aggregator.reconcile.profiles import profiles
from aggregator.report import as_markdown
from tests.reconcile.making import NOON, connection, contact, identifier, listing, organization, snapshot

NAME = "Lundqvist Trading GmbH"
S = ConnectionStatus


def found(result: Reconciliation, code: str) -> list[Finding]:
    """The findings of one code."""
    return [finding for finding in result.findings if finding.code == code]


def two(
    left: dict[str, Any] | None = None, right: dict[str, Any] | None = None, *, policy: Policy | None = None
) -> Reconciliation:
    """Reconcile one partner on two accounts; the settings are those of its connections."""
    crux = connection(NAME, "1", **(left or {}))
    fabric = connection(NAME, "1", vendor="fabric", **(right or {}))
    return reconcile(snapshot(listing(crux), listing(fabric, vendor="fabric")), policy=policy)


def test_ended_here_and_active_there_is_an_error_with_both_native_words() -> None:
    """Trading goes on with a partner that another platform has ended: both words are shown."""
    result = two({"status": S.ENDED, "status_native": "DEACTIVATED"}, {"status_native": "active"})
    (finding,) = found(result, "ended-here-active-there")
    assert finding.severity is Severity.ERROR
    assert {claim.native for claim in finding.claims} == {"DEACTIVATED", "active"}
    assert result.worst() is Severity.ERROR


def test_other_differences_of_status_are_warnings() -> None:
    """Pending on one platform and active on the other is a conflict, but not an ended one."""
    result = two({"status": S.PENDING, "created_at": NOON})
    assert len(found(result, "status-conflict")) == 1
    assert not found(result, "ended-here-active-there")


def test_equal_unknown_and_missing_statuses_are_no_conflict() -> None:
    """What nobody knows contradicts nothing."""
    assert not found(two(), "status-conflict")
    result = two({"status": S.UNKNOWN, "status_native": "FROZEN"})
    assert not found(result, "status-conflict")
    (unknown,) = found(result, "unknown-status")
    assert "'FROZEN'" in unknown.message


@pytest.mark.parametrize(
    ("beside", "code"),
    [(S.ENDED, None), (S.PENDING, None), (S.ONBOARDING, None), (S.ACTIVE, "ended-here-active-there")],
)
@pytest.mark.parametrize("records", [1, 2])
def test_a_word_that_nobody_knows_may_mean_the_livelier_status(
    beside: ConnectionStatus, code: str | None, records: int
) -> None:
    """Beside it nothing but active says how things stand on an account, over one record of the partner or two."""
    known, unknown = connection(NAME, "1", status=beside), connection(NAME, "2", status=S.UNKNOWN)
    if records == 1:
        unknown = evolve(unknown, supplier=known.supplier)
    other = connection(NAME, "1", vendor="fabric", status=S.ENDED if beside is S.ACTIVE else S.ACTIVE)
    same = {("crux:acme:o1", "fabric:acme:o1"), ("crux:acme:o1", f"crux:acme:o{records}")}
    rows = tuple(Ruling(left=one, right=two, verdict=Verdict.SAME) for one, two in sorted(same) if one != two)
    result = reconcile(
        snapshot(listing(known, unknown), listing(other, vendor="fabric")), decisions=Decisions(rows=rows)
    )
    conflicts = {"ended-here-active-there", "status-conflict"}
    assert [one.code for one in result.findings if one.code in conflicts] == ([] if code is None else [code])


@pytest.mark.parametrize(
    ("code", "left", "right"),
    [
        ("website-conflict", {"website": "lundqvist.com"}, {"website": "https://lundqvist.de/shop"}),
        (
            "phone-conflict",
            {"website": "lundqvist.com", "phone": "+1 267 977 0572"},
            {"website": "lundqvist.com", "phone": "(555) 010-2030"},
        ),
        ("contact-conflict", {"email": "a@lundqvist.com"}, {"email": "b@lundqvist.com"}),
        (
            "address-conflict",
            {"website": "lundqvist.com", "address": Address(postal_code="10115")},
            {"website": "lundqvist.com", "address": Address(postal_code="80331")},
        ),
        (
            "account-number-conflict",
            {"website": "lundqvist.com", "reference": "A-100"},
            {"website": "lundqvist.com", "reference": "200"},
        ),
        (
            "account-number-conflict",
            {"website": "lundqvist.com", "reference": "LI-20"},
            {"website": "lundqvist.com", "reference": "AR-20"},
        ),
        (
            "account-number-conflict",
            {"website": "lundqvist.com", "reference": "1-12"},
            {"website": "lundqvist.com", "reference": "11-2"},
        ),
    ],
)
def test_fields_that_differ_are_found_and_fields_that_agree_are_not(
    code: str, left: dict[str, Any], right: dict[str, Any]
) -> None:
    """A conflict shows what was written on either side; equal values and silence are none."""
    (conflict,) = found(two({"partner": left}, {"partner": right}), code)
    assert {claim.account for claim in conflict.claims} == {"crux:acme", "fabric:acme"}
    assert not found(two({"partner": left}, {"partner": left}), code)
    assert not found(two({"partner": left}), code)


@pytest.mark.parametrize(
    ("code", "left", "right"),
    [
        ("website-conflict", {"website": "www.lundqvist.com"}, {"website": "https://shop.lundqvist.com/x?y"}),
        ("phone-conflict", {"phone": "+12679770572"}, {"phone": "(267)977-0572x195"}),
        ("contact-conflict", {"email": "Ada@Lundqvist.com"}, {"email": "ada@lundqvist.com "}),
        ("address-conflict", {"address": Address(postal_code="SW1A 1AA")}, {"address": Address(postal_code="sw1a1aa")}),
        *(
            ("address-conflict", {"address": Address(postal_code=one)}, {"address": Address(postal_code=other)})
            for one, other in (
                ("94105-1234", "94105"),
                ("D-10115", "10115"),
                ("D 01067", "1067"),
                ("LV-1050", "1050"),
                ("NL-1012 AB", "1012 AB"),
                ("GB-SW1A 1AA", "SW1A 1AA"),
                ("n/a", "10115"),
            )
        ),
        ("account-number-conflict", {"reference": "ACC-00042"}, {"reference": "42"}),
        ("account-number-conflict", {"reference": "ACC-00420"}, {"reference": "AR420"}),
        ("account-number-conflict", {"reference": "1-12"}, {"reference": "112"}),
        ("account-number-conflict", {"reference": "A 7"}, {"reference": "a-007"}),
        ("phone-conflict", {"phone": "0044 161 977 1632"}, {"phone": "0161 9771632"}),
        ("phone-conflict", {"phone": "+46 8 520 180 00"}, {"phone": "(0)8-520 180 00"}),
        ("phone-conflict", {"phone": "0161 977 1632", "address": Address(country="GB")}, {"phone": "+441619771632"}),
        ("contact-conflict", {"email": "support@shop.lundqvist.com"}, {"email": "ada@lundqvist.com"}),
        ("contact-conflict", {"email": "ada@lundqvist.com; bo@lundqvist.com"}, {"email": "bo@lundqvist.com"}),
        ("website-conflict", {"website": "lundqvist.se, www.lundqvist.com"}, {"website": "lundqvist.com"}),
        ("phone-conflict", {"phone": "+12679770572 / +12679770573"}, {"phone": "+12679770573"}),
        ("phone-conflict", {"phone": "+49 30 / 1234567"}, {"phone": "+49301234567"}),
        ("phone-conflict", {"phone": "030 / 7654321", "address": Address(country="DE")}, {"phone": "+49307654321"}),
        ("phone-conflict", {"phone": "+49 30 7654321 (Zentrale)"}, {"phone": "+49 30 7654321"}),
        ("phone-conflict", {"phone": "+49 30 7654321"}, {"phone": "123456789"}),
        *(
            ("contact-conflict", {"email": one}, {"email": other})
            for one, other in (
                ("Ann Lee <ann@lundqvist.com>", "ann@lundqvist.com"),
                ("mailto:ann@lundqvist.com?subject=hello", "ann@lundqvist.com"),
                ("ann@b\u00fccher.de", "ann@xn--bcher-kva.de"),
                ("n/a", "ann@lundqvist.com"),
                ("-", "none"),
            )
        ),
    ],
)
def test_habits_of_writing_are_no_conflict(code: str, left: dict[str, Any], right: dict[str, Any]) -> None:
    """The same domain, number or code in another spelling is the same."""
    assert not found(two({"partner": left}, {"partner": right}), code)


@pytest.mark.parametrize(
    ("one", "other", "differ"),
    [
        ("lundqvist.myshopify.com", "lundqvist.com", False),
        ("quantum.github.io", "quantum.example", False),
        ("lundqvist.myshopify.com", "lundqvist.github.io", False),
        ("facebook.com/lundqvist", "lundqvist.com", False),
        ("lundqvist.myshopify.com", "zebra.myshopify.com", True),
        ("lundqvist.myshopify.com; lundqvist.com", "lundqvist.de", True),
        ("lundqvist.myshopify.com; lundqvist.com", "lundqvist.myshopify.com; lundqvist.de", False),
        ("lundqvist.uk.com", "lundqvist.com", True),
        ("lundqvist.co.uk", "lundqvist.com", True),
    ],
)
def test_a_shop_on_a_host_for_anyone_contradicts_no_domain_of_ones_own(one: str, other: str, *, differ: bool) -> None:
    """Who has a shop there may have a domain too; of two shops on one host, or two own domains, each is another."""
    result = two({"partner": {"website": one}}, {"partner": {"website": other}})
    assert bool(found(result, "website-conflict")) is differ


def test_a_conflict_shows_what_was_written() -> None:
    """The whole field, and not the pieces that were compared."""
    left = {"website": "lundqvist.com", "phone": "030 / 7654321 (Zentrale); 030 / 7654322", "email": "Bo <bo@acme.com>"}
    right = {"website": "lundqvist.com", "phone": "+49 30 / 7654323", "email": "ann@lundqvist.com"}
    result = two({"partner": left}, {"partner": right})
    (phones,), (mails,) = found(result, "phone-conflict"), found(result, "contact-conflict")
    assert [claim.native for claim in phones.claims] == [left["phone"], right["phone"]]
    assert [claim.value for claim in phones.claims] == ["49307654321, 49307654322", "49307654323"]
    assert [claim.native for claim in mails.claims] == [left["email"], right["email"]]
    assert [claim.value for claim in mails.claims] == ["bo@acme.com", "ann@lundqvist.com"]


@pytest.mark.parametrize(("one", "other"), [("SW1A 1AA", "SW1A 2AA"), ("1000-001", "1000-002"), ("10115", "10117")])
def test_other_postal_codes_are_a_conflict(one: str, other: str) -> None:
    """Only habits of writing are passed over."""
    left, right = ({"partner": {"address": Address(postal_code=code)}} for code in (one, other))
    assert found(two(left, right), "address-conflict")


def test_a_name_that_only_says_more_is_no_conflict() -> None:
    """A legal form that one platform leaves out does not contradict; another legal form does."""
    sources = [
        listing(connection("Lundqvist Trading", "1", partner={"website": "lundqvist.com"})),
        listing(connection(NAME, "1", vendor="fabric", partner={"website": "lundqvist.com"}), vendor="fabric"),
    ]
    assert not found(reconcile(snapshot(*sources)), "name-conflict")
    other = connection("Lundqvist Trading AB", "1", partner={"website": "lundqvist.com"})
    assert len(found(reconcile(snapshot(listing(other), sources[1])), "name-conflict")) == 1


@pytest.mark.parametrize(
    ("left", "right", "differ"),
    [
        ("Léger und Muñoz", "LEGER UND MUNOZ", False),
        ("Léger & Muñoz, Ltd.", "leger and munoz limited", False),
        ("Grössmann Energy", "Groessmann-Energy", False),
        ("Chucuova Harbour Group Ltd.", "ChucuovaHarbour GRP Limited", False),
        ("Hall Woollens", "Hall W0ollens", True),
        ("Acme Foods GmbH", "Acme Foods AB", True),
        ("Acme Foods G.M.B.H.", "Acme Foods GmbH", False),
        ("Acme Foods Pvt. Ltd.", "ACME FOODS PRIVATE LIMITED", False),
        ("Acme Foods Private Limited", "Acme Foods Ltd", False),
        ("Acme Foods S.A. de C.V.", "Acme Foods SA de CV", False),
        ("Acme Foods Sp. z o. o.", "Acme Foods spzoo", False),
        ("Acme Foods A/S", "Acme Foods AS", False),
        ("Acme Foods L.L.C.", "Acme Foods Limited Liability Company", False),
        ("J. P. Foods", "JP Foods", False),
        ("Smith & B. S.A.", "Smith and B SA", False),
        ("Acme Foods G.M.B.H.", "Acme Foods A.B.", True),
        ("Acme Foods S.A.", "Acme Foods S.A.S.", True),
        ("J. P. Foods", "J. R. Foods", True),
        ("株式会社トヨタ", "トヨタ株式会社", False),
        ("株式会社トヨタ", "ソニー株式会社", True),
        ("(주)삼성전자", "삼성전자 주식회사", False),
        ("MÃ¼ller Foods", "Müller Foods", False),
        ("Auto Zone", "AutoZone", False),
        ("Home Depot", "HomeDepot", False),
        ("Pet Smart", "PetSmart", False),
        ("Toy Box", "ToyBox", False),
        ("Wright Home", "WrightHome", False),
        ("Wright Home LLC", "WrightHome", False),
        ("Under Armour", "UnderArmour Inc", False),
        ("UnderArmour Mfg", "Under Armour Manufacturing Inc", False),
        ("The Aurora Rose Inc", "Aurora Rose Group Inc", False),
        ("The The", "The", False),
        ("The The", "Aurora Rose", True),
        ("Wright Home LLC", "WrightHome AB", True),
        ("Wright Home", "Wrighthome Sweden Ltd", False),
        ("Wright Homes", "WrightHouse", True),
        ("\u041e\u041e\u041e Северный Ветер", "Severny Veter OOO", False),
        ("\u041e\u041e\u041e Северный Ветер", "Severnyj Veter", False),
        ("Яндекс Щука", "Yandex Schuka", False),
        ("Цемент и Хлеб", "Cement i Hleb", False),
        ("Скания Юг", "Scania Yug", False),
        ("Χρυσός Αετός", "Chrysos Aetos", False),
        ("Северный Ветер", "Southern Veter", True),
        ("Северный Ветер", "Severnaya Zvezda", True),
        ("Severnyi Veter", "Severnyi Viter", True),
        ("Subway #124", "SUBWAY 0124", False),
        ("Subway #124", "SUBWAY 1240", True),
        ("Subway 0", "Subway 00", False),
    ],
)
def test_only_names_that_differ_in_substance_are_a_conflict(left: str, right: str, differ: bool) -> None:
    """Case, accents, punctuation, abbreviations and joined words are habits of writing; letters and forms are not."""
    same = Decisions(rows=(Ruling(left="crux:acme:o1", right="fabric:acme:o1", verdict=Verdict.SAME),))
    sources = (listing(connection(left, "1")), listing(connection(right, "1", vendor="fabric"), vendor="fabric"))
    assert bool(found(reconcile(snapshot(*sources), decisions=same), "name-conflict")) is differ


def test_what_an_agency_gives_for_all_of_its_brands_contradicts_nothing() -> None:
    """A domain, number and address that stand at three partners tell nothing of any of them; at two they do."""
    agency = {"website": "shopagency.com", "phone": "+12679770572", "email": "joe@shopagency.com"}
    names = ("Zebra Foods", "Quantum Lighting", "Yak Wool Trading")
    codes = ("website-conflict", "phone-conflict", "contact-conflict")

    def conflicts(count: int) -> set[str]:
        left = [connection(name, str(at), partner=agency) for at, name in enumerate(names[:count])]
        own = {"website": "zebra.com", "phone": "+12679770599", "email": "ann@zebra.com"}
        right = connection(names[0], "0", vendor="fabric", partner=own)
        same = Decisions(rows=(Ruling(left="crux:acme:o0", right="fabric:acme:o0", verdict=Verdict.SAME),))
        result = reconcile(snapshot(listing(*left), listing(right, vendor="fabric")), decisions=same)
        return {finding.code for finding in result.findings} & set(codes)

    assert conflicts(2) == set(codes)
    assert conflicts(3) == set()


@pytest.mark.parametrize("country", ["DE", None])
@pytest.mark.parametrize("held", ["all", "one"])
def test_an_agencys_number_is_known_whether_its_list_says_the_country_or_not(country: str | None, held: str) -> None:
    """Four brands say it in one list; in the other list, all of them or one alone say a number of their own."""
    names = ("Rushmoor Textiles", "Otis Leather", "Tallow Candles", "Quill Paper")
    agency: dict[str, Any] = {"phone": "030 7654321"}
    if country:
        agency |= {"address": Address(country=country)}
    left = [connection(name, str(at), partner=agency) for at, name in enumerate(names)]
    right = [
        connection(
            name, str(at), vendor="fabric", partner={"phone": f"+49 40 5566{at}77", "address": Address(country="DE")}
        )
        for at, name in enumerate(names if held == "all" else names[:1])
    ]
    result = reconcile(snapshot(listing(*left), listing(*right, vendor="fabric")))
    assert len(result.matches) == len(right)
    assert not found(result, "phone-conflict")


def test_a_number_of_ours_for_two_partners_is_an_error() -> None:
    """One account number stands for one partner, on whatever platform."""
    result = reconcile(
        snapshot(
            listing(
                connection("Zebra Foods", "1", retailers_supplier_account_number="59830"),
                connection("Quantum Lighting", "2", retailers_supplier_account_number="59830"),
            )
        )
    )
    (finding,) = found(result, "account-number-reused")
    assert finding.severity is Severity.ERROR
    assert "Zebra Foods" in finding.message
    assert "Quantum Lighting" in finding.message


def _reused(*numbers: str) -> list[Finding]:
    names = ("Zebra Foods", "Quantum Lighting", "Lundqvist Trading")
    rows = [connection(names[at], str(at), retailers_supplier_account_number=one) for at, one in enumerate(numbers)]
    return found(reconcile(snapshot(listing(*rows))), "account-number-reused")


@pytest.mark.parametrize(("one", "other"), [("00100", "100"), ("acc-0042", "ACC 42"), (" 7 ", "007")])
def test_a_number_written_in_two_ways_is_one_number(one: str, other: str) -> None:
    """Zeros in front, case and separators are written or not, as spreadsheets please; the sentence says both."""
    (finding,) = _reused(one, other)
    assert f"The account number {one.strip()!r} or {other!r} stands for 2 partners" in finding.message


@pytest.mark.parametrize(("one", "other"), [("A-7", "B-7"), ("1-12", "11-2"), ("70", "7"), ("7", "7A")])
def test_numbers_of_two_series_are_two(one: str, other: str) -> None:
    """Letters in front and what stands between digits may be all that tells them apart: an error must be one."""
    assert not _reused(one, other)


@pytest.mark.parametrize(
    "word", ["N/A", "n.a.", "-", "none", "NULL", "TBD", "unknown", "0", "000", "?", "99999", "1.00012E+11"]
)
def test_what_stands_for_no_number_is_none(word: str) -> None:
    """Partners without a number have nothing in common, and nothing that contradicts another's."""
    assert not _reused(word, word)
    assert not found(
        two({"partner": {"reference": word}}, {"partner": {"reference": "A-7"}}), "account-number-conflict"
    )


def test_the_partners_numbers_for_us_may_repeat() -> None:
    """Two suppliers can well have given us the same customer number."""
    result = reconcile(
        snapshot(
            listing(
                connection("Zebra Foods", "1", suppliers_retailer_account_number="7"),
                connection("Quantum Lighting", "2", suppliers_retailer_account_number="7"),
            )
        )
    )
    assert not found(result, "account-number-reused")


def test_a_partner_held_twice_by_one_account_is_a_duplicate() -> None:
    """Both records of the platform are named."""
    same = {"website": "orbis-kitchen.com", "phone": "+12679770572", "email": "ada@orbis-kitchen.com"}
    result = reconcile(
        snapshot(
            listing(
                connection("Orbis Kitchenware Ltd", "1", partner=same),
                connection("Orbis Kitchenware Limited", "2", partner=same),
            )
        )
    )
    (finding,) = found(result, "duplicate")
    assert finding.records == ("crux:acme:connection:1", "crux:acme:connection:2")
    assert len(result.partners) == 1


def test_an_old_list_is_told_as_such_and_its_ages_are_of_its_own_time() -> None:
    """What an account said ninety days before the other is judged as it was then, and every form says of when it is."""
    then = NOON - timedelta(days=90)
    pending = listing(connection(NAME, "1", status=S.PENDING, requested_at=then - timedelta(days=29)))
    old = evolve(pending, coverage=evolve(pending.coverage, started_at=then, finished_at=then))
    result = reconcile(snapshot(old, listing(connection("Zebra Foods", "2", vendor="fabric"), vendor="fabric")))
    assert not found(result, "stuck-pending")
    (finding,) = found(result, "old-list")
    assert finding.message.startswith("The list of crux (acme) is 90 days older than that of fabric (acme): what is")
    (missing,) = (one for one in found(result, "missing") if one.accounts[0] == "crux:acme")
    assert missing.message.endswith("whose list is complete, as of 2025-10-17 12:00 UTC.")
    assert "crux (acme): 1 partner, complete, as of 2025-10-17 12:00 UTC\nfabric (acme): 1 partner, complete\n" in str(
        result
    )
    assert "yes, as of 2025-10-17 12:00 UTC" in as_markdown(result)
    assert [row[-1] for row in result.to_frame("coverage").rows] == [then.isoformat(), NOON.isoformat()]
    assert [view["taken_at"] for view in result.to_plain()["coverage"]] == [then.isoformat(), NOON.isoformat()]


@pytest.mark.parametrize(
    ("settings", "code"),
    [
        ({"status": S.PENDING, "requested_at": NOON - timedelta(days=31)}, "stuck-pending"),
        ({"status": S.PENDING, "requested_at": NOON - timedelta(days=29)}, None),
        ({"status": S.ONBOARDING, "onboarding_target_at": NOON - timedelta(hours=1)}, "stuck-onboarding"),
        ({"status": S.ONBOARDING, "onboarding_target_at": NOON + timedelta(hours=1)}, None),
        ({"status": S.ONBOARDING, "onboarding_target_at": NOON - timedelta(hours=12)}, None),
        ({"status": S.ONBOARDING, "onboarding_target_at": NOON - timedelta(hours=36)}, "stuck-onboarding"),
        ({"status": S.ONBOARDING, "created_at": NOON - timedelta(days=61)}, "stuck-onboarding"),
        ({"status": S.ONBOARDING, "created_at": None}, None),
        ({"status": S.ACTIVE, "onboarding_target_at": NOON - timedelta(days=9)}, None),
    ],
)
def test_a_connection_is_stuck_past_its_date(settings: dict[str, Any], code: str | None) -> None:
    """Ages are counted to the time of the snapshot, so that an old one gives the answer it gave."""
    result = reconcile(snapshot(listing(connection(NAME, "1", **settings))))
    stuck = [finding.code for finding in result.findings if finding.code.startswith("stuck")]
    assert stuck == ([code] if code else [])


@pytest.mark.parametrize(
    ("status", "code", "settings"),
    [
        (S.PENDING, "stuck-pending", {}),
        (S.ONBOARDING, "stuck-onboarding", {"onboarding_target_at": NOON - timedelta(days=9)}),
        (S.UNKNOWN, "unknown-status", {"status_native": "BLESSED"}),
    ],
)
def test_a_claim_is_of_the_connection_that_is_meant(
    status: ConnectionStatus, code: str, settings: dict[str, Any]
) -> None:
    """The partner is active by another connection, which would contradict the sentence."""
    lively = connection(NAME, "1")
    other = evolve(connection(NAME, "2", status=status, **settings), supplier=lively.supplier)
    (finding,) = found(reconcile(snapshot(listing(lively, other))), code)
    assert [(one.value, one.native) for one in finding.claims] == [(status.value, other.status_native)]


@pytest.mark.parametrize(("status", "told"), [(S.ENDED, False), (S.SUSPENDED, True), (S.ACTIVE, True)])
def test_the_plan_of_a_partner_that_is_over_is_nobodys_matter(status: ConnectionStatus, *, told: bool) -> None:
    """Who has ended all connections lets the plan run out, and that is no error."""
    plan = Subscription(is_delinquent=True, is_expired=True)
    one = connection(NAME, "1", status=status, partner={"subscription": plan})
    kinds = {finding.code for finding in reconcile(snapshot(listing(one))).findings}
    assert kinds == ({"subscription-delinquent", "subscription-lapsed"} if told else set())


@pytest.mark.parametrize(
    ("plan", "code"),
    [
        (Subscription(is_expired=True), "subscription-lapsed"),
        (Subscription(expires_at=NOON - timedelta(days=1)), "subscription-lapsed"),
        (Subscription(expires_at=NOON + timedelta(days=1)), None),
        (Subscription(is_expired=False, expires_at=NOON - timedelta(days=1)), None),
        (Subscription(required=False, is_expired=True), None),
        (Subscription(is_expired=True, is_on_grace_period=True), "subscription-grace"),
        (
            Subscription(is_expired=True, is_on_grace_period=True, grace_period_ends_at=NOON - timedelta(days=1)),
            "subscription-lapsed",
        ),
        (Subscription(is_expired=True, grace_period_ends_at=NOON + timedelta(days=1)), "subscription-grace"),
        (
            Subscription(expires_at=NOON - timedelta(days=1), grace_period_ends_at=NOON + timedelta(days=1)),
            "subscription-grace",
        ),
        (Subscription(is_expired=True, grace_period_ends_at=NOON - timedelta(days=1)), "subscription-lapsed"),
        (
            Subscription(is_expired=True, is_on_grace_period=False, grace_period_ends_at=NOON + timedelta(days=1)),
            "subscription-lapsed",
        ),
        (Subscription(expires_at=NOON + timedelta(days=1), grace_period_ends_at=NOON + timedelta(days=9)), None),
        (Subscription(is_delinquent=True), "subscription-delinquent"),
        (Subscription(), None),
    ],
)
def test_a_plan_that_has_run_out_is_found(plan: Subscription, code: str | None) -> None:
    """Lapsed, in grace or unpaid: as the platform says; what it does not say is nothing."""
    result = reconcile(snapshot(listing(connection(NAME, "1", partner={"subscription": plan}))))
    plans = [finding.code for finding in result.findings if finding.code.startswith("subscription")]
    assert plans == ([code] if code else [])


@pytest.mark.parametrize(
    ("days", "told"),
    [
        (None, " expired."),
        (-1, " expired on 2026-01-14."),
        (3, " is expired, as the platform says, though its date, 2026-01-18, is ahead."),
    ],
)
def test_no_plan_is_said_to_have_expired_on_a_day_to_come(days: int | None, told: str) -> None:
    """What the platform says goes before its date, and a date that does not fit is told as such."""
    plan = Subscription(is_expired=True, expires_at=None if days is None else NOON + timedelta(days=days))
    one = connection(NAME, "1", partner={"subscription": plan})
    (finding,) = found(reconcile(snapshot(listing(one))), "subscription-lapsed")
    assert finding.message == f"The plan of '{NAME}' on crux (acme){told}"


@pytest.mark.parametrize(("ended", "told"), [("1", []), ("2", ["subscription-delinquent"])])
def test_each_record_of_a_partner_has_a_plan_of_its_own(ended: str, told: list[str]) -> None:
    """What is owed for the plan of a record with which all has ended matters to nobody who uses another."""
    owes = {"subscription": Subscription(is_delinquent=True)}
    held = [
        connection(NAME, at, status=S.ENDED if at == ended else S.ACTIVE, partner=owes if at == "1" else {})
        for at in ("1", "2")
    ]
    same = Decisions(rows=(Ruling(left="crux:acme:o1", right="crux:acme:o2", verdict=Verdict.SAME),))
    result = reconcile(snapshot(listing(*held)), decisions=same)
    assert [finding.code for finding in result.findings if finding.code.startswith("subscription")] == told


def test_what_is_true_of_several_records_of_a_partner_is_said_once_with_all_of_them() -> None:
    """An account that holds a partner three times, twice alike, says what is alike once, and of which records."""
    plan = {"subscription": Subscription(is_delinquent=True), "status": OrganizationStatus.DEACTIVATED}
    since = NOON - timedelta(days=40)
    alike = [connection(NAME, at, status=S.PENDING, requested_at=since, partner=plan) for at in ("1", "2")]
    held = listing(*alike, connection(NAME, "3"))
    same = Decisions(
        rows=tuple(Ruling(left="crux:acme:o1", right=f"crux:acme:o{at}", verdict=Verdict.SAME) for at in "23")
    )
    result = reconcile(snapshot(held), decisions=same)
    for code in ("stuck-pending", "subscription-delinquent", "organization-deactivated"):
        (finding,) = found(result, code)
        assert f"as '{NAME}' (o1), '{NAME}' (o2)" in finding.message
        assert finding.records == ("crux:acme:connection:1", "crux:acme:connection:2")


def test_an_organization_that_is_shut_off_while_its_connection_lives_is_found() -> None:
    """The platform has deactivated a partner whose connection is still active."""
    result = two({"partner": {"status": OrganizationStatus.DEACTIVATED, "status_native": "DEACTIVATED"}})
    assert len(found(result, "organization-deactivated")) == 1


def test_a_word_of_an_organization_is_told_though_its_connection_is_active() -> None:
    """It may mean that the platform has shut the partner off; a word that is not said is nothing."""
    partner = {"status": OrganizationStatus.UNKNOWN, "status_native": "frozen"}
    (finding,) = found(reconcile(snapshot(listing(connection(NAME, "1", partner=partner)))), "unknown-status")
    assert "crux:acme gives the status 'frozen'" in finding.message
    assert [(one.value, one.native) for one in finding.claims] == [("unknown", "frozen")]
    unsaid = {"status": OrganizationStatus.UNKNOWN, "status_native": " "}
    assert reconcile(snapshot(listing(connection(NAME, "1", partner=unsaid)))).findings == ()


@pytest.mark.parametrize("word", ["", "  ", None])
def test_a_blank_status_is_not_said(word: str | None) -> None:
    """What it means cannot be written in a policy."""
    blank = connection(NAME, "1", status=S.UNKNOWN, status_native=word)
    result = reconcile(snapshot(listing(blank), listing(vendor="fabric")))
    assert found(result, "unknown-status")[0].message == "crux:acme gives no status at all of 1 partner."
    assert found(result, "cannot-tell")[0].message.endswith("for its status is not said.")


@pytest.mark.parametrize("turned", [False, True])
def test_of_a_record_that_is_listed_twice_the_newest_counts(*, turned: bool) -> None:
    """It changed while the list was walked; where nobody says when, the liveliest counts, in whatever order."""

    def status(one: Any, other: Any) -> str | None:
        rows = (other, one) if turned else (one, other)
        (entry,) = view_accounts(snapshot(listing(*rows)))[0].entries
        return entry.status_native

    active, ended = connection(NAME, "1"), connection(NAME, "1", status=S.ENDED)
    assert status(active, ended) == "active"
    assert status(evolve(active, updated_at=NOON - timedelta(days=1)), evolve(ended, updated_at=NOON)) == "ended"
    open_, shut = (
        organization(NAME, "1", status=said, status_native=said.value)
        for said in (OrganizationStatus.ACTIVE, OrganizationStatus.DEACTIVATED)
    )
    assert status(open_, shut) == "active"
    assert status(evolve(open_, updated_at=NOON - timedelta(days=1)), evolve(shut, updated_at=NOON)) == "deactivated"


@pytest.mark.parametrize(
    ("own_role", "without", "told"),
    [
        (Role.RETAILER, ("supplier",), "The connection '1' of crux (acme) names no supplier, who is the partner."),
        (Role.SUPPLIER, ("retailer",), "The connection '1' of crux (acme) names no retailer, who is the partner."),
        (None, (), f"crux (acme) does not say which of 'Acme Retail / {NAME}' is the partner."),
        (
            None,
            ("supplier",),
            "The connection '1' of crux (acme) names 'Acme Retail' alone, and not whether that is the partner.",
        ),
        (None, ("supplier", "retailer"), "The connection '1' of crux (acme) names neither retailer nor supplier."),
    ],
)
def test_a_connection_without_a_partner_says_what_it_lacks(own_role: Role, without: tuple[str, ...], told: str) -> None:
    """Our own business is no partner of ours, and a blank is nobody's name."""
    nobody: dict[str, Any] = dict.fromkeys(without)
    hidden = evolve(connection(NAME, "1", own_role=own_role), **nobody)
    result = reconcile(snapshot(listing(hidden), listing(vendor="fabric")))
    assert [finding.message for finding in found(result, "side-unknown")] == [told]
    assert not found(result, "missing")
    if own_role is not None:
        assert not any("Acme Retail" in finding.message for finding in result.findings)


def test_rows_that_could_not_be_read_are_findings() -> None:
    """A row that was set aside may be anybody: it is shown with its place."""
    row = Rejected(page=2, request="GET x", pointer="/7", errors=("required field missing @ $.id",))
    result = reconcile(snapshot(listing(connection(NAME, "1"), rejected=(row,))))
    assert "/7 on page 2" in found(result, "unreadable-record")[0].message


def test_rows_that_could_not_be_read_and_were_not_kept_are_a_finding() -> None:
    """Beyond the first of a list, how many more there are is told."""
    row = Rejected(page=2, request="GET x", pointer="/7", errors=("required field missing @ $.id",))
    one = listing(connection(NAME, "1"), complete=False, rejected=(row,))
    result = reconcile(snapshot(evolve(one, coverage=evolve(one.coverage, rejected=3))))
    messages = [finding.message for finding in found(result, "unreadable-record")]
    assert len(messages) == 2
    assert "2 more rows of crux (acme) could not be read." in messages


def test_a_connection_without_a_known_side_is_a_partner_of_its_own() -> None:
    """If nobody says who we are, neither side is guessed; the record stays and the account proves nothing."""
    result = reconcile(snapshot(listing(connection(NAME, "1", own_role=None)), listing(vendor="fabric")))
    assert len(found(result, "side-unknown")) == 1
    assert not result.coverage[0].proves_absence
    assert [partner.name for partner in result.partners] == [f"Acme Retail / {NAME}"]


def test_the_side_that_all_connections_share_is_ours() -> None:
    """Of several connections without a role, what they have in common is the account's owner."""
    result = reconcile(
        snapshot(listing(connection(NAME, "1", own_role=None), connection("Zebra Foods", "2", own_role=None)))
    )
    assert {partner.name for partner in result.partners} == {NAME, "Zebra Foods"}


def test_the_policy_changes_severities_and_switches_findings_off() -> None:
    """A severity of the policy's own replaces the catalogue's."""
    settings = {"status": S.PENDING, "created_at": NOON}
    louder = two(settings, policy=Policy(severities={"status-conflict": Severity.ERROR}))
    assert found(louder, "status-conflict")[0].severity is Severity.ERROR
    silent = two(settings, policy=Policy(severities={"status-conflict": None}))
    assert not found(silent, "status-conflict")


def test_only_the_fields_of_the_policy_are_compared() -> None:
    """A field that is not named is not compared."""
    settings = {"partner": {"website": "lundqvist.com"}}, {"partner": {"website": "lundqvist.de"}}
    assert not found(two(*settings, policy=Policy(fields=("phone",))), "website-conflict")


def test_an_exception_forgives_until_its_day_and_is_reported_afterwards() -> None:
    """On its last day an exception counts, on the next it is a finding itself."""
    ended = {"status": S.ENDED}
    running = PolicyException(reason="agreed", until=NOON.date(), partner="lundqvist*", codes=("status-conflict",))
    everything = PolicyException(reason="agreed", until=NOON.date(), partner="lundqvist*", accounts=("crux",))
    over = PolicyException(reason="agreed", until=NOON.date() - timedelta(days=1))
    assert found(two(ended, policy=Policy(exceptions=(running,))), "ended-here-active-there")
    assert not found(two(ended, policy=Policy(exceptions=(everything,))), "ended-here-active-there")
    late = two(ended, policy=Policy(exceptions=(over,)))
    assert found(late, "ended-here-active-there")
    assert len(found(late, "exception-expired")) == 1


def test_what_is_forgiven_is_counted_in_every_form() -> None:
    """A result without findings does not say that nothing disagrees where the policy has forgiven what does."""
    lenient = Policy(exceptions=(PolicyException(reason="agreed", until=date(2099, 1, 1)),))
    result = two({"status": S.ENDED}, policy=lenient)
    assert not result.findings
    assert str(result).endswith("  nothing disagrees but what the policy forgives\n       1 forgiven by the policy")
    assert "Nothing disagrees but what the policy forgives.\n\nThe policy forgives 1 finding.\n" in as_markdown(result)
    assert result.to_plain()["forgiven"] == 1
    assert str(two()).endswith("  nothing disagrees")


def test_an_exception_for_another_partner_forgives_nothing() -> None:
    """A pattern that does not fit leaves the finding."""
    other = PolicyException(reason="agreed", until=date(2030, 1, 1), partner="zebra*")
    assert found(two({"status": S.ENDED}, policy=Policy(exceptions=(other,))), "ended-here-active-there")


@pytest.mark.parametrize(
    ("partner", "forgiven"),
    [
        ("crux:acme:connection:1", True),  # as a finding names its records
        ("crux:acme:o1", True),  # as a decision names a partner
        ("Lundqvist [EU]", True),  # brackets mean nothing but themselves
        ("Lundqvist ?EU?", True),
        ("Lundqvist [U]", False),
        ("Lundqvist E", False),
    ],
)
def test_an_exception_names_a_partner_as_reports_do(partner: str, forgiven: bool) -> None:
    """By a pattern of its name, its id, or the key of any of its records."""
    rule = PolicyException(reason="agreed", until=date(2030, 1, 1), partner=partner)
    record = connection("Lundqvist [EU]", "1", status=S.PENDING)
    result = reconcile(snapshot(listing(record)), policy=Policy(exceptions=(rule,)))
    assert record.key.id == "1"
    assert bool(found(result, "stuck-pending")) is not forgiven


@pytest.mark.parametrize(("partner", "forgiven"), [("* Foods", True), ("Zebra Foods", False)])
def test_what_is_about_several_partners_is_forgiven_if_all_of_them_are(partner: str, forgiven: bool) -> None:
    """A number that stands for two partners is not forgiven because one of them is."""
    records = [
        connection(name, name, retailers_supplier_account_number="59830") for name in ("Zebra Foods", "Yak Foods")
    ]
    rule = PolicyException(reason="agreed", until=date(2030, 1, 1), partner=partner)
    result = reconcile(snapshot(listing(*records)), policy=Policy(exceptions=(rule,)))
    assert bool(found(result, "account-number-reused")) is not forgiven


def test_a_foreign_free_number_does_not_make_the_partner_foreign() -> None:
    """A number without country code is read in each country that the partner may be in."""
    records = [
        connection(NAME, "1", partner={"phone": "+44 800 555 0110"}),
        connection(NAME, "2", partner={"phone": "404.477.7395"}),
    ]
    other = connection(NAME, "1", vendor="fabric", partner={"phone": "001 404 477 7395"})
    for order in (records, records[::-1]):
        one = snapshot(listing(*order), listing(other, vendor="fabric"))
        same = Decisions(
            rows=tuple(Ruling(left=str(a.key), right=str(other.key), verdict=Verdict.SAME) for a in records)
        )
        result = reconcile(one, decisions=same)
        assert len(result.partners) == 1
        assert not found(result, "phone-conflict")


def test_a_claim_of_a_name_is_a_name() -> None:
    """Not what is compared of it, in which a legal form is a number."""
    names = ("Lundqvist Trading GmbH", "Zebra & Sons Ltd.")
    records = [connection(name, "1", vendor=vendor) for name, vendor in zip(names, ("crux", "fabric"), strict=True)]
    same = Decisions(rows=(Ruling(left=str(records[0].key), right=str(records[1].key), verdict=Verdict.SAME),))
    result = reconcile(snapshot(listing(records[0]), listing(records[1], vendor="fabric")), decisions=same)
    assert [claim.value for claim in found(result, "name-conflict")[0].claims] == list(names)


def test_where_two_of_three_agree_the_sentence_says_that_not_all_do() -> None:
    """It shows what each says."""
    lists = [
        listing(connection(NAME, "1", vendor=vendor, partner={"website": site}), vendor=vendor)
        for vendor, site in (("crux", "lundqvist.com"), ("fabric", "lundqvist.de"), ("commerce_layer", "lundqvist.com"))
    ]
    assert "on which all its accounts agree" in found(reconcile(snapshot(*lists)), "website-conflict")[0].message
    assert "on which its accounts agree" in found(reconcile(snapshot(*lists[:2])), "website-conflict")[0].message


def test_every_kind_of_finding_is_documented() -> None:
    """The page of findings explains each code of the catalogue."""
    page = Path(__file__).parents[2].joinpath("docs", "findings.md").read_text("utf-8")
    for code in CATALOGUE:
        assert f"`{code}`" in page


def test_evidence_reaches_the_matcher() -> None:
    """A platform's staff at several partners, and ids that one platform alone gives, tell nothing of who is who."""
    joe, ann = contact("joe@platform.com", name="Joe Account"), contact("ann@zebra.com", name="Ann Zebra")
    records = (
        connection(
            "Zebra Foods",
            "1",
            account_manager=joe,
            partner={"identifiers": (identifier("supplier_uuid", "u1"), identifier("slug", "zebra-fine-foods"))},
            contacts=(ann,),
            retailers_supplier_account_number="59830",
        ),
        connection("Yak Wool", "2", account_manager=joe, partner={"identifiers": (identifier("supplier_uuid", "u2"),)}),
    )
    views = view_accounts(snapshot(listing(*records)))
    zebra = next(one for one in profiles(views[0].entries) if one.name == "Zebra Foods")
    assert [person.name for person in zebra.people] == ["Ann Zebra"]
    assert zebra.identifiers == (("account number", "59830"),)
    assert zebra.aliases == ("zebra fine foods",)
    assert zebra.role == "supplier"


def test_organizations_that_are_listed_by_themselves_are_partners() -> None:
    """A platform that lists organizations and no connections has them as partners, without a status."""
    shops = listing(
        organization("Zebra Foods", "Abc", vendor="commerce_layer"),
        vendor="commerce_layer",
        operation="organizations",
    )
    result = reconcile(snapshot(shops))
    (partner,) = result.partners
    assert partner.on("commerce_layer")[0].id == "Abc"
    assert partner.statuses == frozenset()
