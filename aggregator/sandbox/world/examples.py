"""The partners of the vendors' own documented examples; they live in the world like everybody else.

Names and ids: Crux "Get Connections", fabric "Get supplier connection by ID", Commerce Layer "List all organizations".
"""

from datetime import UTC, datetime

from aggregator.sandbox.world.model import Address, Business, PartnerRecord, Person

_SOMEWHERE = Address(street="30 Rockefeller Plaza", city="New York", postal_code="10112", country="US")


def _business(number: int, name: str, brand: str, domain: str, phone: str, contact: Person) -> Business:
    return Business(
        id=f"example-{number}",
        legal_name=name,
        core=name,
        form="",
        brand=brand,
        domain=domain,
        phone=phone,
        address=_SOMEWHERE,
        tax_id=f"US10000000{number}",
        account_number=f"E{number:06d}",
        contact=contact,
        status="active",
        created_at=datetime(2018, 2, 9, 17, 2, 13, tzinfo=UTC),
    )


_JOE = Person(
    first_name="Joe", last_name="Account", email="joe@cruxaccountmanager.com", phone="(267)977-0572x195", job_title=None
)
_SAMPLE = Person(first_name="sample", last_name="contact", email="demo@xyz.com", phone="9765314368", job_title="Call")
_JOHN = Person(first_name="John", last_name="Doe", email="commercelayer@commercelayer.io", phone=None, job_title=None)

BUSINESSES = (
    _business(1, "Crux Supplier A", "Crux Supplier A", "cruxsuppliera.com", "+12679770572", _JOE),
    _business(2, "Marla Cielo", "Marla Cielo", "marlacielo.com", "+19765314368", _SAMPLE),
    _business(3, "The Blue Brand", "The Blue Brand", "bluebrand.com", "+130800857", _JOHN),
)


def _record(business: Business, platform: str, native_id: str, connection_id: str | None) -> PartnerRecord:
    return PartnerRecord(
        platform=platform,
        business_id=business.id,
        native_id=native_id,
        connection_id=connection_id,
        name=business.legal_name,
        website=None,
        phone=None,
        email=business.contact.email,
        contact=business.contact,
        account_number=None,
        status="active",
        created_at=business.created_at,
        example=True,
    )


RECORDS = {
    "crux": _record(
        BUSINESSES[0], "crux", "757ce28d-fbd6-4b9f-8051-f847482e169f", "4db3ff73-603f-4db6-aaff-ea1acef847a0"
    ),
    "fabric": _record(BUSINESSES[1], "fabric", "500", "1000"),
    "commerce_layer": _record(BUSINESSES[2], "commerce_layer", "xYZkjABcde", None),
}
