"""Our matcher on the sandbox's world, where every corruption is known, so that errors can be sliced by cause."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any

import attrs

from aggregator.sandbox.world import PLATFORMS, PartnerRecord, World
from benchmarks.matching import figures
from benchmarks.matching.figures import Link, Truth
from benchmarks.matching.registry import TOOLS
from benchmarks.matching.running import link

# What a partner list would have; not the truth, the causes and the statuses.
_COLUMNS: dict[str, Callable[[PartnerRecord], str | None]] = {
    "id": lambda record: record.native_id,
    "name": lambda record: record.name,
    "website": lambda record: record.website,
    "phone": lambda record: record.phone,
    "email": lambda record: record.email,
    "contact": lambda record: f"{record.contact.first_name} {record.contact.last_name}" if record.contact else None,
    "account_number": lambda record: record.account_number,
}


@attrs.frozen
class Sides:
    """Two platforms' records by id, and which pairs of them are one business."""

    world: World
    left: dict[str, PartnerRecord]
    right: dict[str, PartnerRecord]
    truth: Truth


def write_world(folder: Path, partners: int, seed: int) -> dict[str, Sides]:
    """Write every pair of platforms as a labelled set, with what a partner list would have, and return the truth."""
    world = World.generate(partners, seed)
    return {f"{left}-{right}": _write(world, folder, left, right) for left, right in combinations(PLATFORMS, 2)}


def _write(world: World, folder: Path, left: str, right: str) -> Sides:
    home = folder / f"{left}-{right}"
    home.mkdir(parents=True, exist_ok=True)
    sides = [{record.native_id: record for record in world.records[name]} for name in (left, right)]
    for name, side in zip("ab", sides, strict=True):
        rows = [[tell(record) or "" for tell in _COLUMNS.values()] for record in side.values()]
        _table(home / f"{name}.csv", list(_COLUMNS), rows)
    by_business: dict[str, list[str]] = {}
    for identifier, record in sides[1].items():
        by_business.setdefault(record.business_id, []).append(identifier)
    truth = [(one, other) for one, record in sides[0].items() for other in by_business.get(record.business_id, ())]
    _table(home / "truth.csv", ["a_id", "b_id"], truth)
    return Sides(world, sides[0], sides[1], frozenset(truth))


def _table(path: Path, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(columns)
        writer.writerows(rows)


def measure(folder: Path, out: Path, *, partners: int, seed: int, cap: float) -> dict[str, Any]:
    """Link every pair of platforms by our command; what was right, and what went wrong by cause."""
    joined: list[tuple[Sides, list[Link]]] = []
    for name, sides in write_world(folder, partners, seed).items():
        outcome = link(TOOLS[0], folder / name, out / f"world-{name}.csv", cap=cap)
        if outcome.run.failure:
            return {"failure": outcome.run.failure}
        joined.append((sides, outcome.links))
    # A house with 20 accounts here and 30 there makes 600 pairs, and would drown all others.
    apart = [(_without_hubs(sides), _among(links, _without_hubs(sides))) for sides, links in joined]
    return {
        "partners": partners,
        "seed": seed,
        "all": _overall(joined),
        "without_hubs": _overall(apart),
        "by_cause": _by_cause(apart),
        "false_matches": _false(joined),
        "with_domains": _with_domains(apart),
    }


def _without_hubs(sides: Sides) -> Sides:
    hubs = {business.id for business in sides.world.businesses if business.hub}
    left, right = (
        {identifier: record for identifier, record in side.items() if record.business_id not in hubs}
        for side in (sides.left, sides.right)
    )
    return Sides(
        sides.world, left, right, frozenset(pair for pair in sides.truth if pair[0] in left and pair[1] in right)
    )


def _among(links: list[Link], sides: Sides) -> list[Link]:
    return [one for one in links if one.left in sides.left and one.right in sides.right]


def _overall(joined: list[tuple[Sides, list[Link]]]) -> dict[str, Any]:
    taken = [(sides, one) for sides, links in joined for one in figures.accepted(links)]
    right = sum(one.pair in sides.truth for sides, one in taken)
    there = sum(len(sides.truth) for sides, _ in joined)
    waiting = [(sides, one) for sides, links in joined for one in links if one.decision == "review"]
    return {
        "pairs_there_are": there,
        "joined": len(taken),
        "precision": right / max(len(taken), 1),
        "recall": right / max(there, 1),
        "left_for_review": len(waiting),
        "of_these_true": sum(one.pair in sides.truth for sides, one in waiting),
    }


def _by_cause(joined: list[tuple[Sides, list[Link]]]) -> dict[str, dict[str, float]]:
    """Of the true pairs that carry a cause: how many, the share joined, and the share joined or left for review."""
    counts: Counter[tuple[str, str]] = Counter()
    for sides, links in joined:
        decisions = {one.pair: one.decision for one in links}
        for one, other in sides.truth:
            decision = decisions.get((one, other), "")
            for cause in _causes(sides, one, other):
                counts[cause, "pairs"] += 1
                counts[cause, "joined"] += decision == "match"
                counts[cause, "seen"] += decision in {"match", "review"}
    causes = sorted({cause for cause, _ in counts}, key=lambda cause: -counts[cause, "pairs"])
    return {
        cause: {
            "pairs": counts[cause, "pairs"],
            "joined": counts[cause, "joined"] / counts[cause, "pairs"],
            "joined_or_review": counts[cause, "seen"] / counts[cause, "pairs"],
        }
        for cause in causes
    }


def _causes(sides: Sides, one: str, other: str) -> set[str]:
    left, right = sides.left[one], sides.right[other]
    causes = {*left.corruptions, *right.corruptions}
    shared = [name for name in ("website", "phone", "account_number") if getattr(left, name) and getattr(right, name)]
    causes |= {f"{name} on both sides" for name in shared}
    if left.duplicate or right.duplicate:
        causes.add("duplicate")
    return causes | ({"nothing but names"} if not shared and not (left.email and right.email) else set())


def _false(joined: list[tuple[Sides, list[Link]]]) -> dict[str, Any]:
    """The wrong matches by how the two businesses are related, with some examples."""
    kinds: Counter[str] = Counter()
    examples = []
    for sides, links in joined:
        related = {business.id: business for business in sides.world.businesses}
        for one in figures.accepted(links):
            if one.pair in sides.truth:
                continue
            left, right = sides.left[one.left], sides.right[one.right]
            kind = _relation(related[left.business_id], related[right.business_id])
            kinds[kind] += 1
            examples.append({"kind": kind, "left": left.name, "right": right.name, "probability": one.score})
    return {"by_relation": dict(kinds.most_common()), "examples": examples}


def _relation(one: Any, other: Any) -> str:
    for first, second in ((one, other), (other, one)):
        if first.relative_id == second.id:
            return str(first.relation)
    return "sibling" if one.relative_id and one.relative_id == other.relative_id else "unrelated"


def _with_domains(joined: list[tuple[Sides, list[Link]]]) -> dict[str, float]:
    """Only the pairs of records that both have a web domain: the most recall at a precision of .99."""
    links, there, accepted = [], 0, []
    for sides, found in joined:
        sited = [{i for i, record in side.items() if record.website} for side in (sides.left, sides.right)]
        there += sum(one in sited[0] and other in sited[1] for one, other in sides.truth)
        inside = [one for one in found if one.left in sited[0] and one.right in sited[1]]
        links += [(one.score, one.pair in sides.truth) for one in inside]
        accepted += [one.pair in sides.truth for one in inside if one.decision == "match"]
    right, recall, ordered = 0, 0.0, sorted(links, reverse=True)
    for count, (_, true) in enumerate(ordered, 1):
        right += true
        if right / count >= 0.99:
            recall = right / max(there, 1)
    return {
        "pairs": there,
        "recall_at_99": recall,
        "match_recall": sum(accepted) / max(there, 1),
        "match_precision": sum(accepted) / max(len(accepted), 1),
    }
