"""Commerce Layer's resources become records, and nothing of them is lost."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from attrs import evolve, fields
from hypothesis import given
from hypothesis import strategies as st

from adapters.commerce_layer import (
    ApiCredentialDetails,
    CommerceLayer,
    MembershipDetails,
    OrganizationDetails,
    PermissionDetails,
)
from adapters.commerce_layer.jsonapi import OfflineSession, Resource, open_list
from adapters.commerce_layer.mapping import read_membership, read_organization, read_role
from adapters.commerce_layer.rules import MEMBERSHIP, ORGANIZATION, ROLE
from aggregator.adapter import DriftCount, Unreadable
from aggregator.errors import UsageError
from aggregator.model import (
    AccessRole,
    Contact,
    Identifier,
    Membership,
    MembershipStatus,
    Organization,
    Role,
    Subscription,
)
from aggregator.model.converter import dump_json, from_json, to_json
from aggregator.model.raw import freeze, thaw
from tests.adapters.commerce_layer_fakes import counts, linked, membership, organization, place, role
from tests.fakes import reply
from tests.samples import organization as another_platforms

# Attributes of an organization in the official schema, version 1.0.15, in its order.
ATTRIBUTES = """
    name slug domain support_phone support_email logo_url favicon_url primary_color contrast_color gtm_id gtm_id_test
    region can_switch_live subscription_info config api_auth_redirect api_rules_engine
    api_rules_engine_max_conditions_size api_rules_engine_max_rules_size api_new_auth api_purge_single_resource
    api_max_regex_length addresses_avs_check addresses_phone_required orders_sales_channel_guest_only
    orders_min_rebuild_shipments_lapse orders_min_refresh_lapse orders_autorefresh_cutoff_test
    orders_autorefresh_cutoff_live orders_number_editable_test orders_number_editable_live orders_number_as_reference
    orders_invalid_coupon_errors orders_invalid_gift_card_errors orders_validate_shipping_stock
    bundles_max_items_count coupons_min_code_length coupons_max_code_length gift_cards_exact_code_matching
    gift_cards_min_code_length gift_cards_max_code_length cleanups_max_concurrent_count exports_max_concurrent_count
    imports_max_concurrent_count imports_purge_cache imports_skip_errors inventory_models_max_stock_locations_cutoff
    promotions_max_concurrent_count promotions_max_conditions_size promotions_max_rules_size
    price_lists_max_conditions_size price_lists_max_rules_size imports_trigger_webhooks discount_engines_enabled
    discount_engines_errors tags_max_name_length tags_max_allowed_number tax_calculators_errors
    external_promotions_errors external_prices_errors created_at updated_at reference reference_origin metadata
""".split()  # noqa: SIM905 - a list of 65 lines would hide the order

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.decimals(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)


def read(raw: Any, drift: DriftCount | None = None) -> Organization:
    return read_organization(raw, Resource(raw), place(), drift or counts())


def read_member(raw: Any, drift: DriftCount | None = None, **more: Any) -> Membership:
    return read_membership(raw, Resource(raw), place(), drift or counts(), **more)


def page(*rows: Any, included: list[Any]) -> list[Any]:
    return open_list(reply(dump_json({"data": list(rows), "included": included, "meta": {}}).encode())).rows


def test_the_documented_organization_is_read_field_by_field() -> None:
    """Every field of the model that the documented example speaks of has its value, and the others are None."""
    drift = counts()
    record = read(organization(), drift)
    assert record == Organization(
        source=place().source(kind="organization", id="xYZkjABcde", mapping="commerce_layer.organization"),
        id="xYZkjABcde",
        role=Role.TENANT,
        name="The Blue Brand",
        aliases=("the-blue-brand",),
        identifiers=(
            Identifier(scheme="slug", value="the-blue-brand"),
            Identifier(scheme="domain", value="the-blue-brand.commercelayer.io"),
            Identifier(scheme="reference", value="ANY-EXTERNAL-REFEFERNCE"),
        ),
        email="support@bluebrand.com",
        phone="+01 30800857",
        region="eu-west-1",
        reference="ANY-EXTERNAL-REFEFERNCE",
        reference_origin="ANY-EXTERNAL-REFEFERNCE-ORIGIN",
        subscription=Subscription(plan="growth"),
        logo_url="https://bluebrand.com/img/logo.svg",
        created_at=datetime(2018, 1, 1, 12, tzinfo=UTC),
        updated_at=datetime(2018, 1, 1, 12, tzinfo=UTC),
    )
    assert not drift.freeze()
    assert thaw(record.raw) == organization()


def test_all_65_attributes_are_typed() -> None:
    """The class of an organization's details names exactly the attributes of the official schema."""
    assert len(ATTRIBUTES) == 65
    assert {one.name for one in fields(OrganizationDetails)} == set(ATTRIBUTES)


def test_details_give_what_was_sent() -> None:
    """Each attribute of the documented example comes back from the details as it was sent, nested ones typed."""
    details = CommerceLayer.details(read(organization()))
    for name, sent in organization()["attributes"].items():
        if name != "subscription_info":
            assert getattr(details, name) == sent
    info = details.subscription_info
    assert info is not None
    assert info.limits is not None
    assert info.totals is not None
    assert (info.plan_type, info.limits.skus, info.totals.memberships) == ("growth", 10000, 2)
    assert details.addresses_avs_check is None  # younger than the example


def test_details_survive_being_saved() -> None:
    """A record that was written and read again gives the same details and the same included resources."""
    permission = {"id": "p1", "type": "permissions", "attributes": {"subject": "orders", "can_read": True}}
    (raw,) = page(linked(organization(), "permissions", permission), included=[permission])
    record = read(raw)
    again = from_json(to_json(record), Organization)
    assert CommerceLayer.details(again) == CommerceLayer.details(record)
    (one,) = CommerceLayer.included(again, PermissionDetails)
    assert (one.id, one.attributes) == ("p1", PermissionDetails(subject="orders", can_read=True))


def test_details_of_other_records_are_refused() -> None:
    """A record of another platform has no details here, and is told so."""
    with pytest.raises(UsageError, match="no details"):
        CommerceLayer.details(another_platforms(id="1", name="Shop"))


def test_details_of_a_spoilt_payload_are_refused() -> None:
    """A raw payload that was dropped, or that cannot be read, is told in one sentence."""
    record = read(organization())
    with pytest.raises(UsageError, match="no details"):
        CommerceLayer.details(evolve(record, raw=freeze({})))
    with pytest.raises(UsageError, match="cannot be read"):
        CommerceLayer.details(evolve(record, raw=freeze({"type": "organizations", "attributes": 5})))
    spoilt = {"id": "m1", "type": "memberships", "attributes": 5}
    with pytest.raises(UsageError, match="cannot be read"):
        CommerceLayer.included(evolve(record, raw=freeze({"included": [spoilt]})), MembershipDetails)


def test_numbers_keep_their_digits() -> None:
    """A number with a fraction is a Decimal of the text that was sent."""
    body = b'{"data": [{"id": "a", "type": "organizations", "attributes": {"orders_min_refresh_lapse": 0.10}}]}'
    (raw,) = open_list(reply(body)).rows
    assert str(CommerceLayer.details(read(raw)).orders_min_refresh_lapse) == "0.10"


@pytest.mark.parametrize("blank", ["", " ", None])
def test_blank_is_nothing_said(blank: str | None) -> None:
    """A blank text and null are both None in the model."""
    record = read(organization(name=blank, slug=blank, domain=blank, reference=blank, support_email=blank))
    assert (record.name, record.aliases, record.identifiers, record.reference) == (None, (), (), None)
    assert record.email is None


def test_sparse_organizations_are_read() -> None:
    """An organization without attributes, as of an older schema or a sparse request, is a record of its id."""
    record = read({"id": "abc", "type": "organizations"})
    assert (record.id, record.name, record.subscription, record.contacts) == ("abc", None, None, None)


def test_unknown_attributes_are_counted_and_kept() -> None:
    """An attribute that no document names is counted by its path and stays in the raw payload."""
    drift = counts()
    record = read(organization(warp_drive=True), drift)
    assert drift.unknown_keys == {"$.attributes.warp_drive": 1}
    assert record.raw["attributes"]["warp_drive"] is True


def test_unimportant_attributes_of_a_wrong_type_are_set_aside() -> None:
    """A limit that is a text costs that limit, and is counted."""
    drift = counts()
    record = read(organization(tags_max_name_length="many", can_switch_live="no"), drift)
    assert record.name == "The Blue Brand"
    assert drift.notes == {
        "set aside: a whole number was due, text came @ $.attributes.tags_max_name_length": 1,
        "set aside: true or false was due, text came @ $.attributes.can_switch_live": 1,
    }


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"id": None}, "$.id"),
        ({"id": 5}, "$.id"),
        ({"id": " "}, "$.id"),
        ({"type": "memberships"}, "$.type"),
        ({"attributes": None}, "$.attributes"),
        ({"attributes": []}, "$.attributes"),
        ({"relationships": 5}, "$"),
        ({"relationships": {"roles": {"data": "admin"}}}, "$"),
        ({"relationships": {"roles": {"data": [5]}}}, "$"),
    ],
)
def test_malformed_resources_are_unreadable(changes: dict[str, Any], path: str) -> None:
    """A resource without an id, of another type or without the shape of one is set aside, with the place and reason."""
    with pytest.raises(Unreadable) as raised:
        read(organization() | changes)
    assert all(one.split(" @ ")[1] == path or one.endswith(path) for one in raised.value.errors)


def test_a_name_that_is_no_text_is_unreadable() -> None:
    """The name matters: one of another type is not guessed at."""
    with pytest.raises(Unreadable, match=r"text was due, a number came @ \$\.attributes\.name"):
        read(organization(name=7))


@pytest.mark.parametrize("missing", ["id", "type"])
def test_a_resource_without_an_identity_is_unreadable(missing: str) -> None:
    """Where jsonapi-client would break off with a bare KeyError, the row is set aside with a reason."""
    raw = organization()
    del raw[missing]
    with pytest.raises(Unreadable, match=missing):
        read(raw)


@given(json_values)
def test_any_json_as_a_row_is_read_or_unreadable(raw: Any) -> None:
    """No JSON value whatever, as a row, raises anything but Unreadable."""
    for reader in (read_organization, read_membership, read_role):
        try:
            record = reader(raw, Resource(raw), place(), counts())
        except Unreadable:
            continue
        assert record.id == raw["id"]


@given(st.data())
def test_mutated_resources_are_read_or_unreadable(data: st.DataObject) -> None:
    """A real resource with any of its members replaced by any JSON value raises nothing but Unreadable."""
    for raw, reader in (
        (membership("m1", role="r1") | {"included": [role("r1")]}, read_membership),
        (linked(organization(), "memberships", membership("m1")) | {"included": [membership("m1")]}, read_organization),
    ):
        spot: Any = raw
        while True:
            key = data.draw(st.sampled_from(sorted(spot) if isinstance(spot, dict) else range(len(spot))))
            if not spot[key] or not isinstance(spot[key], dict | list) or data.draw(st.booleans()):
                break
            spot = spot[key]
        spot[key] = data.draw(json_values)
        try:
            record = reader(raw, Resource(raw), place(), counts())
        except Unreadable:
            continue
        assert thaw(record.raw) == raw


def test_included_people_become_contacts() -> None:
    """With memberships included, an organization's contacts are its people; each is found in its raw payload."""
    seat = membership("m1", user_email="ann@shop.test", user_first_name="Ann", user_last_name=" ")
    (raw,) = page(linked(organization(), "memberships", seat), included=[seat])
    record = read(raw)
    assert record.contacts == (Contact(id="m1", name="Ann", first_name="Ann", email="ann@shop.test"),)
    (one,) = CommerceLayer.included(record, MembershipDetails)
    assert one.attributes.user_email == "ann@shop.test"
    assert record.explain("contacts").pointer == "/data/7/relationships/memberships/data"


def test_no_people_is_not_the_same_as_not_asked() -> None:
    """An organization whose included memberships are none has no contacts; one that was not asked for them, None."""
    assert read(linked(organization(), "memberships")).contacts == ()
    assert read(organization()).contacts is None


def test_people_that_are_linked_but_missing_are_counted() -> None:
    """A membership that was linked and did not come along is a contact with an id alone, and is counted."""
    drift = counts()
    record = read(linked(organization(), "memberships", membership("gone")), drift)
    assert record.contacts == (Contact(id="gone"),)
    assert drift.notes == {"memberships linked and not included": 1}


def test_people_that_cannot_be_read_are_counted() -> None:
    """A membership that came along and is malformed costs the person's name, not the organization."""
    drift = counts()
    seat = {"id": "m1", "type": "memberships", "attributes": ["?"]}
    (raw,) = page(linked(organization(), "memberships", seat), included=[seat])
    assert read(raw, drift).contacts == (Contact(id="m1"),)
    assert sum(count for note, count in drift.notes.items() if "cannot be read" in note) == 1


async def test_the_parser_fetches_nothing() -> None:
    """Looking at what was not included never sends a request, whichever way jsonapi-client tries."""
    row = {"id": "a", "type": "x", "relationships": {"owner": {"data": {"type": "users", "id": "1"}}}}
    session = OfflineSession("https://vendor.test")
    document = session.read({"data": row})
    with pytest.raises(LookupError, match="not included"):
        _ = document.resource.owner
    document.resource.delete()
    with pytest.raises(LookupError, match="not sent"):
        document.resource.commit()
    with pytest.raises(LookupError, match="not included"):
        await session.fetch_document_by_url_async("https://vendor.test/x/1")
    with pytest.raises(LookupError, match="not sent"):
        await session.http_request_async("POST", "https://vendor.test/x", {})


def test_each_row_keeps_its_own_included_resources() -> None:
    """What came along with a page stands with the rows that lead to it, at any depth, and with no other."""
    boss = role("r1", name="Admin")
    seat = membership("m1", organization="one", role="r1")
    first, second = page(
        linked(organization("one"), "memberships", seat),
        linked(organization("two"), "roles"),
        included=[seat, boss, "rubbish", {"id": 5}],
    )
    assert [one["id"] for one in first["included"]] == ["m1", "r1"]
    assert "included" not in second


def test_secrets_that_came_along_are_not_kept() -> None:
    """The client secret of an included API credential is in no record."""
    attributes = {"name": "Integration", "client_id": "c-1", "client_secret": "hunter2-hunter2"}
    credential = {"id": "a1", "type": "api_credentials", "attributes": attributes}
    (raw,) = page(linked(organization(), "api_credentials", credential), included=[credential])
    record = read(raw)
    assert "hunter2" not in to_json(record)
    (one,) = CommerceLayer.included(record, ApiCredentialDetails)
    assert one.attributes.client_id == "c-1"


def test_a_membership_is_read_field_by_field() -> None:
    """A membership says who, where, in which role and whether the person has accepted."""
    (raw,) = page(membership("m1", role="r1"), included=[role("r1", name="Admin")])
    record = read_member(raw)
    assert record == Membership(
        source=place().source(kind="membership", id="m1", mapping="commerce_layer.membership"),
        id="m1",
        contact=Contact(id="m1", name="John Doe", first_name="John", last_name="Doe", email="m1@shop.test"),
        organization_id="xYZkjABcde",
        role_id="r1",
        role_name="Admin",
        status=MembershipStatus.ACTIVE,
        status_native="active",
        is_owner=True,
        access_scope="live_access",
        created_at=datetime(2018, 1, 1, 12, tzinfo=UTC),
        updated_at=datetime(2018, 2, 1, 12, tzinfo=UTC),
    )


@pytest.mark.parametrize(
    ("word", "status"),
    [
        ("pending", MembershipStatus.PENDING),
        ("Active", MembershipStatus.ACTIVE),
        ("banished", MembershipStatus.UNKNOWN),
        (None, None),
        ("", None),
    ],
)
def test_status_words(word: str | None, status: MembershipStatus | None) -> None:
    """Known words map to the model, an unknown one is UNKNOWN and counted, and the word itself always stays."""
    drift = counts()
    record = read_member(membership("m1", status=word), drift)
    assert (record.status, record.status_native) == (status, word)
    assert dict(drift.unknown_values) == ({"status=banished": 1} if word == "banished" else {})


def test_a_role_is_read_field_by_field() -> None:
    """A role has a name, a kind, and the organization whose list it was asked from."""
    raw = role("r1")
    record = read_role(raw, Resource(raw), place(), counts(), organization_id="xYZkjABcde")
    assert record == AccessRole(
        source=place().source(kind="role", id="r1", mapping="commerce_layer.role"),
        id="r1",
        name="Custom role",
        kind="custom",
        organization_id="xYZkjABcde",
        created_at=datetime(2018, 1, 1, 12, tzinfo=UTC),
    )


@pytest.mark.parametrize("field", sorted(ORGANIZATION.fields))
def test_an_organization_explains_its_fields(field: str) -> None:
    """Each mapped field of the documented organization points at the value it was read from."""
    seat = membership("m1")
    (raw,) = page(linked(organization(), "memberships", seat), included=[seat])
    said = read(raw).explain(field)
    assert said.pointer is not None
    assert said.pointer.startswith("/data/7/")
    assert said.native is not None
    assert said.value is not None


@pytest.mark.parametrize("field", sorted(MEMBERSHIP.fields))
def test_a_membership_explains_its_fields(field: str) -> None:
    """Each mapped field of a membership points at the value it was read from."""
    (raw,) = page(membership("m1", role="r1"), included=[role("r1")])
    said = read_member(raw).explain(field)
    assert said.pointer is not None
    assert said.native is not None
    assert said.value is not None


def test_rules_name_only_fields_of_the_model() -> None:
    """Every rule is about a field that the model has, so none is left behind by a change of the model."""
    for rules, kind in ((ORGANIZATION, Organization), (MEMBERSHIP, Membership), (ROLE, AccessRole)):
        assert rules.fields.keys() <= {one.name for one in fields(kind)}
