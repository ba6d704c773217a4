"""Whether an account should hold a partner: nobody is called missing where a list that did not come may say no."""

from __future__ import annotations

from typing import Any

import pytest
from attrs import evolve

from aggregator.model import ConnectionStatus, Listing, OrganizationStatus, Role
from aggregator.reconcile import Expectation, Policy, Reconciliation, reconcile
from tests.reconcile.making import connection, listing, organization, snapshot

S = ConnectionStatus
SUPPLIERS_OF_A_RETAILER = connection("Yak Wool", "1")


def master(*names: str) -> Listing[Any]:
    """A list of one's own that says nothing but names."""
    rows = (organization(name, name[:1], vendor="table", account="master") for name in names)
    return listing(*rows, vendor="table", account="master", operation="partners")


def shop(*records: Any, complete: bool = False, account: str = "shop") -> Listing[Any]:
    """A list of fabric's, which is not whole."""
    return listing(*records, vendor="fabric", account=account, complete=complete)


def theirs(name: str, **more: Any) -> Any:
    """A connection on fabric."""
    return connection(name, name[:1], vendor="fabric", account="shop", **more)


def said_on_crux(result: Reconciliation) -> list[tuple[str, str]]:
    """What is said of who is not on crux, and why nobody can tell."""
    return [
        (finding.code, finding.message.rpartition(", for ")[2])
        for finding in result.findings
        if finding.accounts[0] == "crux:acme" and finding.code in {"missing", "maybe-missing", "cannot-tell"}
    ]


EXPECTING = Policy(expectations=(Expectation(accounts=("crux",), listed_in=("master",)),))


@pytest.mark.parametrize("policy", [Policy(), EXPECTING])
@pytest.mark.parametrize("came", [(), (theirs("Yak Wool"),)], ids=["nothing came", "somebody came"])
def test_a_partner_whose_status_may_not_have_come_is_not_called_missing(policy: Policy, came: tuple[Any, ...]) -> None:
    """It may have ended on the account of the list that broke off, and then nobody expects it elsewhere."""
    result = reconcile(
        snapshot(master("Zebra Foods"), listing(SUPPLIERS_OF_A_RETAILER), shop(*came)),
        policy=policy,
    )
    assert said_on_crux(result) == [
        ("cannot-tell", "its status may be on fabric (shop), whose list is not whole."),
    ]


def test_every_account_that_may_say_the_status_is_named() -> None:
    """A person who mends one of the lists alone would still not know."""
    crux = listing(SUPPLIERS_OF_A_RETAILER)
    result = reconcile(snapshot(master("Zebra Foods"), crux, shop(theirs("Yak Wool")), shop(account="two")))
    assert said_on_crux(result) == [
        ("cannot-tell", "its status may be on fabric (shop) or fabric (two), whose lists are not whole."),
    ]


@pytest.mark.parametrize(
    "lists",
    [
        (master("Zebra Foods"), shop(theirs("Yak Wool"), complete=True)),
        (master("Zebra Foods"), shop(organization("Yak Wool", "y", vendor="fabric", account="shop"))),
        (
            master("Zebra Foods"),
            shop(theirs("Yak Wool")),
            listing(connection("Zebra Foods", "z", vendor="layer"), vendor="layer"),
        ),
        (master("Zebra Foods"), shop(theirs("Zebra Foods"))),
    ],
    ids=["a whole list", "a list without statuses", "another account says it", "it came"],
)
def test_a_list_that_can_change_nothing_raises_no_doubt(lists: tuple[Listing[Any], ...]) -> None:
    """It is whole, has no statuses, or all that it could say is said already."""
    result = reconcile(snapshot(*lists, listing(SUPPLIERS_OF_A_RETAILER)))
    assert [code for code, _ in said_on_crux(result)] == ["missing"]


def test_where_every_status_is_wanted_it_matters_to_nobody_which_a_partner_has() -> None:
    """Neither one that did not come nor a word that nobody knows."""
    everybody = Expectation(accounts=("crux",), status=frozenset(S) - {S.UNKNOWN})
    unknown = organization(
        "Quantum Lighting",
        "q",
        vendor="layer",
        account="acme",
        status=OrganizationStatus.UNKNOWN,
        status_native="ON_ICE",
    )
    result = reconcile(
        snapshot(master("Zebra Foods"), listing(unknown, vendor="layer"), listing(SUPPLIERS_OF_A_RETAILER), shop()),
        policy=Policy(expectations=(everybody,)),
    )
    assert [code for code, _ in said_on_crux(result)] == ["missing", "missing"]


def held_as(*statuses: ConnectionStatus) -> Listing[Any]:
    """A list of layer's that has one record of a partner, with a connection of each status."""
    first = connection("Zebra Foods", "0", vendor="layer")
    several = [
        evolve(connection("Zebra Foods", str(at), vendor="layer", status=status), supplier=first.supplier)
        for at, status in enumerate(statuses)
    ]
    return listing(*several, vendor="layer")


@pytest.mark.parametrize(
    ("statuses", "wanted", "code"),
    [
        ((S.ENDED, S.UNKNOWN), {S.ACTIVE, S.PENDING}, "cannot-tell"),
        ((S.ENDED, S.UNKNOWN), {S.ENDED}, "cannot-tell"),
        ((S.UNKNOWN,), {S.ENDED}, "cannot-tell"),
        ((S.PENDING, S.UNKNOWN), {S.ACTIVE, S.ONBOARDING, S.PENDING}, "missing"),
        ((S.ACTIVE, S.UNKNOWN), {S.ACTIVE}, "missing"),
        ((S.ACTIVE, S.UNKNOWN), {S.ENDED}, None),
        ((S.PENDING, S.UNKNOWN), {S.ENDED, S.SUSPENDED}, None),
        ((S.ACTIVE, S.ENDED), {S.ENDED}, None),
        ((S.UNKNOWN,), {S.UNKNOWN}, "missing"),
    ],
)
def test_of_several_connections_with_one_record_the_liveliest_counts(
    statuses: tuple[ConnectionStatus, ...], wanted: set[ConnectionStatus], code: str | None
) -> None:
    """Beside a word that nobody knows, the others tell how lively a record is at least."""
    policy = Policy(expectations=(Expectation(accounts=("crux",), status=frozenset(wanted)),))
    result = reconcile(snapshot(held_as(*statuses), listing(SUPPLIERS_OF_A_RETAILER)), policy=policy)
    assert [said for said, _ in said_on_crux(result)] == ([] if code is None else [code])


def test_a_word_that_nobody_knows_is_told_beside_one_that_is_known() -> None:
    """The sentence does not deny what the record says besides."""
    (told,) = said_on_crux(reconcile(snapshot(held_as(S.ENDED, S.UNKNOWN), listing(SUPPLIERS_OF_A_RETAILER))))
    assert told == ("cannot-tell", "one of its statuses is 'unknown'.")


CUSTOMER = theirs("Own", own_role=Role.SUPPLIER)
"""A connection of a supplier with a retailer."""


def active(name: str) -> Listing[Any]:
    """A list that says that a partner is active, and of which side it is says nothing."""
    row = organization(name, "1", vendor="table", account="erp", status=OrganizationStatus.ACTIVE)
    return listing(row, vendor="table", account="erp", operation="partners")


@pytest.mark.parametrize("came", [(), (CUSTOMER,)], ids=["nothing came", "a retailer came"])
def test_a_partner_whose_side_may_not_have_come_is_not_called_missing(came: tuple[Any, ...]) -> None:
    """It may be a retailer by the list that broke off, whom nobody expects among suppliers."""
    result = reconcile(snapshot(active("Zebra Foods"), listing(SUPPLIERS_OF_A_RETAILER), shop(*came)))
    told = [("cannot-tell", "its role may be on fabric (shop), whose list is not whole.")]
    assert said_on_crux(result) == told


@pytest.mark.parametrize(
    "came",
    [theirs("Quantum Lighting"), organization("Quantum Lighting", "q", vendor="fabric", account="shop")],
    ids=["suppliers", "no roles"],
)
def test_a_list_of_the_same_side_or_without_sides_raises_no_doubt(came: Any) -> None:
    """Who did not come with it would be expected like those who did."""
    result = reconcile(snapshot(active("Zebra Foods"), listing(SUPPLIERS_OF_A_RETAILER), shop(came)))
    assert ("missing", "'Zebra Foods' is on erp, but not on crux (acme), whose list is complete.") in said_on_crux(
        result
    )
