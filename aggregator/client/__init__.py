"""One account, lazily or as whole listings: `Client` in threads, `AsyncClient` in tasks."""

from aggregator.client.incremental import AsyncNewOrders, NewOrders, new_orders
from aggregator.client.records import AsyncRecords, Records
from aggregator.client.tasks import AsyncClient
from aggregator.client.threads import Client
from aggregator.client.watermark import Watermark

__all__ = ["AsyncClient", "AsyncNewOrders", "AsyncRecords", "Client", "NewOrders", "Records", "Watermark", "new_orders"]
