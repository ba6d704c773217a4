"""Whether an account should hold a partner, and why nobody knows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final, Self

from attrs import frozen

from aggregator.model import ConnectionStatus, Role
from aggregator.reconcile.account_views import AccountView
from aggregator.reconcile.checks.called import Called
from aggregator.reconcile.checks.context import Context
from aggregator.reconcile.entries import LIVELIEST, Account, Entry
from aggregator.reconcile.policy.policy import LIVE, Expectation, any_fits
from aggregator.reconcile.policy.words import STATUSES, told_word
from aggregator.reconcile.reconciliation import Partner

_SIDES: Final = frozenset({Role.RETAILER, Role.SUPPLIER})

Unsure = tuple[str, ...] | None
"""Why nobody knows whether something is so; empty if it is, None if it is not."""


@frozen(kw_only=True)
class Expected:
    """What is expected of the accounts, and what those that are not whole may yet say of a partner.

    Attributes:
        expectations: Which accounts should hold which partners; None for those whose partners are on its side.
        named: The partners by their names on accounts.
        sides: The sides that each account's partners are on; empty where that is not known of all of them.
        unheard_statuses: Accounts whose list is not whole and that may say the status of who did not come.
        unheard_sides: Likewise, with the sides that they may say.
    """

    expectations: Sequence[Expectation] | None
    named: Called
    sides: Mapping[Account, frozenset[Role]]
    unheard_statuses: tuple[Account, ...]
    unheard_sides: Mapping[Account, frozenset[Role]]

    @classmethod
    def of(cls, context: Context) -> Self:
        """Return what is expected of the accounts of a context."""
        unheard = [view for view in context.views if not view.proves_absence]
        return cls(
            expectations=context.policy.expectations,
            named=context.named,
            sides={view.account: _sides(view) for view in context.views},
            unheard_statuses=tuple(view.account for view in unheard if _may_say_statuses(view)),
            unheard_sides={view.account: _may_say_sides(view) for view in unheard},
        )

    def on(self, account: Account, partner: Partner) -> Unsure:
        """Return why nobody knows whether an account should hold a partner; empty if it should, None if it need not."""
        if self.expectations is None:
            side, stands = self._is_on_a_side_of(account, partner), self._stands(partner, LIVE)
            return None if side is None or stands is None else stands or side  # one list mostly leaves both open
        answers = [self._applies(expectation, partner, account) for expectation in self.expectations]
        doubts = [unsure for unsure in answers if unsure is not None]
        if not doubts:
            return None
        return () if () in doubts else tuple(dict.fromkeys(why for unsure in doubts for why in unsure))

    def _applies(self, expectation: Expectation, partner: Partner, account: Account) -> Unsure:
        if not any_fits(expectation.accounts, account):
            return None
        listed = expectation.listed_in
        if listed is not None and not any_fits(listed, *partner.accounts):
            return None
        meant, stands = is_meant(expectation, partner, self.named), self._stands(partner, expectation.status)
        if meant is False or stands is None:
            return None
        return stands if meant else (f"no list says whether it is a {expectation.role}", *stands)

    def _is_on_a_side_of(self, account: Account, partner: Partner) -> Unsure:
        """An account of a retailer's holds suppliers: nobody expects to find a retailer there."""
        wanted, own = self.sides[account], partner.roles & _SIDES
        if not wanted or own:
            return () if not wanted or own & wanted else None
        return _unheard("role", partner, (one for one, said in self.unheard_sides.items() if not said <= wanted))

    def _stands(self, partner: Partner, wanted: frozenset[ConnectionStatus]) -> Unsure:
        """Whether a partner has a wanted status, or no account says any, nor may one whose list is not whole."""
        if wanted.issuperset(STATUSES) or any(_is_one_of(entry, wanted) for entry in partner.entries):
            return ()
        if not partner.statuses:
            return _unheard("status", partner, self.unheard_statuses)
        unsure = [entry for entry in partner.entries if _may_be_one_of(entry, wanted)]
        return (_unknown_words(unsure),) if unsure else None


def is_meant(expectation: Expectation, partner: Partner, named: Called) -> bool | None:
    """Whether a partner has the name and the role that are expected; None if nobody says its side of the trade."""
    if expectation.name is not None and partner.id not in named.fitting(expectation.name):
        return False
    if expectation.role is None or expectation.role in partner.roles:
        return True
    return False if partner.roles & _SIDES else None


def _is_one_of(entry: Entry, wanted: frozenset[ConnectionStatus]) -> bool:
    """Whether a record has a wanted status, whatever the words mean that nobody knows."""
    return entry.status in wanted and (entry.status is ConnectionStatus.UNKNOWN or _livelier(entry) <= wanted)


def _may_be_one_of(entry: Entry, wanted: frozenset[ConnectionStatus]) -> bool:
    return entry.status in wanted or not wanted.isdisjoint(_livelier(entry))


def _livelier(entry: Entry) -> frozenset[ConnectionStatus]:
    """The statuses that a word which nobody knows may give a record in the place of what its other connections say."""
    known = entry.status is not None and entry.unknown_words
    return frozenset(LIVELIEST[: LIVELIEST.index(entry.status)]) if known else frozenset()


def _unknown_words(unsure: Sequence[Entry]) -> str:
    words = {told_word(word) for entry in unsure for word in entry.unknown_words}
    whose = "its status" if all(entry.status is ConnectionStatus.UNKNOWN for entry in unsure) else "one of its statuses"
    return f"{whose} is {' and '.join(sorted(map(repr, filter(None, words)))) or 'not said'}"


def _unheard(what: str, partner: Partner, accounts: Iterable[Account]) -> tuple[str, ...]:
    """What is not said of a partner, and may be on accounts that it did not come from; nothing if there are none."""
    where = [str(account) for account in accounts if account not in partner.accounts]
    whose = "whose list is" if len(where) == 1 else "whose lists are"
    return (f"its {what} may be on {' or '.join(where)}, {whose} not whole",) if where else ()


def _sides(view: AccountView) -> frozenset[Role]:
    roles = {entry.role for entry in view.entries}
    return frozenset(role for role in roles if role is not None) if roles <= _SIDES else frozenset()


def _may_say_sides(view: AccountView) -> frozenset[Role]:
    """The sides that an account may say of those who did not come: either, where it is not known to hold but one."""
    if view.entries and all(entry.role not in _SIDES for entry in view.entries):
        return frozenset()
    return _sides(view) or _SIDES


def _may_say_statuses(view: AccountView) -> bool:
    """Whether an account may say the status of those who did not come, as one of whose partners none came may."""
    return not view.entries or any(entry.status is not None for entry in view.entries)
