"""The kinds of values that a vendor's class can ask for, and how each is told from what is no such thing."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from types import NoneType, UnionType
from typing import Annotated, Any, NewType, TypeAlias, TypeVar, Union, get_args, get_origin

T = TypeVar("T")

# An id that a vendor writes as a number in one place and as text in another; text with us.
TextId = NewType("TextId", str)
# "false\"" in one vendor's documented example of a boolean, next to a real one.
LooseBool = NewType("LooseBool", bool)
# A count that a vendor sends as "5" in one place and as 5 in another.
LooseInt = NewType("LooseInt", int)
# A text, such as a postal code, that a document calls a number.
LooseText = NewType("LooseText", str)
# An object in a vendor's every example of a field whose name is a plural: one object is read as an array of it alone.
OneOrMany: TypeAlias = Annotated[tuple[T, ...], "one or many"]


def _text(value: Any, _: Any = None) -> str:
    if value.__class__ is str:
        return value
    raise TypeError(f"text was due, {name_of(value)} came")


def _whole(value: Any, _: Any = None) -> int:
    if value.__class__ is int:
        return value
    raise TypeError(f"a whole number was due, {name_of(value)} came")


def _flag(value: Any, _: Any = None) -> bool:
    if value.__class__ is bool:
        return value
    raise TypeError(f"true or false was due, {name_of(value)} came")


def _amount(value: Any, _: Any = None) -> Decimal:
    if value.__class__ is Decimal or value.__class__ is int:
        return Decimal(value)
    raise TypeError(f"a number was due, {name_of(value)} came")


def _text_id(value: Any, _: Any = None) -> str:
    if value.__class__ is int:
        return str(value)
    if value.__class__ is str and value.strip():
        return value
    raise TypeError(f"an id was due, {name_of(value)} came")


def _loose_flag(value: Any, _: Any = None) -> bool:
    if value.__class__ is bool:
        return value
    word = value.strip().strip("\"'").lower() if isinstance(value, str) else ""
    if word in {"true", "false"}:
        return word == "true"
    raise TypeError(f"true or false was due, {name_of(value)} came")


def _loose_whole(value: Any, _: Any = None) -> int:
    if value.__class__ is int:
        return value
    if isinstance(value, str) and len(value) <= 18 and re.fullmatch(r"-?[0-9]+", value.strip()):
        return int(value)
    raise TypeError(f"a whole number was due, {name_of(value)} came")


def _loose_text(value: Any, _: Any = None) -> str:
    if value.__class__ is str:
        return value
    if value.__class__ is int or value.__class__ is Decimal:
        return str(value)
    raise TypeError(f"text was due, {name_of(value)} came")


def _anything(value: Any, _: Any = None) -> Any:
    return value


def _mapping(value: Any, _: Any = None) -> Any:
    if isinstance(value, dict):
        return value
    raise TypeError(f"an object was due, {name_of(value)} came")


HOOKS: dict[Any, Callable[[Any, Any], Any]] = {
    str: _text,
    int: _whole,
    bool: _flag,
    Decimal: _amount,
    TextId: _text_id,
    LooseBool: _loose_flag,
    LooseInt: _loose_whole,
    LooseText: _loose_text,
    Any: _anything,
    object: _anything,
    Mapping[str, Any]: _mapping,
}

# Kinds whose values are mostly of one class, and are then taken as they are.
PLAIN: dict[Any, type] = {
    str: str,
    int: int,
    bool: bool,
    Decimal: Decimal,
    LooseBool: bool,
    LooseInt: int,
    LooseText: str,
}


def name_of(value: object) -> str:
    names = {dict: "an object", list: "an array", str: "text", bool: "a boolean", NoneType: "null"}
    return names.get(type(value), "a number")


def without_none(kind: Any) -> Any:
    """Return what an optional kind is apart from None."""
    return next(one for one in get_args(kind) if one is not NoneType)


def is_optional(kind: Any) -> bool:
    """Whether a kind is another one or None."""
    return get_origin(kind) in {Union, UnionType} and NoneType in get_args(kind) and len(get_args(kind)) == 2


def is_tuple(kind: Any) -> bool:
    """Whether a kind is an array."""
    return get_origin(kind) is tuple


def is_one_or_many(kind: Any) -> bool:
    """Whether a kind is an array that may come as its only item."""
    return get_origin(kind) is Annotated and get_args(kind)[1:] == ("one or many",)
