"""Takes faulty values out of a JSON value, by the places that a reader complains of: "text was due @ $.tags[1]"."""

from __future__ import annotations

import re
from typing import Any, TypeAlias

Steps: TypeAlias = "list[str | int]"

# Nothing stands there, or no longer.
GONE: Any = object()

_PATH = re.compile(r"(?P<said>.*) @ \$(?P<path>.*)", re.DOTALL)
_INDEX = re.compile(r"\[\d+\]")
_STEP = re.compile(r"\.(?P<key>[^.\[]+)|\[(?P<index>\d+)\]|\['(?P<quoted>[^']*)'\]")


def steps_of(complaint: str) -> Steps:
    """Return the keys and indices that lead to the place a complaint names; none for the root."""
    match = _PATH.match(complaint)
    found = _STEP.finditer(match["path"] if match else "")
    return [int(one["index"]) if one["index"] else (one["key"] or one["quoted"] or "") for one in found]


def without_indices(complaint: str) -> str:
    """Return a complaint that is the same for every item of an array."""
    return _INDEX.sub("[]", complaint)


def without(value: Any, steps: Steps) -> Any:  # noqa: ANN401 - raw payload
    """Return a copy of a JSON value without what stands where `steps` lead to; GONE if nothing stands there.

    An item taken out of an array leaves GONE in its place, so that the places of the others stay what they were.
    """
    step, rest = steps[0], steps[1:]
    if isinstance(value, dict) and step in value:
        inner = without(value[step], rest) if rest else None
        kept = {key: item for key, item in value.items() if key != step}
        return GONE if inner is GONE else ({**kept, step: inner} if rest else kept)
    if isinstance(value, list) and isinstance(step, int) and step < len(value):
        inner = without(value[step], rest) if rest else None
        return GONE if inner is GONE else [*value[:step], inner if rest else GONE, *value[step + 1 :]]
    return GONE


def pruned(value: Any) -> Any:  # noqa: ANN401 - raw payload
    """Return a copy of a JSON value in which the items that are GONE leave no gap."""
    if isinstance(value, dict):
        return {key: pruned(item) for key, item in value.items()}
    if isinstance(value, list):
        return [pruned(item) for item in value if item is not GONE]
    return value
