"""Faults of whole bodies: what should be JSON is something else, not all there, or has no end."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable, Iterator

from attrs import define

from aggregator.testing.faults.base import Answer, Behaviour, Expect, register, second
from aggregator.testing.vendor import FakeVendor


@define
class Body(Behaviour):
    """The bytes of one answer in mid-walk are others; or of all."""

    change: Callable[[Answer], None]
    everywhere: bool = False

    def send(self, vendor: FakeVendor, answer: Answer, number: int) -> None:
        if self.everywhere or number == second(vendor):
            self.change(answer)


def _replaced(body: bytes, **headers: str) -> Callable[[Answer], None]:
    def change(answer: Answer) -> None:
        answer.body = body
        answer.headers.update({name.replace("_", "-"): value for name, value in headers.items()})

    return change


def _truncate(answer: Answer) -> None:
    answer.body = (answer.body or b"")[: len(answer.body or b"") // 2]


def _truncate_gzip(answer: Answer) -> None:
    packed = gzip.compress(answer.body or b"", mtime=0)
    answer.body, answer.headers["Content-Encoding"] = packed[: len(packed) // 2], "gzip"


def _latin(answer: Answer) -> None:
    text = (answer.body or b"").decode("ascii").replace("\\u00e9", "\u00e9")
    answer.body = text.encode("latin-1")


def _bom(answer: Answer) -> None:
    answer.body = b"\xef\xbb\xbf" + (answer.body or b"")


def _no_content(answer: Answer) -> None:
    answer.status, answer.body = 204, b""


def _endless(answer: Answer) -> None:
    def pieces() -> Iterator[bytes]:
        for _ in range(4096):
            yield b" " * 1024 * 1024

    answer.pieces = pieces()


def _bomb(answer: Answer) -> None:
    # Four gibibytes of blanks, in four mebibytes or so: made while it is sent, so that it costs nobody memory.
    def pieces() -> Iterator[bytes]:
        packer = zlib.compressobj(9, zlib.DEFLATED, 31)
        blanks = b" " * 1024 * 1024
        for _ in range(4096):
            yield packer.compress(blanks) + packer.flush(zlib.Z_SYNC_FLUSH)

    answer.pieces, answer.headers["Content-Encoding"] = pieces(), "gzip"


def _deep(answer: Answer) -> None:
    answer.body = b"[" * 200_000


_JSON = ("cannot be read", "cut short", "compression", "bytes", "json", "html", "empty", "utf-8", "more than")
_LESSON = "it takes an answer that it cannot read for an empty list"

for _name, _summary, _change in (
    ("truncated JSON", "a body is cut in half", _truncate),
    ("truncated gzip", "a compressed body is cut in half", _truncate_gzip),
    ("wrong charset", "a body is Latin-1 and says it is UTF-8", _latin),
    ("HTML with 200", "a page for people comes with status 200", _replaced(b"<!DOCTYPE html><html>Back soon</html>")),
    ("empty 200", "an answer has status 200 and no body", _replaced(b"")),
    ("204", "an answer has status 204", _no_content),
    ("another shape", "an answer is JSON of another shape", _replaced(b'{"hello": "world"}')),
    ("null", "an answer is null", _replaced(b"null")),
    ("compression not asked for", "an answer says it is compressed otherwise", _replaced(b"x", Content_Encoding="br")),
    ("endless body", "a body has no end", _endless),
    ("endless gzip", "a small body unpacks without end", _bomb),
    ("nesting without end", "a body is nested 200,000 levels deep", _deep),
):
    register(
        name=_name, group="bodies", summary=_summary, make=lambda change=_change: Body(change),
        cause=(*_JSON, "broken", "compressed", "nested", "due"), lesson=_LESSON,
        expect=Expect.INCOMPLETE,
    )  # fmt: skip
register(
    name="byte-order mark", group="bodies", summary="bodies begin with a byte-order mark",
    make=lambda: Body(_bom, everywhere=True), expect=Expect.COMPLETE, lesson="it cannot read a byte-order mark",
)  # fmt: skip
