"""The one rule: the right records and `complete`, or an honest word of what is missing and why."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from itertools import pairwise
from typing import Any

from aggregator.errors import AggregatorError
from aggregator.model.converter import to_plain
from aggregator.model.record import Record
from aggregator.testing.faults.base import Expect
from aggregator.testing.run import MAX_BODY, Run
from aggregator.testing.vendor import EndlessError

# A run may wait so long in all, in seconds: the caps of each request, some of them several times.
LONGEST_RUN = 3600.0
MOST_TOKENS = 40

# Where and when it was read is another matter each time.
_NOT_CONTENT = frozenset({"source", "raw", "as_of"})


def content(record: Record) -> Any:  # noqa: ANN401 - any JSON
    """Return a record as plain values, without where it was read from."""
    return _without(to_plain(record))


def _without(value: Any) -> Any:  # noqa: ANN401 - any JSON
    if isinstance(value, dict):
        return {key: _without(item) for key, item in value.items() if key not in _NOT_CONTENT}
    return [_without(item) for item in value] if isinstance(value, list) else value


def complaints(run: Run, *, calm: Mapping[str, Any], expect: Expect = Expect.HONEST) -> list[str]:
    """Return what is wrong with a run, each with the mistake that leads there; nothing if the rule was held.

    Args:
        run: The run.
        calm: The content of each record, by its id, as it comes in fair weather.
        expect: What the run must end in.
    """
    found = [*_unruly(run), *_leaks(run)]
    if run.listing is None:
        found += _not_honest(run)
    else:
        found += [*_ghosts(run), *_garbled(run, calm)]
        found += _quiet_loss(run) if run.listing.coverage.complete else _not_honest(run)
    return found or list(_not_as_expected(run, expect))


def _unruly(run: Run) -> Iterator[str]:
    vendor = run.vendor
    if isinstance(run.error, EndlessError):
        yield f"ENDLESS: {run.error}. {_diagnosis(run)}"
    elif run.error is not None and not isinstance(run.error, AggregatorError):
        yield f"FOREIGN ERROR: {type(run.error).__name__} came out ({run.error}); only our own errors may."
    failure = None if run.listing is None else run.listing.coverage.failure
    if "OriginViolation" in {type(run.error).__name__, "" if failure is None else failure.code}:
        yield "LEAVES ORIGIN: it tried to follow an address that the platform gave; take the page out of it instead."
    if vendor.strays:
        yield f"LEAVES ORIGIN: a request went to {vendor.strays[0]}."
    if vendor.clock.waited > LONGEST_RUN:
        yield f"HANG: it waited {vendor.clock.waited:.0f} s."
    if vendor.token_requests > MOST_TOKENS:
        yield f"TOKEN STORM: it asked for a token {vendor.token_requests} times."
    if any(not stream.closed for stream in vendor.streams):
        yield "LEFT OPEN: an answer was neither read to its end nor closed."
    if any(stream.taken > 4 * MAX_BODY for stream in vendor.streams):
        yield f"UNBOUNDED: it read {max(stream.taken for stream in vendor.streams):,} bytes of one answer."


def _leaks(run: Run) -> Iterator[str]:
    for secret in (*run.vendor.wire.secrets, *run.vendor.issued):
        if secret in run.said:
            where = next(line for line in run.said.splitlines() if secret in line)
            yield f"SECRET: a credential stands in the clear in: {where.replace(secret, '<HERE>')[:200]}"


def _ids(run: Run) -> list[str]:
    return [] if run.listing is None else [record.source.id for record in run.listing]


def _ghosts(run: Run) -> Iterator[str]:
    """Records that are on no list."""
    ids, known = _ids(run), run.vendor.ever | run.vendor.spoilt
    if strange := [one for one in ids if one not in known]:
        yield f"GHOST: a record came with an id that is on no list: {strange[0]!r}. {_lesson(run)}"
    if len(set(ids)) < len(ids):
        yield f"DUPLICATE: a record is in the listing twice. {_lesson(run)}"


def _garbled(run: Run, calm: Mapping[str, Any]) -> Iterator[str]:
    for record in run.listing or ():
        own = record.source.id
        if own in calm and own not in run.vendor.spoilt and content(record) != calm[own]:
            yield f"GARBLED: the record {own} is not what it is in fair weather. {_lesson(run)}"


def _quiet_loss(run: Run) -> Iterator[str]:
    ids, vendor = set(_ids(run)), run.vendor
    lost = sorted(vendor.always - vendor.spoilt - ids)
    if vendor.spoilt and not vendor.spoilt & ids:
        lost += sorted(vendor.spoilt)[:1]
    if lost:
        yield f"QUIET LOSS: called complete, and {len(lost)} of {len(vendor.rows)} are missing. {_diagnosis(run)}"


def _not_honest(run: Run) -> Iterator[str]:
    causes = {word for fault in run.faults for word in fault.cause}
    if not run.reason.strip():
        yield "NO REASON: it is not complete and does not say why."
    elif causes and not _names(run.reason, causes):
        yield f"WRONG REASON: it says {run.reason!r}, which does not name the cause ({', '.join(sorted(causes))})."
    elif not run.faults:
        yield f"FAILS IN FAIR WEATHER: {run.reason}"


def _names(reason: str, causes: Collection[str]) -> bool:
    return any(word.lower() in reason.lower() for word in causes)


def _not_as_expected(run: Run, expect: Expect) -> Iterator[str]:
    is_complete = run.listing is not None and run.listing.coverage.complete
    if expect is Expect.COMPLETE and not is_complete:
        yield f"GIVES UP: this can be lived with, and it ended in {run.outcome}: {run.reason} {_lesson(run)}"
    if expect is Expect.INCOMPLETE and is_complete:
        yield f"OVERCONFIDENT: nobody can know that the list is whole, and it is called complete. {_lesson(run)}"


def _lesson(run: Run) -> str:
    lessons = dict.fromkeys(fault.lesson for fault in run.faults if fault.lesson)
    return f"Usual mistake: {'; '.join(lessons)}." if lessons else ""


def _diagnosis(run: Run) -> str:
    """Say what was asked for, and what that looks like."""
    asked = run.vendor.asked
    walked = [next(iter(one.values()), None) for one in asked]
    shape = ""
    if len(asked) == 1 and run.vendor.profile.is_paged:
        shape = "Mistake: only the first page was asked for. "
    elif isinstance(run.error, EndlessError):
        shape = "Mistake: it never notices that pages repeat. "
    elif run.vendor.size < 3 and _strides(walked) == {3}:
        shape = "Mistake: it goes on by the size it asked for, not by the rows that came. "
    elif run.vendor.size < 3:
        shape = "Mistake: it takes a short page for the last one. "
    return f"{shape}It asked for {walked[:8]}. {_lesson(run)}"


def _strides(walked: list[Any]) -> set[int]:
    numbers = [int(one) for one in walked if str(one).isdecimal()]
    # Going back to the first page is another look at it, or another walk.
    return {after - before for before, after in pairwise(numbers) if after > before}
