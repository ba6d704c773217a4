"""Commerce Layer's resources as it sends them: the attributes of its official schema, version 1.0.15.

Every attribute is None where it was not sent: the schema grew from 23 to 65 attributes of an organization in two
years, and sparse fieldsets leave out any of them.

The classes have no slots: one with a dict is filled without its `__init__`, in half the time.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Generic, TypeVar

from attrs import frozen

A = TypeVar("A")


@frozen(kw_only=True, slots=False)
class SubscriptionCounts:
    """How many of each thing a subscription allows, or holds."""

    markets: int | None = None
    skus: int | None = None
    organizations: int | None = None
    memberships: int | None = None


@frozen(kw_only=True, slots=False)
class SubscriptionInfo:
    """The organization's plan with Commerce Layer."""

    plan_type: str | None = None
    limits: SubscriptionCounts | None = None
    totals: SubscriptionCounts | None = None


@frozen(kw_only=True, slots=False)
class Details:
    """What every resource carries."""

    created_at: str | None = None
    updated_at: str | None = None
    reference: str | None = None
    reference_origin: str | None = None
    metadata: Mapping[str, Any] | None = None


@frozen(kw_only=True, slots=False)
class OrganizationDetails(Details):
    """All attributes of an organization, in the order of the official schema."""

    name: str | None = None
    slug: str | None = None
    domain: str | None = None
    support_phone: str | None = None
    support_email: str | None = None
    logo_url: str | None = None
    favicon_url: str | None = None
    primary_color: str | None = None
    contrast_color: str | None = None
    gtm_id: str | None = None
    gtm_id_test: str | None = None
    region: str | None = None
    can_switch_live: bool | None = None
    subscription_info: SubscriptionInfo | None = None
    config: Mapping[str, Any] | None = None
    api_auth_redirect: bool | None = None
    api_rules_engine: bool | None = None
    api_rules_engine_max_conditions_size: int | None = None
    api_rules_engine_max_rules_size: int | None = None
    api_new_auth: bool | None = None
    api_purge_single_resource: bool | None = None
    api_max_regex_length: int | None = None
    addresses_avs_check: bool | None = None
    addresses_phone_required: bool | None = None
    orders_sales_channel_guest_only: bool | None = None
    orders_min_rebuild_shipments_lapse: Decimal | None = None
    orders_min_refresh_lapse: Decimal | None = None
    orders_autorefresh_cutoff_test: int | None = None
    orders_autorefresh_cutoff_live: int | None = None
    orders_number_editable_test: bool | None = None
    orders_number_editable_live: bool | None = None
    orders_number_as_reference: bool | None = None
    orders_invalid_coupon_errors: bool | None = None
    orders_invalid_gift_card_errors: bool | None = None
    orders_validate_shipping_stock: bool | None = None
    bundles_max_items_count: int | None = None
    coupons_min_code_length: int | None = None
    coupons_max_code_length: int | None = None
    gift_cards_exact_code_matching: bool | None = None
    gift_cards_min_code_length: int | None = None
    gift_cards_max_code_length: int | None = None
    cleanups_max_concurrent_count: int | None = None
    exports_max_concurrent_count: int | None = None
    imports_max_concurrent_count: int | None = None
    imports_purge_cache: bool | None = None
    imports_skip_errors: bool | None = None
    inventory_models_max_stock_locations_cutoff: int | None = None
    promotions_max_concurrent_count: int | None = None
    promotions_max_conditions_size: int | None = None
    promotions_max_rules_size: int | None = None
    price_lists_max_conditions_size: int | None = None
    price_lists_max_rules_size: int | None = None
    imports_trigger_webhooks: int | None = None  # described as a flag ("default is false"), typed and shown as a number
    discount_engines_enabled: bool | None = None
    discount_engines_errors: bool | None = None
    tags_max_name_length: int | None = None
    tags_max_allowed_number: int | None = None
    tax_calculators_errors: bool | None = None
    external_promotions_errors: bool | None = None
    external_prices_errors: bool | None = None


@frozen(kw_only=True, slots=False)
class MembershipDetails(Details):
    """All attributes of a membership: a person's seat in an organization."""

    user_email: str | None = None
    user_first_name: str | None = None
    user_last_name: str | None = None
    status: str | None = None
    owner: bool | None = None
    test_enabled: bool | None = None
    access_scope: str | None = None


@frozen(kw_only=True, slots=False)
class RoleDetails(Details):
    """All attributes of a role: what its members may do."""

    name: str | None = None
    kind: str | None = None


@frozen(kw_only=True, slots=False)
class PermissionDetails(Details):
    """All attributes of a permission: what a role may do with one kind of thing."""

    can_create: bool | None = None
    can_read: bool | None = None
    can_update: bool | None = None
    can_destroy: bool | None = None
    subject: str | None = None
    restrictions: Mapping[str, Any] | None = None


@frozen(kw_only=True, slots=False)
class ApiCredentialDetails(Details):
    """All attributes of an API credential, but for its secret, which is never kept."""

    name: str | None = None
    kind: str | None = None
    confidential: bool | None = None
    redirect_uri: str | None = None
    client_id: str | None = None
    scopes: str | None = None
    expires_in: int | None = None
    mode: str | None = None
    custom: bool | None = None


@frozen(kw_only=True, slots=False)
class ApplicationMembershipDetails(Details):
    """All attributes of an application membership: what a member may do in one application."""

    filters: Mapping[str, Any] | None = None


@frozen(kw_only=True, slots=False)
class MembershipProfileDetails(Details):
    """All attributes of a membership profile: a set of rights given to several members."""

    name: str | None = None
    test_enabled: bool | None = None
    access_scope: str | None = None


@frozen(kw_only=True, slots=False)
class VersionDetails(Details):
    """All attributes of a version: one recorded change of a resource."""

    resource_type: str | None = None
    resource_id: str | None = None
    event: str | None = None
    changes: Mapping[str, Any] | None = None
    who: Mapping[str, Any] | None = None


@frozen(kw_only=True, slots=False)
class _Row:
    """A resource object (JSON:API 1.0, "Resource Objects"); `included` is what came with it, see `documents`."""

    id: str
    type: str
    links: Any = None
    relationships: Any = None
    meta: Any = None
    included: Any = None


@frozen(kw_only=True, slots=False)
class OrganizationRow(_Row):
    """An organization as it stands on a page."""

    attributes: OrganizationDetails = OrganizationDetails()


@frozen(kw_only=True, slots=False)
class MembershipRow(_Row):
    """A membership as it stands on a page."""

    attributes: MembershipDetails = MembershipDetails()


@frozen(kw_only=True, slots=False)
class RoleRow(_Row):
    """A role as it stands on a page."""

    attributes: RoleDetails = RoleDetails()


@frozen(kw_only=True, slots=False)
class Included(Generic[A]):
    """A resource that came along with another, because `include` asked for it."""

    id: str
    attributes: A


# The type of a resource, and the class of its attributes.
DETAILS: Mapping[str, type[Details]] = {
    "organizations": OrganizationDetails,
    "memberships": MembershipDetails,
    "roles": RoleDetails,
    "permissions": PermissionDetails,
    "api_credentials": ApiCredentialDetails,
    "application_memberships": ApplicationMembershipDetails,
    "membership_profiles": MembershipProfileDetails,
    "versions": VersionDetails,
}
