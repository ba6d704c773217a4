"""What is wrong with a policy, and where it stands.

Each check is made once, where a policy is made, and speaks of "the policy", of which it may name a part; who reads one
from a file puts the place in the file there.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from aggregator.errors import ConfigurationError

_THE_POLICY: Final = "the policy"


def refused(what: str, hint: str = "") -> ConfigurationError:
    """Return the error of a policy that cannot be; what is wrong goes on from "the policy"."""
    return ConfigurationError(f"{_THE_POLICY}{what}", hint=hint)


@contextmanager
def told_at(place: str) -> Iterator[None]:
    """Put a place where an error from within says "the policy".

    Raises:
        ConfigurationError: What came from within.
    """
    try:
        yield
    except ConfigurationError as error:
        if not error.message.startswith(_THE_POLICY):
            raise
        told = f"{place}{error.message.removeprefix(_THE_POLICY)}"
        raise ConfigurationError(told, hint=error.hint) from error.__cause__


@contextmanager
def within(part: str) -> Iterator[None]:
    """Put a part, such as ", [severity]", behind where an error from within says "the policy".

    Raises:
        ConfigurationError: What came from within.
    """
    with told_at(f"{_THE_POLICY}{part}"):
        yield
