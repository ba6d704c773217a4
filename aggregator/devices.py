"""Files that are read whole, which a device that never ends would never be."""

from __future__ import annotations

import os
from errno import EINVAL
from pathlib import Path
from stat import S_ISCHR


def read_whole(path: Path) -> bytes:
    """Return what a file, a pipe or a terminal holds.

    Raises:
        OSError: It cannot be read, or is a device such as /dev/zero.
    """
    with path.open("rb") as file:
        if _is_endless(file.fileno()):
            raise OSError(EINVAL, "It is a device, and no file", str(path))
        return file.read()


def _is_endless(number: int) -> bool:
    there = os.fstat(number)
    return S_ISCHR(there.st_mode) and not os.isatty(number) and not os.path.samestat(there, Path(os.devnull).stat())
