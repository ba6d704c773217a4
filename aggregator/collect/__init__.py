"""Many accounts at once, into one snapshot. One account that fails never sinks the others."""

from aggregator.collect.accounts import Wanted
from aggregator.collect.outcome import CollectFailed, OnFailure
from aggregator.collect.progress import OnProgress, Progress
from aggregator.collect.tasks import AsyncAggregator
from aggregator.collect.threads import Aggregator

__all__ = ["Aggregator", "AsyncAggregator", "CollectFailed", "OnFailure", "OnProgress", "Progress", "Wanted"]
