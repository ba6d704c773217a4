"""What all platforms said at one time, in memory and on disk."""

from aggregator.snapshot.snapshot import Snapshot

__all__ = ["Snapshot"]
