"""What all records share: a source, the raw payload, and the ability to explain themselves."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

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
            field: The field's name; a dotted path reaches into a nested record, as in "supplier.name".

        Raises:
            AttributeError: There is no such field.
            LookupError: The rules of the adapter that made this record are not loaded in this process.
        """
        head, _, rest = field.partition(".")
        value = getattr(self, head)
        if rest and isinstance(value, Record):
            return value.explain(rest)
        return provenance.explain(name=head, value=value, raw=self.raw, source=self.source)
