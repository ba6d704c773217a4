"""Where a person sees a record in the platform's own pages: no platform documents it, so its user says it.

"https://dashboard.example.com/partners/{organization_id}"
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from string import Formatter
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote, urlsplit

from attrs import field, frozen

from aggregator.model.raw import look_up
from aggregator.spelling import did_you_mean

if TYPE_CHECKING:
    from aggregator.model.connection import Connection
    from aggregator.model.organization import Organization

PLACES: Final = ("id", "organization_id", "kind", "account")
"""What can stand in braces, besides `raw.` and the path to a value of the platform's own record."""
_RAW: Final = "raw."
_SECRET: Final = re.compile(r"(?i)[?&#;][^=&{]*(token|secret|passw|api[_-]?key|signature|credential)[^=&{]*=")
_EXAMPLE: Final = "https://dashboard.example.com/partners/{id}"


def _template(text: object) -> str:
    if not isinstance(text, str):
        raise ValueError(f"{text!r} is no text; write it as {_EXAMPLE}")  # noqa: TRY004 - one kind of error is enough
    if any(one.isspace() or not one.isprintable() for one in text):
        raise ValueError(f"{text!r} holds a blank or a control character; write it as {_EXAMPLE}")
    _check_origin(text)
    places = list(_places(text))
    for name in places:
        if name not in PLACES and not (name.startswith(_RAW) and len(name) > len(_RAW)):
            known = ", ".join(f"{{{one}}}" for one in PLACES)
            raise ValueError(
                f"there is no {{{name}}}; there are {known} and {{raw.KEY}} for a key of the record itself"
            )
    if not {*places} - {"kind", "account"}:
        raise ValueError(f"{text!r} would be the same for every record; put {{id}} where the record's id goes")
    return text


def _check_origin(text: str) -> None:
    try:
        parts = urlsplit(text)
        host, _ = parts.hostname, parts.port
    except ValueError as error:
        raise ValueError(f"{text!r} is no URL ({error}); write it as {_EXAMPLE}") from error
    if parts.scheme not in {"https", "http"} or not host:
        raise ValueError(f"{text!r} is no http(s) URL; write it as {_EXAMPLE}")
    if "{" in parts.netloc or "}" in parts.netloc:
        raise ValueError(f"{text!r} lets a record choose the host; write the host out")
    if parts.username is not None or parts.password is not None:
        raise ValueError(f"the URL of {host} carries a user name; a link stands in reports and must hold none")
    if _SECRET.search(f"?{parts.query}") or _SECRET.search(f"#{parts.fragment}"):
        raise ValueError(f"the URL of {host} carries a credential; a link stands in reports and must hold none")


def _places(text: str) -> Iterator[str]:
    try:
        parts = list(Formatter().parse(text))
    except ValueError as error:
        raise ValueError(f"{text!r} has a brace too many or too few; write it as {_EXAMPLE}") from error
    for _, name, layout, conversion in parts:
        if name is not None:
            if layout or conversion:
                raise ValueError(f"{{{name}}} takes no layout; write the name alone")
            yield name


@frozen(kw_only=True)
class RecordPage:
    """The page of a record, as a URL with places to fill in.

    Attributes:
        template: "https://dashboard.example.com/partners/{id}"; what is filled in is percent-encoded.
        kind: Only for records of this kind, such as "connection"; None for all.

    Raises:
        ValueError: It is no http(s) URL, would carry credentials, or names a place that does not exist.
    """

    template: str = field(converter=_template)
    kind: str | None = None

    def of(self, record: Connection | Organization, organization_id: str | None) -> str | None:
        """Return the URL of a record's page; None if the record does not say what the template needs.

        Args:
            record: The record.
            organization_id: The platform's id of the partner that the record is about, if it is known.
        """
        if self.kind not in (None, record.source.kind):
            return None
        said = {
            "id": record.source.id,
            "organization_id": organization_id,
            "kind": record.source.kind,
            "account": record.source.account,
        }
        url = ""
        for text, name, _, _ in Formatter().parse(self.template):
            url += text
            if name is not None:
                value = _raw_value(record.raw, name.removeprefix(_RAW)) if name.startswith(_RAW) else said[name]
                if not value or not value.strip(". "):  # "." and ".." would lead to another page
                    return None
                url += quote(value, safe="", errors="replace")
        return url


def _raw_value(raw: Mapping[str, Any], path: str) -> str | None:
    """The value of a key, or of a path with dots; None if there is none that could stand in a URL."""
    for keys in ((path,), path.split(".")):
        try:
            value = look_up(raw, "".join(f"/{_escaped(key)}" for key in keys))
        except LookupError:
            continue
        if isinstance(value, str | int) and not isinstance(value, bool):
            return str(value)
    return None


def _escaped(key: str) -> str:
    return key.replace("~", "~0").replace("/", "~1")


def record_pages(said: object) -> tuple[RecordPage, ...]:
    """Return the pages that settings name: a URL for all records, or a table with one for each kind.

    Raises:
        ValueError: It is neither, or a URL cannot be used.
    """
    if said is None:
        return ()
    if isinstance(said, Mapping):
        return tuple(RecordPage(template=one, kind=str(kind)) for kind, one in said.items())
    if isinstance(said, Sequence) and not isinstance(said, str) and all(isinstance(one, RecordPage) for one in said):
        return tuple(said)
    return (RecordPage(template=said),)


def check_kinds(pages: Iterable[RecordPage], known: Collection[str]) -> None:
    """Refuse a page of records of a kind that there is not, which would never be anybody's; where none is known, none.

    Raises:
        ValueError: There is no such kind.
    """
    for page in pages:
        if known and page.kind is not None and page.kind not in known:
            meant = did_you_mean(page.kind, known)
            raise ValueError(
                f"there are no records of the kind {page.kind!r}. {meant}There are: {', '.join(sorted(known))}"
            )


@frozen(kw_only=True)
class AccountPages:
    """The pages of the records of one account, as its settings name them."""

    vendor: str
    account: str
    pages: tuple[RecordPage, ...]
