"""The resources of every organization of the world: memberships, roles, permissions, credentials."""

import re
from bisect import bisect_right
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from attrs import define, field

from adapters.commerce_layer.sandbox.kinds import example, kinds
from aggregator.sandbox.chance import seeded
from aggregator.sandbox.drift import Drift
from aggregator.sandbox.vendor import Site
from aggregator.sandbox.world import PartnerRecord


@define
class Entry:
    """One resource: what differs from its type's template, and what it is related to."""

    type: str
    id: str
    own: dict[str, Any]
    related: dict[str, list[str]] = field(factory=dict)

    def attributes(self) -> dict[str, Any]:
        """All attributes."""
        return {**kinds()[self.type].template, **self.own}

    def value(self, name: str) -> Any:  # noqa: ANN401 - any JSON
        """One attribute, or the id."""
        return self.id if name == "id" else self.own.get(name, kinds()[self.type].template.get(name))


@define
class Table:
    """All resources of a type, oldest first, and in the order of their ids (bytewise)."""

    entries: dict[str, Entry]
    order: list[str] = field(init=False)
    _by_id: list[str] | None = field(default=None, init=False)

    def __attrs_post_init__(self) -> None:
        self.order = list(self.entries)

    @classmethod
    def of(cls, entries: Iterable[Entry]) -> "Table":
        """A table of these."""
        return cls({entry.id: entry for entry in entries})

    def after(self, identifier: str) -> list[str]:
        """The ids greater than this one, in order; the keyset scan's question, answered without looking at all."""
        if self._by_id is None:
            self._by_id = sorted(self.order)
        return self._by_id[bisect_right(self._by_id, identifier) :]

    def change(self, drift: Drift) -> None:
        """Let the list drift by a step."""
        if drift.step(self.order):
            self._by_id = None


@define
class Store:
    """Every table; those of people and rights are made when first asked for."""

    site: Site
    tables: dict[str, Table] = field(factory=dict, init=False)

    def table(self, kind: str) -> Table:
        """The table of a resource type."""
        if kind not in self.tables:
            if kind == "organizations":
                self.tables[kind] = Table.of(_organizations(self.site))
            else:
                self.tables |= _people(self.site, self.table("organizations"))
        return self.tables[kind]

    def related(self, entry: Entry, relation: str) -> list[str]:
        """The ids on the other side of a relationship."""
        self.table("memberships")
        return entry.related.get(relation, [])


def stamp(moment: datetime) -> str:
    """A time as Commerce Layer writes it."""
    return moment.strftime("%Y-%m-%dT%H:%M:%S.000Z")


def _organizations(site: Site) -> Iterable[Entry]:
    seen: dict[str, int] = {}
    for record in site.records:
        if record.example:
            yield Entry("organizations", record.native_id, dict(example()["attributes"]))
            continue
        slug = re.sub(r"[^a-z0-9]+", "-", record.name.lower()).strip("-") or "organization"
        seen[slug] = seen.get(slug, 0) + 1
        yield Entry("organizations", record.native_id, _organization(record, site, slug, seen[slug]))


def _organization(record: PartnerRecord, site: Site, slug: str, nth: int) -> dict[str, Any]:
    rng = seeded("commerce-layer", record.native_id)
    slug = slug if nth == 1 else f"{slug}-{nth}"
    host = re.sub(r"^(https?://)?(www\.)?|/.*$", "", record.website) if record.website else None
    updated = record.created_at + (site.world.as_of - record.created_at) * rng.random()
    return {
        "name": record.name,
        "slug": slug,
        "domain": f"{slug}.commercelayer.io",
        "support_phone": record.phone,
        "support_email": f"support@{host}" if host else None,
        "logo_url": f"https://{host}/img/logo.svg" if host and rng.random() < 0.7 else None,
        "favicon_url": None,
        "gtm_id": None,
        "gtm_id_test": None,
        "region": rng.choice(("eu-west-1", "eu-west-1", "us-east-1")),
        "config": None,
        "can_switch_live": rng.random() < 0.5,
        "created_at": stamp(record.created_at),
        "updated_at": stamp(updated),
        "reference": record.account_number,
        "reference_origin": "erp" if record.account_number else None,
        "metadata": {},
    }


def _people(site: Site, organizations: Table) -> dict[str, Table]:
    made: dict[str, list[Entry]] = {name: [] for name in kinds()}
    for record in site.records:
        _furnish(record, organizations.entries[record.native_id], made)
    own = {
        "email": "user@commercelayer.io", "first_name": "John", "last_name": "Doe", "time_zone": "UTC",
        "otp_required_for_login": False,
    }  # fmt: skip
    made["users"].append(Entry("users", "zYxWvUtSrQ", _common(stamp(site.world.as_of)) | own))
    del made["organizations"]
    return {name: Table.of(entries) for name, entries in made.items()}


def _common(created: str) -> dict[str, Any]:
    return {"created_at": created, "updated_at": created, "reference": None, "reference_origin": None, "metadata": {}}


def _furnish(record: PartnerRecord, organization: Entry, made: dict[str, list[Entry]]) -> None:
    """Give an organization its two roles, their permissions, its people and a credential."""
    rng = seeded("commerce-layer", "people", record.native_id)

    def add(kind: str, own: dict[str, Any], **related: str) -> Entry:
        identifier = "".join(rng.choices("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ", k=10))
        links = {"organization": [organization.id], **{name: [target] for name, target in related.items()}}
        entry = Entry(kind, identifier, {**own, **_common(stamp(record.created_at))}, links)
        organization.related.setdefault(kind, []).append(identifier)
        made[kind].append(entry)
        return entry

    admin = add("roles", {"name": "Admin", "kind": "admin"})
    reader = add("roles", {"name": "Read only", "kind": "read_only"})
    for role, may in ((admin, True), (reader, False)):
        rights = {"can_create": may, "can_read": True, "can_update": may, "can_destroy": may}
        for subject in ("organizations", "orders"):
            permission = add("permissions", {**rights, "subject": subject, "restrictions": {}}, role=role.id)
            role.related.setdefault("permissions", []).append(permission.id)
    for place, person in enumerate(_members(record, rng.random())):
        role = admin if place == 0 else reader
        member = add("memberships", {**person, "owner": place == 0}, role=role.id)
        role.related.setdefault("memberships", []).append(member.id)
    secret = f"{rng.getrandbits(160):040x}"
    credential = add("api_credentials", _credential(record, secret), role=reader.id)
    reader.related.setdefault("api_credentials", []).append(credential.id)


def _members(record: PartnerRecord, chance: float) -> Iterable[dict[str, Any]]:
    access = {"test_enabled": False, "access_scope": "live_access"}
    if record.contact:
        yield {
            "user_email": record.contact.email,
            "user_first_name": record.contact.first_name,
            "user_last_name": record.contact.last_name,
            "status": "active" if record.status == "active" else "pending",
            **access,
        }
    if chance < 0.4:
        # Somebody who runs several organizations, as agencies do.
        yield {
            "user_email": "team@shopagency.io",
            "user_first_name": "Sam",
            "user_last_name": "Builder",
            "status": "active",
            **access,
        }


def _credential(record: PartnerRecord, secret: str) -> dict[str, Any]:
    return {
        "name": "Integration",
        "kind": "integration",
        "confidential": True,
        "redirect_uri": None,
        "client_id": f"client-{record.native_id}",
        "client_secret": secret,
        "scopes": "market:all",
        "expires_in": 7200,
        "mode": "live",
        "custom": False,
    }
