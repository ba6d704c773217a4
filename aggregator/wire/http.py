"""The one place where httpx is imported, so that its successor can take over by one line."""

import httpx

__all__ = ["httpx"]
