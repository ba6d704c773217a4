"""Labelled sets of published lists hold what they say, whatever the order in which the lists come."""

from __future__ import annotations

import csv
import shutil
from collections import Counter
from pathlib import Path
from random import Random

import pytest

from benchmarks.matching.published import fetching
from benchmarks.matching.published.fetching import CannotFetchError, Package
from benchmarks.matching.published.joining import Lists, businesses, join
from benchmarks.matching.published.records import Record
from benchmarks.matching.published.writing import write

_SAME, _CHANGED, _RENAMED = 300, 300, 100


def _published() -> tuple[list[Record], list[Record]]:
    """Two lists: some names equal, some with another ending, some with nothing in common, and a row of each alone."""
    words = [f"{Random(number).randrange(10**9):x}" for number in range(4 * (_SAME + _CHANGED + _RENAMED))]
    left, right = [], []
    for number in range(_SAME + _CHANGED + _RENAMED):
        name = f"{words.pop()} {words.pop()}"
        other = name if number < _SAME else f"{name} Works" if number < _SAME + _CHANGED else f"{words.pop()}zz"
        left.append(Record(f"k{number}", name, (("city", f"town {number}"),)))
        right.append(Record(f"k{number}", other))
    return [*left, Record("left", "Lonely")], [*right, Record("right", "Alone")]


def _joined(*, alike_only: bool = False, seed: int = 0) -> Lists:
    left, right = _published()
    Random(seed).shuffle(left)
    Random(seed).shuffle(right)
    return join("a set", left, right, alike_only=alike_only)


def test_every_true_pair_shares_a_key() -> None:
    """The truth is of the keys alone, and a business is one row on each side."""
    lists = _joined()
    sides = dict(lists.left), dict(lists.right)
    assert lists.truth
    assert all(sides[0][left].keys & sides[1][right].keys for left, right, _ in lists.truth)
    assert len({left for left, *_ in lists.truth}) == len({right for _, right, _ in lists.truth}) == len(lists.truth)


def test_who_is_withheld_has_no_partner() -> None:
    """A quarter of each side is without a true pair, and no key of theirs is on the other side."""
    lists = _joined()
    keys = [{key for _, one in side for key in one.keys} for side in (lists.left, lists.right)]
    for side, others, at in ((lists.left, keys[1], 0), (lists.right, keys[0], 1)):
        alone = [one for identifier, one in side if identifier not in {pair[at] for pair in lists.truth}]
        assert len(alone) == pytest.approx(len(side) / 4, abs=2)
        assert not any(one.keys & others for one in alone)


def test_equal_names_are_no_more_than_two_fifths() -> None:
    """What equality finds is no more than that, and nothing in common no more than a tenth; withholding is by lot."""
    lists = _joined()
    kinds = Counter(kind for *_, kind in lists.truth)
    assert kinds["equal"] / len(lists.truth) == pytest.approx(0.4, abs=0.05)
    assert kinds["rename"] / len(lists.truth) == pytest.approx(0.1, abs=0.05)


def test_names_without_a_word_in_common_are_left_out_where_keys_are_handed_out_again() -> None:
    """They are most likely two businesses."""
    assert {kind for *_, kind in _joined(alike_only=True).truth} == {"", "equal"}


def test_the_same_bytes_whatever_the_order(tmp_path: Path) -> None:
    """Shuffled lists make the same files, which the comparison of matchers reads."""
    for seed in (1, 2):
        write(tmp_path / str(seed), _joined(seed=seed))
    for name in ("a.csv", "b.csv", "truth.csv"):
        assert (tmp_path / "1" / name).read_bytes() == (tmp_path / "2" / name).read_bytes()
    with (tmp_path / "1" / "a.csv").open(encoding="utf-8", newline="") as stream:
        assert next(csv.reader(stream)) == ["id", "name", "city"]


def test_a_business_is_one_row_and_a_doubtful_key_none() -> None:
    """Names alike but for the form of the company are one; a key of two businesses goes."""
    rows = [
        Record("1", "Harbor Ltd."),
        Record("2", "HARBOR"),
        Record("3", "Anchor"),
        Record("3", "Mooring"),
        Record("4", "Mooring"),
    ]
    assert {one.row.name: set(one.keys) for one in businesses(rows)} == {"Harbor Ltd.": {"1", "2"}, "Mooring": {"4"}}


def test_one_name_in_two_markets_is_two_businesses() -> None:
    """Where the list says in which market a row is."""
    rows = [Record("1", "Harbor", where="FR"), Record("2", "Harbor", where="ES")]
    assert len(businesses(rows)) == 2


def test_without_npm_it_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing half-fetched is left to be taken for the whole."""
    monkeypatch.setattr(fetching, "ROOT", tmp_path)
    monkeypatch.setattr(shutil, "which", lambda _: None)
    with pytest.raises(CannotFetchError, match="there is no npm here"):
        Package("npm", "lists", "1.0.0").read("list.json")
    assert not list(tmp_path.rglob("*.tgz"))
