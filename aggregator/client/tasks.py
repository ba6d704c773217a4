"""One account, used from tasks of one asyncio event loop."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import aclosing
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
from aggregator.client.records import AsyncRecords, gathered, only, raise_if_nothing_came
from aggregator.model.connection import Connection
from aggregator.model.listing import Listing
from aggregator.model.order import Order
from aggregator.model.organization import AccessRole, Membership, Organization
from aggregator.model.record import Record
from aggregator.wire.clock import Clock
from aggregator.wire.closing import AsyncClosing
from aggregator.wire.drive import drive_async
from aggregator.wire.http import httpx
from aggregator.wire.options import Options
from aggregator.wire.session import AsyncSession
from aggregator.wire.wire import Announce, silent, wire_of

P = ParamSpec("P")
R = TypeVar("R", bound=Record)
A_co = TypeVar("A_co", covariant=True)


class AsyncClient(AsyncClosing, Generic[A_co]):
    """One account on one platform, used from any number of tasks of one asyncio event loop; otherwise as `Client`."""

    def __init__(
        self,
        adapter: A_co,
        *,
        options: Options | None = None,
        announce: Announce = silent,
        transport: httpx.AsyncBaseTransport | None = None,
        clock: Clock | None = None,
    ) -> None:
        self.adapter = adapter
        self.announce = announce
        wire = wire_of(adapter, options=options, announce=announce, clock=clock)
        self._session = AsyncSession(wire, transport=transport)

    def records(self, plan: Plan[R]) -> AsyncRecords[R]:
        """Return the records of a plan, fetched as they are read."""
        return AsyncRecords(plan, self._session)

    async def listing(self, plan: Plan[R], *, on_page: Callable[[Page[R]], None] | None = None) -> Listing[R]:
        """Return the whole list of a plan. An error after the first page leaves an incomplete listing that carries it.

        Args:
            plan: What to fetch.
            on_page: Called with each page as it comes.

        Raises:
            AggregatorError: Nothing at all could be fetched.
        """
        end, listing = await self._gather(plan, on_page)
        raise_if_nothing_came(end)
        return listing

    async def attempt(self, plan: Plan[R], *, on_page: Callable[[Page[R]], None] | None = None) -> Listing[R]:
        """Return the whole list of a plan; an error leaves an incomplete, perhaps empty, listing that carries it."""
        return (await self._gather(plan, on_page))[1]

    async def peek(self, plan: Plan[R]) -> Page[R] | None:
        """Return the first page of a plan and fetch no more; None if there is none.

        Raises:
            AggregatorError: It could not be fetched or read.
        """
        ends: list[WalkEnd] = []
        async with aclosing(drive_async(plan, self._session, ends)) as pages:
            page = await anext(pages, None)
        if page is None and ends and ends[0].error is not None:
            raise ends[0].error
        return page

    @property
    def clock_offset(self) -> float | None:
        """Seconds by which the platform's clock is ahead of ours; None until an answer said its time."""
        return self._session.wire.vitals.clock_offset

    @property
    def platform_time(self) -> datetime:
        """What time it is by the platform's clock; by ours until an answer said its time."""
        return self._session.wire.platform_time

    async def record(self, plan: Plan[R]) -> R:
        """Return the one record of a plan.

        Raises:
            AggregatorError: It could not be fetched or read.
        """
        return only(plan, (await self._gather(plan, None))[1])

    async def _gather(self, plan: Plan[R], on_page: Callable[[Page[R]], None] | None) -> tuple[WalkEnd, Listing[R]]:
        records: dict[str, R] = {}
        ends: list[WalkEnd] = []
        async with aclosing(drive_async(plan, self._session, ends)) as pages:
            async for page in pages:
                records.update((record.source.id, record) for record in page.records)
                if on_page is not None:
                    on_page(page)
        return ends[0], gathered(plan, records, ends[0])

    def connections(
        self: AsyncClient[HasConnections[P]], *args: P.args, **kwargs: P.kwargs
    ) -> AsyncRecords[Connection]:
        """Iterate over the connections, fetched as they are read; the arguments are the adapter's."""
        return self.records(planner(self.adapter, "connections")(*args, **kwargs))

    async def list_connections(
        self: AsyncClient[HasConnections[P]], *args: P.args, **kwargs: P.kwargs
    ) -> Listing[Connection]:
        """Return the connections as a whole listing; the arguments are the adapter's."""
        return await self.listing(planner(self.adapter, "connections")(*args, **kwargs))

    def connection_requests(
        self: AsyncClient[HasConnectionRequests[P]], *args: P.args, **kwargs: P.kwargs
    ) -> AsyncRecords[Connection]:
        """Iterate over the connections not yet confirmed, fetched as they are read; the arguments are the adapter's."""
        return self.records(planner(self.adapter, "connection_requests")(*args, **kwargs))

    async def list_connection_requests(
        self: AsyncClient[HasConnectionRequests[P]], *args: P.args, **kwargs: P.kwargs
    ) -> Listing[Connection]:
        """Return the connections not yet confirmed as a whole listing; the arguments are the adapter's."""
        return await self.listing(planner(self.adapter, "connection_requests")(*args, **kwargs))

    def organizations(
        self: AsyncClient[HasOrganizations[P]], *args: P.args, **kwargs: P.kwargs
    ) -> AsyncRecords[Organization]:
        """Iterate over the organizations, fetched as they are read; the arguments are the adapter's."""
        return self.records(planner(self.adapter, "organizations")(*args, **kwargs))

    async def list_organizations(
        self: AsyncClient[HasOrganizations[P]], *args: P.args, **kwargs: P.kwargs
    ) -> Listing[Organization]:
        """Return the organizations as a whole listing; the arguments are the adapter's."""
        return await self.listing(planner(self.adapter, "organizations")(*args, **kwargs))

    def memberships(
        self: AsyncClient[HasMemberships[P]], *args: P.args, **kwargs: P.kwargs
    ) -> AsyncRecords[Membership]:
        """Iterate over the people of the organizations, fetched as they are read; the arguments are the adapter's."""
        return self.records(planner(self.adapter, "memberships")(*args, **kwargs))

    async def list_memberships(
        self: AsyncClient[HasMemberships[P]], *args: P.args, **kwargs: P.kwargs
    ) -> Listing[Membership]:
        """Return the people of the organizations as a whole listing; the arguments are the adapter's."""
        return await self.listing(planner(self.adapter, "memberships")(*args, **kwargs))

    def roles(self: AsyncClient[HasRoles[P]], *args: P.args, **kwargs: P.kwargs) -> AsyncRecords[AccessRole]:
        """Iterate over what members may do, fetched as they are read; the arguments are the adapter's."""
        return self.records(planner(self.adapter, "roles")(*args, **kwargs))

    async def list_roles(self: AsyncClient[HasRoles[P]], *args: P.args, **kwargs: P.kwargs) -> Listing[AccessRole]:
        """Return what members may do as a whole listing; the arguments are the adapter's."""
        return await self.listing(planner(self.adapter, "roles")(*args, **kwargs))

    def orders(self: AsyncClient[HasOrders[P]], *args: P.args, **kwargs: P.kwargs) -> AsyncRecords[Order]:
        """Iterate over the purchase orders, fetched as they are read; the arguments are the adapter's."""
        return self.records(planner(self.adapter, "orders")(*args, **kwargs))

    async def list_orders(self: AsyncClient[HasOrders[P]], *args: P.args, **kwargs: P.kwargs) -> Listing[Order]:
        """Return the purchase orders as a whole listing; the arguments are the adapter's."""
        return await self.listing(planner(self.adapter, "orders")(*args, **kwargs))

    async def purchase_order(
        self: AsyncClient[HasPurchaseOrder[P]], *args: P.args, **kwargs: P.kwargs
    ) -> Listing[Order]:
        """Return the orders with a purchase order's number; the arguments are the adapter's."""
        return await self.listing(planner(self.adapter, "purchase_order")(*args, **kwargs))

    async def connection(self: AsyncClient[HasConnection[P]], *args: P.args, **kwargs: P.kwargs) -> Connection:
        """Return one connection; the arguments are the adapter's."""
        plan: Plan[Connection] = planner(self.adapter, "connection")(*args, **kwargs)
        return await self.record(plan)

    async def organization(self: AsyncClient[HasOrganization[P]], *args: P.args, **kwargs: P.kwargs) -> Organization:
        """Return one organization; the arguments are the adapter's."""
        plan: Plan[Organization] = planner(self.adapter, "organization")(*args, **kwargs)
        return await self.record(plan)

    async def order(self: AsyncClient[HasOrder[P]], *args: P.args, **kwargs: P.kwargs) -> Order:
        """Return one purchase order; the arguments are the adapter's."""
        plan: Plan[Order] = planner(self.adapter, "order")(*args, **kwargs)
        return await self.record(plan)

    async def close(self) -> None:
        """Close all connections."""
        await self._session.close()
