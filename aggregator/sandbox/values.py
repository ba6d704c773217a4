"""How people write values on a command line: durations, shares, and which requests are meant."""

import re
from random import Random

from attrs import define, field, frozen

_DURATION = re.compile(r"(\d+(?:\.\d+)?)(ms|s|m|h|d)?")
_UNITS = {"ms": 0.001, "s": 1.0, "m": 60.0, "h": 3600.0, "d": 86400.0, None: 1.0}


def duration(text: str) -> float:
    """Seconds of "50ms", "30s", "2h", or of a bare number.

    Raises:
        ValueError: when it is none of these.
    """
    match = _DURATION.fullmatch(text.strip())
    if match is None:
        raise ValueError(f"{text!r} is not a duration; write 50ms, 30s, 5m or 2h")
    return float(match[1]) * _UNITS[match[2]]


@frozen
class When:
    """Which requests are meant: a share of them, the first few, the n-th, or every n-th."""

    text: str
    share: float = 0.0
    first: int = 0
    nth: int = 0
    every: int = 0

    @classmethod
    def parse(cls, text: str) -> "When":
        """Read "0.1" (a share), "3x" (the first three), "at5" (the fifth), "every7" or nothing at all (always).

        Raises:
            ValueError: when it is none of these.
        """
        if not text:
            return cls(text, share=1.0)
        if match := re.fullmatch(r"(\d+)x", text):
            return cls(text, first=int(match[1]))
        if match := re.fullmatch(r"(at|every)([1-9]\d*)", text):
            return cls(text, **{"nth" if match[1] == "at" else "every": int(match[2])})
        return cls(text, share=_share(text))


def _share(text: str) -> float:
    try:
        share = float(text)
    except ValueError:
        share = -1.0
    if not 0.0 <= share <= 1.0:
        raise ValueError(f"{text!r} says no requests; write a share (0.1), 3x, at5 or every7")
    return share


@define
class Dice:
    """Decides, request by request, whether it is one of those that are meant."""

    when: When
    rng: Random
    seen: int = field(default=0, init=False)

    def hit(self) -> bool:
        """Count one more request, and say whether it is meant."""
        self.seen += 1
        when = self.when
        if when.first:
            return self.seen <= when.first
        if when.nth:
            return self.seen == when.nth
        if when.every:
            return self.seen % when.every == 0
        return self.rng.random() < when.share
