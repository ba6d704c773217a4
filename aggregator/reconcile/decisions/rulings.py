"""One row of decisions: what a person said of two records; and in which order rows count as said."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from operator import itemgetter
from typing import Final

from attrs import field, frozen

from aggregator.errors import ConfigurationError
from aggregator.model.source import RecordKey
from aggregator.spelling import did_you_mean

_FIRST: Final = datetime.min.replace(tzinfo=UTC)

_DAY: Final = timedelta(hours=36)
"""How long a day lasts, counted from midnight in UTC: in the west it ends at noon of the next."""


class Verdict(StrEnum):
    """What a person says of two records."""

    SAME = "same"
    DIFFERENT = "different"
    UNSURE = "unsure"


def verdict_of(said: Verdict | str, *, where: str = "A decision") -> Verdict:
    """Return the verdict of a word, in whatever case it is written.

    Raises:
        ConfigurationError: It is none.
    """
    word = str(said).casefold()
    if word not in list(Verdict):
        hint = f"{did_you_mean(word, Verdict)}There are same, different and unsure."
        raise ConfigurationError(f"{where}: {said!r} is no decision.", hint=hint)
    return Verdict(word)


def _name_of(said: RecordKey | str) -> str:
    if not isinstance(said, RecordKey | str):
        raise ConfigurationError(
            f"A decision names a record by its key, and {type(said).__name__} is none.",
            hint="Write record.key, or ACCOUNT:ID as a text.",
        )
    return str(said)


def _time_of(said: datetime | date | None) -> datetime | date | None:
    if not isinstance(said, date | None):
        raise ConfigurationError(
            f"A decision: at = {said!r} is no time.", hint="Write datetime.now(UTC) or date(2026, 1, 15)."
        )
    # A time without a zone is UTC, as in a file: it could not be put in order with those that have one.
    return said.replace(tzinfo=UTC) if isinstance(said, datetime) and said.tzinfo is None else said


@frozen(kw_only=True)
class Ruling:
    """One row of the file.

    Attributes:
        left: The key of a record, or ACCOUNT:ID.
        right: The other's.
        verdict: What is said of them; its word will do. UNSURE takes back what was said before and leaves the pair to
            review.
        by: Who said it.
        at: When, in UTC where it has no zone; a date where the row says no time, None where it says neither.
        why: In words.
        line: Where it stands in the file, from 1; 0 if it is not in one.
        file: In which file, where several were merged.

    Raises:
        ConfigurationError: A record, the verdict or the time is none.
    """

    left: str = field(converter=_name_of)
    right: str = field(converter=_name_of)
    verdict: Verdict = field(converter=verdict_of)
    by: str = ""
    at: datetime | date | None = field(default=None, converter=_time_of)
    why: str = ""
    line: int = 0
    file: str = ""

    @property
    def pair(self) -> tuple[str, str]:
        """The two records, whichever was named first."""
        return (self.left, self.right) if self.left <= self.right else (self.right, self.left)

    def __str__(self) -> str:
        who = f" by {self.by}" if self.by else ""
        place = f"line {self.line}" if self.line else "the new decision"
        place = f"{place} of {self.file}" if self.file else place
        return f"{place} ({self.left} and {self.right}: {self.verdict.value}{who})"


def ruling(left: RecordKey | str, right: RecordKey | str, verdict: Verdict | str, *, by: str, why: str = "") -> Ruling:
    """Return a row that says now what a person decided.

    Raises:
        ConfigurationError: A record or the verdict is none.
    """
    return Ruling(left=left, right=right, verdict=verdict, by=by, why=why, at=datetime.now(UTC).replace(microsecond=0))


def in_order_of_time(rows: Iterable[Ruling], pair_of: Callable[[Ruling], tuple[str, str]]) -> tuple[Ruling, ...]:
    """Return rows in the order in which they were said, those of one moment in the order in which they stand."""
    listed = tuple(rows)
    said = [(row.at, row) for row in listed if isinstance(row.at, datetime)]
    if len(said) < len(listed):
        said = _moments(listed, pair_of)
    return tuple(row for _, row in sorted(said, key=itemgetter(0)))


def _moments(rows: Iterable[Ruling], pair_of: Callable[[Ruling], tuple[str, str]]) -> list[tuple[datetime, Ruling]]:
    """Return when each row counts as said, where some do not say their time."""
    moments: dict[tuple[str, str], list[tuple[datetime, date]]] = defaultdict(list)
    said: list[tuple[datetime, Ruling]] = []
    for row in rows:
        above = said[-1][0] if said else _FIRST
        of_pair = moments[pair_of(row)]
        moment = _moment(row.at, above, of_pair)
        of_pair.append((moment, moment if row.at is None else row.at))
        said.append((moment, row))
    return said


def _moment(at: datetime | date | None, above: datetime, of_pair: list[tuple[datetime, date]]) -> datetime:
    """When a row counts as said, given when the row above it does, and all rows of its pair above it and what they say.

    Of two rows that say days, the later day is later, however long a day lasts somewhere.
    """
    if at is None:
        return max([above, *(one for one, _ in of_pair)])
    if isinstance(at, datetime):
        return at
    midnight = datetime.combine(at, time(), UTC)
    before = (one for one, said in of_pair if isinstance(said, datetime) or said <= at)
    return max([midnight, *(one for one in before if one - midnight < _DAY)])
