"""Readers of rows of one shape: with the very keys that rows of a platform have again and again.

A platform writes the same keys in the same order into row after row. So for each such row of keys a function is made
that unpacks the values at once, looks at those alone, and leaves what did not come at None. It is as strict as the
reader of any keys, which reads whatever comes in too many shapes.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any, TypeAlias, get_args, get_type_hints

from attrs import NOTHING, Attribute, define, field, fields, has

from aggregator.adapter.kinds import PLAIN, is_optional, is_tuple
from aggregator.adapter.kinds import without_none as bare

# A value, and a list that is added to where an object has a key that its class does not know.
Reader: TypeAlias = Callable[[Any, list[Any]], Any]

MOST_SHAPES = 100
MOST_UNKNOWN_KEYS = 20


@define(eq=False)
class Shapes:
    """The readers of a class, by the keys of what they read.

    Attributes:
        kind: The attrs class.
        any_keys: Reads an object of whatever keys, and refuses all else.
        reader_of: Returns the reader of the kind of a field.
        shapes_of: Returns the readers of another class.
    """

    kind: Any
    any_keys: Reader
    reader_of: Callable[[Any], Reader]
    shapes_of: Callable[[Any], Shapes]
    known: dict[tuple[str, ...], Reader] = field(factory=dict, init=False)

    def read(self, value: Any, surprises: list[Any]) -> Any:
        """Read a value, by the reader of its keys where there is one."""
        known = self.known.get(tuple(value)) if value.__class__ is dict else None
        return (known or self.first)(value, surprises)

    def first(self, value: Any, surprises: list[Any]) -> Any:
        """Read a value of a shape that has not come before, or that is no object."""
        if value.__class__ is not dict or not self._is_worth_it(value):
            return self.any_keys(value, surprises)
        keys = tuple(value)
        self.known[keys] = made = _of_shape(self, keys)
        return made(value, surprises)

    def _is_worth_it(self, value: dict[str, Any]) -> bool:
        names = {one.name for one in fields(self.kind)}
        required = {one.name for one in fields(self.kind) if one.default is NOTHING}
        unknown = len(value.keys() - names)
        return len(self.known) < MOST_SHAPES and unknown <= MOST_UNKNOWN_KEYS and required <= value.keys()


def _of_shape(shapes: Shapes, keys: tuple[str, ...]) -> Reader:
    kind, hints = shapes.kind, get_type_hints(shapes.kind, include_extras=True)
    known: dict[str, Attribute[Any]] = {one.name: one for one in fields(kind)}
    by_hand = _can_be_filled_by_hand(kind)
    scope: dict[str, Any] = {"Decimal": Decimal, "kind": kind, "new": object.__new__, "nothing": dict.fromkeys(known)}
    lines = ["def read(value, surprises):"]
    if not known.keys() >= set(keys):
        lines += [" surprises.append(value)"]
    if keys:
        lines += [f" {''.join(f'v{number}, ' for number, _ in enumerate(keys))} = value.values()"]
    if by_hand:
        lines += [" made = new(kind)", " put = made.__dict__", " put.update(nothing)"]
    given = [(f"v{number}", known[key]) for number, key in enumerate(keys) if key in known]
    for name, one in given:
        target = f"put[{one.name!r}]" if by_hand else name
        lines += [f" {line}" for line in _lines_of(name, target, hints[one.name], shapes, scope)]
    made = f"kind({', '.join(f'{one.alias}={name}' for name, one in given)})"
    lines += [" return made" if by_hand else f" return {made}"]
    exec("\n".join(lines), scope)  # noqa: S102 - of our own field names alone  # nosec B102
    read: Reader = scope["read"]
    return read


def _can_be_filled_by_hand(kind: Any) -> bool:
    """Whether to make one is nothing but to set its fields, of which those that do not come are None."""
    simple = all(
        one.init and one.converter is None and one.validator is None and (one.default is None or one.default is NOTHING)
        for one in fields(kind)
    )
    if not simple or not kind.__dictoffset__ or hasattr(kind, "__attrs_post_init__"):
        return False
    try:
        made = kind(**{one.alias: None for one in fields(kind)})
    except Exception:  # noqa: BLE001 - an __init__ written by hand may do anything
        return False
    return bool(vars(made) == {one.name: None for one in fields(kind)})


def _lines_of(name: str, target: str, kind: Any, shapes: Shapes, scope: dict[str, Any]) -> list[str]:
    """Return the statements that read the value in a variable and put it where it belongs."""
    can_be_none = is_optional(kind)
    if can_be_none:
        kind = bare(kind)
    fast, expected = _fast(name, kind, shapes, scope)
    scope[f"{name}_read"] = shapes.reader_of(kind)
    slow = f"{target} = {name}_read({name}, surprises)"
    if expected is None:
        return [f"if {name} is not None: {slow}"] if can_be_none else [slow]
    otherwise = f"elif {name} is not None: {slow}" if can_be_none else f"else: {slow}"
    return [f"if {name}.__class__ is {expected}: {target} = {fast}", otherwise]


def _fast(name: str, kind: Any, shapes: Shapes, scope: dict[str, Any]) -> tuple[str, str | None]:
    """Return what makes a field of a value of the class that is expected, and that class; None where none is."""
    if (plain := PLAIN.get(kind)) is not None:
        return name, plain.__name__
    if isinstance(kind, type) and has(kind):
        return _nested(name, name, kind, shapes, scope), "dict"
    if is_tuple(kind) and isinstance(item := get_args(kind)[0], type) and has(item):
        read = _nested(name, "one", item, shapes, scope)
        each = f"{read} if one.__class__ is dict else {name}_first(one, surprises)"
        return f"tuple([{each} for one in {name}]) if {name} else ()", "list"
    return "", None


def _nested(name: str, value: str, kind: Any, shapes: Shapes, scope: dict[str, Any]) -> str:
    """Return the expression that reads an object within the object, without a call for the search of its reader."""
    inner = shapes.shapes_of(kind)
    scope[f"{name}_known"], scope[f"{name}_first"] = inner.known.get, inner.first
    return f"({name}_known(tuple({value})) or {name}_first)({value}, surprises)"
