"""`aggregator reconcile`: who is who in snapshots and tables, and what disagrees."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from cyclopts import Parameter

from aggregator.cli import FINDINGS
from aggregator.cli.places import Place
from aggregator.cli.progress import shown_work
from aggregator.cli.reconcile_output import print_result
from aggregator.cli.targets import check_pairs_file, check_report_folder
from aggregator.cli.terminal import clean, say_note
from aggregator.drafts import real
from aggregator.errors import ConfigurationError
from aggregator.garbage import without_garbage_collection
from aggregator.reconcile.sources import Sources, open_sources, readable
from aggregator.reconcile.wording import counted

if TYPE_CHECKING:
    from aggregator.model import Rejected
    from aggregator.reconcile import Decisions, Reconciliation


def reconcile(
    *sources: Place,
    decisions: Annotated[
        tuple[Place, ...], Parameter(name=["--decisions", "-d"], negative=(), show_default=False)
    ] = (),
    policy: Annotated[Place | None, Parameter(name=["--policy", "-p"])] = None,
    out: Annotated[Place | None, Parameter(name=["--out", "-o"])] = None,
    matches: Annotated[Place | None, Parameter(name=["--matches", "-m"])] = None,
    duplicates: Annotated[bool, Parameter(negative=())] = False,
    column: Annotated[tuple[str, ...], Parameter(name=["--column"], negative=(), show_default=False)] = (),
    read: Annotated[tuple[str, ...], Parameter(name=["--read"], negative=(), show_default=False)] = (),
    format: Literal["text", "json", "markdown"] = "text",  # noqa: A002 - the option's name
    fail_on: Literal["error", "warning", "never"] = "never",
) -> int:
    """Say who is who in SOURCES, and what disagrees.

    A source is a snapshot folder that `aggregator collect` wrote, or a table of your own: CSV, Excel or Parquet with a
    row of headings. Which column holds the name, the id and so on is guessed from the headings and shown.

    With tables alone, and --matches but no --out, no --policy, no --format but text and no --fail-on but never, only
    pairs are worked out, which is quick enough for millions of rows.

    Exit code 0: done. 5: done, and there is a finding at least as grave as --fail-on says.

    Parameters
    ----------
    sources: Path
        Snapshot folders and table files. Of two records, the left one is of the source that is named first.
    decisions: Path
        What people have decided, which always wins: a file of `aggregator link` or `review`, CSV or SQLite (.sqlite).
        Can be given several times; what was decided on an earlier report in --out counts too.
    policy: Path
        A TOML file that says which partners should be where, what is compared and what is forgiven. Without one, every
        account is expected to hold every live partner.
    out: Path
        A folder for the report: index.html to look at, and the same as JSON, CSV, Parquet, XLSX and Markdown. Partners
        keep the ids of an earlier report in it, and what was decided on that by `aggregator review` counts.
    matches: Path
        A CSV file to write all pairs of records to that are one business with a probability of 0.05 or more. Of files
        that are there, it replaces none but such a file.
    duplicates: bool
        Write pairs within one source to the file of --matches too, which is done anyway if there is one source only.
    column: str
        Which heading of a table holds what, where the guess is wrong: name=Firma, or left:name=Firma for left.csv
        alone. Can be given several times; a wrong field is answered with those there are.
    read: str
        How a table is read, where that goes wrong: encoding=cp1250, delimiter=tab or sheet=NAME, or left:sheet=NAME for
        left.xlsx alone. Can be given several times.
    format: Literal["text", "json", "markdown"]
        How the result is printed. Text is tables on a terminal, and plain lines where it goes into a pipe or a file.
    fail_on: Literal["error", "warning", "never"]
        Exit with 5 if there is a finding this grave or graver.
    """
    if not sources:
        raise ConfigurationError("Nothing to reconcile.", hint="Name snapshot folders or tables: left.csv right.csv.")
    if matches is not None:
        check_pairs_file(matches, (*sources, *decisions, *((policy,) if policy else ())), out)
    if out is not None:
        check_report_folder(out, sources)
    given = open_sources(sources, column, read)
    say_names(given)
    if out is not None:
        decisions = _with_those_of_the_report(decisions, out) if decisions else _kept(out)
    if matches is not None:
        check_pairs_file(matches, decisions, out)  # an earlier report may name more of them
    said = read_all(decisions)
    pairs_alone = matches is not None and policy is None and out is None and (format, fail_on) == ("text", "never")
    # Until nothing that was read is held any more, or it would be looked through after all.
    with without_garbage_collection():
        if matches is not None and pairs_alone and given.only_tables:
            return _link(given, said, matches, duplicates=duplicates)
        return _reconcile(
            given, said, decisions, policy, out, matches, format=format, fail_on=fail_on, duplicates=duplicates
        )


def say_names(given: Sources) -> None:
    """Say which tables are called otherwise than their files, by a name that does not last, and which are one file."""
    for table in given.tables:
        if table.account.isdecimal() and not table.path.is_file():
            say_note(
                f"{table.path} is a pipe, which is called {table.account} here and may be called otherwise the next "
                "time: decisions would be about nobody. Where they matter, write it into a file first: left.csv."
            )
        if table.account != (stem := readable(table.path.stem)):
            say_note(
                f"{table.path} is called {table.account} here, for another is called {stem}. Decisions name it so: "
                "keep the order of the sources, or give one file another name."
            )
    for first, second in combinations(given.tables, 2):
        if first.path.is_file() and first.path.samefile(second.path):
            say_note(f"{first.path} and {second.path} are one file: whoever is in it is found in it.")


def _with_those_of_the_report(named: tuple[Path, ...], out: Path) -> tuple[Path, ...]:
    """The files that are named, and what was decided on an earlier report in this folder: nobody takes that back."""
    from aggregator.report.decision_files import decided_here, decisions_of  # noqa: PLC0415 - keeps --help quick

    own = decided_here(out, named)
    for path in own:
        say_note(f"Decisions in {path} are obeyed too.")
    known = set(map(real, (*named, *own)))
    for path in decisions_of(out):
        if path.exists() and real(path) not in known:
            say_note(f"Decisions in {path}, which the report in {out} obeyed, no longer count: they are not named.")
    return (*named, *own)


def _kept(out: Path) -> tuple[Path, ...]:
    """The decisions that `aggregator review` has kept for an earlier report in this folder."""
    from aggregator.report.decision_files import (  # noqa: PLC0415 - keeps --help quick
        decisions_of,
        lost_decisions,
        refuse_pipes,
        told_lost,
    )

    for lost in lost_decisions(out):
        message = told_lost(out, lost)
        if real(lost.parent) != real(out):
            raise ConfigurationError(f"{message}.", hint="Restore it, or name the files that count: --decisions.")
        say_note(f"{message}: they no longer count.")
    paths = tuple(path for path in decisions_of(out) if path.exists())
    refuse_pipes(paths)
    for path in paths:
        say_note(f"Decisions in {path} are obeyed.")
    return paths


def read_all(paths: Iterable[Path]) -> Decisions:
    """Return what people have decided in these files, taken together."""
    from aggregator.reconcile import merged, read_decisions  # noqa: PLC0415 - keeps --help quick

    return merged(map(read_decisions, paths))


def _link(given: Sources, decisions: Decisions, matches: Path, *, duplicates: bool) -> int:
    from aggregator.reconcile.linkage import link_tables  # noqa: PLC0415

    linkage = link_tables(given.tables, decisions)
    for label, table in zip(linkage.labels, linkage.tables, strict=True):
        say_note(f"{label}: {table.columns}")
        _say_rejected(label, table.rejected, len(table.rejected))
    for pair in linkage.apart:
        say_note(f"{pair}.")
    for gone in linkage.gone:
        say_note(f"{gone}.")
    count = linkage.write(matches, duplicates=duplicates)
    print(clean(linkage.summary()))  # noqa: T201 - the result
    say_note(f"{counted(count, 'pair')} written to {matches}")
    return 0


def _say_rejected(label: str, rejected: Sequence[Rejected], count: int) -> None:
    for row in rejected[:5]:
        say_note(f"{label}: set aside {'; '.join(row.errors)}")
    if count > 5:
        say_note(f"{label}: and {count - 5:,} more")


def _reconcile(
    given: Sources,
    decisions: Decisions,
    decided: tuple[Path, ...],
    policy: Path | None,
    out: Path | None,
    matches: Path | None,
    *,
    format: Literal["text", "json", "markdown"],  # noqa: A002 - the option's name
    fail_on: Literal["error", "warning", "never"],
    duplicates: bool,
) -> int:
    from aggregator.reconcile import Severity  # noqa: PLC0415 - keeps --help quick
    from aggregator.reconcile.policy.file import read_policy  # noqa: PLC0415
    from aggregator.reconcile.workflow import model_of, reconcile  # noqa: PLC0415
    from aggregator.report import read_partner_ids, write_report  # noqa: PLC0415
    from aggregator.report.folder import keep_for_review  # noqa: PLC0415

    rules = None if policy is None else read_policy(policy)
    if rules is not None:
        model_of(rules)  # a slip is told before the lists are read
    with shown_work("Reading the lists"):
        read = given.read()
    snapshot = read.snapshot
    for account, columns in read.columns.items():
        say_note(f"{account}: {columns}")
    for listing in snapshot.listings:
        _say_rejected(str(listing.source), listing.rejected, listing.coverage.rejected)
    previous = {} if out is None else read_partner_ids(out)
    with shown_work("Saying who is who"):
        result = reconcile(snapshot, decisions=decisions, policy=rules, previous=previous)
    if out is not None:
        with shown_work("Writing the report"):
            left_out = write_report(result, out)
            keep_for_review(out, snapshot, result, decisions=decided, policy=policy, saved=given.saved)
        say_written(out, left_out)
    if matches is not None:
        _write_pairs(result, matches, duplicates=duplicates)
    print_result(result, format, out=out)
    if policy is None and any(one.code == "missing" for one in result.findings):
        say_note(
            "Every account is expected to hold every live partner; a policy file says who should be where: --policy."
        )
    worst = result.worst()
    return FINDINGS if fail_on != "never" and worst is not None and worst.rank <= Severity(fail_on).rank else 0


def say_written(out: Path, left_out: tuple[str, ...]) -> None:
    """Say where a report is, and what another package would add to it."""
    say_note(f"The report is in {out}" if "index.html" in left_out else f"The report is {out / 'index.html'}")
    if left_out:
        say_note(f"Without {', '.join(left_out)}: pip install 'connection-aggregator[report]' adds them.")


def _write_pairs(result: Reconciliation, matches: Path, *, duplicates: bool) -> None:
    from aggregator.reconcile.pairs_file import write_pairs  # noqa: PLC0415 - keeps --help quick
    from aggregator.reconcile.reviewed import with_undecided  # noqa: PLC0415

    ids = {key: entry.id for key, entry in result.entries.items()}
    labels = [view.account.label for view in result.coverage]
    count = write_pairs(
        matches,
        result.result,
        lambda profile: ids[profile.key],
        sources=labels,
        table=with_undecided(result.result, ((pair.left, pair.right) for pair in result.review))[0],
        duplicates=duplicates or len(labels) == 1,
    )
    say_note(f"{counted(count, 'pair')} written to {matches}")
