"""Who is missing where, said only where silence proves something."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta

from aggregator.reconcile.account_views import AccountView, newest_of
from aggregator.reconcile.checks.context import Context, status_of
from aggregator.reconcile.checks.expected import Expected
from aggregator.reconcile.checks.suspects import suspects
from aggregator.reconcile.entries import Entry
from aggregator.reconcile.finding import Finding
from aggregator.reconcile.reconciliation import Partner
from aggregator.reconcile.wording import counted, minute


def check_presence(context: Context) -> Iterator[Finding]:
    """Yield who is missing where, and where nobody can tell."""
    for view in context.views:
        if not view.proves_absence:
            message = f"Nothing can be called missing from {view.account}: {view.reason}."
            yield from context.finding("incomplete-account", message, accounts=(view.account.label,))
        yield from _old(context, view)
    expected = Expected.of(context)
    for partner in context.partners:
        held = set(partner.accounts)
        for view in context.views:
            unsure = None if view.account in held else expected.on(view.account, partner)
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
