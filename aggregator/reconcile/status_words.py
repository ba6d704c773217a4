"""What the status words of platforms and tables mean, as a policy says it: read once, before anything is asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from attrs import evolve

from aggregator.model import Connection, ConnectionStatus, Organization, OrganizationStatus
from aggregator.reconcile.entries import Account
from aggregator.reconcile.policy.policy import PolicyStatuses, any_fits
from aggregator.reconcile.policy.words import plain_word

_OF_CONNECTION: Final = {
    ConnectionStatus.PENDING: OrganizationStatus.PENDING,
    ConnectionStatus.ONBOARDING: OrganizationStatus.ACTIVE,
    ConnectionStatus.ACTIVE: OrganizationStatus.ACTIVE,
    ConnectionStatus.SUSPENDED: OrganizationStatus.DEACTIVATED,
    ConnectionStatus.ENDED: OrganizationStatus.DEACTIVATED,
}

Meanings = Mapping[str, ConnectionStatus]


def meanings(statuses: Sequence[PolicyStatuses], account: Account) -> Meanings:
    """Return what the words of an account mean: what is said of it first, then what is said of all."""
    fitting = [one for one in statuses if any_fits(one.accounts, account)]
    found: dict[str, ConnectionStatus] = {}
    for one in (*fitting, *(one for one in statuses if not one.accounts)):
        for word, status in one.words.items():
            found.setdefault(plain_word(word), status)
    return found


def read_statuses(one: Connection | Organization, known: Meanings) -> Connection | Organization:
    """Return a record with the statuses that its words mean; the words stay beside them."""
    if not known:
        return one
    return _read_connection(one, known) if isinstance(one, Connection) else _read_organization(one, known)


def _read_connection(one: Connection, known: Meanings) -> Connection:
    return evolve(
        one,
        status=meaning(one.status_native, known) or one.status,
        retailer=None if one.retailer is None else _read_organization(one.retailer, known),
        supplier=None if one.supplier is None else _read_organization(one.supplier, known),
    )


def _read_organization(one: Organization, known: Meanings) -> Organization:
    status = meaning(one.status_native, known)
    return one if status is None else evolve(one, status=_OF_CONNECTION[status])


def meaning(word: str | None, known: Meanings) -> ConnectionStatus | None:
    """Return what a word means; None if the policy does not say."""
    return None if word is None or not known else known.get(plain_word(word))
