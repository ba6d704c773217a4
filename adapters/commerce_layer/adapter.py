"""One user's organizations on Commerce Layer, through its Provisioning API."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any, ClassVar, Literal, TypeVar

from attrs import field, frozen

from adapters.commerce_layer.details import details, included
from adapters.commerce_layer.lists import Read, including, open_list, open_one, pager_for, reader
from adapters.commerce_layer.login import (
    SCOPE,
    WRONG_KIND_HINT,
    ProvisioningLogin,
    claims_of,
    codes_of,
    errors_in,
    has_expired,
    wrong_scope,
)
from adapters.commerce_layer.mapping import read_membership, read_organization, read_role
from adapters.commerce_layer.query import Filters, filter_query, include_query, scope_of, sort_query
from aggregator.adapter import (
    YES,
    Adapter,
    Call,
    Capabilities,
    Login,
    Malformed,
    Plan,
    Problem,
    Rate,
    Reply,
    Steps,
    no,
    yes,
)
from aggregator.adapter.base import clean_url
from aggregator.errors import ConfigurationError, InvalidQuery
from aggregator.model import AccessRole, Membership, Organization, Record
from aggregator.secret import Secret
from aggregator.wire.pagers import Pager, Single
from aggregator.wire.walk import walk

R = TypeVar("R", bound=Record)

PRODUCTION = "https://provisioning.commercelayer.io/api"
TOKEN_URL = "https://auth.commercelayer.io/oauth/token"  # noqa: S105 - an address, no secret

# "XGZwpOSrWL" in every example; letters, digits, - and _ cannot change what a path means.
_ID = re.compile(r"[A-Za-z0-9_-]+")

# A person's organization is worth its name, not its 65 attributes on every page.
_ONLY_NAME = ("fields[organizations]", "name")


def _secret(value: str | Secret | None) -> Secret | None:
    if value is None:
        return None
    text = (value.reveal() if isinstance(value, Secret) else str(value)).strip()
    if not text or not text.isascii() or not text.isprintable() or " " in text:
        raise ConfigurationError(
            "A token or client secret of Commerce Layer is empty, or has characters that cannot be sent.",
            hint="Copy it anew from the dashboard.",
        )
    return Secret(text)


def _checked_id(value: object) -> str:
    if not isinstance(value, str) or not _ID.fullmatch(value):
        raise InvalidQuery(f"{value!r} is no id of Commerce Layer.", hint='Ids look like "XGZwpOSrWL".')
    return value


@frozen(kw_only=True)
class CommerceLayer(Adapter):
    """One user's organizations on Commerce Layer.

    Attributes:
        client_id: Of the Provisioning API credentials in the dashboard; with `client_secret`.
        client_secret: Theirs.
        token_url: Where they buy a token.
        token: A ready token instead of them; it lives two hours and cannot be renewed.
    """

    vendor: ClassVar[str] = "commerce_layer"
    title: ClassVar[str] = "Commerce Layer"
    # "API specification", Rate limits: 200 a minute over all endpoints, bursts of 50 in 10 seconds for each endpoint.
    rates: ClassVar[tuple[Rate, ...]] = (Rate(limit=200, seconds=60), Rate(limit=50, seconds=10))
    record_kinds: ClassVar[tuple[str, ...]] = ("organization",)
    capabilities: ClassVar[Capabilities] = Capabilities(
        connections=no("organizations are shops of their own, not connected to each other; list organizations"),
        connection=no("organizations are shops of their own, not connected to each other; list organizations"),
        connection_requests=no("organizations are shops of their own; people are invited as members instead"),
        organizations=YES,
        organization=yes("by id"),
        memberships=YES,
        roles=YES,
        orders=no("orders are in the Core API of each organization, which needs credentials of its own"),
        order=no("orders are in the Core API of each organization, which needs credentials of its own"),
        declared_total=yes("record_count, which shrinks as the scan goes on; that of the first page counts"),
        concurrent_pages=yes("on request: the scan by id, which is the default, needs one page to ask for the next"),
        stable_walk=yes("a scan in the order of the ids, each page after the last id of the one before"),
        server_side_filters=yes("by documented attributes and predicates, which are checked before they are sent"),
        token_renewal=yes("with client credentials; a ready token cannot be renewed"),
    )

    base_url: str = field(default=PRODUCTION, converter=clean_url)
    client_id: str | None = None
    client_secret: Secret | None = field(default=None, converter=_secret)
    token_url: str = field(default=TOKEN_URL, converter=clean_url)
    token: Secret | None = field(default=None, converter=_secret)

    def __attrs_post_init__(self) -> None:
        """Refuse settings that cannot log in."""
        pair = (bool(self.client_id), self.client_secret is not None)
        if (self.token is not None) == any(pair) or pair[0] != pair[1]:
            raise ConfigurationError(
                f"The Commerce Layer account {self.account!r} needs client_id and client_secret, or else a token.",
                hint="Find them in the dashboard: user menu, then Provisioning API.",
            )
        scope = None if self.token is None else wrong_scope(claims_of(self.token).get("scope"))
        if self.client_id and self.base_url != PRODUCTION and self.token_url == TOKEN_URL:
            raise ConfigurationError(
                f"The Commerce Layer account {self.account!r} has a base_url of its own, and would send its secret to "
                f"{TOKEN_URL} all the same.",
                hint="Say token_url too.",
            )
        if scope is not None:
            raise ConfigurationError(
                f"The token of the Commerce Layer account {self.account!r} is a Core API token (scope {scope!r}); "
                f"the Provisioning API wants one with the scope {SCOPE!r}.",
                hint=WRONG_KIND_HINT,
            )

    @property
    def login(self) -> Login:
        """Client credentials, or the ready token."""
        if self.client_id is None or self.client_secret is None:
            return Login(token=self.token)
        return ProvisioningLogin(
            token_url=self.token_url,
            client_id=self.client_id,
            client_secret=self.client_secret,
            encoding="json",
            renew_before=600.0,
            rates=(Rate(limit=30, seconds=60),),
        )

    @property
    def headers(self) -> Mapping[str, str]:
        """The media type, without which the platform answers 406."""
        return {"Accept": "application/vnd.api+json"}

    def organizations(
        self,
        *,
        filters: Filters | None = None,
        sort: str | Sequence[str] | None = None,
        include: str | Sequence[str] = (),
        walk: Literal["keyset", "pages"] | None = None,
    ) -> Plan[Organization]:
        """Return a plan for the list of organizations.

        Args:
            filters: Conditions that must all hold: attributes joined by "_or_", then a predicate, as in
                {"name_or_slug_start": "Acme", "region_in": ["eu-west-1", "us-east-1"]}.
            sort: Fields, each with a "-" before it for descending: "-created_at,name".
            include: Relationships whose resources are to come along, as dotted paths; with "memberships", an
                organization's people become its contacts.
            walk: "keyset" scans in the order of the ids, which insertions and deletions do not disturb, and is the
                default; "pages" turns numbered pages, several at once, and is needed where the order is yours.

        Raises:
            InvalidQuery: Something the documentation does not allow ("List all organizations").
        """
        query = (*filter_query(filters or {}), *including(include_query(include)))
        order = sort_query(sort or ())
        pager = pager_for("/organizations", query, order, walk)
        return self._listing("organizations", pager, read_organization, scope=scope_of(filters or {}))

    def organization(self, id: str, *, include: str | Sequence[str] = ()) -> Plan[Organization]:  # noqa: A002
        """Return a plan for one organization, with what `include` names.

        Raises:
            InvalidQuery: It is no id, or there is no such relationship.
        """
        call = Call(path=f"/organizations/{_checked_id(id)}", query=including(include_query(include)))
        pager = Single(call=call, opener=open_one)
        return self._listing("organization", pager, read_organization, scope=f"id {id}")

    def memberships(self, organization_id: str | None = None) -> Plan[Membership]:
        """Return a plan for the list of people, of all organizations or of one; each says its organization and role.

        Raises:
            InvalidQuery: It is no id.
        """
        read = partial(read_membership, organization_id=organization_id)
        return self._of_organization("memberships", "organization,role", organization_id, read)

    def roles(self, organization_id: str | None = None) -> Plan[AccessRole]:
        """Return a plan for the list of what members may do, of all organizations or of one.

        Raises:
            InvalidQuery: It is no id.
        """
        read = partial(read_role, organization_id=organization_id)
        return self._of_organization("roles", "organization", organization_id, read)

    details = staticmethod(details)
    included = staticmethod(included)

    def listings(self) -> tuple[Plan[Any], ...]:
        """Return the plan for all organizations."""
        return (self.organizations(),)

    def probe(self) -> Plan[Organization]:
        """Return a plan for one organization, whichever comes first."""
        call = Call(path="/organizations", query=(("page[size]", "1"),))
        pager = Single(call=call, opener=open_list, exact_total=False)
        return self._listing("organizations", pager, read_organization, scope="the first one only")

    def read_problem(self, reply: Reply) -> Problem:
        """Return what the errors of a JSON:API document say; a 401 may mean "not allowed" (UNAUTHORIZED)."""
        try:
            errors = errors_in(reply.json())
        except Malformed:
            return Problem()
        codes = codes_of(reply)
        expired = self.token is not None and has_expired(self.token, reply)
        sources = (one.get("source") for one in errors)
        pointers = (source.get("pointer") for source in sources if isinstance(source, dict))
        return Problem(
            detail="; ".join(dict.fromkeys(filter(None, map(_detail, errors)))),
            code=next((one["code"] for one in errors if isinstance(one.get("code"), str)), min(codes, default=None)),
            pointers=tuple(pointer for pointer in pointers if isinstance(pointer, str)),
            denied=reply.status == 401 and "UNAUTHORIZED" in codes and not expired,
        )

    def _of_organization(self, name: str, include: str, organization_id: str | None, read: Read[R]) -> Plan[R]:
        one = organization_id is not None
        path = f"/organizations/{_checked_id(organization_id)}/{name}" if organization_id is not None else f"/{name}"
        pager = pager_for(path, (*including(include), _ONLY_NAME), "", "keyset")
        return self._listing(name, pager, read, scope=f"organization {organization_id}" if one else None)

    def _listing(self, operation: str, pager: Pager, read: Read[R], *, scope: str | None) -> Plan[R]:
        def start() -> Steps[R]:
            return walk(pager, reader(read), adapter=self, operation=operation, scope=scope)

        return self.plan(operation, start, scope=scope)


def _detail(error: Mapping[str, Any]) -> str:
    said = error.get("detail") or error.get("title")
    return said if isinstance(said, str) else ""
