"""A reconciliation as files: JSON for machines, CSV for spreadsheets, Markdown for people."""

from __future__ import annotations

import csv
import os
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from io import StringIO
from pathlib import Path
from typing import Final

from aggregator.errors import ConfigurationError
from aggregator.model.converter import dump_json, load_json
from aggregator.reconcile.cells import harmless
from aggregator.reconcile.finding import CATALOGUE, Finding
from aggregator.reconcile.reconciliation import Reconciliation

RESULT: Final = "reconciliation.json"


def write_folder(reconciliation: Reconciliation, folder: Path) -> Path:
    """Write a reconciliation into a folder, replacing an earlier one file by file, and return the folder.

    Raises:
        ConfigurationError: It cannot be written.
    """
    files = {
        RESULT: dump_json(reconciliation.to_plain()) + "\n",
        "partners.csv": _table(_PARTNERS, _partners(reconciliation)),
        "findings.csv": _table(_FINDINGS, map(_finding, reconciliation.findings)),
        "review.csv": _table(_REVIEW, _review(reconciliation)),
        "report.md": as_markdown(reconciliation),
    }
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in files.items():
            draft = folder / f".{name}.{os.getpid()}"
            draft.write_text(text, encoding="utf-8", newline="")
            draft.replace(folder / name)
    except OSError as error:
        raise ConfigurationError(f"{folder} cannot be written: {error.strerror}.", hint="Name another.") from error
    return folder


def read_partner_ids(folder: Path) -> Mapping[str, str]:
    """Return the partner id of each entry key in a folder that `write_folder` wrote; nothing if there is none.

    Raises:
        ConfigurationError: The file in it is damaged.
    """
    path = folder / RESULT
    try:
        plain = load_json(path.read_text("utf-8"))
        return {entry["key"]: partner["id"] for partner in plain["partners"] for entry in partner["entries"]}
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except OSError as error:
        raise ConfigurationError(f"{path} cannot be read: {error.strerror}.") from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ConfigurationError(
            f"{path} is damaged, so partners would lose their ids.", hint="Restore it, or name another folder."
        ) from error


_PARTNERS: Final = ("partner_id", "partner", "account", "id", "name", "role", "status", "status_native", "key")
_FINDINGS: Final = ("severity", "code", "message", "partner_id", "accounts", "field", "values", "evidence", "records")
_REVIEW: Final = ("left", "right", "left_name", "right_name", "probability", "evidence")


def _partners(reconciliation: Reconciliation) -> Iterator[Sequence[str | None]]:
    for partner in reconciliation.partners:
        for entry in partner.entries:
            yield (
                partner.id,
                partner.name,
                entry.account.label,
                entry.id,
                entry.name,
                entry.role and entry.role.value,
                entry.status and entry.status.value,
                entry.status_native,
                entry.key,
            )


def _finding(finding: Finding) -> Sequence[str | None]:
    return (
        finding.severity.value,
        finding.code,
        finding.message,
        finding.partner_id,
        "; ".join(finding.accounts),
        finding.field,
        "; ".join(map(str, finding.claims)),
        "; ".join(finding.evidence),
        "; ".join(finding.records),
    )


def _review(reconciliation: Reconciliation) -> Iterator[Sequence[str | None]]:
    names = {entry.key: entry.name for view in reconciliation.coverage for entry in view.entries}
    for pair in reconciliation.review:
        evidence = "; ".join(map(str, reconciliation.evidence.get((pair.left, pair.right), ())))
        yield pair.left, pair.right, names[pair.left], names[pair.right], f"{pair.probability:.3f}", evidence


def _table(columns: Sequence[str], rows: Iterable[Sequence[str | None]]) -> str:
    text = StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([harmless(cell or "") for cell in row])
    return text.getvalue()


def as_markdown(reconciliation: Reconciliation) -> str:
    """Return a report: what each account said, then the findings, gravest first, by kind."""
    lines = ["# Partners", "", "| account | partners | silence proves absence |", "| --- | ---: | --- |"]
    for view in reconciliation.coverage:
        state = "yes" if view.proves_absence else f"no: {view.reason}"
        lines.append(f"| {_plain(str(view.account))} | {len(view.entries):,} | {_plain(state)} |")
    several = sum(len(partner.accounts) > 1 for partner in reconciliation.partners)
    lines += [
        "",
        (
            f"{len(reconciliation.partners):,} partners, {several:,} on more than one account. "
            f"{len(reconciliation.matches):,} pairs matched, {len(reconciliation.review):,} to review."
        ),
    ]
    by_code: dict[tuple[str, str], list[Finding]] = defaultdict(list)
    for finding in reconciliation.findings:
        by_code[finding.severity.value, finding.code].append(finding)
    for (severity, code), findings in by_code.items():
        lines += ["", f"## {severity}: {code} ({len(findings):,})", "", CATALOGUE[code].meaning, ""]
        lines += [f"- {_plain(finding.message)}" for finding in findings]
    if not by_code:
        lines += ["", "Nothing disagrees."]
    return "\n".join(lines) + "\n"


def _plain(text: str) -> str:
    """Return a text that Markdown shows as it is: names are anybody's input."""
    return re.sub(r"([\\`*_\[\]<>|#~])", r"\\\1", " ".join(text.split()))
