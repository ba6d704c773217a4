"""Names that hold two names."""

from __future__ import annotations

import pytest

from aggregator.reconcile.matching import Profile, match
from aggregator.reconcile.matching.reading.known_as import apart


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("Lakeside Foods LLC dba Sunny Snacks", ("Lakeside Foods LLC", "Sunny Snacks")),
        ("Lakeside Foods d/b/a Sunny Snacks", ("Lakeside Foods", "Sunny Snacks")),
        ("LAKESIDE FOODS D.B.A. SUNNY SNACKS", ("LAKESIDE FOODS", "SUNNY SNACKS")),
        ("Nordwind GmbH (vormals Halle & Sohn)", ("Nordwind GmbH", "Halle & Sohn")),
        ("Brightwell Ltd (formerly known as Acorn Ltd)", ("Brightwell Ltd", "Acorn Ltd")),
        ("Boulangerie Petit t/a Pain Doré", ("Boulangerie Petit", "Pain Doré")),
        ("Zed Holdings, previously trading as Yolk", ("Zed Holdings", "Yolk")),
        ("Mycronic AB (fd Micronic Mydata)", ("Mycronic AB", "Micronic Mydata")),
        ("Lexel A/S (tidl. Lauritz Knudsen)", ("Lexel A/S", "Lauritz Knudsen")),
        ("MacMillan Relief (now Macmillan Support)", ("MacMillan Relief", "Macmillan Support")),
        ("Okonkwo Pty Ltd ATF Tannhauser Family Trust", ("Okonkwo Pty Ltd", "Tannhauser Family Trust")),
        ("Okonkwo Pty Ltd as trustee for the Tannhauser Trust", ("Okonkwo Pty Ltd", "the Tannhauser Trust")),
        ("Okonkwo Ltd T/AS Tannhauser", ("Okonkwo Ltd", "Tannhauser")),
        ("Lunardi S.N.C. di Rossi Mario & C.", ("Lunardi S.N.C.", "Rossi Mario & C.")),
        ("LUNARDI SAS DI ROSSI MARIO & C.", ("LUNARDI SAS", "ROSSI MARIO & C.")),
        ("One fka Two fka Three", ("One", "Two", "Three")),
        ("Bäckerei Schmidt, Inh. Karl Weber", ("Bäckerei Schmidt",)),
        ("Halvorsen Books c/o Nordic Agents", ("Halvorsen Books",)),
        ("Halvorsen Ceramics, division of Nordic Industries Inc.", ("Halvorsen Ceramics",)),
        ("Halvorsen Ceramics, Inc. - A Division of Nordic Industries", ("Halvorsen Ceramics, Inc.",)),
        ("Halvorsen (a wholly-owned subsidiary of Nordic plc)", ("Halvorsen",)),
        ("Lakeside 500, a series of Lakeside Index Funds", ("Lakeside 500",)),
        ("Boulangerie Petit, une filiale du Groupe Doré", ("Boulangerie Petit",)),
        ("Brightwell, a Zed Company", ("Brightwell",)),
        ("Brightwell LLC, a Delaware limited liability company", ("Brightwell LLC",)),
    ],
)
def test_each_of_the_names_is_read(written: str, names: tuple[str, ...]) -> None:
    assert apart(["Other", written]) == {1: names}


@pytest.mark.parametrize(
    "written",
    [
        "FKA Brands", "AKA Group", "T A Jones", "Novo Nordisk A/S", "Nordisk Trading AS", "dba Smith", "Formerly",
        "Inhabit Interiors", "Buy It Now", "Acme (Exports)", "Ehemals", "", "c/o", "Suzuka Foods",
        "Halvorsen Division of Nordic", "University of Halle Division of Biology", "Made A Company", "A Company",
        "Company, a Company", "Smith, A. & Company", "Member of the Wedding",
        "Panificio S.N.C. di Rossi Mario & C.", "SNC di Rossi Mario", "Casa di Rossi",
    ],
)  # fmt: skip
def test_a_name_that_only_looks_like_two_is_left_whole(written: str) -> None:
    assert apart([written]) == {}


def test_a_name_with_line_breaks_hides_no_other() -> None:
    assert apart(["One\nTwo", "Lakeside dba Sunny"]) == {1: ("Lakeside", "Sunny")}


def test_a_partner_is_found_by_either_name() -> None:
    ours = [Profile(key="1", source="ours", name="Lakeside Provisions LLC dba Sunny Snacks")]
    for name in ("Lakeside Provisions", "Sunny Snacks"):
        theirs = Profile(key="x", source="theirs", name=name)
        probability, evidence = match([*ours, theirs]).explain("1", "x")
        assert probability > 0.7
        assert "only in one name" not in str(evidence)


def test_an_alias_is_still_read_where_the_name_holds_two() -> None:
    ours = Profile(key="1", source="ours", name="Lakeside dba Sunny Snacks", aliases=("Tannhauser",))
    theirs = Profile(key="x", source="theirs", name="Tannhauser")
    assert match([ours, theirs]).explain("1", "x")[0] > 0.7


def test_an_alias_that_holds_two_names_is_read_as_two() -> None:
    ours = Profile(key="1", source="ours", name="Lakeside", aliases=("Okonkwo Ltd trading as Tannhauser", "Quillon"))
    for name in ("Okonkwo", "Tannhauser", "Quillon"):
        theirs = Profile(key="x", source="theirs", name=name)
        assert match([ours, theirs]).explain("1", "x")[0] > 0.7


@pytest.mark.parametrize(
    "long",
    [
        "(" * 100_000 + "aka B", " " * 100_000 + "a/b", "\n" * 100_000 + "z", " (" * 50_000,
        ", a b c" * 20_000, "- a " + "b" * 100_000,
    ],
)  # fmt: skip
def test_a_name_of_many_signs_ends(long: str) -> None:
    """However long it is: nobody can hold up a run by what they are called."""
    assert apart([f"A{long}"]) in ({}, {0: ("A",)}, {0: ("A", "B")})
