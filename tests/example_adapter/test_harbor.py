"""Harbor passes the kit."""

from __future__ import annotations

from harbor import Harbor  # type: ignore[import-not-found]

from aggregator.testing import AdapterConformance, ByCursor, ListProfile, LoginProfile, WireProfile

SECRET = "harbor-secret-4711"


class TestHarbor(AdapterConformance):
    """A list that is turned by cursor."""

    wire = WireProfile(
        adapter=lambda: Harbor(client_id="me", client_secret=SECRET),
        secrets=(SECRET,),
        login=LoginProfile(url="https://api.harbor.example/token"),
        lists=(
            ListProfile(
                plan=lambda adapter: adapter.connections(),
                path="/partners",
                sample={"id": "", "name": "", "state": "live"},
                status_at=("state",),
                rows_at=("partners",),
                total_at=("total",),
                next_at=("next_cursor",),
                next_is="cursor",
                paging=ByCursor(),
            ),
        ),
    )
