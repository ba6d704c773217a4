"""Harbor, a made-up platform whose lists are turned by cursor."""

from __future__ import annotations

from typing import Any, ClassVar

from attrs import field, fields, frozen

from aggregator.adapter import (
    YES,
    Adapter,
    Capabilities,
    ClientCredentials,
    DriftCount,
    Login,
    Malformed,
    Place,
    Plan,
    Reply,
    Steps,
    Unreadable,
    no,
    unknown,
    yes,
)
from aggregator.adapter.base import clean_url
from aggregator.model import Connection, ConnectionStatus, Organization, Role
from aggregator.model.provenance import FieldRule, FieldRules, register
from aggregator.model.raw import freeze
from aggregator.secret import Secret
from aggregator.wire.cursor import Cursor
from aggregator.wire.pagers import Envelope, count_of, rows_of
from aggregator.wire.walk import walk

OFFERED = {
    "connections": YES,
    "declared_total": yes("`total` in each answer"),
    "stable_walk": unknown("its documents name no order"),
    "token_renewal": yes("with client credentials"),
}
ABSENT = no("its documents name no such thing")

STATUSES = {
    "live": ConnectionStatus.ACTIVE,
    "invited": ConnectionStatus.PENDING,
    "closed": ConnectionStatus.ENDED,
}

RULES = register(
    FieldRules(
        name="harbor.partner",
        fields={
            "id": FieldRule(pointers=("/id",)),
            "name": FieldRule(pointers=("/name",)),
            "status": FieldRule(
                pointers=("/state",), rule="live is active, invited pending, closed ended; any other word: unknown"
            ),
            "status_native": FieldRule(pointers=("/state",)),
            "own_role": FieldRule(pointers=(), rule="whoever has an account on Harbor is a retailer"),
            "role": FieldRule(pointers=(), rule="a partner is a supplier"),
            "supplier": FieldRule(pointers=("/name",), rule="made of the same row"),
        },
    )
)


@frozen(kw_only=True)
class Harbor(Adapter):
    """One account on Harbor."""

    vendor: ClassVar[str] = "harbor"
    title: ClassVar[str] = "Harbor"
    capabilities: ClassVar[Capabilities] = Capabilities(
        **{one.name: OFFERED.get(one.name, ABSENT) for one in fields(Capabilities)}
    )

    base_url: str = field(default="https://api.harbor.example", converter=clean_url)
    client_id: str
    client_secret: Secret = field(converter=Secret)

    @property
    def login(self) -> Login:
        """Client credentials, in a form."""
        return ClientCredentials(
            token_url=f"{self.base_url}/token", client_id=self.client_id, client_secret=self.client_secret
        )

    def connections(self) -> Plan[Connection]:
        """Return the plan of all connections."""
        return self.plan("connections", self._walk)

    def listings(self) -> tuple[Plan[Any], ...]:
        """Return what `collect()` fetches."""
        return (self.connections(),)

    def probe(self) -> Plan[Any]:
        """Return the cheapest plan there is."""
        return self.connections()

    def _walk(self) -> Steps[Connection]:
        pager = Cursor(path="/partners", opener=open_page)
        return walk(pager, read_partner, adapter=self, operation="connections")


# {"partners": [{"id": "00000001", "name": "Acme", "state": "live"}], "total": 7, "next_cursor": "c3"}
def open_page(reply: Reply) -> Envelope:
    """Open a page; raises Malformed if it is none."""
    document = reply.json()
    rows = rows_of(document, "partners")
    cursor = document.get("next_cursor")
    if cursor is not None and not isinstance(cursor, str):
        raise Malformed("a cursor that is no text")
    return Envelope(rows=rows, pointer="/partners", total=count_of(document, "total"), cursor=cursor)


def read_partner(row: Any, place: Place, drift: DriftCount) -> Connection:
    """Make a connection of a row; raises Unreadable where id or name cannot be used."""
    found = row if isinstance(row, dict) else {}
    identifier, name, word = found.get("id"), found.get("name"), found.get("state")
    if not isinstance(identifier, str) or not identifier.strip():
        raise Unreadable("a text was due @ $.id")
    if not isinstance(name, str):
        raise Unreadable("a text was due @ $.name")
    if not isinstance(word, str) or word not in STATUSES:
        drift.unknown_values[f"state={word}"] += 1
    source = place.source(kind="connection", id=identifier, mapping=RULES.name)
    supplier = Organization(source=source, id=identifier, role=Role.SUPPLIER, name=name, raw=freeze(row))
    return Connection(
        source=source,
        id=identifier,
        status=STATUSES.get(str(word), ConnectionStatus.UNKNOWN),
        status_native=None if word is None else str(word),
        own_role=Role.RETAILER,
        supplier=supplier,
        raw=freeze(row),
    )
