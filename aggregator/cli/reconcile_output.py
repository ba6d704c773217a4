"""How `aggregator reconcile` prints its result: tables where somebody looks, plain lines for everything else."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

from aggregator.cli.findings import shown_findings
from aggregator.cli.terminal import clean, output, say_note

if TYPE_CHECKING:
    from aggregator.reconcile import Reconciliation

EXAMPLES: Final = 5
"""Findings of a kind that are printed as plain text; all of them are in the files and in the other formats."""


def print_result(
    result: Reconciliation,
    format: Literal["text", "json", "markdown"],  # noqa: A002 - the option's name
    *,
    out: Path | None,
) -> None:
    """Print a reconciliation.

    Args:
        result: What to print.
        format: As what.
        out: The folder that holds all of it, if it was written.
    """
    if format == "json":
        sys.stdout.writelines(result.to_json())
    elif format == "markdown":
        from aggregator.report import as_markdown  # noqa: PLC0415

        # Clean as it is: what parts a mention from its name would not pass for that.
        print(as_markdown(result), end="")  # noqa: T201 - the result
    elif sys.stdout.isatty():
        from aggregator.report.terminal import print_tables  # noqa: PLC0415

        where = "--out DIR writes all of them" if out is None else f"all of them are in {clean(str(out))}"
        print_tables(result, output(), where=where)
    else:
        _print_lines(result, out)


def _print_lines(result: Reconciliation, out: Path | None) -> None:
    print(clean(result.summary()))  # noqa: T201 - the result
    lines = list(shown_findings(result.findings, EXAMPLES))
    print("\n".join(["", *lines]) if lines else "")  # noqa: T201 - the result
    if len(result.findings) > len(lines):
        where = "See all findings with --out DIR or --format json." if out is None else f"All findings are in {out}."
        say_note(where)
