"""Exchanges, dark pools and brokers of one register: what a market place is called, and what legal entity runs it."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

from benchmarks.matching.published.fetching import Package
from benchmarks.matching.published.records import Record, Sides

# The register of ISO 10383, 2025, in a form of the package's own.
REGISTER = Package("pip", "iso10383", "2025.2.10")

# What kind of place it is: "ABN AMRO CLEARING BANK - SYSTEMATIC INTERNALISER".
_KIND = re.compile(
    r"\s*[-,]\s*(SYSTEMATIC INTERNALISER|SI|MTF|OTF|APA|ARM|ATS|OTC|RFQ|CLOB|DARK|LIT|BLOCK|AUCTION)\b.*$"
)
# A name that is a code tells nothing: "XOFF1".
_CODE = re.compile(r"[A-Z]{0,4}\d*")


def legal() -> Sides:
    """The names of places, with their website, and of legal entities, joined by MIC."""
    left, right = [], []
    for code, name, entity, website in _places(io.BytesIO(REGISTER.read("iso10383/_data"))):
        if entity and not _CODE.fullmatch(name):
            left.append(Record(code, _KIND.sub("", name), (("website", website.lower()),)))
            right.append(Record(code, entity))
    return left, right


def _places(data: io.BytesIO) -> Iterator[tuple[str, str, str, str]]:
    """The code, name, legal entity and website of every place, of which there are as many as the first two bytes say.

    0aad | 04 "DRSP" | 0b "EURONEXT UK" | 00 | 0fcb3b | 00 | 01 00a9 | 00 | 01 12 "REPORTING SERVICES" |
    01 17 "EURONEXT LONDON LIMITED" | 01 14 "969500HMVSZ0TCV65D58" | 00 | 01 2d | 01 10 "www.euronext.com" |
    01 0fcb3b | 01 0fcb3b | 00 | 01 0021 "APPROVED PUBLICATION ARRANGEMENT."
    """
    for _ in range(_number(data, 2)):
        code, name = _text(data), _text(data)
        # The kind, the date that it was made, and the status; what follows may be missing, the town first.
        data.read(1 + 3 + 1)
        _optional(data, 2)
        _market, _institution = _optional_text(data), _optional_text(data)
        entity, _lei, _acronym = _optional_text(data), _optional_text(data), _optional_text(data)
        _land = _optional(data, 1)
        website = _optional_text(data)
        _changed, _validated, _expires = (_optional(data, 3) for _ in range(3))
        _comment = _optional_text(data, 2)
        yield code, name, entity, website


def _number(data: io.BytesIO, size: int) -> int:
    return int.from_bytes(data.read(size), "big")


def _text(data: io.BytesIO, size: int = 1) -> str:
    """A text behind its length, which is written in so many bytes."""
    return data.read(_number(data, size)).decode()


def _optional(data: io.BytesIO, size: int) -> bytes:
    return data.read(size) if _number(data, 1) else b""


def _optional_text(data: io.BytesIO, size: int = 1) -> str:
    return _text(data, size) if _number(data, 1) else ""
