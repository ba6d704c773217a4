"""Crux Connect: connections, connection requests, the own organization, and orders."""

from adapters.crux import wire, wire_orders
from adapters.crux.adapter import Crux
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
    "wire",
    "wire_orders",
]
