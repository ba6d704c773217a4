"""Whether the policy speaks of accounts that are there: a slip in a name would make it expect nothing, in silence."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from aggregator.reconcile.checks.context import Context
from aggregator.reconcile.finding import Finding
from aggregator.reconcile.policy import fits_account


def check_policy_names(context: Context) -> Iterator[Finding]:
    """Yield a finding for each pattern of accounts in the policy that fits none."""
    accounts = [view.account for view in context.views]
    labels = [account.label for account in accounts]
    for pattern, use in dict(_patterns(context)).items():
        if not any(fits_account(pattern, account) for account in accounts):
            close = get_close_matches(pattern, labels, n=1)
            meant = f" Did you mean {close[0]!r}?" if close else ""
            message = f"The policy {use} {pattern!r}, and no source is called so: there are {', '.join(labels)}.{meant}"
            yield from context.find("policy-without-account", message)


def _patterns(context: Context) -> Iterator[tuple[str, str]]:
    for exception in context.policy.exceptions:
        yield from ((pattern, "forgives findings on") for pattern in exception.accounts)
    for link in context.policy.links:
        yield from ((pattern, "links to the records of") for pattern in link.accounts)
    for expectation in context.policy.expectations or ():
        yield from ((pattern, "looks for partners that are listed in") for pattern in expectation.listed_in or ())
        yield from ((pattern, "expects partners on") for pattern in expectation.accounts)
