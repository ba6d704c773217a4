"""Crux Connect: connections, connection requests, the own organization, and orders."""

from adapters.crux.adapter import Crux
from adapters.crux.details import connection_details, order_details, organization_details, request_details
from adapters.crux.generation import PRODUCTION, SANDBOX, Generation
from adapters.crux.query import Conjunction, OrdersQuery, SortDirection, SortKey

__all__ = [
    "PRODUCTION",
    "SANDBOX",
    "Conjunction",
    "Crux",
    "Generation",
    "OrdersQuery",
    "SortDirection",
    "SortKey",
    "connection_details",
    "order_details",
    "organization_details",
    "request_details",
]
