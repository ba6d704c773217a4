"""The sets, joined from fetched packages and written where the matchers read them."""

from __future__ import annotations

from collections.abc import Iterable

from benchmarks.matching.published.fetching import ROOT
from benchmarks.matching.published.joining import Lists, join
from benchmarks.matching.published.sources import Source
from benchmarks.matching.published.writing import write

SETS = ROOT / "sets"


def build(chosen: Iterable[Source]) -> dict[str, Lists]:
    """Write each set into its folder below SETS, and return what is in it, by name.

    Raises:
        CannotFetchError: without pip, npm or a network, unless everything was fetched before.
    """
    built = {source.name: join(source.name, *source.read(), alike_only=source.alike_only) for source in chosen}
    for name, lists in built.items():
        write(SETS / name, lists)
    return built
