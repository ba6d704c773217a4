"""The shipped model: trained tables, the prior they were trained under, and the thresholds of the decisions."""

from __future__ import annotations

import json
from functools import cache
from hashlib import blake2b
from importlib import resources
from typing import TYPE_CHECKING, Any

import attrs

from aggregator.reconcile.matching.model.additive import AdditiveModel, read_model

if TYPE_CHECKING:
    from collections.abc import Mapping


@attrs.frozen(slots=True, kw_only=True, eq=False)
class Model:
    """Everything trained.

    Attributes:
        names: Log-odds of a pair by its names.
        fields: What the other columns add.
        context: The calibrated log-odds of a pair of two sources, from those and its rivals.
        left_over: What words left over add at best: "only in one name" is told as less than that, and "no word is left
            over" as more.
        within: Log-odds added to a pair inside one source: most platforms hold few duplicates.
        matched_share: Share of the shorter list's records that had a partner in training.
        match: Probability from which a pair is accepted without a person.
        review: Probability from which a pair is worth a person's look.
    """

    names: AdditiveModel
    fields: AdditiveModel
    context: AdditiveModel
    left_over: float
    within: float
    matched_share: float
    match: float
    review: float

    def __reduce__(self) -> tuple[Any, ...]:
        # Every pair holds the model that explains it, which is megabytes: what is shipped is read again, not sent.
        shipped = shipped_model()
        own = {
            name: said
            for name in attrs.fields_dict(Model)
            if (said := getattr(self, name)) is not getattr(shipped, name)
        }
        return _of_shipped, (_shipped_digest(), own)


def _of_shipped(digest: str, own: dict[str, Any]) -> Model:
    if digest != _shipped_digest():
        raise ValueError("it was matched by another version of this library: match again")
    return attrs.evolve(shipped_model(), **own)


def parse_model(raw: Mapping[str, Any]) -> Model:
    """Read a model from its JSON form."""
    return Model(
        names=read_model(raw["names"]),
        fields=read_model(raw["fields"]),
        context=read_model(raw["context"]),
        left_over=float(raw["left_over"]),
        within=float(raw["within"]),
        matched_share=float(raw["matched_share"]),
        match=float(raw["thresholds"]["match"]),
        review=float(raw["thresholds"]["review"]),
    )


@cache
def shipped_model() -> Model:
    """The model that comes with the package, read once."""
    return parse_model(json.loads(_shipped_text()))


def _shipped_text() -> str:
    return resources.files("aggregator.reconcile.matching").joinpath("data", "model.json").read_text(encoding="utf-8")


@cache
def _shipped_digest() -> str:
    return blake2b(_shipped_text().encode(), digest_size=8).hexdigest()
