"""`aggregator collect`: every partner of every account, into a snapshot folder."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

from cyclopts import Parameter

from aggregator.cli import INCOMPLETE, INTERNAL
from aggregator.cli.coverage import plain_coverage, print_coverage
from aggregator.cli.places import Place
from aggregator.cli.progress import shown_progress
from aggregator.cli.targets import check_snapshots_folder
from aggregator.cli.terminal import say_error, say_note
from aggregator.collect import Aggregator
from aggregator.config import DEFAULT_FILE, wanted_orders
from aggregator.errors import AggregatorError
from aggregator.model import Listing
from aggregator.model.converter import dump_json
from aggregator.snapshot import Snapshot
from aggregator.snapshot.disk import save_beside, save_under


def collect(
    *,
    config: Annotated[Place, Parameter(name=["--config", "-c"])] = Path(DEFAULT_FILE),
    out: Annotated[Place, Parameter(name=["--out", "-o"])] = Path("snapshots"),
    orders: Annotated[str | None, Parameter(name="--orders")] = None,
    json: Annotated[bool, Parameter(negative=())] = False,
) -> int:
    """Fetch every partner of every account and write a snapshot.

    The snapshot is a new folder below OUT, named by the time; `latest` points to the newest. It is written whole or not
    at all. Lists that are incomplete are kept and say why. Ctrl-C writes what came, and leaves `latest` alone.

    Exit code 0: every list is complete. 4: at least one is not. If every list failed: the code of the first failure,
    and 70 where that is a fault of an adapter.

    Parameters
    ----------
    config: Path
        The settings file that names the accounts.
    out: Path
        The folder that holds the snapshots.
    orders: str
        Fetch purchase orders too, and count each connection's activity: of so many days, such as 90, or all,
        or none. Without it, as the settings file says.
    json: bool
        Print coverage as one line of JSON instead of a table.
    """
    wanted = None if orders is None else wanted_orders("--orders", orders)
    check_snapshots_folder(out)
    with shown_progress() as (on_progress, announce), Aggregator.from_config(config, announce=announce) as aggregator:
        try:
            snapshot = aggregator.collect(orders=wanted, on_progress=on_progress)
        except KeyboardInterrupt:
            folder = save_beside(aggregator.so_far(), out)
            say_note(f"What came is written to {folder}, as incomplete; `latest` stays what it is.")
            raise
    folder = save_under(snapshot, out)
    if json:
        print(dump_json({"folder": str(folder), "listings": plain_coverage(snapshot)}))  # noqa: T201 - the result
    else:
        print_coverage(snapshot)
        say_note(f"Written to {folder}")
    if snapshot.unasked:
        say_note("No platform was asked for anything; `latest` stays what it is.")
    return exit_code(snapshot)


def exit_code(snapshot: Snapshot) -> int:
    """Say on standard error which listings failed, and return the code to exit with."""
    failed = [listing for listing in snapshot.listings if listing.error is not None]
    for message in dict.fromkeys(map(_said_of, failed)):  # one trouble may cost several lists
        say_error(message)
    if failed and len(failed) == len(snapshot.listings):
        first = failed[0].error
        return first.exit_code if isinstance(first, AggregatorError) else INTERNAL
    return 0 if snapshot.complete else INCOMPLETE


def _said_of(listing: Listing[Any]) -> str:
    if isinstance(listing.error, AggregatorError):
        return str(listing.error)
    return f"{listing.coverage.reason} AGGREGATOR_DEBUG=1 shows where it happened."
