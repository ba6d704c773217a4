"""Web and e-mail addresses, and the domains in them that someone registered."""

from __future__ import annotations

import re
from contextlib import suppress
from functools import cache
from typing import TYPE_CHECKING, Final
from unicodedata import normalize

from aggregator.reconcile.matching.reading.placeholders import placeholders
from aggregator.reconcile.matching.reading.vocabulary import load_list

if TYPE_CHECKING:
    from publicsuffixlist import PublicSuffixList

BETWEEN_ADDRESSES: Final = re.compile(r"[\s,;|<>()\[\]\"']+")
"""What parts several addresses in one field, or an address from a name: "Ann <ann@acme.com>"."""


def mail_addresses(text: str) -> tuple[str, ...]:
    """Return the e-mail addresses in one field, without the names beside them, their domains as people read them."""
    words = BETWEEN_ADDRESSES.split(normalize("NFKC", text).lower())
    return tuple(dict.fromkeys(found for found in map(_mail_address, words) if found))


def _mail_address(word: str) -> str:
    mailbox, _, domain = word.removeprefix("mailto:").split("?", 1)[0].rpartition("@")
    domain = domain.strip(".")
    return f"{mailbox}@{readable_host(domain)}" if mailbox and domain else ""


def readable_host(host: str) -> str:
    """Return a host as people read it, out of punycode."""
    if "xn--" in host:
        with suppress(UnicodeError):
            return host.encode("ascii").decode("idna")
    return host


@cache
def _suffixes() -> PublicSuffixList:
    from publicsuffixlist import PublicSuffixList  # noqa: PLC0415 - its list takes a while to read

    return PublicSuffixList()


@cache
def _shared_domains() -> frozenset[str]:
    lists = load_list("domains.json")
    return frozenset(lists["mail"]) | frozenset(lists["hosts"]) | placeholders()["domains"]


@cache
def _mail_in_every_country() -> frozenset[str]:
    return frozenset(load_list("domains.json")["mail_in_every_country"])


@cache
def registrable_domain(address: str) -> str | None:
    """The part of a web or e-mail address that someone registered; None for free mail and pages hosted for anyone.

    "https://www.shop.acme.co.uk/x" and "sales@acme.co.uk" are both "acme.co.uk"; "acme.myshopify.com" is itself.
    """
    found = (_host(word) for word in BETWEEN_ADDRESSES.split(address.lower()))
    host = next((one for one in found if one), None)
    if host is None:
        return None
    domain: str | None = _suffixes().privatesuffix(host)
    if domain is None or domain in _shared_domains() or domain.split(".", 1)[0] in _mail_in_every_country():
        return None
    return domain


def domain_label(domain: str) -> str:
    """Return what a domain is called without its ending and hyphens: "ac-me.co.uk" and "acme.de" are both "acme"."""
    return domain.split(".", 1)[0].replace("-", "")


_HOST: Final = re.compile(r"[^\W_][\w.-]*\.(?!\d+$)[\w-]*[^\W_]")


def _host(word: str) -> str | None:
    """The host in an address; None if it is a word of another kind, or a number of the network."""
    bare = re.sub(r"^[a-z][a-z0-9+.-]*://", "", word)
    host = re.split(r"[/?#]", bare, maxsplit=1)[0].rsplit("@", 1)[-1].split(":", 1)[0].strip(".")
    if len(host) > 253 or not _HOST.fullmatch(host):
        return None
    return readable_host(host)
