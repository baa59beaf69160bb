"""Partner Center's login and API on this machine, as documented; faults are switched on by name."""

import asyncio
import base64
import hashlib
import json
import secrets
from collections import Counter
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import date
from random import Random
from typing import Any
from urllib.parse import urlencode

from aiohttp import web
from aiohttp.test_utils import TestServer

from tests.partner_center.azure_meters import meters
from tests.partner_center.company import Company, Item
from tests.partner_center.customer_answers import of_customer
from tests.partner_center.earlier import of_its_day
from tests.partner_center.faults import FAULTS
from tests.partner_center.list_faults import LOSSES, OF_LISTS, OF_RECORDS, Listed
from tests.partner_center.reporting import Handling, Reporting

PARTNER = "3b33e682-00c3-41ee-9dd2-a548adf56438"
APP = "4990cffe-04e8-4e8b-808a-1175604b879f"
SECRET = "an-app-secret-of-the-tests"
FIRST_TOKEN = "first-refresh-token"


@dataclass
class Standin:
    """One partner's Partner Center. `fault` spoils calls whose path holds `where`; the login's only
    where that names it.
    """

    company: Company
    fault: str = ""
    where: str = ""
    times: int = 10**9
    """How many calls are spoilt; those after them go well."""
    chance: float = 1.0
    page: int = 40
    lasts: int = 3600
    """Seconds that an access token lasts."""
    forgets: int = 0
    """After every so many calls no access token is good any more; 0: they last as they say."""
    no_gdap: frozenset[str] = frozenset()
    """Customers who gave no access to their tenant."""
    history: int | None = 0  # earlier days of licence reports; None: the newest, always
    calls: Counter[str] = field(default_factory=Counter)
    refused_sign_in: str = ""
    """An error that the login service answers renewals with."""
    seen_headers: list[dict[str, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.refresh: dict[str, str] = {FIRST_TOKEN: ""}
        """Refresh tokens that are good, each with the one it came from."""
        self.access: dict[str, tuple[str, float]] = {}
        """Access tokens: the refresh token they came with, and when they end."""
        self.codes: dict[str, tuple[str, str]] = {}
        """Codes of consents: the challenge, and where the browser was sent."""
        self.reporting = Reporting(self.company)
        self._asked = 0
        self._random = Random(self.company.seed)  # noqa: S311 which calls are spoilt

    def app(self) -> web.Application:
        """The server."""
        app = web.Application(client_max_size=1 << 20)
        app.router.add_get("/{tenant}/oauth2/authorize", self._authorize)
        app.router.add_post("/{tenant}/oauth2/token", self._token)
        app.router.add_get("/__stats", self._stats)
        self.reporting.add_to(app, self._guarded, self._spoiling)
        app.router.add_get("/{path:.*}", self._api)
        return app

    async def _stats(self, _request: web.Request) -> web.Response:
        return web.json_response({"totals": self.company.totals(), "calls": dict(self.calls)})

    async def _authorize(self, request: web.Request) -> web.Response:
        """Consents at once, as a person would."""
        code = secrets.token_urlsafe(8)
        where = request.query["redirect_uri"].replace("localhost", "127.0.0.1")  # they are one
        self.codes[code] = request.query["code_challenge"], where
        query = urlencode({"code": code, "state": request.query["state"]})
        raise web.HTTPFound(f"{request.query['redirect_uri']}?{query}")

    async def _token(self, request: web.Request) -> web.StreamResponse:
        form = await request.post()
        self.calls["token"] += 1
        answer = self._answered(form)
        return await self._spoilt(request, answer) if "oauth2" in self.where else answer

    def _answered(self, form: Mapping[str, object]) -> web.Response:
        if form["client_id"] != APP or form["client_secret"] != SECRET:
            return _refused("invalid_client")
        if form["grant_type"] == "client_credentials":
            return web.json_response(self._given(""))
        if self.refused_sign_in:
            return _refused(self.refused_sign_in)
        if form["grant_type"] == "authorization_code":
            known = self.codes.pop(str(form["code"]), None)  # good once
            where = str(form["redirect_uri"]).replace("localhost", "127.0.0.1")
            fits = known == (_challenge(str(form["code_verifier"])), where)
            return web.json_response(self._renewed("")) if fits else _refused("invalid_grant")
        if form["refresh_token"] not in self.refresh:
            return _refused("invalid_grant")
        return web.json_response(self._renewed(str(form["refresh_token"])))

    def _renewed(self, before: str) -> Item:
        """A new pair; the old refresh token is good until the new pair is used."""
        newer = f"refresh-{secrets.token_urlsafe(8)}"
        self.refresh[newer] = before
        return {**self._given(newer), "refresh_token": newer}

    def _given(self, refresh: str) -> Item:
        token = f"access-{secrets.token_urlsafe(8)}"
        self.access[token] = (refresh, asyncio.get_running_loop().time() + self.lasts)
        return {"token_type": "Bearer", "expires_in": str(self.lasts), "access_token": token}

    def _known(self, header: str) -> bool:
        token = header.removeprefix("Bearer ")
        self._asked += 1
        if self.forgets and self._asked % self.forgets == 0:
            self.access.clear()
        refresh, until = self.access.get(token, ("", 0.0))
        if asyncio.get_running_loop().time() >= until:
            return False
        self.refresh.pop(self.refresh.get(refresh, ""), None)  # its successor was used
        return True

    def _of_a_person(self, request: web.Request) -> bool:
        return bool(self.access[request.headers["Authorization"].removeprefix("Bearer ")][0])

    def _guarded(self, handling: Handling) -> Handling:
        """For those with a token alone, and counted."""

        async def guarded(request: web.Request) -> web.StreamResponse:
            self.calls[request.path.rpartition("mpn/")[2].partition("/execution/")[0]] += 1
            if not self._known(request.headers.get("Authorization", "")):
                return web.json_response({"message": "no", "statusCode": 401}, status=401)
            return await self._spoilt(request, await handling(request))

        return guarded

    def _spoiling(self, handling: Handling) -> Handling:
        async def spoiling(request: web.Request) -> web.StreamResponse:
            return await self._spoilt(request, await handling(request))

        return spoiling

    async def _spoilt(self, request: web.Request, answer: web.StreamResponse) -> web.StreamResponse:
        """The answer, or its spoilt one where this call is one of those that are spoilt. What a
        fault cannot be about, such as pages in a token, stays as it is.
        """
        fault = (FAULTS | OF_RECORDS | LOSSES).get(self.fault)
        if fault is None or not self._is_spoilt(request):
            return answer
        try:
            return await fault(request, _said(answer))
        except KeyError:
            return answer

    def _is_spoilt(self, request: web.Request) -> bool:
        """Whether this call is one of those that are spoilt; then it is counted."""
        if not self.fault or self.where not in str(request.rel_url) or self.times <= 0:
            return False
        if self._random.random() >= self.chance:
            return False
        self.times -= 1
        return True

    def _listed(self, items: list[Item], start: int, size: int, request: web.Request) -> Listed:
        """The list and the first item of a page; another where the fault is one of lists."""
        fault = OF_LISTS.get(self.fault)
        if fault is None or not self._is_spoilt(request):
            return items, start
        return fault(self._random, items, start, size)

    async def _api(self, request: web.Request) -> web.StreamResponse:
        path = f"/{request.match_info['path']}"
        self.calls[path.rpartition("/")[2] if "customers/" in path else path] += 1
        self.seen_headers.append(dict(request.headers))
        if not self._known(request.headers.get("Authorization", "")):
            return web.json_response({"code": 401}, status=401)
        if not (self._of_a_person(request) or _for_the_app_alone(path)):
            return web.json_response({"code": 2032}, status=403)
        answer = self._answer(path, request)
        if answer is None:
            return web.json_response({"code": 1000, "description": "none"}, status=404)
        if isinstance(answer, int):
            return web.json_response({"code": 2032}, status=answer)
        plain = web.Response(body=json.dumps(answer).encode(), content_type="application/json")
        return await self._spoilt(request, plain)

    def _answer(self, path: str, request: web.Request) -> dict[str, Any] | int | None:
        company, query = self.company, request.query
        analytics = {
            "/partner/v1/analytics/commercial/deployment/license": company.deployment,
            "/partner/v1/analytics/commercial/usage/license": company.usage,
            "/partner/v1/analytics/subscriptions": company.insights,
        }
        if path in analytics:
            return self._skipping(of_its_day(self, analytics[path], query), request)
        if path == "/partner/v1/analytics/usage/azure":
            return self._skipping(meters(company, _day(query["filter"])), request)
        if path == "/v1/auditrecords":
            first, last = (date.fromisoformat(query[name]) for name in ("startDate", "endDate"))
            if (company.today - first).days > 90 or (last - first).days > 30:
                return 400
            return self._seeking(company.audit(first), request)
        return self._core(path, request)

    def _core(self, path: str, request: web.Request) -> dict[str, Any] | int | None:
        company = self.company
        plain = {
            "/v1/customers/usagerecords": company.spend,
            "/v1/roles": company.roles,
            "/v1/analytics/licenses/deployment": company.deployment_totals,
            "/v1/analytics/licenses/usage": company.usage_totals,
        }
        if path in plain:
            return {"totalCount": len(plain[path]), "items": plain[path]}
        if path == "/v1/customers":
            return self._seeking(company.people, request)
        parts = path.strip("/").split("/")
        if parts[:2] == ["v1", "roles"] and parts[-1] == "usermembers":
            return self._seeking(company.members(parts[2]), request)
        if parts[:2] != ["v1", "customers"] or parts[2] not in company.places:
            return None
        return of_customer(company, parts[2:], self.no_gdap)

    def _skipping(self, items: list[Item], request: web.Request) -> dict[str, Any]:
        start = int(request.query.get("skip", "0"))
        size = min(int(request.query.get("top", "10000")), self.page)
        items, start = self._listed(items, start, size, request)
        more = start + size < len(items)
        link = str(request.rel_url.update_query(skip=str(start + size))) if more else None
        return {"Value": items[start : start + size], "@nextLink": link, "TotalCount": len(items)}

    def _seeking(self, items: list[Item], request: web.Request) -> dict[str, Any]:
        said = request.headers.get("MS-ContinuationToken", "").removeprefix("at-")
        start = int(said) if said.isdecimal() else 0
        size = min(int(request.query.get("size", "500")), self.page)
        items, start = self._listed(items, start, size, request)
        answer: dict[str, Any] = {"totalCount": len(items), "items": items[start : start + size]}
        if start + size < len(items):
            token = [{"key": "MS-ContinuationToken", "value": f"at-{start + size}"}]
            uri = f"{request.rel_url.path}?size={size}&seekOperation=Next"
            answer["links"] = {"next": {"uri": uri, "method": "GET", "headers": token}}
        return answer


def _said(answer: web.StreamResponse) -> dict[str, Any]:
    """What an answer says; a file's lines, as if they were items."""
    assert isinstance(answer, web.Response)
    assert isinstance(answer.body, bytes)
    if answer.content_type != "application/json":
        return {"value": [{"line": line} for line in answer.body.decode().splitlines()]}
    said: dict[str, Any] = json.loads(answer.body)
    return said


def _day(said: str) -> date:
    """The day of a filter: usageDate eq cast('2018-01-01',Edm.DateTimeOffset)."""
    return date.fromisoformat(said.partition("cast('")[2][:10])


def _challenge(verifier: str) -> str:
    digest = hashlib.sha256(verifier.encode()).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def _for_the_app_alone(path: str) -> bool:
    """Whether an endpoint takes the app's own token (endpoints.yaml: auth)."""
    return path in ("/v1/customers", "/v1/auditrecords") or path.endswith("/subscriptions")


def _refused(error: str) -> web.Response:
    codes = [50076] if error == "interaction_required" else [700082]
    return web.json_response({"error": error, "error_codes": codes}, status=400)


@asynccontextmanager
async def standing_in(standin: Standin) -> AsyncIterator[str]:
    """The server running on loopback; its address."""
    server = TestServer(standin.app(), host="127.0.0.1")
    await server.start_server()
    try:
        yield f"http://127.0.0.1:{server.port}"
    finally:
        await server.close()
