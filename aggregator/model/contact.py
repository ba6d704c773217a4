"""People and places."""

from __future__ import annotations

from attrs import frozen


@frozen(kw_only=True)
class Contact:
    """A person at a partner. Phone numbers stay as the vendor wrote them: "(267)977-0572x195"."""

    id: str | None = None
    name: str | None = None
    first_name: str | None = None
    last_name: str | None = None
    email: str | None = None
    phone: str | None = None
    job_title: str | None = None
    description: str | None = None


@frozen(kw_only=True)
class Address:
    """A postal address. The postal code is text: leading zeros count."""

    name: str | None = None
    business_name: str | None = None
    line1: str | None = None
    line2: str | None = None
    city: str | None = None
    region: str | None = None
    postal_code: str | None = None
    country: str | None = None
    phone: str | None = None
