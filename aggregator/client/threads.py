"""One account, used from threads."""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import closing
from datetime import datetime
from typing import Generic, ParamSpec, TypeVar

from aggregator.adapter.steps import Page, Plan, WalkEnd
from aggregator.client.offers import (
    HasConnection,
    HasConnectionRequests,
    HasConnections,
    HasMemberships,
    HasOrder,
    HasOrders,
    HasOrganization,
    HasOrganizations,
    HasPurchaseOrder,
    HasRoles,
    planner,
)
from aggregator.client.records import Records, gathered, only, raise_if_nothing_came
from aggregator.errors import UsageError
from aggregator.model.connection import Connection
from aggregator.model.listing import Listing
from aggregator.model.order import Order
from aggregator.model.organization import AccessRole, Membership, Organization
from aggregator.model.record import Record
from aggregator.wire.clock import Clock
from aggregator.wire.closing import Closing
from aggregator.wire.drive import drive
from aggregator.wire.http import httpx
from aggregator.wire.options import Options
from aggregator.wire.session import Session
from aggregator.wire.stop import Abandoned
from aggregator.wire.wire import Announce, silent, wire_of

P = ParamSpec("P")
R = TypeVar("R", bound=Record)
A_co = TypeVar("A_co", covariant=True)


class Client(Closing, Generic[A_co]):
    """One account on one platform, used from any number of threads.

    Its methods are the adapter's listings, with the adapter's own arguments, checked by the type checker.

    Args:
        adapter: The account.
        options: Time-outs, patience and caps.
        announce: Called with a sentence whenever a wait, or something odd, is worth mentioning.
        transport: Replaces the network, as in a test.
        clock: Replaces the time, as in a test.

    Raises:
        UsageError: The adapter or the options are none.
    """

    def __init__(
        self,
        adapter: A_co,
        *,
        options: Options | None = None,
        announce: Announce = silent,
        transport: httpx.BaseTransport | None = None,
        clock: Clock | None = None,
    ) -> None:
        self.adapter = adapter
        self.announce = announce
        wire = wire_of(adapter, options=options, announce=announce, clock=clock)
        self._session = Session(wire, transport=transport)

    def records(self, plan: Plan[R]) -> Records[R]:
        """Return the records of a plan, fetched as they are read."""
        return Records(plan, self._pages(plan))

    def listing(self, plan: Plan[R], *, on_page: Callable[[Page[R]], None] | None = None) -> Listing[R]:
        """Return the whole list of a plan. An error after the first page leaves an incomplete listing that carries it.

        Args:
            plan: What to fetch.
            on_page: Called with each page as it comes.

        Raises:
            AggregatorError: Nothing at all could be fetched.
        """
        end, listing = self._gather(plan, on_page)
        raise_if_nothing_came(end)
        return listing

    def attempt(self, plan: Plan[R], *, on_page: Callable[[Page[R]], None] | None = None) -> Listing[R]:
        """Return the whole list of a plan; an error leaves an incomplete, perhaps empty, listing that carries it."""
        return self._gather(plan, on_page)[1]

    def peek(self, plan: Plan[R]) -> Page[R] | None:
        """Return the first page of a plan and fetch no more; None if there is none.

        Raises:
            AggregatorError: It could not be fetched or read.
        """
        pages = self._pages(plan)
        try:
            return next(pages)
        except StopIteration as stop:
            end: WalkEnd = stop.value
            if end.error is not None:
                raise end.error from None
            return None
        finally:
            pages.close()

    @property
    def clock_offset(self) -> float | None:
        """Seconds by which the platform's clock is ahead of ours; None until an answer said its time."""
        return self._session.wire.vitals.clock_offset

    @property
    def platform_time(self) -> datetime:
        """What time it is by the platform's clock; by ours until an answer said its time."""
        return self._session.wire.platform_time

    def record(self, plan: Plan[R]) -> R:
        """Return the one record of a plan.

        Raises:
            AggregatorError: It could not be fetched or read.
        """
        return only(plan, self._gather(plan, None)[1])

    def _pages(self, plan: Plan[R]) -> Generator[Page[R], None, WalkEnd]:
        try:
            return (yield from drive(plan, self._session))
        except Abandoned as error:
            raise UsageError("The client was stopped.", hint="Make a new one.") from error

    def _gather(self, plan: Plan[R], on_page: Callable[[Page[R]], None] | None) -> tuple[WalkEnd, Listing[R]]:
        records: dict[str, R] = {}
        with closing(self._pages(plan)) as pages:
            while True:
                try:
                    page = next(pages)
                except StopIteration as stop:
                    end: WalkEnd = stop.value
                    return end, gathered(plan, records, end)
                records.update((record.source.id, record) for record in page.records)
                if on_page is not None:
                    on_page(page)

    def connections(self: Client[HasConnections[P]], *args: P.args, **kwargs: P.kwargs) -> Records[Connection]:
        """Iterate over the connections, fetched as they are read; the arguments are the adapter's."""
        return self.records(planner(self.adapter, "connections")(*args, **kwargs))

    def list_connections(self: Client[HasConnections[P]], *args: P.args, **kwargs: P.kwargs) -> Listing[Connection]:
        """Return the connections as a whole listing; the arguments are the adapter's."""
        return self.listing(planner(self.adapter, "connections")(*args, **kwargs))

    def connection_requests(
        self: Client[HasConnectionRequests[P]], *args: P.args, **kwargs: P.kwargs
    ) -> Records[Connection]:
        """Iterate over the connections not yet confirmed, fetched as they are read; the arguments are the adapter's."""
        return self.records(planner(self.adapter, "connection_requests")(*args, **kwargs))

    def list_connection_requests(
        self: Client[HasConnectionRequests[P]], *args: P.args, **kwargs: P.kwargs
    ) -> Listing[Connection]:
        """Return the connections not yet confirmed as a whole listing; the arguments are the adapter's."""
        return self.listing(planner(self.adapter, "connection_requests")(*args, **kwargs))

    def organizations(self: Client[HasOrganizations[P]], *args: P.args, **kwargs: P.kwargs) -> Records[Organization]:
        """Iterate over the organizations, fetched as they are read; the arguments are the adapter's."""
        return self.records(planner(self.adapter, "organizations")(*args, **kwargs))

    def list_organizations(
        self: Client[HasOrganizations[P]], *args: P.args, **kwargs: P.kwargs
    ) -> Listing[Organization]:
        """Return the organizations as a whole listing; the arguments are the adapter's."""
        return self.listing(planner(self.adapter, "organizations")(*args, **kwargs))

    def memberships(self: Client[HasMemberships[P]], *args: P.args, **kwargs: P.kwargs) -> Records[Membership]:
        """Iterate over the people of the organizations, fetched as they are read; the arguments are the adapter's."""
        return self.records(planner(self.adapter, "memberships")(*args, **kwargs))

    def list_memberships(self: Client[HasMemberships[P]], *args: P.args, **kwargs: P.kwargs) -> Listing[Membership]:
        """Return the people of the organizations as a whole listing; the arguments are the adapter's."""
        return self.listing(planner(self.adapter, "memberships")(*args, **kwargs))

    def roles(self: Client[HasRoles[P]], *args: P.args, **kwargs: P.kwargs) -> Records[AccessRole]:
        """Iterate over what members may do, fetched as they are read; the arguments are the adapter's."""
        return self.records(planner(self.adapter, "roles")(*args, **kwargs))

    def list_roles(self: Client[HasRoles[P]], *args: P.args, **kwargs: P.kwargs) -> Listing[AccessRole]:
        """Return what members may do as a whole listing; the arguments are the adapter's."""
        return self.listing(planner(self.adapter, "roles")(*args, **kwargs))

    def orders(self: Client[HasOrders[P]], *args: P.args, **kwargs: P.kwargs) -> Records[Order]:
        """Iterate over the purchase orders, fetched as they are read; the arguments are the adapter's."""
        return self.records(planner(self.adapter, "orders")(*args, **kwargs))

    def list_orders(self: Client[HasOrders[P]], *args: P.args, **kwargs: P.kwargs) -> Listing[Order]:
        """Return the purchase orders as a whole listing; the arguments are the adapter's."""
        return self.listing(planner(self.adapter, "orders")(*args, **kwargs))

    def purchase_order(self: Client[HasPurchaseOrder[P]], *args: P.args, **kwargs: P.kwargs) -> Listing[Order]:
        """Return the orders with a purchase order's number; the arguments are the adapter's."""
        return self.listing(planner(self.adapter, "purchase_order")(*args, **kwargs))

    def connection(self: Client[HasConnection[P]], *args: P.args, **kwargs: P.kwargs) -> Connection:
        """Return one connection; the arguments are the adapter's."""
        plan: Plan[Connection] = planner(self.adapter, "connection")(*args, **kwargs)
        return self.record(plan)

    def organization(self: Client[HasOrganization[P]], *args: P.args, **kwargs: P.kwargs) -> Organization:
        """Return one organization; the arguments are the adapter's."""
        plan: Plan[Organization] = planner(self.adapter, "organization")(*args, **kwargs)
        return self.record(plan)

    def order(self: Client[HasOrder[P]], *args: P.args, **kwargs: P.kwargs) -> Order:
        """Return one purchase order; the arguments are the adapter's."""
        plan: Plan[Order] = planner(self.adapter, "order")(*args, **kwargs)
        return self.record(plan)

    def stop(self) -> None:
        """Call off everything under way, from any thread: waits end at once, and nothing more is sent, for good.

        Whoever waits, or asks for anything later, gets a UsageError that says so.
        """
        self._session.stop()

    def close(self) -> None:
        """Close all connections."""
        self._session.close()
