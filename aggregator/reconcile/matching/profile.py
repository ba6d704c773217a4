"""What the matcher reads of a record: nothing vendor-specific, everything optional but a key, a source and a name."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

if TYPE_CHECKING:
    from collections.abc import Iterable


def _texts(values: Iterable[str | None] | str | None) -> tuple[str, ...]:
    """Keep what says something: blanks and None are "not said"."""
    if not values:  # most records say nothing of most kinds
        return ()
    if isinstance(values, str):
        values = (values,)
    return tuple(value for value in values if value and value.strip())


@attrs.frozen(slots=True, kw_only=True)
class PostalAddress:
    """A postal address as its record writes it; a part that is None was not said."""

    street: str | None = None
    city: str | None = None
    region: str | None = None
    postcode: str | None = None
    country: str | None = None


@attrs.frozen(slots=True, kw_only=True)
class Person:
    """A contact or account manager."""

    name: str | None = None
    email: str | None = None


def _places(values: Iterable[PostalAddress]) -> tuple[PostalAddress, ...]:
    return tuple(values)


def _persons(values: Iterable[Person]) -> tuple[Person, ...]:
    return tuple(values)


def _pairs(values: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    return tuple(values)


@attrs.frozen(slots=True, kw_only=True)
class Profile:
    """One record of one list, reduced to what can tell whose it is.

    Attributes:
        key: Unique over every profile of one call of `match`.
        source: The platform and account that holds the record; one-to-one is judged between sources.
        name: The name that the source shows.
        aliases: Other names of the same business; the best-fitting pair of names counts.
        websites: Addresses or bare domains, in any spelling.
        identifiers: (scheme, value) pairs; values are only compared within one scheme.
        role: Such as "retailer" or "supplier"; compared only where both sides say one.
        country: ISO 3166 two-letter code or a name; also the region that phone numbers are read in.
    """

    key: str
    source: str
    name: str = ""
    aliases: tuple[str, ...] = attrs.field(default=(), converter=_texts)
    websites: tuple[str, ...] = attrs.field(default=(), converter=_texts)
    emails: tuple[str, ...] = attrs.field(default=(), converter=_texts)
    phones: tuple[str, ...] = attrs.field(default=(), converter=_texts)
    addresses: tuple[PostalAddress, ...] = attrs.field(default=(), converter=_places)
    people: tuple[Person, ...] = attrs.field(default=(), converter=_persons)
    identifiers: tuple[tuple[str, str], ...] = attrs.field(default=(), converter=_pairs)
    role: str | None = None
    country: str | None = None
