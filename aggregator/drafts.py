"""Files that are replaced whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from secrets import token_hex
from stat import S_IMODE

from aggregator.halves import WHOLE


def real(path: Path) -> Path:
    """Return where a path leads, absolute and its links followed; those that lead in a circle are left as they are."""
    return Path(os.path.realpath(path))  # Path.resolve() raises a RuntimeError of a circle, up to Python 3.12


@contextmanager
def drafted(path: Path, *, kept: Callable[[], bool] = lambda: True) -> Iterator[Path]:
    """Yield a draft beside a file, which takes the file's place if the block ends well, and else goes.

    Whoever could not read the file cannot read what takes its place, nor the draft.

    Args:
        path: The file.
        kept: Asked at the end whether the draft is worth having; if not, the file stays as it was.

    Raises:
        OSError: The draft cannot take its place.
    """
    draft = draft_beside(path)
    try:
        _begin(draft, private=path.exists())
        yield draft
        if kept():
            _share_alike(draft, path)
            draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def draft_beside(path: Path) -> Path:
    """Return a name beside a path that nobody else uses: another thread may be writing the same file."""
    return path.with_name(f".{path.name}.{os.getpid()}.{token_hex(4)}")


def _begin(draft: Path, *, private: bool) -> None:
    """Make an empty draft; what is to replace a file is its owner's alone until it has the rights of that file."""
    os.close(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600 if private else 0o666))


def _share_alike(draft: Path, path: Path) -> None:
    if path.exists() and draft.stat().st_mode != path.stat().st_mode:  # not every disk lets rights be set
        draft.chmod(S_IMODE(path.stat().st_mode))


def replace_file(path: Path, content: str | bytes | Iterable[str]) -> None:
    """Write a file whole or not at all; a long text can come in pieces, and halves of characters become U+FFFD.

    Raises:
        OSError: It cannot be written.
    """
    pieces = (content,) if isinstance(content, str | bytes) else content
    with drafted(path) as draft, draft.open("wb") as file:
        for piece in pieces:
            file.write(piece.encode("utf-8", WHOLE) if isinstance(piece, str) else piece)
