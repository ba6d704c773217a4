"""What is a particle in one language is a word in another."""

from __future__ import annotations

import numpy as np
import pytest

from aggregator.reconcile.matching import match
from aggregator.reconcile.matching.reading.names import read_names
from tests.reconcile.matching.examples import FILLER, listed


def _words(text: str) -> list[str]:
    names = read_names([text], np.zeros(1, np.int32))
    return [names.words[number] for number in names.grid[0] if number >= 0]


@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("Kraft Van Lines", "van"), ("Rochester Van & Storage", "van"), ("Family Van", "van"), ("Wolf Den", "den"),
        ("Smith Dell Foods", "dell"), ("Bantam Dell", "dell"), ("Dell Technologies", "dell"), ("Dell EMC", "dell"),
        ("Hadley Tool & Die Co.", "die"), ("Smith Los Foods", "los"), ("Les Schwab", "les"), ("Do & Co", "do"),
    ],
)  # fmt: skip
def test_a_word_that_stands_like_no_particle_tells(name: str, word: str) -> None:
    """Before an English word or "and", at the end, or before what its language never has there."""
    assert word in _words(name)


@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("Agenzia dell Emilia", "dell"), ("Los Pollos Hermanos", "los"), ("Los Tres Amigos", "los"),
        ("Banco de los Andes", "los"), ("Las Vegas Tile", "las"), ("Les Trois Monts", "les"),
        ("Van Gogh Museum", "van"),
        ("Universiteit van Amsterdam", "van"), ("Dijk, J. van", "van"), ("Den Danske Bank", "den"),
        ("Die Zeit Verlag", "die"), ("Banco do Brasil", "do"), ("Autohaus Van den Berg", "van"),
        ("Angeles, Los", "los"),
        ("Château Léoville Las Cases", "las"), ("Couros do Vale", "do"),
    ],
)  # fmt: skip
def test_a_particle_among_words_of_its_language_is_passed_over(name: str, word: str) -> None:
    """Whether another list has it or not says nothing."""
    assert word not in _words(name)


@pytest.mark.parametrize(
    ("left", "right"),
    [("Kraft Van Lines", "Kraft Lines"), ("Smith Dell Foods", "Smith Foods"), ("Bantam Dell", "Bantam")],
)
def test_a_word_that_looks_like_a_particle_is_left_over(left: str, right: str) -> None:
    """The name that lacks it is no other spelling of the one that has it."""
    _, evidence = match([*listed("a", left, *FILLER[:5]), *listed("b", right, *FILLER[5:])]).explain("a0", "b0")
    assert not any("no word is left over" in str(reason) for reason in evidence)
