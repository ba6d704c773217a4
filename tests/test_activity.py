"""Orders are laid to connections, and what cannot be known is never a zero."""

from __future__ import annotations

import csv
from datetime import date, timedelta
from io import BytesIO, StringIO
from typing import Any

import openpyxl
import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from pyarrow import parquet
from rich.console import Console

from aggregator import reconcile
from aggregator.activity import trade_of, with_activity
from aggregator.model import (
    Activity,
    Allocation,
    ConnectionStatus,
    LineItem,
    LineItemStatus,
    Listing,
    Order,
    OrderParty,
    OrderStatus,
)
from aggregator.model.activity import NUMBERS
from aggregator.reconcile import Decisions, Policy, Ruling, Verdict
from aggregator.report.spreadsheets import as_csv, as_parquet, as_workbook
from aggregator.report.terminal import print_tables
from aggregator.snapshot import Snapshot
from tests.reconcile.making import NOON, connection, listing, snapshot, source

L = LineItemStatus

OF_ORDERS = frozenset(
    {
        "active-but-silent",
        "trading-while-inactive",
        "backorder-overdue",
        "unallocated-overdue",
        "account-number-missing",
        "order-without-connection",
        "activity-unknown",
    }
)


def line(
    number: int = 1, supplier: str | None = "o1", status: L | None = L.HAS_TRACKING, **allocation: Any
) -> LineItem:
    """A line ordered from the supplier of this organization id."""
    return LineItem(
        id=f"l{number}",
        status=status,
        supplier=OrderParty(organization_id=supplier, name="Supplier"),
        allocation=Allocation(**allocation) if allocation else None,
    )


def order(number: int, days_ago: float | None, *lines: LineItem, retailer: str | None = "own", **more: Any) -> Order:
    """An order of the account's owner, placed so many days before noon."""
    return Order(
        source=source("crux", "acme", "order", f"n{number}", "orders"),
        id=f"n{number}",
        purchase_order=f"po-{number}",
        created_at=None if days_ago is None else NOON - timedelta(days=days_ago),
        retailer=OrderParty(organization_id=retailer),
        line_items=lines or (line(),),
        **more,
    )


def orders(*records: Order, **more: Any) -> Listing[Any]:
    """A list of orders."""
    return listing(*records, operation="orders", **more)


def activity(*records: Order, **more: Any) -> Activity | None:
    """The activity of a connection with the supplier o1."""
    one = with_activity(snapshot(listing(connection("Ash Ltd", "1")), orders(*records, **more)))
    return one.connections[0].activity


def codes(*listings: Listing[Any], policy: Policy | None = None) -> list[str]:
    """The codes of what is found about activity."""
    found = reconcile(snapshot(*listings), policy=policy).findings
    return [one.code for one in found if one.code in OF_ORDERS]


def numbered(**more: Any) -> Any:
    """A connection that lacks no account number."""
    numbers = {"suppliers_retailer_account_number": "1", "retailers_supplier_account_number": "2"}
    return connection("Ash Ltd", "1", **{**numbers, **more})


def test_orders_are_counted_by_window() -> None:
    """Each window holds the orders created in it, and the latest is the last order."""
    found = activity(order(1, 1), order(2, 20), order(3, 60), order(4, 400))
    assert found is not None
    assert (found.orders_last_7_days, found.orders_last_30_days, found.orders_last_90_days) == (1, 2, 3)
    assert found.last_order_at == NOON - timedelta(days=1)
    basis = found.basis("orders_last_30_days")
    assert (basis.since, basis.until) == (NOON - timedelta(days=30), NOON)
    assert "4 orders of crux (acme)" in basis.origin
    assert found.proposals_received_last_7_days is None


def test_lines_are_counted_by_what_became_of_them() -> None:
    """Open orders, backordered and rejected lines, and lines that nobody has allocated for long."""
    found = activity(
        order(1, 10, line(1, status=L.UNALLOCATED), line(2, status=L.BACKORDERED)),
        order(2, 2, line(3, status=L.UNALLOCATED)),
        order(3, 2, line(4, status=L.ALLOCATED, quantity_backordered=2)),
        order(4, 2, line(5, status=L.REJECTED), line(6)),
        order(5, 90, line(7, status=L.UNALLOCATED), status=OrderStatus.CANCELLED),
    )
    assert found is not None
    assert (found.open_orders, found.backordered_lines, found.rejected_lines) == (3, 2, 1)
    assert found.unallocated_lines == 1


def test_only_the_partners_own_lines_count() -> None:
    """An order of two suppliers belongs to both, to each with its own lines."""
    found = activity(order(1, 1, line(1, "o1"), line(2, "o2", L.REJECTED)), order(2, 1, line(3, "o2")))
    assert found is not None
    assert (found.orders_last_7_days, found.rejected_lines) == (1, 0)


def test_an_incomplete_list_counts_nothing() -> None:
    """Where orders may be missing, there is no activity at all."""
    assert activity(order(1, 1), complete=False) is None
    assert activity(order(1, 1), scope="term is lamp") is None


def test_a_reason_that_is_a_sentence_is_told_with_one_full_stop() -> None:
    """As errors of platforms end: "Try again later."."""
    broken = orders(complete=False)
    broken = evolve(broken, coverage=evolve(broken.coverage, reason="the platform failed. Try again later."))
    found = reconcile(snapshot(listing(numbered()), broken)).findings
    (said,) = (one.message for one in found if one.code == "activity-unknown")
    assert said.endswith("Try again later.")
    assert not said.endswith("..")


def test_a_list_from_a_day_on_counts_the_windows_within() -> None:
    """A list of the last 40 days says nothing of 90."""
    held = orders(order(1, 1), scope="start_date is …", since=NOON - timedelta(days=40))
    found = with_activity(snapshot(listing(connection("Ash Ltd", "1")), held)).connections[0].activity
    assert found is not None
    assert (found.orders_last_30_days, found.orders_last_90_days) == (1, None)
    assert found.basis("open_orders").since == NOON - timedelta(days=40)


@pytest.mark.parametrize("doubtful", [order(2, 1, line(2, None)), order(2, None)])
def test_an_order_that_may_be_anybodys_leaves_windows_open(doubtful: Order) -> None:
    """An order that names no supplier, or no time, makes the windows it may lie in unknown."""
    found = activity(order(1, 1), doubtful)
    assert found is not None
    assert found.orders_last_7_days is None


def test_a_status_nobody_knows_leaves_lines_open() -> None:
    """A line of an unknown status makes what is counted by status unknown, and nothing else."""
    found = activity(order(1, 1, line(status=L.UNKNOWN)))
    assert found is not None
    assert (found.open_orders, found.backordered_lines, found.orders_last_7_days) == (None, None, 1)


def test_platforms_without_orders_keep_what_they_count() -> None:
    """A connection of an account without a list of orders keeps its platform's counters, or None."""
    counted = Activity(orders_last_7_days=3, as_of=NOON)
    one = connection("Ash Ltd", "1", vendor="fabric", activity=counted)
    both = with_activity(snapshot(listing(one, vendor="fabric"), orders(order(1, 1))))
    assert both.connections[0].activity == counted
    assert counted.orders_last_30_days is None
    assert counted.basis("orders_last_7_days").since == NOON - timedelta(days=7)


@given(st.lists(st.floats(min_value=0, max_value=200), max_size=12))
def test_windows_agree_with_each_other(days: list[float]) -> None:
    """A longer window never holds fewer orders, and silence is what the counts say."""
    found = activity(*(order(number, ago) for number, ago in enumerate(days)))
    assert found is not None
    assert (found.orders_last_7_days or 0) <= (found.orders_last_30_days or 0) <= (found.orders_last_90_days or 0)
    assert found.silent_for(30) == (found.orders_last_30_days == 0)


def test_active_but_silent() -> None:
    """Only an active partner, of some age, without orders in a whole list, is silent."""
    known = listing(numbered())
    assert codes(known, orders()) == ["active-but-silent"]
    assert codes(known, orders(order(1, 100))) == ["active-but-silent"]
    assert codes(known, orders(order(1, 80))) == []
    assert codes(known, orders(order(1, 80)), policy=Policy(silent_days=60)) == ["active-but-silent"]
    assert codes(known, orders(complete=False)) == ["activity-unknown"]
    assert codes(known) == []
    assert codes(listing(numbered(created_at=NOON - timedelta(days=10))), orders()) == []
    assert codes(listing(numbered(status=ConnectionStatus.ENDED)), orders()) == []


def twice(second: str = "2", **more: Any) -> tuple[Listing[Any], Decisions]:
    """One partner that an account holds twice, by a person's word."""
    numbers = {"suppliers_retailer_account_number": "3", "retailers_supplier_account_number": "4", **more}
    other = connection("Ash Ltd", second, **numbers)
    same = Ruling(left="crux:acme:o1", right=f"crux:acme:o{second}", verdict=Verdict.SAME)
    return listing(numbered(), other), Decisions(rows=(same,))


def said_of_two(*placed: Order, **more: Any) -> list[str]:
    """What is said of the activity of a partner that an account holds twice."""
    known, decisions = twice(**more)
    found = reconcile(snapshot(known, orders(*placed)), decisions=decisions).findings
    return [one.message for one in found if one.code in OF_ORDERS]


def test_a_partner_that_trades_over_one_of_two_records_is_not_silent() -> None:
    """All active connections of an account with a partner must be silent, and that is said once, by the last order."""
    assert said_of_two() == ["'Ash Ltd' is active on crux (acme) and has not traded for 90 days: no order is known."]
    (said,) = said_of_two(order(1, 100), order(2, 95, line(supplier="o2")))
    assert said.endswith("the last order is of 2025-10-12.")
    assert said_of_two(order(1, 100), order(2, 3, line(supplier="o2"))) == []


def test_a_partner_that_trades_over_an_ended_record_is_not_silent_too() -> None:
    """What trades is told as the error that it is, by the record; nobody is told beside it that nothing trades."""
    (said,) = said_of_two(order(1, 3, line(supplier="o2")), status=ConnectionStatus.ENDED)
    assert said.startswith("'Ash Ltd' is ended on crux (acme) as 'Ash Ltd' (o2), and trades: 1 order since")


@pytest.mark.parametrize(
    ("days_ago", "told"), [(29, ["trading-while-inactive"]), (31, []), (89, []), (91, ["active-but-silent"])]
)
def test_a_partner_is_silent_from_its_last_order_on_whichever_record_had_it(days_ago: float, told: list[str]) -> None:
    """Whose trade stopped with a record that has ended is no longer silent than it is."""
    known, decisions = twice(status=ConnectionStatus.ENDED)
    found = reconcile(snapshot(known, orders(order(1, days_ago, line(supplier="o2")))), decisions=decisions).findings
    assert [one.code for one in found if one.code in OF_ORDERS] == told
    for one in found:
        assert (one.code == "active-but-silent") is one.message.endswith("the last order is of 2025-10-16.")


def test_what_two_records_of_one_partner_share_is_said_once() -> None:
    """Orders and lines over two records of a partner are one sentence that counts them all."""
    waiting = [
        order(
            number,
            9,
            line(number, f"o{number}", L.UNALLOCATED, quantity_backordered=1, backorder_date=date(2026, 1, 2)),
        )
        for number in (1, 2)
    ]
    late, waits = said_of_two(*waiting)
    assert late.startswith("2 backordered lines of 'Ash Ltd' on crux (acme) past the promised date")
    assert waits == "2 lines ordered from 'Ash Ltd' on crux (acme) not allocated for more than 7 days."


def test_a_platforms_counter_shows_silence_no_longer_than_its_window() -> None:
    """No orders in 7 days is silence for 7 days, and says nothing of 90."""
    one = connection("Ash Ltd", "1", vendor="fabric", activity=Activity(orders_last_7_days=0, as_of=NOON))
    known = listing(one, vendor="fabric")
    assert codes(known) == []
    assert codes(known, policy=Policy(silent_days=7)) == ["active-but-silent"]


@pytest.mark.parametrize("status", [ConnectionStatus.PENDING, ConnectionStatus.SUSPENDED, ConnectionStatus.ENDED])
def test_trading_while_inactive(status: ConnectionStatus) -> None:
    """A late order over a connection that is not active is an error; one from before its end is none."""
    assert codes(listing(numbered(status=status)), orders(order(1, 3))) == ["trading-while-inactive"]
    assert codes(listing(numbered(status=status)), orders(order(1, 31))) == []
    ended = numbered(status=status, ended_at=NOON - timedelta(days=2), suspended_at=NOON - timedelta(days=2))
    if status is not ConnectionStatus.PENDING:
        assert codes(listing(ended), orders(order(1, 3))) == []
        assert codes(listing(ended), orders(order(1, 1))) == ["trading-while-inactive"]


@pytest.mark.parametrize(("ahead", "told"), [(1, True), (1.01, False), (400, False)])
def test_an_order_that_is_dated_in_the_future_is_no_trade_of_today(ahead: float, *, told: bool) -> None:
    """A slip in its year makes nobody trade after the end; a clock may be a day ahead."""
    found = codes(listing(numbered(status=ConnectionStatus.ENDED)), orders(order(1, -ahead)))
    assert found == (["trading-while-inactive"] if told else [])


def again(status: ConnectionStatus, *, retailer: str = "own") -> Listing[Any]:
    """A partner whose connection ended long ago and that is connected again, perhaps with another retailer of ours."""
    old = numbered(status=ConnectionStatus.ENDED, status_native="CLOSED", ended_at=NOON - timedelta(days=400))
    new = evolve(old, id="2", source=source("crux", "acme", "connection", "2"), status=status, ended_at=None)
    return listing(old, evolve(new, retailer=evolve(new.retailer, id=retailer)))


@pytest.mark.parametrize("status", list(ConnectionStatus))
def test_an_order_may_be_over_any_connection_of_its_two_sides(status: ConnectionStatus) -> None:
    """Over an old one nobody trades whose partner is connected again, or may be."""
    told = codes(again(status), orders(order(1, 3)))
    inactive = {ConnectionStatus.PENDING, ConnectionStatus.SUSPENDED, ConnectionStatus.ENDED}
    assert ("trading-while-inactive" in told) is (status in inactive)


def test_trade_over_an_old_connection_is_claimed_of_that_one() -> None:
    """Though the partner is active with another retailer of ours: the sentence follows from its evidence."""
    held = snapshot(again(ConnectionStatus.ACTIVE, retailer="other"), orders(order(1, 3)))
    (finding,) = (one for one in reconcile(held).findings if one.code == "trading-while-inactive")
    assert finding.message.startswith("'Ash Ltd' is ended on crux (acme), and trades: 1 order since")
    assert [(claim.value, claim.native) for claim in finding.claims] == [("ended", "CLOSED")]


def test_trade_before_an_end_of_no_date_is_told_with_doubt() -> None:
    """Where nobody says when a connection ended, the orders may be from before: the sentence says so."""

    def said(**more: Any) -> str:
        held = snapshot(listing(numbered(**more)), orders(order(1, 3)))
        return next(one.message for one in reconcile(held).findings if one.code == "trading-while-inactive")

    assert said(status=ConnectionStatus.ENDED).endswith("Since when it is ended, nobody says.")
    assert said(status=ConnectionStatus.SUSPENDED).endswith("Since when it is suspended, nobody says.")
    for sure in (
        {"status": ConnectionStatus.ENDED, "ended_at": NOON - timedelta(days=9)},
        {"status": ConnectionStatus.PENDING},
    ):
        assert "nobody says" not in said(**sure)


def test_trading_while_suspended_by_a_counter() -> None:
    """A platform's counter shows it too, unless the suspension is younger than the window."""
    counted = Activity(orders_last_7_days=2, as_of=NOON)
    about: dict[str, Any] = {"vendor": "fabric", "activity": counted, "status": ConnectionStatus.SUSPENDED}
    old = connection("Ash Ltd", "1", suspended_at=NOON - timedelta(days=8), **about)
    new = connection("Ash Ltd", "1", suspended_at=NOON - timedelta(days=3), **about)
    assert codes(listing(old, vendor="fabric")) == ["trading-while-inactive"]
    assert codes(listing(new, vendor="fabric")) == []


def test_backorder_overdue() -> None:
    """A backordered line is overdue from the day after its date, unless it is done with."""

    def held(day: date, status: L = L.BACKORDERED) -> Listing[Any]:
        return orders(order(1, 5, line(status=status, quantity_backordered=1, backorder_date=day)))

    yesterday = NOON.date() - timedelta(days=1)
    assert codes(listing(numbered()), held(yesterday)) == ["backorder-overdue"]
    assert codes(listing(numbered()), held(yesterday), policy=Policy(backorder_days=3)) == []
    assert codes(listing(numbered()), held(NOON.date())) == []
    assert codes(listing(numbered()), held(yesterday, L.HAS_TRACKING)) == []


@pytest.mark.parametrize("status", list(OrderStatus))
def test_no_line_of_an_order_that_is_done_with_is_overdue(status: OrderStatus) -> None:
    """What was cancelled, or is complete, nobody waits for, whatever its lines still say."""
    late = line(status=L.BACKORDERED, quantity_backordered=1, backorder_date=NOON.date() - timedelta(days=9))
    found = codes(listing(numbered()), orders(order(1, 20, late, status=status)))
    assert found == ([] if status in {OrderStatus.CANCELLED, OrderStatus.COMPLETE} else ["backorder-overdue"])


def test_unallocated_overdue() -> None:
    """A line that waits longer than the policy allows is late."""
    waiting = line(status=L.UNALLOCATED)
    assert codes(listing(numbered()), orders(order(1, 8, waiting))) == ["unallocated-overdue"]
    assert codes(listing(numbered()), orders(order(1, 6, waiting))) == []
    assert codes(listing(numbered()), orders(order(1, 8, waiting)), policy=Policy(unallocated_days=9)) == []


def test_account_number_missing() -> None:
    """A connection that trades should have the numbers that most others have; one that does not may lack them."""
    others = [numbered_as(number) for number in range(2, 7)]
    bare = listing(connection("Ash Ltd", "1"), *others)
    assert numberless(bare, order(1, 1)) == ["retailers_supplier_account_number, suppliers_retailer_account_number"]
    assert numberless(bare, order(1, 45)) == []
    assert numberless(listing(numbered(), *others), order(1, 1)) == []
    assert numberless(listing(connection("Ash Ltd", "1"), *others[:3]), order(1, 1)) == []


def test_an_account_number_that_few_have_is_not_missed() -> None:
    """Where a field is mostly left empty, its emptiness says nothing; the other field still does."""
    ones = [numbered_as(number, suppliers_retailer_account_number=None) for number in range(2, 7)]
    assert numberless(listing(connection("Ash Ltd", "1"), *ones), order(1, 1)) == ["retailers_supplier_account_number"]
    empty = [connection("Oak Ltd", str(number)) for number in range(2, 9)]
    assert numberless(listing(connection("Ash Ltd", "1"), *empty), order(1, 1)) == []


@pytest.mark.parametrize("filler", ["n/a", "0", " ", "TBD"])
def test_what_stands_for_no_account_number_is_missed_as_none_is(filler: str) -> None:
    """A connection that has "n/a" for a number has none."""
    others = [numbered_as(number, suppliers_retailer_account_number=None) for number in range(2, 7)]
    for word in (filler, None):
        bare = listing(connection("Ash Ltd", "1", retailers_supplier_account_number=word), *others)
        assert numberless(bare, order(1, 1)) == ["retailers_supplier_account_number"]


@pytest.mark.parametrize("filler", ["n/a", "0", " ", "TBD"])
def test_what_stands_for_no_account_number_makes_none_usual(filler: str) -> None:
    """Where most connections have "n/a" for a number, a number is not missed."""

    def missed(word: str) -> list[str | None]:
        others = [numbered_as(number, retailer_identifier=word) for number in range(2, 7)]
        return numberless(listing(numbered(), *others), order(1, 1))

    assert missed(filler) == []
    assert missed("A7") == ["retailer_identifier"]


def test_the_policy_says_when_an_account_number_is_missed() -> None:
    """Which share of how many connections makes a number usual is the policy's to say."""
    others = [numbered_as(2), numbered_as(3), *(connection("Oak Ltd", str(number)) for number in (4, 5))]
    bare = listing(connection("Ash Ltd", "1"), *others)
    both = ["retailers_supplier_account_number, suppliers_retailer_account_number"]
    assert numberless(bare, order(1, 1)) == []
    assert numberless(bare, order(1, 1), policy=Policy(account_number_share=0.4)) == both
    assert numberless(bare, order(1, 1), policy=Policy(account_number_share=0.41)) == []
    assert numberless(bare, order(1, 1), policy=Policy(account_number_share=0.4, account_number_connections=6)) == []
    none = listing(connection("Ash Ltd", "1"), *others[2:])
    always = Policy(account_number_share=0, account_number_connections=1)
    assert numberless(none, order(1, 1), policy=always) == []


def numbered_as(number: int, **more: Any) -> Any:
    """Another connection that has its numbers."""
    numbers = {"suppliers_retailer_account_number": "1", "retailers_supplier_account_number": "2", **more}
    return connection(f"Birch {number}", str(number), **numbers)


def numberless(connections: Listing[Any], *placed: Order, policy: Policy | None = None) -> list[str | None]:
    """The fields of account numbers that are said to be missing."""
    found = reconcile(snapshot(connections, orders(*placed)), policy=policy).findings
    return [one.field for one in found if one.code == "account-number-missing"]


def test_the_table_of_partners_has_activity() -> None:
    """Numbers of all connections with a partner are added up, and unknown where one of them is."""
    alive = with_activity(snapshot(listing(connection("Ash Ltd", "1")), orders(order(1, 1), order(2, 40))))
    table = reconcile(alive).to_frame("partners")
    (row,) = (dict(zip(table.columns, cells, strict=True)) for cells in table.rows)
    assert [row[f"orders_last_{days}_days"] for days in (7, 30, 90)] == [1, 1, 2]
    assert row["last_order_at"] == (NOON - timedelta(days=1)).isoformat()
    silent = reconcile(snapshot(listing(connection("Ash Ltd", "1")))).to_frame("partners")
    (row,) = (dict(zip(silent.columns, cells, strict=True)) for cells in silent.rows)
    assert row["orders_last_7_days"] is None
    assert row["last_order_at"] is None


def test_every_file_of_partners_has_every_number() -> None:
    """CSV, Parquet, the workbook and a wide terminal show each number of an activity, also where no limit is said."""
    numbers: dict[str, Any] = {name: place for place, name in enumerate(NUMBERS, start=1)}
    numbers["last_order_at"] = NOON
    told = reconcile(snapshot(listing(connection("Ash Ltd", "1", activity=Activity(**numbers, as_of=NOON)))))
    table = told.to_frame("partners")
    due = {**numbers, "last_order_at": NOON.isoformat()}
    (row,) = csv.DictReader(StringIO(as_csv(table)))
    assert {name: row[name] for name in NUMBERS} == {name: str(value) for name, value in due.items()}
    (row,) = parquet.read_table(BytesIO(as_parquet(table))).to_pylist()
    assert {name: row[name] for name in NUMBERS} == due
    sheet = openpyxl.load_workbook(BytesIO(as_workbook([table], NOON)))["partners"]
    heading, cells = ([cell.value for cell in line] for line in sheet.iter_rows())
    assert {name: dict(zip(heading, cells, strict=True))[name] for name in NUMBERS} == due
    shown = Console(file=StringIO(), width=400)
    print_tables(told, shown, where="")
    assert isinstance(shown.file, StringIO)
    words = next(line for line in shown.file.getvalue().splitlines() if "orders 7 d" in line)
    for word in ("30 d", "90 d", "last order", "open", "backordered", "rejected", "unallocated", "items", "proposals"):
        assert word in words


def test_order_without_connection() -> None:
    """Parties on no connection are found, unless the list of connections is not whole."""
    stranger = orders(order(1, 1), order(2, 1, line(supplier="o9")))
    assert codes(listing(numbered()), stranger) == ["order-without-connection"]
    assert codes(listing(numbered()), orders(order(1, 1), order(2, 1, retailer="other"))) == [
        "order-without-connection"
    ]
    assert codes(listing(numbered(), complete=False), stranger) == []
    assert codes(listing(numbered()), orders(order(1, 1), order(2, 1, retailer=None))) == []


def test_a_connection_that_was_only_asked_for_has_no_activity() -> None:
    """A request names no organization, so no order can be laid to it: it is not said to have none."""
    asked = connection("Ash, Ltd.", "9", status=ConnectionStatus.PENDING, created_at=None)
    asked = evolve(asked, source=evolve(asked.source, operation="connection_requests"))
    requests = listing(asked, operation="connection_requests")
    placed = orders(order(1, 1), order(2, 1, ash("o77")))
    taken = with_activity(snapshot(listing(numbered()), requests, placed))
    assert [one.activity is None for one in taken.connections] == [False, True]
    (found,) = [
        one
        for one in reconcile(snapshot(listing(connection("Oak", "1")), requests, placed)).findings
        if one.code == "order-without-connection"
    ]
    assert "With one of that name, 'Ash, Ltd.', a connection has only been asked for." in found.message
    assert found.records
    (found,) = [one for one in reconcile(snapshot(listing(numbered()), placed)).findings if one.code == found.code]
    assert "With one of that name, 'Ash Ltd', there is a connection, with another organization." in found.message


def ash(organization: str) -> LineItem:
    """A line ordered from an organization that is called Ash Ltd."""
    return evolve(line(9), supplier=OrderParty(organization_id=organization, name="Ash Ltd"))


def test_the_reconciliation_tells_activity() -> None:
    """Each known number stands in the JSON with its window and origin, and numbers nobody knows are left out."""
    plain = reconcile(snapshot(listing(numbered()), orders(order(1, 1)))).to_plain()
    (told,) = plain["partners"][0]["entries"][0]["activity"]
    assert told["numbers"]["orders_last_7_days"] == {"value": 1, "since": (NOON - timedelta(days=7)).isoformat()}
    assert told["until"] == NOON.isoformat()
    assert told["origin"]
    assert "approved_items" not in told["numbers"]


def test_a_snapshot_keeps_orders_and_activity(tmp_path: Any) -> None:
    """Orders are a file of their own on disk, and a connection keeps its activity."""
    taken = with_activity(snapshot(listing(numbered()), orders(order(1, 1))))
    again = Snapshot.load(taken.save(tmp_path / "one"))
    assert again.orders == taken.orders
    assert again.connections[0].activity == taken.connections[0].activity
    assert trade_of(again)["crux", "acme"].count == 1
