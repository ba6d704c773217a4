"""What very many share, or what is typed where there is nothing to say, makes nobody one business."""

import itertools

import pytest
from attrs import evolve

from aggregator.reconcile.matching import MatchResult, Person, PostalAddress, Profile, match
from aggregator.reconcile.matching.reading.web_and_mail import registrable_domain
from tests.reconcile.matching.examples import FILLER, together

BRANDS = ("Otis Leather", "Tallow Candles", "Marlowe Knitwear", "Bellweather Silk", "Quince Bags", "Ludo Denim")
OFFICE = PostalAddress(street="5 Savile Row", city="London", postcode="W1S 3PB", country="GB")


def brand(source: str, name: str) -> Profile:
    """A brand that says what its agency says."""
    return Profile(
        key=f"{source}-{name}",
        source=source,
        name=name,
        emails=("hello@wholesale-agency.co.uk",),
        phones=("020 7946 0100",),
        addresses=(OFFICE,),
        people=(Person(name="Jo Park"),),
    )


def ordinary(source: str) -> list[Profile]:
    """Businesses that are on both lists and share nothing."""
    return [
        Profile(key=f"{source}-{name}", source=source, name=name, phones=(f"020 7811 2{at:03}",))
        for at, name in enumerate(FILLER)
    ]


def joined(result: MatchResult, one: str, other: str) -> bool:
    return together(result, f"a-{one}", f"b-{other}") or together(result, f"a-{one}", f"a-{other}")


@pytest.mark.parametrize("brands", [BRANDS, BRANDS[:2]])
def test_the_brands_of_one_agency_stay_apart(brands: tuple[str, ...]) -> None:
    """Each finds itself on the other list, and none another brand, whatever their agency shares with all of them."""
    lists = [profile for source in "ab" for profile in (*ordinary(source), *(brand(source, one) for one in brands))]
    result = match(lists)
    assert all(together(result, f"a-{one}", f"b-{one}") for one in brands)
    assert not any(joined(result, one, other) for one, other in itertools.permutations(brands, 2))


def test_brands_of_an_agency_that_share_no_name_are_not_joined() -> None:
    """Three brands here and three others there have their agency in common, and are six businesses."""
    lists = [*ordinary("a"), *ordinary("b"), *(brand("a", one) for one in BRANDS[:3])]
    lists += [brand("b", one) for one in BRANDS[3:]]
    result = match(lists)
    assert sum(together(result, f"a-{one}", f"b-{other}") for one in BRANDS[:3] for other in BRANDS[3:]) == 0


def test_accounts_of_a_house_still_share_its_phone() -> None:
    """What a business with many accounts says is its own, and no agency's."""
    names = [f"Lundqvist Trading {place}" for place in ("Berlin", "Leeds", "Lyon", "Oslo", "Porto")]
    lists = [*ordinary("a"), *ordinary("b")]
    lists += [
        Profile(
            key=f"{source}-{name}", source=source, name=name, phones=("020 7946 0100",), emails=("info@lundqvist.com",)
        )
        for source in "ab"
        for name in names
    ]
    result = match(lists)
    assert all(together(result, f"a-{name}", f"b-{name}") for name in names)


NOBODY = Profile(key="", source="")
NOTHING = (
    evolve(NOBODY, phones=("000-000-0000",)),
    evolve(NOBODY, phones=("1111111111",)),
    evolve(NOBODY, phones=("123456789",)),
    evolve(NOBODY, emails=("test@test.com",)),
    evolve(NOBODY, emails=("info@example.com",)),
    evolve(NOBODY, emails=("noemail@noemail.com",)),
    evolve(NOBODY, emails=("na@na.com",)),
    evolve(NOBODY, addresses=(PostalAddress(street="TBC", city="TBC"),)),
    evolve(NOBODY, addresses=(PostalAddress(street="x", city="x"),)),
    evolve(NOBODY, people=(Person(name="TBC"),)),
    evolve(NOBODY, people=(Person(name="Accounts Payable"),)),
    evolve(NOBODY, identifiers=(("vat", "000000000"),)),
    evolve(NOBODY, identifiers=(("vat", "N/A"),)),
    evolve(NOBODY, identifiers=(("gln", "4.01235E+12"),)),
    evolve(NOBODY, websites=("https://bit.ly/3xYz",)),
    evolve(NOBODY, aliases=("TBD",)),
)


@pytest.mark.parametrize("said", NOTHING, ids=lambda one: repr(one)[20:90])
@pytest.mark.parametrize("names", [("Nimbus Tools", "Gloria Foods"), ("Zenith Electric", "Zenith National Insurance")])
def test_what_is_typed_where_there_is_nothing_to_say_is_no_evidence(said: Profile, names: tuple[str, str]) -> None:
    """A pair is as likely with it as without."""

    def probability(said: Profile) -> float:
        pair = [evolve(said, key=source, source=source, name=name) for source, name in zip("ab", names, strict=True)]
        return match([*ordinary("a"), *ordinary("b"), *pair]).explain("a", "b")[0]

    assert probability(said) == pytest.approx(probability(NOBODY), abs=1e-6)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (evolve(NOBODY, country="DE"), evolve(NOBODY, country="Germany")),
        (evolve(NOBODY, country="GB"), evolve(NOBODY, country="UK")),
        (evolve(NOBODY, country="Deutschland"), evolve(NOBODY, country="deu")),
        (evolve(NOBODY, country="Germany", phones=("030 1236456",)), evolve(NOBODY, phones=("+49 30 1236456",))),
        (evolve(NOBODY, phones=("02333 911-0",), country="DE"), evolve(NOBODY, phones=("02333 911-0",))),
        (evolve(NOBODY, phones=("08-719 00 00",)), evolve(NOBODY, phones=("+46 8 719 00 00",))),
        (
            evolve(NOBODY, identifiers=(("vat", "DE 123 456 788"),)),
            evolve(NOBODY, identifiers=(("vat", "DE123456788"),)),
        ),
        (
            evolve(NOBODY, identifiers=(("vat", "CHE-123.456.788 MWST"),)),
            evolve(NOBODY, identifiers=(("vat", "CHE123456788"),)),
        ),
        (evolve(NOBODY, identifiers=(("account", "0000000041"),)), evolve(NOBODY, identifiers=(("account", "41"),))),
        (
            evolve(NOBODY, addresses=(PostalAddress(city="K\u00f6ln", postcode="D-50667"),)),
            evolve(NOBODY, addresses=(PostalAddress(city="Cologne", postcode="50667"),)),
        ),
        (
            evolve(NOBODY, addresses=(PostalAddress(street="Moosacher Str. 80"),)),
            evolve(NOBODY, addresses=(PostalAddress(street="80 MOOSACHER STRASSE"),)),
        ),
    ],
)
def test_a_value_written_in_two_ways_speaks_for_a_pair(one: Profile, other: Profile) -> None:
    """The ways in which systems write one value are no difference, and no reason in the evidence says that they are."""
    pair = [evolve(said, key=source, source=source, name="Zenith") for source, said in (("a", one), ("b", other))]
    _, evidence = match([*ordinary("a"), *ordinary("b"), *pair]).explain("a", "b")
    columns = [item for item in evidence if not item.sentence.startswith("compared with")]
    assert not any(item.sentence.endswith(("differs", "differ")) for item in columns)
    assert any(item.weight > 0 and item.sentence.startswith(("same", "addresses, phones")) for item in evidence)


def test_a_street_without_a_number_is_where_many_are() -> None:
    """The tenants of one shopping centre are no business for being there; a number is somebody's."""

    def evidence(street: str) -> list[str]:
        pair = [
            Profile(key=source, source=source, name=name, addresses=(PostalAddress(street=street),))
            for source, name in (("a", "Kiabi Noyelles"), ("b", "Flunch Noyelles"))
        ]
        return [one.sentence for one in match([*ordinary("a"), *ordinary("b"), *pair]).explain("a", "b")[1]]

    assert any("street address" in one for one in evidence("14 Rue Hoche"))
    assert not any("street" in one for one in evidence("Centre Commercial Auchan"))


def test_namesakes_with_sites_of_their_own_are_no_duplicates() -> None:
    """Of two of one name in a list, the one with another web site is not joined by way of the other list."""
    result = match([
        *ordinary("a"),
        *ordinary("b"),
        Profile(key="1", source="a", name="Star Foods", websites=("starfoods.de",)),
        Profile(key="2", source="a", name="Star Foods", websites=("texas-grocers.com",)),
        Profile(key="7", source="b", name="Star Foods", websites=("starfoods.de",)),
    ])  # fmt: skip
    assert together(result, "1", "7")
    assert not together(result, "2", "7")


def test_one_business_that_is_called_in_three_ways_is_no_agency() -> None:
    """A name turned round and its initials are no strangers to it: what the three share is their own."""
    site, street = "www.rushmoortextiles.co.uk", PostalAddress(street="174 High Street", city="Sheffield")
    called = ("Rushmoor Textiles", "Textiles, Rushmoor LLP", "RT Limited", "Rushmoor Textiles Ltd")
    lists = [
        Profile(key=f"{source}-{place}", source=source, name=name, websites=(site,), addresses=(street,))
        for source in "ab"
        for place, name in enumerate(called)
    ]
    result = match([*ordinary("a"), *ordinary("b"), *lists])
    assert together(result, "a-0", "b-1")
    assert result.explain("a-1", "b-0")[0] > 0.9


NOBODY = Profile(key="", source="", name="")


@pytest.mark.parametrize(
    ("agency", "own", "topic"),
    [
        (evolve(NOBODY, websites=("shopagency.io",)), evolve(NOBODY, websites=("otis-leather.com",)), "web domain"),
        (evolve(NOBODY, phones=("020 7946 0100",)), evolve(NOBODY, phones=("020 7811 2999",)), "phone"),
        (evolve(NOBODY, emails=("hi@shopagency.io",)), evolve(NOBODY, emails=("ada@otis-leather.com",)), "e-mail"),
    ],
)
def test_that_only_one_side_says_its_agency_denies_nothing(agency: Profile, own: Profile, topic: str) -> None:
    """A brand with its own site here, and with that of its agency there, is told apart by no reason of that column."""
    theirs = [evolve(agency, key=f"b-{one}", source="b", name=one) for one in BRANDS]
    ours = evolve(own, key="a-Otis", source="a", name="Otis Leather")
    alone, among = (
        match([*ordinary("a"), *ordinary("b"), ours, *others]).explain("a-Otis", "b-Otis Leather")[1]
        for others in (theirs[:1], theirs)
    )
    assert any(topic in reason.sentence for reason in alone)
    assert not any(topic in reason.sentence for reason in among)


def numbered(source: str, numbers: dict[str, str]) -> list[Profile]:
    """Businesses with a VAT number each."""
    return [
        Profile(key=f"{source}-{name}", source=source, name=name, identifiers=(("vat", number),))
        for name, number in numbers.items()
    ]


def test_one_number_of_many_joins_nobody_however_it_is_written() -> None:
    """Companies of one tax group have its number, and some write it without the letters of the country."""
    names = ("Nordwind Logistik", "Kestrel Optik", "Amber Immobilien", "Lund Catering")
    ours = numbered("a", dict.fromkeys(names, "DE811569869"))
    theirs = numbered(
        "b", {name: f"{'DE' * (at % 2)}811569869" for at, name in enumerate((*names[:3], "Sorrel Reinigung"))}
    )
    result = match([*ordinary("a"), *ordinary("b"), *ours, *theirs])
    assert all(together(result, f"a-{name}", f"b-{name}") for name in names[:3])
    assert not any(joined(result, one, other) for one, other in itertools.permutations((*names, "Sorrel Reinigung"), 2))


@pytest.mark.parametrize(
    ("scheme", "one", "other"),
    [("vat", "DE811569869", "DE 129 274 202"), ("lei", "5493001KJTIIGC8Y1R12", "529900T8BM49AURSDO55")],
)
def test_a_name_is_not_enough_against_two_numbers_of_one_register(scheme: str, one: str, other: str) -> None:
    ours, theirs = (
        Profile(key=key, source=key, name="Acme Foods GmbH", identifiers=((scheme, number),))
        for key, number in (("a", one), ("b", other))
    )
    result = match([*ordinary("a"), *ordinary("b"), ours, theirs])
    assert not together(result, "a", "b")
    assert any(reason.sentence == "LEI or VAT number differs" for reason in result.explain("a", "b")[1])


def test_numbers_of_two_countries_are_no_two_numbers() -> None:
    """A business is registered for VAT wherever it has a warehouse."""
    ours, theirs = (
        Profile(key=key, source=key, name="Acme Foods", identifiers=(("vat", number),))
        for key, number in (("a", "DE811569869"), ("b", "FR40303265045"))
    )
    reasons = match([*ordinary("a"), *ordinary("b"), ours, theirs]).explain("a", "b")[1]
    assert all(reason.sentence != "LEI or VAT number differs" for reason in reasons)


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("Luigi's Pizzeria", "Smith & Co Accountants"),
        ("Starbucks Coffee", "Boston Dental Group"),
        ("Smith Family Trust", "Jones Family Trust"),
    ],
)
def test_tenants_of_one_building_are_left_to_a_person(name: str, other: str) -> None:
    """An address in common makes no business of two names that each have words of their own."""
    place = PostalAddress(street="350 Fifth Ave", city="New York", postcode="10118", country="US")
    ours, theirs = (
        Profile(key=key, source=key, name=called, addresses=(place,)) for key, called in (("a", name), ("b", other))
    )
    assert not together(match([*ordinary("a"), *ordinary("b"), ours, theirs]), "a", "b")


def test_a_contact_alone_joins_no_two_names_that_have_nothing_in_common() -> None:
    """Many are called Maria Garcia, and some work for two."""
    ours, theirs = (
        Profile(
            key=key, source=key, name=name, people=(Person(name=person),), addresses=(PostalAddress(city="Houston"),)
        )
        for key, name, person in (
            ("a", "North Peak Yoga", "Maria Garcia"),
            ("b", "Harbor Street Tacos", "Garcia, Maria"),
        )
    )
    result = match([*ordinary("a"), *ordinary("b"), ours, theirs])
    assert not together(result, "a", "b")
    assert any(reason.sentence == "same contact person" for reason in result.explain("a", "b")[1])


def test_a_bare_name_joins_no_two_that_speak_against_each_other() -> None:
    """Which of the two it is, nobody can tell."""
    one = Profile(key="a", source="a", name="Star Foods", country="DE", websites=("starfoods.de",))
    other = Profile(key="c", source="c", name="Star Foods", country="US", websites=("star-grocers.com",))
    bare = Profile(key="b", source="b", name="Star Foods")
    result = match([*ordinary("a"), *ordinary("b"), *ordinary("c"), one, other, bare])
    assert not together(result, "a", "c")


@pytest.mark.parametrize("host", ["yahoo.it", "yahoo.com.br", "hotmail.es", "live.nl", "btconnect.com", "mailbox.org"])
def test_mail_that_anyone_may_open_is_no_web_domain_in_any_country(host: str) -> None:
    assert registrable_domain(f"info@{host}") is None


def test_a_country_that_is_not_known_differs_from_none() -> None:
    ours, theirs = (
        Profile(key=key, source=key, name="Acme Foods", country=country)
        for key, country in (("a", "Freedonia"), ("b", "US"))
    )
    reasons = match([*ordinary("a"), *ordinary("b"), ours, theirs]).explain("a", "b")[1]
    assert all(reason.sentence != "country differs" for reason in reasons)
