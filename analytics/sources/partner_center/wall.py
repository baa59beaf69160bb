"""The wall around a partner's account: every request to Microsoft passes it, and reads alone do."""

from collections.abc import Awaitable, Callable

import aiohttp
from yarl import URL

from analytics.sources.partner_center.registration import Registration
from analytics.sources.partner_center.report_download import is_secure

POSTS = (
    "/insights/v1/mpn/ScheduledQueries",
    "/insights/v1/mpn/ScheduledReport",
)
"""Paths that take a POST. Both define a report of ours in Insights and change nothing at a
customer; the only other POST is the form that the login service gives tokens for.
"""

_Next = Callable[[aiohttp.ClientRequest], Awaitable[aiohttp.ClientResponse]]


class UnlistedRequest(RuntimeError):
    """A request that the program has no business to send. It was not sent; this is a fault of the
    program, never trouble at the source, so nothing tries it again.
    """


def open_session(
    access: Registration, timeout: aiohttp.ClientTimeout | None = None
) -> aiohttp.ClientSession:
    """Return a session whose requests raise UnlistedRequest unless they are a GET, the form for a
    token, or a POST to one of POSTS. A token goes to the API's own address alone.
    """

    async def wall(request: aiohttp.ClientRequest, send: _Next) -> aiohttp.ClientResponse:
        if not _is_listed(request, access):
            raise UnlistedRequest(f"{request.method} {request.url.with_query(None)}")
        return await send(request)

    return aiohttp.ClientSession(
        connector=aiohttp.TCPConnector(limit=0),  # ApiCaller limits, outside of any timeout
        timeout=timeout or aiohttp.ClientTimeout(),
        trust_env=False,
        cookie_jar=aiohttp.DummyCookieJar(),
        middlewares=(wall,),
    )


def _is_listed(request: aiohttp.ClientRequest, access: Registration) -> bool:
    with_token, url = "Authorization" in request.headers, request.url
    if request.method == "POST":
        form = not with_token and url == URL(access.token_url)
        return form or any(url == URL(f"{access.api}{path}") for path in POSTS)
    if with_token:
        return request.method == "GET" and url.origin() == URL(access.api).origin()
    local = access.api.startswith("http://")  # allowed on this machine alone
    return request.method == "GET" and is_secure(str(url), local=local)
