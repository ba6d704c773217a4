"""Where each field of a record is read from: the rules that `record.explain()` recites."""

from __future__ import annotations

from aggregator.model.provenance import FieldRule, FieldRules, register

_TIME = "read as a time, in UTC"
_BLANK = "taken as it is; a blank text is nothing said"


def _attribute(name: str, rule: str = _BLANK) -> FieldRule:
    return FieldRule(pointers=(f"/attributes/{name}",), rule=rule)


_ID = FieldRule(pointers=("/id",))
_DATES = {"created_at": _attribute("created_at", _TIME), "updated_at": _attribute("updated_at", _TIME)}

ORGANIZATION = register(
    FieldRules(
        name="commerce_layer.organization",
        fields={
            "id": _ID,
            "role": FieldRule(pointers=("/type",), rule="an organization is a shop of its own: always a tenant"),
            "name": _attribute("name"),
            "aliases": _attribute("slug", "the slug, which is the name as Commerce Layer writes it in URLs"),
            "identifiers": FieldRule(
                pointers=("/attributes/slug", "/attributes/domain", "/attributes/reference"),
                rule="slug, domain (hosted by Commerce Layer: no website of the business) and reference, each if said",
            ),
            "email": _attribute("support_email"),
            "phone": _attribute("support_phone"),
            "region": _attribute("region"),
            "contacts": FieldRule(
                pointers=("/relationships/memberships/data",),
                rule="the people of the included memberships; None unless memberships were included",
            ),
            "reference": _attribute("reference"),
            "reference_origin": _attribute("reference_origin"),
            "subscription": _attribute("subscription_info", "its plan_type"),
            "logo_url": _attribute("logo_url"),
            **_DATES,
        },
    )
)

_CONTACT = "name and email address of the person; the id is the membership's"

MEMBERSHIP = register(
    FieldRules(
        name="commerce_layer.membership",
        fields={
            "id": _ID,
            "contact": FieldRule(
                pointers=("/attributes/user_email", "/attributes/user_first_name", "/attributes/user_last_name"),
                rule=_CONTACT,
            ),
            "organization_id": FieldRule(
                pointers=("/relationships/organization/data/id",),
                rule="the id of the linked organization; where there is none, of the one whose list was asked for",
            ),
            "role_id": FieldRule(pointers=("/relationships/role/data/id",)),
            "role_name": FieldRule(pointers=("/relationships/role/data/id",), rule="the name of the included role"),
            "status": _attribute("status", "pending and active as in the model, any other word is UNKNOWN"),
            "status_native": _attribute("status", "taken as it is"),
            "is_owner": _attribute("owner", "taken as it is"),
            "access_scope": _attribute("access_scope"),
            **_DATES,
        },
    )
)

ROLE = register(
    FieldRules(
        name="commerce_layer.role",
        fields={
            "id": _ID,
            "name": _attribute("name"),
            "kind": _attribute("kind"),
            "organization_id": MEMBERSHIP.fields["organization_id"],
            **_DATES,
        },
    )
)
