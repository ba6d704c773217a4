"""Which files hold the decisions that a report obeys, and whether it obeys all that is in them."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from aggregator.devices import read_regular
from aggregator.drafts import real, replace_file
from aggregator.errors import ConfigurationError, NotReadable
from aggregator.model.converter import dump_json, load_json
from aggregator.reconcile.decisions.decisions_file import has_headings

SETTINGS: Final = "review.json"
DECISIONS: Final = "decisions.csv"


def decisions_of(folder: Path) -> tuple[Path, ...]:
    """Return the files that hold the decisions of a report, whether or not they are there yet; new ones go first."""
    names = _settings(folder).get("decisions")
    return tuple(Path(os.path.normpath(folder / str(name))) for name in names) if names else (folder / DECISIONS,)


def _settings(folder: Path) -> Mapping[str, Any]:
    """What a report says of the decisions that it obeys; nothing if it is none, or damaged."""
    try:
        plain = load_json(read_regular(folder / SETTINGS).decode("utf-8"))
    except (OSError, ValueError):
        return {}
    whole = (
        isinstance(plain, dict)
        and isinstance(plain.get("decisions"), list)
        and isinstance(plain.get("obeyed"), str | None)
    )
    return plain if whole else {}


def keep_files(folder: Path, decisions: Sequence[Path], obeyed: str | None = None) -> None:
    """Keep in a report which files hold its decisions, and what they held when they were obeyed.

    Args:
        folder: The report.
        decisions: The files, new ones go into the first; none for one in the folder.
        obeyed: `decisions_digest` of the files when they were read, if they may have grown since.

    Raises:
        OSError: It cannot be written.
    """
    where = [os.path.relpath(path, folder) for path in decisions] or [DECISIONS]
    files = decisions or [folder / DECISIONS]
    settings = {"format": 1, "decisions": where, "obeyed": obeyed or decisions_digest(files)}
    replace_file(folder / SETTINGS, dump_json(settings) + "\n")


def decided_here(folder: Path, named: Iterable[Path]) -> tuple[Path, ...]:
    """Return the file of what was decided on a report itself, if there is one and it is not among the files named.

    Other files that are named take nothing of it back.

    Raises:
        NotReadable: It is a pipe or a device.
    """
    own = folder / DECISIONS
    if not own.exists() or real(own) in set(map(real, named)):
        return ()
    refuse_pipes([own])
    return (own,)


def refuse_pipes(files: Iterable[Path]) -> None:
    """Make sure that what a report holds or names is no pipe or device, which might never end.

    Raises:
        NotReadable: One is.
    """
    for path in files:
        if path.exists() and not path.is_file():
            raise NotReadable(
                f"{path} cannot be read: It is no regular file.", hint="No report that was written here holds one."
            )


def lost_decisions(folder: Path) -> tuple[Path, ...]:
    """Return the files whose decisions a report obeys, and which are gone."""
    files, obeyed = decisions_of(folder), _settings(folder).get("obeyed")
    gone = tuple(path for path in files if not path.exists())
    return gone if obeyed not in {None, decisions_digest(gone), decisions_digest(files)} else ()


def told_lost(folder: Path, lost: Path) -> str:
    """Say that decisions which a report obeys are gone, without a full stop."""
    return f"The report in {folder} obeys decisions in {lost}, and there is no such file any more"


def decisions_digest(files: Sequence[Path]) -> str:
    """Return a digest of what files of decisions hold, to see whether a report obeys them."""
    return sha256(b"\0".join(file.read_bytes() for file in files if file.is_file())).hexdigest()


def is_stale(folder: Path, files: Sequence[Path]) -> bool:
    """Whether decisions were added to these files, or taken back, since a report was written."""
    return bool(_settings(folder).get("obeyed") != decisions_digest(files))


def files_to_review(folder: Path, named: tuple[Path, ...]) -> tuple[Path, ...]:
    """Return the files of decisions that a review works with: those that are named, or else those of the report.

    Only the first, which takes the answers, may be new, and none of a report may be gone: one that is written without a
    file that was moved would quietly forget what people decided.

    Raises:
        ConfigurationError: One is not there, or the report names a file for the answers that is not its to name.
    """
    for path in named[1:]:
        if not path.exists():
            raise ConfigurationError(
                f"There is no decisions file {path}.", hint="Only the first that is named, for new answers, may be new."
            )
    first = set(map(real, named[:1]))
    for lost in lost_decisions(folder):
        if not named or real(lost) in first:
            raise ConfigurationError(
                f"{told_lost(folder, lost)}.", hint="Restore it, or name the files that count: --decisions."
            )
    if named:
        return (*named, *decided_here(folder, named))
    files = decisions_of(folder)
    refuse_pipes(files)
    _refuse_foreign(folder, files[0])
    return files


def _refuse_foreign(folder: Path, file: Path) -> None:
    """Make sure that answers reach no file outside a report on the word of whoever sent the report.

    One that holds decisions already was meant for them.
    """
    if real(file).is_relative_to(real(folder)):
        return
    if file.absolute().is_relative_to(os.path.normpath(folder.absolute())):
        raise ConfigurationError(
            f"{file} is a link out of the report, to {real(file)}.", hint="Name the file that is meant: --decisions."
        )
    if not file.exists() or not has_headings(file):
        raise ConfigurationError(
            f"The report in {folder} would have answers written to {file}, which is outside it and holds no decisions.",
            hint=f"If that is meant, name it: --decisions {file}.",
        )
