"""Commerce Layer's Provisioning API in the sandbox: tokens, headers, limits, and JSON:API lists."""

from __future__ import annotations

import base64
import json
from typing import Any

import httpx
import pytest

from adapters.commerce_layer.sandbox.kinds import example
from aggregator.sandbox import World, in_process
from tests.sandbox.conftest import Ticks, Visit

LIST = "/organizations"


async def listing(client: httpx.AsyncClient, path: str = LIST, **query: str) -> dict[str, Any]:
    """One page; double underscores stand for brackets: page__number, filter__q__name_eq."""
    parameters = {}
    for name, value in query.items():
        head, *keys = name.split("__")
        parameters[head + "".join(f"[{key}]" for key in keys)] = value
    found: dict[str, Any] = (await client.get(path, params=parameters)).raise_for_status().json()
    return found


def names(document: dict[str, Any]) -> list[str]:
    """The organizations' names."""
    return [row["attributes"]["name"] for row in document["data"]]


async def token(client: httpx.AsyncClient, **changes: str) -> httpx.Response:
    """Ask for a token."""
    body = {
        "grant_type": "client_credentials",
        "client_id": "commerce-layer-sandbox-client",
        "client_secret": "commerce-layer-sandbox-secret",
    }
    return await client.post("https://auth.commercelayer.io/oauth/token", json=body | changes)


async def test_the_token_has_the_documented_claims(visit: Visit, ticks: Ticks) -> None:
    """A JWT for the Provisioning API that lives 7200 s, belongs to a user and names no organization."""
    async with visit("commerce_layer") as client:
        answer = (await token(client)).json()
    header, claims = (
        json.loads(base64.urlsafe_b64decode(part + "==")) for part in answer["access_token"].split(".")[:2]
    )
    assert header["alg"] == "RS512"
    assert (claims["exp"] - claims["iat"], claims["iat"]) == (7200, int(ticks.now))
    assert (claims["application"]["kind"], claims["scope"]) == ("user", "provisioning-api")
    assert "organization" not in claims
    assert set(answer) == {"access_token", "token_type", "expires_in", "scope", "created_at"}


async def test_the_same_token_is_issued_until_it_is_about_to_end(visit: Visit, ticks: Ticks) -> None:
    """With 901 s left the old one comes again; with 899 s left a new one, and both are good."""
    async with visit("commerce_layer") as client:
        first = (await token(client)).json()
        ticks.now += 7200 - 901
        again = (await token(client)).json()
        ticks.now += 2
        fresh = (await token(client)).json()
        for one in (first, fresh):
            client.headers["Authorization"] = f"Bearer {one['access_token']}"
            assert (await client.get(LIST)).status_code == 200
    assert again["access_token"] == first["access_token"]
    assert again["expires_in"] == 901
    assert fresh["access_token"] != first["access_token"]


async def test_the_token_endpoint_takes_a_form_too(world: World) -> None:
    """Not only JSON."""
    vendor = in_process(world)["commerce_layer"]
    own = vendor.credentials
    body = {"grant_type": "client_credentials", "client_id": own["client_id"], "client_secret": own["client_secret"]}
    async with httpx.AsyncClient(transport=httpx.ASGITransport(vendor.app)) as client:
        assert (await client.post(own["token_url"], data=body)).status_code == 200


@pytest.mark.parametrize(
    ("changes", "status", "title"),
    [
        ({"client_secret": "wrong"}, 401, "invalid_client"),
        ({"client_id": "wrong"}, 401, "invalid_client"),
        ({"grant_type": "password"}, 400, "unsupported_grant_type"),
    ],
)
async def test_wrong_credentials_have_the_documented_error(
    visit: Visit, changes: dict[str, str], status: int, title: str
) -> None:
    """Errors of the token endpoint carry their status as a number."""
    async with visit("commerce_layer") as client:
        answer = await token(client, **changes)
    (error,) = answer.json()["errors"]
    assert (answer.status_code, error["status"], error["title"]) == (status, status, title)


async def test_thirty_tokens_a_minute(visit: Visit, ticks: Ticks) -> None:
    """The thirty-first request for a token is refused, the login included, until a minute has passed."""
    async with visit("commerce_layer") as client:
        statuses = [(await token(client)).status_code for _ in range(30)]
        ticks.now += 61
        later = (await token(client)).status_code
    assert statuses == [200] * 29 + [429]
    assert later == 200


async def test_the_burst_limit_is_per_endpoint(visit: Visit, ticks: Ticks) -> None:
    """Fifty in ten seconds, then 429 without Retry-After; another endpoint still answers; ten seconds later all do."""
    async with visit("commerce_layer") as client:
        answers = [await client.get(LIST, params={"page[size]": "1"}) for _ in range(51)]
        other = await client.get("/roles", params={"page[size]": "1"})
        ticks.now += 10.1
        later = await client.get(LIST, params={"page[size]": "1"})
    assert [answer.status_code for answer in answers] == [200] * 50 + [429]
    assert "retry-after" not in answers[-1].headers
    assert other.status_code == later.status_code == 200


async def test_limits_are_said_in_the_documented_headers(visit: Visit) -> None:
    """Limit, interval and what is left of the average; no reset."""
    async with visit("commerce_layer") as client:
        first, second = [(await client.get(LIST)).headers for _ in range(2)]
    assert (first["x-ratelimit-limit"], first["x-ratelimit-interval"]) == ("200", "60")
    assert int(first["x-ratelimit-remaining"]) - int(second["x-ratelimit-remaining"]) == 1
    assert "x-ratelimit-reset" not in first


async def test_limits_can_be_switched_off(visit: Visit) -> None:
    """Then a hundred in a row pass, and no header speaks of limits."""
    async with visit("commerce_layer", "commerce_layer:rate-limits=no") as client:
        answers = [await client.get(LIST, params={"page[size]": "1"}) for _ in range(100)]
    assert {answer.status_code for answer in answers} == {200}
    assert "x-ratelimit-limit" not in answers[0].headers


@pytest.mark.parametrize(
    ("headers", "status", "code"),
    [
        ({"Accept": "application/json"}, 406, "NOT_ACCEPTABLE"),
        ({"Authorization": ""}, 401, "UNAUTHORIZED"),
        ({"Authorization": "Bearer nonsense"}, 401, "INVALID_TOKEN"),
    ],
)
async def test_headers_are_checked(visit: Visit, headers: dict[str, str], status: int, code: str) -> None:
    """A wrong Accept is 406, a missing or wrong token 401; statuses here are texts."""
    async with visit("commerce_layer") as client:
        answer = await client.get(LIST, headers=headers)
    (error,) = answer.json()["errors"]
    assert (answer.status_code, error["status"], error["code"]) == (status, str(status), code)
    assert answer.headers["content-type"] == "application/vnd.api+json"


@pytest.mark.parametrize(("content_type", "status"), [("application/json", 415), ("application/vnd.api+json", 405)])
async def test_writing_is_refused(visit: Visit, content_type: str, status: int) -> None:
    """The wrong media type is 415; in the right one the sandbox says that it is read-only."""
    async with visit("commerce_layer") as client:
        answer = await client.patch(f"{LIST}/xYZkjABcde", content=b"{}", headers={"Content-Type": content_type})
    assert answer.status_code == status


async def test_a_core_token_is_denied(visit: Visit) -> None:
    """401 UNAUTHORIZED is also what a token of the wrong API gets."""
    async with visit("commerce_layer", "commerce_layer:token-kind=core") as client:
        answer = await client.get(LIST)
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (401, "UNAUTHORIZED")


async def test_a_token_can_be_called_back(visit: Visit) -> None:
    """After a revocation it is refused."""
    async with visit("commerce_layer") as client:
        bearer = client.headers["Authorization"].removeprefix("Bearer ")
        await client.post("https://auth.commercelayer.io/oauth/revoke", json={"token": bearer})
        assert (await client.get(LIST)).status_code == 401


async def test_the_documented_organization_is_served_as_documented(visit: Visit) -> None:
    """The documents' organization with all its attributes, and the eight that the schema has gained since."""
    async with visit("commerce_layer") as client:
        (row,) = (await listing(client, filter__q__name_eq="The Blue Brand"))["data"]
    shown = json.loads(
        json.dumps(example()).replace("https://provisioning.commercelayer.io/api", str(client.base_url).rstrip("/"))
    )
    assert row["attributes"].items() >= shown["attributes"].items()
    assert len(row["attributes"]) == 65
    assert (row["id"], row["relationships"], row["links"]) == (shown["id"], shown["relationships"], shown["links"])


async def test_pages_are_ten_by_default(visit: Visit, world: World) -> None:
    """Ten rows a page; meta counts records and pages; links lack /api as the documents show them."""
    async with visit("commerce_layer") as client:
        page = await listing(client, page__number="2")
    total = len(world.records["commerce_layer"])
    assert len(page["data"]) == 10
    assert page["meta"] == {"record_count": total, "page_count": -(-total // 10)}
    base = "https://provisioning.commercelayer.io/organizations?page[number]="
    last = page["meta"]["page_count"]
    assert page["links"] == {
        "first": f"{base}1&page[size]=10",
        "prev": f"{base}1&page[size]=10",
        "next": f"{base}3&page[size]=10",
        "last": f"{base}{last}&page[size]=10",
    }


async def test_links_end_at_the_ends(visit: Visit) -> None:
    """No prev on the first page, no next on the last."""
    async with visit("commerce_layer", "commerce_layer:page-links=api") as client:
        first = await listing(client, page__size="25")
        last = await listing(client, page__size="25", page__number=str(first["meta"]["page_count"]))
    assert set(first["links"]) == {"first", "next", "last"}
    assert set(last["links"]) == {"first", "prev", "last"}
    assert "/api/organizations?" in first["links"]["next"]


async def test_both_walks_find_every_organization_once(visit: Visit, world: World) -> None:
    """By number, and by the keyset of ids."""
    by_number: list[str] = []
    by_keyset: list[str] = []
    async with visit("commerce_layer") as client:
        for number in ("1", "2"):
            by_number += [row["id"] for row in (await listing(client, page__size="25", page__number=number))["data"]]
        while rows := (
            await listing(client, page__size="25", sort="id", filter__q__id_gt=by_keyset[-1] if by_keyset else "0")
        )["data"]:
            by_keyset += [row["id"] for row in rows]
    expected = sorted(record.native_id for record in world.records["commerce_layer"])
    assert sorted(by_number) == by_keyset == expected


@pytest.mark.parametrize(("option", "status"), [("clamp", 200), ("error", 400)])
async def test_a_page_above_25_does_what_the_option_says(visit: Visit, option: str, status: int) -> None:
    """The documents do not say; both are possible."""
    async with visit("commerce_layer", f"commerce_layer:oversize={option}") as client:
        answer = await client.get(LIST, params={"page[size]": "100"})
    assert answer.status_code == status
    assert len(answer.json().get("data", [])) == (25 if status == 200 else 0)


async def test_pages_can_be_clamped_further(visit: Visit) -> None:
    """With clamp=4 a page of 25 has four rows, and meta counts pages of four."""
    async with visit("commerce_layer", "commerce_layer:clamp=4") as client:
        page = await listing(client, page__size="25")
    assert len(page["data"]) == 4
    assert page["meta"]["page_count"] == -(-page["meta"]["record_count"] // 4)


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ({"page[number]": "0"}, "INVALID_PAGE_VALUE"),
        ({"page[size]": "many"}, "INVALID_PAGE_VALUE"),
        ({"sort": "colour"}, "INVALID_SORT_CRITERIA"),
        ({"sort": "region"}, "INVALID_SORT_CRITERIA"),
        ({"filter[q][colour_eq]": "red"}, "FILTER_NOT_ALLOWED"),
        ({"filter[q][name]": "x"}, "FILTER_NOT_ALLOWED"),
        ({"filter[q][name_or_colour_eq]": "x"}, "FILTER_NOT_ALLOWED"),
        ({"filter[name]": "x"}, "INVALID_FILTERS_SYNTAX"),
        ({"include": "friends"}, "INVALID_INCLUDE"),
        ({"include": "roles.friends"}, "INVALID_INCLUDE"),
        ({"fields[friends]": "name"}, "INVALID_RESOURCE"),
        ({"limit": "10"}, "PARAM_NOT_ALLOWED"),
    ],
)
async def test_wrong_names_are_refused_not_ignored(visit: Visit, query: dict[str, str], code: str) -> None:
    """400, with the code that the official typings name."""
    async with visit("commerce_layer") as client:
        answer = await client.get(LIST, params=query)
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (400, code)


@pytest.mark.parametrize("field", ["name", "slug", "domain", "id", "created_at", "updated_at"])
async def test_every_documented_sort_sorts(visit: Visit, field: str) -> None:
    """Upwards, and downwards with a minus sign."""
    async with visit("commerce_layer") as client:
        up, down = [
            [row["id"] if field == "id" else row["attributes"][field] for row in document["data"]]
            for document in (
                await listing(client, sort=field, page__size="25"),
                await listing(client, sort=f"-{field}", page__size="25"),
            )
        ]
    assert up == sorted(up)
    assert down == sorted(down, reverse=True)
    assert up != down


@pytest.mark.parametrize(
    ("predicate", "value", "fits"),
    [
        ("name_eq", "The Blue Brand", lambda name: name == "The Blue Brand"),
        ("name_not_eq", "The Blue Brand", lambda name: name != "The Blue Brand"),
        ("name_start", "The", lambda name: name.startswith("The")),
        ("name_not_start", "The", lambda name: not name.startswith("The")),
        ("name_end", "Brand", lambda name: name.endswith("Brand")),
        ("name_cont", "BLUE", lambda name: "blue" in name.lower()),
        ("name_not_cont", "a", lambda name: "a" not in name.lower()),
        ("name_in", "The Blue Brand,nobody", lambda name: name == "The Blue Brand"),
        ("name_not_in", "The Blue Brand,nobody", lambda name: name != "The Blue Brand"),
        ("name_matches", "the%brand", lambda name: name == "The Blue Brand"),
        ("name_gteq", "T", lambda name: name >= "T"),
        ("name_lt", "T", lambda name: name < "T"),
        ("name_present", "true", lambda _: True),
        ("name_null", "true", lambda _: False),
        ("name_cont_any", "blue,zzzz", lambda name: "blue" in name.lower()),
        ("name_cont_all", "blue,zzzz", lambda _: False),
        ("name_or_slug_eq", "the-blue-brand", lambda name: name == "The Blue Brand"),
        ("memberships_user_email_eq", "commercelayer@commercelayer.io", lambda name: name == "The Blue Brand"),
    ],
)
async def test_every_predicate_means_what_it_says(
    visit: Visit, world: World, predicate: str, value: str, fits: Any
) -> None:
    """The found organizations are exactly those that fit, judged on the world itself."""
    expected = sorted(record.name for record in world.records["commerce_layer"] if fits(record.name))
    found: list[str] = []
    async with visit("commerce_layer") as client:
        for number in ("1", "2"):
            query = {"page[size]": "25", "page[number]": number, f"filter[q][{predicate}]": value}
            found += names((await client.get(LIST, params=query)).raise_for_status().json())
    assert sorted(found) == expected


async def test_times_are_filtered_in_both_forms(visit: Visit) -> None:
    """A date and a time with milliseconds mean the same midnight."""
    async with visit("commerce_layer") as client:
        counts = {
            (await listing(client, filter__q__created_at_gt=text))["meta"]["record_count"]
            for text in ("2022-01-01", "2022-01-01T00:00:00.000Z")
        }
        older = (await listing(client, filter__q__created_at_lteq="2022-01-01"))["meta"]["record_count"]
        total = (await listing(client))["meta"]["record_count"]
    assert len(counts) == 1
    assert counts.pop() + older == total


async def test_filters_are_joined_by_and(visit: Visit) -> None:
    """Two filters find what fits both."""
    async with visit("commerce_layer") as client:
        found = await listing(client, filter__q__name_start="The", filter__q__name_end="Brand")
    assert names(found) == ["The Blue Brand"]


async def test_relationships_have_data_only_when_included(visit: Visit) -> None:
    """Without include links only; with it linkage, and the rows themselves flat beside the data, each once."""
    async with visit("commerce_layer") as client:
        plain = await listing(client, filter__q__id_eq="xYZkjABcde")
        rich = await listing(client, filter__q__id_eq="xYZkjABcde", include="memberships.role,roles.permissions")
    assert set(plain["data"][0]["relationships"]["roles"]) == {"links"}
    assert "included" not in plain
    linked = [(one["type"], one["id"]) for one in rich["data"][0]["relationships"]["roles"]["data"]]
    there = [(one["type"], one["id"]) for one in rich["included"]]
    assert len(linked) == 2
    assert set(linked) <= set(there)
    assert len(there) == len(set(there))
    assert {kind for kind, _ in there} == {"memberships", "roles", "permissions"}
    member = next(one for one in rich["included"] if one["type"] == "memberships")
    assert ("roles", member["relationships"]["role"]["data"]["id"]) in there


async def test_sparse_fields_leave_out_the_rest(visit: Visit) -> None:
    """Only the named attributes and relationships stay."""
    async with visit("commerce_layer") as client:
        (row, *_) = (await listing(client, fields__organizations="name,roles", include="roles"))["data"]
    assert set(row["attributes"]) == {"name"}
    assert set(row["relationships"]) == {"roles"}


@pytest.mark.parametrize("relation", ["memberships", "roles", "permissions", "api_credentials"])
async def test_related_lists_are_lists(visit: Visit, relation: str) -> None:
    """An organization's relationships come in pages of their own, the same as in the list of all."""
    async with visit("commerce_layer") as client:
        own = await listing(client, f"{LIST}/xYZkjABcde/{relation}")
        all_of_them = await listing(client, f"/{relation}", filter__q__organization_id_eq="xYZkjABcde")
    assert [row["id"] for row in own["data"]] == [row["id"] for row in all_of_them["data"]] != []
    assert own["meta"]["record_count"] == len(own["data"])


async def test_one_resource_and_its_to_one(visit: Visit) -> None:
    """A membership by id, and its role through the relationship."""
    async with visit("commerce_layer") as client:
        (member, *_) = (await listing(client, "/memberships"))["data"]
        single = await listing(client, f"/memberships/{member['id']}")
        role = await listing(client, f"/memberships/{member['id']}/role")
        nobody = await listing(client, f"/memberships/{member['id']}/membership_profile")
    assert single["data"] == member
    assert role["data"]["type"] == "roles"
    assert nobody == {"data": None}


async def test_the_user_is_a_singleton(visit: Visit) -> None:
    """/user is one resource of type users."""
    async with visit("commerce_layer") as client:
        user = (await listing(client, "/user"))["data"]
    assert (user["type"], user["links"]["self"]) == ("users", "https://provisioning.commercelayer.io/api/user")


@pytest.mark.parametrize("path", ["/nothing", "/organizations/nobody", "/organizations/xYZkjABcde/friends", "/users"])
async def test_nothing_there_is_404(visit: Visit, path: str) -> None:
    """With the documented code."""
    async with visit("commerce_layer") as client:
        answer = await client.get(path)
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (404, "RECORD_NOT_FOUND")


async def test_the_list_drifts_and_then_rests(visit: Visit) -> None:
    """page-drift=1 takes one organization out after the first page, from the keyset walk as well."""
    async with visit("commerce_layer", "commerce_layer:page-drift=1") as client:
        counts = [(await listing(client))["meta"]["record_count"] for _ in range(3)]
        keyset = (await listing(client, sort="id", filter__q__id_gt="0"))["meta"]["record_count"]
    assert counts == [counts[0], counts[0] - 1, counts[0] - 1]
    assert keyset == counts[-1]
