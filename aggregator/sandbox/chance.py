"""The one place where the sandbox makes random generators, so that every one of them is seeded."""

from random import Random


def seeded(*parts: object) -> Random:
    """A generator that gives the same stream for the same parts, on every machine and in every run.

    Python's hash of a string differs from run to run; seeding with the text itself does not.
    """
    return Random(":".join(map(str, parts)))  # noqa: S311 - a made-up world, not a secret
