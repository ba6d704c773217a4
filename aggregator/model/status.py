"""One vocabulary for what the platforms say of a partner; the platform's own word always stays beside it."""

from enum import StrEnum


class Role(StrEnum):
    """Which side of a trade an organization is on."""

    RETAILER = "retailer"
    SUPPLIER = "supplier"  # fabric Dropship says "brand"
    TENANT = "tenant"  # a Commerce Layer organization: a shop of its own, on neither side

    @property
    def counterpart(self) -> "Role":
        """The other side: a retailer's is the supplier; a tenant has none but itself."""
        return _COUNTERPARTS[self]


_COUNTERPARTS = {Role.RETAILER: Role.SUPPLIER, Role.SUPPLIER: Role.RETAILER, Role.TENANT: Role.TENANT}


class ConnectionStatus(StrEnum):
    """How far a connection has come. UNKNOWN is a word we have not met; it is kept in `status_native`."""

    PENDING = "pending"
    ONBOARDING = "onboarding"
    ACTIVE = "active"
    SUSPENDED = "suspended"
    ENDED = "ended"
    UNKNOWN = "unknown"


class OrganizationStatus(StrEnum):
    """Whether a platform lets an organization trade at all."""

    PENDING = "pending"
    ACTIVE = "active"
    DEACTIVATED = "deactivated"
    UNKNOWN = "unknown"


class MembershipStatus(StrEnum):
    """Whether a person has accepted to be a member of an organization."""

    PENDING = "pending"
    ACTIVE = "active"
    UNKNOWN = "unknown"


class OrderStatus(StrEnum):
    """How far a purchase order has come."""

    NEW = "new"
    PENDING = "pending"
    COMPLETE = "complete"
    CANCELLED = "cancelled"
    UNKNOWN = "unknown"


class LineItemStatus(StrEnum):
    """How far one line of a purchase order has come."""

    UNALLOCATED = "unallocated"
    PARTIAL = "partial"
    ALLOCATED = "allocated"
    REJECTED = "rejected"
    NEEDS_TRACKING = "needs_tracking"
    HAS_TRACKING = "has_tracking"
    BACKORDERED = "backordered"
    CANCELLED = "cancelled"
    DELIVERED = "delivered"
    UNKNOWN = "unknown"
