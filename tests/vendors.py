"""Accounts on the bundled vendors, for tests that collect over real sockets."""

from __future__ import annotations

from typing import Any

from adapters.commerce_layer import CommerceLayer
from adapters.crux import Crux
from adapters.fabric import Fabric
from aggregator.sandbox import Sandbox


def crux(sandbox: Sandbox, **changes: Any) -> Crux:
    """An account at Crux, by its ready token."""
    vendor = sandbox.vendors["crux"]
    return Crux(**{"account": "acme", "base_url": vendor.base_url, "token": vendor.credentials["token"], **changes})


def fabric(sandbox: Sandbox, **changes: Any) -> Fabric:
    """The retailer's account at fabric."""
    vendor = sandbox.vendors["fabric"]
    names = ("retailer_id", "client_id", "client_secret", "token_url")
    known = {name: vendor.credentials[name] for name in names}
    return Fabric(**{"account": "acme", "base_url": vendor.base_url, **known, **changes})


def commerce_layer(sandbox: Sandbox, **changes: Any) -> CommerceLayer:
    """An account at Commerce Layer."""
    vendor = sandbox.vendors["commerce_layer"]
    return CommerceLayer(**{"account": "acme", "base_url": vendor.base_url, **vendor.credentials, **changes})
