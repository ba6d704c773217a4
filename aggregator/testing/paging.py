"""The dialects in which platforms page their lists, as a fake platform speaks them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Literal, Protocol

from attrs import field, frozen

Question = Mapping[str, Any]


@frozen(kw_only=True)
class Slice:
    """The rows of one page, and what the platform says along with them.

    Attributes:
        rows: The page's rows.
        total: How many rows the list holds, or the rest of it in a scan by id.
        page_count: How many pages.
        following: What asks for the next page: its number, its offset or a cursor; None on the last.
    """

    rows: Sequence[Any]
    total: int
    page_count: int = 1
    following: int | str | None = None


class Paging(Protocol):
    """Cuts a list into pages, as one kind of platform does.

    Attributes:
        parameters: The names by which a page is asked for.
        follows_numbers: The next page can be told from the number of this one.
    """

    @property
    def parameters(self) -> tuple[str, ...]: ...

    def cut(self, rows: Sequence[Any], asked: Question, size: int) -> Slice | None:
        """Return the page that is asked for; None if there is no such page."""


@frozen(kw_only=True)
class Whole:
    """The list comes in one answer."""

    parameters: tuple[str, ...] = ()

    def cut(self, rows: Sequence[Any], asked: Question, size: int) -> Slice | None:
        """Return everything."""
        del asked, size
        return Slice(rows=rows, total=len(rows))


@frozen(kw_only=True)
class Numbered:
    """Pages by number, from 1.

    Attributes:
        parameter: The name by which a number is asked for.
        past_the_end: What comes after the last page: an empty page, or status 404.
    """

    parameter: str = "page"
    past_the_end: Literal["empty", "404"] = "empty"

    @property
    def parameters(self) -> tuple[str, ...]:
        """The number alone."""
        return (self.parameter,)

    def cut(self, rows: Sequence[Any], asked: Question, size: int) -> Slice | None:
        """Return the page of this number."""
        number, count = int(asked.get(self.parameter, 1)), max(1, -(-len(rows) // size))
        if number < 1 or (number > count and self.past_the_end == "404"):
            return None
        following = number + 1 if number < count else None
        chosen = rows[(number - 1) * size : number * size]
        return Slice(rows=chosen, total=len(rows), page_count=count, following=following)


@frozen(kw_only=True)
class Offset:
    """Pages by the offset of their first row and a count."""

    start: str = "start"
    limit: str = "limit"

    @property
    def parameters(self) -> tuple[str, ...]:
        """Offset and count."""
        return (self.start, self.limit)

    def cut(self, rows: Sequence[Any], asked: Question, size: int) -> Slice | None:
        """Return rows from the offset on, no more than asked for."""
        start = int(asked.get(self.start, 0))
        end = start + min(size, int(asked.get(self.limit, size)))
        following = end if end < len(rows) else None
        return Slice(rows=rows[start:end], total=len(rows), following=following)


@frozen(kw_only=True)
class AfterId:
    """A scan in the order of the ids: rows after the last id seen; the total is that of the rest."""

    parameter: str
    row_id: Callable[[Any], object] = field(repr=False)

    @property
    def parameters(self) -> tuple[str, ...]:
        """The id alone."""
        return (self.parameter,)

    def cut(self, rows: Sequence[Any], asked: Question, size: int) -> Slice | None:
        """Return the rows after an id."""
        after = str(asked.get(self.parameter, ""))
        left = sorted((row for row in rows if self._key(row) > after), key=self._key)
        following = self._key(left[size - 1]) if len(left) > size else None
        return Slice(rows=left[:size], total=len(left), page_count=-(-len(left) // size), following=following)

    def _key(self, row: Any) -> str:  # noqa: ANN401 - raw payload
        # A row without an id stands where it would if the platform had forgotten to write it.
        found = row.get("__place__", self.row_id(row)) if isinstance(row, dict) else "~"
        return str(found)


@frozen(kw_only=True)
class ByCursor:
    """Pages by an opaque cursor, which each answer gives for the next."""

    parameter: str = "cursor"

    @property
    def parameters(self) -> tuple[str, ...]:
        """The cursor alone."""
        return (self.parameter,)

    def cut(self, rows: Sequence[Any], asked: Question, size: int) -> Slice | None:
        """Return the page the cursor leads to."""
        text = str(asked.get(self.parameter) or "c0")
        if not (text.startswith("c") and text[1:].isdecimal()):
            return None
        start = int(text[1:])
        following = f"c{start + size}" if start + size < len(rows) else None
        return Slice(rows=rows[start : start + size], total=len(rows), following=following)
