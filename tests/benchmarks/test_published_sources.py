"""What registers publish is read as they wrote it, out of archives that are made here: no package is fetched."""

from __future__ import annotations

import pytest

from benchmarks.matching.published.fetching import CannotFetchError, Package
from benchmarks.matching.published.reading import literal
from tests.benchmarks.publishing import Publish


@pytest.mark.parametrize("package", [Package("pip", "lists", "1.0"), Package("npm", "@some/lists", "1.0")], ids=str)
def test_the_files_of_a_folder_are_read_in_order(publish: Publish, package: Package) -> None:
    """Out of a wheel and out of an npm archive: those below the folder that end so, by their path from there."""
    publish(package, {"data/b/2.txt": "two", "data/1.txt": "one", "data/3.csv": "three", "other/4.txt": "four"})
    assert list(package.read_all("data", ".txt").items()) == [("1.txt", b"one"), ("b/2.txt", b"two")]
    with pytest.raises(CannotFetchError, match=r"has no data/\*\.xml"):
        package.read_all("data", ".xml")


@pytest.mark.parametrize("source", ["import os\nROWS: list = []\nDATA = [1, 2]\n", "def data():\n    return [1, 2]\n"])
def test_the_value_of_a_module_is_read_without_running_it(source: str) -> None:
    """What it assigns, or what its function returns."""
    assert literal(source) == [1, 2]
