"""What is measured on a list that was held out whole rests on no word of it."""

from __future__ import annotations

import importlib
import pkgutil
from types import ModuleType

from aggregator.reconcile import matching
from aggregator.reconcile.matching.reading import vocabulary
from tools import evaluate_matcher

_TELLS: str = "evidence"
"""What is said of pairs afterwards bears on no figure."""


def _readers(of: ModuleType) -> set[str]:
    """The modules that read how common words are."""
    every = (module.name for module in pkgutil.walk_packages(of.__path__, f"{of.__name__}."))
    loaded = (importlib.import_module(name) for name in every if name != vocabulary.__name__ and _TELLS not in name)
    return {f"{one.__name__}.background" for one in loaded if hasattr(one, "background")}


def test_every_reader_of_common_words_is_given_those_of_the_other_lists() -> None:
    """Whatever module reads them, the measuring tool puts others in their place there."""
    assert set(evaluate_matcher.WORDS_READ_IN) == _readers(matching)
