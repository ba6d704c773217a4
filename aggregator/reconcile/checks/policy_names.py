"""Whether the policy speaks of what is there: a slip in a name would make it expect nothing, in silence."""

from __future__ import annotations

from collections.abc import Iterator

from aggregator.reconcile.checks.context import Context
from aggregator.reconcile.checks.expected import is_meant
from aggregator.reconcile.finding import Finding
from aggregator.reconcile.policy.policy import Expectation, any_fits
from aggregator.spelling import did_you_mean


def check_policy_names(context: Context) -> Iterator[Finding]:
    """Yield a finding for each pattern of accounts in the policy that fits none, and for what it expects of nobody."""
    accounts = [view.account for view in context.views]
    labels = [account.label for account in accounts]
    for pattern, use in dict(_patterns(context)).items():
        if not any_fits([pattern], *accounts):
            meant = did_you_mean(pattern, labels)
            message = (
                f"The policy {use} {pattern!r}, and no source is called so. {meant}There are: {', '.join(labels)}."
            )
            yield from context.finding("policy-without-account", message)
    for expectation in context.policy.expectations or ():
        answers = (is_meant(expectation, partner, context.named) for partner in context.partners)
        if context.partners and True not in answers:
            whom = " and ".join(_whom(expectation))
            where = ", ".join(map(repr, expectation.accounts))
            message = f"The policy expects partners {whom} on {where}, and no list says so of anybody."
            yield from context.finding("policy-without-partner", message)


def _whom(expectation: Expectation) -> Iterator[str]:
    if expectation.name is not None:
        yield f"called {expectation.name!r}"
    if expectation.role is not None:
        yield f"of the role {expectation.role.value!r}"


def _patterns(context: Context) -> Iterator[tuple[str, str]]:
    for exception in context.policy.exceptions:
        yield from ((pattern, "forgives findings on") for pattern in exception.accounts)
    for words in context.policy.statuses:
        yield from ((pattern, "says what status words mean on") for pattern in words.accounts)
    for link in context.policy.links:
        yield from ((pattern, "links to the records of") for pattern in link.accounts)
    for expectation in context.policy.expectations or ():
        yield from ((pattern, "looks for partners that are listed in") for pattern in expectation.listed_in or ())
        yield from ((pattern, "expects partners on") for pattern in expectation.accounts)
