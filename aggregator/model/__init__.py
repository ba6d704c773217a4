"""What every room of the house speaks: businesses, connections, orders, and how complete our knowledge of them is.

No I/O and no vendor words live here.
"""

from aggregator.model.activity import Activity, Basis
from aggregator.model.connection import Connection
from aggregator.model.contact import Address, Contact
from aggregator.model.coverage import Coverage, Drift, Failure, Rejected, StopReason
from aggregator.model.listing import Listing, ListingSource
from aggregator.model.order import Allocation, Fees, LineItem, Order, OrderParty, RequestedShipping, Tracking
from aggregator.model.organization import AccessRole, Identifier, Membership, Organization, Subscription
from aggregator.model.provenance import Explanation, FieldRule, FieldRules
from aggregator.model.record import Record
from aggregator.model.source import RecordKey, Source
from aggregator.model.status import (
    ConnectionStatus,
    LineItemStatus,
    MembershipStatus,
    OrderStatus,
    OrganizationStatus,
    Role,
)

__all__ = [
    "AccessRole",
    "Activity",
    "Address",
    "Allocation",
    "Basis",
    "Connection",
    "ConnectionStatus",
    "Contact",
    "Coverage",
    "Drift",
    "Explanation",
    "Failure",
    "Fees",
    "FieldRule",
    "FieldRules",
    "Identifier",
    "LineItem",
    "LineItemStatus",
    "Listing",
    "ListingSource",
    "Membership",
    "MembershipStatus",
    "Order",
    "OrderParty",
    "OrderStatus",
    "Organization",
    "OrganizationStatus",
    "Record",
    "RecordKey",
    "Rejected",
    "RequestedShipping",
    "Role",
    "Source",
    "StopReason",
    "Subscription",
    "Tracking",
]
