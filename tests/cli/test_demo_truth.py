"""What the demo says of its own rightness: counted from the world's truth, and in words for a newcomer."""

from __future__ import annotations

from aggregator.cli.demo_truth import Pair, Score


def _pair(text: str) -> Pair:
    return frozenset(text.split())


def _score(*, joined: tuple[str, ...] = (), review: tuple[str, ...] = (), many: int = 0) -> Score:
    return Score(
        there=frozenset({_pair("a1 b1"), _pair("a2 b2"), _pair("a3 b3"), _pair("a4 b4")}),
        joined=frozenset(map(_pair, joined)),
        review=frozenset(map(_pair, review)),
        many=many,
        many_joined=0,
        names={key: f"name of {key}" for key in ["a1", "a2", "a3", "a4", "b1", "b2", "b3", "b4"]},
    )


def test_right_wrong_and_missed_pairs_are_told_apart() -> None:
    """Of four pairs two are joined and one waits for a person; one wrong pair costs precision, not recall."""
    plain = _score(joined=("a1 b1", "a2 b2", "a3 b1"), review=("a3 b3", "a4 b1")).to_plain()
    assert (plain["pairs_right"], plain["pairs_wrong"], plain["pairs_missed"]) == (2, 1, 1)
    assert (plain["pairs_for_review"], plain["pairs_for_review_right"]) == (2, 1)
    assert (plain["precision"], plain["recall"], plain["recall_after_review"]) == (0.6667, 0.5, 0.75)


def test_wrong_pairs_are_named() -> None:
    """A reader sees which two businesses were taken for one."""
    assert any("'name of a3' / 'name of b1'" in line for line in _score(joined=("a3 b1",)).lines())


def test_an_empty_world_has_no_percentages() -> None:
    """With nothing to join there is nothing to divide by, and no line is left empty."""
    empty = Score(there=frozenset(), joined=frozenset(), review=frozenset(), many=0, many_joined=0, names={})
    assert empty.precision is empty.recall is empty.recall_reviewed is None
    assert all(empty.lines())


def test_houses_with_many_accounts_are_counted_apart() -> None:
    """Their pairs are told in a line of their own, and only where there are some."""
    assert any("600 pairs not counted above" in line for line in _score(many=600).lines())
    assert not any("not counted above" in line for line in _score().lines())
