"""Values of workbooks and Parquet files, as text."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal
from math import isfinite
from typing import Final

# What Excel shows where a formula went wrong.
_EXCEL_ERRORS: Final = frozenset({"#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!"})


def as_text(value: object) -> str:
    """Return a cell as a person would write it: a whole number without ".0", times as ISO 8601, nothing as ""."""
    if value is None or (isinstance(value, str) and value in _EXCEL_ERRORS):
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float | Decimal):
        return _number(value)
    if isinstance(value, datetime | date | time):
        return _moment(value)
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    if isinstance(value, list | tuple):
        return "; ".join(map(as_text, value))
    return str(value)


def _number(value: float | Decimal) -> str:
    if not isfinite(value):  # what is no number is how programs write a blank among numbers
        return ""
    return str(int(value)) if value == int(value) else str(value)


def _moment(value: datetime | date | time) -> str:
    """Return a time as ISO 8601; Excel keeps a day as its midnight."""
    is_day = isinstance(value, datetime) and value.time() == time() and value.tzinfo is None
    return value.date().isoformat() if isinstance(value, datetime) and is_day else value.isoformat()
