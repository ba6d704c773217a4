"""What is written beside a name of what is done with its account is no part of the name."""

from __future__ import annotations

import pytest

from aggregator.reconcile.matching import Profile, match
from aggregator.reconcile.matching.reading.folded_names import fold_names
from aggregator.reconcile.matching.reading.remarks import without_remarks
from aggregator.reconcile.matching.reading.vocabulary import load_list


@pytest.mark.parametrize(
    ("written", "name", "remark"),
    [
        ("TORVANE LLC - EDI", "TORVANE LLC", "EDI"),
        ("TORVANE LLC *NEW*", "TORVANE LLC", "NEW"),
        ("TORVANE GMBH !! GESPERRT !!", "TORVANE GMBH", "GESPERRT"),
        ("Torvane S.A. (BAJA)", "Torvane S.A.", "BAJA"),
        ("Torvane // LÖSCHEN", "Torvane", "LÖSCHEN"),
        ("DO NOT USE - Torvane", "Torvane", "DO NOT USE"),
        ("(INACTIVE) Torvane", "Torvane", "INACTIVE"),
        ("Torvane (UK) - DON'T USE", "Torvane (UK)", "DON'T USE"),
        ("Torvane [Use 10445] (DUPLICATE)", "Torvane", "Use 10445, DUPLICATE"),
        ("Torvane - CLOSED 2019", "Torvane", "CLOSED 2019"),
        ("ZZZ TORVANE INC", "TORVANE INC", "ZZZ"),
    ],
)
def test_a_remark_set_off_at_an_end_is_passed_over(written: str, name: str, remark: str) -> None:
    assert without_remarks(["Other", written]) == {1: (name, remark)}


@pytest.mark.parametrize(
    "name",
    [
        "New Balance", "Old Navy", "EDI Systems", "Blocked Shoes", "Torvane New", "Torvane-New", "DO NOT USE",
        "- DO NOT PAY", "Old (New)", "Torvane (Toys)", "Torvane (2)", "Torvane - Old Mill", "Torvane (BLOCKED) GmbH",
        "Torvane!", "*** Torvane ***", "Torvane (Use)", "",
    ],
)  # fmt: skip
def test_a_word_of_the_name_is_no_remark(name: str) -> None:
    assert without_remarks([name]) == {}


def test_the_evidence_tells_the_remark() -> None:
    """And the pair is as likely as it is without it."""
    theirs = Profile(key="x", source="theirs", name="Torvane")
    for beside in ("", " - DO NOT USE"):
        ours = Profile(key="1", source="ours", name=f"Torvane LLC{beside}", aliases=("Quillon (INACTIVE)",))
        probability, evidence = match([ours, theirs]).explain("1", "x")
        assert ("with the remark 'DO NOT USE' passed over" in str(evidence)) is bool(beside)
        assert probability == match([_unremarked(ours), theirs]).explain("1", "x")[0]


def _unremarked(profile: Profile) -> Profile:
    """The same record without what is beside its names."""
    return Profile(key=profile.key, source=profile.source, name="Torvane LLC", aliases=("Quillon",))


def test_a_blocked_account_is_a_duplicate() -> None:
    """A list that keeps the old record beside the new one holds its business twice."""
    ours = [
        Profile(key="1", source="ours", name="Torvane Foods - DO NOT USE"),
        Profile(key="2", source="ours", name="Torvane Foods"),
    ]
    assert ("1", "2", "x") in match([*ours, Profile(key="x", source="theirs", name="Torvane Foods")]).clusters


@pytest.mark.parametrize("long", ["(" * 100_000 + "old", " - " * 50_000 + "old", " " * 100_000 + "(old)", "(old)" * 50])
def test_a_name_of_many_signs_ends(long: str) -> None:
    """However long it is: nobody can hold up a run by what they are called."""
    assert len(without_remarks([f"A{long}"])) <= 1


def test_every_remark_is_folded() -> None:
    for entries in (load_list("remarks.json")["remarks"], load_list("remarks.json")["before_a_number"]):
        assert [one for one in entries if " ".join(fold_names([one])[0].split()) != one] == []
