"""One file with partners of your own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from attrs import Factory, field, frozen

from adapters.table.explanation import explain_columns, notes_on_rows
from adapters.table.files.contents import Contents
from adapters.table.files.encoding import decode
from adapters.table.files.guards import in_quotes, unguarded
from adapters.table.files.parquet import read_parquet
from adapters.table.files.ruled import read_report
from adapters.table.files.sheets import read_workbook
from adapters.table.files.text import read_rows
from adapters.table.grid import Grid
from adapters.table.mapping import organizations, profiles
from adapters.table.reading import read_grid
from aggregator.adapter.steps import DriftCount
from aggregator.devices import read_whole
from aggregator.errors import ConfigurationError
from aggregator.garbage import without_garbage_collection
from aggregator.model import Coverage, Listing, ListingSource, Organization, Rejected, StopReason
from aggregator.reconcile.entries import TABLE
from aggregator.reconcile.matching import Profile
from aggregator.reconcile.sources import readable

_WORKBOOKS: Final = (".xlsx", ".xlsm")
_PARQUET: Final = (".parquet", ".pq")

_WHERE: Final = {"encoding": "a CSV file", "delimiter": "a CSV file", "sheet": "a workbook"}
"""What has an encoding, and so on."""

_PARTED: Final = (
    "every row has more cells than the one heading: if they are parts of a name, --read delimiter=tab keeps it whole"
)


def _delimiter(given: str | None) -> str | None:
    named = {"tab": "\t", "\\t": "\t"}.get(given or "", given)
    if named is not None and len(named) != 1:
        raise ConfigurationError(f"{given!r} cannot part the cells of a row.", hint="One character does, or tab.")
    return named


@frozen(kw_only=True)
class Listed:
    """A table of which every row was read as an organization.

    Attributes:
        listing: The rows.
        columns: Which column holds what, in words.
    """

    listing: Listing[Organization]
    columns: str


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
        delimiter: Of a CSV file, one character or "tab"; guessed if not given.
        sheet: Of a workbook; if not given, the likeliest of those that are not hidden, with those that go on with it.

    Raises:
        ConfigurationError: The delimiter is not one character.
    """

    path: Path = field(converter=Path)
    account: str = field(default=Factory(lambda self: readable(self.path.stem), takes_self=True))
    columns: Mapping[str, str] = field(factory=dict)
    encoding: str | None = None
    delimiter: str | None = field(default=None, converter=_delimiter)
    sheet: str | None = None
    _held: list[bytes] = field(factory=list, init=False, repr=False, eq=False)

    def listing(self) -> Listing[Organization]:
        """Read every row as an organization; rows that cannot be used are set aside with their line number.

        Raises:
            ConfigurationError: The file cannot be read, or no column looks like a name.
        """
        return self.read().listing

    def read(self) -> Listed:
        """Read every row as an organization, as `listing` does, and say which column holds what, as `described` does.

        Raises:
            ConfigurationError: The file cannot be read, or no column looks like a name.
        """
        begun, drift = datetime.now(UTC), DriftCount()
        grid = self.grid(keep_raw=True)
        records = tuple(organizations(grid, account=self.account, path=readable(self.path), at=begun, drift=drift))
        if grid.doubt:
            drift.notes[grid.doubt] += 1
        for note, count in notes_on_rows(grid):
            if count:
                drift.notes[note] += count
        listing = Listing(
            source=ListingSource(vendor=TABLE, account=self.account, operation="partners"),
            records=records,
            coverage=_coverage(grid, begun),
            rejected=tuple(grid.rejected),
            drift=drift.freeze(),
        )
        return Listed(listing=listing, columns=explain_columns(grid))

    def quick(self) -> Quick:
        """Read every row for the matcher alone: quick enough for millions.

        Raises:
            ConfigurationError: The file cannot be read, or no column looks like a name.
        """
        with without_garbage_collection():
            grid = self.grid()
            made = profiles(grid, account=self.account)
        ids: dict[str, str] = {}
        if grid.repeated:
            pairs = zip(made, grid.columns["id"], strict=True)
            ids = {profile.key: record_id for profile, record_id in pairs if not profile.key.endswith(f":{record_id}")}
        return Quick(profiles=made, ids=ids, columns=explain_columns(grid), rejected=tuple(grid.rejected))

    def described(self) -> str:
        """Say which column holds what, which are not used, and what had to be guessed to read it.

        Raises:
            ConfigurationError: The file cannot be read, or no column looks like a name.
        """
        return explain_columns(self.grid())

    def grid(self, *, keep_raw: bool = False) -> Grid:
        """Read the columns that hold something we know.

        Args:
            keep_raw: Whether to keep every other cell as well.

        Raises:
            ConfigurationError: The file cannot be read, or no column looks like a name.
        """
        rows, doubt, lacking = self._contents()
        try:
            grid = read_grid(rows, self.columns, readable(self.path), keep_raw=keep_raw, is_text=self._is_text)
        except ConfigurationError as error:
            if doubt is None:
                raise
            raise ConfigurationError(error.message, hint=f"{error.hint} ({doubt})".strip()) from error
        doubts = (doubt, *self._passed_over(), _PARTED if self._is_text and self._parts_names(grid) else None)
        grid.doubt = "; ".join(filter(None, doubts)) or None
        grid.lacking = "; ".join(filter(None, (lacking, grid.lacking))) or None
        return grid

    @property
    def _is_text(self) -> bool:
        return self.path.suffix.casefold() not in {*_WORKBOOKS, *_PARQUET}

    def _passed_over(self) -> Iterator[str]:
        """Say which ways of reading were given that say nothing of a file of this kind."""
        suffix = self.path.suffix.casefold()
        heeded = {"encoding": self._is_text, "delimiter": self._is_text, "sheet": suffix in _WORKBOOKS}
        for name, is_heeded in heeded.items():
            if getattr(self, name) is not None and not is_heeded:
                yield f"the {name} that was given is passed over: {_WHERE[name]} has one, and no {suffix} file"

    def _parts_names(self, grid: Grid) -> bool:
        """Whether every row was parted below a single heading, maybe at the commas of names."""
        return self.delimiter is None and bool(grid.rejected) and not len(grid) and len(grid.headings) == 1

    def _contents(self) -> Contents:
        suffix = self.path.suffix.casefold()
        if suffix in _WORKBOOKS:
            return read_workbook(self.path, self.sheet, list(self.columns.values()))
        if suffix in _PARQUET:
            return read_parquet(self.path)
        if suffix == ".xls":
            raise ConfigurationError(f"{self.path} is of an old Excel format.", hint="Save it as .xlsx or CSV.")
        text, doubt = decode(self._bytes(), self.encoding, str(self.path))
        report = read_report(text, readable(self.path)) if self.delimiter is None else None
        return Contents(report or unguarded(text, read_rows(in_quotes(text), self.delimiter)), doubt)

    def _bytes(self) -> bytes:
        """A file is read anew each time; a pipe can be read once only."""
        if self._held:
            return self._held[0]
        try:
            data = read_whole(self.path)
        except OSError as error:
            raise ConfigurationError(f"{self.path} cannot be read: {error.strerror}.") from error
        if not self.path.is_file():
            self._held.append(data)
        return data


def read_table(path: str | Path, *, columns: Mapping[str, str] | None = None) -> Listing[Organization]:
    """Return the partners in a CSV, Excel or Parquet file as a listing; further settings are those of `Table`.

    Raises:
        ConfigurationError: The file cannot be read, or no column looks like a name.
    """
    return Table(path=Path(path), columns=columns or {}).listing()


def _coverage(grid: Grid, begun: datetime) -> Coverage:
    count, lost = len(grid), len(grid.rejected)
    reasons = [f"{lost} {'row' if lost == 1 else 'rows'} could not be read"] if lost else []
    reasons += [grid.lacking] if grid.lacking else []
    return Coverage(
        complete=not reasons,
        reason="; ".join(reasons) or None,
        stop=StopReason.END,
        declared=None,
        received=count + lost,
        unique=count,
        rejected=lost,
        pages=1,
        started_at=begun,
        finished_at=datetime.now(UTC),
    )
