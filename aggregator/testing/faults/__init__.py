"""Everything that a platform, or the network before it, is known to do to innocent clients."""

from aggregator.testing.faults import answers, bodies, login, pages, rows  # noqa: F401 - they register their faults
from aggregator.testing.faults.base import FAULTS, Behaviour, Expect, Fault

__all__ = ["FAULTS", "Behaviour", "Expect", "Fault"]
