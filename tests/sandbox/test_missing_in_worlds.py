"""How often a partner of a made world is called missing where it is, and missing in truth without a word."""

from __future__ import annotations

import pytest

from tools.measure_missing import Figures, measure


@pytest.fixture(scope="module")
def figures() -> Figures:
    """What two worlds come to."""
    found = Figures()
    for seed in (45, 50):
        found.add(measure(400, seed))
    return found


def test_who_is_called_missing_is_missing(figures: Figures) -> None:
    """Of those wrongly called so most go by another name: what else can be told apart is left to a person."""
    assert figures.said["missing", False] > 600
    assert figures.share_wrong < 0.05
    assert figures.causes["alias"] > 0.5 * figures.causes.total()


def test_nobody_is_missing_without_a_word(figures: Figures) -> None:
    """Each business that a platform lacks is called missing, or is one of two records of a question that is asked."""
    assert figures.truly["all"] > 600
    assert figures.unsaid["nothing said"] == 0
    assert figures.unsaid.total() < 0.1 * figures.truly["all"]
