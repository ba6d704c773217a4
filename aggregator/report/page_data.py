"""What the page reads: a small index at once, and the rest in compressed chunks, opened when they are needed."""

from __future__ import annotations

import gzip
from base64 import b64encode
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from attrs import frozen

from aggregator.model import Connection, Organization
from aggregator.model.activity import NUMBERS
from aggregator.model.converter import dump_json, to_plain
from aggregator.model.raw import bare
from aggregator.reconcile import Entry, Finding, Partner, Reconciliation
from aggregator.reconcile.matching import Decision, Evidence, ScoredPair
from aggregator.reconcile.record_links import RecordLinks, api_address

PARTNERS_A_CHUNK: Final = 200
_CALLED: Final = 80
"""Characters of a name by which a record of another partner is called."""


@frozen(kw_only=True)
class PageData:
    """Blocks of the page, each compressed JSON in base64, which no text of a partner can break out of."""

    index: str
    findings: str
    details: tuple[str, ...]


def page_data(reconciliation: Reconciliation) -> PageData:
    """Return everything the page shows below its first screen."""
    partners = reconciliation.partners
    places = {partner.id: place for place, partner in enumerate(partners)}
    by_partner: dict[str, list[Finding]] = defaultdict(list)
    for finding in reconciliation.findings:
        if finding.partner_id is not None:
            by_partner[finding.partner_id].append(finding)
    index = {
        "accounts": [view.account.label for view in reconciliation.coverage],
        "called": [str(view.account) for view in reconciliation.coverage],
        "chunk": PARTNERS_A_CHUNK,
        "partners": [_row(partner, by_partner[partner.id]) for partner in partners],
    }
    pairs = _pairs(reconciliation)
    homes = {
        entry.key: [place, entry.account.label, entry.name[:_CALLED]]
        for place, partner in enumerate(partners)
        for entry in partner.entries
    }
    entries, links = _by_record(reconciliation), reconciliation.links
    chunks = [partners[start : start + PARTNERS_A_CHUNK] for start in range(0, len(partners), PARTNERS_A_CHUNK)]
    return PageData(
        index=_packed(index),
        findings=_packed([_finding(finding, places, entries, links) for finding in reconciliation.findings]),
        details=tuple(_packed(_chunk(chunk, pairs, reconciliation.evidence, homes, links)) for chunk in chunks),
    )


def _packed(plain: object) -> str:
    return b64encode(gzip.compress(dump_json(plain).encode("ascii"), 6, mtime=0)).decode("ascii")


def _row(partner: Partner, findings: Sequence[Finding]) -> list[Any]:
    """Name, id, standing on each account, findings by severity, further texts to search, orders of the last week."""
    standing: dict[str, list[str]] = defaultdict(list)
    for entry in partner.entries:
        standing[entry.account.label].append("" if entry.status is None else entry.status.value)
    counted = Counter(finding.severity.value for finding in findings)
    words = " ".join(dict.fromkeys(text for entry in partner.entries for text in (entry.name, entry.id)))
    grave = [counted["error"], counted["warning"], counted["info"]]
    return [partner.name, partner.id, standing, grave, words, _orders(partner)]


def _orders(partner: Partner) -> int | None:
    found = [
        connection.activity.orders_last_7_days
        for entry in partner.entries
        for connection in entry.connections
        if connection.activity is not None and connection.activity.orders_last_7_days is not None
    ]
    return sum(found) if found else None


def _by_record(reconciliation: Reconciliation) -> Mapping[str, Entry]:
    """Each entry by its own key and by those of its records."""
    entries = [entry for view in reconciliation.coverage for entry in view.entries]
    return {key: entry for entry in entries for key in (*entry.record_keys, entry.key)}


def _finding(
    finding: Finding, places: Mapping[str, int], entries: Mapping[str, Entry], links: RecordLinks
) -> list[Any]:
    """What the list of findings shows; a claim, or else a record that it rests on, with its links."""
    rests_on = {} if finding.claims else {entries[key].key: entries[key] for key in finding.records if key in entries}
    return [
        finding.severity.value,
        finding.code,
        finding.message,
        None if finding.partner_id is None else places.get(finding.partner_id),
        list(finding.accounts),
        finding.field,
        [
            [claim.account, claim.value, claim.native, *_addresses(entries.get(claim.key), links)]
            for claim in finding.claims
        ],
        list(finding.evidence),
        [
            [entry.account.label, *addresses]
            for entry in rests_on.values()
            if any(addresses := _addresses(entry, links))
        ],
    ]


def _addresses(entry: Entry | None, links: RecordLinks) -> tuple[str | None, str | None]:
    """The page of an entry for people, and its record in the API."""
    return (None, None) if entry is None else (links.page(entry), links.api(entry))


def _pairs(reconciliation: Reconciliation) -> Mapping[str, list[ScoredPair]]:
    """What is known of each entry's pairs: a match under its left entry, what a person should look at under both."""
    found: dict[str, list[ScoredPair]] = defaultdict(list)
    for pair in (*reconciliation.matches, *reconciliation.review):
        found[pair.left].append(pair)
        if pair.decision is not Decision.MATCH:
            found[pair.right].append(pair)
    return found


def _chunk(
    partners: Sequence[Partner],
    pairs: Mapping[str, list[ScoredPair]],
    evidence: Mapping[tuple[str, str], Sequence[Evidence]],
    homes: Mapping[str, list[Any]],
    links: RecordLinks,
) -> dict[str, Any]:
    """Partners in full, and which records of others they may be.

    Reasons are numbers of sentences, since most are said of many pairs, and their weights.
    """
    sentences: dict[str, int] = {}
    others: dict[str, list[Any]] = {}

    def told(pair: ScoredPair) -> list[Any]:
        others.update((key, homes[key]) for key in (pair.left, pair.right))
        reasons = [
            [sentences.setdefault(one.sentence, len(sentences)), round(one.weight, 2)]
            for one in evidence[pair.left, pair.right]
        ]
        return [pair.left, pair.right, round(pair.probability, 4), pair.decision.value, reasons]

    plain = [
        {
            "entries": [entry_plain(entry, links) for entry in partner.entries],
            "pairs": [told(pair) for entry in partner.entries for pair in pairs.get(entry.key, ())],
        }
        for partner in partners
    ]
    return {"partners": plain, "sentences": list(sentences), "others": others}


def entry_plain(entry: Entry, links: RecordLinks) -> dict[str, Any]:
    """Return an entry for people to compare: what it says, field by field, where it can be looked at, and records."""
    return {
        "account": entry.account.label,
        "key": entry.key,
        "fields": {name: value for name, value in fields_of(entry) if value},
        "page": links.page(entry),
        "records": [_record(record, links.page(entry, record)) for record in entry.records],
    }


def fields_of(entry: Entry) -> Iterator[tuple[str, str]]:
    """Yield what people compare of an entry: names of fields and what is said, empty where nothing is."""
    yield "Name", entry.name
    yield "Status", "" if entry.status is None else entry.status.value
    yield "In its own words", entry.status_native or ""
    yield "Role", "" if entry.role is None else entry.role.value
    organization = entry.organization
    address = None if organization is None else organization.address
    yield "Also called", "" if organization is None else ", ".join(organization.aliases)
    yield "Website", (organization and organization.website) or ""
    yield "E-mail", (organization and organization.email) or ""
    yield "Phone", (organization and organization.phone) or ""
    yield "Address", ", ".join(str(part) for part in to_plain(address).values() if part) if address else ""
    yield "Contacts", "; ".join(" ".join(filter(None, (one.name, one.email, one.phone))) for one in entry.contacts)
    yield "Our number", ", ".join(entry.account_numbers)
    yield "Their number", ", ".join(entry.partners_account_numbers)
    yield "Since", "" if entry.since is None else f"{entry.since:%Y-%m-%d}"
    for connection in entry.connections:
        yield from _activity_fields(connection)
    identifiers = () if organization is None else organization.identifiers
    yield "Identifiers", ", ".join(f"{one.scheme} {one.value}" for one in identifiers)
    yield "Its id", entry.id


def _activity_fields(connection: Connection) -> Iterator[tuple[str, str]]:
    activity = connection.activity
    for name in () if activity is None else NUMBERS:
        value = getattr(activity, name)
        said = f"{value:%Y-%m-%d %H:%M} UTC" if isinstance(value, datetime) else "" if value is None else str(value)
        yield name.replace("_", " ").capitalize(), said
    if activity is not None:
        until = "" if activity.as_of is None else f", up to {activity.as_of:%Y-%m-%d %H:%M} UTC"
        yield "These numbers are", f"{activity.origin}{until}"


def _record(record: Connection | Organization, page: str | None) -> dict[str, Any]:
    return {
        "key": str(record.key),
        "request": record.source.request,
        "number": record.source.page,
        "pointer": record.source.pointer,
        "page": page,
        "api": api_address(record),
        "raw": bare(record.raw),
    }
