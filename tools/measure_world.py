"""Measure how hard the sandbox world is: two simple matchers on its names, Crux against fabric.

The world is accepted only while these land where they land on real lists of companies: token-sort ratio after taking
legal forms off about .85 at its best threshold, cosine of character 3-grams .86 to .92. Run it with

    python -m tools.measure_world --partners 2000
"""

import argparse
import re
import tomllib
import unicodedata
from collections import Counter
from collections.abc import Sequence
from importlib.resources import files

import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz, process
from scipy import sparse

from aggregator.sandbox.world import PartnerRecord, World

Scores = npt.NDArray[np.float64]


def main() -> None:
    """Print the figures for each seed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--partners", type=int, default=2000)
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3])
    parser.add_argument("--left", default="crux")
    parser.add_argument("--right", default="fabric")
    options = parser.parse_args()
    for seed in options.seeds:
        world = World.generate(options.partners, seed)
        left, right = world.records[options.left], world.records[options.right]
        print(f"seed {seed}: {len(left)} x {len(right)} records, shared {_shared(left, right)}")
        print("  corruption shares of true pairs:", _shares(left, right))
        for name, scores in (("token_sort + forms stripped", token_sort), ("char 3-gram cosine", cosine)):
            f1, precision, recall, threshold = best(left, right, scores(left, right))
            print(f"  {name:<28} F1 {f1:.3f} (P {precision:.3f}, R {recall:.3f}) at {threshold:.2f}")


def best(left: Sequence[PartnerRecord], right: Sequence[PartnerRecord], scores: Scores) -> tuple[float, ...]:
    """Best F1 over all thresholds when each left record is linked to its best right record, with P, R and threshold.

    A pair is true when the business is the same; recall counts left records that have a partner.
    """
    choice = scores.argmax(axis=1)
    top = scores[np.arange(len(left)), choice]
    correct = np.array([left[i].business_id == right[j].business_id for i, j in enumerate(choice)])
    known = {record.business_id for record in right}
    matchable = sum(record.business_id in known for record in left)
    order = np.argsort(-top)
    hits = np.cumsum(correct[order])
    precision, recall = hits / np.arange(1, len(left) + 1), hits / matchable
    f1 = 2 * precision * recall / np.maximum(precision + recall, 1e-9)
    at = int(f1.argmax())
    return float(f1[at]), float(precision[at]), float(recall[at]), float(top[order[at]])


def _forms() -> re.Pattern[str]:
    raw = tomllib.loads(files("aggregator.sandbox.world").joinpath("vocabulary.toml").read_text(encoding="utf-8"))
    spellings = {form for forms in raw["forms"].values() for form in forms if form}
    spellings |= {form for forms in raw["form_spellings"].values() for form in forms}
    plain = {_plain(form) for form in spellings}
    found = "|".join(re.escape(form) for form in sorted(plain, key=len, reverse=True) if form)
    return re.compile(rf"(?:\s(?:{found}))+$|^(?:(?:{found})\s)+")


def _plain(text: str) -> str:
    folded = unicodedata.normalize("NFKD", text.lower().replace("ß", "ss"))
    kept = "".join(letter for letter in folded if not unicodedata.combining(letter))
    return re.sub(r"[^\w&]+", " ", kept.replace(".", "")).strip()


def _stripped(records: Sequence[PartnerRecord]) -> list[str]:
    forms = _forms()
    return [forms.sub("", _plain(record.name)) or _plain(record.name) for record in records]


def token_sort(left: Sequence[PartnerRecord], right: Sequence[PartnerRecord]) -> Scores:
    """Token-sort ratio of every pair, 0 to 100, with legal forms taken off."""
    return process.cdist(_stripped(left), _stripped(right), scorer=fuzz.token_sort_ratio, dtype=np.float64, workers=1)


def cosine(left: Sequence[PartnerRecord], right: Sequence[PartnerRecord]) -> Scores:
    """Cosine of TF-IDF over character 3-grams inside words, legal forms left on, of every pair."""
    names = [_grams(record.name) for record in (*left, *right)]
    column = {gram: place for place, gram in enumerate(dict.fromkeys(gram for grams in names for gram in grams))}
    entries = [(row, column[gram], count) for row, grams in enumerate(names) for gram, count in grams.items()]
    rows, columns, counts = np.array(entries).T
    rarity = np.log((1 + len(names)) / (1 + np.bincount(columns))) + 1
    vectors = sparse.csr_array((counts * rarity[columns], (rows, columns)))
    lengths = np.maximum(np.sqrt(vectors.multiply(vectors).sum(axis=1)), 1e-12)
    return np.asarray(
        (vectors[: len(left)] @ vectors[len(left) :].T).toarray() / np.outer(lengths[: len(left)], lengths[len(left) :])
    )


def _grams(name: str) -> Counter[str]:
    return Counter(
        padded[at : at + 3]
        for word in _plain(name).split()
        for padded in (f" {word} ",)
        for at in range(len(padded) - 2)
    )


def _shared(left: Sequence[PartnerRecord], right: Sequence[PartnerRecord]) -> int:
    return len({record.business_id for record in left} & {record.business_id for record in right})


def _shares(left: Sequence[PartnerRecord], right: Sequence[PartnerRecord]) -> str:
    by_business = {record.business_id: record for record in right}
    pairs = [(record, by_business[record.business_id]) for record in left if record.business_id in by_business]
    counts = Counter(cause for one, other in pairs for cause in {*one.corruptions, *other.corruptions})
    return ", ".join(f"{cause} {100 * count / len(pairs):.0f}%" for cause, count in counts.most_common())


if __name__ == "__main__":
    main()
