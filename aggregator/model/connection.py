"""A trading relation between two businesses on one platform."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from attrs import field, frozen

from aggregator.model.activity import Activity
from aggregator.model.contact import Contact
from aggregator.model.organization import Organization
from aggregator.model.raw import EMPTY
from aggregator.model.record import Record
from aggregator.model.source import Source
from aggregator.model.status import ConnectionStatus, Role


@frozen(kw_only=True)
class Connection(Record):
    """A trading relation between a retailer and a supplier on one platform.

    `own_role` says which side the account's owner is on, so that `partner` is the other one;
    it is None where that could not be established, and then `partner` is None too.

    `suppliers_retailer_account_number` is the supplier's number for the retailer, and
    `retailers_supplier_account_number` the retailer's number for the supplier, as Crux names them.
    """

    source: Source
    id: str
    status: ConnectionStatus
    status_native: str | None = None
    own_role: Role | None = None
    retailer: Organization | None = None
    supplier: Organization | None = None
    account_manager: Contact | None = None
    contacts: tuple[Contact, ...] | None = None
    suppliers_retailer_account_number: str | None = None
    retailers_supplier_account_number: str | None = None
    retailer_identifier: str | None = None
    level: str | None = None
    integration_type: str | None = None
    onboarding_status: str | None = None
    onboarding_steps: str | None = None
    onboarding_target_at: datetime | None = None
    onboarded_at: datetime | None = None
    requested_at: datetime | None = None
    created_at: datetime | None = None
    updated_at: datetime | None = None
    suspended_at: datetime | None = None
    ended_at: datetime | None = None
    activity: Activity | None = None
    raw: Mapping[str, Any] = field(default=EMPTY, repr=False, eq=False)

    @property
    def partner(self) -> Organization | None:
        """The organization on the other side from the account's owner; None if the owner's side is not known."""
        if self.own_role is None:
            return None
        return self.supplier if self.own_role is Role.RETAILER else self.retailer
