"""A list of records that knows whether it is the whole list."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, Generic, TypeVar, overload

from attrs import field, frozen

from aggregator.model.coverage import Coverage, Drift, Rejected
from aggregator.model.record import Record
from aggregator.model.tuples import lists_as_tuples

R_co = TypeVar("R_co", bound=Record, covariant=True)

UNNAMED: Final = "listings"
"""The operation of an account that could not even say what it lists: it stands for all its lists of partners."""


@frozen(kw_only=True)
class ListingSource:
    """Which list this is: platform, account and operation."""

    vendor: str
    account: str
    operation: str

    def __str__(self) -> str:
        return f"{self.vendor} ({self.account}) {self.operation}"


@frozen(kw_only=True, eq=False, field_transformer=lists_as_tuples)
class Listing(Sequence[R_co], Generic[R_co]):
    """The records of one list, in the vendor's order, with their coverage.

    Attributes:
        source: Which list this is.
        records: Each record once, in the order of the last walk.
        coverage: Whether this is the whole list, and how we know.
        rejected: Rows that could not be read, the first 1,000 of each walk; `coverage.rejected` counts them all.
        drift: Where the answers differ from the documentation.
        error: The exception that cut the walk short, if one did (`coverage.failure` is its lasting form).
    """

    source: ListingSource
    records: tuple[R_co, ...] = field(repr=False)
    coverage: Coverage
    rejected: tuple[Rejected, ...] = ()
    drift: Drift = field(factory=Drift)
    error: Exception | None = field(default=None, repr=False)

    @overload
    def __getitem__(self, index: int) -> R_co: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[R_co]: ...
    def __getitem__(self, index: int | slice) -> R_co | Sequence[R_co]:
        return self.records[index]

    def __len__(self) -> int:
        return len(self.records)

    def __iter__(self) -> Iterator[R_co]:
        return iter(self.records)

    def __str__(self) -> str:
        return f"{self.source}: {self.coverage}"
