"""What an adapter is: a frozen description of one account on one platform. It does no I/O."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from ipaddress import ip_address
from typing import Any, ClassVar, TypeVar
from urllib.parse import urlsplit

from attrs import field, frozen

from aggregator.adapter.capabilities import Capabilities
from aggregator.adapter.login import Login
from aggregator.adapter.orders import OrderFilter
from aggregator.adapter.rate import Rate
from aggregator.adapter.steps import Malformed, Plan, Reply, Steps
from aggregator.errors import ConfigurationError, Unsupported
from aggregator.model.order import Order
from aggregator.model.record import Record
from aggregator.model.record_page import RecordPage, check_kinds, record_pages

R = TypeVar("R", bound=Record)


@frozen(kw_only=True)
class Problem:
    """What a platform says went wrong, read out of an error's body.

    Attributes:
        detail: In its words; empty if it said nothing that can be read.
        code: Its own name for the error.
        pointers: JSON pointers to the faulty part of the request.
        denied: A 401 that means "you may not", with a token that is good.
    """

    detail: str = ""
    code: str | None = None
    pointers: tuple[str, ...] = ()
    denied: bool = False


def is_loopback(host: str) -> bool:
    """Whether a host name can only mean this machine."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def clean_url(url: str) -> str:
    """Return `url` without a trailing slash, if credentials may be sent to it.

    Raises:
        ConfigurationError: It is no URL with a host, carries credentials or a query, or would send secrets in clear.
    """
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except (ValueError, AttributeError, TypeError) as error:
        raise ConfigurationError(f"{url!r} is not a URL ({error}).", hint="Write it as https://host/path.") from error
    if parts.scheme not in {"http", "https"} or not host:
        raise ConfigurationError(f"{url!r} is not an http(s) URL.", hint="Write it as https://host/path.")
    if parts.scheme == "http" and not is_loopback(host):
        raise ConfigurationError(
            f"{url!r} would send credentials unencrypted.", hint="Use https; plain http is for loopback only."
        )
    if parts.username or parts.password or parts.query or parts.fragment:
        raise ConfigurationError(
            f"The URL of {host} carries a user name, a query or a fragment.",
            hint="Give credentials as arguments, and the URL bare.",
        )
    return url.rstrip("/")


def _account(value: object) -> str:
    if not str(value or "").strip():
        raise ConfigurationError("An account needs a name.", hint="Any short text of yours, such as account='acme'.")
    return str(value).strip()


def _record_page(said: object) -> tuple[RecordPage, ...]:
    try:
        return record_pages(said)
    except ValueError as error:
        raise ConfigurationError(f"record_page: {error}.") from error


def _of_known_kinds(adapter: Adapter, _: object, pages: tuple[RecordPage, ...]) -> None:
    try:
        check_kinds(pages, adapter.record_kinds)
    except ValueError as error:
        raise ConfigurationError(f"record_page: {error}.") from error


@frozen(kw_only=True)
class Adapter(ABC):
    """One account on one platform.

    Attributes:
        vendor: The platform's short name, as in the entry-point group `aggregator.adapters`.
        title: The platform's name for people.
        capabilities: What the platform can and cannot do.
        rates: The platform's rate limits; requests are paced to stay below them.
        record_kinds: The kinds of records that partners are listed by, for each of which `record_page` may say an
            address; where there are none, any kind is taken.
        account: Your name for the account; it appears in every source, error and report.
        base_url: Where the platform answers; point it at the sandbox, a proxy or a recording.
        record_page: Where people see a record in the platform's own pages, such as
            "https://dashboard.example.com/partners/{id}", or one URL for each kind of record; reports link to it.
    """

    vendor: ClassVar[str]
    title: ClassVar[str]
    capabilities: ClassVar[Capabilities]
    rates: ClassVar[tuple[Rate, ...]] = ()
    record_kinds: ClassVar[tuple[str, ...]] = ()

    account: str = field(default="default", converter=_account)
    base_url: str = field(converter=clean_url)
    record_page: tuple[RecordPage, ...] = field(default=(), converter=_record_page, validator=_of_known_kinds)

    @property
    @abstractmethod
    def login(self) -> Login:
        """How the platform is shown who we are."""

    @abstractmethod
    def listings(self) -> tuple[Plan[Any], ...]:
        """What `collect()` fetches of this account: every list of partners, whole."""

    @abstractmethod
    def probe(self) -> Plan[Any]:
        """The cheapest plan that shows whether the credentials work."""

    def find_orders(self, wanted: OrderFilter) -> Plan[Order]:
        """Return the plan of the orders that are wanted.

        Raises:
            Unsupported: The platform has no orders, or this adapter does not read them.
            InvalidQuery: The platform cannot be asked for that.
        """
        del wanted
        self.capabilities.require("orders", vendor=self.title)
        raise Unsupported(f"This adapter reads no orders of {self.title}.")

    @property
    def headers(self) -> Mapping[str, str]:
        """Headers of every call; credentials are not among them."""
        return {"Accept": "application/json"}

    def read_problem(self, reply: Reply) -> Problem:
        """Return what the platform says went wrong; never raises."""
        try:
            return read_rest_framework_problem(reply.json())
        except Malformed:
            return Problem()

    def plan(
        self, operation: str, start: Callable[[], Steps[R]], *, scope: str | None = None, capability: str | None = None
    ) -> Plan[R]:
        """Return a plan of this account, after checking that the platform has what it asks for.

        Args:
            operation: What is listed, such as "connections".
            start: Makes a new walk.
            scope: The filter, in words; None for everything.
            capability: The capability it needs; `operation` where it has the same name.

        Raises:
            Unsupported: The platform has no such thing.
        """
        self.capabilities.require(capability or operation, vendor=self.title)
        return Plan(vendor=self.vendor, account=self.account, operation=operation, scope=scope, start=start)


def read_rest_framework_problem(document: Any) -> Problem:  # noqa: ANN401 - raw payload
    """Return the message of an error in the forms that Django REST Framework writes.

    Two of our platforms look like it, by their headers, slashes and texts: `{"detail": "..."}`, or a list of messages
    for each faulty field, `{"start_date": ["Enter a valid date."]}`.
    """
    if not isinstance(document, dict):
        return Problem()
    detail = document.get("detail")
    if isinstance(detail, str):
        return Problem(detail=detail)
    messages = {key: value for key, value in document.items() if isinstance(value, list) and value}
    detail = "; ".join(f"{key}: {', '.join(map(str, value))}" for key, value in messages.items())
    return Problem(detail=detail, pointers=tuple(f"/{key}" for key in messages))
