"""A country is known by whatever it is called, and is never taken for another."""

from __future__ import annotations

from collections import Counter
from itertools import chain

import pytest

from aggregator.reconcile.matching.reading.folded_names import fold_names
from aggregator.reconcile.matching.reading.places import country_called, may_end_a_country, plain_country
from aggregator.reconcile.matching.reading.vocabulary import load_list, vocabulary

COUNTRIES = load_list("countries.json")
SPELLINGS = list(chain.from_iterable(COUNTRIES["same"].values()))
NATIVES = list(chain.from_iterable(COUNTRIES["native"].values()))


@pytest.mark.parametrize(
    ("called", "code"),
    [
        ("США", "us"), ("アメリカ", "us"), ("アメリカ合衆国", "us"), ("美国", "us"), ("Stany Zjednoczone", "us"),
        ("Великобритания", "gb"), ("イギリス", "gb"), ("Great Britain", "gb"), ("Spojené království", "gb"),
        ("Германия", "de"), ("ドイツ", "de"), ("德国", "de"), ("독일", "de"), ("Saksa", "de"), ("Németország", "de"),
        ("Vereinigte Arabische Emirate", "ae"), ("ОАЭ", "ae"), ("Mazedonien", "mk"), ("Holland", "nl"),
        ("中华人民共和国", "cn"), ("대한민국", "kr"), ("北朝鮮", "kp"), ("台灣", "tw"), ("Việt Nam", "vn"),
        ("Indonesien", "id"), ("Yunanistan", "gr"), ("Birma", "mm"), ("Tschechische Republik", "cz"),
    ],
)  # fmt: skip
def test_a_country_is_known_in_many_languages(called: str, code: str) -> None:
    """By its name in the language of whoever keeps the list."""
    assert plain_country(called) == code


@pytest.mark.parametrize(
    ("called", "code"),
    [
        ("مصر", "eg"),
        ("عمان", "om"),
        ("タイ", "th"),
        ("Áo", "at"),
        ("Bỉ", "be"),
        ("インド", "in"),
        ("Чили", "cl"),
        ("СШа", "us"),
        (" ФРГ ", "de"),
    ],
)
def test_a_name_in_its_own_letters_is_known_where_plain_letters_would_not_tell(called: str, code: str) -> None:
    """In plain letters, Arabic has no vowels, and the Vietnamese for Austria has the letters of Angola."""
    assert plain_country(called) == code


@pytest.mark.parametrize(
    ("called", "code"),
    [
        ("Czech Rep.", "cz"), ("Rep. of Korea", "kr"), ("Dominican Rep", "do"), ("Rép. tchèque", "cz"),
        ("Korea, Rep.", "kr"), ("Rep. Dominicana", "do"), ("Dem. Rep. of the Congo", "cd"), ("Congo, Dem. Rep.", "cd"),
        ("Kingdom of the Netherlands", "nl"), ("Republic of Georgia", "ge"), ("Grand Duchy of Luxembourg", "lu"),
    ],
)  # fmt: skip
def test_a_country_is_known_with_the_kind_of_its_state(called: str, code: str) -> None:
    """Written out or not."""
    assert plain_country(called) == code


@pytest.mark.parametrize(
    ("called", "code"),
    [
        ("Ireland (Republic)", "ie"), ("China, P.R.", "cn"), ("Iran (Islamic Republic of)", "ir"),
        ("Korea, Republic of", "kr"), ("Korea (South)", "kr"), ("Korea, Democratic People's Republic of", "kp"),
        ("Korea, North", "kp"), ("Congo (Kinshasa)", "cd"), ("Congo (Brazzaville)", "cg"), ("Congo, Republic", "cg"),
        ("Congo, Democratic Republic of the", "cd"), ("Congo (Democratic Republic)", "cd"),
        ("Guinea, Equatorial", "gq"), ("Guinea, Republic of", "gn"), ("Ireland, Northern", "gb"),
        ("Sudan, South", "ss"), ("Samoa, American", "as"), ("Netherlands (Kingdom of the)", "nl"),
        ("China (People's Republic of)", "cn"), ("Hong Kong, China", "hk"),
    ],
)  # fmt: skip
def test_a_country_is_known_with_a_part_of_its_name_behind(called: str, code: str) -> None:
    """The part behind tells one country from another, and is never left out."""
    assert plain_country(called) == code


@pytest.mark.parametrize(
    ("called", "code"),
    [
        ("Austria/Österreich", "at"), ("Belgique/België", "be"), ("Suisse / Schweiz / Svizzera", "ch"),
        ("Belgien - Belgique", "be"), ("Germany (Deutschland)", "de"), ("Finland, Suomi", "fi"), ("日本 / Japan", "jp"),
        ("Korea (Republic of) / 대한민국", "kr"), ("DE/Germany", "de"), ("Guinea-Bissau", "gw"),
    ],
)  # fmt: skip
def test_a_country_is_known_in_several_languages_at_once(called: str, code: str) -> None:
    """Where each of its names is of one country."""
    assert plain_country(called) == code


@pytest.mark.parametrize(
    "text",
    [
        "Georgia, USA", "Georgia/Atlanta", "State of Georgia", "India/Pakistan", "MX/US", "Ireland/UK", "Lebanon, PA",
        "Jersey, New", "Mexico, New", "New Mexico", "Yemen, South", "Vietnam, North", "Germany, East", "Timor, West",
        "Republic of China", "China (Republic)", "China, Republic of", "Democratic Republic of Korea",
        "Turkish Republic of Northern Cyprus", "Republika Srpska", "Kongo", "Micronesia/Polynesia", "Macau / Taiwan",
        "British Columbia", "Columbia", "Indo", "Rep.", "Republic", "Republic of", "/", "(, )", "Island",
    ],
)  # fmt: skip
def test_what_may_be_another_country_or_none_stays_as_it_is(text: str) -> None:
    """A country that is not sure is none."""
    assert plain_country(text) == fold_names([text])[0]


def test_every_name_of_a_country_is_as_it_is_looked_up() -> None:
    """A spelling that folding changes would never be met, nor would a native one in capitals."""
    assert [
        spelling for spelling, folded in zip(SPELLINGS, fold_names(SPELLINGS), strict=True) if spelling != folded
    ] == []
    assert [native for native in NATIVES if native.isascii() or native != native.casefold()] == []


def test_a_name_of_a_country_stands_for_one() -> None:
    """No spelling is in two entries or twice in one, and none is the letters of another country."""
    codes = COUNTRIES["same"]
    assert [name for name, times in Counter([*SPELLINGS, *NATIVES]).items() if times > 1] == []
    assert [name for name in SPELLINGS if name in codes] == []
    assert COUNTRIES["native"].keys() <= codes.keys()


def test_every_listed_name_is_read_as_its_country() -> None:
    """Whatever else the name or its plain letters are listed as."""
    tables = chain(COUNTRIES["same"].items(), COUNTRIES["native"].items())
    listed = [(name, code) for code, names in tables for name in names]
    assert [(name, plain_country(name)) for name, code in listed if plain_country(name) != code] == []


def test_no_name_of_a_country_is_a_word_of_trade_or_a_town() -> None:
    """So that a business is not left without a word that tells it, for it seems to be its country."""
    words = load_list("words.json")
    towns = load_list("towns.json")["same"]
    others = {*words["generic"], *words["everyday"], *words["town"], *words["stop"], *words["surnames"]}
    others |= {*towns, *chain.from_iterable(towns.values()), *vocabulary().forms}
    named = {name for name in SPELLINGS if len(name) > len("deu")}
    assert named & others == {"luxembourg", "mexico", "singapore", "turkey"}  # in English


@pytest.mark.parametrize(
    ("letters", "code"),
    [
        ("POR", "pt"), ("DEN", "dk"), ("ENG", "gb"), ("SCO", "gb"), ("WAL", "gb"), ("NIR", "gb"), ("GRE", "gr"),
        ("SUI", "ch"), ("CRO", "hr"), ("RSA", "za"), ("KSA", "sa"), ("UAE", "ae"), ("URU", "uy"), ("PAR", "py"),
        ("CHI", "cl"), ("PHI", "ph"), ("MAS", "my"), ("INA", "id"), ("VIE", "vn"), ("ned", "nl"), ("Slo", "si"),
        ("KOS", "xk"), ("XKX", "xk"), ("Kosova", "xk"),
    ],
)  # fmt: skip
def test_letters_that_sports_write_are_a_country(letters: str, code: str) -> None:
    """Where a country is said; a name that ends in them says something else."""
    assert plain_country(letters) == code


@pytest.mark.parametrize("word", ["Den", "Par", "Chi", "Mas", "Phi", "Ina", "Vie", "Por", "Van", "Sol"])
def test_letters_that_sports_write_are_no_country_behind_a_name(word: str) -> None:
    assert country_called(word) is None


@pytest.mark.parametrize("letters", ["XKQ", "zz", "Qq"])
def test_letters_of_no_country_say_nothing(letters: str) -> None:
    """They differ from none, for they may be any country's."""
    assert plain_country(letters) == ""


def test_letters_of_sports_are_those_of_one_country() -> None:
    """None is another country's three letters, or listed twice."""
    sports = COUNTRIES["sports"]
    letters = list(chain.from_iterable(sports.values()))
    assert sports.keys() <= COUNTRIES["same"].keys()
    assert len(letters) == len(set(letters))
    assert set(letters).isdisjoint(SPELLINGS)


@pytest.mark.parametrize(
    "word", ["Island", "Chili", "Columbia", "Salvador", "Indo", "Tai", "IPA", "SAD", "Swiss", "DE", "in", "Persia"]
)
def test_a_word_of_other_things_is_no_country_behind_a_name(word: str) -> None:
    """There, it is more often the business's own."""
    assert country_called(word) is None


@pytest.mark.parametrize(("name", "code"), [("Polska", "pl"), ("Magyarország", "hu"), ("Saksamaa", "de"), ("UK", "gb")])
def test_a_country_behind_a_name_is_known(name: str, code: str) -> None:
    """And what may end one is told before it is looked up."""
    assert may_end_a_country(name)
    assert country_called(name) == code
