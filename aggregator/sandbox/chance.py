"""The one place where the sandbox makes random generators, so that every one of them is seeded."""

from hashlib import blake2b
from random import Random


def seeded(*parts: object) -> Random:
    """A generator that gives the same stream for the same parts, on every machine and in every run.

    Python's hash of a string differs from run to run; seeding with the text itself does not.
    """
    return Random(":".join(map(str, parts)))  # noqa: S311 - a made-up world, not a secret


def bits(*parts: object) -> int:
    """128 bits that depend on the parts alone; far cheaper than a generator, for a single draw."""
    return int.from_bytes(blake2b(":".join(map(str, parts)).encode(), digest_size=16).digest())
