"""When two e-mail addresses do not contradict."""

from __future__ import annotations

from typing import Final

from aggregator.reconcile.matching.reading.vocabulary import load_list
from aggregator.reconcile.matching.reading.web_and_mail import registrable_domain

ROLE_MAILBOXES: Final = frozenset(load_list("placeholders.json")["role_mailboxes"])
"""Addresses that lead to whoever is on duty: whom they reach is no contradiction to a person's own address."""


def mails_agree(one: str, other: str) -> bool:
    """Whether two addresses do not contradict: equal, or one is the mailbox of a role on the other's domain."""
    if one == other:
        return True
    if not {one.rpartition("@")[0], other.rpartition("@")[0]} & ROLE_MAILBOXES:
        return False
    domain = registrable_domain(one)
    return domain is not None and domain == registrable_domain(other)
