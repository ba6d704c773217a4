"""`aggregator demo`: all of it, on the three bundled vendors, over real HTTP on loopback."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from aggregator.adapter.base import Adapter
from aggregator.adapter.registry import load_adapter
from aggregator.cli.collect import exit_code
from aggregator.cli.coverage import plain_coverage, print_coverage
from aggregator.cli.demo_truth import Score, score
from aggregator.cli.findings import shown_findings
from aggregator.cli.places import Place
from aggregator.cli.progress import shown_progress
from aggregator.cli.reconcile import say_written
from aggregator.cli.targets import check_snapshots_folder
from aggregator.cli.terminal import clean, output, say_note
from aggregator.collect import Aggregator
from aggregator.errors import ConfigurationError
from aggregator.model import ConnectionStatus
from aggregator.model.converter import dump_json
from aggregator.snapshot import Snapshot
from aggregator.snapshot.disk import save_under

if TYPE_CHECKING:
    from aggregator.reconcile import Reconciliation
    from aggregator.sandbox import Sandbox, World

# Where the sandbox names two ways in, or two sides of a trade, the demo uses the other one.
_LEFT_OUT = frozenset({"token", "brand_id"})

_EXAMPLES_OF_A_KIND = 1


def demo(
    *,
    partners: int = 60,
    seed: int = 1,
    fault: Annotated[list[str] | None, Parameter(name="--fault", negative=())] = None,
    out: Annotated[Place, Parameter(name=["--out", "-o"])] = Path("demo"),
    json: Annotated[bool, Parameter(negative=())] = False,
) -> int:
    """Start the three bundled vendors, collect from all of them, reconcile, and print what was found.

    The vendors are this project's own servers, built from the vendors' documents; they run on loopback, and the
    businesses are made up. The result stays in a folder that is named at the end.

    Exit code 0: every list is complete. 4: at least one is not, which takes a fault. If every list failed: the code of
    the first failure, as of `aggregator collect`.

    Parameters
    ----------
    partners: int
        How many businesses the world has.
    seed: int
        The same seed makes the same world.
    fault: list[str]
        Make a vendor misbehave, as in `aggregator sandbox`: try commerce_layer:500=1 or fabric:reset=0.2.
    out: Path
        Where to leave the result.
    json: bool
        Print one line of JSON instead of tables.
    """
    check_snapshots_folder(out)
    world, snapshot = _collect(partners, seed, tuple(fault or ()))
    code = exit_code(snapshot)
    from aggregator.reconcile import reconcile  # noqa: PLC0415 - not needed to print help
    from aggregator.report.folder import keep_for_review, write_report  # noqa: PLC0415

    reconciliation = reconcile(snapshot)
    folder = save_under(snapshot, out)
    scores = score(reconciliation, world)
    result = {**reconciliation.to_plain(), "against_the_truth": scores.to_plain()}
    written = folder / "reconciliation.json"
    written.write_text(dump_json(result) + "\n", "ascii")
    if json:
        print(dump_json({"folder": str(folder), "listings": plain_coverage(snapshot), **result}))  # noqa: T201
    else:
        print_coverage(snapshot)
        _print_result(reconciliation, scores)
        say_note(f"\nAll of it is in {folder}: the lists, {written.name}, and the report.")
        report = folder / "report"
        left_out = write_report(reconciliation, report)
        keep_for_review(report, snapshot, reconciliation, decisions=(), policy=None, saved=folder)
        say_written(report, left_out)
        say_note("Its links to records lead to the demo's own platforms, which have stopped with it.")
        _say_what_next(report, needs_extra=bool(left_out))
    return code


def _collect(partners: int, seed: int, faults: tuple[str, ...]) -> tuple[World, Snapshot]:
    try:
        from aggregator.sandbox import Sandbox, UnknownFaultError, World  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise ConfigurationError(str(error)) from error
    try:
        # A world of today, so that what is overdue in it is overdue now.
        world = World.generate(partners, seed, as_of=datetime.now(UTC))
        with (
            Sandbox(world, faults=faults) as sandbox,
            shown_progress() as (on_progress, announce),
            Aggregator(accounts(sandbox), announce=announce) as aggregator,
        ):
            return world, aggregator.collect(orders=True, on_progress=on_progress)
    except (UnknownFaultError, ValueError) as error:
        raise ConfigurationError(str(error)) from error


def accounts(sandbox: Sandbox) -> list[Adapter]:
    """Return an account on each vendor of a running sandbox."""
    made = []
    for name, vendor in sandbox.vendors.items():
        credentials = {key: value for key, value in vendor.credentials.items() if key not in _LEFT_OUT}
        adapter = load_adapter(name)
        made.append(adapter(account="demo", base_url=vendor.base_url, record_page=vendor.record_page, **credentials))
    return made


def _print_result(reconciliation: Reconciliation, scores: Score) -> None:
    console = output()
    spread = Counter(len({account.vendor for account in one.accounts}) for one in reconciliation.partners)
    console.print()
    for number, count in sorted(spread.items(), reverse=True):
        console.print(f"{count:>5} partners on {number} of 3 platforms")
    console.print(f"{len(reconciliation.review):>5} pairs a person should look at")
    for line in _activity_lines(reconciliation):
        console.print(clean(line), soft_wrap=True)
    console.print("\nfindings")
    for line in shown_findings(reconciliation.findings, _EXAMPLES_OF_A_KIND):
        console.print(line, soft_wrap=True)
    console.print()
    for line in scores.lines():
        console.print(clean(line), soft_wrap=True)


def _activity_lines(reconciliation: Reconciliation) -> Iterator[str]:
    """Say of each account how many of its active connections are alive, by the longest window that is known."""
    for view in reconciliation.coverage:
        active = [one for entry in view.entries for one in entry.connections if one.status is ConnectionStatus.ACTIVE]
        counted = [one.activity.orders_within(30) for one in active if one.activity is not None]
        known = [one for one in counted if one is not None]
        if known:
            trading = sum(count > 0 for count, _ in known)
            days = max(days for _, days in known)
            alive = f"{trading:>5} of {len(active)} active connections on {view.account}"
            yield f"{alive} had an order in the last {days} days"


def _say_what_next(report: Path, *, needs_extra: bool) -> None:
    first = " (first: pip install 'connection-aggregator[review]')" if needs_extra else ""
    say_note(
        "\nWhat next (from a clone, the command is .venv/bin/aggregator):"
        f"\n  aggregator review {report}   to decide on the doubtful pairs{first}"
        "\n  aggregator collect --help   for your own accounts; docs/configuration.md says what to write"
    )
