"""What all records share: a source, the raw payload, and the ability to explain themselves."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from attrs import fields_dict, has

from aggregator.model import provenance
from aggregator.model.source import RecordKey, Source


class Record:
    """Base of everything read from a platform."""

    __slots__ = ()

    source: Source
    raw: Mapping[str, Any]

    @property
    def key(self) -> RecordKey:
        """The record's identity on all platforms: vendor, account, kind and id."""
        return self.source.key

    def explain(self, field: str) -> provenance.Explanation:
        """Say where a field's value came from: JSON pointer, native value, mapping rule, page and request.

        Args:
            field: The field's name; a dotted path reaches into what it holds, as in "supplier.name" or "address.city".
                What lies within a field that is None is None as well.

        Raises:
            AttributeError: There is no such field.
            LookupError: The rules of the adapter that made this record are not loaded in this process.
        """
        head, *rest = field.split(".")
        if head in _NOT_TOLD:
            raise AttributeError(f"{head!r} is no field that is read from a platform")
        value = _field(self, head)
        if rest and isinstance(value, Record):
            return value.explain(".".join(rest))
        for name in rest:
            value = None if value is None else _field(value, name)
        return provenance.explain(name=field, value=value, raw=self.raw, source=self.source)


_NOT_TOLD: Final = frozenset({"source", "raw"})
"""Where a record came from, and what the platform sent: they are what others are explained by."""


def _field(one: object, name: str) -> Any:  # noqa: ANN401 - of whatever kind it is
    """Return a field, or what is told by fields of its own kind, as a connection's `partner`.

    Raises:
        AttributeError: There is none of that name.
    """
    kind = type(one)
    if has(kind) and (name in fields_dict(kind) or isinstance(vars(kind).get(name), property)):
        return getattr(one, name)
    raise AttributeError(f"{kind.__name__} has no field {name!r}")
