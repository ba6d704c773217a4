"""Files that are replaced whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def drafted(path: Path) -> Iterator[Path]:
    """Yield a draft beside a file, which takes the file's place if the block ends well, and else goes.

    Raises:
        OSError: The draft cannot take its place.
    """
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        yield draft
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def replace_file(path: Path, content: str | bytes | Iterable[str]) -> None:
    """Write a file whole or not at all; a long text can come in pieces.

    Raises:
        OSError: It cannot be written.
    """
    pieces = (content,) if isinstance(content, str | bytes) else content
    with drafted(path) as draft, draft.open("wb") as file:
        for piece in pieces:
            file.write(piece.encode("utf-8", "surrogatepass") if isinstance(piece, str) else piece)
