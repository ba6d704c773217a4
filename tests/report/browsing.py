"""A real browser that asks for nothing but the page, and reports made by hand."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import which
from typing import Any

import numpy as np

from aggregator.model import ConnectionStatus
from aggregator.reconcile import Claim, Finding, Partner, Reconciliation, Severity, reconcile
from aggregator.reconcile.account_views import view_accounts
from aggregator.reconcile.matching import Decision, Evidence, MatchResult, PairTable
from aggregator.reconcile.matching.features.circumstance_codes import PAIR_CIRCUMSTANCES
from aggregator.reconcile.matching.weighed import Weighed
from aggregator.snapshot import Snapshot
from tests.reconcile.making import connection, listing, snapshot

IMAGES = Path(__file__).parents[2] / "docs" / "images"

# Milliseconds after which a test that hangs fails; a busy machine may take some of them.
PATIENCE = 60_000

CHROMIUM = which("chromium") or which("chromium-browser")

_FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

HOSTILE = (
    "<script>document.title='owned'</script>",
    '"><img src=x onerror="document.title=\'owned\'">',
    '=HYPERLINK("http://evil.test","click")',
    "+1+1",
    "-2+3",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "\uff1d1+1",
    "\uff20SUM(A1)",
    "'=1+1",
    "\u202egnp.exe \u2066 turned",
    "</script><script>document.title='owned'</script>",
    "x" * 10_000,
    "\u2028 line \u2029 parted",
)


@contextmanager
def page_in_browser(**settings: Any) -> Iterator[Any]:
    """A page of a new browser; at the end, no error was logged."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - only where there is a browser

    complaints: list[str] = []
    with sync_playwright() as started:
        browser = started.chromium.launch(executable_path=CHROMIUM, args=list(_FLAGS), timeout=PATIENCE)
        page: Any = browser.new_context(**{"viewport": {"width": 1280, "height": 900}, **settings}).new_page()
        page.set_default_timeout(PATIENCE)
        page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.asked = asked
        yield page
        browser.close()
    assert complaints == []


def open_report(page: Any, path: Path) -> None:
    """Open a report and wait until its script is done."""
    page.goto(path.as_uri())
    page.wait_for_selector("html[data-ready=yes]", timeout=PATIENCE)


def wait_for_text(page: Any, selector: str, pattern: str) -> None:
    """Wait until an element's text fits a regular expression; its policy lets no test run a script."""
    from playwright.sync_api import expect  # noqa: PLC0415 - only where there is a browser

    expect(page.locator(selector)).to_have_text(re.compile(pattern), timeout=PATIENCE)


def picture(page: Any, name: str) -> None:
    """Take the picture that the documentation shows, where AGGREGATOR_PICTURES=1 asks for it."""
    if os.environ.get("AGGREGATOR_PICTURES"):
        page.screenshot(path=IMAGES / f"{name}.png")


def serious_faults(page: Any) -> list[str]:
    """What axe-core finds that keeps people from using the page."""
    from axe_playwright_python.sync_playwright import Axe  # noqa: PLC0415 - only where there is a browser

    found = Axe().run(page).response["violations"]
    grave = [one for one in found if one["impact"] in {"serious", "critical"}]
    return [f"{one['id']}: {one['nodes'][0]['html'][:200]}" for one in grave]


def hostile_snapshot() -> Snapshot:
    """Two platforms whose partners are called what no partner should be."""
    names = list(enumerate(HOSTILE))
    left = [connection(name, f"a{number}", contacts=()) for number, name in names]
    right = [connection(name, f"b{number}", vendor="fabric", status=ConnectionStatus.ENDED) for number, name in names]
    return snapshot(listing(*left), listing(*right, vendor="fabric", complete=False))


def doubtful_snapshot(count: int = 14) -> Snapshot:
    """Two platforms whose partners may or may not be the same."""
    words = ("Alder", "Birch", "Cedar", "Dogwood", "Elm", "Fir", "Gum", "Hazel", "Ivy", "Juniper", "Kapok", "Larch")
    trades = (("Foods", "Food"), ("Garments", "Garment"))
    # No three differ in the same word: that would be how the platforms write.
    others = ("Services", "Systems", "Solutions", "Products", "Logistics", "Supplies", "Trading")
    left, right = [], []
    for number in range(count):
        word, (trade, other) = words[number % len(words)], trades[number % len(trades)]
        place = word + ("wick", "ford", "stead", "holme")[number // len(words)]
        left.append(connection(f"{place} {trade}", f"a{number}"))
        right.append(connection(f"{place} {other} {others[number % len(others)]}", f"b{number}", vendor="fabric"))
    return snapshot(listing(*left), listing(*right, vendor="fabric"))


def crowded_snapshot() -> Snapshot:
    """Three platforms on which look-alikes crowd: duplicates within one, namesakes, and records with rivals."""
    words = ("Alder", "Birch", "Cedar", "Dogwood")
    made = []
    for vendor in ("crux", "fabric", "commerce_layer"):
        rows = []
        for number, word in enumerate(words):
            rows += [
                connection(f"{word} Bicycles", f"{vendor[0]}{number}a", vendor=vendor),
                connection(f"{word} Bicycles Co.", f"{vendor[0]}{number}b", vendor=vendor),
                connection(f"{word} Candles", f"{vendor[0]}{number}c", vendor=vendor),
            ]
        made.append(listing(*rows, vendor=vendor))
    return snapshot(*made)


def large(count: int) -> Reconciliation:
    """A reconciliation of very many partners; who is who is laid down, not worked out, so that it is quick."""
    statuses = (ConnectionStatus.ACTIVE, ConnectionStatus.PENDING, ConnectionStatus.SUSPENDED)
    taken = snapshot(
        listing(*(connection(f"Partner {n:05d} Ltd", f"a{n}") for n in range(count))),
        listing(
            *(connection(f"Partner {n:05d}", f"b{n}", vendor="fabric", status=statuses[n % 3]) for n in range(count)),
            vendor="fabric",
            complete=False,
        ),
    )
    views = view_accounts(taken)
    sides = [{entry.id: entry for entry in view.entries} for view in views]

    def told(pairs: Iterable[object], *, unaided: bool = False) -> list[tuple[float, tuple[Evidence, ...]]]:
        del unaided
        return [(0.97, (Evidence(sentence="the names share a rare word", weight=5.5),)) for _ in pairs]

    partners = tuple(
        Partner(
            id=f"{n:016x}",
            name=f"Partner {n:05d}",
            entries=(sides[0][f"oa{n}"], sides[1][f"ob{n}"]),
            joints=lambda _: (),
        )
        for n in range(count)
    )
    findings = tuple(
        Finding(
            code="status-conflict",
            severity=Severity.WARNING,
            message=f"{partner.name} is active on crux and {partner.entries[1].status} on fabric.",
            partner_id=partner.id,
            accounts=("crux:acme", "fabric:acme"),
            claims=tuple(
                Claim(account=one.account.label, key=one.key, value=one.status, native=one.status_native)
                for one in partner.entries
            ),
        )
        for partner in partners
        if partner.entries[1].status is not ConnectionStatus.ACTIVE
    )
    keys = tuple(entry.key for partner in partners for entry in partner.entries)
    numbers = np.arange(count, dtype=np.int64)
    table = PairTable(
        left=numbers * 2,
        right=numbers * 2 + 1,
        probability=np.full(count, 0.97),
        decision=np.full(count, Decision.MATCH.code, np.int8),
    )
    result = MatchResult(
        keys=keys,
        sources=tuple(entry.account.label for partner in partners for entry in partner.entries),
        profiles=(),
        table=table,
        home=np.repeat(numbers * 2, 2),
        weighed=Weighed(
            source=np.tile(np.array([0, 1], np.int32), count),
            left=numbers * 2,
            right=numbers * 2 + 1,
            base=np.full(count, 3.5),
            names=np.full(count, 2.5, np.float32),
            circumstances=np.zeros((count, len(PAIR_CIRCUMSTANCES)), np.int8),
            habits=np.zeros(count, np.int8),
            suffixed=np.zeros(count, bool),
            left_by_lists=np.zeros(count, bool),
        ),
        explain=told,
    )
    return Reconciliation(
        taken_at=taken.taken_at,
        partners=partners,
        matches=tuple(result.pairs()),
        review=(),
        findings=findings,
        coverage=views,
        result=result,
        match_from=0.9,
        review_from=0.2,
    )


def reconciled(taken: Snapshot) -> Reconciliation:
    """The reconciliation of a snapshot."""
    return reconcile(taken)
