"""The other columns of a record, as numbers: domains, phones, e-mails, identifiers, addresses, people."""

from __future__ import annotations

from functools import cached_property
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
from aggregator.reconcile.matching.reading.numbered_values import Values, number_values
from aggregator.reconcile.matching.reading.places import plain_city, plain_postal_code
from aggregator.reconcile.matching.reading.regions import regions_of, town_of
from aggregator.reconcile.matching.reading.streets import house_and_street, plain_street
from aggregator.reconcile.matching.reading.web_and_mail import domain_label

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import numpy.typing as npt

    from aggregator.reconcile.matching.profile import Profile
    from aggregator.reconcile.matching.reading.identifiers import Identifier

_KEPT_DIGITS: Final = 9
"""The last digits of a telephone number within its country, which survive most habits of writing."""

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
