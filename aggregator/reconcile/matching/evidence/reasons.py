"""The reasons for and against a pair, in words, each with what it adds to the log-odds."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

import attrs
import numpy as np

from aggregator.reconcile.matching.comparison import Compared, Records, compare
from aggregator.reconcile.matching.evidence.sentences import (
    EACH_HAS_BOTH,
    FIELD_SENTENCES,
    HALF_THE_DOUBT,
    ONLY_A_PERSON,
    context_sentence,
    house_sentence,
    name_sentences,
)
from aggregator.reconcile.matching.evidence.topics import weights_by_topic
from aggregator.reconcile.matching.features.circumstance_codes import CIRCUMSTANCES
from aggregator.reconcile.matching.features.circumstances import (
    all_circumstances,
    at_half_the_doubt,
    left_to_a_person,
    taken_at_half_the_doubt,
    with_habits,
)
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
    """Pairs as they were scored: their records, the names that fit best, and the log-odds before and after context.

    Names that are read as one and spelt as two that both lists have take `spelt_apart` from the log-odds.
    """

    left: Ints
    right: Ints
    one: Ints
    other: Ints
    base: Floats
    spelt_apart: Floats
    logit: Floats
    lift: Floats
    share: npt.NDArray[np.floating]
    likeness: npt.NDArray[np.integer]
    vouched: npt.NDArray[np.bool_]
    circumstances: npt.NDArray[np.int8]

    @classmethod
    def of(cls, compared: Compared, places: Ints, scored: Scored | None = None) -> _Judged:
        said = compared.name_logit[places] + compared.field_logit[places]
        base = said if scored is None else scored.weighed.base[places]
        context = None if scored is None else scored.context
        return cls(
            left=compared.left[places],
            right=compared.right[places],
            one=compared.left_name[places].astype(np.int64),
            other=compared.right_name[places].astype(np.int64),
            base=base,
            spelt_apart=base - said,
            logit=base if context is None else context.logit[places],
            lift=np.zeros(places.size) if context is None else context.lift_of(places),
            share=np.zeros(places.size) if context is None else context.share[places],
            likeness=np.zeros(places.size, np.int8) if context is None else context.likeness[places],
            vouched=np.zeros(places.size, bool) if context is None else np.isin(places, context.houses.vouched),
            circumstances=with_habits(compared.circumstances[places], 0)
            if scored is None
            else all_circumstances(scored.weighed, places),
        )


def _places(scored: Scored, pairs: Sequence[tuple[int, int]]) -> Ints:
    """Where each pair stands among the candidates, which are in order; -1 if it is none."""
    return places_of(packed_each(pairs), packed(scored.compared.left, scored.compared.right))


def _candidates(scored: Scored, pairs: Sequence[tuple[int, int]]) -> _Judged:
    places = _places(scored, pairs)
    return _Judged.of(scored.compared, places[places >= 0], scored)


def _strangers(records: Records, scored: Scored, model: Model, pairs: Sequence[tuple[int, int]]) -> Iterator[_Judged]:
    """Pairs that were no candidates; they are few, and compared one by one, as alone."""
    for place in np.flatnonzero(_places(scored, pairs) < 0).tolist():
        left, right = pairs[place]
        compared = compare(records, (np.array([left]), np.array([right])), model.names, model.fields)
        yield _Judged.of(compared, np.array([0]))


def _explained(
    records: Records, model: Model, judged: _Judged
) -> dict[tuple[int, int], tuple[float, tuple[Evidence, ...]]]:
    names, fields = list(_names(records, judged, model)), _fields(records, judged, model)
    inside = records.source[judged.left] == records.source[judged.right]
    probability = probability_of(judged.logit)
    lift, share, vouched = judged.lift.tolist(), judged.share.astype(np.float64).tolist(), judged.vouched.tolist()
    likeness = judged.likeness.tolist()
    added, spelt_apart = (judged.logit - judged.base).tolist(), judged.spelt_apart.tolist()
    once: dict[Reason, Evidence] = {}  # most reasons are given for many pairs, in the same words and figures
    found = {}
    for place, pair in enumerate(zip(judged.left.tolist(), judged.right.tolist(), strict=True)):
        circumstances = None if inside[place] else judged.circumstances[place].tolist()
        others = reasons_of_others(
            circumstances,
            float(judged.logit[place]),
            added[place],
            match=model.match,
            lift=lift[place],
            share=share[place],
            likeness=likeness[place],
            vouched=vouched[place],
        )
        items = [*names[place], *fields[place], (EACH_HAS_BOTH, spelt_apart[place])]
        own = (once.get(item) or once.setdefault(item, Evidence(sentence=item[0], weight=item[1])) for item in items)
        found[pair] = (float(probability[place]), heaviest_first((*own, *others)))
    return found


def reasons_of_others(
    circumstances: Sequence[int] | None,
    logit: float,
    added: float,
    *,
    match: float,
    lift: float,
    share: float,
    likeness: int,
    vouched: bool,
) -> tuple[Evidence, ...]:
    """What the other records make of a pair: its rivals, its house, and how many records of its two lists match.

    Args:
        circumstances: of the pair, as `circumstances` counts them; None inside one source.
        logit: its log-odds.
        added: what the other records add to it, all told.
        match: the probability from which pairs are joined without a person.
        lift: how much of that is for its house, or for a record that vouches for both.
        share: what its two lists say of how many of their records match.
        likeness: how telling its likeness is beside that of pairs of one list.
        vouched: whether a record of another list vouches for both.
    """
    rivals = added - lift
    left = _left_out(tuple(circumstances), logit, match) if circumstances is not None and logit > 0 else ""
    placed = context_sentence(circumstances, rivals, logit, share=share, likeness=likeness) + left
    return (
        Evidence(sentence=placed, weight=rivals, ground=Ground.OTHERS),
        Evidence(sentence=house_sentence(vouched=vouched), weight=lift, ground=Ground.OTHERS),
    )


def _left_out(circumstances: tuple[int, ...], logit: float, match: float) -> str:
    """Why a pair is not joined without a person though it is likely; empty if nothing but its probability decides."""
    asked, halved = _kept_from(circumstances)
    if asked:
        return ONLY_A_PERSON
    return HALF_THE_DOUBT if halved and match <= _probability(logit) < at_half_the_doubt(match) else ""


@cache
def _kept_from(circumstances: tuple[int, ...]) -> tuple[bool, bool]:
    told = columns_of(CIRCUMSTANCES, np.array([circumstances], np.float32))
    return bool(left_to_a_person(told)[0]), bool(taken_at_half_the_doubt(told)[0])


def _probability(logit: float) -> float:
    return float(probability_of(np.array([logit]))[0])


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
