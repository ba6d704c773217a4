"""The other columns of a record, as numbers: domains, phones, e-mails, identifiers, addresses, people."""

from __future__ import annotations

from collections import Counter
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING, Final

import attrs
import numpy as np

from aggregator.reconcile.matching.reading.field_values import (
    countries_of,
    domains_of,
    identifiers_of,
    mails_of,
    nations_of,
    people_of,
    phones_of,
)
from aggregator.reconcile.matching.reading.identifiers import bare_identifier, kept_apart, registered_number, unparted
from aggregator.reconcile.matching.reading.places import plain_city, plain_postal_code
from aggregator.reconcile.matching.reading.regions import regions_of, town_of
from aggregator.reconcile.matching.reading.streets import house_and_street, plain_street
from aggregator.reconcile.matching.reading.web_and_mail import domain_label

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import numpy.typing as npt

    from aggregator.reconcile.matching.profile import Profile
    from aggregator.reconcile.matching.reading.identifiers import Identifier

_MOST_KEPT: Final = 16
"""Values of one kind, at the most, that are compared of one record.

A list is as wide as its fullest record, of which most lists have none with more than one or two values: were there one
with a hundred e-mail addresses among a million, each of the others would take room for a hundred.
"""

_KEPT_DIGITS: Final = 9
"""The last digits of a telephone number within its country, which survive most habits of writing."""


@attrs.define(slots=True, kw_only=True, eq=False)
class Values:
    """What the records say of one kind, as numbered values.

    Attributes:
        texts: Each distinct value, by number.
        grid: (records, values of the fullest) value numbers, -1 where there are no more; no rows at all where no record
            says anything.
        holders: For each value, the most records of one source that hold it; the accounts of one house count as three
            at most, or many accounts of one business would seem an agency.
        usual: For each value, whether half of all records that say anything say it: two that do are no likelier one.
    """

    texts: list[str]
    grid: npt.NDArray[np.int32]
    holders: npt.NDArray[np.int32]
    usual: npt.NDArray[np.bool_]

    @property
    def empty(self) -> bool:
        """Whether no record says anything."""
        return not self.texts


_BOX: Final = "pobox"
"""What stands for a box at the post office in a plain street."""


@attrs.frozen(slots=True, kw_only=True, eq=False)
class Streets:
    """What the streets are made of.

    Attributes:
        names: Of each distinct street its name, without numbers.
        houses: Of each its first number, as a number of its own, 0 where it has none; one more at the end, -1.
        boxed: Of each record whether one of its streets is a box at the post office, or at a bank.
    """

    names: list[str]
    houses: npt.NDArray[np.int64]
    boxed: npt.NDArray[np.bool_]

    @classmethod
    def of(cls, street: Values) -> Streets:
        """Take the streets of all records apart."""
        parted = [house_and_street(text) for text in street.texts]
        index = {number: place for place, number in enumerate(dict.fromkeys(("", *(house for house, _ in parted))))}
        box = np.array([*(_BOX in text.split() for text in street.texts), False])
        return cls(
            names=[name for _, name in parted],
            houses=np.array([*(index[house] for house, _ in parted), -1], np.int64),
            boxed=np.asarray(box[street.grid].any(axis=1)),
        )


@attrs.define(slots=True, kw_only=True, eq=False)
class Columns:
    """Every column but the names, for all records."""

    domain: Values
    email: Values
    phone: Values
    identifier: Values
    loose_identifier: Values
    scheme: Values
    registry: Values
    registered: Values
    street: Values
    city: Values
    region: Values
    postcode: Values
    country: Values
    nation: Values
    person: Values
    role: Values

    @property
    def empty(self) -> bool:
        """Whether the records are names and nothing more."""
        return all(getattr(self, field.name).empty for field in attrs.fields(Columns))

    @cached_property
    def streets(self) -> Streets:
        """The streets, taken apart once for all pairs that are compared."""
        return Streets.of(self.street)

    @cached_property
    def domain_labels(self) -> list[str]:
        """What each distinct web domain is called without its ending, worked out once for all pairs."""
        return list(map(domain_label, self.domain.texts))

    @cached_property
    def postal_areas(self) -> npt.NDArray[np.int64]:
        """The area of each distinct postal code, as a number of its own; one more at the end, -1."""
        begun = [text[:_AREA] for text in self.postcode.texts]
        index = {area: number for number, area in enumerate(dict.fromkeys(begun))}
        return np.array([*map(index.__getitem__, begun), -1], np.int64)


_AREA: Final = 3
"""Characters of a postal code that name an area."""

OF_ONE_HOUSE: Final = 3
"""Holders that records whose names begin alike count for; what more hold is an agency's, and nobody's own."""

_STRANGERS: Final = 3
"""Holders whose names have nothing in common, from which on a value is nobody's own."""

_USUAL: Final = 0.5
"""Share of the records from which on what they say is usual."""

_FEW: Final = 20
"""Of fewer records than this nothing is usual."""

_RULED: Final = 0.7
"""Share of the holders of a value, from which on a house holds it alone."""


def number_values(
    rows: Sequence[Sequence[str]],
    source: npt.NDArray[np.int32],
    house: npt.NDArray[np.int64],
    strangers: Callable[[Sequence[int]], int],
) -> Values:
    """Number the distinct values and count who holds each; a record's own order does not matter.

    Args:
        rows: what each record says.
        source: source number of each record.
        house: number of the opening of each record's name.
        strangers: how many of some records have names with nothing in common.
    """
    kept = _kept(rows)
    width = max(map(len, kept), default=0)
    if not width:
        return Values(
            texts=[], grid=np.full((0, 1), -1, np.int32), holders=np.zeros(0, np.int32), usual=np.zeros(0, bool)
        )
    index: dict[str, int] = {}
    grid = np.full((len(kept), width), -1, np.int32)
    for row, values in enumerate(kept):
        for place, value in enumerate(values):
            grid[row, place] = index.setdefault(value, len(index))
    said = np.bincount(grid[grid >= 0], minlength=len(index))
    saying = max(int((grid[:, 0] >= 0).sum()), _FEW)
    return Values(
        texts=list(index),
        grid=grid,
        holders=_holders(grid, len(index), source, house, strangers),
        usual=said >= _USUAL * saying,
    )


def _kept(rows: Sequence[Sequence[str]]) -> list[Sequence[str]]:
    """Return the values of each record that are compared, each once and in order.

    Of too many, those that fewest others hold: a value that nobody else has can only deny, and one that many have says
    little.
    """
    kept = [sorted(set(values)) if len(values) > 1 else values for values in rows]
    if max(map(len, kept), default=0) <= _MOST_KEPT:
        return kept
    held = Counter(chain.from_iterable(kept))

    def worth(value: str) -> tuple[bool, int, str]:
        return held[value] == 1, held[value], value

    return [sorted(sorted(values, key=worth)[:_MOST_KEPT]) if len(values) > _MOST_KEPT else values for values in kept]


def _holders(
    grid: npt.NDArray[np.int32],
    values: int,
    source: npt.NDArray[np.int32],
    house: npt.NDArray[np.int64],
    strangers: Callable[[Sequence[int]], int],
) -> npt.NDArray[np.int32]:
    holders = np.zeros(values, np.int32)
    rows, places = np.nonzero(grid >= 0)
    if rows.size:
        sources, houses = int(source.max()) + 1, int(house.max()) + 1
        held = grid[rows, places].astype(np.int64) * sources + source[rows]
        codes, records = np.unique(held, return_counts=True)
        of_house, members = np.unique(held * houses + house[rows], return_counts=True)
        start = np.searchsorted(of_house, codes * houses)
        several = np.diff(np.r_[start, of_house.size])
        # A stray spelling of its name does not make an agency of a house that holds nearly all.
        ruled = np.maximum.reduceat(members, start) >= _RULED * records
        counted = np.where(ruled, np.minimum(records, OF_ONE_HOUSE), np.minimum(records, OF_ONE_HOUSE * several))
        order = np.argsort(held, kind="stable")
        starts = np.cumsum(records) - records
        for place in np.flatnonzero((several >= _STRANGERS) & ~ruled).tolist():
            groups = strangers(rows[order[starts[place] :][: records[place]]].tolist())
            if groups == 1:  # one business that is called in several ways
                counted[place] = min(counted[place], OF_ONE_HOUSE)
            elif groups >= _STRANGERS:  # who have nothing in common but an agency, a building or a platform
                counted[place] = max(counted[place], OF_ONE_HOUSE + 1)
        np.maximum.at(holders, codes // sources, counted)
    return holders


def read_columns(
    profiles: Sequence[Profile],
    source: npt.NDArray[np.int32],
    house: npt.NDArray[np.int64],
    strangers: Callable[[Sequence[int]], int],
) -> Columns:
    """Clean and number every column.

    Args:
        profiles: the records.
        source: source number of each.
        house: number of the opening of each name, by which the accounts of one business are told from an agency's.
        strangers: how many of some records have names with nothing in common.
    """
    said = _told_by(profiles) if any(map(_says_more, profiles)) else {}
    return Columns(
        **{
            column.name: number_values(said.get(column.name, ()), source, house, strangers)
            for column in attrs.fields(Columns)
        }
    )


def _told_by(profiles: Sequence[Profile]) -> dict[str, list[Sequence[str]]]:
    """What each record says in each column."""
    readers: dict[str, Callable[[Profile], list[str]]] = {
        "domain": domains_of,
        "email": mails_of,
        "phone": lambda p: [number[-_KEPT_DIGITS:] for _, number in phones_of(p)],
        "street": lambda p: [plain_street(address.street) for address in p.addresses if address.street],
        "city": lambda p: [plain_city(town_of(address)) for address in p.addresses if address.city],
        "region": lambda p: [region for address in p.addresses for region in regions_of(address)],
        "postcode": lambda p: [plain_postal_code(address.postcode) for address in p.addresses if address.postcode],
        "country": countries_of,
        "nation": nations_of,
        "person": people_of,
        "role": lambda p: [p.role.strip().lower()] if p.role else [],
    }
    said = [_says_more(profile) for profile in profiles]
    told: dict[str, list[Sequence[str]]] = {
        name: [[value for value in reader(p) if value] if more else () for p, more in zip(profiles, said, strict=True)]
        for name, reader in readers.items()
    }
    return told | _told_by_identifiers([identifiers_of(profile) if profile.identifiers else () for profile in profiles])


def _told_by_identifiers(said: Sequence[Sequence[Identifier]]) -> dict[str, list[Sequence[str]]]:
    """What each record says in each column of numbers."""
    every = [one for mine in said for one in mine]
    readers: dict[str, Callable[[str, str], Sequence[str]]] = {
        "identifier": kept_apart(every, lambda scheme, value: f"{scheme}:{unparted(value)}"),
        "loose_identifier": kept_apart(every, bare_identifier),
        "scheme": lambda scheme, _: (scheme,),
        "registry": lambda scheme, value: (registered_number(scheme, value).partition(":")[0],),
        "registered": lambda scheme, value: (registered_number(scheme, value),),
    }
    return {
        name: [[value for one in mine for value in reader(*one) if value] if mine else () for mine in said]
        for name, reader in readers.items()
    }


def _says_more(p: Profile) -> bool:
    return bool(p.websites or p.emails or p.phones or p.identifiers or p.addresses or p.people or p.country or p.role)
