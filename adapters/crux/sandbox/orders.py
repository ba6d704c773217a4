"""Crux's orders: any number of them, each made from its index when it is asked for, so that memory stays small."""

import uuid
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

from attrs import define, field, frozen

from adapters.crux.sandbox.documents import examples, stopped_at
from aggregator.sandbox.chance import bits, seeded
from aggregator.sandbox.vendor import Site
from aggregator.sandbox.world import PartnerRecord

LINE_STATUSES = ("Unallocated", "Allocated", "Rejected", "HasTracking", "Backordered", "Cancelled")
# Shares of the statuses above by the age of the order: what is new waits, what is old is done with, but for a few.
_WEIGHTS = ((3, (55, 25, 3, 10, 4, 3)), (21, (6, 22, 4, 52, 10, 6)), (10**6, (1, 1, 4, 85, 3, 6)))
_SPAN = timedelta(days=400)
_ITEMS = [
    "item",
    "charger",
    "lamp",
    "chair",
    "kettle",
    "rug",
    "drill",
    "scarf",
    "mug",
    "backpack",
    "shelf",
    "pillow",
    "bottle",
    "speaker",
    "tent",
]
_TEMPERS = ["insistent", "infamous", "changeable", "cautious", "aboard", "quiet", "brisk", "modest", "sturdy", "gentle"]
_STREETS = ("30 Rockefeller Plaza", "1878 Randy Valleys\nAnthonybury, OH 51137", "12 Mill Road", "7 Harbor St")
_TOWNS = (("New York", "NY", "10112"), ("Salem", "MA", "01970"), ("Lake Coltonstad", "Ohio", "90181"))


@frozen(kw_only=True)
class Line:
    """One line item, before a generation gives it names."""

    uuid: str
    status: str
    supplier: PartnerRecord
    sku: str
    title: str
    cost: float
    quantity: int
    moment: datetime


@frozen(kw_only=True)
class Order:
    """One order, before a generation gives it names; `documented` is the vendor's own example of it."""

    uuid: str
    po: str
    created: datetime
    lines: tuple[Line, ...]
    notes: str
    fees: tuple[float, float, float]
    address: dict[str, Any]
    documented: dict[str, Any] | None = None

    @property
    def is_allocated(self) -> bool:
        """Whether no line waits for its supplier."""
        return all(line.status != "Unallocated" for line in self.lines)


@frozen
class Outline:
    """What filters look at: cheap to make, so that a hundred thousand orders can be searched."""

    statuses: tuple[str, ...]
    suppliers: tuple[int, ...]


@define
class Orders:
    """All orders of the account, oldest first; number i is always the same order.

    Args:
        site: whose world and seed.
        suppliers: the partners who may receive orders.
        made: how many there are besides the documented examples.
        unconnected: partners without a connection; among the newest orders is one to each of the first two.
    """

    site: Site
    suppliers: Sequence[PartnerRecord]
    made: int
    unconnected: Sequence[PartnerRecord] = ()
    arrived: int = field(default=0, init=False)
    _spans: dict[int, tuple[datetime, datetime]] = field(factory=dict, init=False)
    _wrong: Mapping[int, int] = field(factory=dict, init=False)

    def __attrs_post_init__(self) -> None:
        self._wrong = dict(zip(_WRONG, self._wrong_places(), strict=False))

    def _wrong_places(self) -> Iterator[int]:
        """Whom nobody should have ordered from of late: of each kind one, so that every world has its mishaps."""
        for status in ("ended", "suspended", "pending"):
            yield from [place for place, one in enumerate(self.suppliers) if one.status == status][-1:]
        yield from range(len(self.suppliers), len(self.suppliers) + min(2, len(self.unconnected)))

    def partner(self, place: int) -> PartnerRecord:
        """The partner whose number an outline holds."""
        known = len(self.suppliers)
        return self.suppliers[place] if place < known else self.unconnected[place - known]

    def __len__(self) -> int:
        return len(documented_orders()) + self.made + self.arrived if self.suppliers else 0

    def arrive(self) -> None:
        """One more order comes in."""
        self.arrived += 1

    def created(self, index: int) -> datetime:
        """When order number `index` was made; later numbers are later."""
        examples_first = index - len(documented_orders())
        if examples_first < 0:
            return _parsed(documented_orders()[index]["created_date"])
        if examples_first >= self.made:
            return self.site.world.as_of + timedelta(seconds=examples_first - self.made)
        share = (examples_first + bits(self.site.world.seed, "order-time", index) / 2**128) / self.made
        # The square root leaves more orders to the last weeks, as business that grows does.
        age: timedelta = _SPAN * (1 - float(share**0.5))
        return self.site.world.as_of - age

    def outline(self, index: int) -> Outline:
        """The statuses and suppliers of an order's lines."""
        if index < len(documented_orders()):
            lines = documented_orders()[index]["line_items"]
            return Outline(tuple(_pascal(line["status"]) for line in lines), (0,))
        rng, created = seeded(self.site.world.seed, "order", index), self.created(index)
        first = self._supplier(rng, created)
        second = self._supplier(rng, created) if rng.random() < 0.15 else first
        wrong = self._wrong.get(len(documented_orders()) + self.made - index)
        first, second = (first, second) if wrong is None else (wrong, wrong)
        count = rng.choice((1, 1, 1, 2, 3))
        age = (self.site.world.as_of - created).days
        statuses = rng.choices(LINE_STATUSES, next(shares for days, shares in _WEIGHTS if age < days), k=count)
        if rng.random() < 0.4:
            statuses = statuses[:1] * count
        return Outline(tuple(statuses), (first, second)[: min(count, 2)])

    def _supplier(self, rng: Random, created: datetime) -> int:
        """Somebody who traded then. Squaring the draw gives a few most of the orders; the last tenth never gets one."""
        for _ in range(12):
            place = int(rng.random() ** 2 * max(1, len(self.suppliers) * 9 // 10))
            if place not in self._spans:
                self._spans[place] = _trading(self.suppliers[place], self.site.world.as_of)
            begin, end = self._spans[place]
            if begin <= created <= end:
                return place
        return 0

    def order(self, index: int) -> Order:
        """Order number `index`."""
        if index < len(documented_orders()):
            return _example(documented_orders()[index], self.suppliers[0])
        rng, outline = seeded(self.site.world.seed, "order-body", index), self.outline(index)
        created = self.created(index)
        town, state, code = rng.choice(_TOWNS)
        return Order(
            uuid=self._uuid(index),
            po=self._po(index),
            created=created,
            lines=tuple(
                self._line(rng, place, status, outline, created) for place, status in enumerate(outline.statuses)
            ),
            notes=rng.choice(("here are some notes", "", "Leave at the door.")),
            fees=rng.choice(((0, 0, 0), (0, 0, 0), (rng.randrange(400, 3000) / 100, 2.5, 0.35))),
            address={
                "name": rng.choice(("Bob Iger", "James Smith", "Zoë Núñez")),
                "business_name": rng.choice(("NBC", "Price-Lloyd", "")),
                "address1": rng.choice(_STREETS),
                "address2": rng.choice(("STE 123", "")),
                "city": town,
                "state": state,
                "postal_code": code,
                "phone_number": rng.choice((None, "717.334.5425x58894")),
                "country": rng.choice((None, "USA")),
            },
        )

    def _line(self, rng: Random, place: int, status: str, outline: Outline, created: datetime) -> Line:
        return Line(
            uuid=str(uuid.UUID(int=rng.getrandbits(128), version=4)),
            status=status,
            supplier=self.partner(outline.suppliers[place % len(outline.suppliers)]),
            sku=f"{rng.randrange(10**6):06d}",
            title=f"The {rng.choice(_TEMPERS)} {rng.choice(_ITEMS)} item",
            cost=rng.randrange(199, 25_000) / 100,
            quantity=rng.randrange(1, 12),
            moment=created,
        )

    def find(self, order_uuid: str) -> int | None:
        """The number of the order with this uuid."""
        for index, example in enumerate(documented_orders() if self.suppliers else ()):
            if example["uuid"] == order_uuid:
                return index
        try:
            index = uuid.UUID(order_uuid).int & 0xFFFFFFFFFF
        except ValueError:
            return None
        known = len(documented_orders()) <= index < len(self)
        return index if known and self._uuid(index) == order_uuid else None

    def find_po(self, number: str) -> int | None:
        """The number of the order with this purchase-order number."""
        for index, example in enumerate(documented_orders() if self.suppliers else ()):
            if example["purchase_order_id"] == number:
                return index
        try:
            index = int(number.removeprefix("po-"), 16) * pow(_ODD, -1, 2**32) % 2**32
        except ValueError:
            return None
        known = len(documented_orders()) <= index < len(self)
        return index if known and self._po(index) == number else None

    def _uuid(self, index: int) -> str:
        """A uuid that ends in the order's number, so that it can be found without a table."""
        drawn = bits(self.site.world.seed, "order-uuid", index)
        return str(uuid.UUID(int=(drawn >> 40 << 40) | index, version=4))

    def _po(self, index: int) -> str:
        return f"po-{index * _ODD % 2**32:08x}"


_EVER = timedelta(days=36_500)
# The orders that go where they should not, counted from the newest.
_WRONG = (3, 5, 8, 11, 14)


def _trading(partner: PartnerRecord, as_of: datetime) -> tuple[datetime, datetime]:
    """From when to when a partner gets orders. As in life, some fall silent, and some trade when they should not."""
    goes_on, stopped = seeded("crux", "trading", partner.native_id).random(), stopped_at(partner, as_of)
    if partner.status == "active":
        return as_of - _EVER, stopped if goes_on < 0.08 else as_of + _EVER
    if partner.status in {"ended", "suspended"}:
        return as_of - _EVER, as_of + _EVER if goes_on < 0.1 else stopped
    return (as_of - timedelta(days=20) if goes_on < 0.1 else as_of + _EVER), as_of + _EVER


_ODD = 2654435761  # odd, so that multiplying by it modulo 2**32 can be undone


def documented_orders() -> list[dict[str, Any]]:
    """The orders of the vendor's own examples, oldest first."""
    found: list[dict[str, Any]] = [examples()["order_detail"], *reversed(examples()["orders"])]
    return found


def _example(document: dict[str, Any], supplier: PartnerRecord) -> Order:
    created = _parsed(document["created_date"])
    lines = tuple(
        Line(
            uuid=line["uuid"],
            status=_pascal(line["status"]),
            supplier=supplier,
            sku=line["sku_id"],
            title=line["sku_name"],
            cost=line["cost"],
            quantity=line["allocation"]["quantity_ordered"],
            moment=created,
        )
        for line in document["line_items"]
    )
    return Order(
        uuid=document["uuid"],
        po=document["purchase_order_id"],
        created=created,
        lines=lines,
        notes=document["notes"],
        fees=(0, 0, 0),
        address={**document["address"], "country": None},
        documented=document,
    )


def _parsed(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


def _pascal(status: str) -> str:
    """The list's spelling of a status in the detail's spelling ("has_tracking")."""
    return "".join(part.capitalize() for part in status.split("_")) if status.islower() else status
