"""Each documented kind of finding appears where it should, and stays away from the nearest case where it should not.

The kinds of the section Activity have their own tests, with orders, in tests/test_activity.py.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final

import pytest
from attrs import evolve, frozen

from aggregator.model import Address, ConnectionStatus, Listing, OrganizationStatus, Rejected, Role, Subscription
from aggregator.reconcile import CATALOGUE, Decisions, Expectation, Policy, PolicyException, Ruling, Verdict, reconcile
from tests.reconcile.making import NOON, connection, contact, listing, organization, snapshot, source

NAME: Final = "Lundqvist Trading GmbH"
DAY: Final = timedelta(days=1)
TODAY: Final = NOON.date()
ROW: Final = Rejected(page=2, request="GET x", pointer="/7", errors=("required field missing @ $.id",))
S = ConnectionStatus


@frozen
class World:
    """What all accounts said, what people decided, and what should be the case."""

    listings: tuple[Listing[Any], ...]
    decisions: Decisions = Decisions()
    policy: Policy = Policy()

    def kinds(self) -> set[str]:
        """The kinds of finding that come of it."""
        result = reconcile(snapshot(*self.listings), decisions=self.decisions, policy=self.policy)
        return {finding.code for finding in result.findings}


def expecting(account: str) -> World:
    """A policy that wants partners on an account."""
    return World((crux(), fabric()), policy=Policy(expectations=(Expectation(accounts=(account,)),)))


def counting(*numbers: str) -> World:
    """Three partners on a table and on a platform, with these numbers of ours on the table."""
    names = ("Zebra Foods", "Quantum Lighting", "Lundqvist Trading")
    rows = [
        organization(name, str(at), vendor="table", reference=number)
        for at, (name, number) in enumerate(zip(names, numbers, strict=False))
    ]
    others = [organization(name, str(at), vendor="fabric", reference=f"70{at}") for at, name in enumerate(names)]
    return World((listing(*rows, vendor="table"), fabric(*others)))


def wanting(*records: Any, **settings: Any) -> World:
    """A policy that wants certain partners of crux on fabric."""
    return World(
        (crux(*records), fabric()), policy=Policy(expectations=(Expectation(accounts=("fabric",), **settings),))
    )


def said(left: str, right: str, verdict: Verdict = Verdict.SAME) -> Decisions:
    """A person's word of two records."""
    return Decisions(rows=(Ruling(left=left, right=right, verdict=verdict),))


def crux(*records: Any, **more: Any) -> Listing[Any]:
    """A list of crux."""
    return listing(*records, **more)


def fabric(*records: Any, **more: Any) -> Listing[Any]:
    """A list of fabric."""
    return listing(*records, vendor="fabric", **more)


def one(name: str | None = NAME, **settings: Any) -> World:
    """One partner on one account."""
    return World((crux(connection(name, "1", **settings)),))


def both(left: Mapping[str, Any], right: Mapping[str, Any], *, names: tuple[str, str] = (NAME, NAME)) -> World:
    """One partner on two accounts; a person has said so, and nothing hangs on the matcher."""
    here, there = connection(names[0], "1", **left), connection(names[1], "1", vendor="fabric", **right)
    return World((crux(here), fabric(there)), said("crux:acme:o1", "fabric:acme:o1"))


def fields(left: Mapping[str, Any], right: Mapping[str, Any]) -> World:
    """One partner whose organization two accounts describe."""
    return both({"partner": left}, {"partner": right})


def shared(**agency: Any) -> World:
    """A partner of whom one account says what it says of two others as well, and the other account something else."""
    others = [connection(name, name[:1], partner=agency) for name in ("Zebra Foods", "Quantum Lighting")]
    own = {"website": "lundqvist.com", "phone": "+12679770599", "email": "ann@lundqvist.com"}
    there = connection(NAME, "1", vendor="fabric", partner=own)
    here = connection(NAME, "1", partner=agency)
    return World((crux(here, *others), fabric(there)), said("crux:acme:o1", "fabric:acme:o1"))


def numbered(*numbers: str, by: str = "retailers_supplier_account_number") -> World:
    """Partners of one account with these account numbers."""
    names = ("Zebra Foods", "Quantum Lighting")
    said_of: list[dict[str, Any]] = [{by: number} for number in numbers]
    return World((crux(*(connection(names[at], str(at), **number) for at, number in enumerate(said_of))),))


def plan(**settings: Any) -> World:
    """A partner with this plan."""
    return one(partner={"subscription": Subscription(**settings)})


def forgiven(until: date = TODAY, *, complete: bool = True, **narrowed: Any) -> World:
    """A partner whose conflict of status is forgiven until a day."""
    world = both({"status": S.SUSPENDED}, {})
    exception = PolicyException(reason="agreed", until=until, **narrowed)
    listings = world.listings if complete else (*world.listings, listing(vendor="commerce_layer", complete=False))
    return World(listings, world.decisions, Policy(exceptions=(exception,)))


def taken(listed: Listing[Any], ago: timedelta) -> Listing[Any]:
    """A list that was taken before the others."""
    return evolve(listed, coverage=evolve(listed.coverage, started_at=NOON - ago, finished_at=NOON - ago))


ZEBRA: Final = connection("Zebra Foods", "2")
ZEBRA_TOO: Final = connection("Zebra Foods", "2", vendor="fabric")
PAIR: Final = (crux(connection(NAME, "1")), fabric(connection(NAME, "1", vendor="fabric")))
DOUBTED: Final = World(PAIR, said("crux:acme:o1", "fabric:acme:o1", Verdict.DIFFERENT))
SECOND: Final = evolve(connection(NAME, "1"), id="1b", source=source("crux", "acme", "connection", "1b"))
DEACTIVATED: Final = {"status": OrganizationStatus.DEACTIVATED, "status_native": "DEACTIVATED"}

APPEARS: Final[Mapping[str, World]] = {
    "missing": World((crux(ZEBRA), fabric())),
    "maybe-missing": World(PAIR, policy=Policy(match=1.0)),
    "cannot-tell": World((crux(ZEBRA), fabric(complete=False))),
    "incomplete-account": World((crux(ZEBRA), fabric(scope="status is active"))),
    "old-list": World((crux(ZEBRA), taken(fabric(ZEBRA_TOO), 25 * DAY / 24))),
    "ended-here-active-there": both({"status": S.ENDED}, {"status": S.ONBOARDING}),
    "status-conflict": both({"status": S.ENDED}, {"status": S.SUSPENDED}),
    "organization-deactivated": one(partner=DEACTIVATED),
    "unknown-status": one(status=S.UNKNOWN, status_native="FROZEN"),
    "name-conflict": both({}, {}, names=(NAME, "Lundqvist Trading AB")),
    "website-conflict": fields({"website": "lundqvist.com"}, {"website": "https://lundqvist.de/shop"}),
    "phone-conflict": fields({"phone": "+1 267 977 0572"}, {"phone": "+1 267 977 0573"}),
    "contact-conflict": fields({"email": "ada@lundqvist.com"}, {"email": "ben@lundqvist.com"}),
    "address-conflict": fields({"address": Address(postal_code="10115")}, {"address": Address(postal_code="10117")}),
    "account-number-conflict": fields({"reference": "A-100"}, {"reference": "A-200"}),
    "account-number-reused": numbered("59830", "59830"),
    "duplicate": World((crux(connection(NAME, "1"), connection(NAME, "2")),), said("crux:acme:o1", "crux:acme:o2")),
    "side-unknown": one(own_role=None),
    "stuck-pending": one(status=S.PENDING, requested_at=NOON - 31 * DAY),
    "stuck-onboarding": one(status=S.ONBOARDING, onboarding_target_at=NOON - DAY),
    "subscription-lapsed": plan(expires_at=NOON - DAY),
    "subscription-grace": plan(is_expired=True, is_on_grace_period=True, grace_period_ends_at=NOON + DAY),
    "subscription-delinquent": plan(is_delinquent=True),
    "unreadable-record": World((crux(ZEBRA, rejected=(ROW,)),)),
    "decision-without-record": World(PAIR, said("crux:acme:o1", "fabric:acme:o9")),
    "policy-without-account": expecting("farbic"),
    "policy-without-partner": wanting(ZEBRA, name="Zerba*"),
    "numbered-apart": counting("101", "102", "103"),
    "exception-without-partner": forgiven(partner="Lundqvist Tarding*"),
    "exception-unneeded": forgiven(codes=("duplicate",)),
    "exception-expired": forgiven(NOON.date() - DAY),
}

STAYS_AWAY: Final[Mapping[str, Mapping[str, World]]] = {
    "missing": {
        "ended everywhere": World((crux(connection("Zebra Foods", "2", status=S.ENDED)), fabric())),
        "suspended everywhere": World((crux(connection("Zebra Foods", "2", status=S.SUSPENDED)), fabric())),
        "a retailer among suppliers": World(
            (crux(connection("Own", "1", own_role=Role.SUPPLIER)), fabric(connection("Zebra", "2", vendor="fabric")))
        ),
        "may be there": APPEARS["maybe-missing"],
        "the list is incomplete": APPEARS["cannot-tell"],
        "a row could not be read": World((crux(ZEBRA), fabric(rejected=(ROW,)))),
        "there": World(PAIR),
    },
    "maybe-missing": {"told apart": DOUBTED, "joined": World(PAIR), "nobody like it": APPEARS["missing"]},
    "cannot-tell": {
        "the list is whole": APPEARS["missing"],
        "seen in what came": World((PAIR[0], fabric(connection(NAME, "1", vendor="fabric"), complete=False))),
    },
    "incomplete-account": {
        "everything came": APPEARS["missing"],
        "what did not come lists nobody": World((crux(ZEBRA), fabric(operation="memberships", complete=False))),
    },
    "old-list": {
        "a list of the same night": World((crux(ZEBRA), taken(fabric(ZEBRA_TOO), DAY))),
        "all are old": World((taken(crux(ZEBRA), 90 * DAY), taken(fabric(ZEBRA_TOO), 90 * DAY))),
        "a table was read a day later": World(
            (
                taken(crux(ZEBRA), 90 * DAY),
                listing(organization("Zebra Foods", "2", vendor="table"), vendor="table"),
            )
        ),
    },
    "ended-here-active-there": {
        "the other waits": both({"status": S.ENDED}, {"status": S.PENDING}),
        "the other rests": APPEARS["status-conflict"],
        "ended on both": both({"status": S.ENDED}, {"status": S.ENDED}),
    },
    "status-conflict": {
        "ended and onboarding is worse": APPEARS["ended-here-active-there"],
        "a word we do not know": both({"status": S.ENDED}, {"status": S.UNKNOWN}),
        "one account has no statuses": World(
            (crux(connection(NAME, "1", status=S.ENDED)), fabric(organization(NAME, "o1", vendor="fabric"))),
            said("crux:acme:o1", "fabric:acme:o1"),
        ),
    },
    "organization-deactivated": {
        "the connection has ended too": one(status=S.ENDED, partner=DEACTIVATED),
        "the connection is suspended": one(status=S.SUSPENDED, partner=DEACTIVATED),
        "the organization is active": one(partner={"status": OrganizationStatus.ACTIVE, "status_native": "ACTIVE"}),
    },
    "unknown-status": {"a documented word": one(status=S.SUSPENDED, status_native="SUSPENDED")},
    "name-conflict": {
        "one only says more": both({}, {}, names=(NAME, "Lundqvist Trading")),
        "habits of writing": both({}, {}, names=("Léger & Muñoz, Ltd.", "LEGER UND MUNOZ LIMITED")),
        "dots in the legal form": both({}, {}, names=("Lundqvist Trading G.M.B.H.", "Lundqvist Trading GmbH")),
        "known by both names": both({"partner": {"aliases": ("Nordic Lamps",)}}, {}, names=(NAME, "Nordic Lamps")),
    },
    "website-conflict": {
        "another host of the domain": fields({"website": "www.lundqvist.com"}, {"website": "shop.lundqvist.com/x"}),
        "an agency's": shared(website="shopagency.com"),
        "one says none": fields({"website": "lundqvist.com"}, {}),
    },
    "phone-conflict": {
        "another notation": fields({"phone": "+12679770572"}, {"phone": "(267)977-0572x195"}),
        "one in common": both({"contacts": (contact(phone="+12679770572"),)}, {"partner": {"phone": "267 977 0572"}}),
        "an agency's": shared(phone="+12679770572"),
        "one says none": fields({"phone": "+12679770572"}, {}),
    },
    "contact-conflict": {
        "case and blanks": fields({"email": "Ada@Lundqvist.com"}, {"email": " ada@lundqvist.com"}),
        "the mailbox of a role": fields({"email": "support@lundqvist.com"}, {"email": "ada@lundqvist.com"}),
        "an agency's": shared(email="joe@shopagency.com"),
        "one says none": fields({"email": "ada@lundqvist.com"}, {}),
    },
    "address-conflict": {
        "case and blanks": fields(
            {"address": Address(postal_code="SW1A 1AA")}, {"address": Address(postal_code="sw1a1aa")}
        ),
        "one says none": fields({"address": Address(postal_code="10115")}, {"address": Address(city="Berlin")}),
    },
    "account-number-conflict": {
        "letters, separators and zeros": fields({"reference": "ACC-00042"}, {"reference": "42"}),
        "other letters before a long number": fields({"reference": "A-420"}, {"reference": "B-420"}),
        "the partner's numbers for us": both(
            {"suppliers_retailer_account_number": "100"}, {"suppliers_retailer_account_number": "200"}
        ),
        "one says none": fields({"reference": "A-100"}, {}),
    },
    "account-number-reused": {
        "two numbers": numbered("59830", "59831"),
        "the partners' numbers for us": numbered("59830", "59830", by="suppliers_retailer_account_number"),
        "one partner on two accounts": fields({"reference": "59830"}, {"reference": "59830"}),
    },
    "duplicate": {
        "several connections with one record": World((crux(connection(NAME, "1"), SECOND),)),
        "one record on each account": World(PAIR),
    },
    "side-unknown": {
        "a role is said": one(),
        "all connections have us in common": World(
            (crux(connection(NAME, "1", own_role=None), connection("Zebra Foods", "2", own_role=None)),)
        ),
    },
    "stuck-pending": {
        "not for so long": one(status=S.PENDING, requested_at=NOON - 29 * DAY),
        "nobody says since when": one(status=S.PENDING, created_at=None),
        "active by now": one(requested_at=NOON - 31 * DAY),
    },
    "stuck-onboarding": {
        "the date is ahead": one(status=S.ONBOARDING, onboarding_target_at=NOON + DAY),
        "no date, and not for so long": one(status=S.ONBOARDING, created_at=NOON - 59 * DAY),
        "active by now": one(onboarding_target_at=NOON - DAY),
    },
    "subscription-lapsed": {
        "runs until tomorrow": plan(expires_at=NOON + DAY),
        "the platform says that it has not": plan(is_expired=False, expires_at=NOON - DAY),
        "none is needed": plan(required=False, is_expired=True),
        "its grace period runs": APPEARS["subscription-grace"],
    },
    "subscription-grace": {
        "the grace period is over": plan(is_expired=True, is_on_grace_period=True, grace_period_ends_at=NOON - DAY),
        "it has not expired": plan(is_expired=False, is_on_grace_period=True),
    },
    "subscription-delinquent": {"paid": plan(is_delinquent=False), "expired": plan(is_expired=True)},
    "unreadable-record": {"every row was read": World((crux(ZEBRA),))},
    "decision-without-record": {
        "both records are there": World(PAIR, said("crux:acme:o1", "fabric:acme:o1")),
        "named by a connection": World(PAIR, said("crux:acme:connection:1", "fabric:acme:connection:1")),
    },
    "policy-without-account": {"a pattern": expecting("fabric:*"), "the vendor": expecting("fabric")},
    "numbered-apart": {
        "one numbering": counting("700", "701", "702"),
        "mistakes in one": counting("700", "711", "712"),
        "too few to tell": counting("101", "102"),
        "two platforms": World(
            tuple(
                listing(
                    *(organization(name, name, vendor=one, reference=f"{one}-{name}") for name in "ABCD"), vendor=one
                )
                for one in ("crux", "fabric")
            )
        ),
    },
    "policy-without-partner": {
        "the name fits": wanting(ZEBRA, name="Zebra*", status=frozenset({S.ENDED})),
        "everybody is expected": wanting(ZEBRA),
        "there is nobody": wanting(name="Zebra*"),
        "the role fits": wanting(ZEBRA, role=Role.SUPPLIER),
    },
    "exception-without-partner": {
        "the name fits": forgiven(partner="Lundqvist*"),
        "it has expired": forgiven(NOON.date() - DAY, partner="Lundqvist Tarding*"),
        "the partner may be on a page that did not come": forgiven(partner="Lundqvist Tarding*", complete=False),
    },
    "exception-unneeded": {
        "it forgives something": forgiven(codes=("status-conflict",)),
        "it has expired": forgiven(NOON.date() - DAY, codes=("duplicate",)),
        "a list is not whole": forgiven(codes=("duplicate",), complete=False),
        "no orders were collected": forgiven(codes=("active-but-silent",)),
    },
    "exception-expired": {"its last day": forgiven(NOON.date())},
}


def documented(section: str = "") -> set[str]:
    """The kinds of finding that docs/findings.md explains, or a section of it."""
    page = Path(__file__).parents[2].joinpath("docs", "findings.md").read_text("utf-8")
    text = page.partition(f"\n## {section}\n")[2].partition("\n## ")[0] if section else page
    return set(re.findall(r"(?m)^\| `([a-z-]+)` \|", text))


def test_every_documented_kind_stands_in_both_tables() -> None:
    """A new kind needs a world in which it appears and a near one in which it does not."""
    assert documented() == set(CATALOGUE)
    assert documented("Activity")
    assert set(APPEARS) == documented() - documented("Activity")
    assert set(STAYS_AWAY) == set(APPEARS)
    assert all(STAYS_AWAY.values())


@pytest.mark.parametrize("kind", APPEARS)
def test_a_kind_appears_where_it_should(kind: str) -> None:
    """What is documented as wrong is found."""
    assert kind in APPEARS[kind].kinds()


@pytest.mark.parametrize(("kind", "why"), [(kind, why) for kind, worlds in STAYS_AWAY.items() for why in worlds])
def test_a_kind_stays_away_from_the_near_case(kind: str, why: str) -> None:
    """What only looks wrong is not found."""
    assert kind not in STAYS_AWAY[kind][why].kinds()
