"""Crux Connect: what it offers, and how it is asked. Its documents are those of 2018 and March 2019."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any, ClassVar, TypeVar, overload

from attrs import evolve, field, frozen
from attrs.converters import optional

from adapters.crux import search, wire, wire_orders
from adapters.crux.details import read_details
from adapters.crux.generation import PRODUCTION, Generation
from adapters.crux.mapping import OwnSide, read_connection, read_own_organization, read_request
from adapters.crux.mapping_orders import read_order
from adapters.crux.own import AskingWhoWeAre, Finding
from adapters.crux.query import OrdersQuery, check_page_size, check_uuid
from adapters.crux.replies import message_of, open_found_orders, open_orders, open_requests
from aggregator.adapter import (
    Adapter,
    Call,
    Capabilities,
    DriftCount,
    Login,
    PasswordLogin,
    Place,
    Plan,
    Problem,
    Reply,
    Steps,
    no,
    yes,
)
from aggregator.adapter.base import clean_url
from aggregator.adapter.orders import OrderFilter, Since
from aggregator.errors import ConfigurationError, InvalidQuery
from aggregator.model.connection import Connection
from aggregator.model.order import Order
from aggregator.model.organization import Organization
from aggregator.model.record import Record
from aggregator.model.status import Role
from aggregator.secret import Secret
from aggregator.wire.pagers import Pager, Single, StartLimit, StartLimitBody, open_array, open_object
from aggregator.wire.walk import walk

R = TypeVar("R", bound=Record)

# "Maximum: 100", of suppliers and of connection requests; none is documented for orders.
LARGEST_PAGE = 100

_HOW_TO_LOG_IN = "Give either token=, or username= and password=."
# The page on response codes; no document shows the body of an error.
_MEANINGS = {
    409: "the account is not of the type that this is for, such as a retailer's",
    422: "this cannot be done with what the request names",
}

_CAPABILITIES = Capabilities(
    connections=yes("all at once, in a bare array"),
    connection=no("its documents name no such address; take it from the list"),
    connection_requests=yes("pages by start and limit"),
    organizations=no("partners stand within connections only"),
    organization=yes("the account's own"),
    memberships=no("it lists the users of the own organization alone, and no partner's"),
    roles=no("it has permissions of single users, and no roles"),
    orders=yes("a search by POST, with filters"),
    order=yes("by its uuid; for a purchase order's number see OrdersQuery, as its address is marked internal"),
    declared_total=yes("of orders and of connection requests; connections come without"),
    concurrent_pages=no("its documents contradict each other on limit, so each page begins where the last one ended"),
    stable_walk=yes("orders, by date, the oldest first; connections come whole"),
    server_side_filters=yes("of orders alone"),
    token_renewal=yes("with user name and password; a ready token cannot be renewed"),
)


def _generation(value: Generation | str) -> Generation:
    try:
        return Generation(value)
    except ValueError:
        raise ConfigurationError(
            f"{value!r} is no generation of Crux Connect.", hint=f"Choose one of {', '.join(Generation)}."
        ) from None


def _own_role(value: Role | str | None) -> Role | None:
    if value is None or value in {Role.RETAILER, Role.SUPPLIER}:
        return None if value is None else Role(value)
    raise ConfigurationError(f"own_role cannot be {value!r}.", hint="It is 'retailer' or 'supplier'.")


def _secret(value: str | Secret) -> Secret:
    text: object = value.reveal() if isinstance(value, Secret) else value
    if isinstance(text, str) and text.strip():
        return Secret(text)
    raise ConfigurationError("A token or password of Crux Connect is empty, or not a text.", hint=_HOW_TO_LOG_IN)


@frozen(kw_only=True)
class Crux(Adapter):
    """One account on Crux Connect.

    Attributes:
        token: A token that was issued before; give this, or a user name and a password.
        username: The user's name, an e-mail address.
        password: The user's password.
        generation: Which API is spoken.
        own_role: The account's own side of its connections; None asks for the own organization before each walk.

    Raises:
        ConfigurationError: The settings cannot be used as they are; the message says what to do.
    """

    vendor: ClassVar[str] = "crux"
    title: ClassVar[str] = "Crux Connect"
    record_kinds: ClassVar[tuple[str, ...]] = ("connection", "connection_request")
    capabilities: ClassVar[Capabilities] = _CAPABILITIES

    base_url: str = field(default=PRODUCTION, converter=clean_url)
    token: Secret | None = field(default=None, converter=optional(_secret))
    username: str | None = None
    password: Secret | None = field(default=None, converter=optional(_secret))
    generation: Generation = field(default=Generation.TIMPANOGOS, converter=_generation)
    own_role: Role | None = field(default=None, converter=_own_role)

    def __attrs_post_init__(self) -> None:
        by_name = (bool(self.username), self.password is not None)
        if any(by_name) and not all(by_name):
            missing = "password" if self.password is None else "username"
            raise ConfigurationError(f"Crux Connect needs a {missing} too.", hint=_HOW_TO_LOG_IN)
        if (self.token is not None) == all(by_name):
            held = "a token as well as a user name and password" if self.token is not None else "no credentials"
            raise ConfigurationError(f"Crux Connect was given {held}.", hint=_HOW_TO_LOG_IN)
        token = "" if self.token is None else self.token.reveal()
        if not (token.isascii() and token.isprintable()) or " " in token:
            raise ConfigurationError(
                "The token of Crux Connect holds a blank, a line break or a letter that no token has.",
                hint="Check where it was read from.",
            )

    @property
    def login(self) -> Login:
        """The token as it is, or a login for one; how long it lives, the documents disagree, so a 401 renews it."""
        if self.username is None or self.password is None:
            return Login(scheme="Token", token=self.token)
        return PasswordLogin(
            scheme="Token",
            url=f"{self.base_url}{self._path('/organizations/user-login/')}",
            username=self.username,
            password=self.password,
            token_field="auth_token",  # noqa: S106 - the name of a field
        )

    def connections(self) -> Plan[Connection]:
        """Return the plan of all connections of the account."""
        pager = Single(call=Call(path=self._path("/organizations/connections/")), opener=open_array)
        return self.plan("connections", partial(self._walk_sided, pager, read_connection, "connections"))

    def connection_requests(self) -> Plan[Connection]:
        """Return the plan of all connections that were asked for, each a pending connection."""
        path = self._path("/organizations/connections/request/")
        pager = StartLimit(path=path, limit=LARGEST_PAGE, opener=open_requests)
        return self.plan("connection_requests", partial(self._walk_sided, pager, read_request, "connection_requests"))

    def organization(self) -> Plan[Organization]:
        """Return the plan of the account's own organization."""
        pager = Single(call=self._own_organization(), opener=open_object)
        return self.plan("organization", partial(self._walk, pager, read_own_organization, "organization"))

    def orders(
        self, query: OrdersQuery | None = None, *, since: Since | None = None, page_size: int = LARGEST_PAGE
    ) -> Plan[Order]:
        """Return the plan of the orders that a query finds; without one, of all, the oldest first.

        Args:
            query: Filters and sort.
            since: In the place of a query: the orders created then or later, said as a moment, a day, a timedelta or
                a number of days; and some from before where the platform's time zone is in doubt. The listing's
                coverage proves what lies after it.
            page_size: Orders asked for at a time; the platform may give fewer.

        Raises:
            InvalidQuery: The generation has no such filter, or the query or the page size is none.
        """
        check_page_size(page_size)
        if not isinstance(query, OrdersQuery | None):
            raise InvalidQuery(f"{query!r:.80} is no query.", hint="Write OrdersQuery(start_date=...), for example.")
        if since is not None and query is not None:
            raise InvalidQuery("Orders are asked for by a query or by since, not by both.", hint="Use start_date.")
        if since is not None:
            wanted = OrderFilter(since=since)
            return self._orders(search.of(wanted, self.generation), since=wanted.since, page_size=page_size)
        query = query or OrdersQuery()
        return self._orders(query, note=search.doubt(query, self.generation), page_size=page_size)

    def find_orders(self, wanted: OrderFilter) -> Plan[Order]:
        """Return the plan of the orders that are wanted, the oldest first.

        Raises:
            InvalidQuery: The generation cannot be asked for that; the message says why, and what it has instead.
        """
        since = wanted.since if wanted.spans_only else None
        return self._orders(search.of(wanted, self.generation), since=since, page_size=LARGEST_PAGE)

    def purchase_order(self, number: str) -> Plan[Order]:
        """Return the plan of the orders with a purchase order's number; a number may stand for several.

        Raises:
            InvalidQuery: The generation cannot be asked for it, or the number is empty.
        """
        if not number.strip():
            raise InvalidQuery("A purchase order's number is empty.")
        return self.find_orders(OrderFilter(purchase_order=number))

    def _orders(
        self, query: OrdersQuery, *, since: datetime | None = None, note: str | None = None, page_size: int
    ) -> Plan[Order]:
        scope = query.scope(self.generation)
        pager = StartLimitBody(
            path=self._path("/orders/"),
            body=query.body(self.generation),
            limit=page_size,
            opener=open_orders if scope is None else open_found_orders,
            exact_total=scope is None,
        )
        start = partial(self._walk, pager, read_order, "orders", scope=scope)
        return self.plan("orders", lambda: search.told(start(), since=since, note=note), scope=scope)

    def order(self, uuid: str) -> Plan[Order]:
        """Return the plan of one order in detail.

        Raises:
            InvalidQuery: It is no uuid.
        """
        pager = Single(call=Call(path=self._path(f"/orders/{check_uuid(uuid, 'an order')}/")), opener=open_object)
        return self.plan("order", partial(self._walk, pager, read_order, "order"))

    def listings(self) -> tuple[Plan[Any], ...]:
        """Return the connections and those asked for: every list of partners, whole."""
        return self.connections(), self.connection_requests()

    def probe(self) -> Plan[Any]:
        """Return the plan of the own organization, a single object."""
        return self.organization()

    def read_problem(self, reply: Reply) -> Problem:
        """Return what Crux says went wrong; where it says nothing, what its documents say of the status."""
        problem = super().read_problem(reply)
        if problem.detail:
            return problem
        return evolve(problem, detail=message_of(reply) or _MEANINGS.get(reply.status, ""))

    @overload
    @staticmethod
    def details(record: Connection) -> wire.Connection | wire.ConnectionRequest: ...
    @overload
    @staticmethod
    def details(record: Organization) -> wire.Party | wire.Organization | wire.ConnectionRequest: ...
    @overload
    @staticmethod
    def details(record: Order) -> wire_orders.Order: ...
    @staticmethod
    def details(record: Connection | Organization | Order) -> object:
        """Return a record as Crux sent it; of a partner, its side of the connection, or the request for one.

        Raises:
            UsageError: It is no record of Crux, or its raw record is missing.
        """
        return read_details(record)

    def _path(self, path: str) -> str:
        return self.generation.prefix + path

    def _own_organization(self) -> Call:
        return Call(path=self._path("/organizations/"))

    def _walk(
        self, pager: Pager, read: Callable[[Any, Place, DriftCount], R], operation: str, scope: str | None = None
    ) -> Steps[R]:
        return walk(pager, read, adapter=self, operation=operation, scope=scope)

    def _walk_sided(
        self, pager: Pager, read: Callable[[Any, Place, DriftCount, OwnSide], R], operation: str
    ) -> Steps[R]:
        """Walk a list whose records need to know which side is the own one."""
        finding = Finding(own=OwnSide(role=self.own_role))
        if self.own_role is None:
            pager = AskingWhoWeAre(pager=pager, call=self._own_organization(), finding=finding)
        return self._walk(pager, lambda raw, place, drift: read(raw, place, drift, finding.own), operation)
