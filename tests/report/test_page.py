"""The page as a person uses it, in a real browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from aggregator.cli import run
from aggregator.model import Listing
from aggregator.report import render_page, write_report
from tests.reconcile.making import connection, contact, listing, snapshot
from tests.report.browsing import (
    CHROMIUM,
    hostile_snapshot,
    large,
    open_report,
    page_in_browser,
    picture,
    reconciled,
    serious_faults,
    wait_for_text,
)

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium on this machine")


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report that the demo leaves."""
    folder = tmp_path_factory.mktemp("demo")
    assert run(["demo", "--out", str(folder / "whole")]) == 0
    return folder / "whole" / "latest" / "report" / "index.html"


@pytest.fixture
def page() -> Iterator[Any]:
    """A page of a browser."""
    with page_in_browser() as opened:
        yield opened


def test_the_demo_can_be_looked_at(demo: Path, page: Any) -> None:
    """Search, filter, sort, open a partner, read the evidence and the raw record; nothing is asked of any network."""
    open_report(page, demo)
    assert page.locator("section").first.get_attribute("id") == "coverage"
    assert page.locator(".card").count() == 3
    picture(page, "report")
    page.select_option("#partner-on", "crux:demo")
    page.select_option("#partner-off", "")
    page.select_option("#partner-status", "active")
    wait_for_text(page, "#partner-count", "^[1-6][0-9] partners")
    page.locator("#partner-table").get_by_role("button", name="Findings", exact=True).click()
    assert page.locator("th[aria-sort=descending]").inner_text() == "Findings"
    page.fill("#partner-search", "crux supplier a")
    wait_for_text(page, "#partner-count", "^1 ")
    page.fill("#partner-search", "")
    wait_for_text(page, "#partner-count", "^[1-6][0-9] partners")
    page.locator("#partner-table .open").first.press("Enter")
    dialog = page.locator("dialog[open]")
    dialog.locator("summary").last.click()
    assert 'id"' in dialog.locator("pre").inner_text()
    assert serious_faults(page) == []
    page.keyboard.press("Escape")
    assert page.asked == [demo.as_uri()]


def test_evidence_and_differences_are_shown(demo: Path, page: Any) -> None:
    """Records stand side by side, differences are marked in words, and each reason has its weight."""
    open_report(page, demo)
    page.select_option("#finding-code", "status-conflict")
    wait_for_text(page, "#finding-count", r"^\d{1,2} findings")
    page.locator("#finding-list .open").first.click()
    dialog = page.locator("dialog[open]")
    assert "≠ differs" in dialog.inner_text()
    assert dialog.locator(".weights li").count() > 0
    picture(page, "partner")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_keeps_people_from_using_it(demo: Path, scheme: str) -> None:
    """axe-core finds no serious fault, in the light, in the dark, and on a narrow screen."""
    with page_in_browser(color_scheme=scheme) as page:
        open_report(page, demo)
        assert serious_faults(page) == []
        page.set_viewport_size({"width": 390, "height": 800})
        assert serious_faults(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_status_against_status_counts_every_partner_once(demo: Path, page: Any) -> None:
    """Between any two platforms the cells add up to all partners, and those that differ say so."""
    open_report(page, demo)
    total = int(page.locator("#partner-count").inner_text().split()[0])
    for rows, columns in (("crux:demo", "fabric:demo"), ("fabric:demo", "commerce_layer:demo")):
        page.select_option("#matrix-rows", rows)
        page.select_option("#matrix-columns", columns)
        cells = page.locator("#matrix td.figure").all_inner_texts()
        assert sum(int(text.split()[0]) for text in cells if text != "·") == total
        assert any("≠" in text for text in cells) == (rows == "crux:demo")


def marked(path: Path, page: Any, *sides: Listing[Any]) -> int:
    """How many differences are marked between the records of the first partner."""
    path.write_text(render_page(reconciled(snapshot(*sides))), "utf-8")
    open_report(page, path)
    page.locator("#partner-table .open").first.click()
    page.wait_for_selector("dialog[open]")
    return int(page.locator("dialog .side .mark").count())


def test_spellings_that_mean_the_same_are_not_marked(tmp_path: Path, page: Any) -> None:
    """A website with and without its scheme and a phone with and without its country do not differ; others do."""
    told = ("https://www.alder.test/", "+44 161 977 1632"), ("alder.test", "0161 9771632"), ("elm.test", "0161 9771632")
    for number, (website, phone) in enumerate(told[1:]):
        sides = [
            listing(
                connection("Alder Bicycles", f"a{vendor}", vendor=vendor, partner={"website": one, "phone": other}),
                vendor=vendor,
            )
            for vendor, (one, other) in (("crux", told[0]), ("fabric", (website, phone)))
        ]
        assert marked(tmp_path / f"{number}.html", page, *sides) == number


def test_a_person_known_in_more_detail_is_not_marked(tmp_path: Path, page: Any) -> None:
    """Contacts of the same addresses do not differ where one platform also knows a number; other people do."""
    for number, (mine, theirs) in enumerate((("ada@x.test", "ada@x.test"), ("ada@x.test", "bob@x.test"))):
        sides = [
            listing(connection("Alder", f"a{vendor}", vendor=vendor, contacts=(who,)), vendor=vendor)
            for vendor, who in (("crux", contact(mine, "+15550100")), ("fabric", contact(theirs)))
        ]
        assert marked(tmp_path / f"{number}.html", page, *sides) == number


def test_an_empty_report_says_so(tmp_path: Path, page: Any) -> None:
    """Where there is nothing, the page says that, and does not ask to search for less."""
    path = tmp_path / "index.html"
    path.write_text(render_page(reconciled(snapshot(listing(), listing(vendor="fabric")))), "utf-8")
    open_report(page, path)
    assert page.locator("#partner-count").inner_text() == "There are no partners."
    assert page.locator("#finding-count").inner_text() == "There are no findings."
    assert not page.locator("#partner-pager").is_visible()
    assert serious_faults(page) == []


def test_it_prints_well(demo: Path, page: Any) -> None:
    """On paper are all lines instead of a page of them, and nothing to press; an open partner is printed alone."""
    open_report(page, demo)
    assert page.locator("#partner-table tbody tr").count() == 25
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    total = int(page.locator("#partner-count").inner_text().split()[0])
    assert page.locator("#partner-table tbody tr").count() == total > 25
    assert page.locator("#partner-pager span").inner_text() == f"1–{total} of {total}"  # noqa: RUF001 - a range
    for pressed in ("#theme", ".pager button", ".controls select", ".controls input", ".about .open"):
        assert not page.locator(pressed).first.is_visible()
    assert page.pdf().startswith(b"%PDF")
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.locator("#partner-table tbody tr").count() == 25
    page.evaluate("location.hash = 'partner=3'")
    page.wait_for_selector("dialog[open]")
    assert not page.locator("#coverage").is_visible()
    assert page.locator("dialog .side").is_visible()


def test_a_doubtful_pair_leads_to_the_other_partner(demo: Path, page: Any) -> None:
    """What a partner may be besides is told with its evidence, by name, and can be opened."""
    open_report(page, demo)
    page.select_option("#finding-code", "maybe-missing")
    wait_for_text(page, "#finding-count", r"^\d{1,2} findings?")
    page.locator("#finding-list li", has_text="see review").locator(".open").first.click()
    dialog = page.locator("dialog[open]")
    assert "a person should look" in dialog.inner_text()
    before = page.locator("#partner-name").inner_text()
    dialog.locator("h4 .open").first.click()
    page.wait_for_function("name => document.getElementById('partner-name').textContent !== name", arg=before)


def test_every_record_leads_to_its_platform(demo: Path, page: Any) -> None:
    """A finding, the records side by side and the raw record link to the page and to the API, apart from each other."""
    open_report(page, demo)
    page.select_option("#finding-code", "status-conflict")
    wait_for_text(page, "#finding-count", r"^\d{1,2} findings")
    finding = page.locator("#finding-list > li").first
    finding.locator("summary").click()
    rows = finding.locator(".claims tbody tr")
    assert rows.get_by_role("link", name="Open the record on").count() == rows.count()
    finding.locator(".open").click()
    links = page.locator("dialog[open] a")
    page.locator("dialog[open] .side a").first.wait_for()
    addresses = [str(links.nth(number).get_attribute("href")) for number in range(links.count())]
    assert any("/sandbox/partners/" in address for address in addresses)
    assert any("/connections/" in address for address in addresses)
    assert all(address.startswith("http://127.0.0.1:") for address in addresses)
    assert {links.nth(number).get_attribute("rel") for number in range(links.count())} == {"noreferrer noopener"}
    assert serious_faults(page) == []


def test_hostile_names_do_nothing(tmp_path: Path, page: Any) -> None:
    """Names that are script, markup, formulas or turn the writing round are shown as text, and run nothing."""
    write_report(reconciled(hostile_snapshot()), tmp_path)
    open_report(page, tmp_path / "index.html")
    assert page.title().startswith("Partners on")
    for number in range(page.locator("#partner-table .open").count()):
        page.locator("#partner-table .open").nth(number).click()
        page.wait_for_selector("dialog[open]")
        page.keyboard.press("Escape")
    assert page.title().startswith("Partners on")
    assert page.locator("img").count() == 0
    assert page.asked == [(tmp_path / "index.html").as_uri()]


def test_an_incomplete_list_cannot_be_missed(tmp_path: Path, page: Any) -> None:
    """The first thing on the page is an alarm that names the list, and why."""
    write_report(reconciled(hostile_snapshot()), tmp_path)
    open_report(page, tmp_path / "index.html")
    alarm = page.locator(".alarm").first
    assert "fabric (acme)" in alarm.inner_text()
    assert alarm.bounding_box()["y"] < 400
    assert "page 7 did not come" in page.locator(".card.broken").inner_text()


def test_twenty_thousand_partners_stay_fluent(tmp_path: Path, page: Any) -> None:
    """All are searched, a page of them is drawn, and the last can be opened."""
    path = tmp_path / "index.html"
    path.write_text(render_page(large(20_000)), "utf-8")
    open_report(page, path)
    assert page.locator("#partner-count").inner_text() == "20,000 partners"
    assert page.locator("#partner-table tbody tr").count() < 100
    page.fill("#partner-search", "19999")
    wait_for_text(page, "#partner-count", "^1 ")
    page.locator("#partner-table .open").first.click()
    assert "Partner 19999 Ltd" in page.locator("dialog[open]").inner_text()
    assert page.locator("dialog .weights li").inner_text().split("\n")[-1] == "the names share a rare word"
