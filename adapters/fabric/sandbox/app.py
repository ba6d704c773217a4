"""fabric Dropship's HTTP behaviour: token endpoint, page-numbered lists, details, errors as Django REST Framework's."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qs, urlencode

from attrs import evolve
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp

from adapters.fabric.sandbox.rows import BRAND_ID, RETAILER_ID, STATUS, Rows
from aggregator.sandbox.chance import seeded
from aggregator.sandbox.drift import Drift
from aggregator.sandbox.http import Refused, Tokens, Window, answer, application
from aggregator.sandbox.vendor import Option, Shape, Site
from aggregator.sandbox.world import PartnerRecord

CLIENT_ID, CLIENT_SECRET = "fabric-sandbox-client", "fabric-sandbox-secret"
TOKEN_PATH = "/auth/token/"  # noqa: S105 - a path
NEXT_LINK = ("next",)

OPTIONS = (
    Option(name="page-size", summary="rows on a page (undocumented; DRF's page_size)", default="25", kind="number"),
    Option(
        name="clamp",
        summary="allow ?page_size= up to this many rows; 0 ignores the parameter",
        default="0",
        kind="number",
    ),
    Option(
        name="link-host",
        summary="host of next and previous: this server's, or the documented example's",
        default="own",
        choices=("own", "documented"),
        bare="documented",
    ),
    Option(
        name="token-expiry", summary="how long a token lives ('authenticate daily')", default="24h", kind="duration"
    ),
    Option(
        name="expires-in",
        summary="whether the token response says expires_in (undocumented)",
        default="yes",
        choices=("yes", "no"),
    ),
    Option(
        name="revoke-after", summary="after this many requests every token is refused once", default="0", kind="number"
    ),
    Option(
        name="page-drift",
        summary="so many of the first list requests change the list",
        default="0",
        bare="3",
        kind="number",
    ),
    Option(
        name="rate-limit",
        summary="requests a minute before 429 (undocumented; DRF's throttle); 0 is none",
        default="0",
        bare="60",
        kind="number",
    ),
    Option(name="bare-list", summary="lists without envelope or pages", default="no", choices=("yes", "no")),
)


class FabricSandbox:
    """fabric Dropship for one retailer account (500) and one brand account (500).

    Undocumented and therefore an option or a guess named here: the token endpoint's path and response, `expires_in`,
    the page size, `?page=`, "Invalid page." (DRF), throttling, null where a connection has no options or referral.
    """

    name = "fabric"
    documented_origin = "https://marketplace-api.fabric.inc"
    base_path = ""
    token_paths = (TOKEN_PATH,)
    options = OPTIONS
    shape = Shape(rows=(("results",), ()), total=(("count",),), next_link=NEXT_LINK, page_parameters=("page",))

    def credentials(self, site: Site) -> Mapping[str, Any]:
        """Client credentials, their token endpoint, and the ids of both accounts."""
        return {
            "client_id": CLIENT_ID,
            "client_secret": CLIENT_SECRET,
            "token_url": f"{site.origin}{TOKEN_PATH}",
            "retailer_id": RETAILER_ID,
            "brand_id": BRAND_ID,
        }

    def build(self, site: Site) -> ASGIApp:
        """The application."""
        server = _Server(site)
        routes = [
            Route(TOKEN_PATH, server.token, methods=["POST"]),
            Route("/v1/{side:str}/{account:str}/connections/", server.connections, methods=["GET"]),
            Route("/v1/{side:str}/{account:str}/connections/{id:str}/", server.connection, methods=["GET"]),
        ]
        return application(
            routes,
            not_found={"detail": "Not found."},
            not_allowed={"detail": "Method not allowed."},
            slashes=True,
        )


class _Server:
    def __init__(self, site: Site) -> None:
        self.site = site
        lifetime, revoke = site.seconds("token-expiry"), site.number("revoke-after")
        self.tokens = Tokens("fabric", site.clock, lifetime, revoke_after=revoke)
        self.window = Window(site.number("rate-limit"), 60, site.clock)
        self.drift = Drift(site.number("page-drift"), seeded(site.world.seed, "fabric-drift"))
        brand_side = _brand_side(site.records)
        self.accounts = {
            ("retailers", str(RETAILER_ID)): Rows(site, site.records, brand_side=False),
            ("brands", str(BRAND_ID)): Rows(site, brand_side, brand_side=True),
        }

    async def token(self, request: Request) -> Response:
        """Form-encoded client credentials for a bearer token."""
        form = {name: values[0] for name, values in parse_qs((await request.body()).decode("latin-1")).items()}
        if "application/x-www-form-urlencoded" not in request.headers.get("content-type", ""):
            raise Refused(415, {"detail": f'Unsupported media type "{request.headers.get("content-type", "")}".'})
        if form.get("grant_type", "client_credentials") != "client_credentials":
            raise Refused(400, {"error": "unsupported_grant_type"})
        if (form.get("client_id"), form.get("client_secret")) != (CLIENT_ID, CLIENT_SECRET):
            raise Refused(401, {"error": "invalid_client"})
        token, _ = self.tokens.issue()
        body: dict[str, Any] = {"access_token": token, "token_type": "Bearer"}
        if self.site.flag("expires-in"):
            body["expires_in"] = int(self.site.seconds("token-expiry"))
        return answer(body)

    def _rows(self, request: Request) -> Rows:
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        if not token:
            raise Refused(401, {"detail": "Authentication credentials were not provided."})
        if scheme.lower() != "bearer" or not self.tokens.good(token):
            raise Refused(401, {"detail": "Invalid token."})
        if self.window.limit and not self.window.take():
            message = "Request was throttled. Expected available in 60 seconds."
            raise Refused(429, {"detail": message}, headers={"Retry-After": "60"})
        account = (request.path_params["side"], request.path_params["account"])
        if account[0] not in {"brands", "retailers"}:
            raise Refused(404, {"detail": "Not found."})
        if account not in self.accounts:
            raise Refused(403, {"detail": "You do not have permission to perform this action."})
        return self.accounts[account]

    async def connections(self, request: Request) -> Response:
        """A page of the account's connections."""
        rows = self._rows(request)
        query = dict(request.query_params)
        chosen = list(rows.order)
        self.drift.step(rows.order)
        if status := query.get("status"):
            if status not in STATUS.values():
                raise Refused(
                    400, {"status": [f"Select a valid choice. {status} is not one of the available choices."]}
                )
            chosen = [index for index in chosen if rows.status(index) == status]
        if self.site.flag("bare-list"):
            return answer(b"[" + b",".join(rows.list_row(index) for index in chosen) + b"]")
        return answer(self._page(request, rows, chosen, query))

    def _page(self, request: Request, rows: Rows, chosen: list[int], query: dict[str, str]) -> bytes:
        size = self._size(query)
        pages = max(1, -(-len(chosen) // size))
        text = query.get("page", "1")
        page = pages if text == "last" else int(text) if text.isdecimal() else 0
        if not 1 <= page <= pages:
            raise Refused(404, {"detail": "Invalid page."})
        following = self._link(request, query, page + 1) if page < pages else "null"
        previous = self._link(request, query, page - 1) if page > 1 else "null"
        count = len(chosen)
        head = f'{{"count":{count},"next":{following},"previous":{previous},"results":['.encode()
        return head + b",".join(map(rows.list_row, chosen[(page - 1) * size : page * size])) + b"]}"

    def _size(self, query: dict[str, str]) -> int:
        size, most = max(1, self.site.number("page-size")), self.site.number("clamp")
        asked = query.get("page_size", "")
        return min(int(asked), most) if most and asked.isdecimal() and int(asked) else size

    def _link(self, request: Request, query: dict[str, str], page: int) -> str:
        path = request.url.path
        host = self.site.origin
        if self.site.text("link-host") == "documented":
            host, path = "https://api.example.org", "/demo/accounts/"
        return f'"{host}{path}?{urlencode({**query, "page": page})}"'

    async def connection(self, request: Request) -> Response:
        """One connection."""
        rows = self._rows(request)
        for index, record in enumerate(rows.records):
            if record.connection_id == request.path_params["id"]:
                return answer(rows.detail(index))
        raise Refused(404, {"detail": "Not found."})


def _brand_side(records: tuple[PartnerRecord, ...]) -> tuple[PartnerRecord, ...]:
    """The brand's partners: the example, and every fifth of the world as if it were a retailer, under other ids."""
    others = [record for record in records if not record.example][::5]
    moved = [
        evolve(record, native_id=str(700_000 + number), connection_id=str(900_000 + number))
        for number, record in enumerate(others)
    ]
    return (*(record for record in records if record.example), *moved)


SANDBOX = FabricSandbox()
