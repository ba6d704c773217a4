"""What the other columns of a pair tell: one small code a column, 0 wherever either side says nothing."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Final

import numpy as np
from rapidfuzz.distance import JaroWinkler
from rapidfuzz.process import cpdist

from aggregator.reconcile.matching.reading.numbered_values import OF_ONE_HOUSE

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from aggregator.reconcile.matching.reading.columns import Columns
    from aggregator.reconcile.matching.reading.numbered_values import Values

FIELD_FEATURES: Final = (
    "domain",  # 1 different, 2 alike, 3 the same but for the ending, 4..7 the same, held by many .. by one
    "email",  # 1 different, 2..5 the same
    "phone",  # as email
    "identifier",  # 1 different in one scheme, 2 the same but for prefix and zeros, and of few, 3..6 the same
    "registered",  # 1 different: two LEIs, or two VAT numbers of one country, of which a business has one
    "street",  # 1 different, 2 the same street, other number, 3 alike, 4 the same; 0 too if many have it, or no number
    "city",  # 1 different, 2 alike, 3 the same; 0 too where the region is different, or if most records say it
    "region",  # 1 different: state or province; that it is the same says little, and is 0 too
    "postcode",  # 1 different, 2 the same area, or the same and many have it, 3 the same; 0 too as the city
    "country",  # 1 different, 2 the same; 0 too if most records say it
    "nation",  # 1 different, 2 the same: the country by phone, domain or address; 0 too if the country is the same
    "person",  # 1 different, 2 the same; 0 too if many have it
    "role",  # 1 different, 2 the same
)


def field_features(
    columns: Columns, left: npt.NDArray[np.int64], right: npt.NDArray[np.int64]
) -> npt.NDArray[np.float32]:
    """Compare records pair by pair; returns (n, len(FIELD_FEATURES))."""
    held = {name: _shared(getattr(columns, name), left, right) for name in ("street", "person")}
    held |= {name: _of_their_own(getattr(columns, name), left, right) for name in ("email", "phone")}
    found = {
        "domain": _domain(columns, left, right),
        "email": held["email"],
        "phone": held["phone"],
        "identifier": _identifier(columns, left, right),
        "registered": (_shared(columns.registry, left, right) >= 2) & (_shared(columns.registered, left, right) == 1),
        "street": _street(columns, held["street"], left, right),
        "city": _city(columns.city, left, right),
        "region": _shared(columns.region, left, right) == 1,
        "postcode": _postcode(columns, left, right),
        "country": _country(columns.country, left, right),
        "nation": _somewhere(columns.nation, left, right),
        "person": np.select([_of_many(held["person"]), held["person"] >= 2], [0, 2], held["person"]),
        "role": np.minimum(_shared(columns.role, left, right), 2),
    }
    # A country that both say is told once.
    found["nation"] = np.where((found["country"] == 2) & (found["nation"] == 2), 0, found["nation"])
    # Springfield in Ohio is no Springfield in Illinois; and that another state has other towns and codes is no news.
    for name in ("city", "postcode"):
        found[name] = np.where(found["region"], 0, found[name])
    # Bills go to a box at the post office, often of a bank in another state: it denies no address.
    boxed = _boxed(columns, left, right)
    for name in ("street", "city", "region", "postcode"):
        found[name] = np.where(boxed & (found[name] == 1), 0, found[name])
    # All that one agency says is one reason: its web domain, which counts for little.
    agency = np.sum([_of_many(code) for code in (found["domain"] - 2, *held.values())], axis=0) > 1
    for name in _WHERE_AN_AGENCY_IS:
        found[name] = np.where(agency, 0, found[name])
    return np.stack([found[name] for name in FIELD_FEATURES], axis=1).astype(np.float32)


_WHERE_AN_AGENCY_IS: Final = ("email", "phone", "street", "city", "region", "postcode", "country", "nation")
"""What its brands share with each other beside its web domain, which alone counts, for little."""


def _shared(values: Values, left: npt.NDArray[np.int64], right: npt.NDArray[np.int64]) -> npt.NDArray[np.float32]:
    """0 not said, 1 different, 2 to 5 the same; 5 held by one record of a source, 4 by two or three, 3 by up to ten."""
    if values.empty:
        return np.zeros(left.size, np.float32)
    one, other = values.grid[left], values.grid[right]
    said = (one[:, 0] >= 0) & (other[:, 0] >= 0)
    same = (one[:, :, None] == other[:, None, :]).any(axis=2) & (one >= 0)
    rank = 5 - np.searchsorted([1, OF_ONE_HOUSE, 10], values.holders)
    best = np.where(same, np.r_[rank, 0][one], 0).max(axis=1)
    return np.where(said, np.maximum(best, 1), 0).astype(np.float32)


def _of_their_own(values: Values, left: npt.NDArray[np.int64], right: npt.NDArray[np.int64]) -> npt.NDArray[np.float32]:
    """As `_shared`, but that a value of many is nobody's own: that the other record says another is no difference."""
    code = _shared(values, left, right)
    different = np.flatnonzero(code == 1)
    own = np.r_[values.holders <= OF_ONE_HOUSE, False]
    for rows in (left, right):
        code[different[~own[values.grid[rows[different]]].any(axis=1)]] = 0
    return code


def _usual(values: Values, left: npt.NDArray[np.int64], right: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
    """Say of pairs whether both records say what most of all records say."""
    one, other = values.grid[left, 0], values.grid[right, 0]
    return np.asarray((one == other) & np.r_[values.usual, False][one])


def _somewhere(values: Values, left: npt.NDArray[np.int64], right: npt.NDArray[np.int64]) -> npt.NDArray[np.float32]:
    """0 not said, or what most records say, 1 different, 2 the same."""
    code = np.minimum(_shared(values, left, right), 2)
    return code if values.empty else np.where(_usual(values, left, right), 0, code)


def _country(values: Values, left: npt.NDArray[np.int64], right: npt.NDArray[np.int64]) -> npt.NDArray[np.float32]:
    """As `_somewhere`; a country that we do not know by its two letters differs from none."""
    code = _somewhere(values, left, right)
    different = np.flatnonzero(code == 1)
    known = np.array([*(len(text) == _LETTERS for text in values.texts), True])
    for rows in (left, right):
        code[different[~known[values.grid[rows[different]]].all(axis=1)]] = 0
    return code


_LETTERS: Final = 2
"""Of the code of a country."""

HELD_BY_FEW: Final = 4
"""The code of `_shared` from which on a value is one business's, or of two or three: of more, it is an agency's."""


def _of_many(code: npt.NDArray[np.float32]) -> npt.NDArray[np.bool_]:
    """Say of the codes of `_shared` which are of a value that more than a few have."""
    return np.asarray((code >= 2) & (code < HELD_BY_FEW))


def _domain(columns: Columns, left: npt.NDArray[np.int64], right: npt.NDArray[np.int64]) -> npt.NDArray[np.float32]:
    values, labels = columns.domain, columns.domain_labels
    code = _of_their_own(values, left, right)
    code = np.where(code >= 2, code + 2, code)
    different = np.flatnonzero(code == 1)
    one = [labels[number] for number in values.grid[left[different], 0].tolist()]
    other = [labels[number] for number in values.grid[right[different], 0].tolist()]
    if different.size:
        # "acme.de" and "acme.com", and at times "acme.com" and "acmefoods.com", are of one house.
        alike = cpdist(one, other, scorer=JaroWinkler.normalized_similarity, dtype=np.float32)
        code[different[alike >= 0.93]] = 2
        code[different[alike == 1]] = 3
    return code


def _identifier(columns: Columns, left: npt.NDArray[np.int64], right: npt.NDArray[np.int64]) -> npt.NDArray[np.float32]:
    if columns.identifier.empty:
        return np.zeros(left.size, np.float32)
    comparable = _shared(columns.scheme, left, right) >= 2
    exact = _shared(columns.identifier, left, right)
    loose = _shared(columns.loose_identifier, left, right)
    # Of many who have one number, it says as little of those that write it with a prefix as of those that do not.
    code = np.select([exact >= 2, _of_many(loose), loose >= 2], [exact + 1, loose + 1, 2], 1)
    return np.where(comparable, code, 0).astype(np.float32)


_NEARLY_A_STREET: Final = 0.88
"""Likeness of the names of two streets of which, with one number, one is misspelt or cut."""
_A_STREET: Final = 0.94
"""The same where the numbers differ."""


_LOOKED_AT: Final = 2
"""Towns or streets of one record that are looked at for likeness, which takes long."""


def _likeness(
    values: Values, texts: Sequence[str], left: npt.NDArray[np.int64], right: npt.NDArray[np.int64]
) -> npt.NDArray[np.float32]:
    """Best Jaro-Winkler over the first two values of each side; -1 where either side says nothing.

    Args:
        values: the values of the records.
        texts: what is compared of each value, by its number.
        left: row of each pair.
        right: row of each pair.
    """
    best = np.full(left.size, -1, np.float32)
    for mine, theirs in product(range(min(_LOOKED_AT, values.grid.shape[1])), repeat=2):
        one, other = values.grid[left, mine], values.grid[right, theirs]
        both = np.flatnonzero((one >= 0) & (other >= 0))
        if both.size:
            scores = cpdist(
                [texts[number] for number in one[both].tolist()],
                [texts[number] for number in other[both].tolist()],
                scorer=JaroWinkler.normalized_similarity,
                dtype=np.float32,
            )
            best[both] = np.maximum(best[both], scores)
    return best


def _street(
    columns: Columns, shared: npt.NDArray[np.float32], left: npt.NDArray[np.int64], right: npt.NDArray[np.int64]
) -> npt.NDArray[np.float32]:
    values = columns.street
    if values.empty:
        return np.zeros(left.size, np.float32)
    alike = _likeness(values, columns.streets.names, left, right)
    mine, theirs = (columns.streets.houses[values.grid[side, 0]] for side in (left, right))
    # The brands of one agency, or the tenants of one building, are no likelier one business for its street. "Auchan
    # Shopping Centre" and "Market Square" are where many are: without a number, the same street says nothing.
    no_number = (mine == 0) & (theirs == 0) & (alike >= _NEARLY_A_STREET)
    same_house = (mine == theirs) & (alike >= _NEARLY_A_STREET)
    silent = (alike < 0) | _of_many(shared) | no_number
    conditions = [silent, shared >= 2, same_house, alike >= _A_STREET]
    return np.select(conditions, [0, 4, 3, 2], 1).astype(np.float32)


def _boxed(columns: Columns, left: npt.NDArray[np.int64], right: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
    """Say of pairs whether one address is a box at the post office, or at a bank, and the other is none."""
    if columns.street.empty:
        return np.zeros(left.size, bool)
    boxed = columns.streets.boxed
    return np.asarray(boxed[left] != boxed[right])


def _city(values: Values, left: npt.NDArray[np.int64], right: npt.NDArray[np.int64]) -> npt.NDArray[np.float32]:
    if values.empty:
        return np.zeros(left.size, np.float32)
    alike = _likeness(values, values.texts, left, right)
    conditions = [(alike < 0) | _usual(values, left, right), alike >= 0.999, alike >= 0.9]
    return np.select(conditions, [0, 3, 2], 1).astype(np.float32)


def _postcode(columns: Columns, left: npt.NDArray[np.int64], right: npt.NDArray[np.int64]) -> npt.NDArray[np.float32]:
    values, areas = columns.postcode, columns.postal_areas
    if values.empty:
        return np.zeros(left.size, np.float32)
    shared = _shared(values, left, right)
    same_area = areas[values.grid[left, 0]] == areas[values.grid[right, 0]]
    conditions = [shared == 0, shared >= HELD_BY_FEW, (shared >= 2) | same_area]
    return np.select(conditions, [0, 3, 2], 1).astype(np.float32)
