"""What people write beside a name of what they do with its account: "Acme Inc - DO NOT USE", "*NEW* Acme"."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from aggregator.reconcile.matching.reading.folded_names import LONGEST, transliterate
from aggregator.reconcile.matching.reading.marked_names import with_marks
from aggregator.reconcile.matching.reading.vocabulary import load_list

if TYPE_CHECKING:
    from collections.abc import Sequence

_MARKS: Final = (")", "]", "}", ">", "*", "!", "#", "|", "/", "-", "\u2013", "\u2014", "_", "zzz")
"""One of these is in every name that has a remark: quicker looked for than the pattern."""
# A hyphen or a stroke without blanks joins words. Masters are sorted so that what begins with "ZZZ" is last.
_SIGN: Final = re.compile(
    r"\s*[()\[\]{}<>*!#|\u2013\u2014]+\s*|\s*//+\s*|\s*__+\s*|\s+[-/]+\s*|(?<=[^\s/-])[-/]+\s+|\A\s*ZZZ+\s+|\A\s*[-/]+"
)
_OPENING: Final = " \t-/([{<*!#|_\u2013\u2014"
_CLOSING: Final = " \t-/)]}>*!#|_\u2013\u2014"
_SIGNS_AS_BLANKS: Final = {ord(sign): " " for sign in "()[]{}<>*!#|/-_.,"}
_WORD: Final = re.compile(r"[a-z0-9]+")
_LETTER: Final = re.compile(r"\w")


def without_remarks(names: Sequence[str]) -> dict[int, tuple[str, str]]:
    """Return each name that has remarks at its ends without them, and the remarks, by its place.

    Args:
        names: names as they are written.
    """
    found = {}
    for place in with_marks(names, _MARKS):
        parted = _parted(names[place]) if _may_have_one(names[place]) else None
        if parted is not None:
            found[place] = parted
    return found


def _may_have_one(name: str) -> bool:
    """Whether a name begins or ends as one with a remark does; told quicker than whether it has one."""
    if not name.isascii():
        return True
    words = name.replace("'", "").lower().translate(_SIGNS_AS_BLANKS).split()
    return bool(words) and (words[0] in _edges()[0] or words[-1] in _edges()[1] or words[-1].isdigit())


@cache
def _edges() -> tuple[frozenset[str], frozenset[str]]:
    """The words that remarks begin with, and those that they end in."""
    every = [words.split() for kind in _remarks().values() for words in kind]
    return frozenset(words[0] for words in every) | {"zzz"}, frozenset(words[-1] for words in every)


def _parted(name: str) -> tuple[str, str] | None:
    if len(name) > LONGEST:  # no more is read of it
        return None
    signs = list(_SIGN.finditer(name))
    parts = [*zip([0, *(sign.end() for sign in signs)], [*(sign.start() for sign in signs), len(name)], strict=True)]
    first, last = _first_kept(name, parts), _last_kept(name, parts)
    if first >= last or (first, last) == (0, len(parts)):
        return None
    begin, end = parts[first][0], parts[last][0] if last < len(parts) else len(name)
    remarks = [name[slice(*part)].strip(_OPENING + _CLOSING) for part in (*parts[:first], *parts[last:])]
    said = ", ".join(filter(None, remarks)) or name[:begin].strip(_OPENING + _CLOSING)
    return name[begin:end].rstrip(_OPENING if last < len(parts) else None), said


def _first_kept(name: str, parts: Sequence[tuple[int, int]]) -> int:
    """The first part behind the remarks that the name begins with; none are signs alone, as in "(K) Acme"."""
    kept = next((at for at, part in enumerate(parts) if not _is_passed_over(name[slice(*part)])), len(parts))
    return kept if kept < len(parts) and _LETTER.search(name[: parts[kept][0]]) else 0


def _last_kept(name: str, parts: Sequence[tuple[int, int]]) -> int:
    """Where the remarks that the name ends in begin; none are signs alone, as in "Acme (K)"."""
    kept = len(parts)
    while kept > 0 and _is_passed_over(name[slice(*parts[kept - 1])]):
        kept -= 1
    return kept if kept < len(parts) and _LETTER.search(name[parts[kept][0] :]) else len(parts)


def _is_passed_over(part: str) -> bool:
    """Whether a part of a name is a remark, or nothing."""
    plain = part if part.isascii() else transliterate(part)
    words = _WORD.findall(plain.lower().replace("'", ""))
    letters = " ".join(word for word in words if not word.isdigit())
    if len(letters) < sum(map(len, words)) and letters in _remarks()["before_a_number"]:
        return True
    return letters in _remarks()["remarks"] or not words


@cache
def _remarks() -> dict[str, frozenset[str]]:
    loaded = load_list("remarks.json")
    return {kind: frozenset(loaded[kind]) for kind in ("remarks", "before_a_number")}
