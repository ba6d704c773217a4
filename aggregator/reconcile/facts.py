"""What two records have in common and where they differ, in few words and quickly: for files with very many pairs.

The weights of the evidence are worked out pair by pair, by `explain`; here stands what they rest on.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final

from attrs import define, field

from aggregator.reconcile.likeness import likenesses_in_words, listed
from aggregator.reconcile.matching import Profile
from aggregator.reconcile.matching.columns import bare_identifier, domain_label, registrable_domain
from aggregator.reconcile.matching.names import fold
from aggregator.reconcile.matching.written import plain_street
from aggregator.reconcile.profiles import folded, folded_words

_READ: Final = 200
"""Words of a name that are compared; a longer one is no name."""


def _domains(profile: Profile) -> frozenset[str]:
    addresses = (*profile.websites, *profile.emails, *(one.email for one in profile.people if one.email))
    return frozenset(filter(None, map(registrable_domain, addresses)))


def _phones(profile: Profile) -> frozenset[str]:
    bare = (re.sub(r"\D", "", re.split(r"(?i)ext|x|#", phone, maxsplit=1)[0]) for phone in profile.phones)
    return frozenset(digits[-9:] for digits in bare if len(digits) >= 7)


def _mails(profile: Profile) -> frozenset[str]:
    return frozenset(
        mail.casefold() for mail in (*profile.emails, *(one.email or "" for one in profile.people)) if mail
    )


def _places(profile: Profile) -> frozenset[str]:
    return frozenset(
        folded(f"{plain_street(one.street)} {one.city or one.postcode or ''}")
        for one in profile.addresses
        if one.street
    )


def _people(profile: Profile) -> frozenset[str]:
    return frozenset(folded(one.name) for one in profile.people if one.name)


_DOMAIN: Final = "web domain"
_IDENTIFIER: Final = "identifier"
_BARE: Final = "identifier but for prefix or zeros"
_SCHEME: Final = "scheme"

_FIELDS: Final[tuple[tuple[str, Callable[[Profile], frozenset[str]]], ...]] = (
    (_DOMAIN, _domains),
    ("phone", _phones),
    ("e-mail", _mails),
    ("address", _places),
    ("contact", _people),
    (_IDENTIFIER, lambda profile: frozenset(f"{scheme} {value.strip()}" for scheme, value in profile.identifiers)),
    (_BARE, lambda profile: frozenset(bare_identifier(scheme, value) for scheme, value in profile.identifiers)),
    (_SCHEME, lambda profile: frozenset(scheme for scheme, _ in profile.identifiers)),
    ("country", lambda profile: frozenset({folded(profile.country)} if profile.country else ())),
)


@define
class Facts:
    """What pairs of these records have in common.

    Attributes:
        profiles: The records, by number.
    """

    profiles: Sequence[Profile]
    _read: dict[int, Mapping[str, frozenset[str]]] = field(factory=dict)

    def of(self, left: Sequence[int], right: Sequence[int]) -> list[str]:
        """Return what the two records of each pair share and where they differ, parted by semicolons."""
        first = list(map(_compare_names, self._words(left), self._words(right)))
        doubtful = [place for place, words in enumerate(first) if words is None]
        closely = self._closely([left[place] for place in doubtful], [right[place] for place in doubtful])
        told = [next(closely) if words is None else words for words in first]
        for place, (one, other) in enumerate(zip(left, right, strict=True)):
            mine = self._values(one)
            if mine and (theirs := self._values(other)):
                told[place] = "; ".join((told[place], *_compare_values(mine, theirs)))
        return told

    def _words(self, numbers: Sequence[int]) -> list[list[str]]:
        return folded_words([self.profiles[number].name for number in numbers])

    def _closely(self, left: Sequence[int], right: Sequence[int]) -> Iterator[str]:
        """Compare names as the matcher reads them, which takes longer."""
        sides = (fold([self.profiles[number].name for number in numbers]) for numbers in (left, right))
        return likenesses_in_words(*(map(str.split, side) for side in sides))

    def _values(self, number: int) -> Mapping[str, frozenset[str]]:
        """What the other fields of a record say, read once for all of its pairs."""
        found = self._read.get(number)
        if found is None:
            profile = self.profiles[number]
            if not _says_more(profile):
                return _NO_VALUES
            found = self._read[number] = {name: said for name, read in _FIELDS if (said := read(profile))}
        return found


_NO_VALUES: Final[Mapping[str, frozenset[str]]] = {}


def _compare_names(one: list[str], other: list[str]) -> str | None:
    """Say what two names have in common; None if each has words of its own, so that a closer look is due."""
    if one == other:
        return "same name"
    return _compare_words(list(dict.fromkeys(one))[:_READ], list(dict.fromkeys(other))[:_READ])


def _compare_words(one: list[str], other: list[str]) -> str | None:
    if one == other:
        return "same name"
    shared = [word for word in one if word in other]
    if len(shared) == len(one) == len(other):
        return "same name in another order"
    if not shared or len(one) > len(shared) < len(other):
        return None
    only = [word for word in (*one, *other) if word not in shared]
    return f"{listed('same words', shared)}; {listed('only left' if len(one) > len(shared) else 'only right', only)}"


def _compare_values(one: Mapping[str, frozenset[str]], other: Mapping[str, frozenset[str]]) -> Iterator[str]:
    for name, mine in one.items():
        theirs = other.get(name)
        if name == _IDENTIFIER and theirs:
            yield from _compare_identifiers(one, other)
        elif name not in {_BARE, _SCHEME} and theirs:
            shared = sorted(mine & theirs)
            yield f"same {name} {shared[0]}" if shared else _differs(name, mine, theirs)


def _differs(name: str, mine: frozenset[str], theirs: frozenset[str]) -> str:
    if name == _DOMAIN and (called := {*map(domain_label, mine)} & {*map(domain_label, theirs)}):
        return f"{name} differs in its ending alone: {min(called)}"
    return f"{name} differs"


def _compare_identifiers(one: Mapping[str, frozenset[str]], other: Mapping[str, frozenset[str]]) -> Iterator[str]:
    """Numbers of one kind agree, agree but for how they are written, or differ; numbers of two kinds say nothing."""
    for name in (_IDENTIFIER, _BARE):
        if shared := one[name] & other[name]:
            yield f"same {name} {min(shared).replace(':', ' ', int(name == _BARE))}"
            return
    if one[_SCHEME] & other[_SCHEME]:
        yield "identifier differs"


def _says_more(profile: Profile) -> bool:
    return bool(
        profile.websites
        or profile.phones
        or profile.emails
        or profile.addresses
        or profile.people
        or profile.identifiers
        or profile.country
    )
