"""Several values that are held for good."""

from __future__ import annotations

from typing import Any

from attrs import Attribute


def lists_as_tuples(_: type, fields: list[Attribute[Any]]) -> list[Attribute[Any]]:
    """Let the fields of a frozen class that hold a tuple take a list as one; it is the `field_transformer` of attrs.

    Else whoever made the list could change the object by it.
    """
    return [
        one.evolve(converter=_as_tuple) if str(one.type).startswith("tuple[") and one.converter is None else one
        for one in fields
    ]


def _as_tuple(said: object) -> object:
    return tuple(said) if isinstance(said, list) else said
