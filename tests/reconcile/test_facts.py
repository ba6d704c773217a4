"""The evidence column of a file of pairs says what two names have in common, though no word of them be the same."""

from __future__ import annotations

from typing import Any

import pytest

from aggregator.reconcile.facts.facts import Facts
from aggregator.reconcile.matching import Person, PostalAddress, Profile


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
        ("Q.B.M.", "Quillby Business Machines", "initials: qbm"),
        ("Ernst & Yarrow", "EY", "initials: ey"),
        ("株式会社トヨタ", "Kabushiki Kaisha Toyota", "same name"),
        ("株式会社トヨタ", "Toyota", "same words: toyota; only left: kabushiki kaisha"),
        (
            "株式会社トヨタ",
            "Toyota Motor Corporation",
            "both are known as Toyota; same words: toyota; only right: motor",
        ),
        ("Toyota Motor K.K.", "トヨタ株式会社", "both are known as Toyota; same words: toyota; only left: motor"),
        ("株式会社トヨタ", "Toyota Coop", "same words: toyota; only left: kabushiki kaisha; only right: coop"),
        ("주식회사 카카오", "Kakao Corp", "same words: kakao"),
        ("주식회사 카카오", "Kakao Co., Ltd.", "same words: kakao"),
        ("카카오 유한회사", "Kakao Mobility Ltd.", "same words: kakao; only right: mobility"),
        ("주식회사 카카오 게임즈", "カカオ株式会社", "same words: kakao; only left: geimjeu"),
        ("주식회사 카카오", "Kakao Games", "same words: kakao; only left: jusik hoesa; only right: games"),
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


def _told_of(**fields: tuple[Any, Any]) -> str:
    """What is told of two records of one name."""
    profiles = [
        Profile(key=str(side), source=str(side), name="Zebra", **{name: both[side] for name, both in fields.items()})
        for side in (0, 1)
    ]
    (told,) = Facts(profiles).of([0], [1])
    assert told.startswith("same name")
    return told.removeprefix("same name").removeprefix("; ")


@pytest.mark.parametrize(
    ("one", "other", "said"),
    [
        (("418 N Main Street", "Elkhart", None), ("418 North Main St.", "Elkhart", None), "same address 418 n main"),
        (("Moosacher Str. 80", "München", None), ("Moosacher Straße 80", "Munich", None), "same address 80 moosacher"),
        (("Ermou 35", "Athens", None), ("35 ERMOU STR", "Athina", None), "same address 35 ermou"),
        (("Am Anger 5", "Ybbs", "D-01067"), ("Am Anger 5", "Ips", "1067"), "same address 5 am anger"),
        (("Am Anger 5", "Berlin-Mitte", None), ("Am Anger 5", "Berlin", None), "same address 5 am anger"),
        (("Am Anger 5", "Berlin", None), ("Am Anger 5", None, None), "same address 5 am anger"),
        (("418 Main St", "Boston", None), ("418 Main St", "Austin", None), "same street 418 main, other town"),
        (("418 Main St", "Elkhart", None), ("418 Mian St", "Elkhart", None), "address alike: 418 main/418 mian"),
        (("418 Main St", "Elkhart", None), ("418 N Main St", None, None), "address alike: 418 main/418 n main"),
        (("Pier", "Elkhart", None), ("Pier East", None, None), "address alike: pier/pier e"),
        (("418 Main St", "Elkhart", None), ("420 Main St", "Elkhart", None), "address differs"),
        (("418 N Main St", "Elkhart", None), ("418 S Main St", "Elkhart", None), "address differs"),
        (("418 Main St", "Boston", None), ("418 Mian St", "Austin", None), "address differs"),
        (("418", "Boston", None), ("418 Main St", "Boston", None), "address differs"),
        ((None, "Madrid", None), (None, "Valencia", None), "town differs"),
        ((None, "Madrid", None), ("Gran Vía 1", "Madrid", None), "same town madrid"),
        ((None, "Berlin-Mitte", None), (None, "Berlin", None), "same town berlin mitte"),
        (("TBC", "Boston", None), ("n/a", "Boston", None), "same town boston"),
        (("TBC", "Boston", None), ("418 Main St", "Boston", None), "same town boston"),
    ],
)
def test_addresses_are_compared_however_they_are_written(
    one: tuple[str, str | None, str | None], other: tuple[str, str | None, str | None], said: str
) -> None:
    """As the matcher reads them: a file said that addresses differ on which the probability rests."""
    told = [(PostalAddress(street=street, city=city, postcode=postcode),) for street, city, postcode in (one, other)]
    assert _told_of(addresses=(told[0], told[1])) == said


@pytest.mark.parametrize(
    ("one", "other", "country", "said"),
    [
        ("09 374 12 34", "+32 9 374 12 34", "BE", "same phone +32 93741234"),
        ("75 52 12 34", "+45 75521234", "DK", "same phone +45 75521234"),
        ("(203) 555-0141", "203-555-0141 (main)", "US", "same phone +1 2035550141"),
        ("09 374 12 34", "+32 9 374 12 34", None, "same phone +32 93741234"),
        ("3293741234", "+32 9 374 12 34", None, "same phone +32 93741234"),
        ("203 555 0141", "0203 5550141", None, "same phone 2035550141"),
        ("030 / 7654321", "+49 30 7654322 | +49 30 7654321", "DE", "same phone +49 307654321"),
        ("+32 2 594 91 10", "+49 25949110", None, "phone differs"),
        ("+1 302 594 9110", "+1 402 594 9110", None, "phone differs"),
        ("n/a", "n/a", None, ""),
    ],
)
def test_phones_are_compared_however_they_are_written(one: str, other: str, country: str | None, said: str) -> None:
    """With the country's code or without it, whole, and not by their last digits."""
    assert _told_of(phones=((one,), (other,)), country=(country, None)) == said


@pytest.mark.parametrize(
    ("one", "other", "said"),
    [
        ("Ann <ann@zebra.com>", "mailto:ANN@zebra.com", "same web domain zebra.com; same e-mail ann@zebra.com"),
        ("ann@gmail.com", "bob@gmail.com", "e-mail differs"),
        ("n/a", "n/a", ""),
    ],
)
def test_mail_addresses_are_compared_however_they_are_written(one: str, other: str, said: str) -> None:
    """A name beside an address is no part of it."""
    assert _told_of(emails=((one,), (other,))) == said


@pytest.mark.parametrize(
    ("one", "other", "said"),
    [
        (("vat", "GB1234567"), ("vat", "GB1234567 "), "same identifier vat GB1234567"),
        (("vat", "GB1234567"), ("vat", "1234567"), "same identifier but for prefix or zeros vat 1234567"),
        (("vat", "GB1234567"), ("vat", "GB7654321"), "identifier differs"),
        (("vat", "GB1234567"), ("duns", "GB1234567"), ""),
    ],
)
def test_numbers_of_one_kind_are_compared(one: tuple[str, str], other: tuple[str, str], said: str) -> None:
    """Numbers of two kinds say nothing of each other."""
    assert _told_of(identifiers=((one,), (other,))) == said


@pytest.mark.parametrize(
    ("one", "other", "said"),
    [
        ("Ann Lee", "Ann Law", "contact differs"),
        ("Ann Lee", "LEE, Ann", "same contact ann lee"),
        ("Dr. Ann Lee, CFO", "ann lee", "same contact ann lee"),
        ("N/A", "n/a", ""),
    ],
)
def test_contacts_are_compared_by_name(one: str, other: str, said: str) -> None:
    """What stands where nobody is known is nobody."""
    assert _told_of(people=((Person(name=one),), (Person(name=other),))) == said
