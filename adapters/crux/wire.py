"""What Crux Connect sends, under its own names: connections, connection requests, organizations.

The fields of all published generations stand side by side: the unprefixed API as first published (February and March
2018) and as last published (May 2018), and `/timp/`. Orders are in `adapters.crux.wire_orders`.

The classes have no slots: one with a dict is filled without its `__init__`, in half the time.
"""

from __future__ import annotations

from attrs import frozen

from aggregator.adapter.kinds import LooseText, TextId
from aggregator.adapter.schema import Schema


@frozen(kw_only=True, slots=False)
class Person:
    """A person; last names may be "", phones are free text such as "(267)977-0572x195"."""

    uuid: str | None = None
    first_name: str | None = None
    last_name: str | None = None
    email: str | None = None
    phone: LooseText | None = None
    job_title: str | None = None


@frozen(kw_only=True, slots=False)
class AccountManager:
    """An employee of Crux, as an account manager or as the one who approved a request."""

    uuid: str | None = None
    person: Person | None = None


@frozen(kw_only=True, slots=False)
class Organization:
    """A business.

    `website` came with the last unprefixed generation; `retailer_uuid` and `supplier_uuid` with `/timp/`, where the
    one that does not apply is "". `active_date` is null in every documented example.
    """

    uuid: TextId
    name: str | None = None
    website: str | None = None
    org_type: str | None = None
    status: str | None = None
    created_date: str | None = None
    active_date: str | None = None
    account_manager: AccountManager | None = None
    retailer_uuid: str | None = None
    supplier_uuid: str | None = None


@frozen(kw_only=True, slots=False)
class Party:
    """A side of a connection. Its `uuid` is *not* the organization's, by which orders refer to it."""

    organization: Organization
    uuid: str | None = None
    contact: Person | None = None


# {"uuid": "4db3…", "retailer": {"uuid": "6014…", "organization": {"uuid": "9320…", "name": "Crux Retailer", …}},
#  "supplier": {"uuid": "b5f0…", "organization": {…}}, "status": "ACTIVE", "account_manager": {"uuid": …, "person": …},
#  "suppliers_retailer_account_number": null, "retailers_supplier_account_number": null}
@frozen(kw_only=True, slots=False)
class Connection:
    """A connection. The values of `allocation_type` are not documented: it is null in every example."""

    uuid: TextId
    retailer: Party
    supplier: Party
    status: str | None = None
    account_manager: AccountManager | None = None
    suppliers_retailer_account_number: LooseText | None = None
    retailers_supplier_account_number: LooseText | None = None
    allocation_type: object = None
    deactivated_date: str | None = None


@frozen(kw_only=True, slots=False)
class Integration:
    """A feed that was asked for along with a connection; `update_frequency` is a cron line."""

    record_uuid: str | None = None
    integration_type: str | None = None
    update_frequency: str | None = None
    feed_source_file_locations: object = None
    file_specs: object = None
    rules: object = None
    date_created: str | None = None


@frozen(kw_only=True, slots=False)
class UploadedFile:
    """A file sent along with a connection request."""

    name: str | None = None
    uuid: str | None = None


# {"record_uuid": "6c82…", "org_name": "G", "org_contact_full_name": "g", "primary_contact_phone": "g",
#  "primary_contact_email": "g@g.gg", "retailer_account_number": "", "additional_information": "",
#  "request_date": "2018-04-09", "is_approved": false, "approved_by": null, "integrations": […], "uploaded_files": […]}
@frozen(kw_only=True, slots=False)
class ConnectionRequest:
    """A connection that was asked for. Who approves it is an employee of Crux, not the partner."""

    record_uuid: TextId
    org_name: str | None = None
    org_contact_full_name: str | None = None
    primary_contact_phone: LooseText | None = None
    primary_contact_email: str | None = None
    retailer_account_number: LooseText | None = None
    additional_information: str | None = None
    request_date: str | None = None
    is_approved: bool | None = None
    approved_by: AccountManager | None = None
    integrations: tuple[Integration, ...] | None = None
    uploaded_files: tuple[UploadedFile, ...] | None = None


# A name of the wrong type is not set aside: a partner without a name would pass for one that is missing elsewhere.
CONNECTION = Schema(Connection, matters=("status", "retailer.organization.name", "supplier.organization.name"))
CONNECTION_REQUEST = Schema(ConnectionRequest, matters=("org_name",))
PARTY = Schema(Party, matters=("organization.name",))
ORGANIZATION = Schema(Organization, matters=("name",))
