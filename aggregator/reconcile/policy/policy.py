"""What should be the case: which accounts should hold which partners, what is compared, and what is forgiven."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from fnmatch import fnmatchcase
from typing import Final
from unicodedata import normalize

from attrs import field, frozen
from attrs.validators import optional

from aggregator.activity import UNALLOCATED_DAYS
from aggregator.model import ConnectionStatus, Role
from aggregator.model.record_page import RecordPage
from aggregator.model.tuples import lists_as_tuples
from aggregator.reconcile.entries import Account
from aggregator.reconcile.finding import CATALOGUE, Severity
from aggregator.reconcile.policy.errors import within
from aggregator.reconcile.policy.values import (
    are,
    is_day,
    is_text,
    meanings_of,
    role_of,
    severities_of,
    some,
    statuses_of,
)
from aggregator.reconcile.policy.words import (
    THRESHOLDS,
    require_forgivable,
    require_known,
    require_once,
    require_threshold,
)

FIELDS: Final = ("status", "name", "website", "phone", "contact", "address", "account-number")
"""Everything that can be compared between accounts."""

LIVE: Final = frozenset({ConnectionStatus.ACTIVE, ConnectionStatus.ONBOARDING, ConnectionStatus.PENDING})


def fits(pattern: str, *texts: str) -> bool:
    """Whether a pattern with * and ? fits one of the texts, whatever the case."""
    plain = plain_text(pattern)
    return any(fits_plain(plain, plain_text(text)) for text in texts)


def fits_plain(pattern: str, text: str) -> bool:
    """Whether a pattern fits a text, where both are plain already."""
    return fnmatchcase(text, pattern.replace("[", "[[]"))  # names hold brackets, which mean nothing here


def plain_text(text: str) -> str:
    """A text without case; letters and their accents are one, whether they were written as one or in two."""
    return text.casefold() if text.isascii() else normalize("NFC", text.casefold())


def any_fits(patterns: Iterable[str], *accounts: Account) -> bool:
    """Whether one of the patterns fits one of the accounts, by label ("crux:acme"), vendor ("crux") or name."""
    return any(fits(pattern, one.label, one.vendor, one.name) for pattern in patterns for one in accounts)


@frozen(kw_only=True, field_transformer=lists_as_tuples)
class Expectation:
    """Accounts that should hold certain partners. Roles and statuses may be said in plain words.

    Attributes:
        accounts: Patterns of the accounts that should hold them.
        role: Only partners of this role; None for all.
        status: Only partners that have one of these somewhere; partners without any status always fit.
        name: Only partners of a name that fits.
        listed_in: Only partners that one of these accounts holds; None for all.

    Raises:
        ConfigurationError: A word is not known, or what should be several is one or none.
    """

    accounts: tuple[str, ...] = field(validator=[are(str), some])
    role: Role | None = field(default=None, converter=role_of)
    status: frozenset[ConnectionStatus] = field(default=LIVE, converter=statuses_of)
    name: str | None = field(default=None, validator=optional(is_text))
    listed_in: tuple[str, ...] | None = field(default=None, validator=optional([are(str), some]))


@frozen(kw_only=True, field_transformer=lists_as_tuples)
class PolicyException:
    """Findings that are forgiven for a while.

    Attributes:
        reason: Why.
        until: The last day on which they are.
        partner: Pattern of the partner's name, id, or a record's key or ACCOUNT:ID; None for all.
        codes: Which findings; empty for all.
        accounts: Patterns of accounts, of a partner that is missing those that lack it; empty for all.

    Raises:
        ConfigurationError: A code is not known or cannot be forgiven, there is no reason, or `until` is no day.
    """

    reason: str = field(validator=is_text)
    until: date = field(validator=is_day)
    partner: str | None = field(default=None, validator=optional(is_text))
    codes: tuple[str, ...] = field(default=(), validator=are(str))
    accounts: tuple[str, ...] = field(default=(), validator=are(str))

    def __attrs_post_init__(self) -> None:
        with within(", codes"):
            require_forgivable(self.codes)


@frozen(kw_only=True, field_transformer=lists_as_tuples)
class PolicyStatuses:
    """What status words mean.

    Attributes:
        words: The status of each word, which may be said in a plain word; case and outer blanks do not count.
        accounts: Patterns of the accounts whose words these are, which go before those of all; empty for all.

    Raises:
        ConfigurationError: A word means no status, or is there twice.
    """

    words: Mapping[str, ConnectionStatus] = field(converter=meanings_of)
    accounts: tuple[str, ...] = field(default=(), validator=are(str))


@frozen(kw_only=True, field_transformer=lists_as_tuples)
class PolicyLink:
    """Where people see the records of certain accounts, for tables and for what was collected without saying so.

    Attributes:
        accounts: Patterns of the accounts.
        pages: The pages; the first that a record has is linked to.
    """

    accounts: tuple[str, ...] = field(validator=[are(str), some])
    pages: tuple[RecordPage, ...]


@frozen(kw_only=True, field_transformer=lists_as_tuples)
class Policy:
    """What should be the case. Without arguments: every account should hold every live partner of a fitting role.

    Attributes:
        expectations: Which accounts should hold which partners; None for the default, empty for no expectation.
        severities: Other severities than the catalogue's, by code, or plain words for them; None and "off" switch a
            finding off.
        fields: What is compared between accounts, each once.
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
        ConfigurationError: A word is not known, a field is there twice, or a number cannot be.
    """

    expectations: tuple[Expectation, ...] | None = field(default=None, validator=optional(are(Expectation)))
    severities: Mapping[str, Severity | None] = field(factory=dict, converter=severities_of)
    fields: tuple[str, ...] = field(default=FIELDS, validator=are(str))
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
    exceptions: tuple[PolicyException, ...] = field(default=(), validator=are(PolicyException))
    links: tuple[PolicyLink, ...] = field(default=(), validator=are(PolicyLink))
    statuses: tuple[PolicyStatuses, ...] = field(default=(), validator=are(PolicyStatuses))

    def __attrs_post_init__(self) -> None:
        require_known(self.fields, FIELDS, "field")
        require_once(self.fields, "field")
        for name in THRESHOLDS:
            value = getattr(self, name)
            if value is not None:
                require_threshold(name, value)

    def severity(self, code: str) -> Severity | None:
        """Return how much a finding of the catalogue matters here; None if it is switched off."""
        return self.severities.get(code, CATALOGUE[code].severity)
