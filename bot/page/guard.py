"""The page's guard: only a browser on this machine that shows this page may talk to it."""

import asyncio
from collections.abc import Collection
from ipaddress import ip_address

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

LARGEST = 64 * 1024
"""Maximum bytes of a payload."""

PATIENCE = 10.0
"""Seconds that a payload may take to arrive."""

HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self';"
    " img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none';"
    " frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-store",
    "Server": "seatwise",
}


def guard(handlers: Collection[Handler]) -> Middleware:
    """A middleware that guards these handlers, and all addresses without a handler."""

    @web.middleware
    async def middleware(request: web.Request, handler: Handler) -> web.StreamResponse:
        lost = request.match_info.http_exception is not None
        if not lost and request.match_info.handler not in handlers:
            return await handler(request)
        try:
            _check(request)
            response = await handler(request)
        except web.HTTPException as refusal:
            _harden(refusal)
            raise
        _harden(response)
        return response

    return middleware


async def payload(request: web.Request, patience: float = PATIENCE) -> bytes:
    """Read the body; 408 after `patience` seconds, 413 over LARGEST, whatever was announced."""
    if (request.content_length or 0) > LARGEST:
        raise _too_large()
    try:
        async with asyncio.timeout(patience):
            return await request.clone(client_max_size=LARGEST).read()
    except TimeoutError:
        raise web.HTTPRequestTimeout(text="too slow") from None
    except web.HTTPRequestEntityTooLarge:
        raise _too_large() from None


def _too_large() -> web.HTTPException:
    return web.HTTPRequestEntityTooLarge(LARGEST, text="too large")


def _harden(response: web.StreamResponse) -> None:
    for name, value in HEADERS.items():
        if name != "Cache-Control" or name not in response.headers:
            response.headers[name] = value


def _check(request: web.Request) -> None:
    host = _host(request)
    if request.method in ("GET", "HEAD"):
        return
    if request.headers.getall("Origin", []) != [f"http://{host}"]:
        raise web.HTTPForbidden(text="another origin")
    if request.headers.get("Sec-Fetch-Site", "same-origin") != "same-origin":
        raise web.HTTPForbidden(text="another site")
    if request.content_type != "application/json" or "Content-Encoding" in request.headers:
        raise web.HTTPUnsupportedMediaType(text="plain JSON only")


def _host(request: web.Request) -> str:
    """Return the Host header; reject (421) one that is not ours: protects against DNS rebinding."""
    hosts = request.headers.getall("Host", [])
    if len(hosts) != 1 or hosts[0].lower() not in _own_hosts(request):
        raise web.HTTPMisdirectedRequest(text="another host")
    return hosts[0].lower()


def _own_hosts(request: web.Request) -> frozenset[str]:
    """Our own hosts, read off the socket so that no setting can be wrong; empty when the socket is
    not on loopback.
    """
    address = request.transport and request.transport.get_extra_info("sockname")
    if not isinstance(address, tuple) or not ip_address(address[0]).is_loopback:
        return frozenset()
    names, port = ("127.0.0.1", "localhost", "[::1]"), address[1]
    bare = names if port == 80 else ()
    return frozenset((*bare, *(f"{name}:{port}" for name in names)))
