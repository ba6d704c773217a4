"""Two published lists become a labelled set: a row a business, partners by key, some without a partner.

A shared key makes a true pair, and its absence proves nothing: the same firm has many tickers and blocks of addresses.
So only businesses that both lists have are taken, and of a fixed share the one row or the other is withheld: a record
without a partner has none for certain.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from random import Random

import attrs

from benchmarks.matching.published.records import Record, alike, bare, common_words, folded, script

# At most so many businesses a set: a published list can be as long as it likes, and the others would not be heard.
LARGEST = 1500
# Of names that are equal but for letter case at most so many, and so many that have nothing in common.
EQUAL, RENAMED = 2 / 5, 1 / 10
# The share whose row of b is withheld, and the share whose row of a is.
WITHHELD = 1 / 5
# More rows than these are no business: they are strung together by numbers that were handed out again.
CHAIN = 6

_Name = tuple[str, str]


@attrs.frozen
class Business:
    """A business of one list: the row that stands for it, and all the keys that it has there."""

    row: Record
    keys: frozenset[str]

    @property
    def called(self) -> _Name:
        """What two rows of one list are one business by."""
        return bare(self.row.name), self.row.where


@attrs.frozen
class Pair:
    """A business that both lists have. kind: "equal", "rename" (no word in common), "script", or ""."""

    left: Business
    right: Business
    kind: str = ""


@attrs.frozen
class Lists:
    """Both lists with their ids, and the true pairs by id with their kind."""

    left: tuple[tuple[str, Business], ...]
    right: tuple[tuple[str, Business], ...]
    truth: tuple[tuple[str, str, str], ...]


def join(name: str, left: Iterable[Record], right: Iterable[Record], *, alike_only: bool) -> Lists:
    """Make the labelled set of a name, the same whatever the order of the records.

    Args:
        name: of the set; it settles what is drawn.
        left: one list.
        right: the other.
        alike_only: a pair whose names have nothing in common is left out; else it is a `rename`.
    """
    rng = Random(f"published {name}")
    pairs = _chosen(_kinds(_pairs(businesses(left), businesses(right)), alike_only=alike_only), rng)
    withheld = int(len(pairs) * WITHHELD)
    both, alone, others = pairs[2 * withheld :], pairs[withheld : 2 * withheld], pairs[:withheld]
    sides = [pair.left for pair in [*both, *alone]], [pair.right for pair in [*both, *others]]
    for side in sides:
        rng.shuffle(side)
    numbers = rng.sample(range(10_000, 100_000), len(sides[0]) + len(sides[1]))
    ids = [
        {business.called: f"{letter}{numbers.pop()}" for business in side}
        for letter, side in zip("AB", sides, strict=True)
    ]
    truth = sorted((ids[0][pair.left.called], ids[1][pair.right.called], pair.kind) for pair in both)
    left_rows, right_rows = (tuple((of[one.called], one) for one in side) for of, side in zip(ids, sides, strict=True))
    return Lists(left_rows, right_rows, tuple(truth))


def businesses(records: Iterable[Record]) -> list[Business]:
    """The businesses of a list: names alike but for the form of the company are one, in one market.

    A key that two of them have tells nothing, and goes; a business without a key goes with it.
    """
    rows: defaultdict[_Name, list[Record]] = defaultdict(list)
    for record in sorted(records, key=lambda record: (record.key, record.name, record.columns, record.where)):
        if bare(record.name) and not record.name.isdigit():
            rows[bare(record.name), record.where].append(record)
    owners: defaultdict[str, set[_Name]] = defaultdict(set)
    for called, some in rows.items():
        for record in some:
            owners[record.key].add(called)
    found = [
        Business(some[0], frozenset(record.key for record in some if len(owners[record.key]) == 1))
        for some in rows.values()
    ]
    return [business for business in found if business.keys]


def _pairs(left: Sequence[Business], right: Sequence[Business]) -> list[Pair]:
    """One pair a business: of rows that keys string together the two of the first key that is shared."""
    by_key = [{key: business for business in side for key in business.keys} for side in (left, right)]
    found, seen = [], set[str]()
    for key in sorted(by_key[0].keys() & by_key[1].keys()):
        if key in seen:
            continue
        strung, rows = _strung(key, by_key)
        seen |= strung
        if rows <= CHAIN:
            found.append(Pair(by_key[0][key], by_key[1][key]))
    return _without_namesakes(found)


def _strung(key: str, by_key: Sequence[dict[str, Business]]) -> tuple[set[str], int]:
    """All keys that hang together with one, and how many rows have them."""
    waiting, keys, rows = [key], {key}, set[tuple[int, _Name]]()
    while waiting:
        at = waiting.pop()
        for side, of in enumerate(by_key):
            if at in of and (side, of[at].called) not in rows:
                rows.add((side, of[at].called))
                waiting += of[at].keys - keys
                keys |= of[at].keys
    return keys, len(rows)


def _without_namesakes(pairs: Sequence[Pair]) -> list[Pair]:
    """Leave out who is called as the other list calls another: it may be the same firm under another number."""
    lefts, rights = ({called: at for at, called in enumerate(side)} for side in _called(pairs))
    return [
        pair
        for at, pair in enumerate(pairs)
        if rights.get(pair.left.called, at) == at and lefts.get(pair.right.called, at) == at
    ]


def _called(pairs: Sequence[Pair]) -> tuple[list[_Name], list[_Name]]:
    return [pair.left.called for pair in pairs], [pair.right.called for pair in pairs]


def _kinds(pairs: Sequence[Pair], *, alike_only: bool) -> list[Pair]:
    common = common_words(business.row.name for pair in pairs for business in (pair.left, pair.right))
    found = [attrs.evolve(pair, kind=_kind(pair.left.row, pair.right.row, common)) for pair in pairs]
    return [pair for pair in found if not alike_only or pair.kind in {"", "equal"}]


def _kind(one: Record, other: Record, common: frozenset[str]) -> str:
    if folded(one.name) == folded(other.name):
        return "equal"
    if alike(one, other, common):
        return ""
    return "rename" if script(one.name) & script(other.name) else "script"


def _chosen(pairs: Sequence[Pair], rng: Random) -> list[Pair]:
    """As many as a set may have, with no more equal names and renamed ones than it may have."""
    drawn = list(pairs)
    rng.shuffle(drawn)
    equal = [pair for pair in drawn if pair.kind == "equal"]
    far = [pair for pair in drawn if pair.kind in {"rename", "script"}]
    others = [pair for pair in drawn if not pair.kind]
    # Of each what keeps its share once the others are in: equal / (equal + far + others) is at most EQUAL.
    far = far[: int(len(others) * RENAMED / (1 - RENAMED))]
    equal = equal[: int((len(others) + len(far)) * EQUAL / (1 - EQUAL))]
    part = min(1, LARGEST / max(1, len(others) + len(far) + len(equal)))
    chosen = [pair for some in (others, far, equal) for pair in some[: int(len(some) * part)]]
    rng.shuffle(chosen)
    return chosen
