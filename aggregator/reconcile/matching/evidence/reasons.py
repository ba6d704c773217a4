"""The reasons for and against a pair, in words, each with what it adds to the log-odds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import attrs
import numpy as np

from aggregator.reconcile.matching.comparison import Records, compare
from aggregator.reconcile.matching.evidence.among_others import AmongOthers, among_others, reasons_of_others
from aggregator.reconcile.matching.evidence.sentences import EACH_HAS_BOTH, FIELD_SENTENCES, name_sentences
from aggregator.reconcile.matching.evidence.topics import weights_by_topic
from aggregator.reconcile.matching.features.circumstances import with_habits
from aggregator.reconcile.matching.features.field_features import FIELD_FEATURES, field_features
from aggregator.reconcile.matching.features.name_features import NAME_FEATURES, name_features
from aggregator.reconcile.matching.model.additive import columns_of, probability_of
from aggregator.reconcile.matching.pair_codes import packed, packed_each, places_of
from aggregator.reconcile.matching.result import Evidence, Ground

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    import numpy.typing as npt

    from aggregator.reconcile.matching.in_context import Scored
    from aggregator.reconcile.matching.model.shipped import Model

    Ints = npt.NDArray[np.int64]
    Floats = npt.NDArray[np.float64]
    Reason = tuple[str, float]

_PERSON_SAID: Final = 20.0
_DIFFERENT: Final = 1
"""The code of a column whose values differ."""


def explain_pairs(
    records: Records,
    scored: Scored,
    model: Model,
    must: frozenset[tuple[int, int]],
    cannot: frozenset[tuple[int, int]],
    pairs: Sequence[tuple[int, int]],
    *,
    unaided: bool = False,
) -> list[tuple[float, tuple[Evidence, ...]]]:
    """Probability of each pair and its reasons, heaviest first; the weights of a pair sum to its log-odds.

    A pair is explained in the same words and figures alone and together with others, where it costs far less.

    Args:
        records: the records.
        scored: the scored pairs.
        model: the coefficients.
        must: pairs a person joined.
        cannot: pairs a person kept apart.
        pairs: record numbers of each pair, the lower first.
        unaided: leave out what a person said of the very pair.
    """
    found: dict[tuple[int, int], tuple[float, tuple[Evidence, ...]]] = {
        pair: _decided(pair in must) for pair in pairs if not unaided and (pair in must or pair in cannot)
    }
    open_pairs = [pair for pair in dict.fromkeys(pairs) if pair not in found]
    for judged in (_candidates(scored, open_pairs), *_strangers(records, scored, model, open_pairs)):
        found |= _explained(records, model, judged)
    return [found[pair] for pair in pairs]


def _decided(same: bool) -> tuple[float, tuple[Evidence, ...]]:
    words = "a person said they are one business" if same else "a person said they are two businesses"
    weight = _PERSON_SAID if same else -_PERSON_SAID
    return float(same), (Evidence(sentence=words, weight=weight, ground=Ground.SAID),)


@attrs.frozen(slots=True, kw_only=True, eq=False)
class _Judged:
    """Pairs as they were scored: their records, the names that fit best, their log-odds, and the other records.

    Names that are read as one and spelt as two that both lists have take `spelt_apart` from the log-odds.
    """

    left: Ints
    right: Ints
    one: Ints
    other: Ints
    logit: Floats
    spelt_apart: Floats
    others: Sequence[AmongOthers]


def _places(scored: Scored, pairs: Sequence[tuple[int, int]]) -> Ints:
    """Where each pair stands among the candidates, which are in order; -1 if it is none."""
    return places_of(packed_each(pairs), packed(scored.compared.left, scored.compared.right))


def _candidates(scored: Scored, pairs: Sequence[tuple[int, int]]) -> _Judged:
    places = _places(scored, pairs)
    places = places[places >= 0]
    compared, weighed = scored.compared, scored.weighed
    return _Judged(
        left=compared.left[places],
        right=compared.right[places],
        one=compared.left_name[places].astype(np.int64),
        other=compared.right_name[places].astype(np.int64),
        logit=scored.context.logit[places],
        spelt_apart=weighed.base[places] - (compared.name_logit[places] + compared.field_logit[places]),
        others=among_others(weighed, scored.context, places),
    )


def _strangers(records: Records, scored: Scored, model: Model, pairs: Sequence[tuple[int, int]]) -> Iterator[_Judged]:
    """Pairs that were no candidates; they are few, and compared one by one, as alone."""
    for place in np.flatnonzero(_places(scored, pairs) < 0).tolist():
        left, right = pairs[place]
        compared = compare(records, (np.array([left]), np.array([right])), model.names, model.fields)
        logit = compared.name_logit + compared.field_logit
        inside = records.source[left] == records.source[right]
        told = None if inside else tuple(with_habits(compared.circumstances, 0)[0].tolist())
        yield _Judged(
            left=compared.left,
            right=compared.right,
            one=compared.left_name.astype(np.int64),
            other=compared.right_name.astype(np.int64),
            logit=logit,
            spelt_apart=np.zeros(1),
            others=[AmongOthers(circumstances=told, logit=float(logit[0]))],
        )


def _explained(
    records: Records, model: Model, judged: _Judged
) -> dict[tuple[int, int], tuple[float, tuple[Evidence, ...]]]:
    names, fields = _names(records, judged, model), _fields(records, judged, model)
    numbers = zip(judged.left.tolist(), judged.right.tolist(), strict=True)
    columns = probability_of(judged.logit).tolist(), judged.spelt_apart.tolist()
    once: dict[Reason, Evidence] = {}  # most reasons are given for many pairs, in the same words and figures
    found = {}
    for pair, probability, spelt_apart, of_names, of_fields, others in zip(
        numbers, *columns, names, fields, judged.others, strict=True
    ):
        items = [*of_names, *of_fields, (EACH_HAS_BOTH, spelt_apart)]
        own = (once.get(item) or once.setdefault(item, Evidence(sentence=item[0], weight=item[1])) for item in items)
        found[pair] = (probability, heaviest_first((*own, *reasons_of_others(others, model.match))))
    return found


def heaviest_first(evidence: Iterable[Evidence]) -> tuple[Evidence, ...]:
    """Return reasons in the order in which they are told, without those that weigh nothing."""
    told = [one for one in evidence if not -0.0005 < one.weight < 0.0005]
    return tuple(sorted(told, key=_order))


def _order(one: Evidence) -> tuple[float, str]:
    return -abs(one.weight), one.sentence


def _names(records: Records, judged: _Judged, model: Model) -> Iterator[list[Reason]]:
    """What is said of the names of each pair."""
    columns = columns_of(NAME_FEATURES, name_features(records.names, records.lexicon, judged.one, judged.other))
    topics = weights_by_topic(model.names, columns)
    topics["start"] = topics["start"] + model.left_over
    topics["left"] = topics["left"] - model.left_over
    for place, sentences in enumerate(name_sentences(records, judged.one, judged.other, columns)):
        yield [(sentences[topic], float(weight[place])) for topic, weight in topics.items()]


def _fields(records: Records, judged: _Judged, model: Model) -> list[list[Reason]]:
    columns = columns_of(FIELD_FEATURES, field_features(records.columns, judged.left, judged.right))
    parts = {features[0]: weight for features, weight in model.fields.parts(columns).items()}
    # Of a country that is said to differ, it is no second reason that phones, domains or addresses are of two.
    twice = (columns["country"] == _DIFFERENT) & (columns["nation"] == _DIFFERENT)
    parts["country"] = parts["country"] + np.where(twice, parts["nation"], 0)
    parts["nation"] = np.where(twice, 0, parts["nation"])
    found: list[list[Reason]] = [[] for _ in range(judged.left.size)]
    for feature, weight in parts.items():
        sentences = FIELD_SENTENCES[feature]
        codes = columns[feature].astype(int).tolist()
        for reasons, code, added in zip(found, codes, weight.tolist(), strict=True):
            reasons.append((sentences[code], added))
    return found
