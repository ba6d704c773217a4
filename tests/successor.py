"""A pytest plugin, by `-p tests.successor`: runs the suite on httpx's successor, which takes its name."""

import httpx2

httpx2.alias_httpx()
