"""Looks at where results shall go before the work begins: minutes of it are not to be lost over a slip."""

from __future__ import annotations

import os
from collections.abc import Iterable
from errno import ELOOP
from pathlib import Path
from typing import Final

from aggregator.drafts import real
from aggregator.errors import ConfigurationError, NotWritable
from aggregator.snapshot.disk import LATEST

_NOT_TEXT: Final = frozenset({".xlsx", ".xlsm", ".xls", ".ods", ".parquet", ".pq", ".json", ".sqlite", ".db"})
"""Names that promise another format, so that nothing could open the file."""

_ANOTHER: Final = "Name another, such as pairs.csv."


def check_pairs_file(path: Path, inputs: Iterable[Path], out: Path | None = None) -> None:
    """Make sure that a file can be written, and replaces nothing but an earlier file of pairs.

    Args:
        path: The file.
        inputs: What is read.
        out: The folder of the report, if there is one: its files are no pairs, and the decisions in it a person's.

    Raises:
        ConfigurationError: It cannot be written, or something would be lost.
    """
    _refuse_inputs(path, inputs)
    if path.suffix.casefold() in _NOT_TEXT:
        raise ConfigurationError(f"{path} would hold CSV under another name.", hint="Name a file, such as pairs.csv.")
    _refuse_own(path, out)
    _check_file(path, "pairs.csv")
    if path.is_file() and not _begins_as_pairs(path):
        raise ConfigurationError(f"{path} holds something else than pairs, which they would replace.", hint=_ANOTHER)


def check_orders_file(path: Path, inputs: Iterable[Path]) -> None:
    """Make sure that a file can be written, and replaces nothing but an earlier file of orders.

    Args:
        path: The file.
        inputs: What is read, and the file that remembers.

    Raises:
        ConfigurationError: It cannot be written, or something would be lost.
    """
    from aggregator.cli.orders_output import begins_as_orders  # noqa: PLC0415 - takes a while to load

    _refuse_inputs(path, inputs)
    _check_file(path, "orders.csv")
    if path.is_file() and not begins_as_orders(path):
        raise ConfigurationError(
            f"{path} holds something else than orders, which they would replace.",
            hint="Name another, such as orders.csv.",
        )


def _check_file(path: Path, example: str) -> None:
    """Make sure that a file can be written that takes the place of another when it is whole."""
    if path.is_dir():
        raise ConfigurationError(f"{path} is a folder.", hint=f"Name a file, such as {example}.")
    _refuse_circle(path)
    folder = (real(path) if path.is_symlink() else path).parent
    if not folder.is_dir():
        raise ConfigurationError(f"{path} cannot be written: there is no folder {folder}.", hint="Make it first.")
    needed = [path] if path.exists() else []
    if path.is_file() or not needed:  # a pipe or a device is written to as it is
        needed.append(folder)
    if not all(os.access(one, os.W_OK) for one in needed):
        raise NotWritable(f"{path} cannot be written: Permission denied.", hint="Name another.")


def _refuse_own(path: Path, out: Path | None) -> None:
    """Refuse a file that the report itself writes, or that decisions are read from the next time."""
    if out is None:
        return
    from aggregator.report.folder import OWN_FILES, SNAPSHOT  # noqa: PLC0415 - takes a while to load

    if real(path) in {real(out), *(real(out / name) for name in (SNAPSHOT, *OWN_FILES))}:
        raise ConfigurationError(f"{path} is a file of the report in {out}, and can hold no pairs.", hint=_ANOTHER)


def _begins_as_pairs(path: Path) -> bool:
    """Whether a file is empty, or its first line is the heading of a file of pairs."""
    from aggregator.reconcile.pairs_file import COLUMNS  # noqa: PLC0415 - keeps --help quick

    heading = ",".join(COLUMNS).encode()
    with path.open("rb") as file:
        first = file.readline(len(heading) + 2)
    return not first or first.rstrip(b"\r\n") == heading


def check_report_folder(folder: Path, inputs: Iterable[Path]) -> None:
    """Make sure that a report's folder can be written, and that nothing is lost by it.

    Raises:
        ConfigurationError: It cannot, it holds what is read, or files that are no report's.
    """
    from aggregator.report.folder import TABLE_FILES, refuse_strangers  # noqa: PLC0415 - keeps --help quick

    inputs = tuple(inputs)
    refuse_strangers(folder)
    for place in (folder, *(folder / name for name in TABLE_FILES)):
        _refuse_inputs(place, inputs)
    _check_folder(folder)


def check_snapshots_folder(folder: Path) -> None:
    """Make sure that a snapshot can be written below a folder, and `latest` be set to it.

    Raises:
        ConfigurationError: It cannot.
    """
    _check_folder(folder)
    latest = folder / LATEST
    if latest.exists() and not latest.is_symlink():
        kind = "folder" if latest.is_dir() else "file"
        raise ConfigurationError(f"{latest} is a {kind}, and no link to a snapshot.", hint="Move it, or name another.")


def check_state_file(path: Path) -> None:
    """Make sure that a file that remembers can be written, which is replaced as a whole.

    Raises:
        ConfigurationError: It cannot.
    """
    if path.is_dir():
        raise ConfigurationError(f"{path} is a folder.", hint="Name a file, such as acme.json.")
    if not path.parent.is_dir():
        raise ConfigurationError(f"There is no folder {path.parent} for {path.name}.", hint="Make it, or name another.")
    _check_folder(path.parent)


def _check_folder(folder: Path) -> None:
    """Make sure that a folder can be written, or made."""
    _refuse_circle(folder)
    there = next(place for place in (folder, *folder.absolute().parents) if place.exists())
    if not there.is_dir():
        raise ConfigurationError(f"{folder} cannot be made: {there} is no folder.", hint="Name another.")
    if not os.access(there, os.W_OK):
        raise NotWritable(f"{folder} cannot be written: Permission denied.", hint="Name another.")


def _refuse_circle(path: Path) -> None:
    """Refuse links that lead back to themselves, which look like nothing at all until somebody writes there."""
    try:
        path.stat()
    except OSError as error:
        if error.errno == ELOOP:
            raise NotWritable(f"{path} cannot be written: {error.strerror}.", hint="Name another.") from error


def _refuse_inputs(path: Path, inputs: Iterable[Path]) -> None:
    """Refuse a file that is read as well, also where there is none yet: what is remembered there is written later."""
    if any(path.samefile(one) if path.exists() and one.exists() else real(path) == real(one) for one in inputs):
        raise ConfigurationError(f"{path} is read, so it cannot be written too.", hint="Name another.")
