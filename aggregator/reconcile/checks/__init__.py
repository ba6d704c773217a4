"""The findings, one module for each kind of question."""

from __future__ import annotations

from collections.abc import Iterator

from aggregator.reconcile.checks.activity import check_activity
from aggregator.reconcile.checks.context import Context
from aggregator.reconcile.checks.exceptions import check_exceptions
from aggregator.reconcile.checks.fields import compare_fields
from aggregator.reconcile.checks.forgiven import Forgiven
from aggregator.reconcile.checks.policy_names import check_policy_names
from aggregator.reconcile.checks.presence import asked_once, check_presence
from aggregator.reconcile.checks.progress import check_progress
from aggregator.reconcile.checks.sameness import check_sameness
from aggregator.reconcile.checks.statuses import check_statuses
from aggregator.reconcile.finding import Finding

CHECKS = (
    check_policy_names,
    check_presence,
    check_statuses,
    compare_fields,
    check_sameness,
    check_progress,
    check_activity,
)


def all_findings(context: Context, forgiven: Forgiven) -> Iterator[Finding]:
    """Yield what every check finds, but for what the policy switches off or forgives."""
    for check in CHECKS:
        left = (finding for finding in check(context) if not forgiven.covers(finding))
        yield from asked_once(context, left)
    yield from check_exceptions(context, forgiven)


__all__ = ["Context", "Forgiven", "all_findings"]
