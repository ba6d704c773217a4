"""Reads a vendor's JSON into the vendor's own attrs classes: tolerant of what does not matter, strict on what does.

Unknown keys are counted, missing ones are None. A value of the wrong type is set aside and counted, unless the field is
one that matters: then the row is unreadable, since a guess at an id or a status would be worse than no record.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import cache, partial
from types import NoneType
from typing import Any, Generic, TypeVar, cast, get_args, get_origin, get_type_hints

from attrs import NOTHING, fields, has
from cattrs import BaseValidationError, Converter, transform_error
from cattrs.cols import homogenous_tuple_structure_factory

from aggregator.adapter.compiled import compiled
from aggregator.adapter.kinds import HOOKS, is_one_or_many, is_optional, is_tuple, name_of, without_none
from aggregator.adapter.repair import GONE, pruned, steps_of, without, without_indices
from aggregator.adapter.steps import DriftCount, Unreadable

T = TypeVar("T")

_MOST_REPAIRS = 20


def _refuse_non_object(kind: Any, inner: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Any]:
    """Read objects by `inner`, and texts by the class's own `from_text` where it has one."""
    from_text = getattr(kind, "from_text", None)

    def structure(value: Any, kind: Any) -> Any:
        if value.__class__ is dict:
            return inner(value, kind)
        if from_text is not None and value.__class__ is str:
            return from_text(value)
        raise TypeError(f"an object was due, {name_of(value)} came")

    return structure


def _tuple_hook(kind: Any, converter: Converter) -> Callable[[Any, Any], Any]:
    read = homogenous_tuple_structure_factory(kind, converter)

    def structure(value: Any, _: Any = None) -> Any:
        if value.__class__ is not list:
            raise TypeError(f"an array was due, {name_of(value)} came")
        return read(value, kind)

    return structure


def _one_or_many_hook(kind: Any, converter: Converter) -> Callable[[Any, Any], Any]:
    many = get_args(kind)[0]
    item = get_args(many)[0]
    read_many, read_one = converter.get_structure_hook(many), converter.get_structure_hook(item)

    def structure(value: Any, _: Any = None) -> Any:
        return (read_one(value, item),) if value.__class__ is dict else read_many(value, many)

    return structure


def _optional_hook(kind: Any, converter: Converter) -> Callable[[Any, Any], Any]:
    inner = without_none(kind)
    read = converter.get_structure_hook(inner)

    def structure(value: Any, _: Any = None) -> Any:
        return None if value is None else read(value, inner)

    return structure


@cache
def _converter() -> Converter:
    """Return the converter that says of every fault where it is; rows without one never come to it."""
    converter = Converter(detailed_validation=True)
    for kind, hook in HOOKS.items():
        # cattrs coerces texts and numbers by hooks of its own, which only a hook for the same class overrides.
        if kind in {str, int, bool, Decimal}:
            converter.register_structure_hook(kind, hook)
        else:
            converter.register_structure_hook_func(partial(_same, kind), hook)
    converter.register_structure_hook_factory(is_tuple, _tuple_hook)
    converter.register_structure_hook_factory(is_one_or_many, _one_or_many_hook)
    converter.register_structure_hook_factory(is_optional, _optional_hook)
    converter.register_structure_hook_factory(has, lambda kind, made: _refuse_non_object(kind, _class_hook(kind, made)))
    return converter


def _same(kind: Any, asked: Any) -> bool:
    return bool(asked is kind or asked == kind)


def _class_hook(kind: Any, converter: Converter) -> Callable[[Any, Any], Any]:
    from cattrs.gen import make_dict_structure_fn  # noqa: PLC0415 - only where a schema is first used

    return make_dict_structure_fn(kind, converter)


class Schema(Generic[T]):
    """Reads rows of one kind.

    Args:
        kind: The attrs class of a row. Fields without a default are required, and matter; nested classes may be
            optional or in tuples.
        matters: Dotted paths of further fields that matter, without array indices: "supplier.organization.name".
    """

    def __init__(self, kind: type[T], *, matters: tuple[str, ...] = ()) -> None:
        self._kind: Any = kind
        self._matters = frozenset(matters) | frozenset(_required(kind))

    def read(self, raw: object, drift: DriftCount) -> T:
        """Return the row.

        Args:
            raw: The row as it came.
            drift: Counts unknown keys, and values of the wrong type in fields that do not matter.

        Raises:
            Unreadable: A field that matters is missing or of the wrong type.
        """
        surprises: list[Any] = []
        try:
            row: T = compiled(self._kind)(raw, surprises)
        except (TypeError, ValueError, KeyError, AttributeError, RecursionError):
            try:
                row = self._repair(raw, drift)
            except RecursionError as error:
                raise Unreadable("nested too deep to read @ $") from error
            surprises.append(raw)
        if surprises:
            count_unknown_keys(raw, self._kind, drift)
        return row

    def _repair(self, raw: object, drift: DriftCount) -> T:
        for _ in range(_MOST_REPAIRS):
            try:
                return cast("T", _converter().structure(raw, self._kind))
            except BaseValidationError as error:
                said = transform_error(error, path="$", format_exception=lambda one, _: _why(one))
            except (TypeError, ValueError, KeyError, RecursionError) as error:
                raise Unreadable(f"{_why(error)} @ $") from error
            fatal = tuple(one for one in said if self._matters_at(steps_of(one)))
            if fatal:
                raise Unreadable(*fatal)
            for one in said:
                drift.notes[f"set aside: {without_indices(one)}"] += 1
                raw = self._set_aside(raw, one)
            raw = pruned(raw)
        raise Unreadable("too many fields of the wrong type @ $")

    def _set_aside(self, raw: Any, said: str) -> Any:
        """Return a copy without the faulty value; where it is missing, without what it is missing from."""
        steps = steps_of(said)
        if (copy := without(raw, steps)) is not GONE:
            return copy
        if self._matters_at(steps[:-1]):
            raise Unreadable(said)
        copy = without(raw, steps[:-1])
        return raw if copy is GONE else copy

    def _matters_at(self, steps: list[str | int]) -> bool:
        path = ".".join(step for step in steps if isinstance(step, str))
        return not steps or any(path == one or one.startswith(f"{path}.") for one in self._matters)


def _why(error: BaseException) -> str:
    if isinstance(error, KeyError):
        return f"required field {error.args[0]!r} is missing"
    return str(error)


def _required(kind: Any, prefix: str = "") -> Iterator[str]:
    for one in fields(kind):
        if one.default is NOTHING:
            yield f"{prefix}{one.name}"


@cache
def _shape(kind: Any) -> tuple[frozenset[str], tuple[tuple[str, Any], ...]]:
    """The names a class knows, and those of its fields that hold further classes."""
    hints = get_type_hints(kind)
    names = frozenset(one.name for one in fields(kind))
    nested = ((name, _inner_class(hints[name])) for name in names)
    return names, tuple((name, inner) for name, inner in nested if inner is not None)


def _inner_class(kind: Any) -> Any:
    while not isinstance(kind, type) or get_origin(kind) is not None:
        args = [one for one in get_args(kind) if one is not NoneType and one is not Ellipsis]
        if len(args) != 1:
            return None
        kind = args[0]
    return kind if has(kind) else None


def count_unknown_keys(raw: Any, kind: Any, drift: DriftCount, path: str = "$") -> None:
    """Count the keys of a JSON value that a class, or a class nested in it, does not know.

    Args:
        raw: An object, an array of objects, or anything else, which is passed over.
        kind: The attrs class.
        drift: Where they are counted, by JSON path.
        path: The JSON path of `raw`.
    """
    if raw.__class__ is list:
        for one in raw:
            count_unknown_keys(one, kind, drift, f"{path}[]")
    elif raw.__class__ is dict:
        names, nested = _shape(kind)
        if not names.issuperset(raw):
            drift.unknown_keys.update(f"{path}.{key}" for key in raw.keys() - names)
        for name, inner in nested:
            below = raw.get(name)
            if below:
                count_unknown_keys(below, inner, drift, f"{path}.{name}")


def said(value: str | None) -> str | None:
    """Return a text, or None where it is a way of saying nothing: null, "", " "."""
    return value if value and not value.isspace() else None
