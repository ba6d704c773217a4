"""fabric Dropship on loopback, from its documents: developer.fabric.inc and the "supplier connection by ID" page."""

from adapters.fabric.sandbox.app import SANDBOX, FabricSandbox

__all__ = ["SANDBOX", "FabricSandbox"]
