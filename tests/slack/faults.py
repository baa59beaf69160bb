"""How Slack fails."""

from aiohttp import web


def too_many() -> web.Response:
    said = {"ok": False, "error": "ratelimited"}
    return web.json_response(said, status=429, headers={"Retry-After": "0"})


def out_of_order() -> web.Response:
    page = "<html><h1>503 Service Unavailable</h1></html>"
    return web.Response(text=page, status=503, content_type="text/html")


def hang_up(request: web.Request) -> None:
    """It was done; nobody hears of it."""
    assert request.transport is not None
    request.transport.close()
