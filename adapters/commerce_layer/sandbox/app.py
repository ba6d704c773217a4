"""The Provisioning API's HTTP behaviour: tokens, headers, rate limits, lists, single resources and relationships."""

import json
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import parse_qs

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp

from adapters.commerce_layer.sandbox.documents import Writer
from adapters.commerce_layer.sandbox.errors import error_document, refusal
from adapters.commerce_layer.sandbox.kinds import kinds
from adapters.commerce_layer.sandbox.query import Query
from adapters.commerce_layer.sandbox.store import Entry, Store
from adapters.commerce_layer.sandbox.tokens import PROVISIONING_SCOPE, access_token
from aggregator.sandbox.chance import seeded
from aggregator.sandbox.drift import Drift
from aggregator.sandbox.http import Refused, Tokens, Window, answer, application
from aggregator.sandbox.vendor import Option, Shape, Site

CLIENT_ID, CLIENT_SECRET = "commerce-layer-sandbox-client", "commerce-layer-sandbox-secret"
TOKEN_PATH, REVOKE_PATH = "/oauth/token", "/oauth/revoke"
JSON_API = "application/vnd.api+json"
OVERLAP = 900.0
"""A new token is issued only when fewer seconds than this are left; until then the same one is."""

OPTIONS = (
    Option(
        name="page-links",
        summary="whether page links lack /api, as the documents show them",
        default="documented",
        choices=("documented", "api"),
    ),
    Option(
        name="oversize",
        summary="what a page size above 25 does (undocumented)",
        default="clamp",
        choices=("clamp", "error"),
    ),
    Option(name="clamp", summary="at most so many rows a page, silently", default="25", kind="number"),
    Option(
        name="rate-limits",
        summary="200 requests a minute and 50 in 10 s per endpoint, 30 tokens a minute",
        default="yes",
        choices=("yes", "no"),
        bare="yes",
    ),
    Option(name="token-expiry", summary="how long a token lives", default="7200s", kind="duration"),
    Option(
        name="token-kind",
        summary="which API the token is for: this one, or the Core API (then it is refused)",
        default="provisioning",
        choices=("provisioning", "core"),
        bare="core",
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
)


class CommerceLayerSandbox:
    """Commerce Layer's Provisioning API for one user; read-only.

    Undocumented and therefore an option or a guess named here: page sizes above 25, the body of a 429, the default
    order (oldest first). The token is a JWT of the documented shape whose signature is made up.
    """

    name = "commerce_layer"
    documented_origin = "https://provisioning.commercelayer.io"
    base_path = "/api"
    token_paths = (TOKEN_PATH,)
    options = OPTIONS
    shape = Shape(
        rows=(("data",),),
        total=(("meta", "record_count"),),
        next_link=("links", "next"),
        status=("attributes", "status"),
        page_parameters=("page[number]",),
    )

    def credentials(self, site: Site) -> Mapping[str, Any]:
        """Client credentials and their token endpoint."""
        origin = "https://auth.commercelayer.io" if site.origin == self.documented_origin else site.origin
        return {"client_id": CLIENT_ID, "client_secret": CLIENT_SECRET, "token_url": f"{origin}{TOKEN_PATH}"}

    def build(self, site: Site) -> ASGIApp:
        """The application."""
        server = _Server(site)
        reads = [
            Route("/api/user", server.user, methods=["GET"]),
            Route("/api/{kind:str}", server.listing, methods=["GET"]),
            Route("/api/{kind:str}/{id:str}", server.single, methods=["GET"]),
            Route("/api/{kind:str}/{id:str}/{relation:str}", server.relation, methods=["GET"]),
        ]
        # The documents' own curl line ends in a slash.
        slashed = [Route(f"{route.path}/", route.endpoint, methods=["GET"]) for route in reads]
        return application(
            [
                Route(TOKEN_PATH, server.token, methods=["POST"]),
                Route(REVOKE_PATH, server.revoke, methods=["POST"]),
                *reads,
                *slashed,
                Route("/api/{rest:path}", server.write, methods=["POST", "PUT", "PATCH", "DELETE"]),
            ],
            not_found=error_document(404, "RECORD_NOT_FOUND", "The requested resource could not be found."),
            not_allowed=error_document(405, "METHOD_NOT_ALLOWED", "The sandbox is read-only."),
            media_type=JSON_API,
            slashes=False,
        )


class _Server:
    def __init__(self, site: Site) -> None:
        self.site, self.store = site, Store(site)
        lifetime, revoke = site.seconds("token-expiry"), site.number("revoke-after")
        overlap = min(OVERLAP, lifetime / 8)
        self.tokens = Tokens("commerce-layer", site.clock, lifetime, overlap, revoke)
        api = f"{site.origin}/api"
        self.writer = Writer(store=self.store, api=api, lists=api if site.text("page-links") == "api" else site.origin)
        self.drift = Drift(site.number("page-drift"), seeded(site.world.seed, "commerce-layer-drift"))
        self.token_window = Window(30, 60, site.clock)
        self.minute = Window(200, 60, site.clock)
        self.bursts: dict[str, Window] = {}

    async def token(self, request: Request) -> Response:
        """Client credentials, as JSON or as a form, for a token; the same one until it is about to run out."""
        if self.site.flag("rate-limits") and not self.token_window.take():
            return answer(_auth_error(429, "too_many_requests", "Too many requests."), 429)
        form = await _credentials(request)
        if form.get("grant_type") != "client_credentials":
            message = "The authorization grant type is not supported by the authorization server."
            return answer(_auth_error(400, "unsupported_grant_type", message), 400)
        if (form.get("client_id"), form.get("client_secret")) != (CLIENT_ID, CLIENT_SECRET):
            message = (
                "Client authentication failed due to unknown client, no client authentication included, "
                "or unsupported authentication method."
            )
            return answer(_auth_error(401, "invalid_client", message), 401)
        lifetime, now = self.site.seconds("token-expiry"), self.site.clock()
        scope = PROVISIONING_SCOPE if self.site.text("token-kind") == "provisioning" else "market:all"
        token, made = self.tokens.issue(lambda number: access_token(number, now, lifetime, scope))
        left = int(lifetime - (now - made))
        body = {"access_token": token, "token_type": "bearer", "expires_in": left, "scope": scope}
        return answer({**body, "created_at": int(made)})

    async def revoke(self, request: Request) -> Response:
        """Call a token back."""
        form = await _credentials(request)
        self.tokens.issued.pop(form.get("token", ""), None)
        return answer({})

    def _admit(self, request: Request, endpoint: str) -> None:
        if JSON_API not in request.headers.get("accept", ""):
            raise refusal(
                406, "NOT_ACCEPTABLE", f"All requests must use the '{JSON_API}' Accept without media type parameters."
            )
        if self.site.flag("rate-limits"):
            self._count(endpoint)
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() != "bearer" or not token:
            raise refusal(401, "UNAUTHORIZED", "You are not authorized to perform this action.")
        if not self.tokens.good(token):
            raise refusal(401, "INVALID_TOKEN", "The access token you provided is either expired or invalid.")
        if self.site.text("token-kind") == "core":
            raise refusal(401, "UNAUTHORIZED", "You are not authorized to perform this action.")

    def _count(self, endpoint: str) -> None:
        burst = self.bursts.setdefault(endpoint, Window(50, 10, self.site.clock))
        if not (burst.take() and self.minute.take()):
            raise refusal(429, "TOO_MANY_REQUESTS", "Too many requests.", headers=self._limits())

    def _limits(self) -> dict[str, str]:
        """The headers describe the average limit, not the burst; there is no reset and no Retry-After."""
        if not self.site.flag("rate-limits"):
            return {}
        remaining = str(self.minute.remaining)
        return {"X-Ratelimit-Limit": "200", "X-Ratelimit-Interval": "60", "X-Ratelimit-Remaining": remaining}

    def _query(self, request: Request, kind: str) -> Query:
        if kind not in kinds() or kind == "users":
            raise refusal(404, "RECORD_NOT_FOUND", "The requested resource could not be found.")
        oversize, most = self.site.text("oversize"), self.site.number("clamp")
        return Query.read(kind, dict(request.query_params), oversize=oversize, most=most)

    async def listing(self, request: Request) -> Response:
        """A page of all resources of a type."""
        kind = request.path_params["kind"]
        self._admit(request, kind)
        query = self._query(request, kind)
        response = self._page(request, query, query.found(self.store), f"/{kind}")
        self.store.table(kind).change(self.drift)
        return response

    def _page(self, request: Request, query: Query, found: Sequence[Entry], path: str) -> Response:
        document = self.writer.page(query, found, path, dict(request.query_params))
        return answer(document, headers=self._limits(), media_type=JSON_API)

    def _entry(self, kind: str, identifier: str) -> Entry:
        if kind not in kinds() or identifier not in self.store.table(kind).entries:
            raise refusal(404, "RECORD_NOT_FOUND", "The requested resource could not be found.")
        return self.store.table(kind).entries[identifier]

    async def single(self, request: Request) -> Response:
        """One resource."""
        kind = request.path_params["kind"]
        self._admit(request, kind)
        entry = self._entry(kind, request.path_params["id"])
        return answer(
            self.writer.single(self._query(request, kind), entry), headers=self._limits(), media_type=JSON_API
        )

    async def relation(self, request: Request) -> Response:
        """The resources on the other side of a relationship: a list, or one."""
        kind, name = request.path_params["kind"], request.path_params["relation"]
        self._admit(request, f"{kind}/{name}")
        entry = self._entry(kind, request.path_params["id"])
        if name not in kinds()[kind].relations:
            raise refusal(404, "RECORD_NOT_FOUND", "The requested resource could not be found.")
        relation = kinds()[kind].relations[name]
        query, others = self._query(request, relation.target), self.store.related(entry, name)
        if relation.many:
            return self._page(request, query, query.found(self.store, others), f"/{kind}/{entry.id}/{name}")
        if not others:
            return answer({"data": None}, headers=self._limits(), media_type=JSON_API)
        other = self._entry(relation.target, others[0])
        return answer(self.writer.single(query, other), headers=self._limits(), media_type=JSON_API)

    async def user(self, request: Request) -> Response:
        """The user whose credentials these are."""
        self._admit(request, "user")
        (entry,) = self.store.table("users").entries.values()
        query = Query.read("users", dict(request.query_params))
        return answer(self.writer.single(query, entry), headers=self._limits(), media_type=JSON_API)

    async def write(self, request: Request) -> Response:
        """Nothing can be changed here, and it must be asked in the right media type to be told so."""
        self._admit(request, "write")
        if JSON_API not in request.headers.get("content-type", ""):
            raise refusal(415, "UNSUPPORTED_MEDIA_TYPE", f"The Content-Type must be '{JSON_API}'.")
        raise refusal(405, "METHOD_NOT_ALLOWED", "The sandbox is read-only.")


def _auth_error(status: int, title: str, detail: str) -> dict[str, Any]:
    """Errors of the token endpoint: here the status is a number."""
    codes = {400: "BAD_REQUEST", 401: "UNAUTHORIZED", 429: "TOO_MANY_REQUESTS"}
    return {"errors": [{"title": title, "detail": detail, "code": codes[status], "status": status}]}


async def _credentials(request: Request) -> dict[str, str]:
    body, media_type = await request.body(), request.headers.get("content-type", "").partition(";")[0]
    if media_type == "application/x-www-form-urlencoded":
        return {name: values[0] for name, values in parse_qs(body.decode("latin-1")).items()}
    try:
        document = json.loads(body or b"{}")
    except ValueError:
        raise Refused(400, _auth_error(400, "invalid_request", "The request is not JSON.")) from None
    return {str(name): str(value) for name, value in document.items()} if isinstance(document, dict) else {}


SANDBOX = CommerceLayerSandbox()
