"""Everything Commerce Layer sent of a record, typed, from the raw payload that the record keeps."""

from __future__ import annotations

from typing import TypeVar, overload

from adapters.commerce_layer.mapping import read_details
from adapters.commerce_layer.wire import (
    DETAILS,
    Details,
    Included,
    MembershipDetails,
    OrganizationDetails,
    RoleDetails,
)
from aggregator.adapter import DriftCount, Unreadable
from aggregator.errors import UsageError
from aggregator.model import AccessRole, Membership, Organization
from aggregator.model.raw import thaw

D = TypeVar("D", bound=Details)


@overload
def details(record: Organization) -> OrganizationDetails: ...
@overload
def details(record: Membership) -> MembershipDetails: ...
@overload
def details(record: AccessRole) -> RoleDetails: ...
def details(record: Organization | Membership | AccessRole) -> Details:
    """Return all attributes that Commerce Layer documents of a record, typed, in its own words.

    Args:
        record: An organization, membership or role of Commerce Layer, fetched just now or loaded from a snapshot.

    Raises:
        UsageError: It is no record of Commerce Layer's, or its raw payload was dropped.
    """
    kind = DETAILS.get(str(record.raw.get("type")))
    if kind is None or record.source.vendor != "commerce_layer":
        raise UsageError(f"There are no details of {record.source} at Commerce Layer.")
    try:
        return read_details(thaw(record.raw), kind, DriftCount())
    except Unreadable as error:
        raise UsageError(f"The raw payload of {record.source} cannot be read: {error}.") from error


def included(record: Organization | Membership | AccessRole, kind: type[D]) -> tuple[Included[D], ...]:
    """Return the resources of a kind that came along with a record, typed; none where `include` did not ask for them.

    Args:
        record: A record of Commerce Layer, fetched just now or loaded from a snapshot.
        kind: The class of their attributes, such as PermissionDetails.

    Raises:
        UsageError: One of them cannot be read.
    """
    came = thaw(record.raw.get("included"))
    rows = [one for one in came if DETAILS.get(str(one.get("type"))) is kind] if isinstance(came, list) else []
    try:
        return tuple([Included(id=str(one["id"]), attributes=read_details(one, kind, DriftCount())) for one in rows])
    except Unreadable as error:
        raise UsageError(f"What came along with {record.source} cannot be read: {error}.") from error
