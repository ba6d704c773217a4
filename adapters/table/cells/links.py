"""Links, markup and footnotes that a cell holds besides its text, as wikis, pages and spreadsheets write them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

_TEXTS: Final = ("name", "aliases", "contact", "email", "phone", "city", "region", "country")
"""Fields of which the text counts, and not where it leads; of a website it is the other way round."""

_NOTED: Final = ("name", "aliases", "contact", "city", "region", "country")

# [Acme](https://acme.example), [Acme](https://acme.example "Acme's shop"); "[Acme](Holding)" leads nowhere
_MARKDOWN: Final = re.compile(
    r"\[(?P<text>[^\[\]]+)\]\(\s*<?(?P<target>(?=[^\s<>]*[/.:@])[^\s<>]+?)>?(?:\s+\"[^\"]*\")?\s*\)"
)
# =HYPERLINK("https://acme.example","Acme"), with a semicolon where commas are decimal
_FORMULA: Final = re.compile(
    r'=\s*HYPERLINK\(\s*"(?P<target>[^"]*)"\s*(?:[,;]\s*"(?P<text>(?:[^"]|"")*)"\s*)?\)', re.IGNORECASE
)
# <a href="https://acme.example">Acme Foods Ltd</a>, <b>Acme Foods Ltd</b>
_MARKUP: Final = re.compile(
    r"<(?P<tag>a|b|strong|em|i|u|span|font|p|div|h[1-6])\b(?P<about>[^<>]*)>(?P<text>.*)</(?P=tag)\s*>",
    re.IGNORECASE | re.DOTALL,
)
_HREF: Final = re.compile(r"""\bhref\s*=\s*["']?([^\s"'>]+)""", re.IGNORECASE)
_TAG: Final = re.compile(r"</?[A-Za-z][^<>]*>")

# "Acme Foods Ltd[2]", "Acme Foods Ltd[a][note 3]": behind the text without a blank, as Wikipedia has them
_FOOTNOTES: Final = re.compile(
    r"(?P<text>.*[^\s\[\](])(?:\[(?:\d{1,3}|note \d{1,3}|citation needed)\])+", re.IGNORECASE | re.DOTALL
)

_HOST: Final = re.compile(r"https?://([^\s/?#]+\.[^\s/?#]+)", re.IGNORECASE)


def without_links(columns: Mapping[str, list[str]], done: list[str]) -> dict[str, list[str]]:
    """Return the columns with texts without the links and footnotes around them.

    Where no column is a website, the links of the names are, if each leads elsewhere: those to the pages of a wiki or
    of one's own platform all lead to that.

    Args:
        columns: The cells of each field.
        done: Where to say what was done.
    """
    read = dict(columns)
    for field in _NOTED:
        if field in read and "]" in "".join(read[field]):
            bare = [
                found["text"] if cell.endswith("]") and (found := _FOOTNOTES.fullmatch(cell)) else cell
                for cell in read[field]
            ]
            if field == "name" and bare != read["name"]:
                done.append("names are read without footnotes")
            read[field] = bare
    targets: list[str] = []
    for field in _TEXTS:
        if field in read and _may_hold_links(read[field]):
            before, pairs = read[field], list(map(_parted, read[field]))
            read[field] = [text for text, _ in pairs]
            if field == "name" and read["name"] != before:
                done.append("names are read without their links and markup")
                targets = [target for _, target in pairs]
    if "website" in columns and _may_hold_links(columns["website"]):
        read["website"] = [target or text for text, target in map(_parted, columns["website"])]
    elif "website" not in columns and _lead_apart(targets):
        read["website"] = targets
        done.append("where the names lead is the website")
    return read


def _may_hold_links(cells: Sequence[str]) -> bool:
    """Whether a look through all cells finds a mark of a link; few lists have any."""
    whole = "\n".join(cells)
    return "](" in whole or "</" in whole or '("' in whole


def _parted(cell: str) -> tuple[str, str]:
    """Return the text of a cell, and where it leads; the cell as it is, unless it is a link or marked up as a whole."""
    found = _MARKDOWN.fullmatch(cell) or _FORMULA.fullmatch(cell)
    if found is not None:
        text = (found["text"] or "").replace('""', '"').strip() or found["target"].strip()
        return text or cell, found["target"]
    text, target = cell, ""
    while (found := _MARKUP.fullmatch(text)) is not None:
        text = found["text"].strip()
        href = _HREF.search(found["about"])
        target = target or (href[1] if href is not None else "")
    return (cell, "") if not text or _TAG.search(text) else (text, target)


def _lead_apart(targets: Sequence[str]) -> bool:
    """Whether several links lead to a site each."""
    hosts = [found[1].casefold().removeprefix("www.") for target in targets if (found := _HOST.match(target))]
    return len(hosts) > 1 and len(set(hosts)) == len(hosts) == sum(map(bool, targets))
