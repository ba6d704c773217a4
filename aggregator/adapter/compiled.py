"""Readers of rows without a fault: one flat function for each class, generated when it is first used.

It does what the converter in `schema` does, for all but faulty rows: those make it raise, and are read by the
converter, which says where the fault is. Python is generated because most rows have no fault, and because calling a
hook for each of a hundred values costs more than looking at them. Rows of keys that come again and again are read
faster still, by `shapes`.
"""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from typing import Any, get_args, get_type_hints

from attrs import NOTHING, Attribute, fields, has

from aggregator.adapter.kinds import HOOKS, PLAIN, is_one_or_many, is_optional, is_tuple
from aggregator.adapter.kinds import without_none as bare
from aggregator.adapter.shapes import Reader, Shapes


@cache
def compiled(kind: Any) -> Reader:
    """Return the reader of an attrs class.

    It raises a TypeError, KeyError, ValueError or AttributeError where a value is not what the class asks for.
    """
    return _shapes_of(kind).read


@cache
def _shapes_of(kind: Any) -> Shapes:
    return Shapes(kind, _of_class(kind), _reader, _shapes_of)


def _of_class(kind: Any) -> Reader:
    hints = get_type_hints(kind, include_extras=True)
    attributes: tuple[Attribute[Any], ...] = fields(kind)
    names = frozenset(one.name for one in attributes)
    scope: dict[str, Any] = {
        "Decimal": Decimal,
        "kind": kind,
        "names": names,
        "from_text": getattr(kind, "from_text", None),
    }
    lines = ["def read(value, surprises):", " if value.__class__ is not dict:"]
    if scope["from_text"] is not None:
        lines += ["  if value.__class__ is str: return from_text(value)"]
    lines += ["  raise TypeError", " if not names.issuperset(value): surprises.append(value)", " get = value.get"]
    for number, one in enumerate(attributes):
        lines += _lines_of(f"v{number}", one, hints[one.name], scope)
    given = ", ".join(f"{one.alias}=v{number}" for number, one in enumerate(attributes))
    lines += [f" return kind({given})"]
    exec("\n".join(lines), scope)  # noqa: S102 - of our own field names alone  # nosec B102
    read: Reader = scope["read"]
    return read


def _lines_of(name: str, one: Attribute[Any], kind: Any, scope: dict[str, Any]) -> list[str]:
    """Return the statements that read one field of the object at hand into a variable."""
    if one.default is None and is_optional(kind):
        # Missing and null come to the same.
        return [f" {name} = get({one.name!r})", f" if {name} is not None:", f"  {_check(name, bare(kind), scope)}"]
    lines = [f" {name} = value[{one.name!r}]", f" {_check(name, kind, scope)}"]
    if one.default is NOTHING:
        return lines
    scope[f"{name}_default"] = getattr(one.default, "factory", lambda: one.default)
    present = [f" {line}" for line in lines]
    return [f" if {one.name!r} in value:", *present, " else:", f"  {name} = {name}_default()"]


def _check(name: str, kind: Any, scope: dict[str, Any]) -> str:
    """Return the statement that replaces a value in a variable by what a kind makes of it."""
    scope[f"{name}_read"] = _reader(kind)
    if (plain := PLAIN.get(kind)) is not None:
        return f"if {name}.__class__ is not {plain.__name__}: {name} = {name}_read({name}, surprises)"
    return f"{name} = {name}_read({name}, surprises)"


def _reader(kind: Any) -> Reader:
    if is_optional(kind):
        return _optional(_reader(bare(kind)))
    if is_one_or_many(kind):
        many = get_args(kind)[0]
        return _one_or_many(_reader(many), _reader(get_args(many)[0]))
    if is_tuple(kind):
        return _array(_reader(get_args(kind)[0]))
    if kind in HOOKS:
        return HOOKS[kind]
    if isinstance(kind, type) and has(kind):
        return _nested(kind)
    raise NotImplementedError(f"{kind} in a schema")


def _nested(kind: Any) -> Reader:
    def read(value: Any, surprises: list[Any]) -> Any:
        return compiled(kind)(value, surprises)  # looked up late: a class can hold itself

    return read


def _optional(read: Reader) -> Reader:
    return lambda value, surprises: None if value is None else read(value, surprises)


def _array(read: Reader) -> Reader:
    def read_all(value: Any, surprises: list[Any]) -> Any:
        if value.__class__ is not list:
            raise TypeError
        return tuple([read(one, surprises) for one in value])

    return read_all


def _one_or_many(read_many: Reader, read_one: Reader) -> Reader:
    def read(value: Any, surprises: list[Any]) -> Any:
        return (read_one(value, surprises),) if value.__class__ is dict else read_many(value, surprises)

    return read
