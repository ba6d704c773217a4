"""Who is missing where, said only where silence proves something."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta

from aggregator.model import ConnectionStatus, Role
from aggregator.reconcile.account_views import AccountView, newest_of
from aggregator.reconcile.checks.context import Context, status_of
from aggregator.reconcile.checks.suspects import suspects
from aggregator.reconcile.entries import Entry
from aggregator.reconcile.finding import Finding
from aggregator.reconcile.policy.policy import LIVE, Expectation, any_fits, fits
from aggregator.reconcile.policy.words import told_word
from aggregator.reconcile.reconciliation import Partner
from aggregator.reconcile.words import counted, minute

_SIDES = frozenset({Role.RETAILER, Role.SUPPLIER})


def check_presence(context: Context) -> Iterator[Finding]:
    """Yield who is missing where, and where nobody can tell."""
    for view in context.views:
        if not view.proves_absence:
            message = f"Nothing can be called missing from {view.account}: {view.reason}."
            yield from context.finding("incomplete-account", message, accounts=(view.account.label,))
        yield from _old(context, view)
    roles = {view.account: _roles(view) for view in context.views}
    for partner in context.partners:
        held = set(partner.accounts)
        for view in context.views:
            unsure = None if view.account in held else _expected(context, partner, view, roles[view.account])
            if unsure is not None:
                yield from _absent(context, partner, view, _doubt(context, partner, view, unsure))


def _old(context: Context, view: AccountView) -> Iterator[Finding]:
    """A list of another time calls those missing that have come since, and what was mended since is still wrong."""
    if view.behind and (newest := newest_of(context.views)) is not None:
        message = (
            f"The list of {view.account} is {counted(round(view.behind / timedelta(days=1)), 'day')} older than that "
            f"of {newest.account}: what is missing or overdue is judged by old news, of {minute(view.taken_at)}."
        )
        yield from context.finding("old-list", message, accounts=(view.account.label,))


def asked_once(context: Context, findings: Iterable[Finding]) -> Iterator[Finding]:
    """Yield findings, but of two partners that may each be missing where the other is only one: it is one question.

    It is asked where it rests on the fewest records, in whatever order the sources were named. What an exception
    forgives must be left out before: whoever forgives the absence of one still asks for the other's.
    """
    asked: dict[frozenset[str], Finding] = {}
    for finding in findings:
        question = _question(context, finding)
        if question is None:
            yield finding
        else:
            asked[question] = min(asked.get(question, finding), finding, key=_plainest)
    yield from asked.values()


def _plainest(finding: Finding) -> tuple[int, str, str]:
    return len(finding.records), finding.accounts[0], finding.partner_id or ""


def _question(context: Context, finding: Finding) -> frozenset[str] | None:
    """The partner that may be missing, and the one that it most likely is."""
    if finding.code != "maybe-missing" or finding.partner_id is None:
        return None
    holders = (context.holders[key].id for key in finding.records)
    return frozenset((finding.partner_id, next(one for one in holders if one != finding.partner_id)))


def _roles(view: AccountView) -> frozenset[Role]:
    """The sides that an account's partners are on; empty if that is not known of all of them."""
    roles = {entry.role for entry in view.entries}
    return frozenset(role for role in roles if role is not None) if roles <= _SIDES else frozenset()


def _expected(context: Context, partner: Partner, view: AccountView, roles: frozenset[Role]) -> Sequence[str] | None:
    """Why nobody knows whether an account should hold a partner; empty if it should, None if it need not."""
    if context.policy.expectations is None:
        # An account of a retailer's holds suppliers: nobody expects to find a retailer there.
        fitting = not roles or not (partner.roles & _SIDES) or bool(roles & partner.roles)
        return _stands(partner, LIVE) if fitting else None
    answers = [_applies(expectation, partner, view) for expectation in context.policy.expectations]
    doubts = [unsure for unsure in answers if unsure is not None]
    if not doubts:
        return None
    return () if () in doubts else tuple(dict.fromkeys(why for unsure in doubts for why in unsure))


def _stands(partner: Partner, wanted: frozenset[ConnectionStatus]) -> tuple[str, ...] | None:
    """Why nobody knows whether a partner has a wanted status; empty if it has, or says none at all, None if not."""
    if not partner.statuses or partner.statuses & wanted:
        return ()
    if ConnectionStatus.UNKNOWN not in partner.statuses:
        return None
    words = {told_word(entry.status_native) for entry in partner.entries if entry.status is ConnectionStatus.UNKNOWN}
    return (f"its status is {' and '.join(sorted(map(repr, filter(None, words)))) or 'not said'}",)


def _applies(expectation: Expectation, partner: Partner, view: AccountView) -> tuple[str, ...] | None:
    """Why nobody knows whether an expectation is of a partner on an account; empty if it is, None if it is not."""
    if not any_fits(expectation.accounts, view.account):
        return None
    listed = expectation.listed_in
    if listed is not None and not any_fits(listed, *partner.accounts):
        return None
    meant, stands = is_meant(expectation, partner), _stands(partner, expectation.status)
    if meant is False or stands is None:
        return None
    return stands if meant else (f"no list says whether it is a {expectation.role}", *stands)


def is_meant(expectation: Expectation, partner: Partner) -> bool | None:
    """Whether a partner has the name and the role that are expected; None if nobody says its side of the trade."""
    if expectation.name is not None and not fits(expectation.name, *(entry.name for entry in partner.entries)):
        return False
    if expectation.role is None or expectation.role in partner.roles:
        return True
    return False if partner.roles & _SIDES else None


def _doubt(context: Context, partner: Partner, view: AccountView, unsure: Sequence[str]) -> str | None:
    """Why an account's silence on a partner proves nothing; None if it does."""
    if all(entry.organization is None for entry in partner.entries):
        return "no connection says who the partner is"
    if all(entry.organization is None or entry.is_nameless for entry in partner.entries):
        return "no record of it says a name"
    if not view.proves_absence:
        return view.reason
    if unlike := _incomparable(context, partner, view):
        return f"{unlike[0].id!r} there says no name, and nothing else that this one says"
    return f"nobody knows whether it should be, for {' and '.join(unsure)}" if unsure else None


def _incomparable(context: Context, partner: Partner, view: AccountView) -> tuple[Entry, ...]:
    """Entries of an account that may be anybody of whom the same is not said: their names are blank."""
    said = {kind for entry in partner.entries for kind in entry.kinds}
    by_kinds = context.nameless.get(view.account.label, {})
    return next((entries for kinds, entries in by_kinds.items() if kinds.isdisjoint(said)), ())


def _absent(context: Context, partner: Partner, view: AccountView, doubt: str | None) -> Iterator[Finding]:
    held = f"{partner.name!r} is on {' and '.join(str(account) for account in partner.accounts)}"
    entries: Sequence[Entry] = partner.entries
    evidence: tuple[str, ...] = ()
    if found := suspects(context, partner, view):
        code, message = "maybe-missing", f"{held}; on {view.account} {found[0]}."
        entries = tuple(dict.fromkeys((*entries, *(one for each in found for one in (each.entry, each.there)))))
    elif doubt is None:
        whole = f"complete{view.told_time}" if view.entries else f"complete{view.told_time}, and empty"
        code, message = "missing", f"{held}, but not on {view.account}, whose list is {whole}."
        evidence = tuple(f"{name}: {coverage}" for name, coverage in view.listings)
    else:
        code, message = "cannot-tell", f"{held}; whether it is on {view.account}, nobody can tell: {doubt}."
    yield from context.finding(
        code,
        message,
        entries,
        partner=partner,
        value=status_of,
        accounts=(view.account.label,),
        evidence=evidence,
    )
