"""What an adapter's author says of the platform's wire; the fake platform is built from it."""

from __future__ import annotations

import copy
from collections.abc import Callable, Mapping
from typing import Any, Literal, TypeAlias

from attrs import field, frozen

from aggregator.adapter.base import Adapter
from aggregator.adapter.steps import Plan
from aggregator.testing.paging import Paging, Whole

# Keys that lead to a place in a JSON value, from the outside in.
Keys: TypeAlias = tuple[str, ...]


def at(value: Any, keys: Keys) -> Any:  # noqa: ANN401 - any JSON
    """Return what stands at a place, or None."""
    for key in keys:
        if not isinstance(value, dict):
            return None
        value = value.get(key)
    return value


def put(value: dict[str, Any], keys: Keys, new: object) -> None:
    """Set what stands at a place, making the way there."""
    for key in keys[:-1]:
        value = value.setdefault(key, {})
    value[keys[-1]] = new


def eight_digits(number: int) -> str:
    """Make an id of a number that sorts as numbers do."""
    return f"{number:08d}"


@frozen(kw_only=True, eq=False)
class ListProfile:
    """One list, as it goes over the wire.

    Attributes:
        plan: The adapter's plan of it, such as `lambda adapter: adapter.connections()`.
        path: Path below the host.
        method: How it is asked for.
        sample: One row, as the platform documents it.
        id_at: Where a row's id stands.
        make_id: Makes the id of the row of a number, from 1; ids must sort as their numbers do.
        name_at: Where a text that matters stands in a row, such as a partner's name.
        status_at: Where a word of a fixed list stands in a row; None if there is none.
        rows_at: Where the rows stand in an answer; () for a bare array.
        total_at: Where an answer declares how many rows there are; None if it does not.
        page_count_at: Where it declares how many pages.
        next_at: Where it says how to get the next page.
        next_is: Whether that is an absolute link or a bare cursor.
        paging: How it is cut into pages.
    """

    plan: Callable[[Any], Plan[Any]] = field(repr=False)
    path: str
    method: Literal["GET", "POST"] = "GET"
    sample: Mapping[str, Any] = field(repr=False)
    id_at: Keys = ("id",)
    make_id: Callable[[int], object] = field(default=eight_digits, repr=False)
    name_at: Keys = ("name",)
    status_at: Keys | None = None
    rows_at: Keys = ()
    total_at: Keys | None = None
    page_count_at: Keys | None = None
    next_at: Keys | None = None
    next_is: Literal["link", "cursor"] = "link"
    paging: Paging = field(factory=Whole)

    @property
    def is_paged(self) -> bool:
        """Whether it takes more than one request."""
        return not isinstance(self.paging, Whole)

    def row(self, number: int) -> dict[str, Any]:
        """Return a fresh row of a number, from 1."""
        row = copy.deepcopy(dict(self.sample))
        put(row, self.id_at, self.make_id(number))
        put(row, self.name_at, f"Partner Number {number} \u00e9")
        return row


@frozen(kw_only=True)
class LoginProfile:
    """How the platform hands out tokens.

    Attributes:
        url: Absolute URL of the token endpoint.
        token_at: Where the token stands in its answer.
        lifetime_at: Where its lifetime stands, in seconds; None if it is not said.
        expired: The body of a 401 for a token that is no longer good.
        denied: The body of a 401 or 403 for a good token that may not do this.
        denied_status: That status.
    """

    url: str
    token_at: Keys = ("access_token",)
    lifetime_at: Keys | None = ("expires_in",)
    expired: Any = field(factory=lambda: {"detail": "Invalid token."})
    denied: Any = field(factory=lambda: {"detail": "Permission denied."})
    denied_status: int = 403


@frozen(kw_only=True, eq=False)
class WireProfile:
    """One adapter's platform.

    Attributes:
        adapter: Builds the adapter, with credentials that can renew a token if the platform has them.
        secrets: Values of the credentials the adapter is built with; they are searched for everywhere.
        lists: Its lists.
        login: Its token endpoint; None where a ready token is all there is.
        documents: Other answers it needs, by path.
    """

    adapter: Callable[[], Adapter] = field(repr=False)
    secrets: tuple[str, ...] = field(repr=False)
    lists: tuple[ListProfile, ...]
    login: LoginProfile | None = None
    documents: Mapping[str, Any] = field(factory=dict, repr=False)
