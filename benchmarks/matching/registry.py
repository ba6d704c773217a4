"""Which matchers take part: what to install, what to run, and the threshold that each ships or documents."""

from __future__ import annotations

import attrs

OURS = "connection-aggregator"
SYNTHETIC_CAP = 1_000_000


@attrs.frozen(kw_only=True)
class Tool:
    """A matcher.

    Args:
        name: what it is called in the tables.
        requirements: what pip installs into its environment; empty for ours, which runs in this one.
        script: the file in `tools/` that runs it, with arguments after the three paths.
        pairs: the scorer's name in `tools/name_pairs.py`, or "" where it cannot score two names alone.
        threshold: the score from which it links as shipped, and why that one.
        largest: rows of a list up to which it is timed at all.
        sample: rows of the left list that it is given of longer lists, from which the time for all is worked out; for
            tools whose time grows evenly with the rows of the left list. 0 leaves longer lists out.
        timed_only: a variant for the timings, which is left out of the accuracy tables.
        note: what a reader must know of how it was run.
    """

    name: str
    requirements: tuple[str, ...] = ()
    script: tuple[str, ...] = ()
    pairs: str = ""
    threshold: float = 0.5
    largest: int = SYNTHETIC_CAP
    sample: int = 0
    timed_only: bool = False
    note: str = ""

    @property
    def environment(self) -> str:
        """The folder of its environment; tools with the same requirements share one."""
        return self.requirements[0].partition("=")[0].partition("[")[0] if self.requirements else ""


_RAPIDFUZZ = ("rapidfuzz", "cleanco", "numpy")

TOOLS = (
    Tool(name=OURS, pairs="ours", note="the command, as shipped; linked at probability .5"),
    Tool(
        name="rapidfuzz token_sort",
        requirements=_RAPIDFUZZ,
        script=("rapidfuzz_best.py", "token_sort"),
        pairs="token_sort",
        threshold=0.9,
        largest=10_000,
        note="after cleanco; ships no threshold, 90 is what its users commonly take; all pairs, so not beyond 10,000",
    ),
    Tool(
        name="rapidfuzz WRatio",
        requirements=_RAPIDFUZZ,
        script=("rapidfuzz_best.py", "wratio"),
        pairs="wratio",
        threshold=0.9,
        largest=10_000,
        note="as token_sort",
    ),
    Tool(
        name="3-gram cosine",
        requirements=("sparse-dot-topn", "scikit-learn"),
        script=("sparse_dot_topn_cosine.py",),
        pairs="cosine",
        threshold=0.8,
        largest=100_000,
        sample=40_000,
        note=(
            "sparse-dot-topn above .5; ships no threshold, .8 is that of packages built on it; ten times the rows take"
            " it nearly a hundred times as long, so beyond 100,000 every row of the right list is searched for a sample"
            " of the left, whose F1 is given, and the time for all is worked out from that"
        ),
    ),
    Tool(
        name="Splink",
        requirements=("splink", "pandas"),
        script=("splink_duckdb.py",),
        note="DuckDB, trained on the lists by expectation maximisation; loose blocking up to 20,000 rows, tight beyond,"
        " tighter still from 200,000",
    ),
    Tool(
        name="EMM",
        requirements=("emm",),
        script=("emm_trained.py",),
        largest=10_000,
        note="ships no trained model: trained on noised copies of the right-hand list, without labels",
    ),
    Tool(
        name="EMM indexers",
        requirements=("emm",),
        script=("emm_trained.py", "indexers"),
        timed_only=True,
        largest=100_000,
        note="its candidates by cosine, without its classifier; as the cosine not beyond 100,000",
    ),
    Tool(
        name="logic-v2",
        requirements=("nomenklatura",),
        script=("logic_v2.py",),
        pairs="logic_v2",
        threshold=0.7,
        largest=10_000,
        note="nomenklatura; on ten candidates by 3-grams, for it scores pairs and finds none",
    ),
    Tool(
        name="goldenmatch",
        requirements=("goldenmatch",),
        script=("goldenmatch_zero.py",),
        threshold=0.0,
        largest=10_000,
        note="zero-config; it writes links that it made, so its shipped default is all of them",
    ),
    Tool(
        name="goldenmatch fuzzy",
        requirements=("goldenmatch",),
        script=("goldenmatch_zero.py", "fuzzy"),
        threshold=0.85,
        note="told to compare the names, from .6; .85 is the threshold of its documents' examples",
    ),
)
