"""How often a platform may be asked."""

from __future__ import annotations

from attrs import frozen


@frozen(kw_only=True)
class Rate:
    """At most `limit` requests in any `seconds` seconds."""

    limit: int
    seconds: float
