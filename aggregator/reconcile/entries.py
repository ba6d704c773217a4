"""A partner as one account has it, with every record that speaks of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import cached_property
from typing import Final

from anyascii import anyascii
from attrs import evolve, frozen

from aggregator.model import (
    Activity,
    Connection,
    ConnectionStatus,
    Contact,
    Organization,
    OrganizationStatus,
    Role,
)
from aggregator.reconcile.matching.reading.identifiers import is_filler
from aggregator.reconcile.matching.reading.web_and_mail import registrable_domain

TABLE: Final = "table"
"""The vendor name of partner lists of one's own."""

# Of several connections with one partner, the liveliest says how things stand.
LIVELIEST: Final = (
    ConnectionStatus.ACTIVE,
    ConnectionStatus.ONBOARDING,
    ConnectionStatus.PENDING,
    ConnectionStatus.SUSPENDED,
    ConnectionStatus.ENDED,
    ConnectionStatus.UNKNOWN,
)

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
        sides: The businesses of the connections that may each be the partner, where `organization` is None.
        meant: What the word of its organization means by the policy; None if that does not say.
    """

    key: str
    account: Account
    organization: Organization | None
    connections: tuple[Connection, ...] = ()
    sides: tuple[Organization, ...] = ()
    meant: ConnectionStatus | None = None

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
        said = {
            "domain": any(registrable_domain(text) for text in (one.website, *self.emails) if text),
            "mail": bool(self.emails),
            "phone": bool(self.phones),
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

    @property
    def unknown_words(self) -> tuple[str | None, ...]:
        """The words of its status that nobody knows, each of which may mean a livelier one than `status`."""
        if self.connections:
            return tuple(one.status_native for one in self.connections if one.status is ConnectionStatus.UNKNOWN)
        return (self.status_native,) if self.status is ConnectionStatus.UNKNOWN else ()

    @cached_property
    def _standing(self) -> tuple[ConnectionStatus | None, str | None]:
        if self.connections:
            best = min(self.connections, key=lambda one: LIVELIEST.index(one.status))
            return best.status, best.status_native
        if self.organization is None or self.organization.status is None:
            return None, None
        word = self.organization.status_native
        if self.meant is not None:
            return self.meant, word
        if word is not None and word.casefold() in set(ConnectionStatus):
            # A table may say of a partner what platforms say of a connection.
            return ConnectionStatus(word.casefold()), word
        return _OF_ORGANIZATION[self.organization.status], word

    @cached_property
    def contacts(self) -> tuple[Contact, ...]:
        """The people at the partner, without the account manager, who may be the platform's."""
        said = () if self.organization is None else self.organization.contacts or ()
        return (*said, *(contact for one in self.connections for contact in one.contacts or ()))

    @property
    def emails(self) -> tuple[str, ...]:
        """The e-mail addresses of the partner and of its people, as they are written."""
        own = None if self.organization is None else self.organization.email
        return tuple(filter(None, (own, *(contact.email for contact in self.contacts))))

    @property
    def phones(self) -> tuple[str, ...]:
        """The telephone numbers of the partner and of its people, as they are written."""
        own = None if self.organization is None else self.organization.phone
        return tuple(filter(None, (own, *(contact.phone for contact in self.contacts))))

    @cached_property
    def managers(self) -> tuple[Contact, ...]:
        """Account managers: ours, the partner's or the platform's, nobody says which."""
        said = () if self.organization is None else (self.organization.account_manager,)
        found = (*said, *(one.account_manager for one in self.connections))
        return tuple(one for one in found if one is not None)

    @cached_property
    def account_numbers(self) -> tuple[str, ...]:
        """Our numbers for the partner."""
        return said_numbers(number for number, ours in self._numbers() if ours)

    @cached_property
    def partners_account_numbers(self) -> tuple[str, ...]:
        """The partner's numbers for us."""
        return said_numbers(number for number, ours in self._numbers() if not ours)

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


def said_numbers(values: Iterable[str | None]) -> tuple[str, ...]:
    """Return the account numbers among what fields hold, each once: "n/a" and "0" are none."""
    return tuple(dict.fromkeys(value.strip() for value in values if value and not is_filler(value)))
