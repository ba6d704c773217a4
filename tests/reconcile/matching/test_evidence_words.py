"""The reasons say what was seen in the names, as it is written there."""

from __future__ import annotations

import pytest

from aggregator.reconcile.matching import Profile, match
from aggregator.reconcile.matching.result import MatchResult


def _matched(one: str, other: str) -> MatchResult:
    return match([Profile(key="left", source="a", name=one), Profile(key="right", source="b", name=other)])


def _words(sentence: str) -> list[str]:
    return sorted(sentence.replace(",", "").split())


def _said(one: str, other: str) -> set[str]:
    """The sentences of a pair, which are the same whichever name is left."""
    told = {item.sentence for item in _matched(one, other).explain("left", "right")[1]}
    turned = {item.sentence for item in _matched(other, one).explain("left", "right")[1]}
    assert sorted(map(_words, told)) == sorted(map(_words, turned))
    return told


@pytest.mark.parametrize(
    ("one", "other", "said"),
    [
        ("Müller & Söhne", "Mueller und Soehne", "same words: 'muller' as 'mueller', 'sohne' as 'soehne'"),
        ("Lundqvist Traders", "Lundqvist Trading", "same words: 'lundqvist', 'traders' as 'trading'"),
        ("Strasse Bau GmbH", "Straße Bau", "same words: 'strasse', 'bau'"),
        ("Nestle Deutschland AG", "Nestlé Germany", "same words: 'nestle', 'deutschland' as 'germany'"),
        ("Seven Seas", "7 Seas", "same words: 'seven' as '7', 'seas'"),
        ("Yandeks", "Yandex", "words alike: 'yandeks' and 'yandex'"),
        ("Lundqvst Foods", "Lundqvist Foods", "same words: 'foods'; words alike: 'lundqvst' and 'lundqvist'"),
        ("Bank of America", "American Bank", "same words: 'bank'; words alike: 'america' and 'american'"),
        ("Lux", "Luxottica", "words alike: 'lux' and 'luxottica'"),
        ("H&Q", "Hennes & Quillby", "initials: 'q' for 'quillby', 'h' for 'hennes'"),
        ("KraftHeinz", "Kraft Heinz Co", "in one word or in several: 'kraftheinz', 'heinz', 'kraft'"),
        ("QBM", "Quillby Business Machines", "no word in common"),
        ("QBM", "Quillby Business Machines", "one name is the initials of the other"),
        ("Zebra Foods", "Quantum Lighting", "no word in common"),
        ("Northwind Traders", "Northwind", "only in one name: 'traders'"),
    ],
)
def test_what_the_names_share_is_told_as_it_was_seen(one: str, other: str, said: str) -> None:
    """Words that are the same, alike, joined or abbreviated are each called what they are."""
    assert said in _said(one, other)


def test_what_the_names_are_silent_on_is_not_told() -> None:
    """Of names without a legal form, a number, a place or initials nothing of the kind is told."""
    told = {sentence.split(":")[0] for sentence in _said("Northwind Boats", "Northwind Lamps")}
    assert {word.split()[0] for word in told} == {"any", "same", "only", "spelt", "compared"}


@pytest.mark.parametrize(
    ("one", "other"),
    [("Northwind Traders", "Northwind Lamps"), ("Zebra Foods", "Zebra Film"), ("Kraval Seeds", "Kraval Boats")],
)
def test_a_word_that_the_other_name_lacks_speaks_against(one: str, other: str) -> None:
    """What only one name has is told as a reason against the pair, and what both have as one for it."""
    weights = {
        reason.sentence.split(":")[0]: reason.weight for reason in _matched(one, other).explain("left", "right")[1]
    }
    assert weights["only in one name"] < 0 < weights["same words"]


def test_a_word_that_is_initials_is_not_the_whole_name() -> None:
    """Of "JP Morgan Chase", one word is the initials of another name: the name is more than that."""
    sentences = _said("IBM Research", "International Business Machines")
    assert "one name is the initials of the other" not in sentences
    assert "a word of one name is initials of the other's words" in sentences


@pytest.mark.parametrize(
    ("one", "other"), [("", "Zebra"), ("&", "&"), ("The", "The"), ("A A A", "A B"), ("Aa Ab", "Aa")]
)
def test_odd_names_are_told_too(one: str, other: str) -> None:
    """Nothing is so short that there is nothing to be said of it."""
    assert _said(one, other)


def test_an_alias_is_told_as_it_is_written() -> None:
    """Of several names the words are those of the two that fit best."""
    left = Profile(key="left", source="a", name="Quantum Lighting", aliases=("Groessmann Bau",))
    right = Profile(key="right", source="b", name="Größmann Bau")
    sentences = {item.sentence for item in match([left, right]).explain("left", "right")[1]}
    assert any("'groessmann'" in sentence and "'bau'" in sentence for sentence in sentences)


@pytest.mark.parametrize(
    ("country", "phone", "told"),
    [
        ("FI", "", "country differs"),
        (None, "+47 22 33 44 55", "addresses, phones or web domains are of one country"),
        ("NO", "", "same country"),
    ],
)
def test_where_countries_are_known_from_is_told(country: str | None, phone: str, told: str) -> None:
    """An address says a country too, and no telephone is named where there is none; one country is told once."""
    left = Profile(key="a", source="a", name="Nordic Supply", country="NO")
    right = Profile(key="b", source="b", name="Nordic Supply", country=country, phones=(phone,))
    sentences = {item.sentence for item in match([left, right]).explain("a", "b")[1]}
    assert told in sentences
    assert len([sentence for sentence in sentences if "countr" in sentence]) == 1
