"""What an adapter is, in words that need neither a socket nor a thread. Start at `base.Adapter`."""

from aggregator.adapter.base import Adapter, Problem
from aggregator.adapter.capabilities import YES, Capabilities, Capability, Support, no, unknown, yes
from aggregator.adapter.login import (
    ClientCredentials,
    Login,
    PasswordLogin,
    Token,
    TokenRequest,
    WrongCredentials,
    read_token,
)
from aggregator.adapter.orders import OrderFilter
from aggregator.adapter.rate import Rate
from aggregator.adapter.registry import adapter_names, load_adapter
from aggregator.adapter.steps import (
    Ahead,
    Call,
    DriftCount,
    Malformed,
    Page,
    Place,
    Plan,
    Reply,
    RowReader,
    Steps,
    Unreadable,
    WalkEnd,
)

__all__ = [
    "YES",
    "Adapter",
    "Ahead",
    "Call",
    "Capabilities",
    "Capability",
    "ClientCredentials",
    "DriftCount",
    "Login",
    "Malformed",
    "OrderFilter",
    "Page",
    "PasswordLogin",
    "Place",
    "Plan",
    "Problem",
    "Rate",
    "Reply",
    "RowReader",
    "Steps",
    "Support",
    "Token",
    "TokenRequest",
    "Unreadable",
    "WalkEnd",
    "WrongCredentials",
    "adapter_names",
    "load_adapter",
    "no",
    "read_token",
    "unknown",
    "yes",
]
