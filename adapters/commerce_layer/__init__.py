"""Commerce Layer, through its Provisioning API: organizations, their people and their roles."""

from adapters.commerce_layer.adapter import CommerceLayer
from adapters.commerce_layer.wire import (
    ApiCredentialDetails,
    ApplicationMembershipDetails,
    Included,
    MembershipDetails,
    MembershipProfileDetails,
    OrganizationDetails,
    PermissionDetails,
    RoleDetails,
    VersionDetails,
)

__all__ = [
    "ApiCredentialDetails",
    "ApplicationMembershipDetails",
    "CommerceLayer",
    "Included",
    "MembershipDetails",
    "MembershipProfileDetails",
    "OrganizationDetails",
    "PermissionDetails",
    "RoleDetails",
    "VersionDetails",
]
