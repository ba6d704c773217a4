"""What the documents say of each resource type: relationships, sortable and filterable fields, standard attributes."""

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from attrs import field, frozen

# What the schema 1.0.15 has and the documented example (of 1.0.12) lacks, with the schema's own example values.
SINCE_THE_EXAMPLE = {
    "addresses_avs_check": True,
    "orders_sales_channel_guest_only": True,
    "orders_min_rebuild_shipments_lapse": 0,
    "orders_invalid_gift_card_errors": True,
    "orders_validate_shipping_stock": False,
    "gift_cards_exact_code_matching": False,
    "inventory_models_max_stock_locations_cutoff": 10,
    "external_prices_errors": True,
}
_COMMON = ("id", "created_at", "updated_at", "reference", "reference_origin")


@frozen(kw_only=True)
class Relation:
    """One relationship of a resource type."""

    target: str
    many: bool


@frozen(kw_only=True)
class Kind:
    """What the documents say of a resource type."""

    relations: Mapping[str, Relation]
    sortable: tuple[str, ...]
    filterable: tuple[str, ...]
    template: Mapping[str, Any] = field(factory=dict)


def _to(target: str) -> Relation:
    return Relation(target=target, many=False)


def _many(target: str) -> Relation:
    return Relation(target=target, many=True)


@cache
def example() -> dict[str, Any]:
    """The documented organization, "The Blue Brand"."""
    document: dict[str, Any] = json.loads(files(__package__).joinpath("example.json").read_text(encoding="utf-8"))
    return document


@cache
def kinds() -> Mapping[str, Kind]:
    """Every resource type that is served."""
    of_role = {"organization": _to("organizations"), "role": _to("roles")}
    return {
        "organizations": Kind(
            relations={name: _many(name) for name in ("memberships", "roles", "permissions", "api_credentials")},
            sortable=("name", "slug", "domain", *_COMMON),
            filterable=("name", "slug", "domain", "region", *_COMMON, "metadata"),
            template={**example()["attributes"], **SINCE_THE_EXAMPLE},
        ),
        "memberships": Kind(
            relations={
                **of_role,
                "application_memberships": _many("application_memberships"),
                "membership_profile": _to("membership_profiles"),
                "versions": _many("versions"),
            },
            sortable=("status", *_COMMON),
            filterable=(
                "user_email", "user_first_name", "user_last_name", "status", "owner", *_COMMON, "metadata",
            ),
        ),
        "roles": Kind(
            relations={
                "organization": _to("organizations"),
                "permissions": _many("permissions"),
                "memberships": _many("memberships"),
                "api_credentials": _many("api_credentials"),
                "versions": _many("versions"),
            },
            sortable=_COMMON,
            filterable=("name", "kind", *_COMMON, "metadata"),
        ),
        "permissions": Kind(
            relations={**of_role, "versions": _many("versions")},
            sortable=_COMMON,
            filterable=("subject", "can_create", "can_read", "can_update", "can_destroy", *_COMMON, "metadata"),
        ),
        "api_credentials": Kind(
            relations=of_role, sortable=("mode", *_COMMON), filterable=("name", "kind", "mode", *_COMMON, "metadata")
        ),
        "application_memberships": Kind(
            relations={**of_role, "membership": _to("memberships"), "api_credential": _to("api_credentials")},
            sortable=_COMMON,
            filterable=(*_COMMON, "metadata"),
        ),
        "membership_profiles": Kind(
            relations={"organization": _to("organizations")}, sortable=_COMMON, filterable=("name", *_COMMON)
        ),
        "identity_providers": Kind(relations={"user": _to("users")}, sortable=_COMMON, filterable=("name", *_COMMON)),
        "versions": Kind(relations={}, sortable=("id", "created_at"), filterable=("resource_type", *_COMMON)),
        "users": Kind(relations={}, sortable=(), filterable=()),
    }  # fmt: skip
