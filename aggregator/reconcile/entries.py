"""From listings to entries: one for each partner that an account has, with every record that speaks of it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import cached_property
from typing import Any, Final

from anyascii import anyascii
from attrs import evolve, field, frozen

from aggregator.errors import ConfigurationError
from aggregator.model import (
    Activity,
    Connection,
    ConnectionStatus,
    Contact,
    Coverage,
    Listing,
    Organization,
    OrganizationStatus,
    Rejected,
    Role,
)
from aggregator.reconcile.matching.columns import registrable_domain
from aggregator.snapshot import Snapshot

TABLE: Final = "table"
"""The vendor name of partner lists of one's own."""

# Of several connections with one partner, the liveliest says how things stand.
_LIVELIEST: Final = (
    ConnectionStatus.ACTIVE,
    ConnectionStatus.ONBOARDING,
    ConnectionStatus.PENDING,
    ConnectionStatus.SUSPENDED,
    ConnectionStatus.ENDED,
    ConnectionStatus.UNKNOWN,
)

_NAMED: Final = 3
"""So many of several records are named."""

_OF_ORGANIZATION: Final = {
    OrganizationStatus.PENDING: ConnectionStatus.PENDING,
    OrganizationStatus.ACTIVE: ConnectionStatus.ACTIVE,
    OrganizationStatus.DEACTIVATED: ConnectionStatus.ENDED,
    OrganizationStatus.UNKNOWN: ConnectionStatus.UNKNOWN,
}


@frozen(kw_only=True, order=True)
class Account:
    """One account on one platform, or one table."""

    vendor: str
    name: str

    @property
    def label(self) -> str:
        """The short name in reports and files: "crux:acme"; a table is called as its file."""
        return self.name if self.vendor == TABLE else f"{self.vendor}:{self.name}"

    def __str__(self) -> str:
        return self.name if self.vendor == TABLE else f"{self.vendor} ({self.name})"


@frozen(kw_only=True, slots=False, eq=False)
class Entry:
    """A partner as one account has it.

    Attributes:
        key: Its lasting name, `vendor:account:kind:id`, as decisions are written.
        account: Whose partner it is.
        organization: The partner; None where the records do not say which of two businesses it is.
        connections: Every connection with it, by key.
        sides: Both businesses of the connections, where `organization` is None.
    """

    key: str
    account: Account
    organization: Organization | None
    connections: tuple[Connection, ...] = ()
    sides: tuple[Organization, ...] = ()

    @cached_property
    def name(self) -> str:
        """What the account calls it; empty if it says no name."""
        if self.organization is not None:
            return self.organization.name or ""
        return " / ".join(side.name or side.id for side in self.sides)

    @cached_property
    def is_nameless(self) -> bool:
        """Whether it says no name that could be compared with others."""
        one = self.organization
        return one is not None and not any(map(_is_readable, (one.name, *one.aliases)))

    @cached_property
    def kinds(self) -> frozenset[str]:
        """What it says, besides a name, by which a business could be known again; a town alone is no such thing."""
        one = self.organization
        if one is None:
            return frozenset()
        mails = (one.email, *(contact.email for contact in self.contacts))
        phones = (one.phone, *(contact.phone for contact in self.contacts))
        said = {
            "domain": any(registrable_domain(text) for text in (one.website, *mails) if text),
            "mail": any(mails),
            "phone": any(phones),
            "person": any(contact.name for contact in self.contacts),
            "street": one.address is not None and bool(one.address.line1),
            "number": bool(self.account_numbers),
        }
        schemes = (found.scheme for found in one.identifiers if _is_readable(found.value))
        return frozenset((*(kind for kind, is_said in said.items() if is_said), *schemes)) - {"account_number"}

    @property
    def is_mute(self) -> bool:
        """Whether it says nothing by which a business could be known again: neither a name nor anything else."""
        return self.organization is not None and self.is_nameless and not self.kinds

    @property
    def id(self) -> str:
        """The platform's own id of the partner."""
        return self.key if self.organization is None else self.organization.id

    @property
    def plain_key(self) -> str:
        """The key made of the platform's own id, which rows of a table may share: `key` tells those apart."""
        mine = self.organization
        if mine is None or self.account.vendor != TABLE or self.key.endswith(f":{mine.id}"):
            return self.key
        return str(evolve(mine.key, id=mine.id))

    @property
    def role(self) -> Role | None:
        """Which side of the trade the partner is on."""
        roles = {one.own_role.counterpart for one in self.connections if one.own_role is not None}
        if len(roles) == 1:
            return roles.pop()
        return None if roles or self.organization is None else self.organization.role

    @property
    def status(self) -> ConnectionStatus | None:
        """How things stand with it; None if the account has no statuses."""
        return self._standing[0]

    @property
    def status_native(self) -> str | None:
        """The platform's own word for `status`."""
        return self._standing[1]

    @cached_property
    def _standing(self) -> tuple[ConnectionStatus | None, str | None]:
        if self.connections:
            best = min(self.connections, key=lambda one: _LIVELIEST.index(one.status))
            return best.status, best.status_native
        if self.organization is None or self.organization.status is None:
            return None, None
        word = self.organization.status_native
        if word is not None and word.casefold() in set(ConnectionStatus):
            # A table may say of a partner what platforms say of a connection.
            return ConnectionStatus(word.casefold()), word
        return _OF_ORGANIZATION[self.organization.status], word

    @cached_property
    def contacts(self) -> tuple[Contact, ...]:
        """The people at the partner, without the account manager, who may be the platform's."""
        said = () if self.organization is None else self.organization.contacts or ()
        return (*said, *(contact for one in self.connections for contact in one.contacts or ()))

    @cached_property
    def managers(self) -> tuple[Contact, ...]:
        """Account managers: ours, the partner's or the platform's, nobody says which."""
        said = () if self.organization is None else (self.organization.account_manager,)
        found = (*said, *(one.account_manager for one in self.connections))
        return tuple(one for one in found if one is not None)

    @cached_property
    def account_numbers(self) -> tuple[str, ...]:
        """Our numbers for the partner."""
        return _distinct(number for number, ours in self._numbers() if ours)

    @cached_property
    def partners_account_numbers(self) -> tuple[str, ...]:
        """The partner's numbers for us."""
        return _distinct(number for number, ours in self._numbers() if not ours)

    def _numbers(self) -> Iterator[tuple[str | None, bool]]:
        for one in self.connections:
            retailer = one.own_role is not Role.SUPPLIER
            yield one.retailers_supplier_account_number, retailer
            yield one.suppliers_retailer_account_number, not retailer
            yield one.retailer_identifier, retailer
        if self.organization is not None:
            yield self.organization.reference, True
            for identifier in self.organization.identifiers:
                if identifier.scheme == "account_number":
                    yield identifier.value, True

    @cached_property
    def since(self) -> datetime | None:
        """When the account first knew of it, as far as the platform says."""
        times = [one.requested_at or one.created_at for one in self.connections]
        times.append(None if self.organization is None else self.organization.created_at)
        return min((time for time in times if time is not None), default=None)

    @property
    def activities(self) -> tuple[Activity, ...]:
        """How much each connection with it is used, where that is known."""
        return tuple(one.activity for one in self.connections if one.activity is not None)

    @property
    def records(self) -> tuple[Connection | Organization, ...]:
        """The records that speak of it."""
        return self.connections or (() if self.organization is None else (self.organization,))

    @cached_property
    def record_keys(self) -> tuple[str, ...]:
        """The keys of `records`, as texts."""
        return tuple(str(record.key) for record in self.records)


def _is_readable(text: str | None) -> bool:
    return text is not None and any(map(str.isalnum, text if text.isascii() else anyascii(text)))


def _distinct(values: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value.strip() for value in values if value and value.strip()))


@frozen(kw_only=True, eq=False)
class AccountView:
    """What one account said, and how sure its silence is.

    Attributes:
        account: Which account.
        entries: Its partners.
        proves_absence: A partner that is not in `entries` does not exist there.
        reason: Why not, as a sentence; None if it does.
        listings: The coverage of each list of partners.
        rejected: Rows that could not be read.
    """

    account: Account
    entries: tuple[Entry, ...] = field(repr=False)
    proves_absence: bool
    reason: str | None
    listings: tuple[tuple[str, Coverage], ...]
    rejected: tuple[Rejected, ...] = ()


def view_accounts(snapshot: Snapshot) -> tuple[AccountView, ...]:
    """Return what each account of a snapshot said of its partners, in the order of the listings.

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
    return tuple(_view(account, several) for account, several in listings.items())


def lists_partners(listing: Listing[Any]) -> bool:
    """Whether partners are to be found in a listing; an empty one is judged by its name."""
    if listing.source.operation == "organization":  # the account's owner
        return False
    if len(listing):
        return isinstance(listing[0], Connection | Organization)
    words = ("connection", "organizations", "partner", "supplier", "retailer", "brand")
    return any(word in listing.source.operation for word in words)


def _view(account: Account, listings: list[Listing[Any]]) -> AccountView:
    rejected = tuple(one for listing in listings for one in listing.rejected)
    entries = tuple(_entries(account, listings))
    reasons = [_doubt(listing) for listing in listings if not listing.coverage.proves_absence]
    if rejected and not reasons:
        reasons.append(f"{len(rejected)} {'row' if len(rejected) == 1 else 'rows'} could not be read")
    lost = sum(entry.organization is None for entry in entries)
    if lost:
        reasons.append(f"{lost} of its connections {'does' if lost == 1 else 'do'} not say which side is the partner")
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


def _entries(account: Account, listings: list[Listing[Any]]) -> Iterator[Entry]:
    records = [record for listing in listings for record in listing]
    connections = _once(record for record in records if isinstance(record, Connection))
    own = _own_organizations(connections)
    partners: dict[str, Organization | None] = {}
    sides: dict[str, tuple[Organization, ...]] = {}
    with_it: dict[str, list[Connection]] = defaultdict(list)
    for connection in connections:
        partner = connection.partner or _other_side(connection, own)
        key = str(connection.key if partner is None else partner.key)
        partners.setdefault(key, partner)
        if partner is None:
            both = (connection.retailer, connection.supplier)
            sides[key] = tuple(side for side in both if side is not None)
        with_it[key].append(connection)
    for record in records:
        if isinstance(record, Organization) and str(record.key) not in own:
            partners[str(record.key)] = record
    for key, organization in sorted(partners.items()):
        yield Entry(
            key=key,
            account=account,
            organization=organization,
            connections=tuple(with_it.get(key, ())),
            sides=sides.get(key, ()),
        )


def _once(connections: Iterable[Connection]) -> list[Connection]:
    """Each connection once, by key: what is said must not hang on the order of a list."""
    return [one for _, one in sorted({str(one.key): one for one in connections}.items())]


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
