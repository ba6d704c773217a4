"""What partners are called, by the side of the trade that they are on; whoever compares such words takes them here.

What a use leaves out, it says there, and why.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from aggregator.model import Role
from aggregator.reconcile.folding import folded

# One of them, and several: "cliente" is Spanish and Italian.
_SUPPLIERS: Final = (
    "supplier/suppliers vendor/vendors seller/sellers creditor/creditors lieferant/lieferanten kreditor/kreditoren "
    "fournisseur/fournisseurs proveedor/proveedores fornitore/fornitori fornecedor/fornecedores "
    "leverancier/leveranciers crediteur/crediteuren leverandør/leverandører leverantör/leverantörer dostawca/dostawcy "
    "dodavatel/dodavatele furnizor/furnizori tedarikçi/tedarikçiler"
)
_BRANDS: Final = "brand/brands marke/marken marque/marques marca/marcas"
_MAKERS: Final = (
    "manufacturer/manufacturers hersteller/hersteller fabricant/fabricants fabricante/fabricantes fabrikant/fabrikanten"
)

# A merchant is a retailer, as fabric Dropship calls it; on a marketplace it may be a seller, which is the rarer list.
_SHOPS: Final = (
    "retailer/retailers merchant/merchants dealer/dealers debtor/debtors debitor/debitoren debiteur/debiteuren "
    "detaillant/détaillants händler/händler"
)
_CUSTOMERS: Final = (
    "customer/customers client/clients kunde/kunden cliente/clientes/clienti klant/klanten kund/kunder klient/klienci "
    "zákazník/zákazníci müşteri/müşteriler"
)
_BUYERS: Final = "buyer/buyers"

# To a shop a distributor is a supplier, and to a brand a customer.
_MIDDLEMEN: Final = "distributor/distributors wholesaler/wholesalers reseller/resellers"
_ANY: Final = "partner/partners account/accounts kontrahent/kontrahenci"

_ORGANIZATIONS: Final = (
    "company/companies organization/organizations organisation/organisations business/businesses firm/firms "
    "entity/entities enterprise/enterprises firma/firmen firmă/firme unternehmen/unternehmen entreprise/entreprises "
    "société/sociétés empresa/empresas azienda/aziende bedrijf/bedrijven företag/företag şirket/şirketler"
)


def _written(*texts: str) -> list[tuple[str, ...]]:
    return [tuple(pair.split("/")) for text in texts for pair in text.split()]


def _words(*texts: str) -> frozenset[str]:
    return frozenset(folded(word) for pair in _written(*texts) for word in pair)


_SIDES: Final = (_SUPPLIERS, _BRANDS, _MAKERS, _SHOPS, _CUSTOMERS, _BUYERS)
_PARTNERS: Final = (*_SIDES, _MIDDLEMEN, _ANY)

SUPPLIERS: Final = _words(_SUPPLIERS, _BRANDS, _MAKERS)
RETAILERS: Final = _words(_SHOPS, _CUSTOMERS, _BUYERS)
PARTNERS: Final = _words(*_PARTNERS)
"""Everybody, of either side and of any; one of them, and several."""

WITH_ACCENTS: Final = frozenset(word for pair in _written(*_PARTNERS) for word in pair)
"""The same for texts that are compared as they are written."""

ORGANIZATIONS: Final = _words(_ORGANIZATIONS)
"""What anybody is, one's own company as well."""

SINGULARS: Final = frozenset(folded(pair[0]) for pair in _written(*_PARTNERS))
"""One partner."""

PLURALS: Final = frozenset(folded(word) for pair in _written(*_PARTNERS, _ORGANIZATIONS) for word in pair[1:])
"""Several partners or organizations."""

BRANDS: Final = _words(_BRANDS)
"""A brand is a supplier, what a supplier is also called, or the shop's own."""

CUSTOMERS: Final = _words(_CUSTOMERS)
"""They may be persons."""

STAFF: Final = _words(_BUYERS) | {"handler"}
"""In English, these may be people of one's own company: its buyer, and who handles a case."""

THIRD_PARTIES: Final = _words(_MAKERS, _MIDDLEMEN)
"""Who makes goods or hands them on: beside a partner, another business."""

ACCOUNTS: Final = frozenset({"account", "accounts"})
"""They may be a bank's or a ledger's."""


def role_of(word: str) -> Role | None:
    """Return the side of the trade that a word says; None if it says none, or if it is on either."""
    said = folded(word)
    return Role.SUPPLIER if said in SUPPLIERS else Role.RETAILER if said in RETAILERS else None


def one_of(words: Iterable[str]) -> str:
    """Return a pattern of one of these words, the longest that is there."""
    return "|".join(map(re.escape, sorted(words, key=lambda word: (-len(word), word))))
