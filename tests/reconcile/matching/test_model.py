"""The trained model goes from process to process as what is its own."""

from __future__ import annotations

import pickle

import attrs
import pytest

from aggregator.reconcile.matching import shipped_model


def test_a_model_is_sent_without_what_is_shipped() -> None:
    """Thresholds of one's own go along, and so does a table; the shipped ones are those of the other process."""
    shipped = shipped_model()
    mine = attrs.evolve(shipped, match=0.9)
    sent = pickle.loads(pickle.dumps(mine))
    assert (sent.match, sent.review, sent.names) == (0.9, shipped.review, shipped.names)
    assert len(pickle.dumps(mine)) < 1_000
    other = attrs.evolve(shipped, fields=attrs.evolve(shipped.fields, constant=7.0))
    assert pickle.loads(pickle.dumps(other)).fields.constant == 7.0


def test_a_result_of_another_model_is_not_explained_by_this_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """What was kept by another version is refused, since its reasons would not be those of its probabilities."""
    kept = pickle.dumps(shipped_model())
    monkeypatch.setattr("aggregator.reconcile.matching.model.shipped._shipped_digest", lambda: "another")
    with pytest.raises(ValueError, match="another version of this library: match again"):
        pickle.loads(kept)
