"""Names joined, split and glued; houses whose accounts, sisters and namesakes share a column."""

import pytest

from aggregator.reconcile.matching import Person, Profile, match
from aggregator.reconcile.matching.reading.field_values import nations_of
from aggregator.reconcile.matching.reading.folded_names import fold_names
from tests.reconcile.matching.examples import FILLER, listed, together


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("SiemensAG", "Siemens AG"),
        ("AcmeInc", "Acme Inc."),
        ("Van der Bilt Corp", "Vanderbilt Corp"),
        ("Goodwill Stores", "Good Will Stores"),
    ],
)
def test_joined_split_and_glued_names_are_accepted(left: str, right: str) -> None:
    """A space more or less, a small word, or a legal form without its space costs nothing."""
    result = match([*listed("a", left, *FILLER[:5]), *listed("b", right, *FILLER[5:])])
    assert together(result, "a0", "b0")


@pytest.mark.parametrize("name", ["LaSalle", "eBay", "McInc", "YouTube SA", "PayPal"])
def test_capitals_alone_do_not_cut_a_word(name: str) -> None:
    """Only a legal form at the end of a word is cut off, and only from two small letters or more."""
    assert fold_names([name]) == [name.lower()]


@pytest.mark.parametrize("before", ["Harwell S.A.", "x a.", "  Two  spaces", "y" * 1000, "tab\there", "new\nline"])
def test_a_name_is_read_alike_whatever_stands_beside_it(before: str) -> None:
    """Names are folded many at once, and none reaches into the next."""
    name = "H.E Craft Paper Corp."
    assert fold_names([before, name]) == [*fold_names([before]), *fold_names([name])]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Alma S.p.A. a Socio", "alma spa a socio"),
        ("Alma S. r. l. a Socio", "alma srl a socio"),
        ("Alma Sp. z o.o. w Likwidacji", "alma sp z oo w likwidacji"),
        ("Alma B.V. i.o.", "alma bv io"),
        ("Alma S.p.A", "alma spa"),
        ("Alma s. r.o.", "alma sro"),
        ("J. P. Alma", "jp alma"),
        ("Alma U. S. A", "alma usa"),
    ],
)
def test_dotted_letters_end_where_the_next_word_begins(name: str, words: str) -> None:
    assert fold_names([name]) == [words]


def test_a_word_of_their_own_and_a_domain_go_to_a_person() -> None:
    """A house shares its domain: with another phone and another contact, another word may be a sister's."""
    left = _told("l", "a", "Shispit Snack", "+14163912262", "Camille Davis")
    right = _told("r", "b", "Shispit Farms", "+15144036541", "Peter Hall")
    assert not together(match([left, right, *listed("a", *FILLER[:5]), *listed("b", *FILLER[5:])]), "l", "r")


def test_a_word_more_and_the_same_contact_are_accepted() -> None:
    """The same domain and the same person at the same number are more than a house shares."""
    left = _told("l", "a", "Shispit Snack", "+14163912262", "Camille Davis")
    right = _told("r", "b", "Shispit Snack Group", "+14163912262", "Camille Davis")
    assert together(match([left, right, *listed("a", *FILLER[:5]), *listed("b", *FILLER[5:])]), "l", "r")


def test_a_namesake_abroad_goes_to_a_person() -> None:
    """An equal name is not accepted when the phones are of two countries and nothing else agrees."""
    left = Profile(key="l", source="a", name="Morfield Spirits", phones=("+442079460000",))
    right = Profile(key="r", source="b", name="Morfield Spirits", phones=("+13057438091",))
    assert not together(match([left, right, *listed("a", *FILLER[:5]), *listed("b", *FILLER[5:])]), "l", "r")


@pytest.mark.parametrize(
    ("profile", "codes"),
    [
        (Profile(key="k", source="s", name="n", phones=("+49 30 901820", "0031 20 1234567")), ["49", "31"]),
        (Profile(key="k", source="s", name="n", phones=("+49 800 5550120", "030 901820")), []),
        (Profile(key="k", source="s", name="n", phones=("+49 (0)800 5550120", "0049 0800 5550120")), []),
        (Profile(key="k", source="s", name="n", phones=("+7 800 5550120", "+39 800 555012", "000-000-0000")), []),
        (Profile(key="k", source="s", name="n", phones=("+49 (0)30 901820", "+39 080 0555012")), ["49", "39"]),
        (Profile(key="k", source="s", name="n", websites=("acme.co.uk", "acme.io", "acme.com")), ["44"]),
        (Profile(key="k", source="s", name="n", country="FR"), ["33"]),
    ],
)
def test_where_a_record_is_at_home(profile: Profile, codes: list[str]) -> None:
    """Phones, endings of domains and countries say it; free numbers and endings of everybody do not."""
    assert nations_of(profile) == codes


def test_accounts_of_one_house_are_no_agency() -> None:
    """A contact of twelve accounts says more when all are of one house than when all are called differently."""

    def weight(names: list[str]) -> float:
        records = [
            Profile(key=f"{source}{place}", source=source, name=name, people=(Person(name="Jo Marsh"),), emails=(mail,))
            for source in "ab"
            for place, name in enumerate(names)
        ]
        _, evidence = match(records).explain("a0", "b1")
        return sum(item.weight for item in evidence if "e-mail" in item.sentence)

    mail = "jo@marsh.example"
    assert weight([f"Klist Branch {place}" for place in range(12)]) > weight(["Klist", "Klist Two", *FILLER])


def _told(key: str, source: str, name: str, phone: str, person: str) -> Profile:
    return Profile(
        key=key,
        source=source,
        name=name,
        websites=("https://shispitsnack.ca",),
        phones=(phone,),
        people=(Person(name=person),),
    )
