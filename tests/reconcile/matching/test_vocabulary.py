"""The shipped word lists are at one with each other and with how names are folded."""

# ruff: noqa: RUF001 - names as they are written there

from __future__ import annotations

from collections import Counter
from itertools import chain

import numpy as np
import pytest

from aggregator.reconcile.matching import Profile, match
from aggregator.reconcile.matching.reading.folded_names import fold_names
from aggregator.reconcile.matching.reading.names import Names, read_names
from aggregator.reconcile.matching.reading.vocabulary import load_list
from tests.reconcile.matching.examples import FILLER, listed, together

WORDS = load_list("words.json")
FORMS = load_list("legal_forms.json")["forms"]
EAST_ASIAN = load_list("east_asian.json")
TABLES = ("same", "place_same", "numbers")
SPELLINGS = Counter(chain.from_iterable(chain.from_iterable(WORDS[table].values()) for table in TABLES))
FORM_SPELLINGS = Counter(chain.from_iterable(form["spellings"] for form in FORMS.values()))
CANONICAL = set(chain.from_iterable(WORDS[table] for table in TABLES))


def _read(*texts: str) -> Names:
    return read_names(texts, np.arange(len(texts), dtype=np.int32))


def _words(names: Names, row: int) -> list[str]:
    return sorted(names.words[number] for number in names.grid[row] if number >= 0)


def test_every_entry_is_folded() -> None:
    """A spelling that folding changes would never be met."""
    kin = chain.from_iterable((place, *adjectives) for place, adjectives in WORDS["kin"].items())
    read = chain(EAST_ASIAN["forms"], EAST_ASIAN["words"])
    lists = chain(WORDS["generic"], WORDS["place"], WORDS["stop"], WORDS["everyday"])
    entries = list(chain(SPELLINGS, CANONICAL, FORM_SPELLINGS, kin, read, lists))
    assert [entry for entry, folded in zip(entries, fold_names(entries), strict=True) if entry != folded] == []


def test_a_spelling_stands_for_one_word() -> None:
    """No spelling is in two entries or twice in one, and none stands for a word that stands for another."""
    assert [spelling for spelling, times in SPELLINGS.items() if times > 1] == []
    assert [spelling for spelling, times in FORM_SPELLINGS.items() if times > 1] == []
    assert CANONICAL.isdisjoint(SPELLINGS)


def test_what_a_word_is_is_said_of_its_canonical_spelling() -> None:
    """A class or kinship given to another spelling would be of no word that is met."""
    assert {word for kind in ("generic", "place", "everyday") for word in WORDS[kind]} & set(SPELLINGS) == set()
    assert {word for words in WORDS["kin"].values() for word in words} & set(SPELLINGS) == set()
    short = chain.from_iterable((word, *meant) for word, meant in WORDS["short_for"].items())
    letters = {word for word in SPELLINGS if len(word) == 1}  # these stand for no other word
    assert {*short, *WORDS["compass"], *WORDS["behind_compass"]} & set(SPELLINGS) - letters == set()
    kin = Counter(chain.from_iterable((place, *adjectives) for place, adjectives in WORDS["kin"].items()))
    assert [word for word, times in kin.items() if times > 1] == []


def test_no_legal_form_is_a_word_unless_it_is_loose() -> None:
    """A form that is an ordinary word would be cut from inside a name."""
    firm = chain.from_iterable(form["spellings"] for form in FORMS.values() if not form.get("loose"))
    assert set(firm) & set(SPELLINGS) == set()


def test_native_words_stand_once() -> None:
    """No word of a script without blanks is read in two ways."""
    natives = Counter(
        chain.from_iterable(chain.from_iterable(EAST_ASIAN[table].values()) for table in ("forms", "words"))
    )
    assert [native for native, times in natives.items() if times > 1] == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Torvane Handel GmbH", "Torvane Trading GmbH"),
        ("Torvane Commercio S.r.l.", "Torvane Comercio Srl"),
        ("Torvane Ticaret A.\u015e.", "Torvane Trading AS"),
        ("Torvane Maschinenbau", "Torvane Machinery"),
        ("Torvane Distr. Equip.", "Torvane Distribution Equipment"),
        ("Torvane \u017bywno\u015b\u0107 sp. z o.o.", "Torvane Lebensmittel Sp. zoo"),
        ("Torvane Getr\u00e4nke", "Torvane Boissons"),
        ("Torvane Druckerei", "Torvane Printers"),
        ("Torvane Apotheke M\u00fcnchen", "Torvane Pharmacy Munich"),
        ("Panificio Torvane Monaco di Baviera", "B\u00e4ckerei Torvane Muenchen"),
        ("Torvane Entpr. Hldgs.", "Torvane Enterprises Holdings"),
        ("Торване Строительство ООО", "Torvane Construction LLC"),
        ("Μεταφορές Torvane Α.Ε.", "Torvane Transport SA"),
        ("Torvane P/L", "Torvane Pty Ltd"),
        ("Torvane Hong Kong Ltd", "Torvane HK Limited"),
        ("Torvane New York", "Torvane NY"),
        ("C\u00f4ng ty TNHH MTV Torvane", "Torvane LLC"),
        ("Handelsbolaget Torvane", "Torvane HB"),
        ("Torvane Sdn. Bhd.", "Torvane Sendirian Berhad"),
        ("トーバネ電機株式会社", "Tobane Electric K.K."),
        ("トヨタ商事", "Toyota Trading"),
        ("ﾎﾝﾀﾞ自動車", "Honda Motors"),
        ("Torvane Drop Ship", "Torvane Direct Fulfilment"),
        ("Torvane E-Commerce", "Torvane ecom"),
        ("Torvane lnc", "Torvane Inc."),
        ("Torvane Mtn. Elem. Sch.", "Torvane Mountain Elementary School"),
        ("Torvane ISD", "Torvane Independent School District"),
    ],
)
def test_spellings_of_one_name_have_the_same_words(one: str, other: str) -> None:
    """A name in other words of the same trade, place or form is read as the same."""
    names = _read(one, other)
    assert _words(names, 0) == _words(names, 1)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("トヨタ", "ホンダ"),
        ("三菱電機", "三菱商事"),
        ("삼성전자", "삼성물산"),
        ("Torvane Handel", "Torvane Logistik"),
        ("Torvane Wien", "Torvane M\u00fcnchen"),
        ("Torvane Pet Supplies", "Torvane Petroleum Supplies"),
    ],
)
def test_other_trades_and_places_stay_apart(one: str, other: str) -> None:
    """What is not the same trade or place in any language is another word."""
    names = _read(one, other)
    assert _words(names, 0) != _words(names, 1)


@pytest.mark.parametrize(
    ("native", "roman"),
    [
        ("ヤッホー", "yahho"),
        ("マッチ", "matchi"),
        ("キョウワ", "kyowa"),
        ("ジェイ", "jei"),
        ("ヴィーナス", "vinasu"),
        ("とよた", "toyota"),
        ("ショウワ", "showa"),
    ],
)
def test_kana_are_romanised_as_businesses_romanise_them(native: str, roman: str) -> None:
    """Kana become Hepburn's spelling without long vowels."""
    assert fold_names([native]) == [roman]


def test_a_word_that_begins_a_longer_one_of_katakana_is_not_parted() -> None:
    """The store in a name ends where its katakana do."""
    assert fold_names(["トバストア", "ストアラ"]) == ["toba stores", "sutoara"]


@pytest.mark.parametrize(
    ("behind", "before"),
    [
        ("Nilsson HB", "HB Fuller"),
        ("Acme DAC", "DAC Beachcroft"),
        ("Virtanen Ky", "Ky Zebra"),
        ("Smith PC", "PC World"),
    ],
)
def test_a_form_that_is_also_initials_is_one_only_behind_a_name(behind: str, before: str) -> None:
    names = _read(behind, before)
    assert (names.forms > 0).tolist() == [True, False]
    assert names.squashed.tolist() == [behind.lower().split(maxsplit=1)[0], before.lower().replace(" ", "")]


@pytest.mark.parametrize(
    ("short", "meant"),
    [
        ("HARROWGATE CTRL DIST", "Harrowgate Control District"),
        ("HARROWGATE UNIFIED SCHOOL DIST", "Harrowgate Unified School District"),
        ("HARROWGATE IND CO", "Harrowgate Indemnity Company"),
        ("HARROWGATE IND CO", "Harrowgate Industries"),
        ("HARROWGATE DIST", "Harrowgate Distribution"),
        ("HARROWGATE ST BK", "Harrowgate State Bank"),
        ("HARROWGATE NB", "Harrowgate National Bank"),
        ("HARROWGATE B&TC", "Harrowgate Bank & Trust Company"),
        ("UNIV OF MD PRESS HARROWGATE", "University of Maryland Press Harrowgate"),
        ("CITY OF HARROWGATE", "Harrowgate city"),
        ("HG&E", "Harrowgate Gas & Electric"),
        ("Harrowgate Denki", "HARROWGATE ELEC"),
        ("Wm. Harrow & Sons", "William Harrow and Sons Ltd"),
        ("CHAS HARROW", "Charles Harrow"),
        ("Jas. D. Harrow, Inc.", "James D. Harrow"),
        ("Joh. Harrow GmbH", "Johann Harrow"),
        ("Ed Harrow Motors", "Edward Harrow Motors"),
    ],
)
def test_an_abbreviation_of_several_words_is_the_one_that_the_other_name_has(short: str, meant: str) -> None:
    """What registers and offices write stands for what it is short for."""
    found, _ = match([*listed("a", short, *FILLER), *listed("b", meant, *FILLER)]).explain("a0", "b0")
    assert found > 0.5


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Harrowgate District", "Harrowgate Distribution"),
        ("Harrowgate Indemnity", "Harrowgate Industries"),
        ("Harrowgate Commission", "Harrowgate Community"),
    ],
)
def test_two_words_of_one_abbreviation_are_two(one: str, other: str) -> None:
    """That both are written alike in short makes no two trades one."""
    result = match([*listed("a", one, *FILLER), *listed("b", other, *FILLER)])
    assert not together(result, "a0", "b0")


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("AM Harrowgate Corporation", "Harrowgate Corporation"),
        ("AU Optics", "Optics"),
        ("ON Semiconductor", "Semiconductor"),
        ("At Home", "Home"),
        ("Harrowgate Trust Class A", "Harrowgate Trust Class"),
        ("Harrowgate Terminal E", "Harrowgate Terminal"),
    ],
)
def test_a_small_word_that_a_name_begins_with_and_a_letter_that_it_ends_with_count(name: str, other: str) -> None:
    assert len(_words(_read(name), 0)) == len(_words(_read(other), 0)) + 1
    assert _read(name, name.title()).spelling.tolist() == [0, 0]


@pytest.mark.parametrize(
    ("name", "other"), [("The Harrowgate", "Harrowgate"), ("Harrowgate at Halle", "Harrowgate Halle")]
)
def test_other_small_words_are_set_aside(name: str, other: str) -> None:
    assert _words(_read(name), 0) == _words(_read(other), 0)


@pytest.mark.parametrize("meant", ["Torvane Electric", "Torvane Electrical", "Torvane Electronics"])
def test_a_short_form_of_two_trades_may_be_either(meant: str) -> None:
    """Contractors write "Elec" for electric, and makers for electronics."""
    found, _ = match(
        [Profile(key="a", source="a", name=meant), Profile(key="b", source="b", name="TORVANE ELEC")]
    ).explain("a", "b")
    other, _ = match(
        [Profile(key="a", source="a", name="Torvane Plumbing"), Profile(key="b", source="b", name="TORVANE ELEC")]
    ).explain("a", "b")
    assert found > 0.9
    assert found - other > 0.2


def test_a_publisher_turned_round_with_its_word_cut_is_the_same() -> None:
    """Libraries put what a name begins with behind a comma, and shorten it: "Seuil, Ed. du"."""
    found, _ = match([*listed("a", "Seuil, Ed. du", *FILLER), *listed("b", "Éditions du Seuil", *FILLER)]).explain(
        "a0", "b0"
    )
    assert found > 0.9
