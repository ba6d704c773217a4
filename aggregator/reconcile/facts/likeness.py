"""What two names have in common that are not of the same words: for the few pairs that need a closer look."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from itertools import combinations, pairwise, product
from typing import Final

from attrs import define

from aggregator.reconcile.matching.evidence.told_words import words_alike
from aggregator.reconcile.matching.reading.vocabulary import vocabulary

NOTHING_SHARED: Final = "no word in common"
JOINED: Final = "in one word or in several"
_SHOWN: Final = 4
_READ: Final = 16
"""Words of a name that are looked at closely."""


def likenesses_in_words(
    one: Iterable[Sequence[str]], other: Iterable[Sequence[str]], *, may_join: bool = True
) -> Iterator[str]:
    """Yield what two names share and where they differ, for many pairs of them.

    Args:
        one: The words of the first name of each pair, as the matcher folds them.
        other: Those of the second.
        may_join: Whether words of one may be one word of the other, but for legal forms: "LLC" is "L. L. C.".
    """
    parted = [_parted(mine, theirs) for mine, theirs in zip(one, other, strict=True)]
    alike = words_alike({pair for words in parted for pair in product(words.left, words.right)})
    return (_told(words, alike, may_join=may_join) for words in parted)


@define
class _Parted:
    """The words of two names: those of both, and those of one alone."""

    same: bool
    shared: list[str]
    left: list[str]
    right: list[str]


def _parted(one: Sequence[str], other: Sequence[str]) -> _Parted:
    mine, theirs = (list(dict.fromkeys(words))[:_READ] for words in (one, other))
    shared = [word for word in mine if word in theirs]
    left, right = ([word for word in words if word not in shared] for words in (mine, theirs))
    return _Parted(same=mine == theirs, shared=shared, left=left, right=right)


def _told(words: _Parted, alike: Container[tuple[str, str]], *, may_join: bool) -> str:
    left, right = words.left, words.right
    if not left and not right:
        return "same name" if words.same else "same name in another order"
    told = [listed("same words", words.shared)] if words.shared else []
    if left and right:
        told += filter(None, _in_other_letters(left, right, alike, may_join=may_join))
        if not (_EAST_ASIAN.isdisjoint(left) and _EAST_ASIAN.isdisjoint(right)):
            _drop_translated_forms(left, right)
    told = told or [NOTHING_SHARED]
    if left:
        told.append(listed("only left", left))
    if right:
        told.append(listed("only right", right))
    return "; ".join(told)


def _drop_translated_forms(left: list[str], right: list[str]) -> None:
    """Take an East Asian legal form and what it is translated to from the lists: neither side says more by it."""
    for mine, theirs in ((left, right), (right, left)):
        here, there = _east_asian_form(mine), _east_asian_form(theirs)
        known = vocabulary().forms
        if here and any(here & known[word].families for word in theirs if word in known):
            theirs[:] = [word for word in theirs if word not in known]
        elif not (here and there and here & there):
            continue
        for words in (mine, theirs):
            words[:] = [word for word, form in zip(words, _in_east_asian_form(words), strict=True) if not form]
        return


def _east_asian_form(words: Sequence[str]) -> int:
    """Return the families of the legal form of two words that is among these; 0 if none is."""
    known = vocabulary()
    found = (known.forms.get(known.phrases.get(pair, "")) for pair in pairwise(words) if pair[1] in _EAST_ASIAN)
    return next((form.families for form in found if form is not None), 0)


def _in_east_asian_form(words: Sequence[str]) -> Iterator[bool]:
    return (word in _EAST_ASIAN or following in _EAST_ASIAN for word, following in pairwise([*words, ""]))


_EAST_ASIAN: Final = frozenset({"kaisha", "gaisha", "hoesa"})


def _in_other_letters(
    left: list[str], right: list[str], alike: Container[tuple[str, str]], *, may_join: bool
) -> Iterator[str]:
    """Yield what words that are not the same have in common, and take from the lists those that have."""
    if len(left) + len(right) > 2:
        pairs = ((left, right), (right, left))
        yield listed(JOINED, [word for one, other in pairs for word in _joined(one, other, may_join=may_join)])
    yield listed("words alike", list(_alike(left, right, alike)))
    if len(left) + len(right) > 2:
        yield listed("initials", [*_initials(left, right), *_initials(right, left)])


def listed(what: str, words: list[str]) -> str:
    """Return the first words with what they are; an empty text if there is none."""
    return f"{what}: {' '.join(words[:_SHOWN])}" if words else ""


def _joined(one: list[str], other: list[str], *, may_join: bool) -> Iterator[str]:
    """Yield each word that the other name has in several, with those, and take them all from the lists."""
    able = one if may_join else filter(vocabulary().forms.__contains__, one)
    for word in tuple(able) if len(other) > 1 else ():
        spans = ((start, end) for start, end in combinations(range(len(other) + 1), 2) if end - start > 1)
        for start, end in spans:
            if "".join(other[start:end]) == word:
                yield f"{word}/{'+'.join(other[start:end])}"
                one.remove(word)
                del other[start:end]
                break


def _alike(one: list[str], other: list[str], alike: Container[tuple[str, str]]) -> Iterator[str]:
    """Yield words with those that they are like, and take both from the lists."""
    for word in tuple(one):
        like = next((theirs for theirs in other if (word, theirs) in alike), None)
        if like is not None:
            yield f"{word}/{like}"
            one.remove(word)
            other.remove(like)


def _initials(one: list[str], other: list[str]) -> Iterator[str]:
    """Yield the only word that is left of one name if it is the initials of the other, and take all from the lists."""
    telling = [word for word in other if word != "and"]
    if len(one) == 1 and len(telling) > 1 and one[0] == "".join(word[0] for word in telling):
        yield one[0]
        one.clear()
        other.clear()
