"""What a stranger may import is what we meant to offer, and costs nothing before it is used."""

from __future__ import annotations

import subprocess
import sys
from importlib import import_module
from types import ModuleType

import pytest

import aggregator

PACKAGES = (
    "adapters.commerce_layer",
    "adapters.crux",
    "adapters.fabric",
    "adapters.table",
    "aggregator.adapter",
    "aggregator.client",
    "aggregator.model",
    "aggregator.snapshot",
)

OFFERED = [
    "Aggregator",
    "AggregatorError",
    "AsyncAggregator",
    "AsyncClient",
    "Client",
    "CollectFailed",
    "Connection",
    "ConnectionStatus",
    "Listing",
    "Options",
    "Order",
    "Organization",
    "Progress",
    "Reconciliation",
    "Secret",
    "Snapshot",
    "reconcile",
]


def test_the_names_of_the_library_are_pinned() -> None:
    """Nothing is offered, or taken away, by accident: changing this list is a decision."""
    assert sorted(aggregator.__all__) == OFFERED
    assert dir(aggregator) == aggregator.__all__


@pytest.mark.parametrize("name", OFFERED)
def test_every_name_of_the_library_can_be_had(name: str) -> None:
    """Each name leads to a thing of that name, at the first and at every later look."""
    found = getattr(aggregator, name)
    # A package of the same name may be imported by now; it can be called like its function.
    assert callable(found)
    assert getattr(aggregator, name) is found


def test_a_name_that_is_not_offered_is_an_attribute_error() -> None:
    """A slip is answered as by any module."""
    with pytest.raises(AttributeError, match="no attribute 'Agregator'"):
        _ = aggregator.Agregator  # type: ignore[attr-defined]


@pytest.mark.parametrize("package", PACKAGES)
def test_a_package_offers_what_it_says(package: str) -> None:
    """A package's public names are those in its `__all__`, each once, and no others."""
    module = import_module(package)
    public = {
        name
        for name, value in vars(module).items()
        if not name.startswith("_") and name != "annotations" and not isinstance(value, ModuleType)
    }
    assert len(module.__all__) == len(set(module.__all__))
    assert public <= set(module.__all__)
    assert all(hasattr(module, name) for name in module.__all__)


def test_importing_the_library_loads_nothing_else() -> None:
    """`import aggregator` loads no library and no room of the house, only what loads them when they are needed."""
    script = (
        "import sys; import aggregator; "
        "heavy = ('aggregator.', 'adapters', 'httpx', 'attr', 'cattr', 'numpy'); "
        "print(sorted(one for one in sys.modules if one.startswith(heavy)))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "['aggregator.lazy']"
