"""One account on fabric Dropship: a brand's or a retailer's."""

from __future__ import annotations

from functools import partial
from typing import Any, ClassVar, overload
from urllib.parse import parse_qs, urlsplit

from attrs import field, frozen

from adapters.fabric import wire
from adapters.fabric.mapping import STATUSES, read_connection
from aggregator.adapter import (
    YES,
    Adapter,
    Call,
    Capabilities,
    ClientCredentials,
    DriftCount,
    Login,
    Plan,
    Reply,
    Unreadable,
    no,
    unknown,
    yes,
)
from aggregator.adapter.base import clean_url
from aggregator.adapter.schema import Schema
from aggregator.errors import ConfigurationError, InvalidQuery, UsageError
from aggregator.model import Connection, Organization, Role
from aggregator.model.raw import thaw
from aggregator.secret import Secret
from aggregator.wire.pagers import Envelope, PageNumber, Pager, Single, count_of, open_object, rows_of
from aggregator.wire.walk import walk

PRODUCTION = "https://marketplace-api.fabric.inc"

# Where a person finds all of it: "Authentication in Dropship", developer.fabric.inc.
_WHERE = "fabric shows it under Dropship > Settings > API Clients > Client Credentials"


def _digits(value: object) -> str | None:
    if value is None:
        return None
    text = str(value).strip()
    if isinstance(value, bool) or not (text.isascii() and text.isdecimal()):
        raise ConfigurationError(f"{value!r} is not a fabric id.", hint=f"It is a whole number; {_WHERE}.")
    return text


def _secret(value: str | Secret | None) -> Secret | None:
    if value is None:
        return None
    text = value.reveal().strip() if isinstance(value, Secret) else str(value).strip()
    if not text or not text.isascii() or not text.isprintable():
        raise ConfigurationError(
            "A token or client secret of fabric is empty, or has characters that cannot be sent.",
            hint=f"Copy it anew; {_WHERE}.",
        )
    return Secret(text)


def _token_url(value: str | None) -> str | None:
    if value is None:
        return None
    clean_url(value)
    return value  # with its trailing slash, which may count


@frozen(kw_only=True)
class Fabric(Adapter):
    """One account on fabric Dropship, as a brand or as a retailer.

    Attributes:
        brand_id: The brand's id, which the user interface calls Supplier ID; connections are then with retailers.
        retailer_id: The retailer's id, there called Merchant ID; connections are then with brands. One of the two.
        token: A ready access token; fabric asks for a new one daily.
        client_id: With `client_secret` and `token_url`, instead of a token.
        client_secret: Shown once when the API client is made.
        token_url: The client's own Authentication URL; there is no common one.

    Raises:
        ConfigurationError: Something is missing, contradictory, or cannot be what it should be.
    """

    vendor: ClassVar[str] = "fabric"
    title: ClassVar[str] = "fabric Dropship"
    record_kinds: ClassVar[tuple[str, ...]] = ("connection",)
    capabilities: ClassVar[Capabilities] = Capabilities(
        connections=YES,
        connection=YES,
        connection_requests=no("connections asked for are in the list of connections, with the status pending"),
        organizations=no("brands and retailers come with the connections, in no list of their own"),
        organization=no("brands and retailers come with the connections, in no address of their own"),
        memberships=no("no document names the people of a brand or a retailer but as contacts of a connection"),
        roles=no("no document names any"),
        orders=no("its lists of orders are beyond what this adapter reads"),
        order=no("its orders are beyond what this adapter reads"),
        declared_total=yes("`count` in the envelope of a list; a bare array comes whole"),
        concurrent_pages=yes("by `page`, once the first page has said `count`"),
        stable_walk=unknown("no document says in what order a list comes, or how to ask for one"),
        server_side_filters=yes("connections by `status`"),
        token_renewal=yes("with client credentials; a ready token cannot be renewed"),
    )

    base_url: str = field(default=PRODUCTION, converter=clean_url)
    brand_id: str | None = field(default=None, converter=_digits)
    retailer_id: str | None = field(default=None, converter=_digits)
    token: Secret | None = field(default=None, converter=_secret)
    client_id: str | None = None
    client_secret: Secret | None = field(default=None, converter=_secret)
    token_url: str | None = field(default=None, converter=_token_url)

    def __attrs_post_init__(self) -> None:
        if (self.brand_id is None) == (self.retailer_id is None):
            raise ConfigurationError(
                "A fabric account is a brand's or a retailer's.",
                hint=f"Give exactly one of brand_id and retailer_id; {_WHERE}.",
            )
        given = [name for name in ("client_id", "client_secret", "token_url") if getattr(self, name)]
        if self.token is not None and given:
            raise ConfigurationError(
                f"A fabric account has a token as well as {' and '.join(given)}.",
                hint="Give either a token, or client_id, client_secret and token_url.",
            )
        if self.token is None and len(given) < 3:
            missing = [name for name in ("client_id", "client_secret", "token_url") if name not in given]
            raise ConfigurationError(
                f"To log in to fabric, {' and '.join(missing)} {'is' if len(missing) == 1 else 'are'} missing.",
                hint=f"Give a token, or client_id, client_secret and token_url. {_WHERE[0].upper()}{_WHERE[1:]}; "
                "the Authentication URL there is the token_url, which differs from client to client.",
            )

    @property
    def own_role(self) -> Role:
        """Which side of its connections the account's owner is on."""
        return Role.RETAILER if self.brand_id is None else Role.SUPPLIER

    @property
    def login(self) -> Login:
        """A bearer token, ready or fetched by client credentials in a form ("Authentication in Dropship")."""
        if self.client_id is None or self.client_secret is None or self.token_url is None:
            return Login(token=self.token)
        return ClientCredentials(
            token_url=self.token_url, client_id=self.client_id, client_secret=self.client_secret, encoding="form"
        )

    @property
    def _path(self) -> str:
        if self.brand_id is None:
            return f"/v1/retailers/{self.retailer_id}/connections/"
        return f"/v1/brands/{self.brand_id}/connections/"

    def connections(self, *, status: str | None = None) -> Plan[Connection]:
        """Return the plan of the account's connections, each with its partner.

        Args:
            status: Only those of this status: active, onboarding, pending or suspended; None for all.

        Raises:
            InvalidQuery: fabric does not document such a status.
        """
        if status is not None and status not in STATUSES:
            raise InvalidQuery(
                f"{status!r} is no status of a fabric connection.", hint=f"There are: {', '.join(sorted(STATUSES))}."
            )
        query = () if status is None else (("status", status),)
        scope = None if status is None else f"status is {status}"
        return self._list("connections", PageNumber(path=self._path, query=query, opener=open_page), scope)

    def connection(self, connection_id: str | int) -> Plan[Connection]:
        """Return the plan of one connection; to a retailer, fabric says more here than in the list.

        Args:
            connection_id: The connection's own id, from `Connection.id`; a partner's id is another thing.

        Raises:
            InvalidQuery: It is no whole number, which every fabric id is.
        """
        text = str(connection_id).strip()
        if isinstance(connection_id, bool) or not (text.isascii() and text.isdecimal()):
            raise InvalidQuery(f"{connection_id!r} is no id of a fabric connection.", hint="It is a whole number.")
        pager = Single(call=Call(path=f"{self._path}{text}/"), opener=open_object)
        return self._list("connection", pager, f"id is {text}")

    def listings(self) -> tuple[Plan[Connection], ...]:
        """Return what `collect()` fetches: all connections."""
        return (self.connections(),)

    def probe(self) -> Plan[Connection]:
        """Return the plan of the first page of connections, which shows whether the credentials and the id work."""
        first = PageNumber(path=self._path, opener=open_page).first()
        return self._list("connections", Single(call=first, opener=open_page, exact_total=False), "on the first page")

    def _list(self, operation: str, pager: Pager, scope: str | None) -> Plan[Connection]:
        read = partial(read_connection, own_role=self.own_role)
        return self.plan(
            operation, lambda: walk(pager, read, adapter=self, operation=operation, scope=scope), scope=scope
        )

    @overload
    @staticmethod
    def details(record: Connection) -> wire.ConnectionDetails: ...
    @overload
    @staticmethod
    def details(record: Organization) -> wire.BrandDetails | wire.RetailerDetails: ...
    @staticmethod
    def details(
        record: Connection | Organization,
    ) -> wire.ConnectionDetails | wire.BrandDetails | wire.RetailerDetails:
        """Return everything that fabric documents of a record, typed, in fabric's own words.

        Args:
            record: A connection, brand or retailer of fabric, fetched just now or loaded from a snapshot.

        Raises:
            UsageError: It is no record of fabric's, or its raw payload was dropped.
        """
        schema = _SCHEMAS.get(record.source.kind) if record.source.vendor == Fabric.vendor else None
        if schema is None:
            raise UsageError(f"There are no details of a {record.source.vendor} {record.source.kind} at fabric.")
        try:
            details: wire.ConnectionDetails | wire.BrandDetails | wire.RetailerDetails = schema.read(
                thaw(record.raw), DriftCount()
            )
        except Unreadable as error:
            raise UsageError(f"The raw payload of {record.source} cannot be read: {error}.") from error
        return details


_SCHEMAS: dict[str, Schema[Any]] = {
    "connection": wire.CONNECTION,
    "brand": wire.BRAND,
    "retailer": wire.RETAILER,
}


def open_page(reply: Reply) -> Envelope:
    """Open a page of a list: `{"count": 1023, "next": "…?page=5", "previous": …, "results": […]}`, or a bare array.

    `next` is never followed, since in the documents it leads to another host; only its page number is read.

    Raises:
        Malformed: It is neither.
    """
    document = reply.json()
    if isinstance(document, list):
        return Envelope(rows=document, more=False)
    rows = rows_of(document, "results")
    following = document.get("next", "")
    return Envelope(
        rows=rows,
        pointer="/results",
        total=count_of(document, "count"),
        more=False if following is None else (True if isinstance(following, str) and following else None),
        next_page=_page_of(following),
    )


def _page_of(link: object) -> int | None:
    """Return the number in a link's `page`, or None where there is none to be read."""
    try:
        values = parse_qs(urlsplit(link).query).get("page", ()) if isinstance(link, str) else ()
    except ValueError:
        return None
    digits = values[-1] if values else ""
    return int(digits) if digits.isascii() and digits.isdecimal() and len(digits) <= 9 else None
