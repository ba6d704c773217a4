"""Faults of paging: pages and links that are not what they should be, and lists that move while they are walked."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from typing import Any
from urllib.parse import urlsplit

from attrs import define, field

from aggregator.adapter.base import Adapter
from aggregator.testing.faults.base import Answer, Behaviour, Expect, linked, paged, register, totalled
from aggregator.testing.paging import Numbered
from aggregator.testing.profile import ListProfile, at, put
from aggregator.testing.vendor import FakeVendor


class Clamped(Behaviour):
    """Fewer rows a page than were asked for."""

    def begin(self, vendor: FakeVendor) -> None:
        vendor.size = 2


def _more_than_an_empty_page(profile: ListProfile, adapter: Adapter) -> bool:
    """A fault that nobody could notice where an empty page is the only sign of the end."""
    paging = profile.paging
    says_end = isinstance(paging, Numbered) and paging.past_the_end == "404"
    says_more = any((profile.total_at, profile.page_count_at, profile.next_at))
    return paged(profile, adapter) and (says_more or says_end)


class EmptyMiddle(Behaviour):
    """A page comes without rows: each time where pages are numbered, and none is lost; elsewhere once."""

    def __init__(self) -> None:
        self.number: int | None = None

    def ask(self, vendor: FakeVendor, asked: dict[str, Any], number: int) -> None:
        del number
        if isinstance(vendor.profile.paging, Numbered):
            name = vendor.profile.paging.parameter
            self.number = int(asked.get(name, 1))
            asked[name] = self.number - (self.number > 2)

    def spoil(self, vendor: FakeVendor, answer: Answer, number: int) -> None:
        profile = vendor.profile
        if (number if self.number is None else self.number) == 2:
            if profile.rows_at:
                put(answer.document, profile.rows_at, [])
            else:
                answer.document = []
        if self.number is None:
            return
        pages = -(-len(vendor.rows) // vendor.size) + 1
        if profile.page_count_at is not None:
            put(answer.document, profile.page_count_at, pages)
        if profile.next_at is not None:
            link = f"{vendor.adapter.base_url}{profile.path}?{profile.paging.parameters[0]}={self.number + 1}"
            put(answer.document, profile.next_at, link if self.number < pages else None)


class IgnoredPage(Behaviour):
    """Every page is the first."""

    def ask(self, vendor: FakeVendor, asked: dict[str, Any], number: int) -> None:
        del number
        for name in vendor.profile.paging.parameters:
            asked.pop(name, None)


@define
class NextLink(Behaviour):
    """The way to the next page leads elsewhere."""

    change: Callable[[str, FakeVendor], object]

    def spoil(self, vendor: FakeVendor, answer: Answer, number: int) -> None:
        del number
        keys = vendor.profile.next_at
        found = at(answer.document, keys) if keys else None
        if keys and isinstance(found, str):
            put(answer.document, keys, self.change(found, vendor))


class NextSelf(Behaviour):
    """The way to the next page leads to the same page."""

    def spoil(self, vendor: FakeVendor, answer: Answer, number: int) -> None:
        del number
        keys, name = vendor.profile.next_at, vendor.profile.paging.parameters[0]
        if keys and at(answer.document, keys) is not None:
            here = str(vendor.asked[-1][name] or ("c0" if vendor.profile.next_is == "cursor" else 1))
            is_link = vendor.profile.next_is == "link"
            put(answer.document, keys, f"{vendor.adapter.base_url}/?{name}={here}" if is_link else here)


def _elsewhere(scheme: str, host: str) -> Callable[[str, FakeVendor], object]:
    def change(link: str, vendor: FakeVendor) -> object:
        del vendor
        parts = urlsplit(link)
        return parts._replace(scheme=scheme or parts.scheme, netloc=host or f"{parts.hostname}:8443").geturl()

    return change


@define
class Moves(Behaviour):
    """Somebody changes the list between two pages, once."""

    change: Callable[[FakeVendor], None]

    def between(self, vendor: FakeVendor, number: int) -> None:
        if number == 2:
            self.change(vendor)


@define
class Total(Behaviour):
    """The declared total is another one."""

    change: Callable[[Any, int], object]
    gone: bool = False
    _first: int | None = field(default=None, init=False)

    def spoil(self, vendor: FakeVendor, answer: Answer, number: int) -> None:
        keys = vendor.profile.total_at
        if self.gone:
            _drop_total(vendor, answer)
        elif keys is not None:
            put(answer.document, keys, self.change(at(answer.document, keys), number))


def _drop_total(vendor: FakeVendor, answer: Answer) -> None:
    keys = vendor.profile.total_at
    if keys is not None:
        at(answer.document, keys[:-1]).pop(keys[-1], None)


class Twice(Behaviour):
    """A row stands on its page twice."""

    def spoil(self, vendor: FakeVendor, answer: Answer, number: int) -> None:
        del number
        rows = at(answer.document, vendor.profile.rows_at)
        if rows:
            rows.insert(0, rows[0])


class TwiceUntold(Twice):
    """A row stands on its page twice, and takes no place of its own in the count of an offset. No total is declared."""

    def spoil(self, vendor: FakeVendor, answer: Answer, number: int) -> None:
        super().spoil(vendor, answer, number)
        _drop_total(vendor, answer)


class ListedTwice(Behaviour):
    """The list itself holds a row twice, so that an offset counts both. No total is declared."""

    def begin(self, vendor: FakeVendor) -> None:
        vendor.rows.insert(1, deepcopy(vendor.rows[0]))

    def spoil(self, vendor: FakeVendor, answer: Answer, number: int) -> None:
        del number
        _drop_total(vendor, answer)


def _paged_and_totalled(profile: ListProfile, adapter: Adapter) -> bool:
    return paged(profile, adapter) and totalled(profile, adapter)


class AgainLater(Behaviour):
    """The first row of the list comes again on the second page."""

    def spoil(self, vendor: FakeVendor, answer: Answer, number: int) -> None:
        rows = at(answer.document, vendor.profile.rows_at)
        if number == 2 and rows:
            rows.append(vendor.rows[0])


_LOST = "it takes pages that overlap, or leave gaps, for the list"
_COUNTS_ROWS = "it counts a record twice, or goes on by the rows that came, though a repeat stands for no record"
_OFF = ("origin", "page", "link", "next", "host")

register(
    name="page size clamped", group="pages", summary="the server gives fewer rows a page than were asked for",
    make=Clamped, applies=paged, expect=Expect.COMPLETE,
    lesson="it takes a short page for the last one, or goes on by the size it asked for instead of what came",
)  # fmt: skip
register(
    name="empty page in the middle", group="pages", summary="a page comes without rows although there are more",
    make=EmptyMiddle, applies=_more_than_an_empty_page, cause=("declared", "walks", "row", "empty", "page"),
    lesson="it takes an empty page for the end, though the platform says that there is more",
)  # fmt: skip
register(
    name="page parameter ignored", group="pages", summary="every page is the first one",
    make=IgnoredPage, applies=paged, expect=Expect.INCOMPLETE, cause=("repeat", "page", "walks", "declared"),
    lesson="it does not notice that pages repeat",
)  # fmt: skip
register(
    name="next leads to itself", group="pages", summary="the next link, or cursor, leads to the page it stands on",
    make=NextSelf, applies=linked, expect=Expect.HONEST, cause=("next", "repeat", "page", "cursor"),
    lesson="it follows a link to the page it stands on",
)  # fmt: skip
for _name, _scheme, _host in (
    ("host", "", "decoy.example.org"),
    ("port", "", ""),
    ("scheme", "http", "decoy.example.org:80"),
):
    register(
        name=f"next leads to another {_name}", group="pages", summary=f"the next link leads to another {_name}",
        make=lambda scheme=_scheme, host=_host: NextLink(_elsewhere(scheme, host)),
        applies=lambda profile, adapter: linked(profile, adapter) and profile.next_is == "link",
        cause=_OFF, lesson="it follows the platform's absolute link, which can lead anywhere",
    )  # fmt: skip
register(
    name="rows inserted", group="moving", summary="rows are inserted at the front while the list is walked",
    make=lambda: Moves(lambda vendor: vendor.insert(0, 0)), applies=paged, moves=True,
    cause=("walks", "declared", "changed", "again"), lesson=_LOST,
)  # fmt: skip
register(
    name="rows deleted", group="moving", summary="a row of the first page is deleted while the list is walked",
    make=lambda: Moves(lambda vendor: vendor.remove(0)), applies=paged, moves=True,
    cause=("walks", "declared", "changed", "again"), lesson=_LOST,
)  # fmt: skip
register(
    name="rows deleted behind", group="moving", summary="a row of a page that was read, but not the first, is deleted",
    make=lambda: _At(3, lambda vendor: vendor.remove(min(4, len(vendor.rows) - 1))), applies=paged, moves=True,
    cause=("walks", "declared", "changed", "again"), lesson=_LOST,
)  # fmt: skip
register(
    name="rows re-ordered", group="moving", summary="the list is sorted another way while it is walked",
    make=lambda: Moves(lambda vendor: vendor.rows.reverse()), applies=paged, moves=True,
    cause=("walks", "declared", "changed", "again"), lesson=_LOST,
)  # fmt: skip
register(
    name="rows re-ordered for ever", group="moving", summary="the list is sorted another way before every page",
    make=lambda: _Shuffling(), applies=paged, moves=True,  # noqa: PLW0108 - it is defined below
    cause=("walks", "declared", "changed", "again", "repeat"), lesson=_LOST,
)  # fmt: skip
register(
    name="a row twice on a page", group="pages", summary="a row stands on its page twice",
    make=Twice, cause=("again", "declared", "walks", "came"), lesson=_COUNTS_ROWS,
)  # fmt: skip
register(
    name="a row twice, no total", group="pages", summary="a row stands on its page twice, and no total is declared",
    make=TwiceUntold, applies=_paged_and_totalled, cause=("twice", "again", "walks"), lesson=_COUNTS_ROWS,
)  # fmt: skip
register(
    name="a row listed twice, no total", group="pages",
    summary="a row is on the list itself twice, and no total is declared",
    make=ListedTwice, applies=paged, cause=("twice", "again", "walks", "repeat"), lesson=_COUNTS_ROWS,
)  # fmt: skip
register(
    name="a row again on a later page", group="pages", summary="the first row comes again on the second page",
    make=AgainLater, applies=paged, cause=("again", "declared", "walks", "came"), lesson="it counts a record twice",
)  # fmt: skip
for _name, _summary, _change, _expect in (
    ("too high", "seven more rows are declared than there are", lambda found, _: found + 7, Expect.INCOMPLETE),
    ("too low", "one row fewer is declared than there is", lambda found, _: max(0, found - 1), Expect.INCOMPLETE),
    ("changing", "the declared total is another one each time", lambda found, n: found + n, Expect.HONEST),
    ("null", "the declared total is null", lambda *_: None, Expect.COMPLETE),
    ("negative", "the declared total is negative", lambda *_: -1, Expect.COMPLETE),
    ("words", "the declared total is a text", lambda *_: "many", Expect.COMPLETE),
):
    register(
        name=f"total {_name}", group="totals", summary=_summary, make=lambda change=_change: Total(change),
        applies=totalled, expect=_expect, cause=("declared", "total", "walks", "repeat", "page"),
        lesson="it does not compare what came with what was declared",
    )  # fmt: skip
register(
    name="total missing", group="totals", summary="no total is declared",
    make=lambda: Total(lambda *_: None, gone=True), applies=totalled, expect=Expect.COMPLETE,
    lesson="it cannot do without a total that the platform may leave out",
)  # fmt: skip


@define
class _At(Behaviour):
    """Somebody changes the list before the request of a number."""

    number: int
    change: Callable[[FakeVendor], None]

    def between(self, vendor: FakeVendor, number: int) -> None:
        if number == self.number:
            self.change(vendor)


class _Shuffling(Behaviour):
    """The order is another one each time, and always the same from run to run."""

    def between(self, vendor: FakeVendor, number: int) -> None:
        shift = number % len(vendor.rows) if vendor.rows else 0
        vendor.rows[:] = vendor.rows[shift:] + vendor.rows[:shift]
