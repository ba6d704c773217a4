"""Synthetic lists of businesses of any size, the same for the same seed, to time matchers on.

    python -m benchmarks.matching.lists --size 100000 --out FOLDER

writes a.csv, b.csv (id, name) and truth.csv (a_id, b_id), as the labelled sets are laid out.

What makes blocking blow up is skew, so words are drawn as they are in real names: from an urn in which a word that has
been used is likelier to be used again (Pitman and Yor), which gives a few words that are everywhere, a long tail met
once, and a vocabulary that keeps growing with the list. Misspellings are those of the sandbox's world.
"""

from __future__ import annotations

import argparse
import csv
import itertools
import math
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from random import Random

import attrs

from aggregator.sandbox.chance import seeded
from aggregator.sandbox.world import Address, Business, Person
from aggregator.sandbox.world.corruptions import corrupted
from aggregator.sandbox.world.names import Place, coined, core_name, surname
from aggregator.sandbox.world.vocabulary import Vocabulary, vocabulary

# The share of businesses that both sides know; the others are on one of the two alone.
SHARED = 0.6
# How the urn of distinctive words grows; the closer to 1, the longer the tail of words that are met once.
GROWTH, START = 0.9, 20_000.0
# How much of the sandbox's corruption a name suffers. With these figures character 3-grams reach about F1 .90 at
# 10,000 rows and less from there on, as they do on real lists.
SEVERITY = 0.5
# The share of names that are put together from common words alone, such as "National Star Foods".
COMMON = 0.03
# One business in 2,000 is a house with an account for every region and channel on each side.
HUBS, ACCOUNTS = 1 / 2000, (5, 40)
# One in 30 shares its first word with the one before, and is another business: "Acme Foods", "Acme Food Services".
SIBLINGS = 1 / 30


class Urn:
    """Distinctive words: each draw gives a new one, or one that was drawn before, the oftener the likelier."""

    def __init__(self, rng: Random, words: Vocabulary) -> None:
        self._rng, self._words = rng, words
        self._drawn: list[str] = []
        self._count: Counter[str] = Counter()

    def word(self, country: str) -> str:
        """One word."""
        new = (START + GROWTH * len(self._count)) / (START + len(self._drawn))
        word = self._coined(country) if self._rng.random() < new else self._again()
        self._drawn.append(word)
        self._count[word] += 1
        return word

    def _again(self) -> str:
        while True:
            word = self._drawn[int(self._rng.random() * len(self._drawn))]
            if self._rng.random() * self._count[word] > GROWTH:
                return word

    def _coined(self, country: str) -> str:
        kind = self._rng.random()
        if kind < 0.35 and len(self._drawn) < 20_000:
            return surname(self._rng, self._words, country)
        head = coined(self._rng, self._words)
        if kind < 0.6:
            return head + self._words.surname_tails.one(self._rng)
        return head if kind < 0.85 else head + coined(self._rng, self._words).lower()[:4]


def businesses(rng: Random, words: Vocabulary) -> Iterator[Business]:
    """Businesses without end; nothing of them is told but the name and the country, which decides on forms."""
    urn, last = Urn(rng, words), ""
    for number in itertools.count(1):
        country = words.countries.one(rng)
        core = _sibling(rng, words, last) if last and rng.random() < SIBLINGS else _core(rng, words, urn, country)
        last = core
        yield attrs.evolve(
            _BLANK,
            id=str(number),
            core=core,
            form=words.forms[country].one(rng),
            brand=" ".join(core.split()[:2]),
            address=Address(street="", city="", postal_code="", country=country),
            hub=rng.random() < HUBS,
        )


def _core(rng: Random, words: Vocabulary, urn: Urn, country: str) -> str:
    if rng.random() < COMMON:
        return core_name(rng, words, Place(country=country, town=words.towns[country].one(rng)))
    shape, first, trade = rng.random(), urn.word(country), words.trades.one(rng)
    if shape < 0.50:
        return f"{first} {trade}"
    if shape < 0.64:
        return first
    if shape < 0.76:
        return f"{first} {urn.word(country)}"
    if shape < 0.84:
        return f"{first} & {rng.choice(('Sons', 'Co', 'Brothers', urn.word(country)))}"
    if shape < 0.92:
        return f"{first} {words.second_trades.one(rng)} {trade}"
    return f"{first} {trade} {words.generic.one(rng)}"


def _sibling(rng: Random, words: Vocabulary, last: str) -> str:
    return f"{last.split(maxsplit=1)[0]} {words.second_trades.one(rng)} {words.trades.one(rng)}"


def _accounts(rng: Random, business: Business) -> int:
    return rng.randrange(*ACCOUNTS) if business.hub else 1


def write_lists(folder: Path, size: int, seed: int = 1) -> Path:
    """Write two lists of a size and the truth between them, and return the folder.

    Raises:
        ValueError: for a size below 1.
    """
    if size < 1:
        raise ValueError(f"a list cannot have {size} rows")
    rng, words = seeded(seed, "lists"), vocabulary()
    sides: tuple[list[tuple[str, str]], ...] = ([], [])
    for business in businesses(rng, words):
        for side, known in zip(sides, _who_knows(rng), strict=True):
            for _ in range(_accounts(rng, business) if known and len(side) < size else 0):
                name, _ = corrupted(business, rng, words, SEVERITY)
                name = f"{name} {words.regions.one(rng)}" if business.hub else name
                side.append((business.id, name))
        if all(len(side) >= size for side in sides):
            break
    folder.mkdir(parents=True, exist_ok=True)
    ids = [
        _write_side(folder / f"{name}.csv", side[:size], seeded(seed, name), name)
        for name, side in zip("ab", sides, strict=True)
    ]
    _write(folder / "truth.csv", ("a_id", "b_id"), _true_pairs(*ids))
    return folder


def _who_knows(rng: Random) -> tuple[bool, bool]:
    # Of all businesses a share s is on both sides where SHARED of each side is shared: s = SHARED / (2 - SHARED).
    roll, both = rng.random(), SHARED / (2 - SHARED)
    return roll < both or roll < (1 + both) / 2, roll < both or roll >= (1 + both) / 2


def _write_side(path: Path, rows: list[tuple[str, str]], rng: Random, letter: str) -> dict[str, list[str]]:
    """Write a list in an order of its own under ids of its own, and say which ids each business has."""
    rng.shuffle(rows)
    digits = max(6, math.ceil(math.log10(len(rows))) + 2)
    ids = [f"{letter}{number:0{digits}d}" for number in rng.sample(range(10**digits), len(rows))]
    _write(path, ("id", "name"), ((identifier, name) for identifier, (_, name) in zip(ids, rows, strict=True)))
    of: dict[str, list[str]] = {}
    for identifier, (business, _) in zip(ids, rows, strict=True):
        of.setdefault(business, []).append(identifier)
    return of


def _true_pairs(left: dict[str, list[str]], right: dict[str, list[str]]) -> Iterator[tuple[str, str]]:
    for business, ids in left.items():
        yield from itertools.product(ids, right.get(business, ()))


def _write(path: Path, columns: tuple[str, ...], rows: Iterator[tuple[str, ...]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(columns)
        writer.writerows(rows)


_BLANK = Business(
    id="",
    legal_name="",
    core="",
    form="",
    brand="",
    domain="",
    phone="",
    address=Address(street="", city="", postal_code="", country="US"),
    tax_id="",
    account_number="",
    contact=Person(first_name="", last_name="", email="", phone=None, job_title=None),
    status="active",
    created_at=datetime(2026, 1, 1, tzinfo=UTC),
)


def main() -> None:
    """Write the lists that the arguments ask for."""
    parser = argparse.ArgumentParser(description="Write two synthetic lists and the truth between them.")
    parser.add_argument("--size", type=int, default=10_000, help="rows of each list")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    print(write_lists(options.out, options.size, options.seed))


if __name__ == "__main__":
    main()
