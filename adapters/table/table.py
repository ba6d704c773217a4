"""One file with partners of your own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Final

from attrs import Factory, field, frozen

from adapters.table.grid import Grid, read_grid
from adapters.table.mapping import VENDOR, organizations, profiles
from adapters.table.sheets import read_parquet, read_workbook
from adapters.table.text import Row, read_rows, read_text
from aggregator.adapter.steps import DriftCount
from aggregator.errors import ConfigurationError
from aggregator.model import Coverage, Listing, ListingSource, Organization, Rejected, StopReason
from aggregator.reconcile.collection import no_collection
from aggregator.reconcile.matching import Profile

SUFFIXES: Final = (".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".parquet", ".pq")
"""File names by which a table is known."""


@frozen(kw_only=True)
class Quick:
    """A table read for the matcher alone.

    Attributes:
        profiles: The rows.
        ids: The id of each profile whose key says more than it, because its id stands on several rows.
        columns: Which column holds what, in words.
        rejected: Rows that could not be used.
    """

    profiles: list[Profile]
    ids: Mapping[str, str]
    columns: str
    rejected: tuple[Rejected, ...]


@frozen(kw_only=True)
class Table:
    """A list of partners in a CSV, Excel or Parquet file.

    Attributes:
        path: The file.
        account: What to call it; the file's name without its suffix if not given.
        columns: Which heading holds which field, where guessing would go wrong: {"name": "Firma 1"}.
        encoding: Of a CSV file; by its byte-order mark, else UTF-8, else Windows-1252 if not given.
        delimiter: Of a CSV file; guessed if not given.
        sheet: Of a workbook; the first if not given.
    """

    path: Path = field(converter=Path)
    account: str = field(default=Factory(lambda self: self.path.stem, takes_self=True))
    columns: Mapping[str, str] = field(factory=dict)
    encoding: str | None = None
    delimiter: str | None = None
    sheet: str | None = None

    def listing(self) -> Listing[Organization]:
        """Read every row as an organization; rows that cannot be used are set aside with their line number.

        Raises:
            ConfigurationError: The file cannot be read, or no column looks like a name.
        """
        begun, drift = datetime.now(UTC), DriftCount()
        grid = self.grid(keep_raw=True)
        records = tuple(organizations(grid, account=self.account, path=str(self.path), at=begun, drift=drift))
        if grid.blank:
            drift.notes["a blank row, passed over"] += grid.blank
        if grid.repeated:
            drift.notes["a row with an id that an earlier row has; its line tells it apart"] += grid.repeated
        return Listing(
            source=ListingSource(vendor=VENDOR, account=self.account, operation="partners"),
            records=records,
            coverage=_coverage(grid, begun),
            rejected=tuple(grid.rejected),
            drift=drift.freeze(),
        )

    def quick(self) -> Quick:
        """Read every row for the matcher alone: quick enough for millions.

        Raises:
            ConfigurationError: The file cannot be read, or no column looks like a name.
        """
        with no_collection():
            grid = self.grid()
            made = profiles(grid, account=self.account)
        ids: dict[str, str] = {}
        if grid.repeated:
            pairs = zip(made, grid.columns["id"], strict=True)
            ids = {profile.key: record_id for profile, record_id in pairs if not profile.key.endswith(f":{record_id}")}
        return Quick(profiles=made, ids=ids, columns=explain_columns(grid), rejected=tuple(grid.rejected))

    def described(self) -> str:
        """Say which column holds what, and which are not used.

        Raises:
            ConfigurationError: The file cannot be read, or no column looks like a name.
        """
        return explain_columns(read_grid(islice(self._rows(), 1), self.columns, str(self.path), keep_raw=False))

    def grid(self, *, keep_raw: bool = False) -> Grid:
        """Read the columns that hold something we know.

        Args:
            keep_raw: Whether to keep every other cell as well.

        Raises:
            ConfigurationError: The file cannot be read, or no column looks like a name.
        """
        return read_grid(self._rows(), self.columns, str(self.path), keep_raw=keep_raw)

    def _rows(self) -> Iterable[Row]:
        suffix = self.path.suffix.casefold()
        if suffix in {".xlsx", ".xlsm"}:
            return read_workbook(self.path, self.sheet)
        if suffix in {".parquet", ".pq"}:
            return read_parquet(self.path)
        if suffix == ".xls":
            raise ConfigurationError(f"{self.path} is of an old Excel format.", hint="Save it as .xlsx or CSV.")
        text, _ = read_text(self.path, self.encoding)
        _, rows = read_rows(text, self.delimiter)
        return rows


def read_table(path: str | Path, *, columns: Mapping[str, str] | None = None) -> Listing[Organization]:
    """Return the partners in a CSV, Excel or Parquet file as a listing; further settings are those of `Table`.

    Raises:
        ConfigurationError: The file cannot be read, or no column looks like a name.
    """
    return Table(path=Path(path), columns=columns or {}).listing()


def explain_columns(grid: Grid) -> str:
    """Say in one line which column holds what, and which are not used."""
    used = ", ".join(f"{field} = {grid.headings[at]!r}" for field, at in grid.chosen.items())
    other = [heading for at, heading in enumerate(grid.headings) if at not in grid.chosen.values()]
    rest = f"; not used: {', '.join(map(repr, other))}" if other else ""
    return f"{used}{rest}"


def _coverage(grid: Grid, begun: datetime) -> Coverage:
    count, lost = len(grid), len(grid.rejected)
    return Coverage(
        complete=not lost,
        reason=f"{lost} {'row' if lost == 1 else 'rows'} could not be read" if lost else None,
        stop=StopReason.END,
        declared=None,
        received=count + lost,
        unique=count,
        rejected=lost,
        pages=1,
        started_at=begun,
        finished_at=datetime.now(UTC),
    )
