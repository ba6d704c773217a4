"""A reconciliation as a folder: the page, and the same data as JSON, CSV, Parquet and a workbook.

Beside them lies what `aggregator review` works with: the snapshot, the policy, and where decisions are kept.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from tempfile import mkdtemp
from typing import Final

from aggregator.devices import read_regular
from aggregator.drafts import replace_file
from aggregator.errors import ConfigurationError, NotReadable, NotWritable
from aggregator.model.converter import load_json
from aggregator.reconcile import Reconciliation
from aggregator.reconcile.tables import Table, TableName
from aggregator.report.decision_files import DECISIONS, SETTINGS, keep_files
from aggregator.report.markdown import as_markdown
from aggregator.report.review.kept import Kept
from aggregator.report.spreadsheets import as_csv, as_parquet, as_workbook
from aggregator.snapshot import Snapshot
from aggregator.snapshot.disk import copy_saved

RESULT: Final = "reconciliation.json"
PAGE: Final = "index.html"
SNAPSHOT: Final = "snapshot"
SCORES: Final = "review.npz"
POLICY: Final = "policy.toml"

_TABLES: Final[tuple[TableName, ...]] = ("partners", "findings", "review", "coverage")
TABLE_FILES: Final = ("report.xlsx", *(f"{name}.{kind}" for name in _TABLES for kind in ("csv", "parquet")))
"""Files of a report that could be read as lists of partners."""

OWN_FILES: Final = (PAGE, "report.md", RESULT, SETTINGS, SCORES, DECISIONS, POLICY, *TABLE_FILES)
"""Files that a report writes or reads in its folder."""

_REPLACED: Final = (PAGE, "report.md", SNAPSHOT, POLICY, *TABLE_FILES)


def refuse_strangers(folder: Path) -> None:
    """Make sure that writing a report into a folder replaces nothing but an earlier report.

    Raises:
        ConfigurationError: It is no folder, or no report is in it but files of the names that a report has.
    """
    if folder.exists() and not folder.is_dir():
        raise ConfigurationError(f"{folder} is no folder.", hint="Name a folder for the report.")
    if (folder / RESULT).exists() or (folder / SETTINGS).exists():
        return
    lost = [name for name in _REPLACED if (folder / name).exists()]
    if lost:
        raise ConfigurationError(
            f"{folder} holds no report, and a report would replace {', '.join(lost)} in it.",
            hint="Name a folder of its own, such as report.",
        )


def write_report(reconciliation: Reconciliation, folder: str | Path) -> tuple[str, ...]:
    """Write a reconciliation into a folder, replacing an earlier one file by file, and return what was left out.

    Args:
        reconciliation: What to write.
        folder: Where; it is made if it is not there.

    Returns:
        Names of the files that need a package that is not installed; empty if everything was written.

    Raises:
        ConfigurationError: It cannot be written, or would replace files that are no report's.
    """
    place = Path(folder)
    refuse_strangers(place)
    try:
        place.mkdir(mode=0o700, parents=True, exist_ok=True)  # raw records are in it, as in a snapshot
        replace_file(place / RESULT, reconciliation.to_json())
        replace_file(place / "report.md", as_markdown(reconciliation))
        return (*_write_page(reconciliation, place), *_write_tables(reconciliation, place))
    except OSError as error:
        raise NotWritable(f"{place} cannot be written: {error.strerror}.", hint="Name another.") from error


def _write_page(reconciliation: Reconciliation, folder: Path) -> tuple[str, ...]:
    try:
        from aggregator.report.page import render_page  # noqa: PLC0415 - an extra

        replace_file(folder / PAGE, render_page(reconciliation))
    except ImportError:
        return (PAGE,)
    return ()


def _write_tables(reconciliation: Reconciliation, folder: Path) -> tuple[str, ...]:
    """Write every table as it is made, so that there is one at a time."""
    left_out: list[str] = []

    def tables() -> Iterator[Table]:
        for name in _TABLES:
            table = reconciliation.to_frame(name)
            replace_file(folder / f"{name}.csv", as_csv(table))
            if not left_out:
                try:
                    replace_file(folder / f"{name}.parquet", as_parquet(table))
                except ImportError:
                    left_out.append("*.parquet")
            yield table

    made = tables()
    try:
        replace_file(folder / "report.xlsx", as_workbook(made, reconciliation.taken_at))
    except ImportError:
        left_out.append("report.xlsx")
    for _ in made:  # what no workbook has asked for
        pass
    return tuple(left_out)


def keep_for_review(
    folder: Path,
    snapshot: Snapshot,
    reconciliation: Reconciliation,
    *,
    decisions: Sequence[Path],
    policy: Path | None,
    saved: Path | None = None,
) -> None:
    """Leave beside a report what `aggregator review` needs to work on it.

    Args:
        folder: The report.
        snapshot: What was reconciled.
        reconciliation: What came of it.
        decisions: The files that hold decisions, new ones in the first; none for one in the folder.
        policy: The file that says what should be the case.
        saved: A folder that holds this very snapshot already; it is copied, which is quicker.

    Raises:
        NotWritable: It cannot be written.
        SnapshotError: The snapshot cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        draft = Path(mkdtemp(prefix=f".{SNAPSHOT}.", dir=folder))
        if saved is None:
            snapshot.save(draft)
        else:
            copy_saved(saved, draft)
        (folder / SCORES).unlink(missing_ok=True)  # these are of the snapshot that goes
        shutil.rmtree(folder / SNAPSHOT, ignore_errors=True)
        draft.replace(folder / SNAPSHOT)
        if policy is not None:
            replace_file(folder / POLICY, policy.read_bytes())
        else:
            (folder / POLICY).unlink(missing_ok=True)
        keep_scores(folder, reconciliation, decisions=decisions)
    except OSError as error:
        raise NotWritable(f"{folder} cannot be written: {error.strerror}.", hint="Name another.") from error


def keep_scores(
    folder: Path, reconciliation: Reconciliation, *, decisions: Sequence[Path], obeyed: str | None = None
) -> None:
    """Leave beside a report the scored pairs, so that a review begins at once, and where decisions are kept.

    Args:
        folder: The report.
        reconciliation: What came of it.
        decisions: The files that hold decisions, new ones in the first; none for one in the folder.
        obeyed: `decisions_digest` of the files when they were read, if they may have grown since.

    Raises:
        OSError: It cannot be written.
    """
    keep_files(folder, decisions, obeyed)
    replace_file(folder / SCORES, Kept.of(reconciliation).to_bytes())


def read_partner_ids(folder: str | Path) -> Mapping[str, str]:
    """Return `partner_ids` of the report in a folder that `write_report` wrote; nothing if there is none.

    Raises:
        ConfigurationError: The file in it is damaged.
    """
    path = Path(folder) / RESULT
    try:
        plain = load_json(read_regular(path).decode("utf-8"))
        held = {entry["key"]: partner["id"] for partner in plain["partners"] for entry in partner["entries"]}
        return {**held, **plain.get("remembered", {})}
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except OSError as error:
        raise NotReadable(f"{path} cannot be read: {error.strerror}.") from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ConfigurationError(
            f"{path} is damaged, so partners would lose their ids.", hint="Restore it, or name another folder."
        ) from error
