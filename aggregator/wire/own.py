"""The credentials of one account, which its own answers may give back: no other account's are looked for in them."""

from __future__ import annotations

from collections.abc import Iterator

import attrs
from attrs import define, field

from aggregator.adapter.base import Adapter
from aggregator.secret import Secret, mask_data

# Tokens that were issued before these are of no use to anybody any more.
MOST_ISSUED = 16


@define
class OwnSecrets:
    """What an account was given and what it was issued, to be masked in its answers."""

    adapter: Adapter
    _issued: tuple[Secret, ...] = field(default=(), init=False)

    def add(self, token: Secret) -> None:
        """Know a token from now on; one is fetched at a time."""
        self._issued = (*self._issued, token)[-MOST_ISSUED:]

    def mask(self, content: bytes) -> bytes:
        """Return an answer's bytes with every long credential of this account replaced by ***."""
        adapter = self.adapter
        return mask_data(content, (*_held_by(adapter), *_held_by(adapter.login), *self._issued))


def _held_by(owner: attrs.AttrsInstance) -> Iterator[Secret]:
    for one in attrs.fields(type(owner)):
        value = getattr(owner, one.name)
        if isinstance(value, Secret):
            yield value
