"""Names in Greek or Cyrillic are compared with names in Latin letters, however those are romanised."""

# ruff: noqa: RUF001 - names as they are written there

from __future__ import annotations

import numpy as np
import pytest

from aggregator.reconcile.matching import match
from aggregator.reconcile.matching.reading.names import Names, read_names
from tests.reconcile.matching.examples import FILLER, listed, together


def _read(*texts: str) -> Names:
    return read_names(texts, np.arange(len(texts), dtype=np.int32))


def _same(names: Names, one: int, other: int) -> bool:
    return bool(names.spelling[one] == names.spelling[other])


@pytest.mark.parametrize(
    ("native", "roman"),
    [
        ("ООО Северный Ветер", "Severny Veter OOO"),
        ("Яндекс", "Yandex"),
        ("Кока-Кола", "Coca-Cola"),
        ("Щукин", "Schukin"),
        ("Чайка", "Tchaika"),
        ("Жуков Трейд", "Zhukov Trade"),
        ("Παπαδόπουλος", "PAPADOPOULOS"),
    ],
)
def test_a_name_is_found_however_it_is_romanised(native: str, roman: str) -> None:
    result = match([*listed("a", native, *FILLER[:5]), *listed("b", roman, *FILLER[5:])])
    assert together(result, "a0", "b0")


@pytest.mark.parametrize(
    ("native", "roman"),
    [("Жуков Трейд", "Petrov Trade"), ("Ромашка", "Romashko"), ("Северный Ветер", "Severny Gorod")],
)
def test_another_name_is_another_business(native: str, roman: str) -> None:
    result = match([*listed("a", native, *FILLER[:5]), *listed("b", roman, *FILLER[5:])])
    assert not together(result, "a0", "b0")


def test_two_names_in_latin_letters_are_not_one_for_sounding_alike() -> None:
    names = _read("Yandeks", "Yandex", "Щукин")
    assert not _same(names, 0, 1)


def test_a_name_that_a_list_has_as_it_is_romanised_stays_so() -> None:
    """Of a word that names in Latin letters have too, nothing is read anew."""
    names = _read("Яндекс", "Yandeks", "Yandex")
    assert _same(names, 0, 1)
    assert not _same(names, 0, 2)


def test_which_of_several_spellings_is_meant_is_not_left_to_the_order_of_the_names() -> None:
    texts = ["Северный", "Severny", "Severnij"]
    told = {
        tuple(sorted(_same(_read(*order), order.index(texts[0]), order.index(text)) for text in texts[1:]))
        for order in ([*texts], texts[::-1])
    }
    assert told == {(False, True)}
