"""Why a field has the value it has: every mapping publishes its rules, and a record can recite them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from attrs import field, frozen

from aggregator.model.raw import look_up

if TYPE_CHECKING:
    from aggregator.model.source import Source


@frozen(kw_only=True)
class FieldRule:
    """Where one field is read from, and what is done to it.

    Attributes:
        pointers: JSON pointers into the raw record, in order of preference: the first that holds something is read.
        rule: What is done with the value, in words.
    """

    pointers: tuple[str, ...]
    rule: str = "taken as it is"


@frozen(kw_only=True)
class FieldRules:
    """The rules of one mapping, such as "crux.connection".

    Attributes:
        name: By which records name it.
        fields: Where each field is read from.
        address: Where the platform documents a call for one such record, relative to the address of its list, with the
            id as {id}: "{id}/"; None if it documents none.
    """

    name: str
    fields: Mapping[str, FieldRule] = field(factory=dict)
    address: str | None = None


@frozen(kw_only=True)
class Explanation:
    """Where the value of one field came from.

    Attributes:
        field: The field asked for.
        value: What the model holds.
        native: What the vendor sent; None if the vendor did not say.
        pointer: JSON pointer to the native value in the body of the page, or None if the vendor did not say.
        rule: How the one became the other.
        page: The number of the page, from 1.
        request: Method and URL of that page.
    """

    field: str
    value: Any
    native: Any
    pointer: str | None
    rule: str
    page: int
    request: str

    def __str__(self) -> str:
        said = f"{self.native!r} at {self.pointer}" if self.pointer is not None else "nothing said by the vendor"
        return f"{self.field} = {self.value!s} ← {said} ({self.rule}; page {self.page} of {self.request})"


_UNMAPPED: Final = FieldRule(pointers=(), rule="no field of the vendor maps here")

_RULES: dict[str, FieldRules] = {}


def register(rules: FieldRules) -> FieldRules:
    """Make a mapping's rules known, so that its records can explain themselves; returns them for assignment."""
    _RULES[rules.name] = rules
    return rules


def registered() -> Mapping[str, FieldRules]:
    """Every mapping's rules known in this process, by name."""
    return dict(_RULES)


def registered_as(name: str) -> FieldRules | None:
    """The rules of one mapping; None if they are not known in this process."""
    return _RULES.get(name)


def explain(*, name: str, value: object, raw: Mapping[str, Any], source: Source) -> Explanation:
    """Say where one field of a record came from; what lies within a field came from where the field did.

    Raises:
        LookupError: The rules of the record's mapping are not known in this process: its adapter is not loaded, or has
            registered none.
    """
    if source.mapping not in _RULES:
        raise LookupError(
            f"the field rules {source.mapping!r} are not known: install or import the adapter for {source.vendor} "
            f"to explain its records; if it is here, it has registered no rules of that name"
        )
    fields = _RULES[source.mapping].fields
    rule = fields.get(name) or fields.get(name.partition(".")[0]) or _UNMAPPED
    pointer, native = _first_said(raw, rule.pointers)
    return Explanation(
        field=name,
        value=value,
        native=native,
        pointer=None if pointer is None else source.pointer + pointer,
        rule=rule.rule,
        page=source.page,
        request=source.request,
    )


def _first_said(raw: Mapping[str, Any], pointers: tuple[str, ...]) -> tuple[str | None, Any]:
    held: tuple[str | None, Any] = (None, None)
    for pointer in pointers:
        try:
            native = look_up(raw, pointer)
        except LookupError:
            continue
        if native not in (None, ""):
            return pointer, native
        held = (pointer, native) if held[0] is None else held
    return held
