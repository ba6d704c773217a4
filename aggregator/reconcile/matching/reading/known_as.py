"""Two names written in one: "Lakeside Foods LLC dba Sunny Snacks", "Nordwind GmbH (vormals Halle & Sohn)"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from aggregator.reconcile.matching.reading.folded_names import fold_names
from aggregator.reconcile.matching.reading.marked_names import with_marks
from aggregator.reconcile.matching.reading.vocabulary import vocabulary

if TYPE_CHECKING:
    from collections.abc import Sequence

# Both sides are names of the business, a trustee's and that of its trust too. "t/a" needs its stroke, or "T A Jones"
# would be two names.
_JOINERS: Final = (
    r"d\s?[./]?\s?b\s?[./]?\s?a\b\.?", r"doing business as", r"(?:also |now |formerly |previously )?trading as",
    r"t/as?", r"a/?k/?a", r"(?:also|now|formerly|previously) known as", r"f/?k/?a", r"formerly", r"previously",
    r"fmly\.?", r"vormals", r"vorm\.", r"ehemals", r"ehem\.", r"tidl\.", r"dawniej", r"anciennement", r"nome fantasia",
    r"handelend onder(?: de naam)?", r"h\.o\.d\.n\.?", r"(?<=[(\[])(?:f\.? ?d\.?|now|ex)",
    r"atf", r"as trustees? (?:for|of)",
)  # fmt: skip
_PARTS: Final = "division|subsidiary|affiliate|unit|series|brand|member"
# "Mebimon S.n.c. di Rossi Mario & C.": an Italian partnership says its partners, and may have a name of its own.
_PARTNERS: Final = r"(?:(?<=\ssnc\s)|(?<=\ssas\s)|(?<=\ss\.n\.c\.\s)|(?<=\ss\.a\.s\.\s))di"
# What follows is somebody else: who owns the shop, who takes its post, or whose part it is. "Phillips Division of
# Textron" may be one name: what tells whose part it is stands behind a sign, or has an article.
_CLOSERS: Final = (
    r"c/o", r"inh\.", r"inhaber(?:in)?", r"attn\b\.?:?", rf"an? (?:wholly[ -]owned )?(?:{_PARTS}|part) of",
    rf"(?:(?<=[,;(\[-])|(?<=[,;(\[-] ))(?:(?:wholly[ -]owned )?(?:{_PARTS}|part) of|onderdeel van|filiale de)",
    r"une (?:division|filiale|marque|soci\u00e9t\u00e9) d[eu]", r"una (?:divisi\u00f3n|filial|marca|empresa) del?",
    r"una divisione di", r"eine? (?:marke|tochter(?:gesellschaft)?|unternehmen|gesellschaft) (?:der|des|von)",
    r"een (?:divisie|merk|onderdeel|onderneming) van",
)  # fmt: skip
# "MIMS, a Pentair Company", "Acme LLC, a Delaware limited liability company": whose it is, or by which law.
_DESCRIBED: Final = re.compile(
    r"(?<=[^\s,;(\[-])\s?[,;(\[-]\s?an? (?:[\w.&'-]+ ){1,4}(?:brand|business|company|corporation|llc|partnership)\W*\Z",
    re.IGNORECASE,
)
# A run of blanks and brackets is looked at from its beginning alone: from each of its signs anew, a hundred thousand of
# them in one name would take half an hour.
_SPLIT: Final = re.compile(
    rf"(?<![\s,;(\[-])[\s,;(\[-]+(?:(?:{'|'.join(_JOINERS)})|({'|'.join(_CLOSERS)})|({_PARTNERS}))[\s:]+", re.IGNORECASE
)
_MARKS: Final = (
    "dba", "d.b", "d b a", "/", " as ", "aka", "fka", "formerly", "previously", "fmly", "vorm", "ehem", "tidl.",
    "dawniej", "ancienn", "fantasia", "handelend", "h.o.d", "(fd", "(f d", "(f.d", "(now ", "(ex ", "inh", "attn",
    *(f"{part} of" for part in (*_PARTS.split("|"), "part")), "onderdeel van", "filiale de", " une ", " una ", " eine ",
    " ein ", " een ", ", a ", ", an ", "(a ", "(an ", "- a ", "- an ", " atf ", "as trustee",
    "snc di ", "sas di ", "s.n.c. di ", "s.a.s. di ",
)  # fmt: skip
"""One of these is in every name that is two, in small letters: quicker looked for than the pattern."""
_EDGES: Final = " \t,;:-()[]"
_CLOSED: Final = re.compile(r"[)\]]")


def apart(names: Sequence[str]) -> dict[int, tuple[str, ...]]:
    """Return the names of each place where several are written in one; where only one name is left, that one.

    Args:
        names: names as they are written.
    """
    found = {}
    for place in with_marks(names, _MARKS):
        parts = _parts(names[place])
        if parts != (names[place],):
            found[place] = parts
    return found


def _parts(name: str) -> tuple[str, ...]:
    name = _DESCRIBED.sub("", name)
    parts, start = [], 0
    for joint in _SPLIT.finditer(name):
        if joint[2] and not _tells(name[start : joint.start()]):
            continue
        parts.append(name[start : joint.start()])
        start = joint.end()
        if joint[1]:
            break
    else:
        parts.append(name[start:])
    if len(parts) > 1:  # what closes the bracket that "(formerly" opened
        parts = [parts[0], *(_CLOSED.sub(" ", part) for part in parts[1:])]
    kept = tuple(dict.fromkeys(part for part in (part.strip(_EDGES) for part in parts) if part))
    return kept or (name,)


def _tells(name: str) -> bool:
    """Whether a name has a word of its own: "Panificio S.n.c." has none, and is any baker's."""
    shipped = vocabulary()
    words = (shipped.same.get(word, word) for word in fold_names([name])[0].split())
    return any(word not in shipped.forms and word not in shipped.kinds for word in words)
