"""`vendor:name=value` as it is written on a command line."""

from collections.abc import Iterable, Mapping, Sequence

from attrs import frozen

from aggregator.sandbox.faults.base import FAULTS, Fault
from aggregator.sandbox.vendor import Option, VendorSandbox


class UnknownFaultError(ValueError):
    """A fault, vendor or value that does not exist; the message names those that do."""


@frozen
class Switch:
    """What was asked of one vendor: its options, and the faults around it with whether the token endpoint is meant."""

    options: Mapping[str, str]
    faults: tuple[tuple[str, Fault, bool], ...]


def switches(vendors: Mapping[str, VendorSandbox], texts: Iterable[str]) -> dict[str, Switch]:
    """Read faults such as "fabric:latency=50ms", "crux:429=0.1", "500=3x@token" (every vendor).

    Raises:
        UnknownFaultError: naming the valid ones.
    """
    options = {name: {option.name: option.default for option in vendor.options} for name, vendor in vendors.items()}
    faults: dict[str, list[tuple[str, Fault, bool]]] = {name: [] for name in vendors}
    for text in texts:
        meant, name, value, on_token = _split(text, vendors)
        for vendor in meant:
            if option := _option(vendors[vendor], name):
                options[vendor][name] = _chosen(option, value, text)
            elif name in FAULTS:
                faults[vendor].append((text, _made(name, value, text, vendors[vendor]), on_token))
            elif len(meant) == 1:
                raise UnknownFaultError(_no_such(text, name, vendors[vendor]))
        if len(meant) > 1 and name not in FAULTS and not any(_option(vendor, name) for vendor in vendors.values()):
            raise UnknownFaultError(f"{text!r}: there is no fault {name!r}; there are: {', '.join(sorted(FAULTS))}")
    return {name: Switch(options[name], tuple(_ordered(faults[name]))) for name in vendors}


def describe(vendors: Mapping[str, VendorSandbox]) -> list[tuple[str, str, str]]:
    """Every fault and option as (how to write it, what it does, default), for help texts and docs."""
    rows = [(f"{fault.name}={fault.example}".rstrip("="), fault.summary, "off") for fault in FAULTS.values()]
    for vendor in vendors.values():
        for option in vendor.options:
            value = "|".join(option.choices) or "…"
            rows.append((f"{vendor.name}:{option.name}={value}", option.summary, option.default or "off"))
    return rows


def _split(text: str, vendors: Mapping[str, VendorSandbox]) -> tuple[Sequence[str], str, str, bool]:
    head, _, value = text.partition("=")
    vendor, colon, name = head.rpartition(":")
    if colon and vendor not in vendors:
        raise UnknownFaultError(f"{text!r}: there is no vendor {vendor!r}; there are: {', '.join(vendors)}")
    name, value, on_token = name.removesuffix("@token"), value.removesuffix("@token"), text.endswith("@token")
    return ([vendor] if colon else list(vendors)), name.strip(), value.strip(), on_token


def _option(vendor: VendorSandbox, name: str) -> Option | None:
    return next((option for option in vendor.options if option.name == name), None)


def _chosen(option: Option, value: str, text: str) -> str:
    try:
        return option.checked(value)
    except ValueError as error:
        raise UnknownFaultError(f"{text!r}: {error}") from None


def _made(name: str, value: str, text: str, vendor: VendorSandbox) -> Fault:
    if FAULTS[name].needs_next and vendor.shape.next_link is None:
        raise UnknownFaultError(f"{text!r}: lists of {vendor.name} have no next link")
    try:
        return FAULTS[name](value)
    except ValueError as error:
        raise UnknownFaultError(f"{text!r}: {error}") from None


def _no_such(text: str, name: str, vendor: VendorSandbox) -> str:
    known = ", ".join(sorted({*FAULTS, *(option.name for option in vendor.options)}))
    return f"{text!r}: {vendor.name} has no fault {name!r}; there are: {known}"


def _ordered(faults: list[tuple[str, Fault, bool]]) -> list[tuple[str, Fault, bool]]:
    order = list(FAULTS)
    return sorted(faults, key=lambda entry: order.index(entry[1].name))
