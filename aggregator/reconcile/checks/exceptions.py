"""What became of the policy's exceptions: expired, no longer needed, or for nobody there is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from aggregator.reconcile.account_views import AccountView
from aggregator.reconcile.checks.context import Context
from aggregator.reconcile.checks.forgiven import ABSENCES, Forgiven
from aggregator.reconcile.finding import Finding
from aggregator.reconcile.policy.policy import PolicyException, any_fits

_OF_ORDERS: Final = frozenset(
    {
        "active-but-silent",
        "trading-while-inactive",
        "backorder-overdue",
        "unallocated-overdue",
        "account-number-missing",
        "order-without-connection",
        "activity-unknown",
    }
)

# Whether a partner is expected hangs on who else holds it and says what, and two records of one account may be found
# to be one business, or two numberings to be apart, by those of another.
_BETWEEN_ACCOUNTS: Final = ABSENCES | {
    "ended-here-active-there",
    "account-number-reused",
    "duplicate",
    "numbered-apart",
}


def check_exceptions(context: Context, forgiven: Forgiven) -> Iterator[Finding]:
    """Yield what has become of exceptions, once everything that they could forgive has been found."""
    for one in forgiven.over:
        message = f"The exception for {_whom(one)} expired on {one.until:%Y-%m-%d}."
        yield from context.finding("exception-expired", message)
    for one, elsewhere in forgiven.unheeded:
        if _names_no_source(context, one):
            continue  # which is told of every part of the policy
        if one.partner is not None and not context.called.fitting(one.partner):
            yield from _for_nobody(context, one, one.partner)
        elif _is_all_told(context, one):
            message = f"The exception for {_whom(one)} forgives nothing that is found today: {_why(elsewhere)}."
            yield from context.finding("exception-unneeded", message)


def _whom(exception: PolicyException) -> str:
    whom = "every partner" if exception.partner is None else repr(exception.partner)
    return f"{whom} ({exception.reason})"


def _why(elsewhere: str | None) -> str:
    if elsewhere is None:
        return "it is no longer needed"
    return f"of a partner that is missing it must name the account that lacks it, such as {elsewhere!r}"


def _names_no_source(context: Context, exception: PolicyException) -> bool:
    return bool(exception.accounts) and not any_fits(exception.accounts, *(view.account for view in context.views))


def _for_nobody(context: Context, exception: PolicyException, pattern: str) -> Iterator[Finding]:
    """A slip in a name; but where a list is not whole, the partner may be on the page that did not come."""
    if not context.partners or not all(view.proves_absence for view in context.views):
        return
    meant = context.names.nearest(pattern)
    message = (
        f"The policy has an exception for {_whom(exception)}, and no partner is called so."
        f"{'' if meant is None else f' Did you mean {meant!r}?'}"
    )
    yield from context.finding("exception-without-partner", message)


def _is_all_told(context: Context, exception: PolicyException) -> bool:
    """Whether what an exception forgives would have been found if it were so: the lists it takes are whole."""
    views = [view for view in context.views if _is_meant(exception, view)]
    compared = not exception.codes or any(map(_is_between_accounts, exception.codes))
    if not all(view.proves_absence for view in (context.views if compared else views)):
        return False
    trades = [context.trade_on(view.account) for view in views]
    if exception.codes and _OF_ORDERS.issuperset(exception.codes):
        return all(trade is not None and trade.is_known for trade in trades)
    may_be_of_orders = not exception.codes or not _OF_ORDERS.isdisjoint(exception.codes)
    return not may_be_of_orders or all(trade is None or trade.is_known for trade in trades)


def _is_meant(exception: PolicyException, view: AccountView) -> bool:
    return not exception.accounts or any_fits(exception.accounts, view.account)


def _is_between_accounts(code: str) -> bool:
    return code.endswith("-conflict") or code in _BETWEEN_ACCOUNTS
