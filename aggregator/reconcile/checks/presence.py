"""Who is missing where, said only where silence proves something."""

from __future__ import annotations

from collections.abc import Iterator

from aggregator.model import ConnectionStatus, Role
from aggregator.reconcile.checks.context import Context, Doubts, status_of
from aggregator.reconcile.checks.spellings import plain_name
from aggregator.reconcile.entries import AccountView, Entry
from aggregator.reconcile.finding import Finding
from aggregator.reconcile.policy import LIVE, Expectation, fits, fits_account
from aggregator.reconcile.reconciliation import Partner

_SIDES = frozenset({Role.RETAILER, Role.SUPPLIER})

_FAINTEST = 0.15
"""Below this, pairs have little more in common than a common word, and one in seven is one business."""

_NAMED = 5
"""So many records that may be the partner are named; very many share a name where it says nothing."""


def check_presence(context: Context) -> Iterator[Finding]:
    """Yield who is missing where, and where nobody can tell."""
    for view in context.views:
        if not view.proves_absence:
            message = f"Nothing can be called missing from {view.account}: {view.reason}."
            yield from context.find("incomplete-account", message, accounts=(view.account.label,))
    roles = {view.account: _roles(view) for view in context.views}
    asked: set[frozenset[str]] = set()
    for partner in context.partners:
        held = set(partner.accounts)
        for view in context.views:
            expected = False if view.account in held else _expected(context, partner, view, roles[view.account])
            if expected is not False:
                doubt = _doubt(partner, view, is_expected=expected is True)
                yield from _absent(context, partner, view, doubt, asked)


def _roles(view: AccountView) -> frozenset[Role]:
    """The sides that an account's partners are on; empty if that is not known of all of them."""
    roles = {entry.role for entry in view.entries}
    return frozenset(role for role in roles if role is not None) if roles <= _SIDES else frozenset()


def _expected(context: Context, partner: Partner, view: AccountView, roles: frozenset[Role]) -> bool | None:
    """Whether an account should hold a partner; None if that hangs on a status word that nobody knows."""
    if context.policy.expectations is None:
        # An account of a retailer's holds suppliers: nobody expects to find a retailer there.
        fitting = not roles or not (partner.roles & _SIDES) or bool(roles & partner.roles)
        return fitting and _stands(partner, LIVE)
    answers = {_applies(expectation, partner, view) for expectation in context.policy.expectations}
    return True if True in answers else None if None in answers else False


def _stands(partner: Partner, wanted: frozenset[ConnectionStatus]) -> bool | None:
    """Whether a partner has a wanted status somewhere, or none at all; None if only an unknown word may be one."""
    if not partner.statuses or partner.statuses & wanted:
        return True
    return None if ConnectionStatus.UNKNOWN in partner.statuses else False


def _applies(expectation: Expectation, partner: Partner, view: AccountView) -> bool | None:
    if not any(fits_account(pattern, view.account) for pattern in expectation.accounts):
        return False
    if expectation.role is not None and expectation.role not in partner.roles:
        return False
    if expectation.name is not None and not fits(expectation.name, *(entry.name for entry in partner.entries)):
        return False
    listed = expectation.listed_in
    if listed is not None and not any(fits_account(one, account) for one in listed for account in partner.accounts):
        return False
    return _stands(partner, expectation.status)


def _doubt(partner: Partner, view: AccountView, *, is_expected: bool) -> str | None:
    """Why an account's silence on a partner proves nothing; None if it does."""
    if all(entry.organization is None for entry in partner.entries):
        return "no connection says which of the two is the partner"
    if all(entry.organization is None or entry.is_nameless for entry in partner.entries):
        return "no record of it says a name"
    if not view.proves_absence:
        return view.reason
    words = {entry.status_native for entry in partner.entries if entry.status is ConnectionStatus.UNKNOWN}
    said = " and ".join(sorted(repr(word) for word in words if word)) or "not said"
    return None if is_expected else f"nobody knows whether it should be, for its status is {said}"


def _absent(
    context: Context, partner: Partner, view: AccountView, doubt: str | None, asked: set[frozenset[str]]
) -> Iterator[Finding]:
    where = " and ".join(str(account) for account in partner.accounts)
    rivals = _rivals(context.doubts, partner, view)
    namesakes = [] if rivals else _namesakes(context, partner, view)
    faint = [] if rivals or namesakes else _faint_rivals(context, partner, view)
    if rivals or namesakes or faint:
        first, odds = (rivals or faint or [(one, 0.0) for one in namesakes])[0]
        # Each of the two may be missing where the other is: one question, asked once.
        question = frozenset((partner.id, context.home[first.key].id))
        if question in asked:
            return
        asked.add(question)
        why = "an equal name, which alone does not prove it" if namesakes else f"probability {odds:.2f}"
        weak = "too faint for the review, too likely" if faint else "too little for the review, too much"
        end = "see review" if rivals else f"{weak} to call it missing"
        code, message = "maybe-missing", f"on {view.account} it may be {first.name!r} ({why}): {end}."
        held = [*partner.entries, *(one for one, _ in (*rivals, *faint)), *namesakes]
        yield from context.find(
            code,
            f"{partner.name!r} is on {where}; {message}",
            held,
            partner=partner,
            value=status_of,
            accounts=(view.account.label,),
        )
    elif doubt is None:
        yield from context.find(
            "missing",
            f"{partner.name!r} is on {where}, but not on {view.account}, whose list is complete.",
            partner.entries,
            partner=partner,
            value=status_of,
            accounts=(view.account.label,),
            evidence=tuple(f"{name}: {coverage}" for name, coverage in view.listings),
        )
    else:
        yield from context.find(
            "cannot-tell",
            f"{partner.name!r} is on {where}; whether it is on {view.account}, nobody can tell: {doubt}.",
            partner.entries,
            partner=partner,
            value=status_of,
            accounts=(view.account.label,),
        )


def _rivals(doubts: Doubts, partner: Partner, view: AccountView) -> list[tuple[Entry, float]]:
    """Entries of an account that may be this partner, likeliest first."""
    found: dict[str, tuple[Entry, float]] = {}
    for entry in partner.entries:
        for rival, odds in doubts.get(entry.key, ()):
            if rival.account == view.account and odds >= found.get(rival.key, (rival, 0.0))[1]:
                found[rival.key] = (rival, odds)
    return sorted(found.values(), key=lambda one: (-one[1], one[0].key))[:_NAMED]


def _faint_rivals(context: Context, partner: Partner, view: AccountView) -> list[tuple[Entry, float]]:
    """Entries of an account that are unlikely to be this partner, and nobody else's where this partner is.

    On made worlds one in four of them is it all the same: too many to have a business phoned.
    """
    rivals = _rivals(context.faint_doubts, partner, view)
    return [
        (one, odds) for one, odds in rivals if odds >= _FAINTEST and _may_be(context, partner, context.home[one.key])
    ]


def _may_be(context: Context, partner: Partner, other: Partner) -> bool:
    """Whether two partners may be one: they share no account, and nobody has told them apart."""
    return set(partner.accounts).isdisjoint(other.accounts) and frozenset((partner.id, other.id)) not in context.apart


def _namesakes(context: Context, partner: Partner, view: AccountView) -> list[Entry]:
    """Entries of an account with this partner's name that are nobody else's: no list proves that they are not it.

    Where very many share a name, a pair of them is unlikely to be one business, and yet either may be the other.
    """
    found: dict[str, Entry] = {}
    for name in sorted({plain_name(entry.name) for entry in partner.entries} - {""}):
        for one in context.by_name.get((view.account.label, name), ()):
            if _may_be(context, partner, context.home[one.key]):
                found[one.key] = one
            if len(found) == _NAMED:
                return list(found.values())
    return list(found.values())
