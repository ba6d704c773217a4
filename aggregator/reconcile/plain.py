"""A reconciliation as plain values for JSON, piece by piece, so that a long one need not be held twice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, Final

from aggregator.model import Activity
from aggregator.model.activity import NUMBERS
from aggregator.model.converter import dump_json, to_plain
from aggregator.reconcile.account_views import AccountView
from aggregator.reconcile.entries import Entry

if TYPE_CHECKING:
    from aggregator.reconcile.matching import ScoredPair
    from aggregator.reconcile.reconciliation import Partner, Reconciliation
    from aggregator.reconcile.record_links import RecordLinks

FORMAT: Final = 2
"""1 wrote out the reasons of every pair and the origin of every number; in 2 they stand once."""


def sections_of(reconciliation: Reconciliation) -> Iterator[tuple[str, Any]]:
    """Yield the name and the value of each part; long ones are iterators, to be read in this order.

    "sentences" comes last, since it holds the sentences of the pairs that were read.
    """
    sentences: dict[str, int] = {}
    yield "format", FORMAT
    yield "taken_at", reconciliation.taken_at.isoformat()
    yield "coverage", [_plain_view(view) for view in reconciliation.coverage]
    yield "partners", (_plain_partner(one, reconciliation.links) for one in reconciliation.partners)
    yield "remembered", dict(sorted(reconciliation.remembered.items()))
    yield "matches", _plain_pairs(reconciliation, reconciliation.matches, sentences)
    yield "review", _plain_pairs(reconciliation, reconciliation.review, sentences)
    yield "findings", map(to_plain, reconciliation.findings)
    yield "forgiven", reconciliation.forgiven
    yield "sentences", iter(sentences)


def json_of(reconciliation: Reconciliation) -> Iterator[str]:
    """Yield a reconciliation as one JSON document in ASCII, a line for each partner, pair and finding."""
    for number, (name, value) in enumerate(sections_of(reconciliation)):
        yield f'{"," if number else "{"}\n"{name}":'
        if isinstance(value, Iterator):
            yield "["
            for place, one in enumerate(value):
                yield f"{',' if place else ''}\n{dump_json(one)}"
            yield "]"
        else:
            yield dump_json(value)
    yield "}\n"


def _plain_pairs(
    reconciliation: Reconciliation, pairs: Iterable[ScoredPair], sentences: dict[str, int]
) -> Iterator[dict[str, Any]]:
    for pair in pairs:
        evidence = reconciliation.evidence[pair.left, pair.right]
        yield {
            "left": pair.left,
            "right": pair.right,
            "probability": round(pair.probability, 6),
            "decision": pair.decision.value,
            "evidence": [
                [sentences.setdefault(one.sentence, len(sentences)), round(one.weight, 3)] for one in evidence
            ],
        }


def _plain_view(view: AccountView) -> dict[str, Any]:
    return {
        "account": view.account.label,
        "partners": len(view.entries),
        "taken_at": view.taken_at.isoformat(),
        "proves_absence": view.proves_absence,
        "reason": view.reason,
        "listings": [{"operation": name, "coverage": to_plain(coverage)} for name, coverage in view.listings],
    }


def _plain_activity(activity: Activity) -> dict[str, Any]:
    """Each number that is known with where its window begins; where all windows end and who counted stand once."""
    return {
        "until": to_plain(activity.as_of),
        "origin": activity.origin,
        "numbers": {
            name: {"value": to_plain(value), "since": to_plain(activity.basis(name).since)}
            for name in NUMBERS
            if (value := getattr(activity, name)) is not None
        },
    }


def _plain_partner(partner: Partner, links: RecordLinks) -> dict[str, Any]:
    entries = [_plain_entry(entry, links) for entry in partner.entries]
    return {"id": partner.id, "name": partner.name, "entries": entries}


def _plain_entry(entry: Entry, links: RecordLinks) -> dict[str, Any]:
    return {
        "key": entry.key,
        "account": entry.account.label,
        "id": entry.id,
        "name": entry.name,
        "role": entry.role and entry.role.value,
        "status": entry.status and entry.status.value,
        "status_native": entry.status_native,
        "records": list(entry.record_keys),
        "record_page": links.page(entry),
        "api_record": links.api(entry),
        "activity": [_plain_activity(one) for one in entry.activities],
    }
