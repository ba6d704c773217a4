"""Crux Connect on loopback, from its documents on connections and orders and their successors."""

from adapters.crux.sandbox.app import SANDBOX, CruxSandbox

__all__ = ["SANDBOX", "CruxSandbox"]
