"""From the rows of a table to organizations, or straight to what the matcher reads."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any, Final

from adapters.table.cells.other_names import split_names
from adapters.table.cells.status_words import read_status
from adapters.table.fields import REGISTERED
from adapters.table.grid import Grid
from adapters.table.headings.partners import role_of
from aggregator.adapter.steps import DriftCount
from aggregator.adapter.times import read_time
from aggregator.model import (
    Address,
    Contact,
    FieldRule,
    FieldRules,
    Identifier,
    Organization,
    Role,
    Source,
)
from aggregator.model.provenance import register
from aggregator.model.raw import freeze
from aggregator.reconcile.entries import TABLE
from aggregator.reconcile.matching import Person, PostalAddress, Profile
from aggregator.reconcile.matching.reading.phones import phone_parts
from aggregator.reconcile.profiles import OUR_NUMBER, distinct_aliases, parts_of, side_of

KIND: Final = "organization"

# The user chooses the headings, so that where a field was read from differs from file to file.
RULES = register(
    FieldRules(
        name="table.row",
        fields={"name": FieldRule(pointers=("/name",), rule="the column that holds the name")},
    )
)


def organizations(grid: Grid, *, account: str, path: str, at: datetime, drift: DriftCount) -> Iterator[Organization]:
    """Yield an organization for each row, with every cell beside it.

    Args:
        grid: The table, with raw cells.
        account: The table's name.
        path: The file, for provenance.
        at: When it was read.
        drift: Counts words of status and role that are not known.
    """
    raw = grid.raw or [[] for _ in grid.lines]
    for row, key, line, cells in zip(_rows(grid), grid.keys, grid.lines, raw, strict=True):
        source = Source(
            vendor=TABLE,
            account=account,
            kind=KIND,
            id=key,
            operation="partners",
            page=1,
            request=f"READ {path}",
            pointer=f"/line/{line}",
            mapping=RULES.name,
            fetched_at=at,
        )
        yield _organization(row, source, dict(zip(grid.headings, cells, strict=True)), drift, grid.letters)


def profiles(grid: Grid, *, account: str) -> list[Profile]:
    """Return what the matcher reads of each row: the same as of `organizations`, but far quicker."""
    prefix = f"{TABLE}:{account}:{KIND}:"
    if _NAMED_ALONE.issuperset(grid.columns):
        pairs = zip(grid.keys, grid.columns["name"], strict=True)
        return [Profile(key=prefix + key, source=account, name=name) for key, name in pairs]
    return [_profile(row, prefix + key, account) for row, key in zip(_rows(grid), grid.keys, strict=True)]


_NAMED_ALONE: Final = frozenset({"id", "name", "status", "created_at"})
"""Columns beside which the matcher needs to read none."""


def _rows(grid: Grid) -> Iterator[dict[str, str]]:
    names = tuple(grid.columns)
    for values in zip(*grid.columns.values(), strict=True):
        yield {name: value for name, value in zip(names, values, strict=True) if value}


def _organization(
    row: dict[str, str], source: Source, cells: dict[str, str], drift: DriftCount, letters: Mapping[str, str]
) -> Organization:
    contact = Contact(name=row["contact"]) if "contact" in row else None
    identifiers = [
        Identifier(scheme=scheme, value=row[scheme]) for scheme in ("account_number", *REGISTERED) if scheme in row
    ]
    status, word, is_known = read_status(row["status"], letters) if "status" in row else (None, None, True)
    if not is_known:
        drift.unknown_values[f"status={word}"] += 1
    if "role" in row and _role(row) is None:
        drift.unknown_values[f"role={row['role']}"] += 1
    return Organization(
        source=source,
        id=row.get("id", source.id),
        role=_role(row),
        name=row.get("name"),
        aliases=_aliases(row),
        identifiers=tuple(identifiers),
        status=status,
        status_native=word,
        website=row.get("website"),
        email=row.get("email"),
        phone=row.get("phone"),
        address=_address(row),
        contacts=None if contact is None else (contact,),
        reference=row.get("reference"),
        created_at=read_time(row.get("created_at"), drift, field="created_at"),
        raw=freeze(cells),
    )


def _address(row: dict[str, str]) -> Address | None:
    parts = {
        "line1": row.get("street"),
        "line2": row.get("street2"),
        "city": row.get("city"),
        "region": row.get("region"),
        "postal_code": row.get("postal_code"),
        "country": row.get("country"),
    }
    return Address(**parts) if any(parts.values()) else None


def _role(row: dict[str, str]) -> Role | None:
    word = row.get("role", "")
    return Role.TENANT if word.casefold() == Role.TENANT else role_of(word)


def _aliases(row: dict[str, str]) -> tuple[str, ...]:
    return tuple(split_names(row["aliases"])) if "aliases" in row else ()


_PLACE: Final = frozenset({"street", "street2", "city", "region", "postal_code", "country"})


def _profile(row: dict[str, str], key: str, account: str) -> Profile:
    said: dict[str, Any] = {name: row[name] for name in ("name", "country") if name in row}
    said |= {plural: parts(row[name]) for name, (plural, parts) in _PLURALS.items() if name in row}
    if "aliases" in row:
        said["aliases"] = distinct_aliases(row.get("name", ""), _aliases(row))
    if "contact" in row:
        said["people"] = (Person(name=row["contact"]),)
    numbers = [(OUR_NUMBER, row[name]) for name in ("reference", "account_number") if name in row]
    strong = [(scheme, row[scheme]) for scheme in REGISTERED if scheme in row]
    if numbers or strong:
        said["identifiers"] = tuple(dict.fromkeys([*numbers, *strong]))
    if not _PLACE.isdisjoint(row):
        said["addresses"] = (_place(row),)
    return Profile(key=key, source=account, role=side_of(_role(row)), **said)


_PLURALS: Final[Mapping[str, tuple[str, Callable[[str], tuple[str, ...]]]]] = {
    "website": ("websites", parts_of),
    "email": ("emails", parts_of),
    "phone": ("phones", phone_parts),
}


def _place(row: dict[str, str]) -> PostalAddress:
    street = " ".join(row[part] for part in ("street", "street2") if part in row)
    return PostalAddress(
        street=street or None,
        city=row.get("city"),
        region=row.get("region"),
        postcode=row.get("postal_code"),
        country=row.get("country"),
    )
