"""Where each field of the model is read from in fabric's rows; records recite these when asked to explain a field."""

from __future__ import annotations

from collections.abc import Mapping

from aggregator.model.provenance import FieldRule, FieldRules, register


def _from(*pointers: str, rule: str = "taken as it is") -> FieldRule:
    return FieldRule(pointers=pointers, rule=rule)


_TIME = "read as a time, in UTC"
_TEXT = "taken as it is; an empty text says nothing"
_FLAG = 'taken as it is; the texts "true" and "false" count as true and false'

CONNECTION = register(
    FieldRules(
        name="fabric.connection",
        address="{id}/",  # "Get connection" of the API reference, for brands and for retailers
        fields={
            "id": _from("/id", rule="the number as text"),
            "status": _from("/status", rule="active, suspended, pending, onboarding as such; any other word: unknown"),
            "status_native": _from("/status"),
            "own_role": _from(rule="the account is set up with brand_id (supplier) or with retailer_id (retailer)"),
            "retailer": _from("/retailer", rule="mapped as a retailer"),
            "supplier": _from("/brand", rule="mapped as a brand, which is the supplier"),
            "contacts": _from("/contacts", "/connection_contacts", rule="each mapped as a contact"),
            "retailer_identifier": _from("/retailer_identifier", rule=_TEXT),
            "level": _from("/level", rule=_TEXT),
            "integration_type": _from("/integration_type", rule=_TEXT),
            "onboarding_status": _from("/onboarding_status", rule=_TEXT),
            "onboarding_steps": _from("/onboarding_steps", rule=_TEXT),
            "onboarding_target_at": _from("/onboarding_target_date", rule=_TIME),
            "onboarded_at": _from("/onboarded_at", rule=_TIME),
            "created_at": _from("/created_at", rule=_TIME),
            "updated_at": _from("/updated_at", rule=_TIME),
            "suspended_at": _from("/suspended_at", rule=_TIME),
            "activity": _from(
                "/orders_last_7_days_count",
                "/proposals_received_last_7_days_count",
                "/approved_items_count",
                rule="orders_last_7_days_count, proposals_received_last_7_days_count and approved_items_count together",
            ),
        },
    )
)

_ORGANIZATION: Mapping[str, FieldRule] = {
    "id": _from("/id", rule="the number as text; brands and retailers are numbered apart"),
    "name": _from("/name", rule=_TEXT),
    "aliases": _from("/code", rule="the code, as another name"),
    "status": _from("/status", rule="active as such; any other word: unknown"),
    "status_native": _from("/status"),
    "website": _from("/website", rule=_TEXT),
    "is_onboarded": _from("/is_onboarded", rule=_FLAG),
    "logo_url": _from("/logo_url", rule=_TEXT),
    "created_at": _from("/joined_at", rule="when it joined fabric, read as a time, in UTC"),
}

BRAND = register(
    FieldRules(
        name="fabric.brand",
        fields={
            **_ORGANIZATION,
            "role": _from(rule="a brand is a supplier"),
            "identifiers": _from("/code", "/uuid", rule="the code and the uuid, each under a scheme of its own"),
            "address": _from("/default_ship_from_location", rule="where it ships from by default"),
            "contacts": _from(
                "/connections_manager",
                "/merchandising_manager",
                "/shipping_manager",
                rule="the three managers, each with what they manage as the description",
            ),
            "subscription": _from(
                "/requires_subscription",
                "/subscription_expires_at",
                "/grace_period_ends_at",
                "/subscription_is_expired",
                "/subscription_is_on_grace_period",
                "/subscription_is_delinquent",
                rule="all keys about the subscription together; enabled is true, disabled is false",
            ),
        },
    )
)

RETAILER = register(
    FieldRules(
        name="fabric.retailer",
        fields={
            **_ORGANIZATION,
            "role": _from(rule="a retailer"),
            "identifiers": _from("/code", rule="the code, under a scheme of its own"),
            "subscription": _from("/requires_subscription", rule="enabled is true, disabled is false"),
        },
    )
)
