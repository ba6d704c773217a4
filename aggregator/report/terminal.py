"""A reconciliation as tables for a terminal: as wide as it is, and harmless whatever partners are called."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Final

from attrs import frozen
from rich.box import SIMPLE_HEAD
from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

from aggregator.reconcile import Partner, Reconciliation
from aggregator.reconcile.matching import ScoredPair
from aggregator.reconcile.record_links import RecordLinks
from aggregator.reconcile.tables import ACTIVITY, Cell, activity_of, visible
from aggregator.reconcile.wording import as_of, nothing_disagrees, told_forgiven

FIRST: Final = 10
"""Partners and pairs to review that are shown."""

_STYLES: Final = {"error": "bold red", "warning": "yellow", "info": "cyan"}
_GAP: Final = 3
"""Cells between two columns."""
_NAME: Final = 18
"""Cells that a partner's name gets at least."""
_HEADINGS: Final[Mapping[str, str]] = {
    "orders_last_7_days": "orders 7 d",
    "orders_last_30_days": "30 d",
    "orders_last_90_days": "90 d",
    "last_order_at": "last order",
    "open_orders": "open",
    "backordered_lines": "backordered",
    "rejected_lines": "rejected",
    "unallocated_lines": "unallocated",
    "approved_items": "items",
    "proposals_received_last_7_days": "proposals 7 d",
}


def print_tables(reconciliation: Reconciliation, console: Console, *, where: str) -> None:
    """Print how whole the lists are, then findings by severity, pairs to review, and partners.

    Args:
        reconciliation: What to print.
        console: Where; its width is kept to.
        where: In which words it is said where all rows are: "--out DIR writes all of them".
    """
    console.print(f"{as_of(reconciliation.taken_at)}:")
    console.print(_coverage(reconciliation))
    console.print(reconciliation.tally())
    forgiven = reconciliation.forgiven
    console.print(_findings(reconciliation) if reconciliation.findings else f"{nothing_disagrees(forgiven)}.")
    if forgiven:
        console.print(told_forgiven(forgiven))
    if reconciliation.review:
        console.print(_review(reconciliation))
        _say_more(console, len(reconciliation.review), where)
    if reconciliation.partners:
        console.print(_partners(reconciliation, console.width))
        _say_more(console, len(reconciliation.partners), where)


def _say_more(console: Console, count: int, where: str) -> None:
    if count > FIRST:
        console.print(Text(f"  … and {count - FIRST:,} more: {where}", style="dim"))


def _shown(text: str, style: str = "") -> Text:
    """A text on one line, which moves no cursor, changes no colour and turns no writing round."""
    return Text(visible(" ".join(text.split())), style=style)


def _table(title: str, *headings: str, right: Sequence[str] = (), wrapped: Sequence[str] = ()) -> Table:
    table = Table(
        title=Text(title, style="bold"),
        title_justify="left",
        box=SIMPLE_HEAD,
        pad_edge=False,
        padding=(0, _GAP - 1, 0, 0),
    )
    for heading in headings:
        table.add_column(
            Text(visible(heading)),
            justify="right" if heading in right else "left",
            overflow="fold" if heading in wrapped else "ellipsis",
            no_wrap=heading not in wrapped,
        )
    return table


def _coverage(reconciliation: Reconciliation) -> Table:
    table = _table("Are the lists whole?", "account", "partners", "whole", right=["partners"], wrapped=["whole"])
    for view in reconciliation.coverage:
        whole, when = view.proves_absence, view.told_time
        state = _shown(f"yes{when}", "green") if whole else _shown(f"NO{when}: {view.reason or 'not said'}", "bold red")
        table.add_row(_shown(str(view.account)), f"{len(view.entries):,}", state)
    return table


def _findings(reconciliation: Reconciliation) -> Table:
    table = _table(
        f"Findings ({len(reconciliation.findings):,})",
        *("severity", "kind", "how many", "for example"),
        right=["how many"],
        wrapped=["for example"],
    )
    for (severity, code), several in groupby(reconciliation.findings, key=lambda one: (one.severity, one.code)):
        group = list(several)
        style = _STYLES[severity.value]
        table.add_row(Text(severity.value, style=style), code, f"{len(group):,}", _shown(_cut(group[0].message)))
    return table


def _cut(text: str, longest: int = 300) -> str:
    return text if len(text) <= longest else f"{text[:longest]}…"


def _review(reconciliation: Reconciliation) -> Table:
    def called(key: str) -> Text:
        entry = reconciliation.entries[key]
        return _shown(f"{_cut(entry.name or entry.id, 80)} on {entry.account}")

    table = _table(
        f"To review ({len(reconciliation.review):,}), likeliest first",
        *("probability", "one record", "the other"),
        right=["probability"],
        wrapped=["one record", "the other"],
    )
    pairs: Sequence[ScoredPair] = reconciliation.review[:FIRST]
    for pair in pairs:
        table.add_row(f"{pair.probability:.2f}", called(pair.left), called(pair.right))
    return table


@frozen(kw_only=True)
class _Column:
    """A column that is shown where there is room; the lower its rank, the sooner."""

    heading: str
    cells: tuple[Text, ...]
    rank: int
    right: bool = False

    @property
    def width(self) -> int:
        return max(cell_len(visible(self.heading)), *(cell.cell_len for cell in self.cells))


def _partners(reconciliation: Reconciliation, width: int) -> Table:
    found = Counter(
        (finding.partner_id, finding.severity.value) for finding in reconciliation.findings if finding.partner_id
    )

    def gravest(partner: Partner) -> tuple[int, ...]:
        return tuple(-found[partner.id, word] for word in _STYLES)

    first = sorted(reconciliation.partners, key=gravest)[:FIRST]
    names = tuple(_shown(_cut(partner.name or "(no name)", 200)) for partner in first)
    columns = list(_columns(reconciliation, first, found))
    room = width - _GAP - 2  # the name's own gap, and a cell at either edge
    kept = _that_fit(columns, room - _NAME)
    title = f"Partners ({len(reconciliation.partners):,}), those with the gravest findings first"
    if len(kept) < len(columns):
        title += "; a wider terminal shows more columns"
    right = [column.heading for column in kept if column.right]
    table = _table(title, "partner", *(column.heading for column in kept), right=right)
    table.columns[0].max_width = room - sum(column.width + _GAP for column in kept)
    for shown, column in zip(table.columns[1:], kept, strict=True):
        shown.min_width = column.width
    for number, name in enumerate(names):
        table.add_row(name, *(column.cells[number] for column in kept))
    return table


def _that_fit(columns: Sequence[_Column], width: int) -> list[_Column]:
    left, kept = width, []
    for column in sorted(columns, key=lambda one: one.rank):
        left -= column.width + _GAP
        if left < 0:
            break
        kept.append(column)
    return [column for column in columns if column in kept]


def _columns(
    reconciliation: Reconciliation, partners: Sequence[Partner], found: Mapping[tuple[str, str], int]
) -> Iterator[_Column]:
    def column(heading: str, rank: int, cell: Callable[[Partner], Text], *, right: bool = False) -> _Column:
        return _Column(heading=heading, rank=rank, cells=tuple(map(cell, partners)), right=right)

    for view in reconciliation.coverage:
        label = view.account.label
        yield column(label, 1, lambda partner, label=label: _standing(partner, label, reconciliation.links))  # type: ignore[misc]
    for place, name in enumerate(ACTIVITY):
        if any(activity_of(entry, name) is not None for entry in reconciliation.entries.values()):
            yield column(
                _HEADINGS[name],
                2 + place,
                lambda partner, name=name: _active(partner, name),  # type: ignore[misc]
                right=True,
            )
    yield column("findings", 0, lambda partner: _tally(partner, found))


def _standing(partner: Partner, label: str, links: RecordLinks) -> Text:
    """How it stands there; terminals that can make it a link to the first record's page."""
    here = [entry for entry in partner.entries if entry.account.label == label]
    if not here:
        return Text("not there", style="dim")
    word = "there" if here[0].status is None else here[0].status.value
    page = links.page(here[0])
    return Text(word if len(here) == 1 else f"{word}, {len(here)} times", style=f"link {page}" if page else "")


def _active(partner: Partner, name: str) -> Text:
    known = [value for entry in partner.entries if (value := activity_of(entry, name)) is not None]
    return Text(_told(known)) if known else Text("-", style="dim")


def _told(known: Sequence[Cell]) -> str:
    if isinstance(known[0], str):
        return max(map(str, known))[:10]
    return f"{sum(one for one in known if isinstance(one, int)):,}"


def _tally(partner: Partner, found: Mapping[tuple[str, str], int]) -> Text:
    told = Text()
    for word, style in _STYLES.items():
        count = found.get((partner.id, word), 0)
        if count:
            told.append(", " if told else "").append(
                f"{count} {word}{'s' if count > 1 and word != 'info' else ''}", style
            )
    return told or Text("none", style="dim")
