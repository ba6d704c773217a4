"""What should be the case: which accounts should hold which partners, what is compared, and what is forgiven."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fnmatch import fnmatchcase
from typing import Final

from attrs import field, frozen

from aggregator.activity import UNALLOCATED_DAYS
from aggregator.model import ConnectionStatus, Role
from aggregator.model.record_page import RecordPage
from aggregator.reconcile.entries import Account
from aggregator.reconcile.finding import CATALOGUE, Severity
from aggregator.reconcile.policy_words import THRESHOLDS, require_known, require_status_words, require_threshold

FIELDS: Final = ("status", "name", "website", "phone", "contact", "address", "account-number")
"""Everything that can be compared between accounts."""

LIVE: Final = frozenset({ConnectionStatus.ACTIVE, ConnectionStatus.ONBOARDING, ConnectionStatus.PENDING})


def fits(pattern: str, *texts: str) -> bool:
    """Whether a pattern with * and ? fits one of the texts, whatever the case."""
    plain = pattern.casefold().replace("[", "[[]")  # names hold brackets, which mean nothing here
    return any(fnmatchcase(text.casefold(), plain) for text in texts)


def fits_account(pattern: str, account: Account) -> bool:
    """Whether a pattern fits an account, by label ("crux:acme"), vendor ("crux") or name."""
    return fits(pattern, account.label, account.vendor, account.name)


@frozen(kw_only=True)
class Expectation:
    """Accounts that should hold certain partners.

    Attributes:
        accounts: Patterns of the accounts that should hold them.
        role: Only partners of this role; None for all.
        status: Only partners that have one of these somewhere; partners without any status always fit.
        name: Only partners of a name that fits.
        listed_in: Only partners that one of these accounts holds; None for all.
    """

    accounts: tuple[str, ...]
    role: Role | None = None
    status: frozenset[ConnectionStatus] = LIVE
    name: str | None = None
    listed_in: tuple[str, ...] | None = None


@frozen(kw_only=True)
class PolicyException:
    """Findings that are forgiven for a while.

    Attributes:
        reason: Why.
        until: The last day on which they are.
        partner: Pattern of the partner's name, id, or the key of a record; None for all.
        codes: Which findings; empty for all.
        accounts: Patterns of accounts, of a partner that is missing those that lack it; empty for all.
    """

    reason: str
    until: date
    partner: str | None = None
    codes: tuple[str, ...] = ()
    accounts: tuple[str, ...] = ()


@frozen(kw_only=True)
class PolicyStatuses:
    """What status words mean.

    Attributes:
        words: The status of each word; case and outer blanks do not count.
        accounts: Patterns of the accounts whose words these are, which go before those of all; empty for all.

    Raises:
        ConfigurationError: A word means no status, or is there twice.
    """

    words: Mapping[str, ConnectionStatus]
    accounts: tuple[str, ...] = ()

    def __attrs_post_init__(self) -> None:
        require_status_words(self.words, "the policy")


@frozen(kw_only=True)
class PolicyLink:
    """Where people see the records of certain accounts, for tables and for what was collected without saying so.

    Attributes:
        accounts: Patterns of the accounts.
        pages: The pages; the first that a record has is linked to.
    """

    accounts: tuple[str, ...]
    pages: tuple[RecordPage, ...]


@frozen(kw_only=True)
class Policy:
    """What should be the case. Without arguments: every account should hold every live partner of a fitting role.

    Attributes:
        expectations: Which accounts should hold which partners; None for the default, empty for no expectation.
        severities: Other severities than the catalogue's, by code; None switches a finding off.
        fields: What is compared between accounts.
        match: Probability from which two records are joined without a person; None for the shipped one.
        review: Probability from which a person should look; None for the shipped one.
        pending_days: Days after which a pending connection is stuck.
        onboarding_days: Days after which an onboarding without a target date is stuck.
        silent_days: Days without an order after which an active connection is silent.
        trading_days: Days within which an order means that a connection trades.
        backorder_days: Days past the promised date after which a backorder is overdue.
        unallocated_days: Days after which a line that no supplier has allocated is late.
        account_number_share: Share of an account's active connections, from 0 to 1, that have an account number; from
            it on, a trading connection without one is told.
        account_number_connections: How many active connections an account must have for that.
        exceptions: What is forgiven.
        links: Where people see the records of an account; these go before what the account's settings said.
        statuses: What status words mean, in the place of what is known of them.

    Raises:
        ConfigurationError: A word is not known, or a number cannot be.
    """

    expectations: tuple[Expectation, ...] | None = None
    severities: Mapping[str, Severity | None] = field(factory=dict)
    fields: tuple[str, ...] = FIELDS
    match: float | None = None
    review: float | None = None
    pending_days: float = 30
    onboarding_days: float = 60
    silent_days: float = 90
    trading_days: float = 30
    backorder_days: float = 0
    unallocated_days: float = UNALLOCATED_DAYS
    account_number_share: float = 0.8
    account_number_connections: int = 5
    exceptions: tuple[PolicyException, ...] = ()
    links: tuple[PolicyLink, ...] = ()
    statuses: tuple[PolicyStatuses, ...] = ()

    def __attrs_post_init__(self) -> None:
        where = "the policy"
        require_known(self.fields, FIELDS, where, "field")
        require_known(self.severities, CATALOGUE, where, "finding")
        for exception in self.exceptions:
            require_known(exception.codes, CATALOGUE, where, "finding")
        for name in THRESHOLDS:
            value = getattr(self, name)
            if value is not None:
                require_threshold(name, value, where)

    def severity(self, code: str) -> Severity | None:
        """Return how much a finding of the catalogue matters here; None if it is switched off."""
        return self.severities.get(code, CATALOGUE[code].severity)
