"""How patient, how broad and how careful a client is."""

from __future__ import annotations

from attrs import Attribute, field, frozen, validators

from aggregator.errors import UsageError
from aggregator.wire.hooks import Hooks

_LONGEST = 1_000_000_000  # thirty years


def _whole(options: object, attribute: Attribute[int], value: object) -> None:
    del options
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError(f"{attribute.name} must be a whole number, not {value!r}")


def _seconds(options: object, attribute: Attribute[float], value: object) -> None:
    del options
    # A bool is an int, NaN lies in no range, and a socket cannot count the seconds of an age.
    if not isinstance(value, int | float) or isinstance(value, bool) or not -_LONGEST <= value <= _LONGEST:
        raise TypeError(f"{attribute.name} must be a number of seconds, not {value!r:.40}")


def _hooks(options: object, attribute: Attribute[Hooks], value: object) -> None:
    del options
    if not isinstance(value, Hooks):
        raise TypeError(f"{attribute.name} must be an object of a class of your own that is a Hooks, not {value!r:.40}")


@frozen(kw_only=True)
class Options:
    """Everything about the wire that a user may want to turn.

    Attributes:
        attempts: How often a request is tried, the first time included.
        max_wait: Seconds all waits of one request may add up to; a longer Retry-After ends in an error at once.
        connect_timeout: Seconds to wait for a connection.
        read_timeout: Seconds to wait for the next piece of an answer.
        answer_timeout: Seconds a whole answer may take, connecting and headers included, however steadily it drips.
        token_timeout: Seconds to wait for each piece of a token endpoint's answer.
        token_attempts: How often a token is asked for.
        concurrency: How many pages of one list are fetched at once, where the platform declares how many there are.
        max_body: Bytes an answer may have, decompressed.
        hooks: Who is told of requests, repetitions, waits, pages and listings.
    """

    attempts: int = field(default=6, validator=[_whole, validators.ge(1)])
    max_wait: float = field(default=120.0, validator=[_seconds, validators.ge(0)])
    connect_timeout: float = field(default=10.0, validator=[_seconds, validators.gt(0)])
    read_timeout: float = field(default=30.0, validator=[_seconds, validators.gt(0)])
    answer_timeout: float = field(default=120.0, validator=[_seconds, validators.gt(0)])
    token_timeout: float = field(default=15.0, validator=[_seconds, validators.gt(0)])
    token_attempts: int = field(default=4, validator=[_whole, validators.ge(1)])
    concurrency: int = field(default=8, validator=[_whole, validators.ge(1), validators.le(64)])
    max_body: int = field(default=64 * 1024 * 1024, validator=[_whole, validators.gt(0)])
    hooks: Hooks = field(factory=Hooks, validator=_hooks, repr=False, eq=False)


def options_of(said: Options | None) -> Options:
    """Return the options that were given, or the usual ones.

    Raises:
        UsageError: They are none.
    """
    if not isinstance(said, Options | None):
        hint = "Write options=Options(attempts=3), for example."
        raise UsageError(f"options is no Options but {type(said).__name__}.", hint=hint)
    return said or Options()
