"""Rows of Parquet files, as text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from adapters.table.files.contents import Contents
from adapters.table.files.extras import missing
from adapters.table.files.values import as_text
from adapters.table.headings.columns import shortened
from adapters.table.row import Row
from aggregator.errors import ConfigurationError


def read_parquet(path: Path) -> Contents:
    """Return what a Parquet file holds; each field of a record in a cell is a column of its own, "address.city".

    Lists of records and maps have no place in a row: their columns are left out, which is said.

    Raises:
        ConfigurationError: It is no Parquet file, or pyarrow is not installed.
    """
    try:
        from pyarrow import ArrowException, parquet  # noqa: PLC0415 - an extra
    except ModuleNotFoundError as error:
        raise missing(path, "Parquet files", "pyarrow", "parquet") from error
    try:
        _require_different(parquet.read_schema(path).names, path)  # the columns of these are not told apart
        table = _flat(parquet.read_table(path, use_threads=False))
    except (OSError, ValueError, ArrowException) as error:
        raise ConfigurationError(f"{path} is no Parquet file ({error}).", hint="Save it as CSV.") from error
    _require_different(table.column_names, path)
    nested = [field.name for field in table.schema if not _is_plain(field.type)]
    table = table.drop_columns(nested)
    names = table.column_names
    columns = [_values(column, f"{path}, column {name!r}") for name, column in zip(names, table.columns, strict=True)]
    left_out = f"left out, for lists of records and maps are no cells: {', '.join(map(shortened, nested))}"
    return Contents(_rows([tuple(names), *zip(*columns, strict=True)]), left_out if nested else None)


def _require_different(names: Sequence[str], path: Path) -> None:
    if len(set(names)) < len(names):
        raise ConfigurationError(f"{path} has two columns of one name.", hint="Rename one of them.")


def _flat(table: Any) -> Any:  # noqa: ANN401 - pyarrow has no types
    """Return a table with each field of its records as a column, called by both names."""
    from pyarrow.types import is_struct  # noqa: PLC0415 - an extra

    while any(is_struct(kind) for kind in table.schema.types):
        table = table.flatten()
    return table


def _is_plain(kind: Any) -> bool:  # noqa: ANN401 - pyarrow has no types
    """Whether the values of a column are single ones, or lists of such: "ann@acme.example; bo@acme.example"."""
    from pyarrow import types  # noqa: PLC0415 - an extra

    if not types.is_nested(kind):
        return True
    return not (types.is_map(kind) or types.is_struct(kind) or types.is_union(kind)) and _is_plain(kind.value_type)


def _values(column: Any, where: str) -> list[object]:  # noqa: ANN401 - pyarrow has no types
    """Return the cells of a column; times that Python has no word for, as nanoseconds or the year 20,000, as text."""
    from pyarrow import ArrowException, int64, string  # noqa: PLC0415 - an extra

    problem: Exception | None = None
    for kind in (None, string(), int64()):
        try:
            return list((column if kind is None else column.cast(kind)).to_pylist())
        except (ValueError, OverflowError, KeyError, ArrowException) as error:  # of an unknown zone, a KeyError
            problem = error
    raise ConfigurationError(f"{where}, cannot be read ({problem}).", hint="Save it as text, or as CSV.")


def _rows(rows: Iterable[tuple[object, ...]]) -> Iterator[Row]:
    for line, cells in enumerate(rows, start=1):
        yield Row(line, list(map(as_text, cells)))
