"""Error documents of the Provisioning API: title, detail, code and status (a text), at times a source."""

from aggregator.sandbox.http import Refused

_TITLES = {
    400: "Bad request",
    401: "Access denied",
    404: "Record not found",
    405: "Method not allowed",
    406: "Not acceptable",
    415: "Unsupported media type",
    429: "Too many requests",
}


def error_document(status: int, code: str, detail: str) -> dict[str, object]:
    """One error in a document."""
    return {"errors": [{"title": _TITLES[status], "detail": detail, "code": code, "status": str(status)}]}


def refusal(status: int, code: str, detail: str, *, headers: dict[str, str] | None = None) -> Refused:
    """The refusal to raise."""
    return Refused(status, error_document(status, code, detail), headers=headers)
