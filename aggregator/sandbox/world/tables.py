"""The world as plain CSV files, for whoever measures a matcher on it."""

import csv
from collections.abc import Iterable, Sequence
from itertools import combinations
from pathlib import Path

from aggregator.sandbox.world.model import PLATFORMS, PartnerRecord
from aggregator.sandbox.world.world import World

RECORD_COLUMNS = (
    "id",
    "name",
    "website",
    "phone",
    "email",
    "contact",
    "account_number",
    "status",
    "business_id",
    "duplicate",
    "corruptions",
)
TRUTH_COLUMNS = ("a_id", "b_id", "business_id", "corruptions")


def write_tables(world: World, folder: Path) -> list[Path]:
    """Write `<left>-<right>/a.csv`, `b.csv` and `truth.csv` for every pair of platforms, and return the files.

    `corruptions` lists what was done to a record, or to either record of a true pair, separated by blanks.
    `business_id` is the truth: a matcher must not read it.
    """
    written = []
    for left, right in combinations(PLATFORMS, 2):
        home = folder / f"{left}-{right}"
        home.mkdir(parents=True, exist_ok=True)
        written += [
            _write(home / "a.csv", RECORD_COLUMNS, map(_row, world.records[left])),
            _write(home / "b.csv", RECORD_COLUMNS, map(_row, world.records[right])),
            _write(home / "truth.csv", TRUTH_COLUMNS, true_pairs(world, left, right)),
        ]
    return written


def true_pairs(world: World, left: str, right: str) -> Iterable[tuple[str, str, str, str]]:
    """Every pair of records of two platforms that are one business, duplicates included: ids, business, corruptions."""
    by_business: dict[str, list[PartnerRecord]] = {}
    for record in world.records[right]:
        by_business.setdefault(record.business_id, []).append(record)
    for record in world.records[left]:
        for other in by_business.get(record.business_id, ()):
            causes = sorted({*record.corruptions, *other.corruptions})
            yield record.native_id, other.native_id, record.business_id, " ".join(causes)


def _row(record: PartnerRecord) -> tuple[str, ...]:
    contact = f"{record.contact.first_name} {record.contact.last_name}" if record.contact else ""
    return (
        record.native_id,
        record.name,
        record.website or "",
        record.phone or "",
        record.email or "",
        contact,
        record.account_number or "",
        record.status,
        record.business_id,
        "yes" if record.duplicate else "",
        " ".join(record.corruptions),
    )


def _write(path: Path, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(columns)
        writer.writerows(rows)
    return path
