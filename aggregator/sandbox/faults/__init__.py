"""Faults that can be switched on per vendor, on the wire or in the documents."""

from aggregator.sandbox.faults import lists, page_parameter, payloads, wire  # noqa: F401 - registers them
from aggregator.sandbox.faults.base import FAULTS, Fault, Situation
from aggregator.sandbox.faults.parse import Switch, UnknownFaultError, describe, switches

__all__ = ["FAULTS", "Fault", "Situation", "Switch", "UnknownFaultError", "describe", "switches"]
