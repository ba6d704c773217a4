"""`aggregator sandbox`: the three vendors on loopback, for your own tests."""

from __future__ import annotations

from typing import Annotated

from cyclopts import Parameter

from aggregator.errors import ConfigurationError


def sandbox(
    *,
    partners: int = 60,
    seed: int = 1,
    orders: int | None = None,
    fault: Annotated[list[str] | None, Parameter(name="--fault", negative=())] = None,
    faults: Annotated[bool, Parameter(negative=())] = False,
    json: Annotated[bool, Parameter(negative=())] = False,
) -> int:
    """Serve the three vendors as real HTTP servers on loopback, until Ctrl-C.

    They are built from the vendors' documents and serve one made-up world of businesses. Nothing leaves this machine.

    Parameters
    ----------
    partners: int
        How many businesses the world has.
    seed: int
        The same seed makes the same world.
    orders: int
        Orders per connection, on average, where a vendor has orders; any number, as each is made when it is asked for.
    fault: list[str]
        A fault, such as fabric:latency=50ms or crux:429=0.1; may be given more than once.
    faults: bool
        List the faults there are, and exit.
    json: bool
        Print one line of JSON once all serve: base URL and credentials for each vendor.
    """
    try:
        from aggregator.sandbox import UnknownFaultError, installed_vendors, serve  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise ConfigurationError(str(error)) from error
    if faults:
        from aggregator.sandbox.faults import describe  # noqa: PLC0415 - an extra

        for how, what, default in describe(installed_vendors()):
            print(f"{how:<44}{what} (default: {default})")  # noqa: T201 - the result
        return 0
    switches = () if orders is None else (f"crux:orders={orders}",)
    try:
        serve(partners=partners, seed=seed, faults=(*(fault or ()), *switches), json_line=json)
    except (UnknownFaultError, ValueError) as error:
        raise ConfigurationError(str(error)) from error
    return 0
