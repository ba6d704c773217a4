"""Columns that say a status though they are not called so: "Active" and "Blocked" say yes or no, "State" a word."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from functools import reduce
from itertools import product
from typing import Final, NamedTuple
from unicodedata import category

from adapters.table.cells.ended import ending, read_ends
from adapters.table.cells.nothing import said
from adapters.table.cells.status_words import ACTIVE, BLOCKED, DELETED, INACTIVE, known_word, says_ended
from adapters.table.headings.partners import SINGULARS, STAFF, THIRD_PARTIES
from adapters.table.headings.words import plain
from adapters.table.row import Row
from aggregator.reconcile.folding import folded

_YES: Final = frozenset(
    ("true", "t", "yes", "y", "1", "x", "ja", "j", "oui", "o", "si", "s", "sim", "wahr", "vrai", "tak", "ano", "igen",
     "da", "evet", "kylla", "checked")
)  # fmt: skip
_NO: Final = frozenset(
    ("false", "f", "no", "n", "0", "nein", "non", "nao", "nee", "falsch", "faux", "nej", "nei", "nie", "ne", "nem",
     "nu", "hayir", "ei", "unchecked")
)  # fmt: skip

_TICKS: Final = frozenset("✓✔☑✅○◯\N{IDEOGRAPHIC NUMBER ZERO}")
_CROSSES: Final = frozenset("✗✘✕✖❌\N{MULTIPLICATION SIGN}")
_AS_WRITTEN: Final[Mapping[str, bool]] = {
    **dict.fromkeys((*_TICKS, "是", "はい", "예", "네"), True),
    **dict.fromkeys((*_CROSSES, "☐", "нет", "否", "いいえ", "아니오", "아니요"), False),
}
"""Signs and words that are others in plain letters, or nothing: a cross is an "x" there, a Korean yes a Czech no."""

_COLOURED: Final = "\N{VARIATION SELECTOR-16}"


class Flag(NamedTuple):
    """A column that says a status.

    Attributes:
        column: Its number.
        words: The status that each of its cells means; empty if it means none.
    """

    column: int
    words: Mapping[str, str]


# What is not blocked or deleted need not be active.
_MEANINGS: Final[Mapping[str, tuple[str, str]]] = {
    **dict.fromkeys(
        (*map(plain, ACTIVE), "is active", "is enabled", "enabled flag", "valid for", "aktiivinen"),
        ("active", "inactive"),
    ),
    **dict.fromkeys(
        (*map(plain, INACTIVE), "is inactive", "is disabled", "inactive account", "passive", "passiivinen",
         *map(plain, ("停止", "是否停用", "停用状态", "거래중지"))),
        ("inactive", "active"),
    ),
    # Who or what was rejected, cancelled or has expired below a heading may be an order, an offer or a paper.
    **dict.fromkeys(("discontinued", "terminated", "obsolete"), ("inactive", "")),
    **dict.fromkeys(
        (*map(plain, DELETED), "is deleted", "is archived", "deletion flag", "flagged for deletion", "loevm",
         "loschvormerkung", "zentrale loschvormerkung", "anulado"),
        ("deleted", ""),
    ),
    **dict.fromkeys((*map(plain, BLOCKED), "is blocked", "sperre", "sperr"), ("suspended", "")),
}  # fmt: skip

_GRAVE: Final = ("inactive", "suspended", "ended", "deleted")
_RANKS: Final = ("", "active", *_GRAVE)
_GRAVER: Final = {pair: max(pair, key=_RANKS.index) for pair in product(_RANKS, repeat=2)}

_STATE: Final = frozenset({"state", "estado", "stato", plain("停用状态"), plain("启用状态")})


def with_state(
    chosen: dict[str, int], headings: Sequence[str], rows: Sequence[Row], given: Collection[str]
) -> dict[str, int]:
    """Choose as status a "State" that does not say where a partner is, but how things stand with it."""
    taken = {at for field, at in chosen.items() if field != "region" or field in given}
    for at, heading in enumerate(headings):
        if at in taken or _STATE.isdisjoint(plain(heading).split()):
            continue
        words = {said(cell) for cell in {row.cells[at] for row in rows}} - {""}
        if words and all(known_word(word) or word.casefold() in BLOCKED for word in words):
            return {field: other for field, other in chosen.items() if other != at} | {"status": at}
    return chosen


_COUNTED: Final = frozenset(("open", "opened", "orders", "tickets", "cases", "invoices", "lines", "deals"))
_COUNTS: Final = frozenset(("", "0", "1"))
"""Beside "Open" or "Orders", 0 and 1 below "Closed" or "Deleted" are how many."""


def find_flags(headings: Sequence[str], rows: Sequence[Row], chosen: Mapping[str, int]) -> list[Flag]:
    """Return the columns in which nothing is said but yes and no, or days to which relations go on.

    Where a column says how things stand with a partner, "Active" says nothing of it, which may be a matter of logins.
    """
    today = datetime.now(UTC).date()
    return list(_flags(headings, rows, chosen, today))


# A buyer may be one's own, and a manufacturer another business than the partner beside it.
_WHOSE: Final = (SINGULARS - STAFF - THIRD_PARTIES) | {"currently", "still"}


def _bare(heading: str) -> str:
    """A heading without whose flag it is: "Vendor active? (Y/N)" is "active"."""
    text = plain(heading).removesuffix(" y n")
    return text if text in _MEANINGS else " ".join(word for word in text.split() if word not in _WHOSE)


def _flags(headings: Sequence[str], rows: Sequence[Row], chosen: Mapping[str, int], today: date) -> Iterator[Flag]:
    for at, heading in enumerate(headings):
        if at in chosen.values():
            continue
        yes, no = _MEANINGS.get(_bare(heading), ("", ""))
        end = ending(heading, headings)
        if not end and (not yes or (yes == "active" and "status" in chosen)):
            continue
        cells = {row.cells[at] for row in rows}
        if not end and not _COUNTED.isdisjoint(map(plain, headings)) and {cell.strip() for cell in cells} <= _COUNTS:
            continue
        words = read_ends(cells, end, today) if end else _read_answers(cells, yes, no)
        if words is not None:
            yield Flag(at, words)


def _read_answers(cells: Collection[str], yes: str, no: str) -> dict[str, str] | None:
    """Return the status that each of the different cells of a column means; None if they do not say yes and no."""
    words: set[str] = set()
    found: dict[str, str] = {}
    for cell in cells:
        word = said(cell.replace(_COLOURED, "")).casefold()
        answer = _answer(word)
        if answer is None and not _is_nothing(word):
            return None
        words.add("" if answer is None else word)
        found[cell] = "" if answer is None else yes if answer else no
    return None if words <= {""} or _is_doubtful(words) else found


def _answer(word: str) -> bool | None:
    if word in _AS_WRITTEN:
        return _AS_WRITTEN[word]
    plainly = folded(word)
    return True if plainly in _YES else False if plainly in _NO else None


def _is_nothing(word: str) -> bool:
    """Whether nothing is said by a word; a sign that is not known, such as ●, says something."""
    return not folded(word) and not any(category(sign) == "So" for sign in word)


def _is_doubtful(words: Collection[str]) -> bool:
    """Whether a mark may say yes or no: a cross beside blanks alone, and an X beside an O or a tick."""
    return ("" in words and {*words} - {""} <= _CROSSES) or ("x" in words and not {"o", *_TICKS}.isdisjoint(words))


def statuses(
    flags: Sequence[Flag], rows: Sequence[Row], words: Sequence[str] | None, known: Mapping[str, str]
) -> list[str]:
    """Return the status of each row, the gravest that its columns say; empty where nothing is said.

    Args:
        flags: The columns.
        rows: The rows.
        words: What the column of statuses says of each row; None if there is none.
        known: What letters mean there.
    """
    columns = [[flag.words[row.cells[flag.column]] for row in rows] for flag in flags]
    found = reduce(lambda one, other: [_GRAVER[pair] for pair in zip(one, other, strict=True)], columns)
    if words is None:
        return found
    ended = {word for word in set(words) if says_ended(word, known)}  # which is as grave, in the table's own word
    pairs = zip(found, words, strict=True)
    return [word if status not in _GRAVE or word in ended else status for status, word in pairs]
