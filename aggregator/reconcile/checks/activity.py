"""Whether a connection is alive: silence, trade that should not be, and orders that are stuck."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from datetime import datetime, timedelta

from aggregator.activity import REQUESTS, Share, Trade
from aggregator.model import Connection, ConnectionStatus, Order
from aggregator.reconcile.account_views import AccountView
from aggregator.reconcile.checks.context import Context, status_of
from aggregator.reconcile.checks.held import by_account, told_as
from aggregator.reconcile.checks.names import plain_name
from aggregator.reconcile.checks.numbers import NUMBERS, has_number
from aggregator.reconcile.checks.recent_trade import INACTIVE, STOPPED, Recent, recent_trade, stopped_at, told_trade
from aggregator.reconcile.entries import Entry
from aggregator.reconcile.finding import Finding
from aggregator.reconcile.reconciliation import Partner
from aggregator.reconcile.wording import counted

_NAMED = 3


def check_activity(context: Context) -> Iterator[Finding]:
    """Yield connections that are silent, or trade when they should not, and orders that are stuck or nobody's."""
    for view in context.views:
        trade = context.trade_on(view.account)
        if trade is not None:
            yield from _unknown(context, view, trade)
            yield from _elsewhere(context, view, trade)
    for partner in context.partners:
        for entries in by_account(partner):
            for check in (_silent, _of_trade, _overdue, _unallocated):
                yield from check(context, partner, entries)


def _shares(context: Context, entry: Entry, connection: Connection) -> tuple[Share, ...]:
    trade = context.trade_on(entry.account)
    return () if trade is None else trade.shares.get(str(connection.key), ())


def _unknown(context: Context, view: AccountView, trade: Trade) -> Iterator[Finding]:
    if not trade.is_known:
        why = (trade.coverage.reason or "").rstrip(".") or f"orders were asked for only where {trade.coverage.scope}"
        message = f"Nobody on {view.account} can be called silent: its list of orders is not whole: {why}."
        yield from context.finding("activity-unknown", message, accounts=(view.account.label,))


def _elsewhere(context: Context, view: AccountView, trade: Trade) -> Iterator[Finding]:
    label = view.account.label
    # Where connections may be missing from the list, the parties may well be on one of them.
    for parties, orders in trade.elsewhere.items() if view.proves_absence else ():
        name = f"{parties.name!r} ({parties.supplier})" if parties.name else f"supplier {parties.supplier}"
        namesakes = context.by_name.get((label, plain_name(parties.name)), ()) if parties.name else ()
        message = (
            f"{counted(len(orders), 'order')} on {view.account} from retailer {parties.retailer} to {name}, "
            f"whom no connection joins.{_known_as(namesakes)}"
        )
        evidence = (f"orders {', '.join(one.purchase_order or one.id for one in orders[:_NAMED])}",)
        yield from context.finding("order-without-connection", message, namesakes, accounts=(label,), evidence=evidence)
    if trade.strays:
        message = (
            f"{counted(len(trade.strays), 'order')} on {view.account} do not say whose they are, "
            "so that nobody there can be called silent."
        )
        yield from context.finding("order-without-connection", message, accounts=(label,))


def _known_as(namesakes: tuple[Entry, ...]) -> str:
    """Say that the account knows one of that name, by another id: asked for, or under an organization of its own."""
    if not namesakes:
        return ""
    one = namesakes[0]
    asked = all(connection.source.operation == REQUESTS for connection in one.connections)
    what = "a connection has only been asked for" if asked else "there is a connection, with another organization"
    return f" With one of that name, {one.name!r}, {what}."


def _silent(context: Context, partner: Partner, entries: tuple[Entry, ...]) -> Iterator[Finding]:
    """A partner that is active on an account, and no new one, is silent if nothing there has traded."""
    days = context.policy.silent_days
    held = [entry for entry in entries if _active(entry)]
    active = [one for entry in held for one in _active(entry)]
    if not active or not all(one.activity is not None and one.activity.silent_for(days) for one in active):
        return
    if any(one.silent_for(days) is False for entry in entries for one in entry.activities):
        return  # it traded in these days all the same, over a connection that is not active: lately, that is an error
    begin = context.now_of(entries[0].account) - timedelta(days=days)
    since = [entry.since for entry in held if entry.since is not None]
    if (since and min(since) > begin) or any(one.onboarded_at and one.onboarded_at > begin for one in active):
        return
    activities = [one for entry in entries for one in entry.activities]
    last = max((one.last_order_at for one in activities if one.last_order_at), default=None)
    said = "no order is known" if last is None else f"the last order is of {last:%Y-%m-%d}"
    yield from context.finding(
        "active-but-silent",
        f"{partner.name!r} is active on {entries[0].account} and has not traded for {days:g} days: {said}.",
        held,
        partner=partner,
        value=status_of,
        evidence=tuple(dict.fromkeys(str(one.basis("last_order_at")) for one in activities)),
    )


def _active(entry: Entry) -> list[Connection]:
    return [one for one in entry.connections if one.status is ConnectionStatus.ACTIVE]


_Trading = tuple[Entry, Connection, Recent]


def _of_trade(context: Context, partner: Partner, entries: tuple[Entry, ...]) -> Iterator[Finding]:
    trading = list(_trading(context, entries))
    yield from _while_inactive(context, partner, trading)
    yield from _numberless(context, partner, trading)


def _while_inactive(context: Context, partner: Partner, trading: Collection[_Trading]) -> Iterator[Finding]:
    """Connections of one status are told together: a partner may be held a dozen times."""
    # Orders name organizations, so that a partner connected again has them on its old connection too.
    lively = {order for _, one, recent in trading if one.status not in INACTIVE for order in recent.orders}
    found: dict[ConnectionStatus, list[_Trading]] = defaultdict(list)
    for entry, one, recent in trading:
        if one.status in INACTIVE and (left := recent.without(lively)) is not None:
            found[one.status].append((entry, one, left))
    for status, several in found.items():
        held = {entry: (status.value, one.status_native) for entry, one, _ in several}
        doubt = any(status in STOPPED and stopped_at(one) is None for _, one, _ in several)
        message = (
            f"{partner.name!r} is {status.value} on {next(iter(held)).account}{told_as(partner, held)}, "
            f"and trades: {told_trade(recent for _, _, recent in several)}."
            f"{f' Since when it is {status.value}, nobody says.' if doubt else ''}"
        )
        yield from context.finding("trading-while-inactive", message, held, partner=partner, value=held.__getitem__)


def _trading(context: Context, entries: tuple[Entry, ...]) -> Iterator[_Trading]:
    now = context.now_of(entries[0].account)
    for entry in entries:
        for one in entry.connections:
            recent = recent_trade(one, _shares(context, entry, one), now=now, days=context.policy.trading_days)
            if recent is not None:
                yield entry, one, recent


def _numberless(context: Context, partner: Partner, trading: Iterable[_Trading]) -> Iterator[Finding]:
    """A number is missed where most partners of the account have it: many teams never fill one of the fields in."""
    found: dict[tuple[str, ...], dict[Entry, None]] = defaultdict(dict)
    for entry, one, _ in trading:
        usual = context.usual_numbers.get(entry.account.label, {})
        missing = tuple(name for name in usual if not has_number(one, name))
        if missing and one.status is ConnectionStatus.ACTIVE:
            found[missing][entry] = None
    for missing, held in found.items():
        account = next(iter(held)).account
        usual = context.usual_numbers[account.label]
        said = " and ".join(f"{NUMBERS[name]} (which {usual[name][0]} of {usual[name][1]} have)" for name in missing)
        message = f"{partner.name!r} trades on {account}{told_as(partner, held)}, without {said}."
        yield from context.finding("account-number-missing", message, held, partner=partner, field=", ".join(missing))


def _overdue(context: Context, partner: Partner, entries: tuple[Entry, ...]) -> Iterator[Finding]:
    limit = context.today_of(entries[0].account) - timedelta(days=context.policy.backorder_days)
    late: dict[tuple[str, str], tuple[datetime, Order]] = {}  # two connections of the same two sides share an order
    held: dict[Entry, None] = {}
    for entry, share in _all_shares(context, entries):
        for line, promised in share.overdue:
            if promised.date() < limit:
                late[share.order.id, line.id] = (promised, share.order)
                held[entry] = None
    if late:
        lines = sorted(late.values(), key=lambda one: (one[0], one[1].id))
        numbers = dict.fromkeys(order.purchase_order or order.id for _, order in lines)
        message = (
            f"{counted(len(lines), 'backordered line')} of {partner.name!r} on {entries[0].account} past the promised "
            f"date, the oldest of {lines[0][0]:%Y-%m-%d}: {', '.join(list(numbers)[:_NAMED])}."
        )
        yield from context.finding("backorder-overdue", message, held, partner=partner)


def _all_shares(context: Context, entries: tuple[Entry, ...]) -> Iterator[tuple[Entry, Share]]:
    for entry in entries:
        for one in entry.connections:
            for share in _shares(context, entry, one):
                yield entry, share


def _unallocated(context: Context, partner: Partner, entries: tuple[Entry, ...]) -> Iterator[Finding]:
    waiting: dict[frozenset[str], int] = {}  # two connections of the same two sides share their orders
    held: dict[Entry, None] = {}
    days: float | None = None
    for entry in entries:
        for one in entry.connections:
            if one.activity is not None and one.activity.unallocated_lines:
                orders = frozenset(share.order.id for share in _shares(context, entry, one))
                waiting[orders or frozenset((str(one.key),))] = one.activity.unallocated_lines
                held[entry] = None
                days = one.activity.unallocated_days
    if waiting:
        message = (
            f"{counted(sum(waiting.values()), 'line')} ordered from {partner.name!r} on {entries[0].account} "
            f"not allocated for {'longer than the platform allows' if days is None else f'more than {days:g} days'}."
        )
        yield from context.finding("unallocated-overdue", message, held, partner=partner)
