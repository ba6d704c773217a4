"""The bundled adapters pass the kit that ships for everyone's."""

from __future__ import annotations

from aggregator.testing import AdapterConformance
from tests.conformance.profiles import COMMERCE_LAYER, CRUX, FABRIC


class TestCrux(AdapterConformance):
    """Crux Connect: a bare array, offsets, and a search by POST."""

    wire = CRUX


class TestFabric(AdapterConformance):
    """fabric Dropship: numbered pages with next links."""

    wire = FABRIC


class TestCommerceLayer(AdapterConformance):
    """Commerce Layer: a scan by id, or numbered pages."""

    wire = COMMERCE_LAYER
