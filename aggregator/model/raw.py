"""The vendor's own record, kept beside ours and impossible to change by accident."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from types import NoneType
from typing import Any, Final, overload


class FrozenObject(Mapping[str, Any]):
    """A JSON object that can be read but not changed; nested values are wrapped only when they are looked at."""

    __slots__ = ("_data",)

    def __init__(self, data: dict[str, Any]) -> None:
        self._data = data

    def __getitem__(self, key: str) -> Any:
        return freeze(self._data[key])

    def __iter__(self) -> Iterator[str]:
        return iter(self._data)

    def __len__(self) -> int:
        return len(self._data)

    def __eq__(self, other: object) -> bool:
        return self._data == thaw(other) if isinstance(other, Mapping) else NotImplemented

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        # A raw record can hold secrets and personal data; a repr ends up in logs.
        return f"<raw object, {len(self._data)} keys>"


class FrozenArray(Sequence[Any]):
    """A JSON array that can be read but not changed."""

    __slots__ = ("_data",)

    def __init__(self, data: list[Any]) -> None:
        self._data = data

    @overload
    def __getitem__(self, index: int) -> Any: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Any]: ...
    def __getitem__(self, index: int | slice) -> Any:
        return freeze(self._data[index])

    def __len__(self) -> int:
        return len(self._data)

    def __eq__(self, other: object) -> bool:
        return self._data == thaw(other) if isinstance(other, FrozenArray | list | tuple) else NotImplemented

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"<raw array, {len(self._data)} items>"


def freeze(value: Any) -> Any:
    """Return `value` so that it cannot be changed: objects and arrays are wrapped, everything else is immutable."""
    if isinstance(value, dict):
        return FrozenObject(value)
    if isinstance(value, list):
        return FrozenArray(value)
    return value


# Most of a raw record is these, and asking an abstract class whether a text is a mapping costs most of the time.
_PLAIN: Final = frozenset({str, int, float, bool, NoneType, Decimal})


def thaw(value: Any) -> Any:
    """Return a plain copy of a frozen value: dicts and lists all the way down."""
    if isinstance(value, FrozenObject | FrozenArray):
        return thaw(value._data)
    if isinstance(value, Mapping):
        return {key: item if type(item) in _PLAIN else thaw(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [item if type(item) in _PLAIN else thaw(item) for item in value]
    return value


def bare(value: Any) -> Any:
    """Return what a frozen value holds, to be written out and never changed; `thaw` makes a copy of one's own."""
    return value._data if isinstance(value, FrozenObject | FrozenArray) else value


EMPTY = FrozenObject({})


def look_up(document: Any, pointer: str) -> Any:
    """Return the value a JSON pointer (RFC 6901) names in `document`.

    Raises:
        LookupError: Nothing stands at that place.
    """
    value = document
    for token in pointer.split("/")[1:]:
        name = token.replace("~1", "/").replace("~0", "~")
        if isinstance(value, Mapping):
            value = value[name]
        elif isinstance(value, Sequence) and not isinstance(value, str) and name.isdecimal():
            value = value[int(name)]
        else:
            raise LookupError(pointer)
    return value
