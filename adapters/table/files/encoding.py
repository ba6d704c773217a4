"""From the bytes of a CSV file to its text, whoever wrote it; what had to be guessed is said."""

from __future__ import annotations

import codecs
import re
from typing import Final, NamedTuple

from adapters.table.files.mending import mended
from aggregator.errors import ConfigurationError

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_PACKED: Final = (b"PK\x03\x04", b"\x1f\x8b", b"BZh", b"\xfd7zXZ", b"\x89PNG", b"%PDF", b"\xd0\xcf\x11\xe0")
_SAMPLE: Final = 2000
_WESTERN: Final = "cp1252"

_ANOTHER_FORMAT: Final = re.compile(rb"(?i)(?:\xef\xbb\xbf)?\s*(\[\s*[{\[]|\{\s*\"|<(?:!doctype|html|table|\?xml)\b)")

# Western languages mix accented letters with plain ones; a whole word of them is another alphabet, misread.
_ANOTHER_ALPHABET: Final = re.compile(r"[^\x00-\x7f]{4}")

# Where old Macs and DOS keep accented letters, Windows-1252 has signs that never stand within a word in small letters.
_MAC_OR_DOS: Final = re.compile(r"[a-z][ŠŽŸˆ‡ƒ]|Ÿ(?=[a-z])|[A-Za-z][\u201a\u201d\u201e](?=[a-z])")

# Where Poland and Romania keep their own letters, Windows-1252 has signs that never stand within a word, or begin one
# in small letters; a Turkish "A.Ş." ends as no other name does, and Icelandic, which shares letters, has no "ç" or "ü".
_CENTRAL_EUROPEAN: Final = re.compile(
    r"[^\W\d_][£¥³¹¿¾¼¯](?=[^\W\d_ºª])|[^\W\d_][a-zß-ÿ][ºª](?=[a-zß-ÿ])|(?<![\w£¥³¹¿¾¼ºª¯])[£¥³¹¾¼¯](?=[a-zß-ÿ]{2})"
    r"|\bA\.Þ|\bÞti\b|[ÇçÜü].*[ðýÐÝ]|[ðýÐÝ].*[ÇçÜü]"
)
_FEW: Final = 20
"""One line in so many is enough, for nothing else is written so."""

_HINT: Final = (
    "Name it: --read encoding=cp1250 (Central European), cp1254 (Turkish), cp1251 (Cyrillic), gb18030 (Chinese), "
    "shift_jis (Japanese), mac_roman, cp850 (DOS) …"
)


class Text(NamedTuple):
    """The text of a file.

    Attributes:
        text: All of it.
        doubt: What may be wrong with it, in words; None if the file says itself how it is to be read.
    """

    text: str
    doubt: str | None = None


def decode(data: bytes, encoding: str | None, where: str) -> Text:
    """Return the text of a file: as it was told, by its byte-order mark, else UTF-8, else line by line Windows-1252.

    Args:
        data: The whole file.
        encoding: Its encoding; None to guess it.
        where: The file's name, for messages.

    Raises:
        ConfigurationError: It cannot be read so.
    """
    if data.startswith(_PACKED) and encoding is None:
        raise ConfigurationError(f"{where} is packed or no text.", hint="Unpack it; a workbook must be called .xlsx.")
    if encoding is None and (found := _ANOTHER_FORMAT.match(data[:_SAMPLE])):
        kind = "a web page or XML" if found[1].startswith(b"<") else "JSON"
        raise ConfigurationError(f"{where} is {kind}, and no table.", hint="Save it as CSV or .xlsx.")
    for name in (encoding,) if encoding else _told(data):
        try:
            text = data.decode(name)
            return _mended(text) if name.casefold().startswith("utf") else Text(text)
        except UnicodeDecodeError as error:
            if encoding or name != "utf-8":
                raise _unreadable(data, error.start, where, f"cannot be read as {name}") from error
        except (LookupError, ValueError) as error:  # that of "undefined", which Python knows, is no UnicodeDecodeError
            raise ConfigurationError(f"There is no encoding {name!r}.", hint="Such as utf-8 or cp1252.") from error
    return _by_line(data, where)


def _mended(text: str) -> Text:
    """Return a text that was read as UTF-8 or the like; one whose letters were encoded twice is mended."""
    once = mended(text)
    return Text(text) if once is None else Text(once, "mended: its letters were encoded twice")


def _told(data: bytes) -> tuple[str, ...]:
    for mark, name in _MARKS:
        if data.startswith(mark):
            return (name,)
    sample = data[:_SAMPLE]
    if sample.count(0) * 4 > len(sample):
        # Half of the bytes of UTF-16 that is mostly Latin are zero; which half tells the order.
        return ("utf-16-be",) if sample[:1] == b"\0" else ("utf-16-le",)
    return ("utf-8",)


def _by_line(data: bytes, where: str) -> Text:
    """Lines of several hands may be in one file; a line that is UTF-8 is hardly ever anything else."""
    lines, western, misread, old, central, begun = [], 0, 0, 0, 0, 0
    for raw in data.splitlines(keepends=True):
        try:
            line = raw.decode("utf-8")
        except UnicodeDecodeError:
            western += 1
            try:
                line = raw.decode(_WESTERN)
            except UnicodeDecodeError as error:
                problem = "is neither UTF-8 nor Windows-1252"
                raise _unreadable(data, begun + error.start, where, problem) from error
            misread += bool(_ANOTHER_ALPHABET.search(line))
            old += bool(_MAC_OR_DOS.search(line))
            central += bool(_CENTRAL_EUROPEAN.search(line))
        lines.append(line)
        begun += len(raw)
    if misread * 2 > western or old * 4 > western or central * _FEW >= western > 0:
        raise ConfigurationError(f"{where} is not UTF-8, and does not look like Windows-1252.", hint=_HINT)
    said = f"{western:,} {'line is' if western == 1 else 'lines are'} not UTF-8, and read as Windows-1252"
    if central:
        said += f", though {central:,} of them may be Central European: --read encoding=cp1250"
    return Text("".join(lines), said)


def _unreadable(data: bytes, at: int, where: str, problem: str) -> ConfigurationError:
    line = data.count(b"\n", 0, at) + 1
    return ConfigurationError(f"{where}, line {line}, {problem}.", hint=_HINT)
