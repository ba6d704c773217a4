"""`aggregator orders`: purchase orders of one account or several, all of them or what is new."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated, TypeAlias

from attrs import define
from cyclopts import Parameter

from aggregator.adapter.base import Adapter
from aggregator.adapter.capabilities import Support
from aggregator.adapter.orders import OrderFilter
from aggregator.adapter.unready import Unready
from aggregator.cli import INCOMPLETE
from aggregator.cli.orders_output import Form, write
from aggregator.cli.places import Place
from aggregator.cli.progress import shown_progress
from aggregator.cli.streams import reader_has_gone
from aggregator.cli.targets import check_orders_file, check_state_file
from aggregator.cli.terminal import say_error, say_note
from aggregator.client import Client, NewOrders, Records, Watermark, new_orders
from aggregator.collect import OnProgress, Progress
from aggregator.config import DEFAULT_FILE, Config, read_config
from aggregator.errors import AggregatorError, ConfigurationError
from aggregator.model import LineItemStatus, ListingSource, Order
from aggregator.reconcile.wording import counted
from aggregator.wire.options import Options

_SEVERAL = Parameter(negative=(), show_default=False)
_EVERY = 100  # orders between two steps of the progress bar


def orders(
    *,
    config: Annotated[Place, Parameter(name=["--config", "-c"])] = Path(DEFAULT_FILE),
    sandbox: Annotated[bool, Parameter(negative=())] = False,
    account: Annotated[tuple[str, ...], _SEVERAL] = (),
    since: str | None = None,
    until: str | None = None,
    status: Annotated[tuple[LineItemStatus, ...], _SEVERAL] = (),
    organization: Annotated[tuple[str, ...], _SEVERAL] = (),
    purchase_order: Annotated[str | None, Parameter(name=["--purchase-order", "--po"])] = None,
    term: str | None = None,
    state: Place | None = None,
    format: Form = "table",  # noqa: A002 - the option's name
    json: Annotated[bool, Parameter(negative=())] = False,
    out: Annotated[Place | None, Parameter(name=["--out", "-o"])] = None,
) -> int:
    """Read purchase orders and print them as they come, the oldest first.

    With --state only what has come since the last run is printed, or has changed within a day; the file remembers how
    far that was, and moves on only when a list has come whole.

    Exit code 0: every list is complete. 4: at least one is not; what came is kept. 10 and above: it failed.

    Parameters
    ----------
    config: Path
        The settings file that names the accounts.
    sandbox: bool
        Read the made-up orders of the bundled vendors instead, served on loopback for the time being.
    account: str
        Only the account of this name; can be given several times. Otherwise all on platforms that have orders.
    since: str
        Created then or later: 2026-01-31, 2026-01-31T12:00:00Z, or 90d for the last 90 days. Without a zone it is UTC.
    until: str
        Created then or earlier; likewise, a date standing for its first moment.
    status: str
        With a line of this status; can be given several times, as far as the platform can be asked.
    organization: str
        The id of an organization that is a party; can be given several times.
    purchase_order: str
        The purchase order's number.
    term: str
        A text that the platform searches for, in its own way.
    state: Path
        The file that remembers how far orders were read, for one account.
    format: str
        table, jsonl (everything there is of each order), csv or parquet (one row an order).
    json: bool
        The same as --format jsonl.
    out: Path
        A file in the place of standard output. It is replaced once all is written, if it holds orders of an earlier
        run; any other file is refused.
    """
    wanted = OrderFilter(
        since=moment(since), until=moment(until), statuses=status, organizations=organization,
        purchase_order=_said("--purchase-order", purchase_order), term=_said("--term", term),
    )  # fmt: skip
    if wanted.since is not None and wanted.until is not None and wanted.since > wanted.until:
        raise ConfigurationError("--since is after --until, so no order can be found.")
    with shown_progress() as (on_progress, announce), ExitStack() as stack:
        settings = _bundled(stack) if sandbox else read_config(config)
        chosen = _chosen(settings, account)
        _check_state(state, chosen, wanted)
        if out is not None:
            check_orders_file(out, (config, *((state,) if state else ())))
        clients = [
            stack.enter_context(Client(one, options=settings.options, announce=announce))
            for one in chosen
            if isinstance(one, Adapter)
        ]
        reading = _Reading(wanted=wanted, state=state, tell=on_progress, asked=len(chosen))
        reading.pass_over(one for one in chosen if isinstance(one, Unready))
        form: Form = "jsonl" if json else format
        count = write(reading.all(reading.open(clients)), form, out, kept=reading.is_worth_keeping)
    if out is None and reader_has_gone():
        return reading.exit_code  # nothing is remembered, so that what was not read comes again
    reading.remember()
    kept = f" written to {out}" if reading.is_worth_keeping() else f"; nothing is written to {out}"
    say_note(f"{counted(count, 'order')}{'' if out is None else kept}")
    return reading.exit_code


def _check_state(state: Path | None, chosen: list[Adapter | Unready], wanted: OrderFilter) -> None:
    """Refuse, before anything is read, what could not be remembered after it."""
    if state is None:
        return
    if len(chosen) != 1 or wanted != OrderFilter():
        raise ConfigurationError(
            "--state remembers one account's orders, unfiltered.", hint="Name one --account, and no filter."
        )
    check_state_file(state)


def _said(option: str, text: str | None) -> str | None:
    """Refuse an empty text, such as a variable of a script that was never set: it would filter nothing."""
    if text is not None and not text.strip():
        raise ConfigurationError(f"{option} is empty.", hint="Leave it out to filter nothing.")
    return text


def moment(text: str | None) -> datetime | None:
    """Return the time that an option names.

    Raises:
        ConfigurationError: It names none.
    """
    if text is None:
        return None
    if text.endswith("d") and text[:-1].isdecimal() and int(text[:-1]) <= 36_500:
        return datetime.now(UTC) - timedelta(days=int(text[:-1]))
    try:
        said = datetime.fromisoformat(text)
    except ValueError as error:
        hint = "Write 2026-01-31, 2026-01-31T12:00:00Z, or 90d."
        raise ConfigurationError(f"{text!r} is no time.", hint=hint) from error
    return said if said.tzinfo is not None else said.replace(tzinfo=UTC)


def _bundled(stack: ExitStack) -> Config:
    """The bundled vendors, served until the stack is closed."""
    from aggregator.cli.demo import accounts  # noqa: PLC0415 - needs the extra

    try:
        from aggregator.sandbox import Sandbox, World  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise ConfigurationError(str(error)) from error
    served = stack.enter_context(Sandbox(World.generate(as_of=datetime.now(UTC))))
    return Config(accounts=tuple(accounts(served)), options=Options())


def _chosen(settings: Config, names: tuple[str, ...]) -> list[Adapter | Unready]:
    known = {one.account for one in settings.accounts}
    for name in names:
        if name not in known:
            raise ConfigurationError(f"There is no account {name!r}.", hint=f"There are: {', '.join(sorted(known))}.")
    if names:
        return [one for one in settings.accounts if one.account in names]
    able = [one for one in settings.accounts if _has_orders(one)]
    if not able:
        raise ConfigurationError("No account is on a platform that has orders.", hint="See `aggregator vendors`.")
    return able


def _has_orders(account: Adapter | Unready) -> bool:
    adapter = account.adapter if isinstance(account, Unready) else account
    return adapter.capabilities.orders.support is not Support.NO


_Opened: TypeAlias = tuple[Client[Adapter], Records[Order] | NewOrders]


@define
class _Reading:
    """Reads the orders of each account, tells of progress, and keeps what came where one fails."""

    wanted: OrderFilter
    state: Path | None
    tell: OnProgress
    asked: int
    exit_code: int = 0
    came: int = 0
    mark: Watermark | None = None

    def pass_over(self, unready: Iterable[Unready]) -> None:
        """Say which accounts cannot be asked; the others are."""
        for one in unready:
            self._fail(one.error)

    def open(self, clients: list[Client[Adapter]]) -> list[_Opened]:
        """Prepare every list, so that a filter that a platform does not have is told before anything is printed."""
        return [(client, self._open(client)) for client in clients]

    def all(self, opened: list[_Opened]) -> Iterator[Order]:
        for client, records in opened:
            try:
                for order in self._watched(client, records):
                    self.came += 1
                    yield order
            except AggregatorError as error:
                self._fail(error)
                said = f"{records.coverage.unique:,} came before that, INCOMPLETE"
            else:
                said = str(records.coverage)
            self._judge(records)  # not of a list whose reader has gone: nobody knows how it would have ended
            say_note(f"{client.adapter.vendor} ({client.adapter.account}) orders: {said}")

    def is_worth_keeping(self) -> bool:
        """Whether anything came, or all of nothing did: where nothing could be had, an earlier file is better."""
        return bool(self.came) or not self.exit_code

    def _fail(self, error: AggregatorError) -> None:
        say_error(str(error))
        self.exit_code = self.exit_code or (INCOMPLETE if self.asked > 1 else error.exit_code)

    def _open(self, client: Client[Adapter]) -> Records[Order] | NewOrders:
        adapter = client.adapter
        if self.state is None:
            return client.records(adapter.find_orders(self.wanted))
        return new_orders(client, Watermark.load(self.state, vendor=adapter.vendor, account=adapter.account))

    def _watched(self, client: Client[Adapter], records: Records[Order] | NewOrders) -> Iterator[Order]:
        source = ListingSource(vendor=client.adapter.vendor, account=client.adapter.account, operation="orders")
        for number, order in enumerate(records, start=1):
            if number % _EVERY == 1:
                self.tell(Progress(source=source, records=number, declared=records.declared))
            if self._fits(order):
                yield order

    def _fits(self, order: Order) -> bool:
        """A platform that is vague about time zones was asked for more than is wanted."""
        at, since, until = order.created_at, self.wanted.since, self.wanted.until
        return at is None or ((since is None or at >= since) and (until is None or at <= until))

    def _judge(self, records: Records[Order] | NewOrders) -> None:
        if not records.coverage.complete:
            self.exit_code = self.exit_code or INCOMPLETE
        elif isinstance(records, NewOrders):
            self.mark = records.watermark

    def remember(self) -> None:
        """Move the state on, once everything is written."""
        if self.state is not None and self.mark is not None:
            self.mark.save(self.state)
