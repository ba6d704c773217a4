"""A record says where each of its fields came from, and nothing of what is no field."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from attrs import evolve

from aggregator.model import Address, Order, OrderParty, provenance
from aggregator.model.provenance import FieldRule, FieldRules
from aggregator.model.raw import freeze
from tests.samples import connection, organization, source

RULES = (
    FieldRules(name="crux.connection", fields={"status": FieldRule(pointers=("/state",))}),
    FieldRules(
        name="crux.organization",
        fields={
            "name": FieldRule(pointers=("/name",)),
            "address": FieldRule(pointers=("/ship_from",), rule="where it ships from"),
        },
    ),
    FieldRules(name="crux.order", fields={"retailer": FieldRule(pointers=("/buyer",))}),
)
ACME = organization(
    id="1", name="Acme", address=Address(city="Bremen"), raw=freeze({"name": "Acme", "ship_from": {"town": "Bremen"}})
)
CONNECTION = evolve(connection(id="1", name="Acme"), supplier=ACME)


@pytest.fixture(autouse=True)
def _rules(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with monkeypatch.context() as patch:
        patch.setattr(provenance, "_RULES", {rules.name: rules for rules in RULES})
        yield


def test_a_dotted_path_reaches_into_what_a_field_holds() -> None:
    """What lies within a record, or within a part of one, has its own value, and came from where the whole did."""
    assert CONNECTION.explain("supplier.name").pointer == "/1/name"
    city = CONNECTION.explain("partner.address.city")
    assert (city.field, city.value, city.pointer) == ("address.city", "Bremen", "/1/ship_from")
    assert city.rule == "where it ships from"
    order = Order(
        source=source(id="7", kind="order"), id="7", retailer=OrderParty(name="Shop"), raw=freeze({"buyer": "Shop"})
    )
    shop = order.explain("retailer.name")
    assert (shop.field, shop.value, shop.native) == ("retailer.name", "Shop", "Shop")


def test_what_lies_within_nothing_is_nothing() -> None:
    """Of a side that the platform does not tell of, no name is told either, and asking is no mistake."""
    said = CONNECTION.explain("retailer.name")
    assert (said.value, said.pointer) == (None, None)


@pytest.mark.parametrize(
    "path",
    [
        "nope",
        "raw",
        "raw.name",
        "source",
        "source.page",
        "key",
        "explain",
        "__class__",
        "",
        "status.bogus",
        "status.value",
        "status.",
        "supplier.nope",
        "supplier.key",
        "supplier.address.nope",
        "supplier.aliases.0",
        "created_at.year",
    ],
)
def test_what_is_no_field_is_refused(path: str) -> None:
    """A path that leads nowhere, or to what is not read from a platform, is an AttributeError and no odd answer."""
    with pytest.raises(AttributeError):
        CONNECTION.explain(path)


def test_an_adapter_without_rules_is_told_so() -> None:
    """Whoever has the adapter at hand is not sent to install it."""
    record = evolve(CONNECTION, source=source(id="1", kind="plan", vendor="harbor"))
    with pytest.raises(LookupError, match=r"'harbor\.plan' are not known.+if it is here, it has registered no rules"):
        record.explain("status")
