"""Rows read into columns: cells cleaned, rows numbered, and those that cannot be used set aside."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from html import unescape
from typing import Final

from adapters.table.cells.bare import with_bare_cells
from adapters.table.cells.flags import find_flags, statuses, with_state
from adapters.table.cells.nothing import said
from adapters.table.cells.other_names import with_other_names
from adapters.table.cells.places import part_places, with_house_numbers, with_places
from adapters.table.cells.status_words import letters
from adapters.table.fields import OWN_NUMBERS, REGISTERED
from adapters.table.files.on_its_side import upright
from adapters.table.files.text import Row, filled_in
from adapters.table.files.whole_lines import parted
from adapters.table.grid import Grid
from adapters.table.headings.addresses import without_false_addresses
from adapters.table.headings.columns import (
    MOST_TITLES,
    beside,
    choose_columns,
    identifying,
    no_name,
    shortened,
)
from adapters.table.headings.explanations import explains_headings
from adapters.table.headings.heading_rows import Headings, find_headings, shape
from adapters.table.headings.likely_name import may_hold_names, with_a_name
from adapters.table.headings.naming import holds_names, with_names
from adapters.table.keys import name_rows
from adapters.table.rows.groups import without_further_lines, without_groups
from adapters.table.rows.remarks import is_remark_in_parts, take_remarks
from adapters.table.rows.sorter import Sorter, trimmed
from adapters.table.rows.sums import has_sums

_BREAKS: Final = "\r\n\t"
_BREAK: Final = re.compile(r"\s*[\r\n\t]\s*")
"""A name that was broken to fit its cell is the same name."""

_ENTITY: Final = re.compile(r"&(?:#\d+|#[xX][\da-fA-F]+|[A-Za-z]+\d*);")
_WRITTEN_FOR_PAGES: Final = frozenset({"name", "aliases", "contact", "street", "street2", "city"})
"""Shops keep such texts as web pages need them: "Caf&eacute;"."""

_NO_NAME: Final = frozenset({"N/A", "n/a", "#N/A", "NULL", "null"})
"""What no business is called; two of them are not one."""

_MANY_NAMES: Final = 3
"""On the average; an id that stands on several rows of one business is still its id."""

_MARKS: Final = re.compile(r"[\W_]+")
_ALL_ALIKE: Final = re.compile(r"(?:[A-Za-z]{2})?(?:0+|(\d)\1{4,})|[Xx]+")
_ZEROS: Final = re.compile(r"0+")
_NOBODYS: Final = {
    **dict.fromkeys(REGISTERED, _ALL_ALIKE),
    **dict.fromkeys(("account_number", "reference", "phone"), _ZEROS),
}
"""What is typed where a number must be given and is not known: "000000000", "DE999999999", "XXXXX"."""

_FLOAT: Final = re.compile(r"\d+\.0")
_DIGITS: Final = frozenset({"account_number", "reference", "phone", "postal_code", *REGISTERED})
"""A column of whole numbers with blanks among them is written as 1001.0 by data frames."""


def read_grid(
    rows: Iterable[Row], given: Mapping[str, str], where: str, *, keep_raw: bool, is_text: bool = True
) -> Grid:
    """Read rows into columns; one of the first few that are not blank holds the headings.

    Args:
        rows: The rows.
        given: Field and heading, for columns that are not to be guessed.
        where: The table's name, for messages.
        keep_raw: Whether to keep every cell.
        is_text: Whether it is a text, whose cells have to be parted.

    Raises:
        ConfigurationError: There are no rows, or no column that looks like a name.
    """
    found = find_headings(upright(parted(rows)), where, given)
    named = trimmed(found.cells)
    chosen = choose_columns(_told_apart(named), given, where)
    # Under a single heading, a row of several cells has lost its headings.
    width = len(found.cells) if sum(map(bool, named)) > 1 else len(named)
    sorter = Sorter(width=width, where=where, headings=named)
    kept = _without_headings(list(sorter.usable(found.below)), sorter, found, chosen.get("name", 0))
    remarks = take_remarks(kept, sorter.blanks)
    headings = _told_apart(named + [""] * _nameless(kept, len(named), width))
    done: list[str] = []
    if "name" not in given:
        chosen = with_a_name(chosen, headings, kept, done)
        if "name" not in chosen:
            advice = _advice(named, is_text=is_text, more=found.more)
            raise no_name(_told_apart(named), where, may_hold_names(headings, kept, chosen.values()), advice)
        chosen = with_names(chosen, headings, kept, given)
    chosen = without_false_addresses(with_places(chosen, headings, kept), headings, kept, given)
    sure, possible = identifying(headings)
    kept = sorter.solved(kept, {chosen["name"], *sure, *(chosen[field] for field in ("id",) if field in chosen)})
    numbers = _numbered(chosen, sure, possible)
    summed, said = _without_foot(kept, chosen, numbers, sorter.blanks)
    remarks = [*said, *remarks]
    apart = [line for line in sorter.headed if width > 1]
    partners = without_groups(kept, chosen, numbers, headed=apart, blanks=sorter.blanks, summed=summed)
    grouped = len(kept) - len(partners)
    kept = without_further_lines(partners, chosen, numbers)
    further_lines = len(partners) - len(kept)
    if "id" not in given:
        chosen = _with_id(chosen, (sure, possible), kept)
    if "id" in chosen:
        kept = sorter.identified(kept, chosen["id"], chosen["name"], shortened(headings[chosen["id"]]))
    further = beside(_once(named, headings), chosen, given)
    if "status" not in chosen:
        chosen = with_state(chosen, headings, kept, given)
    columns = _columns(kept, chosen, further, done)
    known = letters(columns.get("status", ()))
    flags = [] if "status" in given else find_flags(headings, kept, chosen)
    if flags:
        columns["status"] = statuses(flags, kept, columns.get("status"), known)
        used = [chosen["status"]] if "status" in chosen else []
        used += [flag.column for flag in flags]
        chosen, further = {**chosen, "status": used[0]}, {**further, "status": used[1:]}
    grid = Grid(
        columns=columns,
        further=further,
        lines=[row.line for row in kept],
        headings=headings,
        chosen=chosen,
        raw=[row.cells for row in kept] if keep_raw else None,
        rejected=sorted(sorter.rejected, key=lambda one: int(one.pointer.rpartition("/")[2])),
        blank=len(sorter.blanks),
        headed=len(sorter.headed),
        summed=summed,
        titles=found.titles,
        grouped=grouped,
        further_lines=further_lines,
        remarks=remarks,
        letters=known,
        done=done,
        has_ids="id" in chosen,
    )
    name_rows(grid)
    return grid


def without_foot(rows: Sequence[Row]) -> list[Row]:
    """Return the rows of one of several sheets without the sums and the remarks below its list."""
    found = find_headings(iter(rows), "", {})
    below = [row for row in found.below if any(cell.strip() for cell in row.cells)]
    chosen = choose_columns(_told_apart(trimmed(found.cells)), {}, "")
    if not below or "name" not in chosen:
        return list(rows)
    width = max(len(row.cells) for row in (*below, Row(0, found.cells)))
    for row in below:
        row.cells.extend([""] * (width - len(row.cells)))
    kept = list(below)
    sure, possible = identifying(found.cells)
    numbers = _numbered(chosen, sure, possible)
    _without_foot(kept, chosen, numbers, [row.line for row in rows if not any(cell.strip() for cell in row.cells)])
    gone = {row.line for row in below} - {row.line for row in kept}
    return [row for row in rows if row.line not in gone]


def _numbered(chosen: Mapping[str, int], *numbering: Sequence[int]) -> set[int]:
    """Return the columns that may hold the number of a row: those chosen for one, and those whose headings say so."""
    return {at for field, at in chosen.items() if field in OWN_NUMBERS}.union(*numbering)


def _without_headings(rows: list[Row], sorter: Sorter, found: Headings, name: int) -> list[Row]:
    """Return the rows without one that explains the headings, and without the titles that each printed page repeats."""
    if rows and explains_headings(rows[0].cells, sorter.headings, name):
        sorter.headed.append(rows[0].line)
        rows = rows[1:]
    if not (found.above and sorter.headed):
        return rows
    pages = {row.line for row in rows if shape(row) in found.above}
    sorter.headed += sorted(pages)
    return [row for row in rows if row.line not in pages] if pages else rows


def _without_foot(
    rows: list[Row], chosen: Mapping[str, int], numbers: AbstractSet[int], blanks: Sequence[int]
) -> tuple[bool, list[str]]:
    """Take away the sums and the remarks below the list, in whatever order they stand; return whether and which."""
    summed = False
    said: list[str] = []
    columns = sorted(numbers - {chosen["name"]})
    while rows:
        if has_sums(rows, chosen, columns):
            rows.pop()
            summed = True
        elif len(rows) > 1 and is_remark_in_parts(rows[-1], chosen, numbers, len(rows) - 1):
            said.insert(0, ", ".join(filled_in(rows.pop())))
        elif more := take_remarks(rows, blanks):
            said = [*more, *said]
        else:
            break
    return summed, said


def _with_id(chosen: dict[str, int], columns: tuple[list[int], list[int]], rows: Sequence[Row]) -> dict[str, int]:
    """Choose the column that holds ids by what it holds too.

    In a list of connections "retailer id" may be one and the same in every row, and "code" may be a currency.
    """
    sure, possible = columns
    taken = {at for field, at in chosen.items() if field != "id"}
    rest = {field: at for field, at in chosen.items() if field != "id"}
    distinct = {at: {row.cells[at].strip() for row in rows} for at in (*sure, *possible) if at not in taken}
    found = [at for at in sure if at not in taken and len(distinct[at]) * 2 > len(rows)]
    alone = (at for at in possible if at not in taken and "" not in distinct[at] and len(distinct[at]) == len(rows))
    found += [at for at in alone if not holds_names(distinct[at])]  # beside a "Company", a "Vendor" may be a name
    further = (at for at in sure if at not in taken and not _is_of_many(at, chosen["name"], rows))
    at = found[0] if found else next(further, None)
    return rest if at is None else {"id": at, **rest}


def _is_of_many(column: int, name: int, rows: Sequence[Row]) -> bool:
    """Whether an id is the same for partners of many names: it is one's own company's, and tells nobody apart."""
    pairs = {(row.cells[column].strip(), row.cells[name].strip()) for row in rows}
    names = Counter(one for one, called in pairs if one and called)
    return len(names.keys()) > 0 and names.total() >= (2 if len(names) == 1 else _MANY_NAMES * len(names))


def _advice(named: Sequence[str], *, is_text: bool, more: bool) -> str:
    """Return what else to try where a single cell stands in the row that should hold the headings."""
    if len(named) > 1:
        return ""
    parts = ", or what parts the cells: --read delimiter=..." if is_text else ""
    further = f"; there are no headings among its first {MOST_TITLES + 1} rows: delete those above them" if more else ""
    return parts + further


def _nameless(rows: Sequence[Row], named: int, width: int) -> int:
    """Return in how many columns beyond those with a heading something stands; the others are taken from the rows."""
    if named == width:
        return 0
    used = max((len(trimmed(row.cells)) for row in rows), default=0)
    kept = max(named, used)
    for row in rows:
        del row.cells[kept:]
    return kept - named


def _once(named: Sequence[str], headings: Sequence[str]) -> list[str]:
    """Return the headings without those that repeat another: a second "name" is none that goes on, "Name 2" is."""
    return [told if at >= len(named) or named[at] == told else "" for at, told in enumerate(headings)]


def _told_apart(headings: Sequence[str]) -> list[str]:
    seen: Counter[str] = Counter()
    told = []
    for at, heading in enumerate(headings):
        name = heading or f"column {at + 1}"
        seen[name] += 1
        told.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return told


def _columns(
    rows: Sequence[Row], chosen: Mapping[str, int], further: Mapping[str, Sequence[int]], done: list[str]
) -> dict[str, list[str]]:
    """Return the cells of each field, those of several columns put together; what was done to names is said."""
    columns = {name: _column([row.cells[at] for row in rows], name) for name, at in chosen.items()}
    columns = with_bare_cells(columns, done)
    more = {
        name: [_column([row.cells[at] for row in rows], name) for at in several] for name, several in further.items()
    }
    for at, numbers in zip(further.get("street", ()), more.get("street", ()), strict=True):
        columns["street"] = with_house_numbers(columns["street"], numbers, before=at < chosen["street"])
    return with_other_names(part_places(columns, chosen), more)


def _column(cells: list[str], name: str) -> list[str]:
    bare = [cell.strip() for cell in cells]
    if name in _WRITTEN_FOR_PAGES and _ENTITY.search("".join(bare)):  # looked through once, for few lists have any
        bare = [unescape(cell) for cell in bare]
    if name == "name":
        whole = "".join(bare)
        bare = [_BREAK.sub(" ", cell) for cell in bare] if any(one in whole for one in _BREAKS) else bare
        return ["" if cell in _NO_NAME else cell for cell in bare]
    if name == "id":
        return bare
    if name in _DIGITS and any(bare) and all(map(_FLOAT.fullmatch, filter(None, bare))):
        bare = [cell.removesuffix(".0") for cell in bare]
    bare = list(map(said, bare))
    if name in _NOBODYS:
        bare = ["" if _NOBODYS[name].fullmatch(_MARKS.sub("", cell)) else cell for cell in bare]
    return bare
