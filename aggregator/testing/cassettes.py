"""How exchanges are recorded and replayed by vcrpy without a secret in the file and without mistaking pages.

Two of vcrpy's defaults are changed. It does not compare bodies, so every page of a list that is read by POST would be
the same to it; here the body counts. And it masks bodies of `application/json` alone, by names one must list, and no
answer at all; here requests and answers of any type are masked, by name and by value.
"""

from __future__ import annotations

import re
from typing import Any, Literal

from aggregator.model.converter import dump_json, load_json
from aggregator.secret import MASK, mask

# Keys of JSON and form bodies whose values nobody may see, on any of our platforms.
SECRET_KEYS = frozenset(
    {
        "access_token", "auth_token", "client_id", "client_secret", "connection_credentials", "password",
        "refresh_token", "token", "username",
    }
)  # fmt: skip

_KEPT_REQUEST_HEADERS = ("accept", "content-type")
_KEPT_RESPONSE_HEADERS = ("content-type", "retry-after", "location")
_FORM_PAIR = re.compile(r"(^|&)([^=&]+)=([^&]*)")


def cassette_profile(*, record_mode: Literal["none", "once", "all"] = "none") -> dict[str, Any]:
    """Return the arguments for `vcr.VCR`.

    Args:
        record_mode: "none" replays alone, and an exchange that is not on the cassette is an error.
    """
    return {
        "record_mode": record_mode,
        "match_on": ["method", "scheme", "host", "port", "path", "query", "body"],
        "before_record_request": _scrub_request,
        "before_record_response": _scrub_response,
        "decode_compressed_response": True,
    }


def _scrub_request(request: Any) -> Any:  # noqa: ANN401 - vcrpy is untyped here
    request.uri = mask(request.uri)
    request.headers = {name: value for name, value in request.headers.items() if name.lower() in _KEPT_REQUEST_HEADERS}
    if request.body:
        request.body = scrub(request.body)
    return request


def _scrub_response(response: dict[str, Any]) -> dict[str, Any]:
    headers = {name: value for name, value in response["headers"].items() if name.lower() in _KEPT_RESPONSE_HEADERS}
    return {**response, "headers": headers, "body": {"string": scrub(response["body"]["string"])}}


def scrub(body: bytes | str) -> bytes:
    """Return a body with every secret masked: by the name of its key in JSON and forms, and by value anywhere."""
    text = body if isinstance(body, str) else body.decode("utf-8", "surrogateescape")
    try:
        text = dump_json(_masked(load_json(text)))
    except ValueError:
        text = _FORM_PAIR.sub(_masked_pair, text)
    return mask(text).encode("utf-8", "surrogateescape")


def _masked(value: Any) -> Any:  # noqa: ANN401 - any JSON
    if isinstance(value, dict):
        return {key: MASK if key in SECRET_KEYS and item else _masked(item) for key, item in value.items()}
    return [_masked(item) for item in value] if isinstance(value, list) else value


def _masked_pair(pair: re.Match[str]) -> str:
    before, key, value = pair.groups()
    return f"{before}{key}={MASK if key in SECRET_KEYS else value}"
