"""Paths on the command line: an empty one, as of a variable that a script never set, is not the current folder."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter, Token

from aggregator.errors import ConfigurationError


def _place(_: object, tokens: Sequence[Token]) -> Path:
    (token,) = tokens
    if not token.value:
        option = token.keyword
        raise ConfigurationError(
            f"The path after {option} is empty." if option else "A path is empty.",
            hint="Is a variable of your script not set?",
        )
    return Path(token.value)


Place = Annotated[Path, Parameter(converter=_place)]
"""A path that says where."""
