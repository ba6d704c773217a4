"""Which account numbers partners of an account usually have."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from aggregator.model import Connection, ConnectionStatus
from aggregator.reconcile.account_views import AccountView
from aggregator.reconcile.entries import said_numbers

NUMBERS: Final = {
    "retailers_supplier_account_number": "the retailer's number for the supplier",
    "suppliers_retailer_account_number": "the supplier's number for the retailer",
    "retailer_identifier": "the retailer's identifier",
}
"""The fields of a connection that hold an account number, and what each is."""


def usual_numbers(
    views: Iterable[AccountView], *, share: float, connections: int
) -> Mapping[str, Mapping[str, tuple[int, int]]]:
    """Return the number fields that most active connections of an account fill, by the account's label.

    With each go how many have it, of how many.

    Args:
        views: What each account said.
        share: From which share of them on a field is usual, from 0 to 1.
        connections: How many there must be at least.
    """
    return {view.account.label: _usual_of(view, share, connections) for view in views}


def _usual_of(view: AccountView, share: float, connections: int) -> Mapping[str, tuple[int, int]]:
    active = [one for entry in view.entries for one in entry.connections if one.status is ConnectionStatus.ACTIVE]
    counts = {name: sum(has_number(one, name) for one in active) for name in NUMBERS}
    return {
        name: (count, len(active))
        for name, count in counts.items()
        if len(active) >= connections and count and count >= share * len(active)
    }


def has_number(connection: Connection, name: str) -> bool:
    """Whether a field of a connection holds an account number, and not what stands for none."""
    return said_numbers((getattr(connection, name),)) != ()
