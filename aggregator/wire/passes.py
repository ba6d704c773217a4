"""What one turn through all pages of a list has seen, and whether several of them prove the list to be whole."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import define, field

from aggregator.adapter.steps import Place, Reply
from aggregator.errors import AggregatorError
from aggregator.model.coverage import Rejected, StopReason

MOST_PAGES = 100_000
MOST_EMPTY_PAGES = 100

# Rows that cannot be read and are kept: each takes a hundred times what an empty row takes on the wire.
MOST_REJECTED = 1000

CAME_AGAIN = "ids came again on a later page"
CAME_TWICE = "ids came twice on one page"
REPEATED = "a page came again row by row"


@define
class Pass:
    """One turn through all pages.

    Attributes:
        number: Which turn it is, from 1.
        ids: The ids that came, in their order.
        fingerprints: Of each page that came.
        first_ids: The ids on the first page.
        declared: How many records the platform says there are.
        received: Rows that came.
        duplicates: Rows whose id had come already.
        moved: Those of them that came on another page than the first of their id.
        pages: Pages that came.
        records_here: How many records the rows of the latest page stand for; those that cannot be read count.
        empty_in_a_row: Pages without a row since the last one that had any.
        rejected: The first of the rows that could not be read.
        not_kept: How many more there were.
        signs: Of a disturbance, each once, in order.
        ended_early: A page that had been announced was gone.
        cut: A page came again row by row, so that there was no going on.
        stop: Why it ended.
        failure: The error that ended it, if one did.
    """

    number: int
    ids: dict[str, None] = field(factory=dict)
    fingerprints: set[int] = field(factory=set)
    first_ids: tuple[str, ...] | None = None
    declared: int | None = None
    received: int = 0
    duplicates: int = 0
    moved: int = 0
    pages: int = 0
    records_here: int = 0
    empty_in_a_row: int = 0
    rejected: list[Rejected] = field(factory=list)
    not_kept: int = 0
    signs: dict[str, None] = field(factory=dict)
    ended_early: bool = False
    cut: bool = False
    stop: StopReason = StopReason.END
    failure: AggregatorError | None = None

    @property
    def unreadable(self) -> int:
        """How many rows could not be read."""
        return len(self.rejected) + self.not_kept

    @property
    def shortfall(self) -> str | None:
        """How the pass differs from what was declared, as a sentence; None if it does not.

        A row that repeats an id stands for no record, even within one page: it may stand where another one should.
        """
        read = self.received - self.duplicates
        if self.declared is None or self.declared == read:
            return None
        return f"{self.declared} declared, {read} came"

    def note_row(self, record_id: str, page_ids: dict[str, None]) -> bool:
        """Count a record; return whether it is the first of its id in this pass."""
        if record_id not in self.ids:
            self.ids[record_id] = None
            page_ids[record_id] = None
            return True
        self.duplicates += 1
        if record_id not in page_ids:
            self.moved += 1
            self.signs[CAME_AGAIN] = None
        return False

    def note_unreadable(self, place: Place, errors: tuple[str, ...], row: object) -> None:
        """Count a row that cannot be read, and keep it if it is one of the first."""
        if len(self.rejected) == MOST_REJECTED:
            self.not_kept += 1
            return
        kept = Rejected(page=place.page, request=place.request, pointer=place.pointer, errors=errors, raw=row)
        self.rejected.append(kept)

    def note_page(self, ids: tuple[str, ...], *, is_empty: bool, reply: Reply) -> bool:
        """Count a page; return whether it is another than all before it. Empty pages are all alike, and no sign."""
        if self.first_ids is None:
            self.first_ids = ids
        self.empty_in_a_row = self.empty_in_a_row + 1 if is_empty else 0
        if is_empty:
            return True
        fingerprint = hash(ids or reply.content)
        is_new = fingerprint not in self.fingerprints
        self.fingerprints.add(fingerprint)
        return is_new


def settled(passes: Sequence[Pass]) -> bool:
    """Whether the list is certain: the first pass was not disturbed, or the last two agree on the set of ids."""
    current = passes[-1]
    if len(passes) == 1:
        return not current.signs
    return not current.cut and current.ids.keys() == passes[-2].ids.keys()


def why_incomplete(passes: Sequence[Pass], *, exact_total: bool, can_shift: bool) -> str | None:
    """Return why a list is not proven whole, as a sentence; None if it is.

    Args:
        passes: All turns through its pages.
        exact_total: The declared total counts exactly the rows of this list.
        can_shift: Rows inserted or deleted during the walk move others to another page.
    """
    last = passes[-1]
    if last.failure is not None:
        return str(last.failure)
    if last.stop is StopReason.LIMIT:
        return f"the walk was cut off after {last.pages:,} pages"
    if not last.pages:
        return "not a single page was read"
    if not settled(passes):
        return f"{len(passes)} walks never agreed: {'; '.join(last.signs) or 'the ids differ'}"
    if exact_total and last.shortfall:
        return f"{last.shortfall}, in {len(passes)} walks that agree"
    if not (exact_total and last.declared is not None) and (doubts := _doubts(last, can_shift=can_shift)):
        agree = f", in {len(passes)} walks that agree" if len(passes) > 1 else ""
        return f"{'; '.join(doubts)}{agree}, and no declared total to compare them with"
    if last.unreadable:
        return f"{last.unreadable} of {last.received} rows could not be read, first: {last.rejected[0]}"
    return None


def _doubts(last: Pass, *, can_shift: bool) -> list[str]:
    """Return what walks can agree on and yet lose the same rows each time, so that only a total could tell."""
    # Pages cut from rows in no fixed order repeat some and leave others out.
    doubts = list(last.signs) if last.moved or last.ended_early else []
    # A page has room for so many rows, and a repeat may have taken another's. In one answer there is room for all.
    if last.duplicates > last.moved and (can_shift or last.pages > 1):
        doubts.append(CAME_TWICE)
    return doubts


def all_rejected(passes: Sequence[Pass]) -> tuple[Rejected, ...]:
    """Return the kept rows that could not be read: of the last pass, or of all where it does not speak for them."""
    if _speaks_for_all(passes):
        return tuple(passes[-1].rejected)
    return tuple(dict.fromkeys(one for turn in passes for one in turn.rejected))


def count_rejected(passes: Sequence[Pass]) -> int:
    """Return how many rows could not be read; where it is not known which came again, as many as are certain."""
    if _speaks_for_all(passes):
        return passes[-1].unreadable
    return max(len(all_rejected(passes)), *(turn.unreadable for turn in passes))


def _speaks_for_all(passes: Sequence[Pass]) -> bool:
    return passes[-1].stop is StopReason.END and settled(passes)
