"""A reconciliation as Markdown: for a pull request, a chat, or a file."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import Final

from aggregator.reconcile import CATALOGUE, Finding, Reconciliation
from aggregator.reconcile.tables import visible
from aggregator.reconcile.wording import as_of, counted, nothing_disagrees, told_forgiven

_APART: Final = "\N{WORD JOINER}"
_LIVE: Final = re.compile(r"@(?=\w)|:(?=//)|www(?=\.)|#(?=\d)", re.IGNORECASE)
"""Where a mention, an address, one by mail too, or a reference to an issue would go on."""

SHOWN: Final = 50
"""Findings of one kind that are written out; the report's other files hold all of them."""


def as_markdown(reconciliation: Reconciliation) -> str:
    """Return a report: what each account said, then the findings, gravest first, by kind."""
    lines = [
        "# Partners",
        "",
        f"{as_of(reconciliation.taken_at)}.",
        "",
        "| account | partners | silence proves absence |",
        "| --- | ---: | --- |",
    ]
    for view in reconciliation.coverage:
        state = f"yes{view.told_time}" if view.proves_absence else f"no{view.told_time}: {view.reason}"
        lines.append(f"| {_plain(str(view.account))} | {len(view.entries):,} | {_plain(state)} |")
    lines += [
        "",
        (
            f"{counted(len(reconciliation.partners), 'partner')}, {reconciliation.several:,} on more than one account. "
            f"{counted(len(reconciliation.matches), 'pair')} matched, {len(reconciliation.review):,} to review."
        ),
    ]
    by_code: dict[tuple[str, str], list[Finding]] = defaultdict(list)
    for finding in reconciliation.findings:
        by_code[finding.severity.value, finding.code].append(finding)
    for (severity, code), findings in by_code.items():
        lines += ["", f"## {severity}: {code} ({len(findings):,})", "", CATALOGUE[code].meaning, ""]
        lines += [f"- {_plain(finding.message)}" for finding in findings[:SHOWN]]
        if len(findings) > SHOWN:
            lines.append(f"- and {len(findings) - SHOWN:,} more")
    if not by_code:
        lines += ["", f"{nothing_disagrees(reconciliation.forgiven)}."]
    if reconciliation.forgiven:
        lines += ["", told_forgiven(reconciliation.forgiven)]
    return "\n".join(lines) + "\n"


def _plain(text: str) -> str:
    """Return a text that Markdown shows as it is: names are anybody's input.

    A backslash takes no mention, address or reference back where GitHub looks for them in what it shows; a sign of no
    width behind the first mark does.
    """
    escaped = re.sub(r"([\\`*_\[\]<>|#~&])", r"\\\1", visible(" ".join(text.split())))
    return _LIVE.sub(lambda found: f"{found[0]}{_APART}", escaped)
