"""Faults of single rows: each spoils one row of the list, for good."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from attrs import define

from aggregator.testing.faults.base import Behaviour, Expect, register
from aggregator.testing.profile import ListProfile, at, put
from aggregator.testing.vendor import FakeVendor

# The row that is spoilt: neither the first nor the last of its page.
PLACE = 4


@define
class Row(Behaviour):
    """One row is not what it should be.

    `__place__` keeps a row that lost its id where it stood; it is never sent.
    """

    change: Callable[[dict[str, Any], ListProfile], object]

    def begin(self, vendor: FakeVendor) -> None:
        row, profile = vendor.rows[PLACE], vendor.profile
        own = str(at(row, profile.id_at))
        vendor.spoilt.add(own)
        row["__place__"] = own
        made = self.change(row, profile)
        vendor.rows[PLACE] = row if made is None else made if made is not _NULL else None
        new = at(vendor.rows[PLACE], profile.id_at)
        if isinstance(new, int | str) and not isinstance(new, bool) and str(new).strip():
            vendor.spoilt.add(str(new))


_NULL = object()


def _id(value: object) -> Callable[[dict[str, Any], ListProfile], None]:
    return lambda row, profile: put(row, profile.id_at, value)


def _no_id(row: dict[str, Any], profile: ListProfile) -> None:
    holder = at(row, profile.id_at[:-1])
    holder.pop(profile.id_at[-1])


def _name(value: object) -> Callable[[dict[str, Any], ListProfile], None]:
    return lambda row, profile: put(row, profile.name_at, value)


def _status(row: dict[str, Any], profile: ListProfile) -> None:
    assert profile.status_at is not None  # noqa: S101 - it applies only where there is one
    put(row, profile.status_at, "TRANSMOGRIFIED")


def _added(value: object) -> Callable[[dict[str, Any], ListProfile], None]:
    return lambda row, _: row.update({"a_key_of_tomorrow": value})


def _deep() -> object:
    nested: object = "bottom"
    for _ in range(400):
        nested = [nested]
    return nested


def _missing(row: dict[str, Any], profile: ListProfile) -> None:
    for key in [key for key in row if key not in {profile.id_at[0], "__place__", "type"}]:
        del row[key]


def _wrong(row: dict[str, Any], profile: ListProfile) -> None:
    for key, value in list(row.items()):
        if key not in {profile.id_at[0], "__place__"}:
            row[key] = 17 if isinstance(value, str | dict | list) else {"unexpected": value}


_ID_LESSON = "it makes an id of something that is none, or drops the row without a word"
_ROW = ("rows could not be read", "could not", "rejected", "declared", "id")

for _label, _summary, _change in (
    ("a row that is null", "a row is null", lambda *_: _NULL),
    ("a row that is a text", "a row is a text", lambda *_: "a row"),
    ("a row that is an array", "a row is an array", lambda *_: [1, 2]),
    ("a row without id", "a row has no id", _no_id),
    ("an id that is null", "the id of a row is null", _id(None)),
    ("an id that is empty", "the id of a row is an empty text", _id("")),
    ("an id that is an object", "the id of a row is an object", _id({"value": "7"})),
    ("an id that is a boolean", "the id of a row is a boolean", _id(value=True)),
):
    register(
        name=_label, group="rows", summary=_summary, make=lambda change=_change: Row(change),
        expect=Expect.INCOMPLETE, cause=_ROW, lesson=_ID_LESSON,
    )  # fmt: skip
for _label, _summary, _change in (
    ("a numeric id", "the id of a row is a number", _id(42)),
    ("keys missing", "a row has its id and nothing else", _missing),
    ("wrong types", "the values of a row have other types", _wrong),
    ("a name that is a number", "a name is a number", _name(17)),
    ("a name that is an object", "a name is an object", _name({"en": "Acme"})),
    ("a lone surrogate", "a name holds half of a character", _name("Acme \ud83d Ltd")),
    ("a NUL", "a name holds a NUL", _name("Acme\x00Ltd")),
    ("NaN", "a row holds NaN", _added(float("nan"))),
    ("infinity", "a row holds Infinity", _added(float("inf"))),
    ("a huge integer", "a row holds an integer of a thousand digits", _added(10**1000)),
    ("a deep value", "a row holds four hundred nested arrays", _added(_deep())),
):
    register(
        name=_label, group="rows", summary=_summary, make=lambda change=_change: Row(change),
        cause=(*_ROW, "json", "cannot be read"), lesson="one odd row sinks or garbles the others",
    )  # fmt: skip
register(
    name="a word nobody knows", group="rows", summary="a status is a word that no document names",
    make=lambda: Row(_status), applies=lambda profile, _: profile.status_at is not None, expect=Expect.COMPLETE,
    cause=_ROW, lesson="it fails over a new word; keep it in status_native and say UNKNOWN",
)  # fmt: skip
register(
    name="a new key", group="rows", summary="a row has a key that no document names",
    make=lambda: Row(_added({"nested": [1, None]})), expect=Expect.COMPLETE, cause=_ROW,
    lesson="it fails over a new key; ignore it, and count it as drift",
)  # fmt: skip
