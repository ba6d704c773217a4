"""A reconciliation as flat tables, for files, notebooks and data frames."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from html import escape
from typing import TYPE_CHECKING, Any, Final, Literal

from attrs import field, frozen

from aggregator.errors import ConfigurationError
from aggregator.halves import whole
from aggregator.model.activity import NUMBERS

if TYPE_CHECKING:
    from rich.table import Table as RichTable

    from aggregator.reconcile.entries import Entry
    from aggregator.reconcile.matching import ScoredPair
    from aggregator.reconcile.reconciliation import Reconciliation

TableName = Literal["partners", "findings", "matches", "review", "coverage"]
Cell = str | float | int | bool | None

_SHOWN: Final = 20


@frozen(kw_only=True, eq=False)
class Table:
    """Rows with named columns, which polars and pandas take as they are: `polars.DataFrame(table)`.

    Attributes:
        name: What the rows are.
        columns: Name of each column, and the type of its cells; any cell may be None.
        rows: The cells of each row, in the order of the columns, exactly as the platforms wrote them.
    """

    name: str
    columns: Mapping[str, type]
    rows: Sequence[Sequence[Cell]] = field(repr=False)

    def __len__(self) -> int:
        return len(self.rows)

    def to_arrow(self) -> Any:  # noqa: ANN401 - pyarrow is an extra
        """Return a pyarrow.Table, with U+FFFD for each half of a character, which Arrow cannot hold.

        Raises:
            ConfigurationError: pyarrow is not installed.
        """
        try:
            import pyarrow as pa  # noqa: PLC0415 - an extra
        except ImportError as error:
            raise ConfigurationError(
                "A data frame needs pyarrow.", hint="Install it: pip install 'connection-aggregator[report]'"
            ) from error
        kinds = {str: pa.string(), float: pa.float64(), int: pa.int64(), bool: pa.bool_()}
        schema = pa.schema([(name, kinds[kind]) for name, kind in self.columns.items()])
        columns = zip(*self.rows, strict=True) if self.rows else [() for _ in self.columns]
        arrays = [pa.array(list(map(_held, cells)), type=one.type) for cells, one in zip(columns, schema, strict=True)]
        return pa.Table.from_arrays(arrays, schema=schema)

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """Hand the rows over by the Arrow PyCapsule interface."""
        return self.to_arrow().__arrow_c_stream__(requested_schema)

    def __rich__(self) -> RichTable:
        from rich.table import Table as Shown  # noqa: PLC0415 - only where somebody looks
        from rich.text import Text  # noqa: PLC0415

        shown = Shown(title=f"{self.name} ({len(self):,})", title_justify="left")
        for name in self.columns:
            shown.add_column(name)
        for row in self.rows[:_SHOWN]:
            shown.add_row(*(Text(visible(cell)) for cell in row))
        return shown

    def _repr_html_(self) -> str:
        head = "".join(f"<th>{escape(name)}</th>" for name in self.columns)
        body = "".join(
            "<tr>" + "".join(f"<td>{escape(visible(cell))}</td>" for cell in row) + "</tr>"
            for row in self.rows[:_SHOWN]
        )
        more = f"<p>and {len(self) - _SHOWN:,} more</p>" if len(self) > _SHOWN else ""
        return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{more}"


def _held(cell: Cell) -> Cell:
    """A cell as Arrow can hold it."""
    return whole(cell) if isinstance(cell, str) else cell


def visible(cell: Cell) -> str:
    """Return a cell as people read it: nothing that moves a cursor or turns the direction of writing."""
    if cell is None:
        return ""
    text = f"{cell:.3f}" if isinstance(cell, float) else str(cell)
    return "".join(one if one.isprintable() else "\N{REPLACEMENT CHARACTER}" for one in text)


ACTIVITY: Final[Mapping[str, type]] = {name: str if name == "last_order_at" else int for name in NUMBERS}
"""The numbers of an activity that tables show."""
_PARTNERS: Final[Mapping[str, type]] = {
    **dict.fromkeys(("partner_id", "partner", "account", "id", "name", "role", "status", "status_native", "key"), str),
    **ACTIVITY,
    **dict.fromkeys(("record_page", "api_record"), str),
}
_FINDINGS: Final[Mapping[str, type]] = dict.fromkeys(
    ("severity", "code", "message", "partner_id", "accounts", "field", "values", "evidence", "records", "record_pages"),
    str,
)
_PAIRS: Final[Mapping[str, type]] = {
    "left": str,
    "right": str,
    "left_name": str,
    "right_name": str,
    "probability": float,
    "evidence": str,
    "left_page": str,
    "right_page": str,
}
_COVERAGE: Final[Mapping[str, type]] = {
    "account": str,
    "partners": int,
    "proves_absence": bool,
    "reason": str,
    "lists": str,
    "taken_at": str,
}


def make_table(reconciliation: Reconciliation, name: TableName) -> Table:
    """Return one table of a reconciliation.

    Raises:
        ValueError: There is no table of that name.
    """
    makers: Mapping[str, tuple[Mapping[str, type], Callable[[], Iterator[Sequence[Cell]]]]] = {
        "partners": (_PARTNERS, lambda: _partners(reconciliation)),
        "findings": (_FINDINGS, lambda: _findings(reconciliation)),
        "matches": (_PAIRS, lambda: _pairs(reconciliation, reconciliation.matches)),
        "review": (_PAIRS, lambda: _pairs(reconciliation, reconciliation.review)),
        "coverage": (_COVERAGE, lambda: _coverage(reconciliation)),
    }
    if name not in makers:
        raise ValueError(f"there is no table {name!r}; there are {', '.join(makers)}")
    columns, rows = makers[name]
    return Table(name=name, columns=columns, rows=tuple(rows()))


def _partners(reconciliation: Reconciliation) -> Iterator[Sequence[Cell]]:
    for partner in reconciliation.partners:
        for entry in partner.entries:
            yield (
                partner.id,
                partner.name,
                entry.account.label,
                entry.id,
                entry.name,
                entry.role and entry.role.value,
                entry.status and entry.status.value,
                entry.status_native,
                entry.key,
                *(activity_of(entry, name) for name in ACTIVITY),
                reconciliation.links.page(entry),
                reconciliation.links.api(entry),
            )


def activity_of(entry: Entry, name: str) -> Cell:
    """Return a number of an activity for all connections with a partner; None if it is unknown for any of them."""
    numbers = [None if one.activity is None else getattr(one.activity, name) for one in entry.connections]
    known = [one for one in numbers if one is not None]
    if name == "last_order_at":
        return max(known).isoformat() if known else None
    return sum(known) if known and len(known) == len(numbers) else None


def _findings(reconciliation: Reconciliation) -> Iterator[Sequence[Cell]]:
    pages = {
        key: page
        for view in reconciliation.coverage
        for entry in view.entries
        for key, record in zip(entry.record_keys, entry.records, strict=True)
        if (page := reconciliation.links.page(entry, record)) is not None
    }
    for finding in reconciliation.findings:
        yield (
            finding.severity.value,
            finding.code,
            finding.message,
            finding.partner_id,
            "; ".join(finding.accounts),
            finding.field,
            "; ".join(map(str, finding.claims)),
            "; ".join(finding.evidence),
            "; ".join(finding.records),
            "; ".join(pages[key] for key in finding.records if key in pages),
        )


def _pairs(reconciliation: Reconciliation, pairs: Sequence[ScoredPair]) -> Iterator[Sequence[Cell]]:
    entries = reconciliation.entries
    for pair in pairs:
        left, right = entries[pair.left], entries[pair.right]
        evidence = "; ".join(map(str, reconciliation.evidence[pair.left, pair.right]))
        pages = (reconciliation.links.page(left), reconciliation.links.page(right))
        yield pair.left, pair.right, left.name, right.name, round(pair.probability, 6), evidence, *pages


def _coverage(reconciliation: Reconciliation) -> Iterator[Sequence[Cell]]:
    for view in reconciliation.coverage:
        lists = "; ".join(f"{name}: {coverage}" for name, coverage in view.listings)
        taken_at = view.taken_at.isoformat()
        yield view.account.label, len(view.entries), view.proves_absence, view.reason, lists, taken_at
