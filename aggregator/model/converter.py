"""Between the model and JSON, without loss: one converter for everything the model holds."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any, TypeVar, cast

import simplejson
from cattrs import Converter

from aggregator.model.raw import FrozenArray, FrozenObject, bare, freeze, thaw

T = TypeVar("T")


@cache
def converter() -> Converter:
    """Return the converter. Times become ISO 8601, money and other decimals texts, enums their words."""
    return _made(thaw)


@cache
def _writer() -> Converter:
    """The converter of what is written out at once: raw records are not copied, which is most of the time."""
    return _made(bare)


def _made(plain_raw: Callable[[Any], Any]) -> Converter:
    made = Converter(forbid_extra_keys=False)
    made.register_unstructure_hook(datetime, datetime.isoformat)
    made.register_structure_hook(datetime, lambda value, _: datetime.fromisoformat(value))
    made.register_unstructure_hook(date, date.isoformat)
    made.register_structure_hook(date, lambda value, _: date.fromisoformat(value))
    made.register_unstructure_hook(Decimal, str)
    made.register_structure_hook(Decimal, lambda value, _: Decimal(value))
    made.register_unstructure_hook_func(_is_raw, plain_raw)
    made.register_structure_hook_func(_is_raw, lambda value, _: cast("Any", freeze(value)))
    return made


def _is_raw(kind: Any) -> bool:  # noqa: ANN401 - any type at all
    return kind in {Mapping[str, Any], FrozenObject, object}


def to_plain(value: object) -> Any:  # noqa: ANN401 - plain JSON values
    """Return a model object as plain dicts, lists, texts and numbers."""
    return converter().unstructure(value)


def from_plain(plain: object, kind: type[T]) -> T:
    """Return the model object of this kind that `to_plain` made `plain` of.

    Raises:
        ValueError: It is nested too deeply.
        cattrs.BaseValidationError: It is of another shape.
    """
    with _not_too_deep():
        return converter().structure(plain, kind)


@contextmanager
def _not_too_deep() -> Iterator[None]:
    """Nobody who wrote what is read here nests so deeply: it is damaged, or meant to end the program."""
    try:
        yield
    except RecursionError as error:
        raise ValueError("it is nested too deeply") from error


def to_json(value: object) -> str:
    """Return a model object as one line of JSON; raw numbers are written exactly as the vendor wrote them."""
    return dump_json(_writer().unstructure(value))


def from_json(text: str, kind: type[T]) -> T:
    """Return the model object of this kind that `to_json` wrote.

    Raises:
        ValueError: It is no JSON, or nested too deeply.
        cattrs.BaseValidationError: It is of another shape.
    """
    return from_plain(load_json(text), kind)


def dump_json(plain: object) -> str:
    """Return plain values and raw records as one line of ASCII JSON; decimals as numbers, digit by digit."""
    return _encoder().encode(plain)


@cache
def _encoder() -> simplejson.JSONEncoder:
    # One for all, and none that asks each list whether it is a named tuple: half of the time goes into that.
    return simplejson.JSONEncoder(
        use_decimal=True, separators=(",", ":"), allow_nan=False, namedtuple_as_object=False, default=_frozen
    )


def _frozen(value: object) -> Any:  # noqa: ANN401 - plain JSON values
    if not isinstance(value, FrozenObject | FrozenArray):
        raise TypeError(f"a {type(value).__name__} is no plain value")
    return bare(value)


def load_json(text: str) -> Any:  # noqa: ANN401 - plain JSON values
    """Return the plain values of a JSON text; numbers with a fraction become Decimal.

    Raises:
        ValueError: It is no JSON, or nested too deeply.
    """
    with _not_too_deep():
        return json.loads(text, parse_float=Decimal)
