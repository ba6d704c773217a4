"""An account that cannot be asked, since a secret of it cannot be had: it fails alone, and in the open."""

from __future__ import annotations

from typing import Final

from attrs import field, frozen

from aggregator.adapter.base import Adapter
from aggregator.errors import SecretUnavailable
from aggregator.secret import Secret

STAND_IN: Final = Secret("-")  # so short that it is masked nowhere
"""Stands for a secret that could not be had while an account is made to say what it lists; it is sent nowhere."""


@frozen(kw_only=True)
class Unready:
    """An account of the settings that cannot be asked.

    Attributes:
        adapter: What would ask its platform.
        account: The user's name for it.
        error: Which secret cannot be had, from where, and what to do.
        described: The account with a stand-in for its secrets, which can say what it lists; None if it cannot be made
            so. No client is to be given it.
    """

    adapter: type[Adapter]
    account: str
    error: SecretUnavailable
    described: Adapter | None = field(default=None, repr=False)

    @property
    def vendor(self) -> str:
        """The platform's short name."""
        return self.adapter.vendor
