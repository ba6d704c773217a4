"""Rows read into columns: cells cleaned, rows numbered, and those that cannot be used set aside."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from html import unescape
from itertools import chain
from typing import Final

from adapters.table.addresses import without_false_addresses
from adapters.table.cells import with_bare_cells
from adapters.table.columns import (
    MOST_TITLES,
    beside,
    choose_columns,
    has_a_name,
    identifying,
    looks_like,
    shortened,
)
from adapters.table.flags import find_flag, says_status, statuses
from adapters.table.grid import Grid
from adapters.table.groups import without_groups
from adapters.table.keys import name_rows
from adapters.table.loosely import says_what_to_fill_in
from adapters.table.naming import holds_names, with_names
from adapters.table.nothing import said
from adapters.table.other_names import with_other_names
from adapters.table.places import part_places, with_house_numbers, with_places
from adapters.table.sorter import Sorter, trimmed
from adapters.table.text import Row
from adapters.table.totals import has_sums, take_remarks
from aggregator.errors import ConfigurationError

_NUMBERS: Final = frozenset({"id", "account_number", "reference"})
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
    **dict.fromkeys(("vat", "tax_id", "duns", "gln", "lei"), _ALL_ALIKE),
    **dict.fromkeys(("account_number", "reference", "phone"), _ZEROS),
}
"""What is typed where a number must be given and is not known: "000000000", "DE999999999", "XXXXX"."""

_FLOAT: Final = re.compile(r"\d+\.0")
_DIGITS: Final = frozenset({"account_number", "reference", "phone", "postal_code", "vat", "tax_id", "duns", "gln"})
"""A column of whole numbers with blanks among them is written as 1001.0 by data frames."""


def read_grid(
    rows: Iterable[Row], given: Mapping[str, str], where: str, *, keep_raw: bool, is_text: bool = True
) -> Grid:
    """Read rows into columns; the first that is not blank holds the headings.

    Args:
        rows: The rows.
        given: Field and heading, for columns that are not to be guessed.
        where: The table's name, for messages.
        keep_raw: Whether to keep every cell.
        is_text: Whether it is a text, whose cells have to be parted.

    Raises:
        ConfigurationError: There are no rows, or no column that looks like a name.
    """
    titles, first, rest, more = _headings(iter(rows), where, given)
    named = trimmed(first)
    chosen = choose_columns(_told_apart(named), given, where, _advice(named, is_text=is_text, more=more))
    # Under a single heading, a row of several cells has lost its headings.
    width = len(first) if sum(map(bool, named)) > 1 else len(named)
    sorter = Sorter(width=width, where=where, headings=named)
    kept = list(sorter.usable(rest))
    if kept and says_what_to_fill_in(kept[0].cells):
        kept.pop(0)
        sorter.headed += 1
    remarks = take_remarks(kept, sorter.blanks)
    headings = _told_apart(named + [""] * _nameless(kept, len(named), width))
    if "name" not in given:
        chosen = with_names(chosen, headings, kept, given)
    chosen = without_false_addresses(with_places(chosen, headings, kept), headings, kept, given)
    sure, possible = identifying(headings)
    kept = sorter.solved(kept, {chosen["name"], *sure, *(chosen[field] for field in ("id",) if field in chosen)})
    numbers = {at for field, at in chosen.items() if field in _NUMBERS} | {*sure, *possible}
    summed = has_sums(kept, chosen, sorted(numbers - {chosen["name"]}))
    if summed:
        kept.pop()
        remarks = [*take_remarks(kept, sorter.blanks), *remarks]
    partners = without_groups(kept, chosen, numbers, summed=summed)
    grouped, kept = len(kept) - len(partners), partners
    if "id" not in given:
        chosen = _with_id(chosen, (sure, possible), kept)
    if "id" in chosen:
        kept = sorter.identified(kept, chosen["id"], shortened(headings[chosen["id"]]))
    further = beside(_once(named, headings), chosen, given)
    if "status" not in chosen and "region" not in given and says_status(chosen, headings, kept):
        chosen = {("status" if field == "region" else field): at for field, at in chosen.items()}
    flag = None if "status" in chosen else find_flag(headings, kept)
    done: list[str] = []
    columns = _columns(kept, chosen, further, done)
    if flag is not None:
        chosen = {**chosen, "status": flag.column}
        columns["status"] = statuses(flag, kept)
    grid = Grid(
        columns=columns,
        further=further,
        lines=[row.line for row in kept],
        headings=headings,
        chosen=chosen,
        raw=[row.cells for row in kept] if keep_raw else None,
        rejected=sorted(sorter.rejected, key=lambda one: int(one.pointer.rpartition("/")[2])),
        blank=len(sorter.blanks),
        headed=sorter.headed,
        summed=summed,
        titles=titles,
        grouped=grouped,
        remarks=remarks,
        done=done,
        has_ids="id" in chosen,
    )
    name_rows(grid)
    return grid


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


def _headings(
    stream: Iterator[Row], where: str, given: Mapping[str, str]
) -> tuple[int, list[str], Iterator[Row], bool]:
    """Return how many rows stand above the headings, the headings, the rows below, and whether not all were looked at.

    Titles, dates and names of groups of columns may stand above: the headings are the row of the first few in which
    most cells are known to be one.
    """
    begun: list[Row] = []
    filled: list[int] = []
    for row in stream:
        if any(cell.strip() for cell in row.cells):
            filled.append(len(begun))
        elif row.error is None and not row.unsolved:
            row.cells.clear()  # there may be a million of them, formatted and blank
        begun.append(row)
        if len(filled) > MOST_TITLES:
            break
    if not filled:
        raise ConfigurationError(f"{where} is empty.", hint="Its first row must be headings, one of them 'name'.")
    number = _likeliest([begun[at].cells for at in filled], set(given.values()))
    row, below = begun[filled[number]], begun[filled[number] + 1 :]
    if row.error is not None:
        raise ConfigurationError(f"{where}, line {row.line}: {row.error}.", hint="It should hold the headings.")
    return number, row.cells, chain(below, stream), len(filled) > MOST_TITLES


def _likeliest(rows: Sequence[Sequence[str]], given: AbstractSet[str]) -> int:
    """Return which row holds the headings: one that was given, else most that are known, a name among them."""
    filled = [[cell.strip() for cell in row if cell.strip()] for row in rows]
    best, most = None, 0
    for number, cells in enumerate(filled):
        if not given.isdisjoint(cells):
            return number
        known = looks_like(cells) if has_a_name(cells) else 0
        # A single word that is known may be a partner's name, "Supplier, Inc.", and counts only if it is the first.
        is_first = number == 0 or (
            best is None and len(cells) > 1 and all(len(above) == 1 for above in filled[:number])
        )
        if known > max(most, 1) or (known and is_first):
            best, most = number, known
    if best is not None:
        return best
    return next((number for number, cells in enumerate(filled) if len(cells) > 1), 0)


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
