"""The evidence column of a file of pairs says what two names have in common, though no word of them be the same."""

from __future__ import annotations

import pytest

from aggregator.reconcile.facts import Facts
from aggregator.reconcile.matching import PostalAddress, Profile


def _told(one: str, other: str) -> str:
    names = [Profile(key="a", source="left", name=one), Profile(key="b", source="right", name=other)]
    (told,) = Facts(names).of([0], [1])
    return told


@pytest.mark.parametrize(
    ("one", "other", "said"),
    [
        ("Zebra Foods", "ZEBRA, Foods.", "same name"),
        ("Fischer Fritz", "Fritz Fischer", "same name in another order"),
        ("Zebra Foods", "Zebra Foods GmbH", "same words: zebra foods; only right: gmbh"),
        ("Zebra Foods AG", "Zebra Foods", "same words: zebra foods; only left: ag"),
        ("Zebra Foods", "Zebra Wool", "same words: zebra; only left: foods; only right: wool"),
        ("Müller & Söhne", "Mueller und Soehne", "words alike: muller/mueller and/und sohne/soehne"),
        ("Яндекс", "Yandex LLC", "words alike: yandeks/yandex; only right: llc"),
        ("Smith & Sons Ltd", "Smith and Sons Limited", "same words: smith and sons; words alike: ltd/limited"),
        ("Home Depot", "HomeDepot", "in one word or in several: homedepot/home+depot"),
        ("McDonalds", "Mc Donald's", "in one word or in several: mcdonalds/mc+donalds"),
        ("I.B.M.", "International Business Machines", "initials: ibm"),
        ("Ernst & Young", "EY", "initials: ey"),
        ("株式会社トヨタ", "Kabushiki Kaisha Toyota", "same name"),
        ("株式会社トヨタ", "Toyota", "same words: toyota; only left: kabushiki kaisha"),
        ("&", "and", "same name"),
        ("", "Zebra", "no word in common; only right: zebra"),
        ("Zebra Foods", "Quantum Wool", "no word in common; only left: zebra foods; only right: quantum wool"),
    ],
)
def test_names_are_compared_in_words(one: str, other: str, said: str) -> None:
    """The same, alike, joined, initials, or none of these: and what each has alone."""
    assert _told(one, other) == said


def test_a_name_as_long_as_a_book_is_told_in_time() -> None:
    """Only its first words are looked at closely, and few are named."""
    book = " ".join(f"word{number}" for number in range(5000))
    assert len(_told(book, f"other {book[::-1]}")) < 500


def test_each_pair_of_a_block_has_its_own_words() -> None:
    """Pairs that need a closer look stand among others, and each gets what is its own."""
    names = ["Zebra", "Zebra", "Müller", "Mueller", "Yak Wool", "Yak", "Home Depot", "HomeDepot"]
    profiles = [Profile(key=str(number), source="s", name=name) for number, name in enumerate(names)]
    assert Facts(profiles).of([0, 2, 4, 6], [1, 3, 5, 7]) == [
        "same name",
        "words alike: muller/mueller",
        "same words: yak; only left: wool",
        "in one word or in several: homedepot/home+depot",
    ]


@pytest.mark.parametrize(
    ("one", "other", "said"),
    [
        ("acme.de", "shop.ac-me.co.uk", "web domain differs in its ending alone: acme"),
        ("acme.de", "zebra.de", "web domain differs"),
        ("acme.de", "www.acme.de", "same web domain acme.de"),
    ],
)
def test_a_web_domain_under_another_ending_is_told_from_another(one: str, other: str, said: str) -> None:
    """The matcher takes the two for very different things."""
    profiles = [Profile(key=site, source=site, name="Zebra", websites=(site,)) for site in (one, other)]
    assert Facts(profiles).of([0], [1]) == [f"same name; {said}"]


def test_an_address_is_the_same_however_its_street_is_written() -> None:
    """As the matcher reads it: a file said that addresses differ on which the probability rests."""
    streets = ("418 N Main Street", "418 North Main St.")
    addresses = [PostalAddress(street=street, city="Elkhart") for street in streets]
    profiles = [
        Profile(key=str(number), source=str(number), name="Zebra", addresses=(address,))
        for number, address in enumerate(addresses)
    ]
    assert Facts(profiles).of([0], [1]) == ["same name; same address 418 north main street elkhart"]
