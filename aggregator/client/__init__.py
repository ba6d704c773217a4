"""One account, lazily or as whole listings: `Client` in threads, `AsyncClient` in tasks."""

from aggregator.client.records import AsyncRecords, Records
from aggregator.client.tasks import AsyncClient
from aggregator.client.threads import Client

__all__ = ["AsyncClient", "AsyncRecords", "Client", "Records"]
