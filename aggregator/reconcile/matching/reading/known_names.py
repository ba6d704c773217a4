"""What well-known businesses are called besides: "FedEx" is Federal Express, which no spelling tells."""

from __future__ import annotations

from functools import cache
from itertools import chain
from typing import TYPE_CHECKING, Final

import attrs

from aggregator.reconcile.matching.reading.folded_names import words_of_names
from aggregator.reconcile.matching.reading.vocabulary import is_legal_form, load_list, vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_ARTICLE: Final = "the"
_EDGES: Final = " .,;:\"'()"
_NOTHING: Final = ("",)
_READ: Final = 80
"""Characters in which the first word of a name ends."""


@attrs.frozen(slots=True, kw_only=True)
class _Known:
    """The shipped names.

    Attributes:
        usual: What a business is usually called, by each of its other names, as `_key` makes it.
        every: The same, by the usual name, too.
        begun: What they begin with, or a legal form before them: looked for first, as it is written, for it is quicker.
    """

    usual: Mapping[str, str]
    every: Mapping[str, str]
    begun: frozenset[str]


def usual_names(names: Sequence[str]) -> dict[int, str]:
    """Return what well-known businesses are usually called, of each place where another of their names stands.

    Args:
        names: names as they are written.
    """
    return _found(names, _known().usual)


def known_businesses(names: Sequence[str]) -> dict[int, str]:
    """Return what well-known businesses are usually called, of each place where one of their names stands.

    Args:
        names: names as they are written.
    """
    return _found(names, _known().every)


def known_by_two_names(one: Sequence[str], other: Sequence[str]) -> dict[int, str]:
    """Return what well-known businesses are usually called, of each pair of names that are two of theirs.

    Args:
        one: the first name of each pair, as it is written.
        other: the second.
    """
    mine = known_businesses(one)
    theirs = known_businesses([other[place] for place in mine])
    both = [place for at, (place, business) in enumerate(mine.items()) if theirs.get(at) == business]
    keys = [
        [_key(words[_leading_form(words) :]) for words in words_of_names([names[place] for place in both])]
        for names in (one, other)
    ]
    return {place: mine[place] for place, key, other_key in zip(both, *keys, strict=True) if key != other_key}


def _found(names: Sequence[str], usual: Mapping[str, str]) -> dict[int, str]:
    begun = _known().begun
    first = _first_words(names)
    places = [place for place, word in enumerate(first) if word in begun or not word.isascii()]
    found = {}
    for place, words in zip(places, words_of_names([names[place] for place in places]), strict=True):
        business = usual.get(_key(words))
        if business is None and (form := _leading_form(words)):
            business = usual.get(_key(words[form:]))
        if business:
            found[place] = business
    return found


@cache
def _known() -> _Known:
    every: list[list[str]] = load_list("known_names.json")["businesses"]
    names = list(chain.from_iterable(every))
    folded = words_of_names(names)
    keys = dict(zip(names, map(_key, folded), strict=True))
    itself = {keys[first] for first, *_ in every}
    begun = chain(_first_words(names), (words[0] for words in folded), _first_words_of_forms())
    named = {keys[name]: first for first, *others in every for name in (first, *others)}
    return _Known(
        usual={key: first for key, first in named.items() if key not in itself},
        every=named,
        begun=frozenset(begun),
    )


def _first_words(names: Sequence[str]) -> list[str]:
    """The first word of each name in small letters, as it is written, but for an article."""
    begun = [name[:_READ].lower().split(None, 1) or _NOTHING for name in names]
    return [
        (words[1].split(None, 1)[0] if words[0] == _ARTICLE and len(words) > 1 else words[0]).strip(_EDGES)
        for words in begun
    ]


def _first_words_of_forms() -> Iterator[str]:
    shipped = vocabulary()
    yield from shipped.forms
    yield from (phrase[0] for phrase, word in shipped.phrases.items() if word in shipped.forms)


def _key(words: Sequence[str]) -> str:
    """A name without blanks, without the article before it and the legal forms behind it; whole, if that is all of it.

    Args:
        words: the folded words of the name.
    """
    shipped, ends = vocabulary(), _last_words_of_forms()
    start, end = words[:1] == [_ARTICLE], len(words)
    while end and words[end - 1] in ends:
        size = next((size for size in range(min(_LONGEST, end), 0, -1) if is_legal_form(words[end - size : end])), 0)
        if not size:
            break
        end -= size
    telling = words[start:end] or words
    return "".join(shipped.same.get(word, word) for word in telling)


def _leading_form(words: Sequence[str]) -> int:
    """How many words of a legal form a name begins with: "PT Sumber Alfaria Trijaya"."""
    return next((size for size in range(min(_LONGEST, len(words) - 1), 0, -1) if is_legal_form(words[:size])), 0)


@cache
def _last_words_of_forms() -> frozenset[str]:
    shipped = vocabulary()
    phrases = (phrase[-1] for phrase, word in shipped.phrases.items() if word in shipped.forms)
    return frozenset(chain(shipped.forms, phrases))


_LONGEST: Final = 9
"""Words of a legal form."""
