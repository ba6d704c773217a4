"""The baseline: an asyncio loop over httpx that fetches the same pages the same way and only parses the JSON."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import httpx


async def fetch(account: dict[str, Any], *, width: int) -> int:
    """Return how many rows came; `width` pages are fetched at a time."""
    path = f"/v1/retailers/{account['retailer_id']}/connections/"
    async with httpx.AsyncClient(base_url=account["base_url"], timeout=30) as client:
        token = await client.post(
            account["token_url"],
            data={
                "grant_type": "client_credentials",
                "client_id": account["client_id"],
                "client_secret": account["client_secret"],
            },
        )
        client.headers["Authorization"] = f"Bearer {token.json()['access_token']}"
        first = json.loads((await client.get(path, params={"page": 1})).content)
        pages = -(-first["count"] // len(first["results"]))
        numbers = iter(range(2, pages + 1))
        rows = len(first["results"])

        async def work() -> int:
            came = 0
            for number in numbers:
                answer = await client.get(path, params={"page": number})
                came += len(json.loads(answer.content)["results"])
            return came

        return rows + sum(await asyncio.gather(*(work() for _ in range(width))))
