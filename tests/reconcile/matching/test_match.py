"""What the matcher promises on lists that a person can check by eye."""

import math

import numpy as np
import pytest

from aggregator.reconcile.matching import ContradictionError, Decision, Person, PostalAddress, Profile, match
from aggregator.reconcile.matching.reading.names import read_names
from tests.reconcile.matching.examples import FILLER, listed, pair_of, together


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Lundqvist Møbler A/S", "LUNDQVIST MOBLER"),
        ("Crux Haberdashery, Inc.", "Crux Haberdashery Incorporated"),
        ("Wexcombe Manufacturing Ltd", "Wexcombe Mfg. Limited"),
        ("Brandvold and Sons", "Brandvold & Sons"),
        ("Foodstuffs, Tannhauser", "Tannhauser Foodstuffs"),
        ("Goodwillow Press", "Good Willow Press"),
        ("Kirkpatrick Ironmongery", "Kirkpatrik Ironmongery"),
        ("Муромский приборостроительный завод", "Muromskiy priborostroitelnyy zavod"),
    ],
)
def test_one_business_spelt_in_two_ways_is_found(left: str, right: str) -> None:
    """A spelling habit does not hide a business: the pair is likelier than not."""
    result = match([*listed("a", left, *FILLER[:5]), *listed("b", right, *FILLER[5:])])
    pair = pair_of(result, "a0", "b0")
    assert pair is not None
    assert pair.probability > 0.5


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("A Energy Production Corporation", "B Energy Production Corporation"),
        ("Tannhauser Fund III", "Tannhauser Fund IV"),
        ("Government of Estonia", "Government of Ethiopia"),
        ("Management Company", "Westminster Management Company"),
        ("Volkswagen AG", "Siemens AG"),
        ("Tannhauser Austria", "Tannhauser Australia"),
        ("Tannhauser (Niger)", "Tannhauser (Nigeria)"),
        ("Tannhauser Western Foods", "Tannhauser Eastern Foods"),
    ],
)
def test_names_that_only_look_alike_are_never_accepted(left: str, right: str) -> None:
    """Shared common words, a shared legal form or another number is not enough to join two businesses."""
    result = match([*listed("a", left, *FILLER[:5]), *listed("b", right, *FILLER[5:])])
    assert not together(result, "a0", "b0")


def test_every_record_is_in_exactly_one_cluster() -> None:
    """No record is lost and none is invented."""
    profiles = [*listed("a", *FILLER), *listed("b", *FILLER[3:]), *listed("c", *FILLER[:4])]
    clusters = match(profiles).clusters
    assert sorted(key for cluster in clusters for key in cluster) == sorted(profile.key for profile in profiles)


def test_three_sources_make_one_partner() -> None:
    """The same business on three platforms is one cluster of three."""
    result = match([*listed("a", *FILLER), *listed("b", *FILLER), *listed("c", *FILLER)])
    assert {tuple(sorted(cluster)) for cluster in result.clusters} == {(f"a{n}", f"b{n}", f"c{n}") for n in range(10)}


def test_a_tie_goes_to_review() -> None:
    """Two equally good candidates are never settled by chance."""
    twice = listed("b", "Haverstock Cycles Ltd", "Haverstock Cycles Ltd.")
    separate = [("b0", "b1")]
    result = match([*listed("a", "Haverstock Cycles Limited", *FILLER[:3]), *twice], cannot_link=separate)
    assert not together(result, "a0", "b0")
    assert not together(result, "a0", "b1")


def test_shared_columns_find_what_names_cannot() -> None:
    """A brand and a legal name with one web domain, phone and address are one business."""
    place = PostalAddress(street="12 Mill Road", city="Ashford", postcode="TN23 1AB")
    left = Profile(
        key="l", source="a", name="Zephyrine", websites=("https://www.zephyrine.com/shop",),
        phones=("+44 1233 555 019",), addresses=(place,),
    )  # fmt: skip
    right = Profile(
        key="r", source="b", name="Halloran Trading Holdings Ltd", websites=("zephyrine.com",),
        phones=("+441233555019",), addresses=(place,),
    )  # fmt: skip
    assert together(match([left, right, *listed("a", *FILLER[:4]), *listed("b", *FILLER[4:])]), "l", "r")


def test_contrary_evidence_overrules_an_equal_name() -> None:
    """The same name in another country, with another domain and phone, is another business."""
    left = Profile(
        key="l", source="a", name="Star Foods", websites=("starfoods.de",), phones=("+49 30 5550101",), country="DE"
    )
    right = Profile(
        key="r",
        source="b",
        name="Star Foods",
        websites=("star-foods-texas.com",),
        phones=("+1 512 555 0199",),
        country="US",
    )
    alone = match([Profile(key="l", source="a", name="Star Foods"), Profile(key="r", source="b", name="Star Foods")])
    contrary = match([left, right])
    assert not together(contrary, "l", "r")
    assert contrary.explain("l", "r")[0] < alone.explain("l", "r")[0]


def test_absent_columns_are_no_evidence() -> None:
    """A column that one side leaves empty changes nothing."""
    names = [*listed("a", *FILLER), *listed("b", *FILLER)]
    told = [
        Profile(key=p.key, source=p.source, name=p.name, phones=("+1 512 555 0100",) if p.key == "a3" else ())
        for p in names
    ]
    assert match(names).explain("a3", "b3")[0] == match(told).explain("a3", "b3")[0]


def test_an_alias_counts_as_a_name() -> None:
    """The best-fitting pair of names decides."""
    left = Profile(key="l", source="a", name="Vantablack Retail", aliases=("Pemberton Saddlery",))
    result = match([left, *listed("b", *FILLER)])
    assert together(result, "l", "b4")


def test_a_shared_contact_is_evidence() -> None:
    """The same contact person speaks for a pair, and the evidence says so."""
    anna = (Person(name="Anna Lundqvist", email="anna@lundqvist-partners.se"),)
    left = Profile(key="l", source="a", name="Tollgate", people=anna)
    right = Profile(key="r", source="b", name="Tollgate Brewing", people=anna)
    _, evidence = match([left, right]).explain("l", "r")
    assert any("contact person" in item.sentence and item.weight > 0 for item in evidence)


def test_weights_sum_to_the_log_odds() -> None:
    """The evidence of a pair is the whole of it: its weights sum to the log-odds of the probability."""
    result = match([*listed("a", *FILLER), *listed("b", *(f"{name} Group" for name in FILLER))])
    for pair in result.pairs():
        odds = math.log(pair.probability / (1 - pair.probability))
        assert sum(item.weight for item in pair.evidence) == pytest.approx(odds, abs=0.02)


def test_a_person_wins() -> None:
    """What a person joined is joined and what a person kept apart is apart, whatever the score says."""
    profiles = [
        *listed("a", "Norrland Timber", "Pemberton Saddlery"),
        *listed("b", "Norrland Timber", "Zanzibar Spice"),
    ]
    result = match(profiles, must_link=[("a1", "b1")], cannot_link=[("a0", "b0")])
    assert together(result, "a1", "b1")
    assert not together(result, "a0", "b0")
    joined = pair_of(result, "a1", "b1")
    assert joined is not None
    assert (joined.probability, joined.decision) == (1.0, Decision.MATCH)


def test_a_person_is_not_gone_around() -> None:
    """Two records kept apart do not meet in one cluster by way of a third."""
    profiles = [*listed("a", "Norrland Timber"), *listed("b", "Norrland Timber"), *listed("c", "Norrland Timber")]
    result = match(profiles, cannot_link=[("a0", "b0")])
    assert not together(result, "a0", "b0")


def test_contradicting_decisions_are_named() -> None:
    """Decisions that cannot all hold raise an error that says which."""
    profiles = [*listed("a", "One"), *listed("b", "Two"), *listed("c", "Three")]
    with pytest.raises(ContradictionError, match=r"'a0'.*'c0'") as caught:
        match(profiles, must_link=[("a0", "b0"), ("b0", "c0")], cannot_link=[("a0", "c0")])
    assert caught.value.pairs == (("a0", "c0"), ("a0", "b0"), ("b0", "c0"))


def test_a_key_used_twice_is_an_error() -> None:
    """Two records under one key would hide each other."""
    with pytest.raises(ValueError, match="'a0'"):
        match([*listed("a", "One"), *listed("a", "Two")])


def test_duplicates_inside_a_source_are_scored() -> None:
    """A platform that holds a business twice is told so."""
    result = match([*listed("a", *FILLER, "Pemberton Saddlery"), *listed("b", *FILLER)])
    pair = pair_of(result, "a4", "a10")
    assert pair is not None
    assert pair.left_source == pair.right_source == "a"


def test_a_candidate_that_never_was_can_be_explained() -> None:
    """Any two records can be asked about."""
    result = match([*listed("a", *FILLER), *listed("b", *FILLER)])
    probability, evidence = result.explain("a0", "b9")
    assert probability < 0.05
    assert evidence


@pytest.mark.parametrize("profiles", [[], listed("a", "One"), listed("a", ""), [*listed("a", ""), *listed("b", "")]])
def test_next_to_nothing_is_no_failure(profiles: list[Profile]) -> None:
    """Empty lists, one record and empty names give clusters of one."""
    assert len(match(profiles).clusters) == len(profiles)


def test_an_equal_name_elsewhere_goes_to_a_person() -> None:
    """Another country and another domain are enough for an equal name to be left to a person."""
    left = Profile(key="l", source="a", name="Star Foods", websites=("starfoods.de",), country="DE")
    right = Profile(key="r", source="b", name="Star Foods", websites=("texas-grocers.com",), country="US")
    result = match([left, right, *listed("a", *FILLER[:5]), *listed("b", *FILLER[5:])])
    assert not together(result, "l", "r")


def test_branches_of_one_house_go_to_a_person() -> None:
    """A shared domain does not join two branches that each have a word of their own."""
    left = Profile(key="l", source="a", name="Lundqvist Chemicals", websites=("lundqvist.com",))
    right = Profile(key="r", source="b", name="Lundqvist Jewelry", websites=("lundqvist.com",))
    result = match([left, right, *listed("a", *FILLER[:5]), *listed("b", *FILLER[5:])])
    assert not together(result, "l", "r")


def test_a_word_more_is_not_accepted_without_a_person() -> None:
    """One word more may be a sister: Acme Foods and Acme Food Services are left to a person."""
    result = match([*listed("a", "Acme Foods", *FILLER[:5]), *listed("b", "Acme Food Services", *FILLER[5:])])
    assert not together(result, "a0", "b0")


@pytest.mark.parametrize(
    ("left", "right"),
    [("Wuhan Institute of Virology", "Wuhan Institute of Biology"), ("Labcon", "Larcon")],
)
def test_one_word_is_not_taken_for_another_one_misspelt(left: str, right: str) -> None:
    """Two words that are both known, or short names a letter apart, are a question for a person."""
    result = match([*listed("a", left, *FILLER[:5]), *listed("b", right, *FILLER[5:])])
    assert not together(result, "a0", "b0")


def test_a_composed_legal_form_says_its_parts() -> None:
    """A "Company" that is a "Co., Ltd." elsewhere says less of its form there, and no other form."""
    result = match([*listed("a", "Toyota Motor Company"), *listed("b", "Toyota Motor Co., Ltd.")])
    _, evidence = result.explain("a0", "b0")
    assert "one name says more of its legal form" in {item.sentence for item in evidence}


@pytest.mark.parametrize(
    "governed",
    [
        "The Board of Regents of the University of Iowa",
        "Trustees of the University of Iowa",
        "On behalf of the University of Iowa",
    ],
)
def test_who_governs_or_acts_for_a_business_is_no_word_of_its_name(governed: str) -> None:
    """What stands before the name of a university says who signs for it."""
    whole, bare = read_names([governed, "University of Iowa"], np.arange(2, dtype=np.int32)).squashed
    assert whole == bare


def test_a_domain_counts_less_the_more_records_share_it() -> None:
    """A domain that one record of each list has says more than a domain that five have."""

    def probability(others: int) -> float:
        shared = [
            Profile(key=f"{source}-{place}", source=source, name=f"{name} {source}", websites=("lundqvist.com",))
            for source in "ab"
            for place, name in enumerate(FILLER[:others])
        ]
        pair = [Profile(key=source, source=source, name="Zephyrine", websites=("lundqvist.com",)) for source in "ab"]
        _, evidence = match([*pair, *shared]).explain("a", "b")
        return sum(item.weight for item in evidence if "web domain" in item.sentence)

    assert probability(0) > probability(1) > probability(8)


@pytest.mark.parametrize("site", ["gmail.com", "https://outlook.com", "https://facebook.com/acme"])
def test_free_mail_and_hosted_pages_are_no_evidence(site: str) -> None:
    """An address that anyone can have there says nothing of two businesses."""
    left = Profile(key="l", source="a", name="Norrland Timber", websites=(site,))
    right = Profile(key="r", source="b", name="Miramar Ceramics", websites=(site,))
    _, evidence = match([left, right]).explain("l", "r")
    assert not any("same web domain" in item.sentence for item in evidence)


@pytest.mark.parametrize(("one", "other"), [("retailer", "supplier"), ("supplier", "retailer")])
def test_another_role_speaks_against_a_pair(one: str, other: str) -> None:
    """A retailer is hardly the supplier of the same name."""

    def probability(left: str, right: str) -> float:
        return match(
            [
                Profile(key="l", source="a", name="Tollgate Brewing", role=left),
                Profile(key="r", source="b", name="Tollgate Brewing", role=right),
            ]
        ).explain("l", "r")[0]

    assert probability(one, other) < probability(one, one)
