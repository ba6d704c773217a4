"""Fields of a partner that are of one kind."""

from __future__ import annotations

from typing import Final

REGISTERED: Final = ("vat", "tax_id", "duns", "gln", "lei")
"""Numbers that a state or a register has given to one business in the world."""

OWN_NUMBERS: Final = frozenset({"id", "account_number", "reference"})
"""Numbers that whoever keeps the list has given to a partner."""
