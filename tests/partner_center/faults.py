"""What can be wrong with an answer, by name: the true answer in, the spoilt one out."""

import asyncio
import gzip
import json
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

from aiohttp import web

from tests.partner_center.changed_answers import (
    Body,
    Fault,
    changed_answer,
    list_name,
    of_items,
    total_name,
)


def _status(status: int, body: Body | None = None, **headers: str) -> Fault:
    named = {name.replace("_", "-"): value for name, value in headers.items()}

    async def fault(_request: web.Request, _answer: Body) -> web.StreamResponse:
        return web.json_response(body or {"code": 800003}, status=status, headers=named)

    return fault


def _text(text: bytes, kind: str = "application/json", status: int = 200) -> Fault:
    async def fault(_request: web.Request, _answer: Body) -> web.StreamResponse:
        return web.Response(body=text, content_type=kind, status=status)

    return fault


def _announced(more: int) -> Fault:
    def changed(answer: Body) -> None:
        name = total_name(answer)
        answer[name] = max(int(answer.get(name) or len(answer[list_name(answer)])) + more, 0)

    return changed_answer(changed)


async def _hang(_request: web.Request, _answer: Body) -> web.StreamResponse:
    await asyncio.sleep(30)
    raise web.HTTPServiceUnavailable


async def _drip(request: web.Request, answer: Body) -> web.StreamResponse:
    response = web.StreamResponse()
    await response.prepare(request)
    for letter in json.dumps(answer).encode():
        await response.write(bytes([letter]))
        await asyncio.sleep(0.2)
    return response


async def _cut(request: web.Request, answer: Body) -> web.StreamResponse:
    body = json.dumps(answer).encode()
    response = web.StreamResponse(headers={"Content-Length": str(len(body))})
    await response.prepare(request)
    await response.write(body[: len(body) // 2])
    assert request.transport
    request.transport.close()
    return response


async def _reset(request: web.Request, _answer: Body) -> web.StreamResponse:
    assert request.transport
    request.transport.abort()
    return web.Response()


async def _half_json(_request: web.Request, answer: Body) -> web.StreamResponse:
    body = json.dumps(answer).encode()
    return web.Response(body=body[: len(body) // 2], content_type="application/json")


async def _mark(_request: web.Request, answer: Body) -> web.StreamResponse:
    body = b"\xef\xbb\xbf" + json.dumps(answer).encode()
    return web.Response(body=body, content_type="application/json")


async def _huge(request: web.Request, answer: Body) -> web.StreamResponse:
    response = web.StreamResponse()
    await response.prepare(request)
    await response.write(json.dumps(answer).encode()[:-1] + b', "more": "')
    for _ in range(52):
        await response.write(b"x" * (1 << 20))
    await response.write(b'"}')
    return response


async def _bomb(_request: web.Request, answer: Body) -> web.StreamResponse:
    body = gzip.compress(json.dumps(answer).encode() + b" " * (60 << 20))
    return web.Response(
        body=body, headers={"Content-Encoding": "gzip"}, content_type="application/json"
    )


async def _endless(request: web.Request, answer: Body) -> web.StreamResponse:
    changed = {**answer}
    if "Value" in answer:
        changed |= {"@nextLink": str(request.rel_url), "TotalCount": 10**9}
    else:
        token = [{"key": "MS-ContinuationToken", "value": "again"}]
        changed |= {"links": {"next": {"uri": "/x", "method": "GET", "headers": token}}}
        changed["totalCount"] = 10**9
    return web.json_response(changed)


async def _wrong_link(_request: web.Request, answer: Body) -> web.StreamResponse:
    changed = {**answer, "links": {"next": {"uri": "http://127.0.0.1:9/x", "headers": "none"}}}
    return web.json_response({**changed, "@nextLink": ["what"], "totalCount": "many"})


def _continued(request: web.Request) -> bool:
    return "skip" in request.query or "MS-ContinuationToken" in request.headers


async def _lost_page(request: web.Request, answer: Body) -> web.StreamResponse:
    """A later page without its items, though with its link."""
    return web.json_response({**answer, list_name(answer): []} if _continued(request) else answer)


async def _old_token(request: web.Request, answer: Body) -> web.StreamResponse:
    """A continuation that the source has forgotten."""
    if _continued(request):
        return web.json_response({"code": 800002, "description": "invalid token"}, status=400)
    return web.json_response(answer)


async def _changing_total(request: web.Request, answer: Body) -> web.StreamResponse:
    """One more is announced than the page before said."""
    more = int(request.query.get("skip", "0")) + len(
        request.headers.get("MS-ContinuationToken", "")
    )
    return web.json_response(
        {**answer, total_name(answer): len(answer[list_name(answer)]) + more + 1}
    )


async def _falling_total(request: web.Request, answer: Body) -> web.StreamResponse:
    """Later pages announce fewer than the first one did: as many as there would be without them."""
    fewer = len(answer[list_name(answer)]) if _continued(request) else 0
    total = answer.get(total_name(answer)) or len(answer[list_name(answer)])
    return web.json_response({**answer, total_name(answer): max(int(total) - fewer, 0)})


_PAGES: dict[str, Any] = {}


async def _repeated_page(request: web.Request, answer: Body) -> web.StreamResponse:
    """Later pages have the first one's items, with their own links."""
    if not _continued(request):
        _PAGES[request.path] = answer[list_name(answer)]
    return web.json_response({**answer, list_name(answer): _PAGES[request.path]})


async def _slow(_request: web.Request, answer: Body) -> web.StreamResponse:
    await asyncio.sleep(0.1)
    return web.json_response(answer)


async def _packed(_request: web.Request, answer: Body) -> web.StreamResponse:
    response = web.json_response(answer)
    response.enable_compression(web.ContentCoding.gzip)
    return response


HOSTILE = (
    *("<!channel>", "=1+1", "$\\frac{$", "'; DROP TABLE x; --", "[[[[{{{{", "../../../etc/passwd"),
    *(
        "\u202egnp.exe",
        "\x00\x1b[31m",
        "\ud800",
        "Z\u0351\u036b" * 200,
        "{name} %s ${x}",
        "x" * 10_000,
    ),
)
"""What a customer may be called."""


def _renamed(answer: Body) -> None:
    for at, item in enumerate(answer[list_name(answer)]):
        name = HOSTILE[at % len(HOSTILE)]
        if "customerName" in item:
            item["customerName"] = name
        if "companyProfile" in item:
            item["companyProfile"]["companyName"] = name


_IN_A_SECOND = {"Retry_After": "1"}
_DEEP = b'{"items":' + b"[" * 50_000 + b"]" * 50_000 + b"}"

FAULTS: dict[str, Fault] = {
    "429-seconds": _status(429, {"statusCode": 429, "message": "Try again"}, **_IN_A_SECOND),
    "429-zero": _status(429, {"statusCode": 429}, Retry_After="0"),
    "429-date": _status(
        429,
        {},
        Retry_After=format_datetime(datetime.now(UTC) + timedelta(seconds=2), usegmt=True),  # noqa: TID251 as a server says it
    ),
    "429-past": _status(429, {}, Retry_After="Wed, 21 Oct 2015 07:28:00 GMT"),
    "429-junk": _status(429, {}, Retry_After="soon; please"),
    "429-silent": _status(429, {}),
    "500": _status(500),
    "502": _text(b"<html>Bad gateway</html>", "text/html", 502),
    "503": _status(503, None, **_IN_A_SECOND),
    "504": _status(504),
    "408": _status(408),
    "hang": _hang,
    "drip": _drip,
    "reset": _reset,
    "cut-off": _cut,
    "half-json": _half_json,
    "login-page": _text(b"<!DOCTYPE html><html><body>Sign in</body></html>", "text/html"),
    "login-page-as-json": _text(b"\n <html><body>Sign in</body></html>"),
    "empty": _text(b""),
    "null": _text(b"null"),
    "number": _text(b"42"),
    "nan": _text(b'{"items": [], "totalCount": NaN}'),
    "not-utf8": _text(b'{"items": [{"name": "\xff\xfe"}], "totalCount": 1}'),
    "deep": _text(_DEEP),
    "204": _status(204, None, **_IN_A_SECOND),
    "mark": _mark,
    "huge": _huge,
    "bomb": _bomb,
    "redirect": _status(302, None, Location="http://127.0.0.1:9/"),
    "redirect-307": _status(307, None, Location="/v1/elsewhere"),
    "endless": _endless,
    "wrong-link": _wrong_link,
    "total-high": _announced(7),
    "total-low": _announced(-1),
    "changing-total": _changing_total,
    "falling-total": _falling_total,
    "lost-page": _lost_page,
    "repeated-page": _repeated_page,
    "old-token": _old_token,
    "error-with-200": _status(200, {"code": 800003, "description": "fault"}),
    "throttled-with-200": _status(200, {"statusCode": 429, "message": "Try again"}),
    "hostile-names": changed_answer(_renamed),
    "slow": _slow,
    "packed": _packed,
    "more-fields": of_items(lambda items: [{**each, "new": {"x": [1]}} for each in items]),
    "lost-row": of_items(lambda items: items[:-1]),
    "doubled-row": of_items(lambda items: items + items[:1]),
    "null-item": of_items(lambda items: [None, *items]),
    "text-for-list": changed_answer(lambda answer: {**answer, list_name(answer): "none"}),
    "object-for-list": changed_answer(lambda answer: {**answer, list_name(answer): {"0": {}}}),
    "no-list": changed_answer(lambda answer: {"totalCount": 3}),
    "numbers-as-texts": of_items(
        lambda items: [
            {
                k: str(v) if isinstance(v, int) and not isinstance(v, bool) else v
                for k, v in each.items()
            }
            for each in items
        ]
    ),
    "texts-as-numbers": of_items(lambda items: [dict.fromkeys(each, 7) for each in items]),
    "nothing-in-items": of_items(lambda items: [dict.fromkeys(each) for each in items]),
    "negative": of_items(
        lambda items: [
            {
                k: -1 if isinstance(v, int) and not isinstance(v, bool) else v
                for k, v in each.items()
            }
            for each in items
        ]
    ),
    "401-expired": _status(401, {"code": 401, "description": "expired"}),
    "900420": _status(401, {"code": "900420"}),
    "900421": _status(401, {"code": 900421}),
    "403": _status(403, {"code": 2032}),
    "404": _status(404, {"code": 1000}),
    "400": _status(400, {"code": 800002}),
}
