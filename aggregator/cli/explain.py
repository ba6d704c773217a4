"""`aggregator explain`: why two records are one business, or are not."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from aggregator.cli.places import Place
from aggregator.cli.terminal import clean, say_note
from aggregator.errors import ConfigurationError
from aggregator.garbage import without_garbage_collection

if TYPE_CHECKING:
    from aggregator.reconcile.matching import Evidence
    from aggregator.reconcile.sources import Sources


def explain(
    left: str,
    right: str,
    *sources: Place,
    decisions: Annotated[
        tuple[Place, ...], Parameter(name=["--decisions", "-d"], negative=(), show_default=False)
    ] = (),
    column: Annotated[tuple[str, ...], Parameter(name=["--column"], negative=(), show_default=False)] = (),
    read: Annotated[tuple[str, ...], Parameter(name=["--read"], negative=(), show_default=False)] = (),
) -> int:
    """Print the evidence for and against LEFT and RIGHT being one business, heaviest first.

    Each line has a weight: +2.3 makes the odds ten times as good, -2.3 ten times as bad. Their sum is the log-odds of
    the probability.

    Parameters
    ----------
    left: str
        A record: its id, the partner's name, ACCOUNT:ID such as crux:acme:757c, or its key as reports show it. Without
        SOURCES, any name.
    right: str
        Another, likewise.
    sources: Path
        The snapshot folders and tables that hold them. How rare a word is, is counted in all of them: name the same as
        for `aggregator reconcile`.
    decisions: Path
        A file with what people have decided. Can be given several times.
    column: str
        Which heading of a table holds what, as in `aggregator reconcile`.
    read: str
        How a table is read, as in `aggregator reconcile`.
    """
    if sources:
        from aggregator.reconcile.sources import open_sources  # noqa: PLC0415 - keeps --help quick

        probability, evidence, names = _of_records(left, right, open_sources(sources, column, read), decisions)
    else:
        probability, evidence = _of_names(left, right)
        names = (left, right)
        say_note("These are compared as mere names; name the sources to compare records.")
    print(f"{clean(names[0])}  ~  {clean(names[1])}")  # noqa: T201 - the result
    print(f"probability {probability:.3f}")  # noqa: T201 - the result
    for item in evidence:
        print(f"  {item.weight:+6.1f}  {clean(item.sentence)}")  # noqa: T201 - the result
    return 0


@without_garbage_collection()
def _of_records(
    left: str, right: str, sources: Sources, decisions: tuple[Path, ...]
) -> tuple[float, tuple[Evidence, ...], tuple[str, str]]:
    from aggregator.cli.reconcile import read_all  # noqa: PLC0415 - keeps --help quick
    from aggregator.reconcile.references import References  # noqa: PLC0415
    from aggregator.reconcile.workflow import reconcile  # noqa: PLC0415

    result = reconcile(sources.read().snapshot, decisions=read_all(decisions))
    entries = result.entries
    references = References(entries.values())
    one, other = references.choose(left), references.choose(right)
    if one == other:
        raise ConfigurationError(f"{left!r} and {right!r} are one record.", hint="Name two, such as left:1 right:1.")
    probability, evidence = result.explain(one, other)
    first, second = (f"{entries[key].name!r} on {entries[key].account} ({entries[key].id})" for key in (one, other))
    return probability, evidence, (first, second)


def _of_names(left: str, right: str) -> tuple[float, tuple[Evidence, ...]]:
    from aggregator.reconcile.matching import Profile, match  # noqa: PLC0415 - keeps --help quick

    result = match([Profile(key="left", source="left", name=left), Profile(key="right", source="right", name=right)])
    return result.explain("left", "right")
