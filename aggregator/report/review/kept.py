"""What a report keeps for its review, so that nothing need be matched again: scored pairs, records, evidence."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Mapping
from hashlib import sha256
from importlib import metadata, resources
from io import BytesIO
from pathlib import Path
from typing import Any, Final
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile

import numpy as np
import numpy.typing as npt
from attrs import evolve, field, frozen

from aggregator.devices import read_regular
from aggregator.model.converter import dump_json, load_json
from aggregator.reconcile import Reconciliation, matching
from aggregator.reconcile.entries import Account, Entry
from aggregator.reconcile.matching import Model, shipped_model
from aggregator.reconcile.matching.weighed import Weighed
from aggregator.reconcile.record_links import RecordLinks
from aggregator.reconcile.sure import sure_links
from aggregator.report.page_data import fields_of
from aggregator.report.review.reasons import Reasons

FORMAT: Final = 3

_NAME, _ID = "Name", "Its id"
"""Fields that an entry has anyway."""
_QUICK: Final = 1
"""How hard arrays are compressed: harder takes thrice the time for a tenth of the size."""

_TYPES: Final = {
    "source": np.int32,
    "left": np.int32,
    "right": np.int32,
    "base": np.float64,
    "names": np.float32,
    "suffixed": np.bool_,
    "left_by_lists": np.bool_,
}


@frozen(kw_only=True, eq=False)
class KeptEntry:
    """A partner as one account has it: what a person compares, and every name that a decision may call it.

    Attributes:
        key: Its lasting name.
        account: Whose partner it is.
        id: The platform's own id.
        name: What the account calls it.
        record_keys: The keys of its records.
        fields: What is shown, in order; what is not said is left out.
        page: Where people see it on its platform; None if nobody says.
    """

    key: str
    account: Account
    id: str
    name: str
    record_keys: tuple[str, ...]
    fields: Mapping[str, str]
    page: str | None = None


@frozen(kw_only=True, eq=False)
class Kept:
    """Everything that a review works with.

    Attributes:
        entries: By the record numbers of the pairs.
        weighed: Every candidate pair.
        sure: Pairs of keys that a platform itself calls one business.
        model: What the pairs were scored with.
        reasons: The evidence of the pairs that may be asked about.
    """

    entries: tuple[KeptEntry, ...] = field(repr=False)
    weighed: Weighed = field(repr=False)
    sure: tuple[tuple[str, str], ...] = field(repr=False)
    model: Model = field(repr=False)
    reasons: Reasons = field(repr=False)

    @classmethod
    def of(cls, reconciliation: Reconciliation) -> Kept:
        """Return what a review of a reconciliation needs."""
        entries = reconciliation.entries
        return cls(
            entries=tuple(_kept_entry(entries[key], reconciliation.links) for key in reconciliation.result.keys),
            weighed=reconciliation.result.weighed,
            sure=tuple(sure_links(entries.values())),
            model=_model(reconciliation.match_from, reconciliation.review_from),
            reasons=Reasons.of(reconciliation),
        )

    def to_bytes(self) -> bytes:
        """Return it as a file that `read` reads."""
        weighed = self.weighed
        plain = {
            "made_by": _made_by(),
            "match": self.model.match,
            "review": self.model.review,
            "sure": self.sure,
            "sentences": self.reasons.sentences,
            "entries": [
                [one.key, one.account.vendor, one.account.name, one.id, one.name, one.record_keys, _rest(one), one.page]
                for one in self.entries
            ],
        }
        arrays: dict[str, npt.NDArray[Any]] = {
            "plain": np.frombuffer(_packed(plain), np.uint8),
            "circumstances": weighed.circumstances,
            "habits": weighed.habits,
            **self.reasons.arrays(),
            **{name: getattr(weighed, name).astype(kind) for name, kind in _TYPES.items()},
        }
        file = BytesIO()
        with ZipFile(file, "w", ZIP_DEFLATED, compresslevel=_QUICK) as archive:  # numpy's own would choose the level
            for name, array in arrays.items():
                with archive.open(f"{name}.npy", "w") as member:
                    np.lib.format.write_array(member, array, allow_pickle=False)
        return file.getvalue()

    @classmethod
    def read(cls, path: Path) -> Kept | None:
        """Return what a file keeps; None if it is not there, damaged, or made by another version of the matcher."""
        try:
            with np.load(BytesIO(read_regular(path)), allow_pickle=False) as file:
                plain = _unpacked(file["plain"].tobytes())
                if plain["made_by"] != _made_by():
                    return None
                return cls(
                    entries=tuple(map(_read_entry, plain["entries"])),
                    weighed=Weighed(
                        source=file["source"],
                        left=file["left"].astype(np.int64),
                        right=file["right"].astype(np.int64),
                        base=file["base"],
                        names=file["names"],
                        circumstances=file["circumstances"],
                        habits=file["habits"],
                        suffixed=file["suffixed"],
                        left_by_lists=file["left_by_lists"],
                    ),
                    sure=tuple((one, other) for one, other in plain["sure"]),
                    model=_model(float(plain["match"]), float(plain["review"])),
                    reasons=Reasons.read(plain["sentences"], file),
                )
        except (OSError, ValueError, KeyError, TypeError, EOFError, BadZipFile, zlib.error):
            return None


def _kept_entry(entry: Entry, links: RecordLinks) -> KeptEntry:
    return KeptEntry(
        key=entry.key,
        account=entry.account,
        id=entry.id,
        name=entry.name,
        record_keys=entry.record_keys,
        fields={name: value for name, value in fields_of(entry) if value},
        page=links.page(entry),
    )


def _rest(entry: KeptEntry) -> dict[str, str]:
    return {name: value for name, value in entry.fields.items() if name not in {_NAME, _ID}}


def _read_entry(plain: list[Any]) -> KeptEntry:
    key, vendor, account, own_id, name, record_keys, fields, page = plain
    return KeptEntry(
        key=key,
        account=Account(vendor=vendor, name=account),
        id=own_id,
        name=name,
        record_keys=tuple(record_keys),
        fields={**({_NAME: name} if name else {}), **fields, _ID: own_id},
        page=page,
    )


def _model(match: float, review: float) -> Model:
    return evolve(shipped_model(), match=match, review=review)


def _made_by() -> str:
    """What scored the pairs: with another model or another release, they must be scored again."""
    model = resources.files(matching).joinpath("data", "model.json").read_bytes()
    return f"{FORMAT} {metadata.version('connection-aggregator')} {sha256(model).hexdigest()[:16]}"


def _packed(plain: object) -> bytes:
    return gzip.compress(dump_json(plain).encode("ascii"), 6, mtime=0)


def _unpacked(packed: bytes) -> Any:  # noqa: ANN401 - any JSON
    return load_json(gzip.decompress(packed).decode("ascii"))
