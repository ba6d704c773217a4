"""Commerce Layer's Provisioning API on loopback, from its documents and its official schema (version 1.0.15)."""

from adapters.commerce_layer.sandbox.app import SANDBOX, CommerceLayerSandbox

__all__ = ["SANDBOX", "CommerceLayerSandbox"]
