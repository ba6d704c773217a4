"""`aggregator vendors`: what each platform can and cannot do, from the adapters' own declarations."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Literal

from aggregator.adapter.base import Adapter
from aggregator.adapter.capabilities import Support
from aggregator.adapter.registry import adapter_names, load_adapter
from aggregator.cli.terminal import output, say_note
from aggregator.errors import ConfigurationError
from aggregator.model.converter import dump_json

if TYPE_CHECKING:
    from rich.table import Table

_MARKS = {Support.YES: "yes", Support.NO: "no", Support.UNKNOWN: "?"}
_GAP: Final = 2
"""Cells between two columns."""
_MEANING: Final = 24
"""Cells that the first column gets at least, while titles can be folded for it."""
_LEAST: Final = 11
"""Cells that it gets at least in any table."""


def vendors(*, format: Literal["text", "markdown", "json"] = "text") -> int:  # noqa: A002 - the option's name
    """Show what each platform can do, what it cannot and why, and what nobody knows.

    Parameters
    ----------
    format: Literal["text", "markdown", "json"]
        A table for people, for a document, or one line of JSON for a script.
    """
    adapters = installed()
    if format == "json":
        print(dump_json([_plain(one) for one in adapters]))  # noqa: T201 - the result
    elif format == "markdown":
        print(as_markdown(adapters))  # noqa: T201 - the result
    else:
        _print_table(adapters)
    return 0


def installed() -> list[type[Adapter]]:
    """Return every adapter that can be loaded; those that cannot are said on standard error.

    Raises:
        ConfigurationError: None can be.
    """
    adapters = []
    for name in adapter_names():
        try:
            adapters.append(load_adapter(name))
        except ConfigurationError as error:
            say_note(f"{name} is left out: {error}")
    if not adapters:
        raise ConfigurationError("There is no adapter that can be loaded.", hint="See above what each of them needs.")
    return adapters


def as_markdown(adapters: list[type[Adapter]]) -> str:
    """Return the matrix as Markdown, with a footnote for each reason."""
    lines = [
        f"| | {' | '.join(one.title for one in adapters)} |",
        f"| --- |{' --- |' * len(adapters)}",
    ]
    notes: list[str] = []
    for name, meaning, _ in adapters[0].capabilities:
        cells = []
        for adapter in adapters:
            capability = getattr(adapter.capabilities, name)
            if capability.reason and capability.reason not in notes:
                notes.append(capability.reason)
            mark = f" [{notes.index(capability.reason) + 1}]" if capability.reason else ""
            cells.append(f"{_MARKS[capability.support]}{mark}")
        lines.append(f"| {meaning} | {' | '.join(cells)} |")
    return "\n".join([*lines, "", *(f"{number}. {note}" for number, note in enumerate(notes, start=1))])


def _print_table(adapters: list[type[Adapter]]) -> None:
    console = output()
    rows = {
        meaning: [_MARKS[getattr(one.capabilities, name).support] for one in adapters]
        for name, meaning, _ in adapters[0].capabilities
    }
    titles = [adapter.title for adapter in adapters]
    widths = _widths(titles, console.width)
    if widths is None:
        for meaning, marks in rows.items():
            console.print(f"{meaning}: {', '.join(map(' '.join, zip(titles, marks, strict=True)))}")
    else:
        console.print(_table(rows, titles, widths))
    for adapter in adapters:
        console.print(f"\n{adapter.title}")
        for name, _, capability in adapter.capabilities:
            if capability.reason:
                console.print(f"  {name}: {capability}", soft_wrap=True)


def _widths(titles: list[str], width: int) -> list[int] | None:
    """The width of each platform's column, in which its title is folded if need be; None where no table fits."""
    for widths, least in (
        ([len(title) for title in titles], _MEANING),
        ([max(map(len, title.split())) for title in titles], _LEAST),
    ):
        if width - sum(widths) - _GAP * len(titles) >= least:
            return widths
    return None


def _table(rows: dict[str, list[str]], titles: list[str], widths: list[int]) -> Table:
    from rich.table import Table  # noqa: PLC0415 - keeps --help quick

    table = Table(box=None, pad_edge=False)
    table.add_column("", overflow="fold")
    for title, width in zip(titles, widths, strict=True):
        table.add_column(title, width=width, overflow="fold")
    for meaning, marks in rows.items():
        table.add_row(meaning, *marks)
    return table


def _plain(adapter: type[Adapter]) -> dict[str, Any]:
    answers = {name: {"support": one.support, "reason": one.reason} for name, _, one in adapter.capabilities}
    return {"vendor": adapter.vendor, "title": adapter.title, "capabilities": answers}
