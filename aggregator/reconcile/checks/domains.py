"""When two web domains can contradict."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from publicsuffixlist import PublicSuffixList


def domains_comparable(one: str, other: str) -> bool:
    """Whether two registrable domains can contradict: a shop on a host for anyone is beside a domain of one's own.

    On one host, each shop has a domain of its own.
    """
    return _host_of(one) == _host_of(other)


@lru_cache(maxsize=1 << 10)
def _host_of(domain: str) -> str:
    """Return who has a domain below which anyone has one ("myshopify.com" of "acme.myshopify.com"); "" of others.

    Two letters or "com" before an ending are no host's: "uk.com" and "com.de" are sold as endings themselves.
    """
    host: str | None = _endings().privatesuffix(domain)
    if host is None or host == domain:
        return ""
    label = host.partition(".")[0]
    return "" if len(label) <= 2 or label == "com" else host


@cache
def _endings() -> PublicSuffixList:
    """The endings that registries give out; what hosts give out is no ending among them."""
    from publicsuffixlist import PublicSuffixList  # noqa: PLC0415 - its list takes a while to read

    return PublicSuffixList(only_icann=True)
