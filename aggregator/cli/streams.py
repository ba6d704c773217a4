"""The three streams of a process, so that one that is closed or that nobody reads does not change what a command does.

A scheduled script reads the exit code. It is the command's own, whether `| head -1` has seen enough, or standard error
was closed or lies on a disk that is full.
"""

from __future__ import annotations

import os
import sys
from io import BufferedWriter, FileIO, TextIOWrapper
from typing import IO, TYPE_CHECKING, Final

if TYPE_CHECKING:
    from typing_extensions import Buffer

_STREAMS: Final = (("stdin", "r"), ("stdout", "w"), ("stderr", "w"))


class _Patient(FileIO):
    """A file that passes over what cannot be written to it for a reason that is nobody's fault."""

    def __init__(self, number: int, passed_over: type[OSError]) -> None:
        super().__init__(number, "w", closefd=False)
        self._passed_over = passed_over
        self.broken = False

    def write(self, data: Buffer, /) -> int:
        """Write, or swallow it: an error would end the command half-way, with a code that says nothing of it."""
        try:
            return super().write(data)
        except self._passed_over:
            self.broken = True
            return memoryview(data).nbytes


def make_usable() -> None:
    """Open what whoever started us has closed, and let neither a reader that goes nor a lost note end a command.

    Streams that are not a process's own, such as those of a test, are left alone.
    """
    for name, mode in _STREAMS:  # in this order, for an opened file gets the lowest number that is free
        if getattr(sys, name) is None:
            setattr(sys, name, _nowhere(mode))
    sys.stdout = _patient(sys.stdout, BrokenPipeError)
    sys.stderr = _patient(sys.stderr, OSError)  # notes: what they are about matters more than they do


def reader_has_gone() -> bool:
    """Whether standard output is a pipe that nobody reads any more."""
    raw = _raw(sys.stdout)
    return isinstance(raw, _Patient) and raw.broken


def print_no_more() -> None:
    """Drop what could not be printed, or Python would try again at exit, and complain."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError:  # standard output may have been replaced by something that is no file
        return


def _nowhere(mode: str) -> IO[str]:
    """Take the stream's own number too: the next file that is opened would get it, and what is meant for the stream."""
    return os.fdopen(os.open(os.devnull, os.O_RDWR), mode, encoding="utf-8", closefd=False)


def _raw(stream: object) -> object:
    """What is below a stream; none of a stream that somebody else has put there."""
    if type(stream) is not TextIOWrapper:
        return None
    return getattr(stream.buffer, "raw", stream.buffer)  # `python -u` puts nothing between


def _patient(stream: IO[str], passed_over: type[OSError]) -> IO[str]:
    raw = _raw(stream)
    if type(stream) is not TextIOWrapper or type(raw) is not FileIO:
        return stream
    stream.flush()
    file = _Patient(stream.fileno(), passed_over)
    return TextIOWrapper(
        file if raw is stream.buffer else BufferedWriter(file),
        encoding=stream.encoding,
        errors=stream.errors,
        line_buffering=stream.line_buffering,
        write_through=stream.write_through,
    )
