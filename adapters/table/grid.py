"""A table read into columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from attrs import define, field

from aggregator.model import Rejected


@define(kw_only=True)
class Grid:
    """The usable rows of a table, column by column.

    Attributes:
        columns: The cells of each field, in the order of the rows; "" where nothing is said.
        lines: The line each row begins on, from 1.
        keys: What tells each row from the others: its id, with a digest of it where an id stands on several rows.
        headings: The table's own headings, without repetition.
        chosen: The column number of each field.
        further: The numbers of further columns of a field, whose cells are put together or go before the first's.
        raw: Every cell of each row; None unless asked for.
        rejected: Rows that cannot be used.
        blank: Rows without any text, or with lines drawn in it, which are passed over.
        headed: Rows that hold the headings once more, explain them, or repeat the titles above them; all passed over.
        grouped: Headings and sums of groups of rows, which are passed over.
        further_lines: Rows that go on with the partner above, which are passed over.
        summed: Whether the last row held sums, and was passed over.
        titles: Rows above the headings, which are passed over.
        remarks: What stands below the list and is no part of it, which is passed over.
        done: What was chosen or changed for what the cells hold, in words.
        repeated: Rows whose id another row has.
        unnumbered: Rows without an id, where a column holds ids; they are known by what they say.
        has_ids: Whether a column holds ids; else a row is known by what it says.
        letters: What letters in the column of statuses mean, where they are told by each other: A beside I.
        doubt: What had to be guessed to read the file, in words.
        lacking: Why the rows may not be the whole list; None if they are.
    """

    columns: dict[str, list[str]]
    lines: list[int]
    keys: list[str] = field(factory=list)
    headings: list[str]
    chosen: Mapping[str, int]
    raw: list[list[str]] | None
    rejected: list[Rejected]
    blank: int
    headed: int = 0
    grouped: int = 0
    further_lines: int = 0
    summed: bool = False
    further: Mapping[str, Sequence[int]] = field(factory=dict)
    titles: int = 0
    remarks: Sequence[str] = ()
    done: Sequence[str] = ()
    repeated: int = 0
    unnumbered: int = 0
    has_ids: bool = True
    letters: Mapping[str, str] = field(factory=dict)
    doubt: str | None = None
    lacking: str | None = None

    def __len__(self) -> int:
        return len(self.lines)
