"""Rows read into columns: which rows are partners, which column holds what, and what it says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from attrs import evolve, frozen

from adapters.table.cells.cleaned import cleaned_columns
from adapters.table.cells.flags import find_flags, statuses, with_state
from adapters.table.cells.other_names import with_first_names
from adapters.table.cells.places import with_places
from adapters.table.cells.status_words import letters
from adapters.table.cells.towns import part_towns, with_towns
from adapters.table.grid import Grid
from adapters.table.headings.addresses import without_false_addresses
from adapters.table.headings.columns import beside, choose_columns, identifying, no_name, shortened, told_apart
from adapters.table.headings.explanations import explains_headings
from adapters.table.headings.heading_rows import MOST_TITLES, Headings, find_headings, shape
from adapters.table.headings.id_column import numbered, with_id, without_counts
from adapters.table.headings.last_resort import first_names, last_candidates, names_of_others, with_last_resort
from adapters.table.headings.likely_id import with_likely_id
from adapters.table.headings.likely_name import beside_an_empty, may_hold_names, with_a_name
from adapters.table.headings.naming import with_names
from adapters.table.headings.roles import without_kinds
from adapters.table.keys import name_rows
from adapters.table.layout.beside import first_of_several
from adapters.table.layout.merged import filled_down, said_of
from adapters.table.layout.on_its_side import upright
from adapters.table.layout.row_names import with_row_names
from adapters.table.layout.whole_lines import parted
from adapters.table.row import Row, trimmed
from adapters.table.rows.foot import take_foot
from adapters.table.rows.groups import without_further_lines, without_groups
from adapters.table.rows.levels import require_one_level
from adapters.table.rows.remarks import take_remarks
from adapters.table.rows.sorter import Sorter
from adapters.table.rows.sums import may_be_sums
from aggregator.errors import ConfigurationError


@frozen(kw_only=True)
class _Usable:
    """Rows that can be used, partners or not.

    Attributes:
        rows: The rows.
        headings: All headings, without repetition.
        known: Those that stand there, as they are written.
        chosen: The column number of each field, as the headings say.
        remarks: What stood below the rows.
    """

    rows: list[Row]
    headings: list[str]
    known: list[str]
    chosen: Mapping[str, int]
    remarks: list[str]


@frozen(kw_only=True)
class _Partners:
    """Rows that are partners, and what the others were.

    Attributes:
        rows: The rows.
        chosen: The column number of each field, that of ids by what it holds.
        remarks: What stood below the rows.
        summed: Whether sums did.
        grouped: How many rows were headings or sums of groups.
        further_lines: How many went on with the partner above.
    """

    rows: list[Row]
    chosen: Mapping[str, int]
    remarks: list[str]
    summed: bool
    grouped: int
    further_lines: int


@frozen(kw_only=True)
class _Said:
    """What the partners' rows say.

    Attributes:
        columns: The cells of each field.
        chosen: The column number of each field.
        further: The numbers of further columns of a field.
        letters: What letters mean in the column of statuses.
    """

    columns: dict[str, list[str]]
    chosen: Mapping[str, int]
    further: Mapping[str, Sequence[int]]
    letters: Mapping[str, str]


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
    done: list[str] = []
    filled = Counter[int]()
    found, lacking = _found(rows, given, where, done, None if is_text else filled)
    known = trimmed(found.cells)
    # Under a single heading, a row of several cells has lost its headings.
    width = len(found.cells) if sum(map(bool, known)) > 1 else len(known)
    sorter = Sorter(width=width, where=where, headings=known)
    usable = _usable(found, sorter, known, given)
    done += said_of(filled, usable.headings)
    chosen = _chosen(usable, given, where, done, advice=_advice(known, is_text=is_text, more=found.more))
    partners = _partners(usable, chosen, sorter, given, done)
    said = _said(usable, partners, given, done)
    grid = Grid(
        columns=said.columns,
        further=said.further,
        lines=[row.line for row in partners.rows],
        headings=usable.headings,
        chosen=said.chosen,
        raw=[row.cells for row in partners.rows] if keep_raw else None,
        rejected=sorted(sorter.rejected, key=lambda one: int(one.pointer.rpartition("/")[2])),
        blank=len(sorter.blanks),
        headed=len(sorter.headed),
        summed=partners.summed,
        titles=found.titles,
        grouped=partners.grouped,
        further_lines=partners.further_lines,
        remarks=partners.remarks,
        letters=said.letters,
        done=done,
        has_ids="id" in said.chosen,
        lacking=lacking,
    )
    name_rows(grid)
    return grid


def _found(
    rows: Iterable[Row], given: Mapping[str, str], where: str, done: list[str], filled: Counter[int] | None
) -> tuple[Headings, str | None]:
    """Return the headings with the rows below them, and why these may not be the whole list.

    Args:
        rows: All rows.
        given: Field and heading, for columns that are not to be guessed.
        where: The table's name, for messages.
        done: Where to say what was passed by.
        filled: Where to count cells that are merged downwards; None for a text, which has none.
    """
    found = find_headings(upright(parted(rows)), where, given)
    known = trimmed(found.cells)
    below = found.below if filled is None else filled_down(found.below, filled)
    first = first_of_several(known, below, given)
    if first.lacking:
        done.append(first.lacking)
        return evolve(found, cells=first.headings, below=first.below), first.lacking
    if filled is not None:
        return evolve(found, below=first.below), None
    headings, below = with_row_names(known, first.below, given, done, where)
    return evolve(found, cells=headings if len(headings) > len(known) else found.cells, below=below), None


def _usable(found: Headings, sorter: Sorter, known: list[str], given: Mapping[str, str]) -> _Usable:
    """Return the rows below the headings that can be used, without those that are more headings."""
    chosen = choose_columns(told_apart(known), given, sorter.where)
    rows = _without_headings(list(sorter.usable(found.below)), sorter, found, chosen.get("name", 0))
    remarks = take_remarks(rows, sorter.blanks)
    headings = told_apart(known + [""] * _nameless(rows, len(known), sorter.width))
    return _Usable(rows=rows, headings=headings, known=known, chosen=chosen, remarks=remarks)


def _chosen(usable: _Usable, given: Mapping[str, str], where: str, done: list[str], *, advice: str) -> dict[str, int]:
    """Return the column number of each field, by what the cells are where the headings leave it open."""
    chosen, headings, rows = dict(usable.chosen), usable.headings, usable.rows
    if "name" not in given:
        chosen = with_a_name(chosen, headings, rows, done)
        if "name" not in chosen:
            chosen = with_last_resort(chosen, headings, rows, done)
        if "name" not in chosen:
            likely = _likely_names(headings, rows, chosen)
            raise no_name(told_apart(usable.known), where, likely, advice)
        chosen = with_names(chosen, headings, rows, given)
    _require_names_below(usable, chosen["name"], where)
    chosen = without_kinds(chosen, headings, rows, given)
    chosen = with_towns(with_places(chosen, headings, rows), headings, rows)
    return without_false_addresses(chosen, headings, rows, given)


def _likely_names(headings: Sequence[str], rows: Sequence[Row], chosen: Mapping[str, int]) -> list[str]:
    """Return the headings of columns that may hold the names: those that speak of a name, else what the cells say."""
    several = last_candidates(headings, rows, chosen.values())
    likely = may_hold_names(headings, rows, {*chosen.values(), *names_of_others(headings)})
    return [headings[at] for at in several] or ([likely] if likely else [])


def _require_names_below(usable: _Usable, name: int, where: str) -> None:
    """Make sure that the names stand below their heading, as they do not where a report has other columns than it."""
    found = beside_an_empty(usable.headings, usable.known, usable.rows, name)
    if found is not None:
        heading, place = shortened(usable.headings[name]), usable.headings[found]
        raise ConfigurationError(
            f"{where}: {heading} is empty in every row, and {place}, which has no heading, may hold the names.",
            hint="Write each heading above its cells.",
        )


def _partners(
    usable: _Usable, chosen: Mapping[str, int], sorter: Sorter, given: Mapping[str, str], done: list[str]
) -> _Partners:
    """Return the rows that are partners, and which column tells them apart."""
    ids = identifying(usable.headings)
    name = chosen["name"]
    rows = sorter.solved(usable.rows, {name, *ids.sure, *(chosen[field] for field in ("id",) if field in chosen)})
    numbers = numbered(chosen, ids)
    foot = take_foot(rows, chosen, numbers, sorter.blanks)
    if foot.total is None and may_be_sums(rows, chosen):
        sorter.set_aside(rows.pop(), "it may hold sums, which do not add up; delete it, or say more of the partner")
    headed = [line for line in sorter.headed if sorter.width > 1]
    apart = without_groups(rows, chosen, numbers, headed=headed, blanks=sorter.blanks, summed=foot.total is not None)
    for row in apart.doubtful:
        sorter.set_aside(row, "nothing but a name, as headings of groups have; delete it, or say more of the partner")
    done += _headings_said(apart.headings)
    kept = without_further_lines(apart.rows, chosen, numbers)
    further_lines = len(apart.rows) - len(kept)
    require_one_level(kept, foot.total, sorter.where)
    chosen = chosen if "id" in given else with_id(chosen, without_counts(ids, usable.headings, kept, done), kept)
    if "id" in chosen:
        kept = sorter.identified(kept, chosen["id"], name, shortened(usable.headings[chosen["id"]]))
    else:
        chosen = with_likely_id(chosen, usable.headings, kept, done)
    return _Partners(
        rows=kept,
        chosen=chosen,
        remarks=[*foot.remarks, *usable.remarks],
        summed=foot.total is not None,
        grouped=apart.passed,
        further_lines=further_lines,
    )


def _headings_said(headings: Sequence[str]) -> Iterator[str]:
    if headings:
        more = f" and {len(headings) - 1} more" if len(headings) > 1 else ""
        yield f"{shortened(headings[0])}{more} head groups, for nothing else stands in these rows"


def _said(usable: _Usable, partners: _Partners, given: Mapping[str, str], done: list[str]) -> _Said:
    """Return what the rows say; a column of yes and no may say how things stand with each."""
    rows, headings, chosen = partners.rows, usable.headings, dict(partners.chosen)
    further = beside(_once(usable.known, headings), chosen, given)
    if "status" not in chosen:
        chosen = with_state(chosen, headings, rows, given)
    columns = cleaned_columns(rows, chosen, further, done)
    if "city" not in given:
        columns = part_towns(columns, chosen, headings)
    first = None if "name" in given else first_names(headings, chosen)
    if first is not None:
        columns = with_first_names(columns, [row.cells[first] for row in rows])
        further = {**further, "name": [first]}
    known = letters(columns.get("status", ()))
    flags = [] if "status" in given else find_flags(headings, rows, chosen)
    if flags:
        columns["status"] = statuses(flags, rows, columns.get("status"), known)
        used = [chosen["status"]] if "status" in chosen else []
        used += [flag.column for flag in flags]
        chosen, further = {**chosen, "status": used[0]}, {**further, "status": used[1:]}
    return _Said(columns=columns, chosen=chosen, further=further, letters=known)


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


def _advice(named: Sequence[str], *, is_text: bool, more: bool) -> str:
    """Return what else to try where a single cell stands in the row that should hold the headings."""
    if len(named) > 1:
        return ""
    parts = ", or what parts the cells: --read delimiter=..." if is_text else ""
    rows = f"there are no headings among its first {MOST_TITLES + 1} rows, nor three that are known below"
    return f"{parts}; {rows}: delete those above them" if more else parts


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
