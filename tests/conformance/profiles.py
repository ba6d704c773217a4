"""The bundled adapters' wire profiles: what each platform's lists look like as they travel."""

from __future__ import annotations

from typing import Any

from adapters.commerce_layer import CommerceLayer
from adapters.crux import Crux
from adapters.fabric import Fabric
from aggregator.testing import AfterId, ListProfile, LoginProfile, Numbered, Offset, WireProfile
from tests.adapters import commerce_layer_fakes, crux_samples, fabric_fakes

HIDDEN = "a-hidden-credential-4711"


def _uuid(number: int) -> str:
    return f"00000000-0000-4000-8000-{number:012d}"


CRUX_ORIGIN = "https://api.cruxconnect.com"
_SUPPLIER = ("supplier", "organization", "name")
_OWN = {
    "uuid": crux_samples.RETAILER_ID,
    "name": "Crux Retailer",
    "org_type": "RETAILER",
    "status": "ACTIVE",
}

CRUX = WireProfile(
    adapter=lambda: Crux(account="acme", username="nick@retailer.test", password=HIDDEN),
    secrets=(HIDDEN,),
    login=LoginProfile(url=f"{CRUX_ORIGIN}/timp/organizations/user-login/", token_at=("auth_token",), lifetime_at=None),
    documents={"/timp/organizations/": _OWN},
    lists=(
        ListProfile(
            plan=lambda adapter: adapter.connections(),
            path="/timp/organizations/connections/",
            sample=crux_samples.timp_connection(),
            id_at=("uuid",),
            make_id=_uuid,
            name_at=_SUPPLIER,
            status_at=("status",),
        ),
        ListProfile(
            plan=lambda adapter: adapter.connection_requests(),
            path="/timp/organizations/connections/request/",
            sample=crux_samples.connection_request(),
            id_at=("record_uuid",),
            make_id=_uuid,
            name_at=("org_name",),
            rows_at=("requests",),
            total_at=("pagination", "total_count"),
            paging=Offset(),
        ),
        ListProfile(
            plan=lambda adapter: adapter.orders(),
            path="/timp/orders/",
            method="POST",
            sample=crux_samples.first_order(),
            id_at=("uuid",),
            make_id=_uuid,
            name_at=("notes",),
            rows_at=("orders",),
            total_at=("total_results",),
            paging=Offset(),
        ),
    ),
)

_TOKEN_URL = "https://marketplace-api.fabric.inc/auth/token/"

FABRIC = WireProfile(
    adapter=lambda: Fabric(
        account="acme", brand_id=500, client_id="a-client", client_secret=HIDDEN, token_url=_TOKEN_URL
    ),
    secrets=(HIDDEN,),
    login=LoginProfile(url=_TOKEN_URL),
    lists=(
        ListProfile(
            plan=lambda adapter: adapter.connections(),
            path="/v1/brands/500/connections/",
            sample=fabric_fakes.example(),
            make_id=lambda number: 1000 + number,
            name_at=("retailer", "name"),
            status_at=("status",),
            rows_at=("results",),
            total_at=("count",),
            next_at=("next",),
            paging=Numbered(past_the_end="404"),
        ),
    ),
)


def _error(code: str) -> dict[str, Any]:
    return {"errors": [{"title": "No", "detail": "You are not authorized.", "code": code, "status": "401"}]}


def _scan(plan: Any, path: str, sample: dict[str, Any], name: str, status: str | None = None) -> ListProfile:
    return ListProfile(
        plan=plan,
        path=path,
        sample=sample,
        make_id=lambda number: f"org{number:07d}",
        name_at=("attributes", name),
        status_at=None if status is None else ("attributes", status),
        rows_at=("data",),
        total_at=("meta", "record_count"),
        page_count_at=("meta", "page_count"),
        paging=AfterId(parameter="filter[q][id_gt]", row_id=lambda row: row.get("id")),
    )


COMMERCE_LAYER = WireProfile(
    adapter=lambda: CommerceLayer(account="acme", client_id="a-client", client_secret=HIDDEN),
    secrets=(HIDDEN,),
    login=LoginProfile(
        url="https://auth.commercelayer.io/oauth/token",
        expired=_error("INVALID_TOKEN"),
        denied=_error("UNAUTHORIZED"),
        denied_status=401,
    ),
    lists=(
        _scan(
            lambda adapter: adapter.organizations(), "/api/organizations", commerce_layer_fakes.organization(), "name"
        ),
        ListProfile(
            plan=lambda adapter: adapter.organizations(walk="pages"),
            path="/api/organizations",
            sample=commerce_layer_fakes.organization(),
            make_id=lambda number: f"org{number:07d}",
            name_at=("attributes", "name"),
            rows_at=("data",),
            total_at=("meta", "record_count"),
            page_count_at=("meta", "page_count"),
            paging=Numbered(parameter="page[number]"),
        ),
        _scan(
            lambda adapter: adapter.memberships(),
            "/api/memberships",
            commerce_layer_fakes.membership("m0000001"),
            "user_email",
            "status",
        ),
        _scan(lambda adapter: adapter.roles(), "/api/roles", commerce_layer_fakes.role("r0000001"), "name", "kind"),
    ),
)

PROFILES = {"crux": CRUX, "fabric": FABRIC, "commerce_layer": COMMERCE_LAYER}
