"""Whether a connection is alive: silence, trade that should not be, and orders that are stuck."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from aggregator.activity import REQUESTS, Share, Trade
from aggregator.model import Activity, Connection, ConnectionStatus
from aggregator.reconcile.account_views import AccountView
from aggregator.reconcile.checks.context import Context, status_of
from aggregator.reconcile.checks.numbers import NUMBERS
from aggregator.reconcile.checks.spellings import plain_name
from aggregator.reconcile.entries import Entry
from aggregator.reconcile.finding import Finding
from aggregator.reconcile.reconciliation import Partner
from aggregator.reconcile.words import counted

_INACTIVE = frozenset({ConnectionStatus.SUSPENDED, ConnectionStatus.PENDING, ConnectionStatus.ENDED})
_NAMED = 3


def check_activity(context: Context) -> Iterator[Finding]:
    """Yield connections that are silent, or trade when they should not, and orders that are stuck or nobody's."""
    for view in context.views:
        trade = context.trades.get((view.account.vendor, view.account.name))
        if trade is not None:
            yield from _unknown(context, view, trade)
            yield from _elsewhere(context, view, trade)
    for partner in context.partners:
        for entry in partner.entries:
            yield from _silent(context, partner, entry)
            for connection in entry.connections:
                yield from _of_connection(context, partner, entry, connection)


def _shares(context: Context, entry: Entry, connection: Connection) -> tuple[Share, ...]:
    trade = context.trades.get((entry.account.vendor, entry.account.name))
    return () if trade is None else trade.shares.get(str(connection.key), ())


def _unknown(context: Context, view: AccountView, trade: Trade) -> Iterator[Finding]:
    if not trade.is_known:
        why = trade.coverage.reason or f"orders were asked for only where {trade.coverage.scope}"
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


def _silent(context: Context, partner: Partner, entry: Entry) -> Iterator[Finding]:
    """A partner is silent if all that is active with it is, and has been there for long enough."""
    days = context.policy.silent_days
    active = [one for one in entry.connections if one.status is ConnectionStatus.ACTIVE]
    activities = [one.activity for one in active]
    if not active or not all(one is not None and one.silent_for(days) for one in activities):
        return
    young = entry.since is not None and entry.since > context.now - timedelta(days=days)
    if young or any(one.onboarded_at and one.onboarded_at > context.now - timedelta(days=days) for one in active):
        return
    last = max((one.last_order_at for one in activities if one and one.last_order_at), default=None)
    said = "no order is known" if last is None else f"the last order is of {last:%Y-%m-%d}"
    yield from context.finding(
        "active-but-silent",
        f"{partner.name!r} is active on {entry.account} and has not traded for {days:g} days: {said}.",
        (entry,),
        partner=partner,
        value=status_of,
        evidence=tuple(str(one.basis("last_order_at")) for one in activities if one),
    )


def _of_connection(context: Context, partner: Partner, entry: Entry, one: Connection) -> Iterator[Finding]:
    shares = _shares(context, entry, one)
    recent = _recent(context, one, shares)
    if recent and one.status in _INACTIVE:
        message = f"{partner.name!r} is {one.status.value} on {entry.account}, and trades: {recent}.{_doubt(one)}"
        yield from context.finding("trading-while-inactive", message, (entry,), partner=partner, value=status_of)
    if recent and one.status is ConnectionStatus.ACTIVE:
        yield from _numberless(context, partner, entry, one)
    yield from _overdue(context, partner, entry, shares)
    yield from _unallocated(context, partner, entry, one.activity)


def _stopped_at(one: Connection) -> datetime | None:
    return one.ended_at if one.status is ConnectionStatus.ENDED else one.suspended_at


def _doubt(one: Connection) -> str:
    """Say where the orders may be from before the end, since nobody tells when that was."""
    stopped = one.status in {ConnectionStatus.ENDED, ConnectionStatus.SUSPENDED}
    return f" Since when it is {one.status.value}, nobody says." if stopped and _stopped_at(one) is None else ""


def _recent(context: Context, one: Connection, shares: tuple[Share, ...]) -> str:
    """Say how many orders show that a connection trades now; empty if none does, or if they may be from before."""
    days = context.policy.trading_days
    begin = context.now - timedelta(days=days)
    changed = _stopped_at(one)
    stopped = changed is not None and one.status in _INACTIVE
    if stopped and changed is not None:
        begin = max(begin, changed)
    orders = [one.order for one in shares if one.order.created_at is not None and one.order.created_at > begin]
    if orders:
        return f"{counted(len(orders), 'order')} since {_day(begin)}"
    known = None if one.activity is None or shares else one.activity.orders_within(days)
    if known is None or not known[0] or (stopped and begin > context.now - timedelta(days=known[1])):
        return ""
    return f"{counted(known[0], 'order')} in the last {known[1]} days"


def _numberless(context: Context, partner: Partner, entry: Entry, one: Connection) -> Iterator[Finding]:
    """A number is missed where most partners of the account have it: many teams never fill one of the fields in."""
    label = entry.account.label
    missing = [name for name in context.usual_numbers.get(label, {}) if not getattr(one, name)]
    if missing:
        usual = context.usual_numbers[label]
        said = " and ".join(f"{NUMBERS[name]} (which {usual[name][0]} of {usual[name][1]} have)" for name in missing)
        message = f"{partner.name!r} trades on {entry.account}, without {said}."
        yield from context.finding(
            "account-number-missing", message, (entry,), partner=partner, field=", ".join(missing)
        )


def _overdue(context: Context, partner: Partner, entry: Entry, shares: tuple[Share, ...]) -> Iterator[Finding]:
    limit = context.today - timedelta(days=context.policy.backorder_days)
    late = [(promised, share.order) for share in shares for _, promised in share.overdue if promised.date() < limit]
    if late:
        late.sort(key=lambda one: (one[0], one[1].id))
        numbers = dict.fromkeys(order.purchase_order or order.id for _, order in late)
        message = (
            f"{counted(len(late), 'backordered line')} of {partner.name!r} on {entry.account} past the promised date, "
            f"the oldest of {_day(late[0][0])}: {', '.join(list(numbers)[:_NAMED])}."
        )
        yield from context.finding("backorder-overdue", message, (entry,), partner=partner)


def _unallocated(context: Context, partner: Partner, entry: Entry, activity: Activity | None) -> Iterator[Finding]:
    if activity is not None and activity.unallocated_lines:
        days = activity.unallocated_days
        message = (
            f"{counted(activity.unallocated_lines, 'line')} ordered from {partner.name!r} on {entry.account} "
            f"not allocated for {'longer than the platform allows' if days is None else f'more than {days:g} days'}."
        )
        yield from context.finding("unallocated-overdue", message, (entry,), partner=partner)


def _day(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d}"
