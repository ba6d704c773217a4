"""Shows how far collecting has come, on standard error, and only where somebody can see it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from aggregator.cli.terminal import clean, notes, say_note

if TYPE_CHECKING:  # reconciling tables shows its progress too, and must not load all that collecting needs
    from aggregator.collect import OnProgress, Progress


@contextmanager
def shown_progress() -> Iterator[tuple[OnProgress, Callable[[str], None]]]:
    """Yield a callback for progress and one for announcements.

    On a terminal there is a bar for each listing; elsewhere only announcements are printed, so that a scheduled
    script's log says why it waits.
    """
    if not sys.stderr.isatty():
        yield _quiet, say_note
        return
    from rich.progress import BarColumn, TextColumn, TimeElapsedColumn  # noqa: PLC0415 - only on a terminal
    from rich.progress import Progress as Bars  # noqa: PLC0415

    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.fields[count]}"), TimeElapsedColumn())
    with Bars(*columns, console=notes(), transient=True) as bars:
        tasks: dict[str, int] = {}

        def show(progress: Progress) -> None:
            name = clean(str(progress.source))
            if name not in tasks:
                tasks[name] = bars.add_task(name, total=None, count="")
            of = "" if progress.declared is None else f" of {progress.declared:,}"
            again = "" if progress.walk == 1 else f" (walk {progress.walk})"
            bars.update(
                tasks[name],  # type: ignore[arg-type]  # rich's TaskID is an int of its own
                completed=progress.records,
                total=progress.records if progress.done else progress.declared,
                count=f"{progress.records:,}{of}{again}",
            )

        yield show, lambda message: bars.console.print(clean(message))


@contextmanager
def shown_work(what: str) -> Iterator[None]:
    """Show on a terminal that something which tells no progress goes on, and for how long."""
    if not sys.stderr.isatty():
        yield
        return
    from rich.progress import Progress as Bars  # noqa: PLC0415 - only on a terminal
    from rich.progress import SpinnerColumn, TextColumn, TimeElapsedColumn  # noqa: PLC0415

    columns = (SpinnerColumn(), TextColumn("{task.description}", markup=False), TimeElapsedColumn())
    with Bars(*columns, console=notes(), transient=True) as bars:
        bars.add_task(clean(what), total=None)
        yield


def _quiet(progress: Progress) -> None:
    del progress
