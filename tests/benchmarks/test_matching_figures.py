"""The figures that matchers are compared by mean what they say."""

from __future__ import annotations

import csv
import subprocess
import sys
import venv
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.matching import cross_validated, environments, figures, processes, running, speed, tables
from benchmarks.matching.figures import Link
from benchmarks.matching.lists import write_lists
from benchmarks.matching.registry import Tool

TRUTH = frozenset({("a1", "b1"), ("a2", "b2"), ("a3", "b3"), ("a3", "b4")})

LINKS = st.lists(
    st.builds(
        Link,
        st.sampled_from(["a1", "a2", "a3", "a4"]),
        st.sampled_from(["b1", "b2", "b3", "b4"]),
        st.sampled_from([0.0, 0.2, 0.5, 0.8, 1.0]),
    ),
    unique_by=lambda link: link.pair,
)


def test_f1_counts_left_records_once() -> None:
    """A record with two partners is found when either is; a wrong link costs precision."""
    links = [Link("a1", "b1", 0.9), Link("a3", "b4", 0.8), Link("a4", "b2", 0.7), Link("a2", "b2", 0.4)]
    assert figures.f1_at(links, TRUTH, 0.5) == pytest.approx(2 * 2 / (3 + 3))
    assert figures.f1_at(links, TRUTH, 0.0) == pytest.approx(2 * 3 / (4 + 3))


@given(LINKS)
def test_the_best_threshold_is_at_least_as_good_as_any(links: list[Link]) -> None:
    """No threshold beats the best one, and the best F1 is reached at the threshold that is told."""
    chosen = figures.one_best(links)
    best = figures.best_f1(chosen, TRUTH)
    assert all(figures.f1_at(chosen, TRUTH, threshold) <= best.f1 for threshold in (0.0, 0.2, 0.5, 0.8, 1.0))
    assert best.f1 == 0 or figures.f1_at(chosen, TRUTH, best.threshold) == best.f1


@given(LINKS, st.randoms())
def test_one_best_link_does_not_hang_on_the_order_of_rows(links: list[Link], rng: object) -> None:
    """However a tool sorts what it writes, every left record keeps the same link."""
    mixed = sorted(links, key=lambda _: getattr(rng, "random")())  # noqa: B009 - hypothesis types it loosely
    assert figures.one_best(links) == figures.one_best(mixed)


def test_calibration_compares_what_was_said_with_what_was_so() -> None:
    """Four pairs at .8 of which three are true are .05 off each; a sure and right one is not off."""
    links = [Link("a1", "b1", 0.8), Link("a2", "b2", 0.8), Link("a3", "b3", 0.8), Link("a4", "b1", 0.8)]
    assert figures.calibration_error(links, TRUTH) == pytest.approx(0.05)
    assert figures.calibration_error([Link("a1", "b1", 1.0)], TRUTH) == 0


def test_a_reviewer_takes_the_likeliest_first() -> None:
    """With ten rows a tenth is one pair: the likelier of the two that wait."""
    links = [
        Link("a1", "b1", 0.99, "match"),
        Link("a2", "b2", 0.6, "review"),
        Link("a3", "b3", 0.4, "review"),
        Link("a4", "b4", 0.1, "no"),
    ]
    assert figures.covered(figures.accepted(links), TRUTH) == pytest.approx(1 / 3)
    assert figures.reviewed(links, TRUTH, rows=10) == pytest.approx(2 / 3)


def test_lists_are_the_same_for_the_same_seed(tmp_path: Path) -> None:
    """Whoever times a matcher times it on the same rows, and another seed gives others."""
    one, again, other = (write_lists(tmp_path / str(place), 300, seed) for place, seed in enumerate((1, 1, 2)))
    for name in ("a.csv", "b.csv", "truth.csv"):
        assert (one / name).read_bytes() == (again / name).read_bytes() != (other / name).read_bytes()


def test_lists_have_the_asked_rows_and_partly_overlap(tmp_path: Path) -> None:
    """Every true pair names rows that exist, ids do not give the answer away, and some rows have no partner."""
    folder = write_lists(tmp_path, 1000)
    rows = {name: _rows(folder / f"{name}.csv") for name in ("a", "b", "truth")}
    ids = {name: {row["id"] for row in rows[name]} for name in ("a", "b")}
    assert len(ids["a"]) == len(ids["b"]) == 1000
    assert all(row["a_id"] in ids["a"] and row["b_id"] in ids["b"] for row in rows["truth"])
    assert 0.5 < len({row["a_id"] for row in rows["truth"]}) / 1000 < 0.7
    assert not any(row["a_id"][1:] == row["b_id"][1:] for row in rows["truth"])


def test_words_of_lists_are_skewed_as_in_real_names(tmp_path: Path) -> None:
    """A few words are everywhere and most are met once, which is what makes blocking hard."""
    words = Counter(
        word for row in _rows(write_lists(tmp_path, 3000) / "a.csv") for word in row["name"].lower().split()
    )
    assert words.most_common(1)[0][1] > 100
    assert sum(count == 1 for count in words.values()) > len(words) / 2


def test_an_impossible_size_is_refused(tmp_path: Path) -> None:
    """A list without rows is no list."""
    with pytest.raises(ValueError, match="0 rows"):
        write_lists(tmp_path, 0)


def test_a_tool_that_takes_too_long_is_ended(tmp_path: Path) -> None:
    """A run always ends, and what was cut off is said."""
    done = processes.run([sys.executable, "-c", "import threading; threading.Event().wait()"], cap=0.2)
    assert "not done after" in done.failure


def test_a_tool_that_takes_too_much_memory_is_ended() -> None:
    """What grows with the square of its input does not take the machine with it."""
    waits = "import threading; held = bytearray(10**8); threading.Event().wait()"
    done = processes.run([sys.executable, "-c", waits], cap=30, memory=5 * 10**7)
    assert "takes more than" in done.failure
    assert done.peak > 5 * 10**7


def test_a_tool_that_fails_says_why() -> None:
    """The last words of a process are its failure, and its memory was watched."""
    done = processes.run([sys.executable, "-c", "raise SystemExit('no such column: name')"], cap=30)
    assert done.failure == "no such column: name"
    assert processes.run([sys.executable, "-c", "print(sum(range(10**7)))"], cap=30).peak > 2**20


def test_what_a_matcher_cost_is_shown_even_where_it_failed() -> None:
    """Every tool has its line in the table: timed, ended on the way, or never installed."""
    done = {"tool": "quick", "size": 1000, "seconds": 1.5, "processor_seconds": 2.5, "peak_mib": 100.0, "f1_best": 0.9}
    ended = {**done, "tool": "slow", "seconds": 600.2, "failure": "not done after 600 s"}
    absent = {"tool": "absent", "size": 1000, "failure": "cannot be installed here: no such package"}
    lines = tables.speed([done, ended, absent]).splitlines()[2:]
    assert [line.split("|")[3].strip() for line in lines] == ["1.5 s", "> 600.2 s", "-"]


def test_a_package_that_cannot_be_installed_is_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The installer's last words are the reason; nothing is dropped silently."""
    monkeypatch.setattr(environments, "CACHE", tmp_path)
    monkeypatch.setattr(venv, "create", lambda home, **_: home.mkdir(parents=True))
    refused = subprocess.CompletedProcess([], 1, "", "building\nICU headers not found\n")
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: refused)
    with pytest.raises(environments.CannotInstallError, match="ICU headers not found"):
        environments.python_of(Tool(name="needs ICU", requirements=("needs-icu",)))


def test_cross_validated_figures_are_read() -> None:
    """Lines of the evaluation become rows; those of sets that were not asked for do not."""
    said = (
        "entity  patent_assignees            kept 0.981  F1@.5 0.851  best 0.855 at 0.46  "
        "ECE 0.021  match right 0.9871 covers 0.700\n"
        "entity  made-up  kept 1.000  F1@.5 1.000\n"
        "unseen  name_pairs  F1@.5 0.9\n"
    )
    (row,) = cross_validated.parse(said, ["patent_assignees"])
    assert (row["f1_default"], row["best_threshold"], row["match_precision"]) == (0.851, 0.46, 0.9871)
    assert not row["in_sample"]


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_the_time_for_all_rows_is_worked_out_from_a_sample(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A tool that takes a second and one more for every left row takes 101 s for a hundred, whatever the sample."""

    def fake(tool: Tool, folder: Path, out: Path, *, cap: float) -> running.Outcome:
        with (folder / "a.csv").open(encoding="utf-8", newline="") as stream:
            ids = [row["id"] for row in csv.DictReader(stream)]
        run = processes.Run(seconds=1.0 + len(ids), processor=2.0 * len(ids), peak=0)
        return running.Outcome(run, [Link(left, right, 0.9) for left, right in truth if left in ids])

    truth = sorted(figures.read_truth(write_lists(tmp_path / "lists-100-1", 100) / "truth.csv"))
    monkeypatch.setattr(speed, "link", fake)
    tool = Tool(name="fake", largest=50, sample=40)
    (row,) = speed.measure([tool], 100, tmp_path, cap=1)
    assert row["seconds"] == pytest.approx(101)
    assert row["processor_seconds"] == pytest.approx(200)
    assert row["f1_default"] == 1
    assert "fake, from 40 rows" in tables.speed([row])
