"""What an adapter must offer for a client to offer it too, with the adapter's own arguments."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ParamSpec, Protocol, cast

from aggregator.adapter.base import Adapter
from aggregator.adapter.steps import Plan
from aggregator.errors import Unsupported
from aggregator.model.connection import Connection
from aggregator.model.order import Order
from aggregator.model.organization import AccessRole, Membership, Organization

P = ParamSpec("P")


class HasConnections(Protocol[P]):
    def connections(self, *args: P.args, **kwargs: P.kwargs) -> Plan[Connection]: ...


class HasConnection(Protocol[P]):
    def connection(self, *args: P.args, **kwargs: P.kwargs) -> Plan[Connection]: ...


class HasConnectionRequests(Protocol[P]):
    def connection_requests(self, *args: P.args, **kwargs: P.kwargs) -> Plan[Connection]: ...


class HasOrganizations(Protocol[P]):
    def organizations(self, *args: P.args, **kwargs: P.kwargs) -> Plan[Organization]: ...


class HasOrganization(Protocol[P]):
    def organization(self, *args: P.args, **kwargs: P.kwargs) -> Plan[Organization]: ...


class HasOrders(Protocol[P]):
    def orders(self, *args: P.args, **kwargs: P.kwargs) -> Plan[Order]: ...


class HasOrder(Protocol[P]):
    def order(self, *args: P.args, **kwargs: P.kwargs) -> Plan[Order]: ...


class HasPurchaseOrder(Protocol[P]):
    def purchase_order(self, *args: P.args, **kwargs: P.kwargs) -> Plan[Order]: ...


class HasMemberships(Protocol[P]):
    def memberships(self, *args: P.args, **kwargs: P.kwargs) -> Plan[Membership]: ...


class HasRoles(Protocol[P]):
    def roles(self, *args: P.args, **kwargs: P.kwargs) -> Plan[AccessRole]: ...


def planner(adapter: object, name: str) -> Callable[..., Plan[Any]]:
    """Return the adapter's method of this name.

    Raises:
        Unsupported: It has none; the message carries the reason its capabilities declare.
    """
    method = getattr(adapter, name, None)
    if method is None:
        if isinstance(adapter, Adapter):
            adapter.capabilities.require(name, vendor=adapter.title)
        raise Unsupported(f"This adapter offers no {name.replace('_', ' ')}.")
    return cast("Callable[..., Plan[Any]]", method)
