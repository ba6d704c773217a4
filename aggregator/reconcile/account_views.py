"""From listings to what each account said: its partners, each with every record that speaks of it, and what is sure."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Final, TypeVar

from attrs import evolve, field, frozen

from aggregator.errors import ConfigurationError
from aggregator.model import Connection, Coverage, Listing, Organization, OrganizationStatus, Rejected, Role
from aggregator.model.listing import UNNAMED
from aggregator.reconcile.entries import LIVELIEST, TABLE, Account, Entry
from aggregator.reconcile.policy.policy import PolicyStatuses
from aggregator.reconcile.status_words import Meanings, meaning, meanings, read_statuses
from aggregator.reconcile.wording import counted, minute
from aggregator.snapshot import Snapshot

_NAMED: Final = 3
"""So many of several records are named."""

_ONE_TIME: Final = timedelta(days=1)
"""Lists that are no further apart are of one time: those of a night may take hours."""

_OF_PARTNERS: Final = ("connection", "organizations", "partner", "supplier", "retailer", "brand", "vendor", UNNAMED)
"""A list whose name holds one of these is one of partners."""

_OF_OTHERS: Final = ("order", "orders", "membership", "memberships", "role", "roles", "user", "users")
"""A list whose name ends in one of these is one of orders, of what members may do, or of people."""

_LIVELIEST_ORGANIZATIONS: Final = (
    OrganizationStatus.ACTIVE,
    OrganizationStatus.PENDING,
    OrganizationStatus.DEACTIVATED,
    OrganizationStatus.UNKNOWN,
)

_Record = TypeVar("_Record", Connection, Organization)


@frozen(kw_only=True, eq=False)
class AccountView:
    """What one account said, and how sure its silence is.

    Attributes:
        account: Which account.
        entries: Its partners.
        proves_absence: A partner that is not in `entries` does not exist there.
        reason: Why not, as a sentence; None if it does.
        listings: The coverage of each list of partners.
        rejected: Rows that could not be read, as far as they are kept.
        behind: How much older its lists are than the newest of any platform; nothing where it is a day or less.
    """

    account: Account
    entries: tuple[Entry, ...] = field(repr=False)
    proves_absence: bool
    reason: str | None
    listings: tuple[tuple[str, Coverage], ...]
    rejected: tuple[Rejected, ...] = ()
    behind: timedelta = timedelta(0)

    @property
    def rejected_but_not_kept(self) -> int:
        """How many more rows could not be read than are in `rejected`."""
        return max(0, sum(coverage.rejected for _, coverage in self.listings) - len(self.rejected))

    @property
    def taken_at(self) -> datetime:
        """When the oldest of its lists was asked for; of a table, when it was read."""
        return min(coverage.started_at for _, coverage in self.listings)

    @property
    def told_time(self) -> str:
        """Of when its lists are, where that is not nearly the time of the others: ", as of 2026-01-15 12:00 UTC"."""
        return f", as of {minute(self.taken_at)}" if self.behind else ""


def view_accounts(snapshot: Snapshot, statuses: Sequence[PolicyStatuses] = ()) -> tuple[AccountView, ...]:
    """Return what each account of a snapshot said of its partners, in the order of the listings.

    Args:
        snapshot: What all accounts said.
        statuses: What status words mean.

    Raises:
        ConfigurationError: A list is there twice: records of one would replace those of the other.
    """
    times = Counter(listing.source for listing in snapshot.listings)
    for source, count in times.items():
        if count > 1:
            hint = "Give each table another account: Table(path=..., account=...)." if source.vendor == TABLE else ""
            raise ConfigurationError(f"The list {source} is there {count} times.", hint=hint)
    listings: dict[Account, list[Listing[Any]]] = defaultdict(list)
    for listing in snapshot.listings:
        if lists_partners(listing):
            listings[Account(vendor=listing.source.vendor, name=listing.source.account)].append(listing)
    views = [_view(account, several, meanings(statuses, account)) for account, several in listings.items()]
    newest = newest_of(views)
    return tuple(view if newest is None else _dated(view, newest.taken_at) for view in views)


def newest_of(views: Iterable[AccountView]) -> AccountView | None:
    """Return the account of a platform whose lists are the newest; None where there are tables alone."""
    # Of when a table is, nobody knows: it was read just now, whatever it tells of.
    return max((view for view in views if view.account.vendor != TABLE), key=lambda view: view.taken_at, default=None)


def _dated(view: AccountView, newest: datetime) -> AccountView:
    behind = newest - view.taken_at
    return evolve(view, behind=behind) if behind > _ONE_TIME and view.account.vendor != TABLE else view


def lists_partners(listing: Listing[Any]) -> bool:
    """Whether partners are to be found in a listing; an empty one lists them unless its name says something else."""
    if listing.source.operation == "organization":  # the account's owner
        return False
    if len(listing):
        return isinstance(listing[0], Connection | Organization)
    return not listing.source.operation.casefold().endswith(_OF_OTHERS)


def _is_certain(listing: Listing[Any]) -> bool:
    """Whether a listing is one of partners beyond doubt: it has some, or is called so."""
    return bool(len(listing)) or any(word in listing.source.operation.casefold() for word in _OF_PARTNERS)


def _view(account: Account, listings: list[Listing[Any]], known: Meanings) -> AccountView:
    rejected = tuple(one for listing in listings for one in listing.rejected)
    entries = tuple(_entries(account, listings, known))
    reasons = [_doubt(listing) for listing in listings if not listing.coverage.proves_absence]
    if rejected and not reasons:
        reasons.append(f"{counted(len(rejected), 'row')} could not be read")
    if not reasons and not any(map(_is_certain, listings)):
        names = " and ".join(sorted(listing.source.operation for listing in listings))
        reasons.append(f"its list of {names} is empty, and may be one of something else than partners")
    lost = sum(entry.organization is None for entry in entries)
    if lost:
        reasons.append(f"{lost} of its connections {'does' if lost == 1 else 'do'} not say who the partner is")
    mute = [entry.id for entry in entries if entry.is_mute]
    if mute:
        shown = ", ".join(map(repr, mute[:_NAMED])) + (" …" if len(mute) > _NAMED else "")
        said = "says" if len(mute) == 1 else "say"
        reasons.append(f"{len(mute)} of its records {said} nothing to know a partner by: {shown}")
    return AccountView(
        account=account,
        entries=entries,
        proves_absence=not reasons,
        reason="; ".join(reasons) or None,
        listings=tuple((listing.source.operation, listing.coverage) for listing in listings),
        rejected=rejected,
    )


def _doubt(listing: Listing[Any]) -> str:
    coverage = listing.coverage
    if not coverage.complete:
        why = (coverage.reason or coverage.stop.value).rstrip(".")  # it stands within a sentence
        return f"its list of {listing.source.operation} is incomplete: {why}"
    return f"its list of {listing.source.operation} was asked for only where {coverage.scope}"


def _entries(account: Account, listings: list[Listing[Any]], known: Meanings) -> Iterator[Entry]:
    records = [read_statuses(record, known) for listing in listings for record in listing]
    connections = _once(record for record in records if isinstance(record, Connection))
    own = _own_organizations(connections)
    partners: dict[str, Organization | None] = {}
    sides: dict[str, tuple[Organization, ...]] = {}
    with_it: dict[str, list[Connection]] = defaultdict(list)
    for connection in connections:
        partner = connection.partner or _other_side(connection, own)
        key = str(connection.key if partner is None else partner.key)
        partners.setdefault(key, partner)
        if partner is None and connection.own_role is None:
            both = (connection.retailer, connection.supplier)
            sides[key] = tuple(side for side in both if side is not None)
        with_it[key].append(connection)
    for organization in _once(record for record in records if isinstance(record, Organization)):
        if str(organization.key) not in own:
            partners[str(organization.key)] = organization
    for key, partner in sorted(partners.items()):
        yield Entry(
            key=key,
            account=account,
            organization=partner,
            connections=tuple(with_it.get(key, ())),
            sides=sides.get(key, ()),
            meant=None if partner is None else meaning(partner.status_native, known),
        )


def _once(records: Iterable[_Record]) -> list[_Record]:
    """Each record once, by key: what is said must not hang on the order of a list.

    Of one that is listed twice, as one that changes during a walk is, the version counts that was changed last; where
    that is not said, the liveliest: nobody is called ended for it.
    """
    versions: dict[str, list[_Record]] = defaultdict(list)
    for record in records:
        versions[str(record.key)].append(record)
    return [several[0] if len(several) == 1 else max(several, key=_newest) for _, several in sorted(versions.items())]


def _newest(record: Connection | Organization) -> tuple[datetime, int, str]:
    changed = record.updated_at or datetime.min.replace(tzinfo=UTC)
    if isinstance(record, Connection):
        place = LIVELIEST.index(record.status)
    else:
        place = len(OrganizationStatus) if record.status is None else _LIVELIEST_ORGANIZATIONS.index(record.status)
    return changed, -place, repr(record)


def _own_organizations(connections: list[Connection]) -> set[str]:
    """The account's owner: on the own side where that is known, else what every connection has in common."""
    own = set()
    unknown = []
    for one in connections:
        if one.own_role is Role.RETAILER and one.retailer is not None:
            own.add(str(one.retailer.key))
        elif one.own_role is Role.SUPPLIER and one.supplier is not None:
            own.add(str(one.supplier.key))
        elif one.own_role is None:
            unknown.append({str(side.key) for side in (one.retailer, one.supplier) if side is not None})
    if len(unknown) > 1:
        common = set.intersection(*unknown)
        own |= common if len(common) == 1 else set()
    return own


def _other_side(connection: Connection, own: set[str]) -> Organization | None:
    if connection.own_role is not None:
        return None
    others = [side for side in (connection.retailer, connection.supplier) if side and str(side.key) not in own]
    both = connection.retailer is not None and connection.supplier is not None
    return others[0] if both and len(others) == 1 else None
