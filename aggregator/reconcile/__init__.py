"""Who is who on all platforms, and what disagrees.

from aggregator.reconcile import reconcile

reconciliation = reconcile(snapshot)
for finding in reconciliation.findings:
    print(finding)
"""

from __future__ import annotations

import sys
from types import ModuleType
from typing import TYPE_CHECKING, Any

from aggregator.lazy import lazily

if TYPE_CHECKING:
    from aggregator.reconcile.account_views import AccountView
    from aggregator.reconcile.decisions.decisions import Decisions, merged
    from aggregator.reconcile.decisions.decisions_file import add_ruling, add_rulings, merge_into, read_decisions
    from aggregator.reconcile.decisions.rulings import Ruling, Verdict, ruling
    from aggregator.reconcile.entries import Account, Entry
    from aggregator.reconcile.finding import CATALOGUE, Claim, Finding, Severity
    from aggregator.reconcile.policy.file import read_policy
    from aggregator.reconcile.policy.policy import Expectation, Policy, PolicyException, PolicyStatuses
    from aggregator.reconcile.reconciliation import Partner, Reconciliation
    from aggregator.reconcile.workflow import reconcile
    from aggregator.snapshot import Snapshot

_HOMES = {
    "Account": ".entries",
    "AccountView": ".account_views",
    "CATALOGUE": ".finding",
    "Claim": ".finding",
    "Decisions": ".decisions.decisions",
    "Entry": ".entries",
    "Expectation": ".policy.policy",
    "Finding": ".finding",
    "Partner": ".reconciliation",
    "Policy": ".policy.policy",
    "PolicyException": ".policy.policy",
    "PolicyStatuses": ".policy.policy",
    "Reconciliation": ".reconciliation",
    "Ruling": ".decisions.rulings",
    "Severity": ".finding",
    "Verdict": ".decisions.rulings",
    "add_ruling": ".decisions.decisions_file",
    "add_rulings": ".decisions.decisions_file",
    "merge_into": ".decisions.decisions_file",
    "merged": ".decisions.decisions",
    "read_decisions": ".decisions.decisions_file",
    "read_policy": ".policy.file",
    "reconcile": ".workflow",
    "ruling": ".decisions.rulings",
}

__all__ = [
    "CATALOGUE",
    "Account",
    "AccountView",
    "Claim",
    "Decisions",
    "Entry",
    "Expectation",
    "Finding",
    "Partner",
    "Policy",
    "PolicyException",
    "PolicyStatuses",
    "Reconciliation",
    "Ruling",
    "Severity",
    "Verdict",
    "add_ruling",
    "add_rulings",
    "merge_into",
    "merged",
    "read_decisions",
    "read_policy",
    "reconcile",
    "ruling",
]


class _Reconcile(ModuleType):
    """This package, which can be called like the function of its name.

    `from aggregator import reconcile` gives the function, unless this package was imported first: then Python has put
    the package in the function's place.
    """

    def __call__(self, snapshot: Snapshot, **settings: Any) -> Reconciliation:  # noqa: ANN401 - as of the function
        from aggregator.reconcile.workflow import reconcile as function  # noqa: PLC0415 - loads the matcher

        return function(snapshot, **settings)


sys.modules[__name__].__class__ = _Reconcile


if not TYPE_CHECKING:  # type checkers shall go on knowing which names there are
    __getattr__ = lazily(__name__, _HOMES)


def __dir__() -> list[str]:
    return __all__
