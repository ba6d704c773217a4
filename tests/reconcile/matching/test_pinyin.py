"""Syllables of Chinese names are no small words of Europe."""

from __future__ import annotations

import numpy as np
import pytest

from aggregator.reconcile.matching import Profile, match
from aggregator.reconcile.matching.profile import PostalAddress
from aggregator.reconcile.matching.reading.folded_names import fold_names
from aggregator.reconcile.matching.reading.names import read_names
from aggregator.reconcile.matching.reading.pinyin import are_other_syllables, is_chinese, syllables
from aggregator.reconcile.matching.reading.vocabulary import load_list


def _words(*texts: str, chinese: bool = False) -> list[list[str]]:
    names = read_names(texts, np.arange(len(texts), dtype=np.int32), in_china=np.full(len(texts), chinese))
    return [[names.words[number] for number in row if number >= 0] for row in names.grid]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Hangzhou Li Da Electric", ["hangzhou", "li", "da", "electric"]),
        ("Wuxi An De Textile", ["wuxi", "an", "de", "textiles"]),
        ("Nanjing Du Le Furniture", ["nanjing", "du", "le", "furniture"]),
        ("Zhong Da Xin Toys", ["zhong", "da", "xin", "toys"]),  # between two that are no words elsewhere
    ],
)
def test_a_syllable_of_a_chinese_name_tells(name: str, words: list[str]) -> None:
    assert _words(name) == [words]


@pytest.mark.parametrize(
    "name",
    [
        "Casa de Li", "Maison de Chen", "Shanghai Casa de Li", "Da Vinci", "Le Creuset", "Shanghai Le Creuset",
        "Chen et Wang", "Li en Wang", "Man de Pan", "Li da Silva", "Chateau La Tour Beijing", "Li Da Electric",
    ],
)  # fmt: skip
def test_a_small_word_beside_a_syllable_is_a_small_word(name: str) -> None:
    """Where neither the name nor what stands around it is Chinese."""
    assert {"da", "de", "en", "et", "la", "le"}.isdisjoint(_words(name)[0])


def test_a_record_in_china_says_that_its_name_is_chinese() -> None:
    assert _words("Li Da Electric", chinese=True) == [["li", "da", "electric"]]
    assert _words("Casa de Li", chinese=True) == [["casa", "li"]]


def test_a_syllable_is_read_alike_in_every_name_that_has_it_there() -> None:
    """One of two lists may leave out the city that tells."""
    assert _words("Hangzhou Li Da Electric", "Li Da Electric")[1] == ["li", "da", "electric"]


def test_two_syllables_are_a_word_that_another_name_has() -> None:
    names = read_names(["Yi Da Plastic", "Yida Plastic"], np.arange(2, dtype=np.int32))
    assert names.squashed[0] == names.squashed[1]


@pytest.mark.parametrize(
    ("profile", "chinese"),
    [
        (Profile(key="k", source="s", country="CN"), True),
        (Profile(key="k", source="s", addresses=(PostalAddress(country="Hong Kong"),)), True),
        (Profile(key="k", source="s", addresses=(PostalAddress(city="HANGZHOU"),)), True),
        (Profile(key="k", source="s", addresses=(PostalAddress(city="Porto", country="PT"),)), False),
        (Profile(key="k", source="s"), False),
    ],
)
def test_which_records_are_chinese(profile: Profile, *, chinese: bool) -> None:
    assert is_chinese(profile) is chinese


def test_another_syllable_is_another_business() -> None:
    """As much as any other word in its place: "Li Da" and "Li Di" are asked about, not joined."""
    city = (PostalAddress(city="Hangzhou"),)
    ours = Profile(key="1", source="ours", name="HANGZHOU LI DA ELECTRIC CO LTD", addresses=city)
    theirs = Profile(key="x", source="theirs", name="Hangzhou Li Di Electric Co., Ltd", addresses=city)
    probability, evidence = match([ours, theirs]).explain("1", "x")
    assert "only in one name: 'da', 'di'" in str(evidence)
    assert probability < 0.95


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [
        ("meihua", "meihuo", True), ("lidan", "lida", True), ("zhongxin", "zhengxin", True),
        ("zhongxin", "zhongxni", False), ("lvyuan", "luyuan", False), ("guangzhou", "guangzhuo", False),
        ("dongfang", "dongfangdian", False), ("meihua", "melhua", False), ("lenovo", "lenova", False),
    ],
)  # fmt: skip
def test_whole_syllables_that_differ_are_other_words(one: str, other: str, *, apart: bool) -> None:
    """A letter that makes no syllable is a slip."""
    assert are_other_syllables(one, other) is apart
    assert are_other_syllables(other, one) is apart


@pytest.mark.parametrize(
    ("left", "right", "alike"),
    [
        ("Zhongshan Meihua Lighting", "Zhongshan Meihuo Lighting", False),
        ("Zhongshan Meihua Lighting", "Zhongshan Melhua Lighting", True),
        ("Meihua Lighting", "Meihuo Lighting", True),
    ],
)
def test_syllables_part_words_of_chinese_names(left: str, right: str, *, alike: bool) -> None:
    """Also where a word is written as one; elsewhere, nobody knows that a word is in Chinese."""
    profiles = [Profile(key="1", source="ours", name=left), Profile(key="x", source="theirs", name=right)]
    _, evidence = match(profiles).explain("1", "x")
    assert ("words alike" in str(evidence)) is alike


def test_the_table_is_that_of_pinyin() -> None:
    """Some four hundred syllables; places are folded, as names are."""
    assert 400 <= len(syllables()) <= 420
    assert {"li", "da", "zhuang", "xiong", "er", "lv"} <= syllables()
    assert {"vinci", "casa", "mer", "si ", "bon", "kia"}.isdisjoint(syllables())
    places = load_list("pinyin.json")["places"]
    assert fold_names(places) == places
