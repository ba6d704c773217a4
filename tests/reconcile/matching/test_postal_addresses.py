"""Postal codes, towns and streets are one however they are written, and two where they are two."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aggregator.reconcile.matching.reading.placeholders import says_nothing
from aggregator.reconcile.matching.reading.places import plain_city, plain_postal_code
from aggregator.reconcile.matching.reading.streets import plain_street


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("D-96052", "96052"), ("D 96052", "96052"), ("A-6923", "6923"), ("B-1500", "1500"), ("CH-8001", "8001"),
        ("SE-271 42", "27142"), ("DK-1620", "1620"), ("FIN-00100", "100"), ("LV1010", "1010"), ("07105", "7105"),
        ("184", "184"), ("00184", "184"), ("12345-6789", "12345"), ("123456789", "12345"), ("7105-1234", "7105"),
        ("NL-1012 AB", "1012ab"), ("NL1012AB", "1012ab"), ("1012 AB", "1012ab"), ("GB-SW1A 1AA", "sw1a1aa"),
        ("GBSW1A1AA", "sw1a1aa"), ("SW1A 1AA", "sw1a1aa"), ("sw1a-1aa", "sw1a1aa"), ("N1 9GU", "n19gu"),
        ("AB10 1XY", "ab101xy"), ("CA-K1A 0B1", "k1a0b1"), ("K1A 0B1", "k1a0b1"), ("100-0001", "1000001"),
        ("JP-100-0001", "1000001"), ("VLT 1234", "vlt1234"), ("n/a", ""), ("-", ""), ("TBD", ""), ("00000", ""),
    ],
)  # fmt: skip
def test_a_postal_code_is_told_by_what_is_its_own(written: str, plain: str) -> None:
    """No country in front, no lost zeros, no digits that were added."""
    assert plain_postal_code(written) == plain


@given(st.from_regex(r"[A-Z0-9]{1,4}[ -]?[A-Z0-9]{1,4}", fullmatch=True))
def test_the_case_of_a_postal_code_does_not_count(code: str) -> None:
    """Nor do blanks around it."""
    assert plain_postal_code(f" {code.lower()} ") == plain_postal_code(code)


@pytest.mark.parametrize(
    "town",
    [
        ("München", "MUENCHEN", "Munchen", "Munich"),
        ("Köln", "Koeln", "COLOGNE"),
        ("Paris", "PARIS CEDEX 15", "Paris Cedex", "Paris 15", "Paris 15e", "75015 Paris"),
        ("St. Gallen", "Sankt Gallen", "St Gallen"),
        ("Saint-Denis", "St Denis"),
        ("Saint Petersburg", "St. Petersburg", "Sankt-Peterburg"),
        ("Ft. Worth", "Fort Worth"),
        ("Mt Vernon", "Mount Vernon"),
        ("Rome", "Roma"),
        ("Milan", "Milano", "Mailand"),
        ("Prague", "Praha", "Praha 4"),
        ("Vienna", "Wien"),
        ("Moscow", "Moskva", "\u041c\u043e\u0441\u043a\u0432\u0430"),
        ("Copenhagen", "København", "Koebenhavn", "København K"),
        ("Brussels", "Bruxelles", "Brussel"),
        ("Antwerp", "Antwerpen", "Anvers"),
        ("Ghent", "Gent", "Gand"),
        ("Geneva", "Genève", "Genf"),
        ("Lisbon", "Lisboa"),
        ("Warsaw", "Warszawa"),
        ("Athens", "Athina", "\u0391\u03b8\u03ae\u03bd\u03b1"),
        ("Seville", "Sevilla"),
        ("Québec", "Quebec", "Ville de Québec"),
        ("Dunkerque", "Dunkirk"),
        ("The Hague", "Den Haag", "'s-Gravenhage"),
        ("Frankfurt am Main", "Frankfurt a.M.", "Frankfurt/Main", "Frankfurt"),
        ("Aarhus", "Århus"),
        ("Malmö", "Malmoe"),
    ],
)  # fmt: skip
def test_a_town_is_one_by_all_of_its_names(town: tuple[str, ...]) -> None:
    """In its own language and in others, with umlauts or without, with what the post writes behind it."""
    assert len({plain_city(name) for name in town}) == 1


def test_towns_that_are_not_one_stay_apart() -> None:
    """Though their names begin alike."""
    towns = ["Frankfurt (Oder)", "Frankfurt", "Newcastle", "Newcastle-under-Lyme", "Saint-Denis", "Saint-Ouen", "Caen"]
    assert all(plain_city(one) != plain_city(other) for one, other in combinations(towns, 2))


@pytest.mark.parametrize(
    "street",
    [
        ("Pza. España 3", "PLAZA DE ESPAÑA 3", "Pl. de España, nº 3"),
        ("Ermou 35", "35 ERMOU STR", "35, Ermou St."),
        ("1 Shields Ave", "ONE SHIELDS AVENUE"),
        ("Moosacher Str. 80", "Moosacher Straße 80", "Moosacherstr. 80", "80 MOOSACHER STRASSE"),
        ("300 Main Street", "300 MAIN ST", "300 Main St."),
        ("Marktstr. 14a", "Marktstraat 14 A", "Marktstraße 14 a"),
        ("bd M. Leroy", "boulevard M Leroy", "Blvd. M. Leroy"),
        ("CC Auchan", "CENTRE COMMERCIAL AUCHAN"),
        ("Grand-Place 6", "GRAND PLACE 6"),
        ("418 N Main St.", "418 North Main Street"),
        ("100 N.W. Main St", "100 Northwest Main Street", "100 N W Main St"),
        ("C/ Mayor 5", "Calle Mayor, 5", "C/Mayor nº 5"),
        ("12 bis rue de l'Église", "12bis, Rue de l\u2019Eglise"),
        ("5 rue St Denis", "5, Rue Saint-Denis"),
        ("rue Ste Catherine 4", "4 rue Sainte-Catherine"),
        ("300 Main St Springfield", "300 Main Street, Springfield"),
        ("300 N St Paul St", "300 North Saint Paul Street"),
        ("300 Main St Ste 200 Springfield", "300 Main Street, Suite 200, Springfield"),
        ("5 Fifth Ave", "5 5th Avenue"),
        ("V.le Roma 3", "Viale Roma, 3"),
        ("P.za Duomo 1", "Piazza del Duomo, 1"),
        ("Müllerstraße 5", "Muellerstr. 5"),
        ("Av. da Liberdade 10", "Avenida Liberdade, 10"),
        ("ul. Lenina 5", "\u0443\u043b\u0438\u0446\u0430 \u041b\u0435\u043d\u0438\u043d\u0430, 5"),
        ("P.O. Box 12", "Postfach 12", "PO BOX 12"),
        ("ZI Nord", "Zone Industrielle Nord"),
        ("The Street 5", "5 Street"),
        ("C. Alcalá 45", "Calle de Alcalá, 45"),
        ("R. de Rivoli 5", "5, r. de Rivoli", "5 rue de Rivoli"),
        ("Via dell'Orso 5", "5, via dell\u2019Orso", "Via Orso 5"),
        ("Calle 13 No. 5-60", "Calle 13 # 5-60", "Cll. 13 5-60"),
        ("Bld Haussmann 5", "5, boulevard Haussmann"),
        ("Fő u. 5", "Fő utca 5."),
        ("B-dul Unirii nr. 5", "Bd. Unirii 5"),
        ("One World Trade Center", "1 World Trade Ctr."),
        ("1234 SW 5th Ave", "1234 Southwest Fifth Avenue"),
        ("Attn: c/o Smith, 5 Mill Rd", "Attn c/o Smith, 5 Mill Road"),
        ("Pol. Ind. Sur 3", "Polígono Industrial Sur, 3"),
    ],
)  # fmt: skip
def test_a_street_is_one_however_it_is_written(street: tuple[str, ...]) -> None:
    """Kinds of streets in short or in full, the number before or behind, number words, articles."""
    assert len({plain_street(text) for text in street}) == 1


def test_streets_that_are_not_one_stay_apart() -> None:
    """Another number, another name, another kind of street, another direction."""
    streets = [
        "5 Park Street", "6 Park Street", "5a Park Street", "5-7 Park Street", "5 Park Avenue", "5 Park Square",
        "5 Park Place", "5 North Park Street", "5 South Park Street", "5 Parker Street", "5th Street", "6th Street",
        "5 Avenue A", "5 Avenue B", "Markt 5", "Marktstr. 5", "Marktplatz 5", "Highway 61", "5 Highway 61",
        "61 Highway 5", "5 C Street", "5 D Street", "Rue Saint-Denis 5", "Rue Denis 5", "PO Box 5",
    ]  # fmt: skip
    assert all(plain_street(one) != plain_street(other) for one, other in combinations(streets, 2))


_NAMES = st.from_regex(r"[b-df-hj-np-tv-z][aeiou]{1}[klmnpr][aeiou]x", fullmatch=True)
_TYPES = st.sampled_from(
    [("Avenue", "Av."), ("Boulevard", "bd"), ("Road", "Rd."), ("Street", "St"), ("Square", "Sq."), ("Drive", "Dr")]
)


@given(_NAMES, _TYPES, st.integers(1, 9999), st.sampled_from(["", "a", "b", "c"]))
def test_number_and_name_make_a_street(name: str, kind: tuple[str, str], number: int, letter: str) -> None:
    """Wherever the number stands, and in short or in full; and the next house is another."""
    long, short = kind
    told = plain_street(f"{number}{letter} {name} {long}")
    assert told == plain_street(f"{name.upper()} {short}, {number} {letter.upper()}")
    assert told != plain_street(f"{number + 1}{letter} {name} {long}")


@pytest.mark.parametrize("text", ["TBC", "TBD", "x", "xxx", "-", "n/a", "N.A.", "unknown", "None", "test", " ", "null"])
def test_a_placeholder_says_nothing(text: str) -> None:
    """Whoever had to fill in a field and knew nothing wrote one."""
    assert says_nothing(text)
    assert plain_street(text) == plain_city(text) == plain_postal_code(text) == ""


@given(st.text(max_size=60))
def test_any_text_may_stand_in_an_address(text: str) -> None:
    """What comes of it is plain words, the same each time, or nothing."""
    for read in (plain_street, plain_city, plain_postal_code):
        plain = read(text)
        assert plain == " ".join(plain.split())
        assert plain.isascii()
        assert plain == plain.lower()
