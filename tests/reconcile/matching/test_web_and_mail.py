"""Web and e-mail addresses, however people write them into one field, lead to the domain that somebody registered."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aggregator.reconcile.matching import Profile, match
from aggregator.reconcile.matching.reading.web_and_mail import mail_addresses, registrable_domain


@pytest.mark.parametrize(
    "address",
    [
        "acme.co.uk",
        " https://user@www.acme.co.uk:8080/x?y#z ",
        "sales@acme.co.uk; info@other.org",
        "https://acme.co.uk, https://other.org",
        "St. Ann <ann@shop.acme.co.uk>",
        "acme.co.uk (new)",
        "mailto:ann@ACME.co.uk",
        "acme.co.uk.",
    ],
)
def test_an_address_is_found_in_what_is_written(address: str) -> None:
    """Names, brackets and second addresses beside it do not hide it."""
    assert registrable_domain(address) == "acme.co.uk"


@pytest.mark.parametrize("address", ["10.0.0.1", "http://192.168.0.1:80/", "v1.0", "n/a", "acme", "-", "", "gmail.com"])
def test_what_nobody_registered_is_no_domain(address: str) -> None:
    """Two numbers of a network that end alike, and free mail, are no evidence."""
    assert registrable_domain(address) is None


def test_both_spellings_of_an_international_domain_are_one() -> None:
    """As people read it, and as machines send it."""
    assert registrable_domain("www.bücher.de") == registrable_domain("xn--bcher-kva.de") == "bücher.de"


@given(st.text(max_size=40))
def test_any_text_is_taken(text: str) -> None:
    """A field may hold anything; what comes of it is a host without blanks, or nothing."""
    found = registrable_domain(text)
    assert found is None or ("." in found and found == found.strip() and " " not in found)


@pytest.mark.parametrize(
    ("field", "addresses"),
    [
        ("ann@x.com", ("ann@x.com",)),
        (" Ann@X.com. ", ("ann@x.com",)),
        ("Ann Lee <ann@x.com>", ("ann@x.com",)),
        ('"Lee, Ann" <ann@x.com>; bob@x.com', ("ann@x.com", "bob@x.com")),
        ("mailto:ann@x.com?subject=hello", ("ann@x.com",)),
        ("ann@xn--bcher-kva.de", ("ann@b\u00fccher.de",)),
        ("ann@BU\u0308CHER.de", ("ann@b\u00fccher.de",)),
        ("ann@xn--\u00fc.de", ("ann@xn--\u00fc.de",)),
        ("n/a", ()),
        ("@", ()),
        ("", ()),
    ],
)
def test_the_mail_addresses_of_a_field_are_found(field: str, addresses: tuple[str, ...]) -> None:
    """Without the names beside them, and each once; both spellings of an international domain are one."""
    assert mail_addresses(field) == addresses


@given(st.text(max_size=60))
def test_any_text_may_stand_in_a_mail_field(text: str) -> None:
    """What comes of it are mailboxes of domains."""
    assert all(all(address.rpartition("@")) for address in mail_addresses(text))


def test_two_mail_addresses_in_one_field_each_count() -> None:
    """One of them in common is one in common."""
    both = Profile(key="1", source="a", name="Acme", emails=("ann@acme.com; bob@acme.com",))
    other = Profile(key="2", source="b", name="Acme", emails=("BOB@acme.com",))
    _, evidence = match([both, other]).explain("1", "2")
    assert "same e-mail address" in {one.sentence.split(",")[0] for one in evidence}
