"""Everything that can go wrong, in one tree.

    AggregatorError
    ├── UsageError                  you: the call or the settings are wrong; nothing was sent
    │   ├── ConfigurationError          a settings file, an environment variable, a missing extra
    │   │   ├── SecretUnavailable           a secret that is not where the settings say; its account alone fails
    │   │   ├── NotReadable                 a file or folder that the system does not let us read
    │   │   └── NotWritable                 a file or folder that the system does not let us write
    │   ├── InvalidQuery                a filter, sort or id the vendor does not document
    │   └── Unsupported                 the adapter declares that the vendor cannot do this
    ├── VendorError                 something happened on the wire; carries vendor, account, operation …
    │   ├── AuthenticationError         you: the credentials are wrong, expired or of the wrong kind
    │   ├── PermissionDenied            you, or the vendor's administrator: the credentials may not do this
    │   ├── NotFound                    you: the id or the base URL is wrong
    │   ├── RequestRejected             you or us: the vendor refused the request (400, 409, 415, 422 …)
    │   ├── RateLimited                 nobody: wait (retryable)
    │   ├── VendorUnavailable           the vendor: 5xx (retryable)
    │   ├── NetworkError                the network: no connection, a reset, a time-out (retryable)
    │   ├── ContractError               the vendor: an answer that cannot be what it should be
    │   │   ├── PaginationLoop              pages repeat
    │   │   └── BodyTooLarge                more bytes than any list of partners needs
    │   └── OriginViolation             us: a request was about to leave the configured origin; it was not sent
    └── SnapshotError               a snapshot folder that is missing, damaged or not one

Two axes: the class says who must act (`who`), and `retryable` whether trying again later can help.
"""

from __future__ import annotations

import copyreg
from typing import Any, ClassVar, Literal

from aggregator.model.coverage import Failure

Who = Literal["you", "vendor", "network", "nobody", "maintainers"]

EXCERPT_CHARACTERS = 300


class AggregatorError(Exception):
    """Base of all errors of this library.

    Attributes:
        who: Who must act: "you", "vendor", "network", "nobody" (wait) or "maintainers".
        retryable: The same call can succeed later with nothing changed.
        exit_code: What the command exits with when this error ends it.
        hint: What to do next, as a sentence; may be empty.
    """

    who: ClassVar[Who] = "you"
    retryable: ClassVar[bool] = False
    exit_code: ClassVar[int] = 1

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".strip()

    def __reduce__(self) -> tuple[Any, ...]:
        # Made anew without __init__, which an exception would call with its message alone, whatever else it asks for.
        return copyreg.__newobj__, (type(self), *self.args), self.__dict__  # type: ignore[attr-defined]

    @property
    def code(self) -> str:
        """The stable name of this kind of error, for scripts."""
        return type(self).__name__

    def as_failure(self) -> Failure:
        """The error as data, for a listing's coverage and a snapshot."""
        return Failure(code=self.code, message=str(self), retryable=self.retryable)


class UsageError(AggregatorError):
    """The call or the settings are wrong; nothing was sent."""

    exit_code = 2


class ConfigurationError(UsageError):
    """The settings cannot be used as they are."""


class SecretUnavailable(ConfigurationError):
    """A secret of an account cannot be had from where the settings say it is kept, or can be none."""


class NotReadable(ConfigurationError):
    """A file or folder that is there, and that the system does not let us read."""

    exit_code = 3


class NotWritable(ConfigurationError):
    """A file or folder that the system does not let us write."""

    exit_code = 3


class InvalidQuery(UsageError):
    """A filter, sort or id that the vendor does not document; nothing was sent."""


class Unsupported(UsageError):
    """The adapter declares that the vendor cannot do this, and why."""


class SnapshotError(AggregatorError):
    """A snapshot folder that is missing, damaged, or not one."""

    exit_code = 3


class VendorError(AggregatorError):
    """Something went wrong between us and a platform.

    Attributes:
        vendor: The adapter's name.
        account: The user's name for the account.
        operation: What was asked for, such as "connections".
        status: HTTP status, None if no answer came.
        request: Method and URL, without credentials.
        request_id: The vendor's id for the request, if it gave one; quote it to the vendor's support.
        vendor_code: The vendor's own name for the error, if it gave one.
        pointers: JSON pointers to the faulty part of the request, if the vendor gave them.
        excerpt: The beginning of the answer, with secrets masked.
        retry_after: Seconds the platform asked to wait before the next request, if it did.
    """

    who: ClassVar[Who] = "vendor"
    exit_code = 20

    def __init__(
        self,
        message: str,
        *,
        vendor: str,
        account: str,
        operation: str,
        status: int | None = None,
        request: str = "",
        request_id: str | None = None,
        vendor_code: str | None = None,
        pointers: tuple[str, ...] = (),
        excerpt: str = "",
        retry_after: float | None = None,
        hint: str = "",
    ) -> None:
        super().__init__(message, hint=hint)
        self.retry_after = retry_after
        self.vendor = vendor
        self.account = account
        self.operation = operation
        self.status = status
        self.request = request
        self.request_id = request_id
        self.vendor_code = vendor_code
        self.pointers = pointers
        self.excerpt = excerpt[:EXCERPT_CHARACTERS]

    def __str__(self) -> str:
        where = f"{self.vendor} ({self.account}), {self.operation}: "
        request_id = f" [request id {self.request_id}]" if self.request_id else ""
        return f"{where}{self.message}{request_id} {self.hint}".strip()


class AuthenticationError(VendorError):
    """The platform does not accept the credentials."""

    who = "you"
    exit_code = 10


class PermissionDenied(VendorError):
    """The platform knows the credentials but does not let them do this."""

    who = "you"
    exit_code = 11


class NotFound(VendorError):
    """There is nothing at that address: an id or the base URL is wrong."""

    who = "you"
    exit_code = 12


class RequestRejected(VendorError):
    """The platform refused the request as it was put."""

    who = "you"
    exit_code = 13


class RateLimited(VendorError):
    """The platform asks to wait, and went on asking beyond the configured patience."""

    who = "nobody"
    retryable = True
    exit_code = 21


class VendorUnavailable(VendorError):
    """The platform has trouble of its own."""

    retryable = True


class NetworkError(VendorError):
    """No answer came: no connection, a reset, a time-out."""

    who = "network"
    retryable = True
    exit_code = 22


class ContractError(VendorError):
    """The answer cannot be what it should be: HTML, cut short, another shape."""

    exit_code = 23


class PaginationLoop(ContractError):
    """Pages repeat: the platform ignores the page parameter, or points back."""


class BodyTooLarge(ContractError):
    """The answer is larger than the configured cap."""


class OriginViolation(VendorError):
    """A request was about to leave the configured origin, taking credentials along; it was not sent."""

    who = "maintainers"
    exit_code = 24
