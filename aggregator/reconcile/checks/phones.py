"""When two ways of writing mean the same telephone number."""

from __future__ import annotations

from aggregator.reconcile.matching.reading.phones import phone_digits


def plain_phone(text: str, region: str | None) -> str:
    """Return the digits of a number with its country code where that is known, else as much as was written.

    Args:
        text: As it was written.
        region: Two letters of the country that a number without a country code is in; None if nobody says.
    """
    return "".join(phone_digits(text, region))


def region_of(text: str) -> str | None:
    """Return the country of a number that is written with its country code; None of others."""
    code, number = phone_digits(text, None)
    if not code:
        return None
    import phonenumbers  # noqa: PLC0415 - heavy, and many lists have no telephone numbers

    dialled = phonenumbers.PhoneNumber(country_code=int(code), national_number=int(number))
    region: str | None = phonenumbers.region_code_for_number(dialled)
    return region


def phones_agree(one: str, other: str) -> bool:
    """Whether two plain numbers are one; the country code may be missing from either."""
    return one.endswith(other) or other.endswith(one)
