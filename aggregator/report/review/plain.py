"""What the page of a review shows, as plain values."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from aggregator.reconcile import Ruling
from aggregator.reconcile.wording import minute
from aggregator.report.review.kept import KeptEntry
from aggregator.report.review.standing import Standing


def plain_rulings(rows: Iterable[Ruling], standing: Standing) -> list[dict[str, Any]]:
    """Return rows of decisions, with what their records are called."""
    return [_plain_ruling(row, standing) for row in rows]


def _plain_ruling(row: Ruling, standing: Standing) -> dict[str, Any]:
    return {
        "left": row.left,
        "right": row.right,
        "left_called": _called_in(standing, row.left),
        "right_called": _called_in(standing, row.right),
        "verdict": row.verdict.value,
        "by": row.by,
        "at": _moment(row.at),
        "why": row.why,
    }


def _called_in(standing: Standing, name: str) -> str:
    """What a row of a decisions file names, in words; the name itself where no record has it."""
    entry = standing.named(name)
    return name if entry is None else called(entry)


def _moment(at: datetime | date | None) -> str:
    if isinstance(at, datetime):
        return minute(at)
    return "" if at is None else at.isoformat()


def called(entry: KeptEntry) -> str:
    """Return what a record is called, and on which account."""
    return f"{entry.name or entry.id} on {entry.account}"


def plain_side(key: str, partner: Iterable[KeptEntry]) -> dict[str, Any]:
    """Return one side of a question: the record that is asked about, and behind it the others of its business."""
    entries = sorted(partner, key=lambda entry: entry.key != key)
    return {
        "key": key,
        "entries": [
            {"account": str(one.account), "key": one.key, "fields": dict(one.fields), "page": one.page}
            for one in entries
        ],
    }
