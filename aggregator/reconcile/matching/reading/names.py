"""Names as columns: folded, cut into words, legal forms set apart, every word with its rarity."""

from __future__ import annotations

import itertools
import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING, Final

import attrs
import numpy as np
from anyascii import anyascii

from aggregator.reconcile.matching.reading.east_asian import part_words
from aggregator.reconcile.matching.reading.initials import Initials, Written, first_letters, read_initials
from aggregator.reconcile.matching.reading.vocabulary import (
    CORE,
    LEGAL,
    NUMBER,
    PLACE,
    STOP,
    Vocabulary,
    background,
    vocabulary,
)
from aggregator.reconcile.matching.reading.word_numbers import Index, Spellings, among, numbers_of, unumlauted

if TYPE_CHECKING:
    from collections.abc import Collection, Container, Iterable, Sequence

    import numpy.typing as npt

WIDTH: Final = 10
"""Words of a name that are compared; of a longer one, the first."""

LONGEST: Final = 300
"""Characters of a name that are read; no business name is longer, hostile input is."""

_DOTTED = re.compile(r"(?<![a-z0-9])((?:[a-z]\.\s?){2,})(?:([a-z])(?![a-z0-9]))?")
_BETWEEN_DOTS = re.compile(r"\.\s?[a-z]\.")
"""Is in all that is dotted so, and quicker looked for."""
# "SiemensAG", "AcmeInc": a capital form after small letters is a form of its own. Looking back from its first capital
# lets the search jump from one such capital to the next.
_GLUED = re.compile(
    r"[ABCGIKLNOPS](?<=[a-z]{2}(?<!Ban)"
    r"(?=(?:AG|SE|SA|AB|BV|NV|KG|Oy|OY|AS|SL|LLC|LLP|PLC|GmbH|GMBH|Inc|INC|Ltd|LTD|Corp)\b).)"
)
# "ABERCROMBIE & FITCH CO /DE/", "PROGRESSIVE CORP/OH/", "CHUBB CORP /NEW": a register of securities says where a
# company was founded, or that it took the name of another.
_REGISTER_TAG = re.compile(r"/[A-Z]{2,3}/$|(?<= )/(?:NEW|DE|NV|NY|OH|PA|MA|NJ|TX|VA|WI|MN|FL|GA)$", re.MULTILINE)
# A zero among letters is an o that was scanned or mistyped ("Th0rnlow", "Audi0"); "Rock n Roll" is "Rock and Roll".
_ZERO = re.compile(r"0(?:(?<=[a-z]0)(?=[a-z])|(?<=\b0)(?=[a-z]{3})|(?<=[a-z]{3}0)\b)")
# "PG&E" and "OG&E" are initials, and no two words.
_AND_IN_INITIALS: Final = re.compile(r"(?<![\w&])[A-Z]{2,4}&[A-Z](?![\w&])")
# "UNIV N TEXAS", "S. Dakota": before a place, a letter that is nobody's initial is a direction.
_COMPASS_LETTER: Final = re.compile(r"[ \n]([nsew])\.? (?=([a-z]{3,}))")
_OF_INITIALS: Final = re.compile(r"[ \n](?:[a-z]\.?|and) ?$")
# "AMERICAN NB", "FIRST NB OF PANA", "NAVY FCU": registers of banks write what they are in letters.
_BANK_LETTERS: Final = re.compile(r" (?:nb|f?cu)(?= of | and |$)", re.MULTILINE)
_BANKS: Final = {" nb": " national bank", " cu": " credit union", " fcu": " federal credit union"}
_SHORT_AND = re.compile(r" n (?<=[a-z]{3} n )(?=[a-z]{3})")
# Before "P/L" is "p l", which may be initials: it is an Australian form at the end of a name.
PROPRIETARY: Final = re.compile(r"(?<=[^\S\n])p/l\.?$", re.MULTILINE | re.IGNORECASE)
_PROPRIETARY: Final = re.compile(r"p/l(?<=[^\S\n]p/l)\.?$", re.MULTILINE)
"""The same in small letters, by which the search can jump from one to the next."""
# "M/s Sharma & Sons", in India, is "Messrs".
_MESSRS: Final = re.compile(r"^m/s\b\.?", re.MULTILINE)
_JOINERS = "'`^~\""
_INITIAL: Final = "\N{PILCROW SIGN}"
"""Marks a letter that is an initial, and no small word, until its kind is told."""
_LEGAL: Final = "\N{SECTION SIGN}"
"""Marks a legal form."""
_BEFORE_INITIALS: Final = ("and", "the")
_KEEP = {code: " " for code in range(128) if not (chr(code).isalnum() or chr(code) == "\n")}
_BACKGROUND_WEIGHT: Final = 2000.0
_UNLISTED_SHARE: Final = 3e-5
_RAREST: Final = 9.0
_NUMBER_LEAST: Final = 5.0
"""Rarity of a number, at the least."""
_BLOCK: Final = 50_000


@attrs.define(slots=True, kw_only=True, eq=False)
class Names:
    """Every name of every record, one row each.

    Attributes:
        owner: Record of each row.
        words: The vocabulary met, by word id.
        kind: Class of each word id, as in `vocabulary`.
        weight: Rarity of each word id, in natural log units; lowered for words that say little.
        grid: (rows, WIDTH) word ids of the name without legal forms and stop words, -1 where it ended.
        initials: What each name may be abbreviated to, and which names are acronyms.
        forms: Bit mask of the legal forms of each row.
        families: Bit mask of their families.
        squashed: The words that count, joined without spaces; an array of objects, which is read at many rows at once.
        ordered: Every word, legal forms too, in order of the alphabet and joined without spaces; likewise.
        length: Letters of each squashed name.
        spelling: Number of each distinct squashed name.
    """

    owner: npt.NDArray[np.int32]
    words: list[str]
    kind: npt.NDArray[np.uint8]
    weight: npt.NDArray[np.float32]
    grid: npt.NDArray[np.int32]
    initials: Initials
    forms: npt.NDArray[np.uint64]
    families: npt.NDArray[np.uint8]
    squashed: npt.NDArray[np.object_]
    ordered: npt.NDArray[np.object_]
    length: npt.NDArray[np.float32]
    spelling: npt.NDArray[np.int32]


def fold(texts: Iterable[str]) -> list[str]:
    """Fold each text to lower-case ASCII words separated by single spaces."""
    return [" ".join(words) for words in _folded(list(texts))]


def _folded(texts: Sequence[str]) -> list[list[str]]:
    """The words of each text, in lower-case ASCII; all texts are folded as one, for that is far quicker."""
    if not texts:
        return []
    joined = "\n".join(_plain_lines(texts))
    joined = _REGISTER_TAG.sub("", joined) if "/" in joined else joined
    joined = _AND_IN_INITIALS.sub(lambda found: found[0].replace("&", ""), joined) if "&" in joined else joined
    joined = _GLUED.sub(r" \g<0>", joined).lower()
    joined = _PROPRIETARY.sub("pty ltd", joined)
    joined = _MESSRS.sub("", joined) if "m/s" in joined else joined
    joined = joined.replace("&amp;", " and ").replace("&", " and ").replace("+", " and ")
    # "Int'l" and "O'Reilly" are one word, "S.A." and "J.P. Morgan" carry one abbreviation.
    for joiner in _JOINERS:
        joined = joined.replace(joiner, "")
    joined = _COMPASS_LETTER.sub(_direction, f"\n{joined}")[1:]
    joined = _BANK_LETTERS.sub(lambda found: _BANKS[found[0]], joined)
    joined = _SHORT_AND.sub(" and ", _ZERO.sub("o", joined))
    lines = [
        _DOTTED.sub(_undotted, line) if line.count(".") > 1 and _BETWEEN_DOTS.search(line) else line
        for line in joined.split("\n")
    ]
    return [line.split() for line in "\n".join(lines).translate(_KEEP).split("\n")]


_DIRECTIONS: Final = {"n": "north", "s": "south", "e": "east", "w": "west"}


def _direction(found: re.Match[str]) -> str:
    """The direction that a letter stands for, if a place follows and no initial goes before."""
    start = found.start()
    before = found.string[max(start - 5, 0) : start]
    initials = found[0][0] == " " and _OF_INITIALS.search(before)
    return found[0] if initials or not _has_parts(found[2]) else f"{found[0][0]}{_DIRECTIONS[found[1]]} "


@cache
def _has_parts(word: str) -> bool:
    """Whether a word is a place that has a north and a south."""
    shipped = vocabulary()
    listed = shipped.same.get(word, word)
    place = shipped.kinds.get(listed) == PLACE and listed not in shipped.compass
    return place or listed in shipped.behind_compass


def _plain_lines(texts: Sequence[str]) -> list[str]:
    """Each text as one line of ASCII, with single spaces and no longer than is read."""
    if "".join(texts).isprintable() and len(max(texts, key=len)) <= LONGEST:  # no blanks but spaces, and no line ends
        lines = [" ".join(text.split()) if "  " in text else text.strip() for text in texts]
    else:
        lines = [" ".join(text[: 4 * LONGEST].split())[:LONGEST] for text in texts]
    return [line if line.isascii() else transliterate(line) for line in lines]


def _undotted(found: re.Match[str]) -> str:
    word = found[0].replace(".", "").replace(" ", "")
    return f" {' '.join(word) if _is_small(word) else word} "


_TITLES: Final = frozenset({"dr", "mt", "st"})


@cache
def _is_small(word: str) -> bool:
    """Whether a word is a small one or a title, so that with dots it is somebody's initials: "D.A. Brown"."""
    shipped = vocabulary()
    small = shipped.kinds.get(shipped.same.get(word, word)) == STOP or word in _TITLES
    return small and word not in shipped.forms


_SIGNS: Final = dict.fromkeys(map(ord, "\u2122\u2120\u00ae\u00a9"), " ")
"""Signs of a trade mark and the like, which would be read as the letters they are made of: "Acme\u2122" as "acmetm"."""


class _WithoutAccents(dict[int, str | None]):
    """What stands for each character in ASCII: nothing for accents that combine, and asked for once."""

    def __missing__(self, code: int) -> str | None:
        letter = chr(code)
        self[code] = found = None if unicodedata.combining(letter) else anyascii(letter)
        return found


_WITHOUT_ACCENTS: Final = _WithoutAccents()


def transliterate(line: str) -> str:
    """Return a line in ASCII, gibberish mended and listed East Asian words set apart from the name."""
    line = _repair(line).translate(_SIGNS)
    composed = part_words(unicodedata.normalize("NFKC", line).casefold())
    decomposed = unicodedata.normalize("NFKD", composed)
    return " ".join(decomposed.translate(_WITHOUT_ACCENTS).split())[:LONGEST]


def _repair(line: str) -> str:
    """Undo UTF-8 that was once or twice read as Windows-1252: "Universit\u00c3\u00a9" was "Universit\u00e9"."""
    for _ in range(2):
        if "\u00c3" not in line and "\u00c2" not in line:
            break
        try:
            line = line.encode("cp1252").decode("utf-8")
        except UnicodeError:
            break
    return line


def read_names(texts: Sequence[str], owner: npt.NDArray[np.int32], *, known: Container[str] | None = None) -> Names:
    """Read names into columns; rarity is counted over these names and blended with the shipped background.

    Args:
        texts: the names.
        owner: record of each.
        known: words that are spelt rightly, other than those of the background.
    """
    known = background().known if known is None else known
    shipped = vocabulary()
    index = Index()
    spelt, written, row, ordered = _word_ids(texts)
    listed = _listed(spelt, index, known)[written]
    each_row = row
    flat, row, phrase = _join_phrases(listed, row, index, shipped)
    single = np.bincount(phrase) == 1
    alone = np.where(single, written[np.r_[phrase[:1] >= 0, phrase[1:] != phrase[:-1]]], -1)
    flat = _with_initials(flat, row, alone, spelt, index)
    read = np.where(single[phrase], flat[phrase], listed)
    words = list(index)
    legal = _legal_mask(flat, row, words, shipped)
    forms, families = _form_masks(flat[legal], row[legal], words, shipped, len(texts))
    kind = _kinds(words, shipped)
    plain = [word.lstrip(_LEGAL + _INITIAL) for word in words]
    # "UNSW" is the "University of New South Wales", though that is a phrase and one word of the name.
    named = ~legal[phrase]
    in_letters = (kind[read] == NUMBER) & np.fromiter(map(str.isalpha, spelt), bool, len(spelt))[written]
    initials = read_initials(
        _written(spelt, written[named], read[named], each_row[named], kind, len(texts)),
        plain,
        _form_letters(flat[legal], row[legal], plain, len(texts)),
    )
    flat, row = flat[~legal], row[~legal]
    telling = _telling(flat, row, kind)
    row_told = row
    flat, row = flat[telling], row[telling]
    names = Names(
        owner=owner,
        words=plain,
        kind=kind,
        weight=np.zeros(0, np.float32),
        grid=_grid(flat, row, len(texts)),
        initials=initials,
        forms=forms,
        families=families,
        squashed=np.zeros(0, object),
        ordered=ordered,
        length=np.zeros(0, np.float32),
        spelling=np.zeros(0, np.int32),
    )
    names.weight = _weights(names)
    names.squashed = _squashed(names)
    _respell(names, np.unique(np.r_[row_told[~telling], each_row[in_letters]]).tolist(), texts, shipped)
    names.length = np.fromiter(map(len, names.squashed), np.float32, len(texts))
    names.spelling = numbers_of(names.squashed.tolist())
    return names


def _word_ids(
    texts: Sequence[str],
) -> tuple[list[str], npt.NDArray[np.int32], npt.NDArray[np.int32], npt.NDArray[np.object_]]:
    """Number the words of all names as they are written, block by block, to hold no list of all.

    Returns:
        the words; the number of each word of each name, and the row of that name; and the words of each name joined, in
        order of the alphabet.
    """
    index = Index()
    blocks, lengths = [np.zeros(0, np.int32)], [np.zeros(0, np.int32)]
    ordered = np.empty(len(texts), object)
    for start in range(0, len(texts), _BLOCK):
        split = _folded(texts[start : start + _BLOCK])
        lengths.append(np.fromiter(map(len, split), np.int32, len(split)))
        words = itertools.chain.from_iterable(split)
        blocks.append(np.fromiter(map(index.__getitem__, words), np.int32, int(lengths[-1].sum())))
        ordered[start : start + _BLOCK] = ["".join(sorted(line)) for line in split]
    row = np.repeat(np.arange(len(texts), dtype=np.int32), np.concatenate(lengths))
    return list(index), np.concatenate(blocks), row, ordered


def _listed(spelt: list[str], index: Index, known: Container[str]) -> npt.NDArray[np.int32]:
    """The number of each word by the way it is written."""
    listed = np.fromiter(map(Spellings(index, known).__getitem__, spelt), np.int32, len(spelt))
    bare = unumlauted(index, known)
    return listed if bare is None else bare[listed]


def _form_letters(
    flat: npt.NDArray[np.int32], row: npt.NDArray[np.int32], words: list[str], rows: int
) -> npt.NDArray[np.int8]:
    """The first letter of the first legal form of each name, 1 to 26, 0 for none: the last one of FDIC and BHEL."""
    letters = np.zeros(rows, np.int8)
    letters[row[::-1]] = first_letters(words)[flat[::-1]]
    return letters


def _written(
    spelt: list[str],
    written: npt.NDArray[np.int32],
    read: npt.NDArray[np.int32],
    row: npt.NDArray[np.int32],
    kind: npt.NDArray[np.uint8],
    rows: int,
) -> Written:
    letters = first_letters(spelt)[written].astype(np.int32)
    telling = _telling(read, row, kind)
    every = np.maximum(_grid(letters, row, rows), 0).astype(np.int8)
    return Written(words=spelt, telling=_grid(written[telling], row[telling], rows), every=every)


def _join_phrases(
    flat: npt.NDArray[np.int32], row: npt.NDArray[np.int32], index: Index, shipped: Vocabulary
) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int32], npt.NDArray[np.int32]]:
    """Replace "limited liability company" and its like by one word, longest phrases first.

    Returns:
        the words and their rows, and for each of the words given its place among these.
    """
    first = np.ones(flat.size, bool)
    at = np.arange(flat.size, dtype=np.int32)
    for phrase in sorted(shipped.phrases, key=lambda parts: (-len(parts), parts)):
        canonical = [shipped.same.get(part, part) for part in phrase]
        if any(part not in index for part in canonical) or flat.size < len(phrase):
            continue
        last = flat.size - len(phrase) + 1
        found = row[:last] == row[len(phrase) - 1 :]
        for offset, part in enumerate(canonical):
            found &= flat[offset : offset + last] == index[part]
        starts = np.flatnonzero(found)
        if not starts.size:
            continue
        keep = np.ones(flat.size, bool)
        for offset in range(1, len(phrase)):
            keep[starts + offset] = False
        flat = flat.copy()
        flat[starts] = index[shipped.phrases[phrase]]
        first[at[~keep]] = False
        flat, row, at = flat[keep], row[keep], at[keep]
    return flat, row, np.cumsum(first, dtype=np.int32) - 1


def _with_initials(
    flat: npt.NDArray[np.int32],
    row: npt.NDArray[np.int32],
    written: npt.NDArray[np.int32],
    spelt: list[str],
    index: Index,
) -> npt.NDArray[np.int32]:
    """The words, of which letters that a name begins with are no small words: "S & A Coffee" has an s and an a.

    Args:
        flat: each word, as it is read.
        row: its name.
        written: its number as it is written; -1 for a phrase.
        spelt: every word as it is written.
        index: the words as they are read; takes new ones.
    """
    letter = np.r_[np.fromiter((len(word) == 1 and word.isalpha() for word in spelt), bool, len(spelt)), False][written]
    first = np.r_[row[:1] >= 0, row[1:] != row[:-1]]
    other = ~(letter | np.isin(flat, [index.get(word, -1) for word in _BEFORE_INITIALS]))
    others = np.cumsum(other)
    before = (others - other)[first][np.cumsum(first) - 1]
    small = _listed_kinds(index, vocabulary()) == STOP
    leading = np.flatnonzero(letter & (others == before) & small[flat])
    letters, place = np.unique(written[leading], return_inverse=True)
    flat = flat.copy()
    flat[leading] = np.array([index[_INITIAL + spelt[number]] for number in letters.tolist()], np.int32)[place]
    return flat


def _legal_mask(
    flat: npt.NDArray[np.int32], row: npt.NDArray[np.int32], words: list[str], shipped: Vocabulary
) -> npt.NDArray[np.bool_]:
    """Say which words are legal forms; never all that a name has, or AMBA and COOP would be empty."""
    form = among(words, shipped.forms)
    loose, behind = np.zeros(len(words), bool), np.zeros(len(words), bool)
    for number in np.flatnonzero(form).tolist():
        loose[number], behind[number] = shipped.forms[words[number]].loose, shipped.forms[words[number]].last
    legal = form[flat] if flat.size else np.zeros(0, bool)
    if not flat.size:
        return legal
    first = np.r_[True, row[1:] != row[:-1]]
    final = np.r_[row[1:] != row[:-1], True]
    at_the_last = final | np.r_[(legal & final)[1:], False]
    legal &= ~loose[flat] | first | at_the_last
    legal &= ~behind[flat] | (at_the_last & ~first)
    stop = _listed_kinds(words, shipped) == STOP
    left = np.bincount(row, weights=~legal & ~stop[flat], minlength=int(row[-1]) + 1)
    return np.asarray(legal & ((left[row] > 0) | ~first))


def _form_masks(
    flat: npt.NDArray[np.int32], row: npt.NDArray[np.int32], words: list[str], shipped: Vocabulary, rows: int
) -> tuple[npt.NDArray[np.uint64], npt.NDArray[np.uint8]]:
    forms, families = np.zeros(rows, np.uint64), np.zeros(rows, np.uint8)
    form_bits, family_bits = np.zeros(len(words), np.uint64), np.zeros(len(words), np.uint8)
    for number in np.flatnonzero(among(words, shipped.forms)).tolist():
        form_bits[number] = shipped.forms[words[number]].forms
        family_bits[number] = shipped.forms[words[number]].families
    np.bitwise_or.at(forms, row, form_bits[flat])
    np.bitwise_or.at(families, row, family_bits[flat])
    return forms, families


def _listed_kinds(words: Collection[str], shipped: Vocabulary) -> npt.NDArray[np.uint8]:
    """The kind that each word is listed with."""
    return np.fromiter(map(shipped.kinds.get, words, itertools.repeat(CORE)), np.uint8, len(words))


def _kinds(words: list[str], shipped: Vocabulary) -> npt.NDArray[np.uint8]:
    kinds = _listed_kinds(words, shipped)
    plain = np.fromiter(map(str.isalpha, words), bool, len(words))
    for place in np.flatnonzero(~plain).tolist():
        if words[place].startswith(_LEGAL):
            kinds[place] = LEGAL
        elif any(map(str.isdigit, words[place])):
            kinds[place] = NUMBER
    return kinds


def _telling(
    flat: npt.NDArray[np.int32], row: npt.NDArray[np.int32], kind: npt.NDArray[np.uint8]
) -> npt.NDArray[np.bool_]:
    """All but the stop words, and those too where a name has nothing else."""
    telling: npt.NDArray[np.bool_] = kind[flat] != STOP
    if not flat.size:
        return telling
    count = np.bincount(row, weights=telling, minlength=int(row[-1]) + 1)
    return np.asarray(telling | (count[row] == 0))


def _grid(flat: npt.NDArray[np.int32], row: npt.NDArray[np.int32], rows: int) -> npt.NDArray[np.int32]:
    grid = np.full((rows, WIDTH), -1, np.int32)
    if flat.size:
        start = np.r_[0, np.cumsum(np.bincount(row, minlength=rows))[:-1]]
        place = np.arange(flat.size) - start[row]
        inside = place < WIDTH
        grid[row[inside], place[inside]] = flat[inside]
    return grid


def _weights(names: Names) -> npt.NDArray[np.float32]:
    rows = len(names.grid)
    # A word that one name repeats is counted once for it.
    ordered = np.sort(names.grid, axis=1)
    new = np.ones_like(ordered, bool)
    new[:, 1:] = ordered[:, 1:] != ordered[:, :-1]
    count = np.bincount(ordered[new & (ordered >= 0)], minlength=len(names.words)).astype(np.float64)
    shares = background().shares
    listed = map(shares.get, names.words, itertools.repeat(_UNLISTED_SHARE))
    expected = np.fromiter(listed, np.float64, len(names.words))
    share = (count + _BACKGROUND_WEIGHT * expected) / (rows + _BACKGROUND_WEIGHT)
    # In a longer list a word must be rarer to tell as much: rarity is measured against the rarest a word can be.
    weight: npt.NDArray[np.float64] = -np.log(np.clip(share, 1e-9, 0.9)) * _RAREST / np.log(rows + _BACKGROUND_WEIGHT)
    # "Fund 2" is not "Fund", however common a two is.
    weight[names.kind == NUMBER] = np.maximum(weight[names.kind == NUMBER], _NUMBER_LEAST)
    return weight.astype(np.float32)


def _squashed(names: Names) -> npt.NDArray[np.object_]:
    words, squashed = np.array([*names.words, ""], object), np.empty(len(names.grid), object)
    sizes = np.fromiter(map(len, words), np.int64, len(words))
    for start in range(0, len(names.grid), _BLOCK):
        grid = names.grid[start : start + _BLOCK]
        text = "".join(words[grid[grid >= 0]].tolist())  # joined as one, and cut where each name ends
        ends = np.cumsum(sizes[grid].sum(axis=1)).tolist()
        squashed[start : start + _BLOCK] = [text[begin:end] for begin, end in itertools.pairwise([0, *ends])]
    return squashed


def _respell(names: Names, rows: list[int], texts: Sequence[str], shipped: Vocabulary) -> None:
    """Give "Van der Bilt" and "First Energy" the spelling of "Vanderbilt" and "FirstEnergy", where others have that.

    Args:
        names: the names, whose small words are set aside and whose numbers are digits.
        rows: those that have such words.
        texts: every name as it is written.
        shipped: the words that are legal forms.
    """
    known = set(names.squashed.tolist()) if rows else set()
    for start in range(0, len(rows), _BLOCK):
        some = rows[start : start + _BLOCK]
        for row, words in zip(some, _folded([texts[row] for row in some]), strict=True):
            whole = "".join(word for word in words if word not in shipped.forms)
            if whole in known:
                names.squashed[row] = whole
