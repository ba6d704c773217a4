"""What two records have in common and where they differ, in few words and quickly: for files with very many pairs.

The weights of the evidence are worked out pair by pair, by `explain`; here stands what they rest on.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from attrs import define, field

from aggregator.reconcile.matching import Profile
from aggregator.reconcile.matching.columns import registrable_domain
from aggregator.reconcile.profiles import folded

_SHOWN: Final = 4
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
        folded(f"{one.street} {one.city or one.postcode or ''}") for one in profile.addresses if one.street
    )


def _people(profile: Profile) -> frozenset[str]:
    return frozenset(folded(one.name) for one in profile.people if one.name)


_FIELDS: Final[tuple[tuple[str, Callable[[Profile], frozenset[str]]], ...]] = (
    ("web domain", _domains),
    ("phone", _phones),
    ("e-mail", _mails),
    ("address", _places),
    ("contact", _people),
    ("identifier", lambda profile: frozenset(f"{scheme} {value}" for scheme, value in profile.identifiers)),
    ("country", lambda profile: frozenset({folded(profile.country)} if profile.country else ())),
)


class _Read(NamedTuple):
    """A record, read once for all of its pairs: its words, and what its other fields say."""

    words: list[str]
    values: Mapping[str, frozenset[str]]


_NO_VALUES: Final[Mapping[str, frozenset[str]]] = {}


@define
class Facts:
    """What pairs of these records have in common.

    Attributes:
        profiles: The records, by number.
    """

    profiles: Sequence[Profile]
    _read: dict[int, _Read] = field(factory=dict)

    def of(self, left: int, right: int) -> str:
        """Return what two records share and where they differ, parted by semicolons."""
        return "; ".join(self._say(self._look(left), self._look(right)))

    def _look(self, number: int) -> _Read:
        found = self._read.get(number)
        if found is None:
            profile = self.profiles[number]
            values = _NO_VALUES
            if _says_more(profile):
                values = {name: said for name, read in _FIELDS if (said := read(profile))}
            found = self._read[number] = _Read(list(dict.fromkeys(folded(profile.name).split()))[:_READ], values)
        return found

    @staticmethod
    def _say(one: _Read, other: _Read) -> Iterator[str]:
        if one.words == other.words:
            yield "same name"
        elif set(one.words) == set(other.words):
            yield "same name in another order"
        else:
            yield _listed("same words", [word for word in one.words if word in other.words]) or "no word in common"
            if extra := _listed("only left", [word for word in one.words if word not in other.words]):
                yield extra
            if extra := _listed("only right", [word for word in other.words if word not in one.words]):
                yield extra
        for name, mine in one.values.items():
            theirs = other.values.get(name)
            if theirs:
                shared = sorted(mine & theirs)
                yield f"same {name} {shared[0]}" if shared else f"{name} differs"


def _listed(what: str, words: list[str]) -> str:
    return f"{what}: {' '.join(words[:_SHOWN])}" if words else ""


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
