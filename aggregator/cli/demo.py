"""`aggregator demo`: all of it, on the three bundled vendors, over real HTTP on loopback."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from cyclopts import Parameter

from aggregator.adapter.base import Adapter
from aggregator.adapter.registry import load_adapter
from aggregator.cli.coverage import plain_coverage, print_coverage
from aggregator.cli.findings import shown_findings
from aggregator.cli.progress import shown_progress
from aggregator.cli.reconcile import write_and_say
from aggregator.cli.terminal import output, say_note
from aggregator.collect import Aggregator
from aggregator.errors import ConfigurationError
from aggregator.model.converter import dump_json
from aggregator.snapshot import Snapshot
from aggregator.snapshot.disk import save_under

if TYPE_CHECKING:
    from aggregator.reconcile import Reconciliation
    from aggregator.sandbox import Sandbox, World

# Where the sandbox names two ways in, or two sides of a trade, the demo uses the other one.
_LEFT_OUT = frozenset({"token", "brand_id"})

_EXAMPLES_OF_A_KIND = 2


def demo(
    *,
    partners: int = 60,
    seed: int = 1,
    fault: Annotated[list[str] | None, Parameter(name="--fault", negative=())] = None,
    out: Annotated[Path, Parameter(name=["--out", "-o"])] = Path("demo"),
    json: Annotated[bool, Parameter(negative=())] = False,
) -> int:
    """Start the three bundled vendors, collect from all of them, reconcile, and print what was found.

    The vendors are this project's own servers, built from the vendors' documents; they run on loopback, and the
    businesses are made up. The result stays in a folder that is named at the end.

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
    world, snapshot = _collect(partners, seed, tuple(fault or ()))
    from aggregator.reconcile import reconcile  # noqa: PLC0415 - not needed to print help
    from aggregator.report.folder import keep_for_review  # noqa: PLC0415

    reconciliation = reconcile(snapshot)
    folder = save_under(snapshot, out)
    scores = score(reconciliation, world)
    result = {**reconciliation.to_plain(), "against_the_truth": scores}
    written = folder / "reconciliation.json"
    written.write_text(dump_json(result) + "\n", "ascii")
    if json:
        print(dump_json({"folder": str(folder), "listings": plain_coverage(snapshot), **result}))  # noqa: T201
    else:
        print_coverage(snapshot)
        _print_result(reconciliation, scores)
        say_note(f"\nThe snapshot is in {folder}, the reconciliation in {written}")
        report = folder / "report"
        write_and_say(reconciliation, report)
        keep_for_review(report, snapshot, decisions=(), policy=None)
    return 0


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
        made.append(load_adapter(name)(account="demo", base_url=vendor.base_url, **credentials))
    return made


def score(reconciliation: Reconciliation, world: World) -> dict[str, Any]:
    """Compare with the world's truth: pairs of records on different platforms that are, or were said to be, one."""
    truth = _truth(world)
    found, right = 0, 0
    for partner in reconciliation.partners:
        for left, right_one in combinations(partner.entries, 2):
            if left.account == right_one.account:
                continue
            ids = [truth.get((one.account.vendor, _native_id(one))) for one in (left, right_one)]
            if None not in ids:
                found += 1
                right += ids[0] == ids[1]
    there = sum(
        count[left] * count[other]
        for count in _records_of_each_business(reconciliation, truth).values()
        for left, other in combinations(count, 2)
    )
    return {
        "pairs_found": found,
        "pairs_right": right,
        "pairs_there_are": there,
        "precision": round(right / found, 4) if found else None,
        "recall": round(right / there, 4) if there else None,
    }


def _truth(world: World) -> dict[tuple[str, str], str]:
    """Which business each record is; a partner that was only asked for has no id yet but that of the request."""
    rows = world.truth()
    requested = {(one.platform, one.connection_id): one.business_id for one in rows if one.connection_id is not None}
    return {**requested, **{(one.platform, one.native_id): one.business_id for one in rows}}


def _records_of_each_business(
    reconciliation: Reconciliation, truth: dict[tuple[str, str], str]
) -> dict[str, Counter[str]]:
    counts: dict[str, Counter[str]] = {}
    for partner in reconciliation.partners:
        for entry in partner.entries:
            business = truth.get((entry.account.vendor, _native_id(entry)))
            if business is not None:
                counts.setdefault(business, Counter())[entry.account.label] += 1
    return counts


def _native_id(entry: Any) -> str:  # noqa: ANN401 - an Entry, which is not imported here
    return "" if entry.organization is None else entry.organization.id


def _print_result(reconciliation: Reconciliation, scores: dict[str, Any]) -> None:
    console = output()
    spread = Counter(len({account.vendor for account in one.accounts}) for one in reconciliation.partners)
    console.print()
    for number, count in sorted(spread.items(), reverse=True):
        console.print(f"{count:>5} partners on {number} of 3 platforms")
    console.print(f"{len(reconciliation.review):>5} pairs a person should look at")
    console.print("\nfindings")
    for line in shown_findings(reconciliation.findings, _EXAMPLES_OF_A_KIND):
        console.print(line, soft_wrap=True)
    console.print(
        f"\nAgainst the world's truth: of {scores['pairs_there_are']} pairs of records that are one business, "
        f"{scores['pairs_right']} were joined; precision {scores['precision']}, recall {scores['recall']}.",
        soft_wrap=True,
    )
