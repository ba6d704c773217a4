"""The pytest plugin: gives each subclass of `AdapterConformance` the cases of its wire profile."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pytest


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Make a test of each case."""
    if metafunc.cls is None or not {"fault_case", "calm_case"} & set(metafunc.fixturenames):
        return
    # Whoever has the package installed has this plugin; only those who use it shall wait for it.
    from aggregator.testing.conformance import AdapterConformance, case_name, cases  # noqa: PLC0415
    from aggregator.testing.run import Case, Driver  # noqa: PLC0415

    if not issubclass(metafunc.cls, AdapterConformance):
        return
    wire = metafunc.cls.wire
    if "calm_case" in metafunc.fixturenames:
        calm = [Case(wire=wire, profile=one, driver=driver) for one in wire.lists for driver in Driver]
        metafunc.parametrize("calm_case", calm, ids=case_name)
    if "fault_case" in metafunc.fixturenames:
        metafunc.parametrize("fault_case", list(cases(wire)), ids=case_name)
