"""Findings on the terminal: by kind, gravest first, with a few examples of each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import TYPE_CHECKING, Final

from aggregator.cli.terminal import clean

if TYPE_CHECKING:
    from aggregator.reconcile import Finding

_LONGEST: Final = 600
"""So much of a sentence is printed; files hold all of it."""

ABSENCES = frozenset({"missing", "cannot-tell"})


def shown_findings(findings: Iterable[Finding], examples: int) -> Iterator[str]:
    """Yield lines that show findings: a heading for each kind, its first examples, and how many more there are.

    Args:
        findings: Gravest first, those of a kind together, as `Reconciliation.findings` are.
        examples: How many of a kind are shown.
    """
    for (severity, code), several in groupby(findings, key=lambda one: (one.severity, one.code)):
        group = list(several)
        yield f"{len(group):>6,} {severity.value:<8}{code}{_where(code, group)}"
        yield from (f"{'':15}{_shortened(' '.join(clean(one.message).split()))}" for one in group[:examples])
        if len(group) > examples:
            yield f"{'':15}and {len(group) - examples:,} more"


def _shortened(sentence: str) -> str:
    """A name may be as long as a book; what the sentence says of it stands at its end."""
    if len(sentence) <= _LONGEST:
        return sentence
    half = _LONGEST // 2
    return f"{sentence[:half]} … {sentence[-half:]}"


def _where(code: str, group: list[Finding]) -> str:
    """From which accounts partners are missing: the account a finding names first is the one that lacks them."""
    if code not in ABSENCES:
        return ""
    counts = Counter(one.accounts[0] for one in group)
    return f" ({', '.join(f'{count:,} from {label}' for label, count in counts.most_common())})"
