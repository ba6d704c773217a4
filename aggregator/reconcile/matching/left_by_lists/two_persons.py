"""Practitioners of one practice, who share its address and phone: two names of persons are two persons."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs
import numpy as np

from aggregator.reconcile.matching.houses.houses import NAMED_APART
from aggregator.reconcile.matching.reading.persons import are_two, person_of

if TYPE_CHECKING:
    import numpy.typing as npt

    from aggregator.reconcile.matching.comparison import Records
    from aggregator.reconcile.matching.reading.persons import PersonName
    from aggregator.reconcile.matching.weighed import Weighed


def with_two_persons(records: Records, weighed: Weighed) -> Weighed:
    """Return the pairs, those of one list apart that name two persons, and those of two lists left to a person.

    Args:
        records: the records.
        weighed: the scored pairs.
    """
    persons = [person_of(profile.name) for profile in records.profiles]
    named = np.fromiter((person is not None for person in persons), bool, len(persons))
    places = np.flatnonzero(named[weighed.left] & named[weighed.right])
    if not places.size:
        return weighed
    two = places[_two(persons, weighed.left[places], weighed.right[places])]
    inside = two[weighed.inside[two]]
    base, left = weighed.base.copy(), weighed.left_by_lists.copy()
    base[inside] = np.minimum(base[inside], NAMED_APART)
    left[two] = True
    return attrs.evolve(weighed, base=base, left_by_lists=left)


def _two(
    persons: list[PersonName | None], left: npt.NDArray[np.int64], right: npt.NDArray[np.int64]
) -> npt.NDArray[np.bool_]:
    pairs = ((persons[one], persons[other]) for one, other in zip(left.tolist(), right.tolist(), strict=True))
    return np.array([one is not None and other is not None and are_two(one, other) for one, other in pairs], bool)
