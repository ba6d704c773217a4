"""Records that may be a partner, though nothing has joined them: while there is one, nobody is called missing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import Final

from attrs import frozen

from aggregator.reconcile.account_views import AccountView
from aggregator.reconcile.checks.abbreviated import initials_of
from aggregator.reconcile.checks.context import Context, Doubts
from aggregator.reconcile.checks.names import accounts_of_one, name_without_form
from aggregator.reconcile.checks.signs import Holders
from aggregator.reconcile.entries import Entry
from aggregator.reconcile.profiles import said_names
from aggregator.reconcile.reconciliation import Partner

_FAINTEST: Final = 0.15
"""Below this, pairs have little more in common than a common word, and one in seven is one business."""

_NAMED: Final = 5
"""So many records that may be the partner are named; very many share a name where it says nothing."""

_REVIEW: Final = "see review"
_UNDECIDED: Final = "decide whether they are one"
_UNASKED: Final = "too little for the review, too much to call it missing"


@frozen(kw_only=True)
class Suspect:
    """A record that may be of a partner, so that the partner may be on an account after all.

    Attributes:
        entry: The record.
        there: What the account would have of the partner then: the record, or another of its business.
        why: What speaks for it.
        end: What a person can do about it.
    """

    entry: Entry
    there: Entry
    why: str
    end: str

    def __str__(self) -> str:
        if self.entry is self.there:
            return f"it may be {self.entry.name!r} ({self.why}): {self.end}"
        other = f"{self.entry.name!r} on {self.entry.account}"
        return f"it may be {self.there.name!r}, for {other} may be the same ({self.why}): {self.end}"


def suspects(context: Context, partner: Partner, view: AccountView) -> list[Suspect]:
    """Return what may be a partner on an account, likeliest first; of several kinds of reason, those of the best."""
    for find in _KINDS:
        if found := list(find(context, partner, view)):
            return found
    return []


def _of_one_id(context: Context, partner: Partner, view: AccountView) -> Iterator[Suspect]:
    """Entries to which the platform gives this partner's id on another account of it, under another name.

    A business that is renamed between two reads looks like that. Where the names are equal too, they are one already.
    """
    ids = {one for entry in partner.entries for one in context.signs.of[entry.key].ids}
    for one in _others(context, context.signs.ids, ids, partner, view, beside=True):
        asked = any(one.key == rival.key for entry in partner.entries for rival, _ in context.doubts.get(entry.key, ()))
        why = f"the platform gives both the id {one.id!r}"
        yield _suspect(context, view, one, why, _REVIEW if asked else _UNDECIDED)


def _in_review(context: Context, partner: Partner, view: AccountView) -> Iterator[Suspect]:
    for one, odds in _rivals(context, context.doubts, partner, view):
        other = context.home[one.key]
        # What a person has told apart stays apart, but for the very pairs that wait for an answer.
        if one.account == view.account or not _told_apart(context, partner, other):
            yield _suspect(context, view, one, f"probability {odds:.2f}", _REVIEW)


def _of_one_number(context: Context, partner: Partner, view: AccountView) -> Iterator[Suspect]:
    """Entries with this partner's LEI or VAT number: whoever is renamed and moves keeps it."""
    numbers = {number for entry in partner.entries for number in context.signs.of[entry.key].numbers}
    for one in _others(context, context.signs.numbers, numbers, partner, view):
        yield _suspect(context, view, one, "the same LEI or VAT number", _UNDECIDED)


def _too_faint(context: Context, partner: Partner, view: AccountView) -> Iterator[Suspect]:
    """Entries that are unlikely to be this partner, and nobody else's where this partner is.

    On made worlds one in four of them is it all the same: too many to have a business phoned.
    """
    for one, odds in _rivals(context, context.faint_doubts, partner, view):
        if odds >= _FAINTEST and _may_be(context, partner, context.home[one.key]):
            why = f"probability {odds:.2f}"
            yield _suspect(context, view, one, why, "too faint for the review, too likely to call it missing")


def _namesakes(context: Context, partner: Partner, view: AccountView) -> Iterator[Suspect]:
    """Entries with this partner's name, but for a region or a channel: no list proves that they are not it.

    Where very many share a name, a pair of them is unlikely to be one business, and yet either may be the other. They
    may be of a partner who is here as well, of whom this one is a second account then: on made worlds most are.
    """
    names = {name for entry in partner.entries for name in context.signs.of[entry.key].names}
    found = {one.key: one for one in _others(context, context.signs.names, names, partner, view, beside=True)}
    called = {name for entry in partner.entries for name in context.signs.of[entry.key].called}
    for one in _others(context, context.signs.called, called, partner, view, beside=True):
        if any(accounts_of_one(one.name, entry.name) for entry in partner.entries):
            found[one.key] = one
    for one in list(found.values())[:_NAMED]:
        yield _suspect(context, view, one, "an equal name, which alone does not prove it", _UNASKED)


def _of_another_form(context: Context, partner: Partner, view: AccountView) -> Iterator[Suspect]:
    """Entries with this partner's name and another legal form, which a business has in another country."""
    called = {name for entry in partner.entries for name in context.signs.of[entry.key].called}
    bare = {name_without_form(entry.name) for entry in partner.entries}
    for one in _others(context, context.signs.called, called, partner, view):
        if name_without_form(one.name) in bare:
            yield _suspect(context, view, one, "an equal name but for the legal form", _UNASKED)


def _called_by_domain(context: Context, partner: Partner, view: AccountView) -> Iterator[Suspect]:
    """Entries whose web domain is this partner's name, or whose name is its web domain.

    On made worlds every other one of them is it: a brand, or a former name.
    """
    borne = [context.signs.of[entry.key] for entry in partner.entries]
    called = {name for one in borne for name in one.called}
    domains = {name for one in borne for name in one.domains} & context.signs.domains.keys()
    for one in _others(context, context.signs.domains, called, partner, view):
        yield _suspect(context, view, one, "its web domain is called so", _UNASKED)
    for one in _others(context, context.signs.called, domains, partner, view):
        yield _suspect(context, view, one, "the partner's web domain is called so", _UNASKED)


def _abbreviated(context: Context, partner: Partner, view: AccountView) -> Iterator[Suspect]:
    """Entries whose name has initials where this partner's has words, or words where this one's has initials."""
    signs = context.signs
    for holders, of in ((signs.initials, signs.spelling_out), (signs.spelled_out, signs.with_initials)):
        readings = {reading for entry in partner.entries for reading in of.get(entry.key, ())}
        said = [name for entry in partner.entries for name in said_names(entry)] if readings else []
        # Five are named of those that fit: of others with these letters, common words and countries may be against it.
        for one in _others(context, holders, readings, partner, view, fits=partial(_initials_fit, said)):
            yield _suspect(context, view, one, _why_initials(said, one), _UNDECIDED)


def _initials_fit(said: Sequence[str], one: Entry) -> bool:
    return bool(_why_initials(said, one))


def _why_initials(said: Sequence[str], one: Entry) -> str:
    """Which initials may stand for which words, of names and of an entry's; nothing if none do."""
    pairs = (pair for name in said_names(one) for other in said for pair in ((name, other), (other, name)))
    found = next(filter(None, (initials_of(short, long) for short, long in pairs)), None)
    return "" if found is None else f"{found[0]!r} may be the initials of {found[1]!r}"


_KINDS: Final = (
    _of_one_id,
    _in_review,
    _of_one_number,
    _namesakes,
    _too_faint,
    _of_another_form,
    _called_by_domain,
    _abbreviated,
)
"""What finds each kind of suspect, the best first."""


def _rivals(context: Context, doubts: Doubts, partner: Partner, view: AccountView) -> list[tuple[Entry, float]]:
    """Entries that may be this partner and lead to the account: its own first, and the likeliest."""
    found: dict[str, tuple[Entry, float]] = {}
    for entry in partner.entries:
        for rival, odds in doubts.get(entry.key, ()):
            leads = view.account in context.home[rival.key].accounts
            if leads and odds >= found.get(rival.key, (rival, 0.0))[1]:
                found[rival.key] = (rival, odds)
    return sorted(found.values(), key=lambda one: (one[0].account != view.account, -one[1], one[0].key))[:_NAMED]


def _others(
    context: Context,
    holders: Holders,
    signs: Iterable[str],
    partner: Partner,
    view: AccountView,
    *,
    beside: bool = False,
    fits: Callable[[Entry], bool] = lambda _: True,
) -> list[Entry]:
    """Entries with one of these signs that may be this partner and lead to the account.

    Args:
        context: What is known.
        holders: Where each sign is found.
        signs: The signs.
        partner: The partner.
        view: The account.
        beside: Whether they may be of a partner who is where this one is.
        fits: What else an entry has to be.
    """
    found: dict[str, Entry] = {}
    for sign in sorted(signs):
        for accounts, entries in holders.get(sign, {}).items():
            if view.account not in accounts or not (beside or set(accounts).isdisjoint(partner.accounts)):
                continue
            for one in entries:
                if not _told_apart(context, partner, context.home[one.key]) and fits(one):
                    found[one.key] = one
                if len(found) == _NAMED:
                    return list(found.values())
    return list(found.values())


def _suspect(context: Context, view: AccountView, one: Entry, why: str, end: str) -> Suspect:
    there = one if one.account == view.account else _on(view, context.home[one.key])
    return Suspect(entry=one, there=there, why=why, end=end)


def _on(view: AccountView, partner: Partner) -> Entry:
    return next(entry for entry in partner.entries if entry.account == view.account)


def _may_be(context: Context, partner: Partner, other: Partner) -> bool:
    """Whether two partners may be one: they share no account, and nobody has told them apart."""
    return set(partner.accounts).isdisjoint(other.accounts) and not _told_apart(context, partner, other)


def _told_apart(context: Context, partner: Partner, other: Partner) -> bool:
    return frozenset((partner.id, other.id)) in context.apart
