"""The words an adapter and a driver exchange. Neither a socket nor a thread is in sight.

A walk is a generator. It yields a `Call` and is sent the `Reply`; it yields `Ahead` to say which calls it will make
next, so that a driver may send them at once; it yields a `Page` whenever records are ready; it returns a `WalkEnd`.
A driver throws an `AggregatorError` into it where a call failed for good.
"""

from __future__ import annotations

import json
from codecs import BOM_UTF8
from collections import Counter
from collections.abc import Callable, Generator, Mapping
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any, Generic, Literal, TypeAlias, TypeVar

from attrs import define, field, frozen

from aggregator.errors import AggregatorError
from aggregator.model.coverage import Coverage, Drift, Rejected
from aggregator.model.record import Record
from aggregator.model.source import Source

R = TypeVar("R", bound=Record)

Query: TypeAlias = tuple[tuple[str, str], ...]


class Malformed(Exception):  # noqa: N818 - it becomes a ContractError once vendor and operation are known
    """An answer, or a part of it, that is not what the documentation says."""


class PointsBack(Malformed):
    """A page that names itself, or one before it, as the next."""


class Unreadable(Exception):  # noqa: N818 - it becomes a Rejected
    """One row that cannot be read; the rest of the page can.

    Attributes:
        errors: What is wrong, each with a JSON path into the row.
    """

    def __init__(self, *errors: str) -> None:
        super().__init__("; ".join(errors))
        self.errors = errors


@frozen(kw_only=True, eq=False)
class Call:
    """One request to the platform, relative to the adapter's base URL, so that it cannot leave it.

    Attributes:
        method: "GET", or "POST" where the platform reads by POST.
        path: Path below the base URL, beginning with "/".
        query: Query parameters, unencoded, in order.
        body: What is sent as JSON, or None for no body.
        is_query: The request changes nothing on the platform, so it may be repeated, whatever its method.
    """

    method: Literal["GET", "POST"] = "GET"
    path: str
    query: Query = ()
    body: Mapping[str, Any] | None = None
    is_query: bool = True


@frozen(kw_only=True, eq=False)
class Reply:
    """What came back for a call.

    Attributes:
        status: HTTP status.
        headers: Response headers, names in lower case.
        content: The decoded body.
        request: Method and URL, without credentials, for people to read.
        requested_at: When the request went out, in UTC.
        fetched_at: When the body had arrived, in UTC.
        is_masked: The body held a credential of the account, in the place of which *** stands.
    """

    status: int
    headers: Mapping[str, str] = field(factory=dict, repr=False)
    content: bytes = field(repr=False)
    request: str
    requested_at: datetime
    fetched_at: datetime
    is_masked: bool = False

    def json(self) -> Any:  # noqa: ANN401 - raw payload
        """Return the body read as strict JSON; numbers with a fraction become Decimal, from their text.

        Raises:
            Malformed: It is not JSON: empty, HTML, cut short, not UTF-8, NaN, or nested too deep to read.
        """
        if not self.content.strip():
            raise Malformed(f"an empty body with status {self.status}, where JSON was due")
        try:
            return _decoder.decode(self.content.decode("utf-8-sig"))
        except UnicodeDecodeError as error:
            raise Malformed(f"a body that is not UTF-8 (byte {error.start})") from error
        except RecursionError as error:
            raise Malformed("JSON nested too deep to read") from error
        except InvalidOperation as error:
            raise Malformed("JSON that cannot be read: a number beyond all bounds") from error
        except ValueError as error:
            raise Malformed(self._why_not_json(error)) from error

    def _why_not_json(self, error: ValueError) -> str:
        if self.content.removeprefix(BOM_UTF8).lstrip()[:1] == b"<":
            return f"HTML or XML with status {self.status}, where JSON was due"
        if isinstance(error, json.JSONDecodeError):
            return f"JSON that cannot be read: {error.msg} at character {error.pos} of {len(error.doc)}"
        return f"JSON that cannot be read: {error}"


def _refuse_constant(name: str) -> Any:  # noqa: ANN401 - never returns
    raise ValueError(f"{name} is not a JSON number")


_decoder = json.JSONDecoder(parse_float=Decimal, parse_constant=_refuse_constant)


@frozen(kw_only=True)
class Ahead:
    """A hint: these very calls will be made next, in this order. A driver may send them before they are asked for."""

    calls: tuple[Call, ...]


@frozen(kw_only=True)
class Page(Generic[R]):
    """Records that are ready.

    Attributes:
        walk: The number of the walk through the list, from 1.
        number: The number of the page in this walk, from 1.
        records: The page's records, without those whose id came earlier in the same walk.
        fresh: Those of them whose id came in no earlier walk either: what a lazy reader has not seen.
        declared: How many records the platform says the list holds, None if it does not say.
    """

    walk: int
    number: int
    records: tuple[R, ...] = field(repr=False)
    fresh: tuple[R, ...] = field(repr=False)
    declared: int | None = None


@frozen(kw_only=True)
class WalkEnd:
    """How a walk ended.

    Attributes:
        coverage: Whether the list is complete.
        rejected: Rows that could not be read, as far as they are kept.
        drift: Where the answers differ from the documentation.
        order: The ids that make the list up, in the platform's order; None where everything that came is kept.
        error: The error that ended it, if one did.
    """

    coverage: Coverage
    rejected: tuple[Rejected, ...] = ()
    drift: Drift = field(factory=Drift)
    order: tuple[str, ...] | None = None
    error: AggregatorError | None = field(default=None, repr=False)


Steps: TypeAlias = Generator["Call | Ahead | Page[R]", Reply | None, WalkEnd]


@frozen(kw_only=True)
class Place:
    """Where on a page a row stands; a mapping makes the record's source from it."""

    vendor: str
    account: str
    operation: str
    page: int
    request: str
    pointer: str
    fetched_at: datetime

    def source(self, *, kind: str, id: str, mapping: str, below: str = "") -> Source:  # noqa: A002 - the model's word
        """Return the source of a record at this place, or `below` it by a JSON pointer."""
        return Source(
            vendor=self.vendor,
            account=self.account,
            kind=kind,
            id=id,
            operation=self.operation,
            page=self.page,
            request=self.request,
            pointer=self.pointer + below,
            mapping=mapping,
            fetched_at=self.fetched_at,
        )


@define
class DriftCount:
    """Counts, during a walk, where answers differ from the documentation."""

    unknown_keys: Counter[str] = field(factory=Counter)
    unknown_values: Counter[str] = field(factory=Counter)
    notes: Counter[str] = field(factory=Counter)

    def freeze(self) -> Drift:
        """Return the counts so far, the commonest first."""
        return Drift(
            unknown_keys=dict(self.unknown_keys.most_common()),
            unknown_values=dict(self.unknown_values.most_common()),
            notes=dict(self.notes.most_common()),
        )


RowReader: TypeAlias = Callable[[Any, Place, DriftCount], R]


@frozen(kw_only=True)
class Plan(Generic[R]):
    """A description of one list, or one record, that can be fetched; nothing happens until a client drives it.

    Attributes:
        vendor: The adapter's name.
        account: The user's name for the account.
        operation: What is listed, such as "connections".
        scope: The filter, in words; None for everything.
        start: Makes a new walk; each call begins afresh.
    """

    vendor: str
    account: str
    operation: str
    scope: str | None = None
    start: Callable[[], Steps[R]] = field(repr=False)
