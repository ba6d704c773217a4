"""Records read into columns, candidate pairs found, and every pair's features: all that a score is made of."""

from __future__ import annotations

from functools import partial
from itertools import islice, product
from operator import attrgetter
from typing import TYPE_CHECKING, Final

import attrs
import numpy as np

from aggregator.reconcile.matching.batches import batches, by_batches
from aggregator.reconcile.matching.candidates.search import find_pairs
from aggregator.reconcile.matching.features.circumstance_codes import (
    NAME_CIRCUMSTANCES,
    PAIR_CIRCUMSTANCES,
)
from aggregator.reconcile.matching.features.circumstances import field_circumstances, name_circumstances
from aggregator.reconcile.matching.features.field_features import FIELD_FEATURES, field_features
from aggregator.reconcile.matching.features.lexicon import Lexicon, read_lexicon
from aggregator.reconcile.matching.features.name_features import NAME_FEATURES, name_features
from aggregator.reconcile.matching.features.strangers import strangers
from aggregator.reconcile.matching.model.additive import AdditiveModel, columns_of
from aggregator.reconcile.matching.pair_codes import packed
from aggregator.reconcile.matching.reading.columns import Columns, read_columns
from aggregator.reconcile.matching.reading.every_name import every_name_of
from aggregator.reconcile.matching.reading.names import Names, read_names
from aggregator.reconcile.matching.reading.pinyin import are_of_china
from aggregator.reconcile.matching.reading.place_in_name import as_country
from aggregator.reconcile.matching.reading.vocabulary import CORE
from aggregator.reconcile.matching.reading.word_numbers import numbers_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import numpy.typing as npt

    from aggregator.reconcile.matching.candidates.search import Pairs
    from aggregator.reconcile.matching.profile import Profile

_EVERYWHERE: Final = -1
"""The place of a name that leaves none out."""

_NOWHERE: Final = -2
"""The place of a name that says nothing without its place, or whose place is none."""

_OPENING: Final = 4
"""Letters by which the accounts of one house are known: "Bergstrom" and "Bergstroem" share them."""


@attrs.define(slots=True, kw_only=True, eq=False)
class Records:
    """All records in an order of their own (by source, then key), so that the order of the input cannot matter.

    Attributes:
        profiles: The records.
        sources: Names of the sources, in order.
        source: Source number of each record.
        names: Columns of all names.
        lexicon: Index of the words of the names.
        columns: Every other column.
        spelled: The text of each row of `names`.
        usual: Of rows of `names` that say what a well-known business is usually called, what its record calls it.
        remarks: Of rows of `names` whose name has remarks beside it ("DO NOT USE"), which are passed over, those.
        first_name: Row in `names` of each record's first name; its others follow it.
        holds_at: Of a row of `names` that leaves a place out, the number of that place; of any other, -1.
        places: (records, n) numbers of the places that each record is in, -1 where there are no more; nothing at all
            where no name leaves a place out.
    """

    profiles: list[Profile]
    sources: list[str]
    source: npt.NDArray[np.int32]
    names: Names
    lexicon: Lexicon
    columns: Columns
    spelled: list[str]
    usual: Mapping[int, str]
    remarks: Mapping[int, str]
    first_name: npt.NDArray[np.int64]
    holds_at: npt.NDArray[np.int64]
    places: npt.NDArray[np.int32]


def read_records(profiles: Iterable[Profile]) -> Records:
    """Read profiles into columns."""
    # In two turns: comparing pairs of texts takes thrice as long.
    ordered = sorted(profiles, key=attrgetter("key"))
    ordered.sort(key=attrgetter("source"))
    sources = sorted(set(map(attrgetter("source"), ordered)))
    number = {name: place for place, name in enumerate(sources)}
    source = np.fromiter(map(number.__getitem__, map(attrgetter("source"), ordered)), np.int32, len(ordered))
    every = every_name_of(ordered)
    owner = np.repeat(np.arange(len(ordered), dtype=np.int32), every.counts)
    listed = every.listed_in(source[owner])
    names = read_names(every.texts, owner, source=listed, in_china=are_of_china(ordered))
    first_name = np.cumsum(np.r_[0, every.counts])[:-1]
    columns = read_columns(ordered, source, _openings(names)[first_name], partial(strangers, names, first_name))
    return Records(
        profiles=ordered,
        sources=sources,
        source=source,
        names=names,
        lexicon=read_lexicon(names, listed, every.texts),
        columns=columns,
        spelled=every.texts,
        usual=every.usual,
        remarks=every.remarks,
        first_name=first_name,
        holds_at=_holds_at(names, columns, every.left_out),
        places=_places(columns) if every.left_out else np.zeros((0, 0), np.int32),
    )


def _holds_at(names: Names, columns: Columns, left_out: Mapping[int, str]) -> npt.NDArray[np.int64]:
    """For each row of the names, the number of the place that it leaves out, else that it holds everywhere.

    Args:
        names: the names. Of those without their place, which must say more than that, the others hold nowhere.
        columns: which number the places.
        left_out: the places, by row.
    """
    countries = map(as_country, columns.country.texts)
    number = {text: place for place, text in enumerate((*columns.city.texts, *columns.region.texts, *countries))}
    holds = np.full(len(names.grid), _EVERYWHERE, np.int64)
    for row, place in left_out.items():
        words = names.grid[row]
        telling = (names.kind[words[words >= 0]] == CORE).any()
        holds[row] = number.get(place, _NOWHERE) if telling else _NOWHERE
    return holds


def _places(columns: Columns) -> npt.NDArray[np.int32]:
    """The towns, the states and the countries that each record is in, numbered as in `_holds_at`."""
    sides, before = [], 0
    for values in (columns.city, columns.region, columns.country):
        sides.append(np.where(values.grid >= 0, values.grid + np.int32(before), values.grid))
        before += len(values.texts)
    told = [side for side in sides if len(side)]
    return np.concatenate(told, axis=1) if told else np.zeros((0, 0), np.int32)


def _openings(names: Names) -> npt.NDArray[np.int64]:
    """Number of the first letters of each name row: the accounts of one house open alike, however they are spelt."""
    openings = numbers_of([word[:_OPENING] for word in (*names.words, "")])
    return openings.astype(np.int64)[names.grid[:, 0]]


def find_candidates(records: Records, *, strangers: bool = False) -> Pairs:
    """Record pairs worth comparing, each with the lower record number first.

    Args:
        records: the records.
        strangers: whether to return pairs that a first look drops, too: a model learns of them what strangers are.
    """
    return find_pairs(records.names, records.lexicon, records.columns, records.source, strangers=strangers)


@attrs.frozen(slots=True, kw_only=True, eq=False)
class Compared:
    """Candidate pairs with what their names and their other columns add to the log-odds.

    Attributes:
        left: Record number, the lower.
        right: Record number.
        left_name: Name row that fits best.
        right_name: Its counterpart.
        name_logit: Log-odds by the names alone.
        field_logit: What the other columns add.
        circumstances: What names and columns say together, one column for each of PAIR_CIRCUMSTANCES.
        suffixed: Whether the names are equal but for a region or a channel; of pairs that no house is near, False.
    """

    left: npt.NDArray[np.int64]
    right: npt.NDArray[np.int64]
    left_name: npt.NDArray[np.integer]
    right_name: npt.NDArray[np.integer]
    name_logit: npt.NDArray[np.float64]
    field_logit: npt.NDArray[np.float64]
    circumstances: npt.NDArray[np.int8]
    suffixed: npt.NDArray[np.bool_]

    def merged(self, other: Compared) -> Compared:
        """These pairs and others, in order."""
        order = np.argsort(np.r_[packed(self.left, self.right), packed(other.left, other.right)])
        columns = (field.name for field in attrs.fields(Compared))
        return Compared(
            **{name: np.concatenate((getattr(self, name), getattr(other, name)))[order] for name in columns}
        )


def compare(records: Records, pairs: Pairs, names_model: AdditiveModel, fields_model: AdditiveModel) -> Compared:
    """Score the names and the other columns of every pair, block by block."""
    left, right = pairs
    one, other, pair = _name_rows(records, left, right)
    logit, told = np.zeros(one.size), np.zeros((one.size, len(NAME_CIRCUMSTANCES)), np.int8)

    def judge(here: npt.NDArray[np.int64]) -> None:
        rows = one[here].astype(np.int64), other[here].astype(np.int64)
        matrix = name_features(records.names, records.lexicon, *rows)
        columns = columns_of(NAME_FEATURES, matrix)
        logit[here] = names_model.logit(columns, here.size)
        told[here] = name_circumstances(columns)

    by_batches(records.names, one, other, judge)
    best = _best_names(pair, logit) if one.size > left.size else slice(None)
    fields, circumstances = np.zeros(left.size), np.zeros((left.size, len(PAIR_CIRCUMSTANCES)), np.int8)
    circumstances[:, : len(NAME_CIRCUMSTANCES)] = told[best]
    for here in batches(0 if records.columns.empty else left.size):
        columns = columns_of(FIELD_FEATURES, field_features(records.columns, left[here], right[here]))
        fields[here] = fields_model.logit(columns, left[here].size)
        circumstances[here, len(NAME_CIRCUMSTANCES) :] = field_circumstances(columns)
    return Compared(
        left=left,
        right=right,
        left_name=one[best],
        right_name=other[best],
        name_logit=logit[best],
        field_logit=fields,
        circumstances=circumstances,
        suffixed=np.zeros(left.size, bool),
    )


def _best_names(pair: npt.NDArray[np.integer], logit: npt.NDArray[np.float64]) -> npt.NDArray[np.int64]:
    """Of several names of a record the best-fitting pair counts; ties go to the first names.

    Most records have one name: only the pairs of the others are put in order.
    """
    best = np.empty(int(pair.max(initial=-1)) + 1, np.int64)
    best[pair] = np.arange(pair.size)
    several = np.flatnonzero((np.bincount(pair, minlength=best.size) > 1)[pair])
    order = several[np.lexsort((several, -logit[several], pair[several]))][::-1]
    best[pair[order]] = order  # the best is written last
    return best


def _name_rows(
    records: Records, left: npt.NDArray[np.int64], right: npt.NDArray[np.int64]
) -> tuple[npt.NDArray[np.integer], npt.NDArray[np.integer], npt.NDArray[np.integer]]:
    """Every combination of the names of each pair, as name rows, with the number of its pair; in few bytes each."""
    first, names = records.first_name, records.names
    if len(names.grid) == first.size:  # a record has one name
        return left, right, np.zeros(0, np.int64)
    count = np.diff(np.r_[first, len(names.grid)])
    first, pair = first.astype(np.int32), np.arange(left.size, dtype=np.int32)
    found = [(first[left], first[right], pair)]  # the names that the records say first stand beside any others
    usual = list(records.usual)
    for mine, theirs in islice(product(range(count.max(initial=1)), repeat=2), 1, None):
        here = np.flatnonzero((count[left] > mine) & (count[right] > theirs))
        one, other = first[left[here]] + mine, first[right[here]] + theirs
        holds = _holds(records, one, right[here]) & _holds(records, other, left[here])
        # What a business is usually called says that it is that one, and nothing of those called nearly so.
        holds &= (names.spelling[one] == names.spelling[other]) | ~(np.isin(one, usual) | np.isin(other, usual))
        found.append((one[holds], other[holds], pair[here[holds]]))
    one, other, several = (np.concatenate(side) for side in zip(*found, strict=True))
    return one, other, several


def _holds(records: Records, rows: npt.NDArray[np.integer], others: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
    """Say of name rows whether they stand beside other records: one that leaves its place out, only in that place."""
    place = records.holds_at[rows]
    holds = place == _EVERYWHERE
    bare = np.flatnonzero(place >= 0)
    holds[bare] = (records.places[others[bare]] == place[bare, None]).any(axis=1)
    return np.asarray(holds)
