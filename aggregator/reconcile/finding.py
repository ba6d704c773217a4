"""What a finding is, and the catalogue of those there are."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from attrs import frozen


class Severity(StrEnum):
    """How much a finding matters."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def rank(self) -> int:
        """0 for the gravest."""
        return list(Severity).index(self)


@frozen(kw_only=True)
class Claim:
    """What one account says of a partner in one field.

    Attributes:
        account: The account's label.
        key: The key of the entry.
        value: What the model holds.
        native: The platform's own word, where it differs from `value`.
    """

    account: str
    key: str
    value: str | None
    native: str | None = None

    def __str__(self) -> str:
        said = "nothing" if self.value is None else repr(self.value)
        native = "" if self.native in (None, self.value) else f" ({self.native!r} there)"
        return f"{self.account}: {said}{native}"


@frozen(kw_only=True)
class Finding:
    """Something that a person may want to mend.

    Attributes:
        code: Its place in the catalogue; see `CATALOGUE`.
        severity: How much it matters.
        message: What it is, as a sentence.
        partner_id: Of which partner; None if it is not about one.
        accounts: Labels of the accounts it is about.
        field: The field that differs, if one does.
        claims: What each side says.
        evidence: Why we say so, one sentence each.
        records: Keys of the records it rests on.
    """

    code: str
    severity: Severity
    message: str
    partner_id: str | None = None
    accounts: tuple[str, ...] = ()
    field: str | None = None
    claims: tuple[Claim, ...] = ()
    evidence: tuple[str, ...] = ()
    records: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.severity.value}: {self.message}"


@frozen(kw_only=True)
class Kind:
    """An entry of the catalogue."""

    severity: Severity
    meaning: str


_E, _W, _I = Severity.ERROR, Severity.WARNING, Severity.INFO

_KINDS: Final[Mapping[str, Kind]] = {
    "missing": Kind(severity=_W, meaning="An account that should hold a partner does not; its lists are complete."),
    "maybe-missing": Kind(
        severity=_I,
        meaning="As missing, but a record of a business that is there may be the partner: a person should look at it.",
    ),
    "cannot-tell": Kind(
        severity=_I,
        meaning="A partner was not seen in an account, and nobody can tell whether it is missing, and why.",
    ),
    "incomplete-account": Kind(severity=_W, meaning="Nothing can be called missing from an account, and why."),
    "old-list": Kind(
        severity=_W,
        meaning="The list of an account is older than that of another: what is missing or overdue is by old news.",
    ),
    "ended-here-active-there": Kind(severity=_E, meaning="One account has ended with a partner, another goes on."),
    "status-conflict": Kind(severity=_W, meaning="Two accounts say different things of how far a partner has come."),
    "organization-deactivated": Kind(
        severity=_W, meaning="The platform has shut off a partner with whom a connection is still alive."
    ),
    "name-conflict": Kind(severity=_I, meaning="Two accounts call a partner by names that differ in substance."),
    "website-conflict": Kind(severity=_W, meaning="Two accounts lead to different web domains."),
    "phone-conflict": Kind(severity=_I, meaning="Two accounts have no telephone number in common."),
    "contact-conflict": Kind(severity=_I, meaning="Two accounts have no contact's e-mail address in common."),
    "address-conflict": Kind(severity=_I, meaning="Two accounts say different postal codes."),
    "account-number-conflict": Kind(
        severity=_W, meaning="Two accounts hold different numbers of ours for one partner."
    ),
    "account-number-reused": Kind(severity=_E, meaning="One number of ours stands for several partners."),
    "duplicate": Kind(severity=_W, meaning="One account holds a partner more than once."),
    "stuck-pending": Kind(severity=_W, meaning="A connection has been pending for longer than it should."),
    "stuck-onboarding": Kind(
        severity=_W, meaning="Onboarding is past its target date, or takes longer than it should."
    ),
    "subscription-lapsed": Kind(severity=_W, meaning="A partner's own plan with the platform has expired."),
    "subscription-grace": Kind(severity=_I, meaning="A partner's plan has expired; its grace period is running."),
    "subscription-delinquent": Kind(severity=_E, meaning="A partner owes the platform for its plan."),
    "unknown-status": Kind(
        severity=_W, meaning="A platform used a status word that is not in its documentation, nor in the policy."
    ),
    "unreadable-record": Kind(severity=_W, meaning="A row of a list could not be read and was set aside."),
    "side-unknown": Kind(
        severity=_W, meaning="A connection does not say which business is the partner, or does not name the partner."
    ),
    "active-but-silent": Kind(
        severity=_W, meaning="A connection is active, and no order was placed for longer than it should be."
    ),
    "trading-while-inactive": Kind(
        severity=_E, meaning="Orders are placed over a connection that is suspended, pending or ended."
    ),
    "backorder-overdue": Kind(severity=_W, meaning="Backordered lines are past the date that was promised."),
    "unallocated-overdue": Kind(severity=_I, meaning="Lines have waited too long for the supplier to allocate them."),
    "account-number-missing": Kind(
        severity=_I,
        meaning="Orders are placed over a connection without an account number that most others there have.",
    ),
    "order-without-connection": Kind(
        severity=_W, meaning="Orders name a retailer and a supplier whom no connection joins, or do not name them."
    ),
    "activity-unknown": Kind(
        severity=_I, meaning="The list of orders is not complete, so nobody can be called silent."
    ),
    "decision-without-record": Kind(
        severity=_I, meaning="A decision names a record that is gone; it is kept, in case the record comes back."
    ),
    "numbered-apart": Kind(
        severity=_I, meaning="Two accounts number their partners apart, so that their numbers are not compared."
    ),
    "policy-without-account": Kind(
        severity=_W, meaning="The policy names an account that no source is called: what it says of it goes unheeded."
    ),
    "policy-without-partner": Kind(
        severity=_W, meaning="The policy expects partners of a name or role that nobody has: it expects nothing."
    ),
    "exception-without-partner": Kind(
        severity=_W, meaning="The policy has an exception for a partner that nobody is called: it forgives nothing."
    ),
    "exception-unneeded": Kind(severity=_I, meaning="An exception of the policy forgives nothing that is found."),
    "exception-expired": Kind(severity=_I, meaning="An exception of the policy has expired and no longer counts."),
}

CATALOGUE: Final[Mapping[str, Kind]] = MappingProxyType(_KINDS)
"""Every kind of finding, in the order in which they are told, by its code."""

ABOUT_EXCEPTIONS: Final = frozenset({"exception-without-partner", "exception-unneeded", "exception-expired"})
"""What is said of the policy's exceptions, once everything is forgiven that is: none of them forgives these."""


def code_order(code: str) -> int:
    """Return the place of a code in the catalogue."""
    return list(CATALOGUE).index(code)
