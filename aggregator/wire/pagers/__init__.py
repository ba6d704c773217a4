"""How each kind of list is turned page by page. A pager is a frozen description; each walk asks it for new `pages()`.

Rules that every pager keeps, because each was broken somewhere and lost rows in silence:

* Only the vendor's own sign ends a walk; a short page never does.
* The next page begins after what was *received*, not after what was asked for; by offset, after the records that the
  rows stand for: a row that stands on its page twice may, or may not, have a place in the platform's count.
* A vendor's `next` link is never followed; at most a page number is taken out of it.
"""

from aggregator.wire.pagers.envelope import Envelope, Opener, count_of, open_array, open_object, rows_of
from aggregator.wire.pagers.keyset import Keyset
from aggregator.wire.pagers.page_number import MOST_PAGES_AHEAD, PageNumber
from aggregator.wire.pagers.pager import Opening, Pager, PageSteps, Rows, Sent, Vanished, ask, give
from aggregator.wire.pagers.single import Single
from aggregator.wire.pagers.start_limit import StartLimit, StartLimitBody

__all__ = [
    "MOST_PAGES_AHEAD",
    "Envelope",
    "Keyset",
    "Opener",
    "Opening",
    "PageNumber",
    "PageSteps",
    "Pager",
    "Rows",
    "Sent",
    "Single",
    "StartLimit",
    "StartLimitBody",
    "Vanished",
    "ask",
    "count_of",
    "give",
    "open_array",
    "open_object",
    "rows_of",
]
