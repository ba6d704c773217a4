"""What a published list says of a business, and how names are read to judge whether two have anything in common.

Nothing here is of the matcher that is measured: it must not choose its own questions.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable

import attrs

# Forms of companies, and what a security's name adds; they make no difference between two names.
_FORMS = frozenset(
    re.findall(
        r"\w+",
        """
        inc incorporated corp corporation co company ltd limited llc llp lp plc ag gmbh mbh kg kgaa se sa nv
        bv oy oyj ab publ asa as aps spa srl sl sas sarl cv bhd berhad sdn pcl public pte pty tbk pt jsc
        ojsc pjsc ao llsc kk lda ltda eireli psc sae sti ticaret ve sanayi the and sp zoo eg egen ooo oao
        zao gk ohg ek doo dd kft zrt rt bvba sprl vof private pvt class common ordinary stock shares
        """,
    )
)
# A word in more than one name of fifty tells nothing of whose name it is: "airlines", "raiffeisenbank".
_COMMON = 1 / 50


@attrs.frozen
class Record:
    """A row of a published list.

    Args:
        key: the identifier that the other list has too.
        name: the business, as this list writes it.
        columns: what else the list says, by heading; a `brand` is another name.
        where: the market, where one name in two of them is two businesses.
    """

    key: str
    name: str
    columns: tuple[tuple[str, str], ...] = ()
    where: str = ""

    @property
    def names(self) -> list[str]:
        """All that the list calls it."""
        return [name for name in (self.name, dict(self.columns).get("brand", "")) if name]


# The rows of both lists.
Sides = tuple[list[Record], list[Record]]


def folded(name: str) -> str:
    """A name as it is compared for equality: letter case and white space aside."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def words(name: str) -> list[str]:
    """The words of a name without accents and points; initials that stand apart are one word."""
    plain = "".join(one for one in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(one))
    plain = re.sub(r"[.'`\u2019\u00b4]", "", plain)
    return re.findall(r"\w+", re.sub(r"\b\w(?: \w\b)+", lambda found: found[0].replace(" ", ""), plain))


def bare(name: str) -> str:
    """The letters of a name without the form of the company: what one list has twice is one business."""
    found = words(name)
    return "".join([word for word in found if word not in _FORMS] or found)


def script(name: str) -> frozenset[str]:
    """The alphabets of a name, as in LATIN."""
    return frozenset(unicodedata.name(one, "?").split()[0] for one in name if one.isalpha())


def common_words(names: Iterable[str]) -> frozenset[str]:
    """The words that too many names have for them to tell anything."""
    found = [set(words(name)) for name in names]
    counts = Counter(word for some in found for word in some)
    return frozenset(word for word, count in counts.items() if count > max(2, _COMMON * len(found)))


def alike(one: Record, other: Record, common: frozenset[str]) -> bool:
    """Whether any of their names share a word, the beginning of one, an acronym, or a good part of their letters."""
    return any(_alike(left, right, common) for left in one.names for right in other.names)


def _alike(left: str, right: str, common: frozenset[str]) -> bool:
    sides = [_telling(name, common) for name in (left, right)]
    if not all(sides):
        sides = [words(left), words(right)]
    some, others = sides
    if any(_begin_alike(word, other) for word in some for other in others):
        return True
    if any(len(_initials(one)) > 1 and _initials(one) in other for one, other in ((some, others), (others, some))):
        return True
    grams = [{text[at : at + 3] for at in range(len(text) - 2)} for text in ("".join(some), "".join(others))]
    return len(grams[0] & grams[1]) >= max(1, len(grams[0] | grams[1])) / 5


def _telling(name: str, common: frozenset[str]) -> list[str]:
    return [word for word in words(name) if len(word) > 1 and word not in _FORMS and word not in common]


def _begin_alike(word: str, other: str) -> bool:
    return word == other or (min(len(word), len(other)) >= 4 and (word[:4] == other[:4]))


def _initials(some: list[str]) -> str:
    return "".join(word[0] for word in some)
