"""The evidence of every pair that a review may ask about, as columns: read at once, looked up when somebody asks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

import numpy as np
import numpy.typing as npt
from attrs import frozen

from aggregator.reconcile import Reconciliation
from aggregator.reconcile.matching import Evidence, Ground
from aggregator.reconcile.matching.pair_codes import packed, packed_either_way

Array = npt.NDArray[Any]

_COLUMNS: Final = {
    "code": np.int64,
    "start": np.int64,
    "reason": np.int32,
    "sentence": np.int32,
    "weight": np.float64,
}


@frozen(kw_only=True, eq=False)
class Reasons:
    """What names and columns say of pairs; not what their rivals do or a person said, since that changes.

    Attributes:
        sentences: Each once.
        columns: "code" is a pair, its lower record number in the upper half, in order; "start" is where its reasons
            begin in "reason", with one more for where the last end; a reason is a number in "sentence" and "weight",
            since most are given for many pairs.
    """

    sentences: tuple[str, ...]
    columns: Mapping[str, Array]

    @classmethod
    def of(cls, reconciliation: Reconciliation) -> Reasons:
        """Return the reasons of every pair that was worth keeping."""
        result, told = reconciliation.result, dict(reconciliation.evidence)
        left, right = result.table.left, result.table.right
        codes = packed_either_way(left, right)
        order = np.argsort(codes)
        pairs = [
            (result.keys[one], result.keys[other])
            for one, other in zip(left[order].tolist(), right[order].tolist(), strict=True)
        ]
        lacking = [pair for pair in pairs if not _own(told.get(pair, ()))]
        explained = result.explain_all(lacking, unaided=True)
        told |= {pair: evidence for pair, (_, evidence) in zip(lacking, explained, strict=True)}
        kept = [_own(told[pair]) for pair in pairs]
        number: dict[str, int] = {}
        reasons: dict[Evidence, int] = {}
        lists: dict[str, Any] = {
            "code": codes[order],
            "start": np.cumsum([0, *map(len, kept)]),
            "reason": [reasons.setdefault(one, len(reasons)) for several in kept for one in several],
            "sentence": [number.setdefault(one.sentence, len(number)) for one in reasons],
            "weight": [one.weight for one in reasons],
        }
        columns = {name: np.asarray(lists[name], kind) for name, kind in _COLUMNS.items()}
        return cls(sentences=tuple(number), columns=columns)

    @classmethod
    def read(cls, sentences: list[str], arrays: Mapping[str, Array]) -> Reasons:
        """Return the reasons of a file.

        Raises:
            KeyError: A column is not there.
        """
        return cls(sentences=tuple(sentences), columns={name: arrays[f"reason_{name}"] for name in _COLUMNS})

    def arrays(self) -> dict[str, Array]:
        """Return the columns by the names they have in a file."""
        return {f"reason_{name}": column for name, column in self.columns.items()}

    def of_pair(self, left: int, right: int) -> tuple[Evidence, ...] | None:
        """Return the reasons of two record numbers, the lower first; None if nothing was kept of them."""
        codes, starts = self.columns["code"], self.columns["start"]
        code = packed(left, right)
        place = int(np.searchsorted(codes, code))
        if place == codes.size or codes[place] != code:
            return None
        here = self.columns["reason"][int(starts[place]) : int(starts[place + 1])]
        told = zip(self.columns["sentence"][here].tolist(), self.columns["weight"][here].tolist(), strict=True)
        return tuple(Evidence(sentence=self.sentences[number], weight=weight) for number, weight in told)


def _own(evidence: Iterable[Evidence]) -> list[Evidence]:
    """The reasons that rest on what the two records say."""
    return [one for one in evidence if one.ground is Ground.RECORDS]
