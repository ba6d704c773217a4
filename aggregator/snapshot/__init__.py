"""What all platforms said at one time, in memory and on disk, and what changed between two times."""

from aggregator.snapshot.difference import FieldChange, ListingDiff, RecordChange, SnapshotDiff, diff
from aggregator.snapshot.snapshot import Snapshot

__all__ = ["FieldChange", "ListingDiff", "RecordChange", "Snapshot", "SnapshotDiff", "diff"]
