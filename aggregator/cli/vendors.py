"""`aggregator vendors`: what each platform can and cannot do, from the adapters' own declarations."""

from __future__ import annotations

from typing import Any, Literal

from aggregator.adapter.base import Adapter
from aggregator.adapter.capabilities import Support
from aggregator.adapter.registry import adapter_names, load_adapter
from aggregator.cli.terminal import output, say_note
from aggregator.errors import ConfigurationError
from aggregator.model.converter import dump_json

_MARKS = {Support.YES: "yes", Support.NO: "no", Support.UNKNOWN: "?"}


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
    from rich.table import Table  # noqa: PLC0415 - keeps --help quick

    console = output()
    table = Table(box=None, pad_edge=False)
    table.add_column("")
    for adapter in adapters:
        table.add_column(adapter.title, no_wrap=True)
    for name, meaning, _ in adapters[0].capabilities:
        table.add_row(meaning, *(_MARKS[getattr(one.capabilities, name).support] for one in adapters))
    console.print(table)
    for adapter in adapters:
        console.print(f"\n{adapter.title}")
        for name, _, capability in adapter.capabilities:
            if capability.reason:
                console.print(f"  {name}: {capability}", soft_wrap=True)


def _plain(adapter: type[Adapter]) -> dict[str, Any]:
    answers = {name: {"support": one.support, "reason": one.reason} for name, _, one in adapter.capabilities}
    return {"vendor": adapter.vendor, "title": adapter.title, "capabilities": answers}
