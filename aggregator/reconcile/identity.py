"""Names of partners that last: the same partner has the same id in the next run, whatever else came or went."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime
from hashlib import blake2b
from typing import Final

from aggregator.reconcile.entries import Account, Entry

_NEVER = datetime.max.replace(tzinfo=UTC)


def partner_ids(clusters: Sequence[Sequence[Entry]], previous: Mapping[str, str]) -> tuple[str, ...]:
    """Return an id for each cluster, in their order; no two are equal.

    A cluster inherits the id that most of its entries had before; of two that as many had, the one that the older of
    them had. Where two clusters would inherit one id, because a partner was split, the one with more of its entries
    keeps it; of two with as many, the one with the oldest of them. So what is joined again as it was has the id that it
    had. Others get an id made of their oldest entry's key, so that a record that joins later changes nothing.

    Args:
        clusters: The entries of each partner.
        previous: The partner id of each entry key in earlier runs; empty in the first.
    """
    lasting = _lasting(clusters)
    claims = sorted(
        (-len(held), min(held), number, old)
        for number, cluster in enumerate(clusters)
        for old, held in _before(cluster, lasting, previous).items()
    )
    inherited: dict[int, str] = {}
    taken: set[str] = set()
    for *_, number, old in claims:
        if number not in inherited and old not in taken:
            inherited[number] = old
            taken.add(old)
    taken.update(previous.values())  # a partner that is not seen today gets its id back
    ids = []
    for number, cluster in enumerate(clusters):
        oldest = anchor(cluster)
        ids.append(inherited.get(number) or _fresh(lasting.get(oldest, oldest), taken))
        taken.add(ids[-1])
    return tuple(ids)


def remembered(entries: Sequence[Entry], previous: Mapping[str, str], proven: Collection[Account]) -> Mapping[str, str]:
    """Return the ids of earlier runs that the next one should know whatever they are today, by entry key.

    Records that are not seen today get their partner's id back when they return. While some may be away with their
    platform, it is not remembered who is joined with whom without them: tomorrow all may be as it was.

    Args:
        entries: What there is today.
        previous: The partner id of each entry key in earlier runs.
        proven: The accounts of which a record is gone, and not away, when it is not seen.
    """
    unseen = previous.keys() - {entry.key for entry in entries}
    kinds = _KINDS | {_kind_of(entry) for entry in entries}
    away = any(not any(_is_of(account, key, kinds) for account in proven) for key in unseen)
    return {key: previous[key] for key in sorted(previous if away else unseen)}


_KINDS: Final = frozenset({"connection", "organization"})
"""Kinds of records that may be all that a platform has, and of which it may have none today."""


def _kind_of(entry: Entry) -> str:
    return (entry.organization or entry.connections[0]).key.kind


def _is_of(account: Account, key: str, kinds: Collection[str]) -> bool:
    """Whether a key is one of an account, whose name stands in it before a kind of record: VENDOR:ACCOUNT:KIND:ID.

    There may be colons in names and in ids: "table:left:x:organization:9" is of the table "left:x", and not of "left",
    which has no records of a kind "x".
    """
    begins = f"{account.vendor}:{account.name}:"
    if not key.startswith(begins):
        return False
    kind, *rest = key.removeprefix(begins).split(":")
    return kind in kinds or not any(one in kinds for one in rest[:-1])


def _lasting(clusters: Sequence[Sequence[Entry]]) -> Mapping[str, str]:
    """Return the key of each entry that shares its id with others of its account, without what tells it from them.

    So a row that is written twice leaves its partner the id that it had. Where those others are other partners, nobody
    knows whose the id was, and the whole key stands.
    """
    homes: dict[str, set[int]] = defaultdict(set)
    plain: dict[str, str] = {}
    for number, cluster in enumerate(clusters):
        for entry in cluster:
            homes[entry.plain_key].add(number)
            if entry.plain_key != entry.key:
                plain[entry.key] = entry.plain_key
    return {key: name for key, name in plain.items() if len(homes[name]) == 1}


def _before(
    cluster: Sequence[Entry], lasting: Mapping[str, str], previous: Mapping[str, str]
) -> Mapping[str, list[tuple[datetime, str]]]:
    """Return the ids that a partner's entries had in an earlier run, each with how old those are that had it."""
    found: dict[str, list[tuple[datetime, str]]] = defaultdict(list)
    for entry in cluster:
        old = previous.get(entry.key) or previous.get(lasting.get(entry.key, entry.key))
        if old is not None:
            found[old].append(_age(entry))
    return found


def anchor(cluster: Sequence[Entry]) -> str:
    """Return the key of the oldest entry; of several without a date, the first by key."""
    return min(cluster, key=_age).key


def _age(entry: Entry) -> tuple[datetime, str]:
    return entry.since or _NEVER, entry.key


def _fresh(key: str, taken: set[str]) -> str:
    made = digest(key)
    while made in taken:  # the oldest entry left a partner that kept its id
        made = digest(f"{key} {made}")
    return made


def digest(key: str) -> str:
    """Return 16 hexadecimal digits that stand for a key."""
    return blake2b(key.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
