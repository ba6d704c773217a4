"""The world is as hard as real lists of companies are: simple matchers land on it where they land on those."""

from __future__ import annotations

import pytest

from aggregator.sandbox.world import World
from tools.measure_world import best, cosine, token_sort


@pytest.fixture(scope="module")
def world() -> World:
    """A world about as large as the labelled lists that the figures come from."""
    return World.generate(2000, 1)


def test_token_sort_reaches_what_it_reaches_on_real_lists(world: World) -> None:
    """Comparing sorted words without legal forms finds about .85: the world is neither a toy nor a riddle."""
    left, right = world.records["crux"], world.records["fabric"]
    assert 0.82 < best(left, right, token_sort(left, right))[0] < 0.88


def test_three_grams_reach_what_they_reach_on_real_lists(world: World) -> None:
    """The cosine of character 3-grams finds .86 to .92, and more than sorted words do."""
    left, right = world.records["crux"], world.records["fabric"]
    assert 0.86 < best(left, right, cosine(left, right))[0] < 0.92


def test_a_domain_belongs_to_one_house(world: World) -> None:
    """Only businesses of one house share a web domain, however alike the names of others are."""
    owner: dict[str, str] = {}
    for business in world.businesses:
        house = business.parent_id or business.id
        assert owner.setdefault(business.domain, house) == house
