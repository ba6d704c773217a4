"""The words of the evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from aggregator.reconcile.matching.evidence.compared_names import WHOLE, other_name
from aggregator.reconcile.matching.evidence.told_words import told_words
from aggregator.reconcile.matching.features.circumstance_codes import HABIT

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import numpy as np
    import numpy.typing as npt

    from aggregator.reconcile.matching.comparison import Records

_SILENT: Final = ""
"""Where the names say nothing of a kind, that weighs nothing and is not told."""
_FORMS: Final = (
    _SILENT,
    "same legal form",
    "one name says no legal form",
    "one name says more of its legal form",
    "legal forms differ, though of one kind",
    "legal form differs",
)
_NUMBERS: Final = (
    _SILENT,
    "numbers agree",
    "one name has the number of a shop or site that the other lacks",
    "one name has a number that the other lacks",
    "numbers differ",
)
_PLACES: Final = (
    _SILENT,
    "places agree",
    "one name says a place that the other lacks",
    "places differ",
    "only one says a direction, or each another",
)

_CUT_OFF: Final = (
    _SILENT,
    "its list cuts one name, and the other goes on otherwise",
    "its list cuts one name, and only the other goes on so",
    "its list cuts one name, and several names go on so",
)

_ACRONYM: Final = (
    _SILENT,
    "a word of one name is initials of the other's words",
    "one name is the initials of the other",
)

EACH_HAS_BOTH: Final = "both lists have both names, each spelt so"

FIELD_SENTENCES: Final[Mapping[str, tuple[str, ...]]] = {
    "domain": (
        "no web domain to compare",
        "web domain differs",
        "web domains are alike",
        "web domains differ only in their ending",
        "same web domain, but many records share it",
        "same web domain, which several records share",
        "same web domain, which two or three records share",
        "same web domain",
    ),
    "email": (
        "no e-mail address to compare",
        "e-mail address differs",
        "same e-mail address, but many records share it",
        "same e-mail address, which several records share",
        "same e-mail address, which two or three records share",
        "same e-mail address",
    ),
    "phone": (
        "no phone to compare",
        "phone differs",
        "same phone, but many records share it",
        "same phone, which several records share",
        "same phone, which two or three records share",
        "same phone",
    ),
    "identifier": (
        "no identifier to compare",
        "identifier differs",
        "same identifier but for prefix or zeros",
        "same identifier, but many records share it",
        "same identifier, which several records share",
        "same identifier, which two or three records share",
        "same identifier",
    ),
    "registered": ("no number of a register to compare, or the same", "LEI or VAT number differs"),
    "street": (
        "no street to compare",
        "street differs",
        "same street, other number",
        "street is alike",
        "same street address",
    ),
    "city": ("no city to compare", "city differs", "city is alike", "same city"),
    "region": ("no state to compare, or the same", "state or province differs"),
    "postcode": ("no postcode to compare", "postcode differs", "postcodes are of one area", "same postcode"),
    "country": ("no country to compare", "country differs", "same country"),
    "nation": (
        "no country to infer",
        "addresses, phones or web domains are of different countries",
        "addresses, phones or web domains are of one country",
    ),
    "person": ("no contact to compare", "contacts differ", "same contact person"),
    "role": ("no role to compare", "role differs", "same role"),
}


_ALSO_CALLED: Final = ", as '{}' is also called"
_BY_OTHER_NAME: Final = ", by the other name '{}'"


def _usual_of(records: Records, *rows: int) -> list[str]:
    """How the records call the businesses of which these rows of the names say what they are usually called."""
    return list(dict.fromkeys(records.usual[row] for row in rows if row in records.usual))


_PASSED_OVER: Final = ", with the remark '{}' passed over"


def _remarks_of(records: Records, *rows: int) -> list[str]:
    """The remarks beside the names of these rows."""
    return list(dict.fromkeys(records.remarks[row] for row in rows if row in records.remarks))


def _besides(records: Records, *rows: int) -> str:
    """What is told of names that records do not say first, of well-known businesses and of any, and of remarks."""
    others = dict.fromkeys(filter(None, (other_name(records, row) for row in rows)))
    told = (
        *map(_ALSO_CALLED.format, _usual_of(records, *rows)),
        *map(_BY_OTHER_NAME.format, others),
        *map(_PASSED_OVER.format, _remarks_of(records, *rows)),
    )
    return "".join(told)


def name_sentences(
    records: Records,
    one: npt.NDArray[np.int64],
    other: npt.NDArray[np.int64],
    columns: Mapping[str, npt.NDArray[np.float32]],
) -> Iterator[dict[str, str]]:
    """Yield what there is to say under each topic of each pair of name rows, given its features."""
    told = (columns[name].tolist() for name in ("spelling", "forms", "numbers", "places", "acronym", "cut_off"))
    rows = zip(one.tolist(), other.tolist(), strict=True)
    for (mine, theirs), (shared, left), *values in zip(rows, told_words(records, one, other), *told, strict=True):
        spelling, forms, numbers, places, acronym, cut_off = values
        yield {
            "start": "any two names that look alike",
            "words": shared + _besides(records, mine, theirs),
            "left": left,
            "spelling": f"spelt {spelling:.0%} alike",
            "forms": _FORMS[int(forms)],
            "numbers": _NUMBERS[int(numbers)],
            "places": _PLACES[int(places)],
            "cut_off": _CUT_OFF[int(cut_off)],
            "acronym": _ACRONYM[(acronym > 0) + (acronym > WHOLE)],
        }


_TOGETHER: Final = "compared with the other candidates, as names "
_FEW_DUPLICATES: Final = "most platforms hold few duplicates"
_NO_SURER: Final = "held no surer than pairs as good proved to be where the truth is known"
_BROUGHT_DOWN: Final = -2.0
_CERTAIN: Final = 3.0
_OF_ONE_HOUSE: Final = "of one house, which the pairs of all its accounts bear out"
"""Said of two accounts that are likelier one business for what the other accounts of both say of each other."""
_VOUCHED: Final = "a record of another list speaks for both"
_MANY_MATCH: Final = ", in lists of which many records match"
_FEW_MATCH: Final = ", in lists of which few records match"
_RARELY_SO: Final = ", as alike as hardly two of one list"
_OFTEN_SO: Final = ", no more alike than others of one list"
_RARE: Final = 4
"""How telling a likeness is, as `telling` says, from which on it is told."""
_MANY: Final = 0.75
"""What lists say of their share from which on many match: more than may be expected of any."""
_KINDS: Final = (
    "without a word that differs",
    "of which one has a generic word more",
    "of which one has a word more",
    "that each have a generic word of their own",
    "that each have a word of their own, one a generic one",
    "that each have a word of their own",
    "that share no word",
)
_LIKEWISE: Final = (
    "",
    ", the same as in one more pair",
    *(f", the same as in {count} more pairs" for count in ("two", "three", "four")),
    ", the same as in five more pairs or more",
)
_BACKINGS: Final = (
    "",
    ", against which another column speaks",
    ", for and against which other columns speak",
    ", for which another column speaks",
)


def context_sentence(
    circumstances: Sequence[int] | None,
    weight: float = 0.0,
    logit: float = 0.0,
    *,
    share: float = 0.0,
    likeness: int = 0,
) -> str:
    """What a pair's rivals, its kind and what backs it are told as; of a pair inside one source there are no such.

    Args:
        circumstances: of the pair, one for each of CIRCUMSTANCES; None inside one source.
        weight: what they add to its log-odds.
        logit: its log-odds with them.
        share: what its two lists say of how many of their records match.
        likeness: how telling its likeness is beside that of pairs of one list, as `telling` says.
    """
    if circumstances is None:
        return _FEW_DUPLICATES
    # Against a pair that is as good as certain nothing speaks: its reasons add up to more than any pair deserves.
    if weight <= _BROUGHT_DOWN and logit >= _CERTAIN:
        return _NO_SURER
    kind, *_, backing = circumstances
    habit = _LIKEWISE[circumstances[HABIT]]
    lists = _MANY_MATCH if share > _MANY else _FEW_MATCH if share < 0 else ""
    alike = _RARELY_SO if likeness >= _RARE else _OFTEN_SO if likeness < 0 else ""
    return f"{_TOGETHER}{_KINDS[kind]}{habit}{alike}{_BACKINGS[backing]}{lists}"


ONLY_A_PERSON: Final = "; only a person joins such"
"""Behind what is told of a pair that is not joined without a person, however likely it is."""


HALF_THE_DOUBT: Final = "; such are joined without a person only where half of this doubt is left"
"""Behind what is told of a pair that other pairs as likely are joined without a person and this one is not."""


def house_sentence(*, vouched: bool) -> str:
    """What is told of a pair that is likelier for what others say of both its records.

    Args:
        vouched: whether it is a record of another list that vouches for two accounts of one; else it is their house.
    """
    return _VOUCHED if vouched else _OF_ONE_HOUSE
