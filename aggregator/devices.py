"""Files that are read whole, which a device that never ends would never be."""

from __future__ import annotations

import os
from contextlib import suppress
from errno import EINVAL
from pathlib import Path
from stat import S_ISCHR, S_ISFIFO, S_ISREG
from typing import BinaryIO, Final

_OUTPUTS: Final = (1, 2)


def read_whole(path: Path) -> bytes:
    """Return what a file, a pipe or a terminal holds.

    Raises:
        OSError: It cannot be read, or would never end: a device such as /dev/zero, or the pipe that we print to.
    """
    with path.open("rb") as file:
        if _is_endless(file.fileno()):
            raise OSError(EINVAL, "It is a device, and no file", str(path))
        return file.read()


def open_regular(path: Path) -> BinaryIO:
    """Return a file that is open to be read, and is a file: what was received may hold links to anything.

    Raises:
        OSError: It cannot be opened, or is a device or a pipe, which is not waited for.
    """
    # Windows has no such pipes, but line ends of its own.
    number = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    if not S_ISREG(os.fstat(number).st_mode):
        os.close(number)
        raise OSError(EINVAL, "It is no regular file", str(path))
    return os.fdopen(number, "rb")


def read_regular(path: Path) -> bytes:
    """Return what a file holds, if it is one.

    Raises:
        OSError: As of `open_regular`.
    """
    with open_regular(path) as file:
        return file.read()


def _is_endless(number: int) -> bool:
    there = os.fstat(number)
    if S_ISFIFO(there.st_mode):
        return any(_are_one(there, output) for output in _OUTPUTS)
    return S_ISCHR(there.st_mode) and not os.isatty(number) and not os.path.samestat(there, Path(os.devnull).stat())


def _are_one(there: os.stat_result, output: int) -> bool:
    with suppress(OSError):  # an output may be closed
        return os.path.samestat(there, os.fstat(output))
    return False
