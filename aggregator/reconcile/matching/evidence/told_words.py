"""Which words two names share, and how: as they are written, and not as they were read to be compared."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Final

import attrs
import numpy as np

from aggregator.reconcile.matching.features.alignment import LEAST_CREDIT, align
from aggregator.reconcile.matching.reading.folded_names import fold_names
from aggregator.reconcile.matching.reading.shortened import stretch_of
from aggregator.reconcile.matching.reading.vocabulary import background, vocabulary
from aggregator.reconcile.matching.reading.word_likeness import OF_AN_INITIAL, word_credit
from aggregator.reconcile.matching.reading.word_numbers import Index, Spellings, without_digraphs

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    import numpy.typing as npt

    from aggregator.reconcile.matching.comparison import Records
    from aggregator.reconcile.matching.reading.names import Names

    Ints = npt.NDArray[np.int64]

_NAMED: Final = 3
_KINDS: Final = {
    "same": "same words",
    "joined": "in one word or in several",
    "alike": "words alike",
    "initials": "initials",
    "short": "short, as these lists have it",
}


@attrs.frozen(slots=True, kw_only=True, eq=False)
class _Side:
    """The words of a name: their numbers, how far each finds its like, and how each is written."""

    words: list[int]
    credit: list[float]
    written: Mapping[int, str]

    def rarest_first(self, names: Names) -> Iterator[tuple[int, float]]:
        found = [pair for pair in zip(self.words, self.credit, strict=True) if pair[0] >= 0]
        return iter(sorted(found, key=lambda pair: (-float(names.weight[pair[0]]), names.words[pair[0]])))


def told_words(records: Records, one: Ints, other: Ints) -> Iterator[tuple[str, str]]:
    """Yield what the words of two names have in common, and the words of one alone; of each the rarest three."""
    aligned = align(records.names, records.lexicon, one, other)
    mine, theirs = (words.T.tolist() for words in (aligned.left, aligned.right))
    credit_of, credit_back_of = (np.round(side.T, 4).tolist() for side in aligned.credit)
    written = _written(records, (one, other))
    for row, row_back, words, words_back, credit, back in zip(
        one.tolist(), other.tolist(), mine, theirs, credit_of, credit_back_of, strict=True
    ):
        sides = (
            _Side(words=words, credit=credit, written=written[row]),
            _Side(words=words_back, credit=back, written=written[row_back]),
        )
        yield _in_common(records, sides), _left_over(records.names, sides)


def _written(records: Records, sides: tuple[Ints, Ints]) -> Mapping[int, Mapping[int, str]]:
    """For each name row, how each of its words is written there, folded; a word of a phrase is the phrase's."""
    rows, names = np.unique(np.concatenate(sides)), records.names
    texts = [records.spelled[row] for row in rows.tolist()]
    index = Index()
    spellings = Spellings(index, background().known)
    split = [line.split() for line in fold_names(texts)]
    numbered = [[(spellings[word], word) for word in words] for words in split]
    read = list(index)
    found = {}
    for row, pairs in zip(rows.tolist(), numbered, strict=True):
        as_read = {key: word for number, word in pairs for key in (without_digraphs(read[number]), read[number])}
        ids = [(number, names.words[number]) for number in names.grid[row].tolist() if number >= 0]
        short = {word: names.stands_for[word] for _, word in ids if word in names.stands_for}
        written = [(without_digraphs(read[number]), word) for number, word in pairs]
        meant = {letters: stretch_of([*map(without_digraphs, words)], written) for letters, words in short.items()}
        found[row] = {number: as_read.get(word) or meant.get(word) or word for number, word in ids}
    return found


def _in_common(records: Records, sides: tuple[_Side, _Side]) -> str:
    found: dict[str, dict[str, None]] = {kind: {} for kind in _KINDS}
    for mine, theirs in (sides, sides[::-1]):
        for word, credit in mine.rarest_first(records.names):
            if credit < LEAST_CREDIT:
                continue
            kind, text = _shared(records, word, credit, mine, theirs, turned=mine is sides[1])
            found[kind][text] = None
    told = (f"{what}: {_listed(found[kind])}" for kind, what in _KINDS.items() if found[kind])
    return "; ".join(told) or "no word in common"


def _shared(records: Records, word: int, credit: float, mine: _Side, theirs: _Side, *, turned: bool) -> tuple[str, str]:
    """How a word is shared, and what is told of it: the same whichever of the two names it is looked for from."""
    own = mine.written[word]
    if word in theirs.words:
        pair = [own, theirs.written[word]]
        if own != pair[1] and records.names.words[word] in records.names.stands_for:
            return "short", _both(sorted(pair, key=len), "for")
        return "same", _both(pair[::-1] if turned else pair, "as")
    if credit == 1:
        return "joined", f"'{own}'"
    like = theirs.written[_likest(records, word, mine, theirs)]
    if 1 in (len(own), len(like)):
        return "initials", _both(sorted((own, like), key=len), "for")
    return "alike", _both([like, own] if turned else [own, like], "and")


def _both(pair: list[str], between: str) -> str:
    one, other = pair
    return f"'{one}'" if one == other else f"'{one}' {between} '{other}'"


def _likest(records: Records, word: int, mine: _Side, theirs: _Side) -> int:
    """The word of the other name that a word is like, of those that it has not itself."""
    names, kin = records.names, records.lexicon.kin
    open_words = [one for one in theirs.words if one >= 0 and one not in mine.words]
    if len(open_words) == 1:
        return open_words[0]
    near = word_credit([names.words[word]] * len(open_words), [names.words[one] for one in open_words]).tolist()
    akin = [2.0 if kin[word] and kin[word] == kin[one] else found for one, found in zip(open_words, near, strict=True)]
    return open_words[akin.index(max(akin))]


def _left_over(names: Names, sides: tuple[_Side, _Side]) -> str:
    left = {
        (-float(names.weight[word]), names.words[word]): f"'{side.written[word]}'"
        for side in sides
        for word, credit in side.rarest_first(names)
        if credit < LEAST_CREDIT
    }
    words = dict.fromkeys(left[key] for key in sorted(left))
    return f"only in one name: {_listed(words)}" if words else "no word is left over"


def _listed(words: Iterable[str]) -> str:
    return ", ".join(itertools.islice(words, _NAMED))


def words_alike(pairs: Collection[tuple[str, str]]) -> set[tuple[str, str]]:
    """Return those pairs of folded words that are one word, one misspelt, or one the beginning of the other."""
    same = vocabulary().same
    read = {word: without_digraphs(same.get(word, word)) for word in {*itertools.chain.from_iterable(pairs)}}
    asked = [pair for pair in pairs if read[pair[0]] != read[pair[1]]]
    credit = word_credit([read[one] for one, _ in asked], [read[other] for _, other in asked])
    strangers = itertools.compress(asked, credit <= OF_AN_INITIAL)
    return {*pairs}.difference(strangers)
