"""Orders as a table, JSON Lines, CSV or Parquet, written as they come."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import IO, Final, Literal, TypeAlias

from aggregator.cli.streams import reader_has_gone
from aggregator.cli.terminal import clean
from aggregator.drafts import drafted, real
from aggregator.errors import ConfigurationError, NotWritable
from aggregator.halves import WHOLE, whole
from aggregator.model import Order
from aggregator.model.converter import to_json
from aggregator.reconcile.cells import CsvWriter, harmless

Form: TypeAlias = Literal["table", "jsonl", "csv", "parquet"]

COLUMNS: Final = (
    "vendor", "account", "id", "purchase_order", "created_at", "status", "retailer_id", "retailer", "supplier_ids",
    "suppliers", "lines", "line_statuses", "pieces", "cost",
)  # fmt: skip
_SHOWN: Final = (("purchase order", 22), ("created", 17), ("suppliers", 40), ("lines", 6), ("statuses", 30))
_BATCH: Final = 5_000
_PARQUET: Final = b"PAR1"
_LOOKED_AT: Final = 4_096
"""Bytes of an earlier file that are looked at."""


def row(order: Order) -> tuple[str | None, ...]:
    """Return an order in one row; amounts are texts, exact to the digit, several values are parted by "; "."""
    lines = order.line_items
    suppliers = [one.supplier for one in lines if one.supplier is not None]
    counted = [(one.cost, one.allocation.quantity_ordered) for one in lines if one.allocation is not None]
    sums = [cost * pieces for cost, pieces in counted if cost is not None and pieces is not None]
    known = [pieces for _, pieces in counted if pieces is not None]
    return (
        order.source.vendor,
        order.source.account,
        order.id,
        order.purchase_order,
        None if order.created_at is None else order.created_at.isoformat(),
        None if order.status is None else order.status.value,
        None if order.retailer is None else order.retailer.organization_id,
        None if order.retailer is None else order.retailer.name,
        _joined(one.organization_id for one in suppliers),
        _joined(one.name for one in suppliers),
        str(len(lines)),
        _joined(one.status.value if one.status else one.status_native for one in lines),
        str(sum(known)) if len(known) == len(lines) else None,
        str(sum(sums)) if len(sums) == len(lines) else None,
    )


def _joined(values: Iterable[str | None]) -> str:
    return "; ".join(dict.fromkeys(value for value in values if value))


def write(orders: Iterable[Order], form: Form, out: Path | None, *, kept: Callable[[], bool] = lambda: True) -> int:
    """Write orders as they come, and return how many there were.

    Args:
        orders: What to write.
        form: As what.
        out: The file, of which an earlier one is replaced once all is written; None for standard output.
        kept: Asked at the end whether what was written is worth a file.

    Raises:
        ConfigurationError: The file cannot be written, or Parquet is asked for without a file or its library.
    """
    if out is None:
        if form == "parquet":
            raise ConfigurationError("Parquet goes into a file.", hint="Name one with --out.")
        count = _WRITERS[form](_while_read(orders), sys.stdout)
        sys.stdout.flush()  # a reader that has gone is noticed here, before the state moves on
        return count
    try:
        with _replaced(out, kept) as place:
            return _parquet(orders, place) if form == "parquet" else _written(orders, form, place)
    except OSError as error:
        raise NotWritable(f"{out} cannot be written: {error.strerror or error}.", hint="Name another file.") from error


def _while_read(orders: Iterable[Order]) -> Iterator[Order]:
    """End where nobody reads any more: there may be millions of orders, each of them asked for."""
    for order in orders:
        yield order
        if reader_has_gone():
            return


@contextmanager
def _replaced(out: Path, kept: Callable[[], bool]) -> Iterator[Path]:
    """Yield what to write to; a run that fails leaves the file of the run before."""
    if out.exists() and not out.is_file():  # a pipe or a device has no place to take
        yield out
        return
    with drafted(real(out), kept=kept) as draft:  # a link stays one
        yield draft


def _written(orders: Iterable[Order], form: Form, place: Path) -> int:
    with place.open("w", encoding="utf-8", errors=WHOLE, newline="") as file:
        return _WRITERS[form](orders, file)


def begins_as_orders(path: Path) -> bool:
    """Whether a file is empty, or looks as one that was written here, in whatever form."""
    with path.open("rb") as file:
        start = file.read(_LOOKED_AT)
    if start.startswith(_PARQUET):
        return _columns_of(path) == COLUMNS
    if start.startswith(b'{"source":{'):
        return b'"kind":"order"' in start
    return not start or start.splitlines()[0].decode("utf-8", "replace") in {",".join(COLUMNS), _heading()}


def _columns_of(path: Path) -> tuple[str, ...]:
    try:
        from pyarrow import ArrowException  # noqa: PLC0415 - an extra
        from pyarrow.parquet import read_schema  # noqa: PLC0415
    except ModuleNotFoundError:
        return ()
    try:
        return tuple(read_schema(path).names)
    except ArrowException:
        return ()


def _json_lines(orders: Iterable[Order], file: IO[str]) -> int:
    count = 0
    for count, order in enumerate(orders, start=1):  # noqa: B007 - the count is wanted after the loop
        file.write(to_json(order) + "\n")
    return count


def _csv(orders: Iterable[Order], file: IO[str]) -> int:
    writer, count = CsvWriter(file), 0
    writer.writerow(COLUMNS)
    for count, order in enumerate(orders, start=1):  # noqa: B007 - the count is wanted after the loop
        writer.writerow([harmless(cell or "") for cell in row(order)])
    return count


def _table(orders: Iterable[Order], file: IO[str]) -> int:
    """Columns of a fixed width, so that the first line can be printed before the last has come."""
    count = 0
    file.write(_heading() + "\n")
    for count, order in enumerate(orders, start=1):  # noqa: B007 - the count is wanted after the loop
        said = dict(zip(COLUMNS, row(order), strict=True))
        created = (said["created_at"] or "?")[:16].replace("T", " ")
        number = said["purchase_order"] or order.id
        cells = (number, created, said["suppliers"] or "", said["lines"] or "", said["line_statuses"] or "")
        fitted = (_fitted(clean(cell), width) for cell, (_, width) in zip(cells, _SHOWN, strict=True))
        file.write("  ".join(fitted).rstrip() + "\n")
    return count


def _heading() -> str:
    return "  ".join(name.ljust(width) for name, width in _SHOWN).rstrip()


def _fitted(cell: str, width: int) -> str:
    return cell.ljust(width) if len(cell) <= width else f"{cell[: width - 1]}…"


_WRITERS: Final[dict[str, Callable[[Iterable[Order], IO[str]], int]]] = {
    "table": _table,
    "jsonl": _json_lines,
    "csv": _csv,
}


_TYPED: Final[dict[str, Callable[[str], object]]] = {"created_at": datetime.fromisoformat, "lines": int, "pieces": int}


def _parquet(orders: Iterable[Order], out: Path) -> int:
    try:
        import pyarrow as pa  # noqa: PLC0415 - an extra
        from pyarrow.parquet import ParquetWriter  # noqa: PLC0415
    except ModuleNotFoundError as error:
        hint = "Try: pip install 'connection-aggregator[parquet]'."
        raise ConfigurationError("pyarrow is not installed.", hint=hint) from error
    kinds = {"created_at": pa.timestamp("us", tz="UTC"), "lines": pa.int64(), "pieces": pa.int64()}
    schema, count = pa.schema([(name, kinds.get(name, pa.string())) for name in COLUMNS]), 0
    with ParquetWriter(out, schema) as writer:
        several = iter(orders)
        while batch := [row(one) for one in islice(several, _BATCH)]:
            count += len(batch)
            columns = zip(COLUMNS, zip(*batch, strict=True), strict=True)
            typed = {name: [_TYPED.get(name, whole)(one) if one else None for one in held] for name, held in columns}
            writer.write_table(pa.table(typed, schema=schema))
    return count
