"""The reasons for and against a pair, in words, each with what it adds to the log-odds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from aggregator.reconcile.matching.additive import columns_of
from aggregator.reconcile.matching.comparison import Compared, Records, compare
from aggregator.reconcile.matching.field_features import FIELD_FEATURES, field_features
from aggregator.reconcile.matching.name_features import NAME_FEATURES, name_features
from aggregator.reconcile.matching.result import Evidence
from aggregator.reconcile.matching.sentences import FIELD_SENTENCES, name_sentences, topic_of

if TYPE_CHECKING:
    from aggregator.reconcile.matching.engine import Scored
    from aggregator.reconcile.matching.shipped import Model

_PERSON_SAID: Final = 20.0


def explain_pair(
    records: Records,
    scored: Scored,
    model: Model,
    must: frozenset[tuple[int, int]],
    cannot: frozenset[tuple[int, int]],
    left: int,
    right: int,
) -> tuple[float, tuple[Evidence, ...]]:
    """Probability of a pair and its reasons, heaviest first; the weights sum to the log-odds.

    Args:
        records: the records.
        scored: the scored pairs.
        model: the coefficients.
        must: pairs a person joined.
        cannot: pairs a person kept apart.
        left: record number, the lower.
        right: record number.
    """
    if (left, right) in must or (left, right) in cannot:
        same = (left, right) in must
        words = "a person said they are one business" if same else "a person said they are two businesses"
        return float(same), (Evidence(sentence=words, weight=_PERSON_SAID if same else -_PERSON_SAID),)
    found = np.flatnonzero((scored.compared.left == left) & (scored.compared.right == right))
    if found.size:
        compared, place, logit = scored.compared, int(found[0]), float(scored.logit[found[0]])
    else:
        compared = compare(records, (np.array([left]), np.array([right])), model.names, model.fields)
        place, logit = 0, float(compared.name_logit[0] + compared.field_logit[0])
    items = [*_names(records, compared, place, model), *_fields(records, left, right, model)]
    base = float(compared.name_logit[place] + compared.field_logit[place])
    inside = records.source[left] == records.source[right]
    words = "most platforms hold few duplicates" if inside else "compared with the other candidates on either side"
    items.append(Evidence(sentence=words, weight=logit - base))
    ordered = sorted(
        (item for item in items if round(item.weight, 3)), key=lambda item: (-abs(item.weight), item.sentence)
    )
    return float(1 / (1 + np.exp(-np.clip(logit, -40, 40)))), tuple(ordered)


def _names(records: Records, compared: Compared, place: int, model: Model) -> list[Evidence]:
    one, other = int(compared.left_name[place]), int(compared.right_name[place])
    matrix = name_features(records.names, records.lexicon, np.array([one]), np.array([other]))
    columns = columns_of(NAME_FEATURES, matrix)
    topics: dict[str, float] = {"start": model.names.constant}
    for features, weight in model.names.parts(columns).items():
        topic = topic_of(features)
        topics[topic] = topics.get(topic, 0.0) + float(weight[0])
    sentences = name_sentences(records, one, other, {name: float(column[0]) for name, column in columns.items()})
    return [Evidence(sentence=sentences[topic], weight=weight) for topic, weight in topics.items()]


def _fields(records: Records, left: int, right: int, model: Model) -> list[Evidence]:
    columns = columns_of(FIELD_FEATURES, field_features(records.columns, np.array([left]), np.array([right])))
    items = []
    for features, weight in model.fields.parts(columns).items():
        name = features[0]
        sentence = FIELD_SENTENCES[name][int(columns[name][0])]
        items.append(Evidence(sentence=sentence, weight=float(weight[0])))
    return items
