"""fabric Dropship: `Fabric`, and what it sends in classes of its own words."""

from adapters.fabric.adapter import PRODUCTION, Fabric
from adapters.fabric.wire import (
    Attachment,
    BrandDetails,
    Carrier,
    ConnectionContact,
    ConnectionDetails,
    GenericShippingMethod,
    Location,
    Manager,
    Memo,
    Option,
    Party,
    Person,
    Referral,
    RetailerDetails,
    ShippingAccount,
    ShippingMethod,
    Tag,
)

__all__ = [
    "PRODUCTION",
    "Attachment",
    "BrandDetails",
    "Carrier",
    "ConnectionContact",
    "ConnectionDetails",
    "Fabric",
    "GenericShippingMethod",
    "Location",
    "Manager",
    "Memo",
    "Option",
    "Party",
    "Person",
    "Referral",
    "RetailerDetails",
    "ShippingAccount",
    "ShippingMethod",
    "Tag",
]
