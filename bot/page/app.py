"""The page's addresses: receive a request, hand it on, lay out the answer. Only under `demo`, only
on loopback.
"""

import secrets
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeVar

from aiohttp import web
from aiohttp.typedefs import Handler
from babel import negotiate_locale

from bot.delivery import Delivered
from bot.page.downloads import ADDRESS, download, file_links, keep_session, session_of
from bot.page.guard import guard, payload
from bot.page.home import home, words
from bot.page.inbound import UnreadableRequest, button_press, typed_question
from bot.page.outbound import answer_html, files_html, letters_html, notices_html
from bot.page.picture_cache import PictureCache
from bot.page.ports import Surroundings
from handlers.chat.asking import Ask
from handlers.chat.reply import Attachment

T = TypeVar("T")

_PICTURE = r"/page/picture/{id:[0-9a-f]{32}}/{theme:light|dark}{size:(-compact)?}.png"

ASSETS = {
    "page.css": "text/css",
    "page.js": "text/javascript",
    "completion.js": "text/javascript",
    "theme.js": "text/javascript",
    "favicon.svg": "image/svg+xml",
}


def add_page(
    app: web.Application, surroundings: Surroundings, shelf: PictureCache | None = None
) -> None:
    """Add the page's addresses and their guard to a program that is not running yet."""
    page = PageHandlers(surroundings, shelf or PictureCache())
    routes = [
        web.get("/", page.home),
        web.get("/page/words", page.words),
        web.post("/page/ask", page.ask),
        web.post("/page/press", page.press),
        web.get(_PICTURE, page.picture),
        web.get(ADDRESS, page.file),
        *(web.get(f"/{name}", _asset(name, kind)) for name, kind in ASSETS.items()),
    ]
    app.middlewares.append(guard([route.handler for route in routes]))
    app.router.add_routes(routes)


class PageHandlers:
    """The page's handlers, one for each address."""

    def __init__(self, surroundings: Surroundings, shelf: PictureCache) -> None:
        self._surroundings = surroundings
        self._shelf = shelf

    async def home(self, request: web.Request) -> web.Response:
        """Return the page in the language asked for, else in the browser's."""
        text = home(self._surroundings, self._language(request))
        return web.Response(text=text, content_type="text/html")

    async def words(self, request: web.Request) -> web.Response:
        """Return the texts of the page that change with its language, as JSON."""
        return web.json_response(words(self._surroundings, self._language(request)))

    async def ask(self, request: web.Request) -> web.Response:
        """Answer a typed question."""
        body = await payload(request)
        ask = _read(lambda: typed_question(body, self._surroundings.voices, secrets.token_hex(8)))
        delivered = await self._surroundings.deliver.ask(ask)
        return await self._answer_response(request, delivered, ask)

    async def press(self, request: web.Request) -> web.Response:
        """Answer a pressed button."""
        body = await payload(request)
        button, ask = _read(
            lambda: button_press(body, self._surroundings.voices, secrets.token_hex(8))
        )
        delivered = await self._surroundings.deliver.press(button, ask)
        return await self._answer_response(request, delivered, ask)

    async def picture(self, request: web.Request) -> web.Response:
        """Return a chart of an answer as PNG; 404 when its time is over or it cannot be drawn."""
        chart = self._shelf.get(request.match_info["id"])
        theme, compact = request.match_info["theme"], bool(request.match_info["size"])
        paint = self._surroundings.deliver.paint
        png = await paint(chart, theme, compact=compact) if chart else None
        if png is None:
            raise web.HTTPNotFound(text="no such picture")
        headers = {"Cache-Control": "private, no-store"}
        return web.Response(body=png, content_type="image/png", headers=headers)

    async def file(self, request: web.Request) -> web.Response:
        """Return a file of an answer, once, to the browser that asked for it; 410 with a sentence
        where it is not handed out.
        """
        found = await download(request, self._surroundings.deliver)
        if isinstance(found, web.Response):
            return found
        say = self._surroundings.voices[self._language(request)]
        raise web.HTTPGone(text=say(found.why))

    async def _answer_response(
        self, request: web.Request, delivered: Delivered, ask: Ask
    ) -> web.Response:
        session = session_of(request)
        links = await file_links(self._surroundings.deliver, delivered, ask, session)
        response = web.json_response(
            {"html": self._html(delivered, ask, links), "lang": ask.locale}
        )
        if links:
            keep_session(response, session)
        return response

    def _html(self, delivered: Delivered, ask: Ask, links: Mapping[Attachment, str]) -> str:
        """The answer as HTML, below what came for the asker meanwhile; its files last."""
        say = self._surroundings.voices[ask.locale]
        come = self._surroundings.mailbox.take(ask.asker)
        pictures = {chart: self._shelf.put(chart) for chart in come.charts(delivered)}
        news = notices_html(come.notices, say) + letters_html(come.letters.values(), pictures, say)
        return news + answer_html(delivered, pictures, say) + files_html(links, say)

    def _language(self, request: web.Request) -> str:
        offered = tuple(self._surroundings.voices)
        asked = request.query.get("lang")
        if asked in offered:
            return asked
        wanted = request.headers.get("Accept-Language", "").split(",")
        tags = [tag.partition(";")[0].strip() for tag in wanted]
        return negotiate_locale(tags, offered, sep="-") or offered[0]


def _read(reader: Callable[[], T]) -> T:
    try:
        return reader()
    except UnreadableRequest as trouble:
        raise web.HTTPBadRequest(text=str(trouble)) from None


def _asset(name: str, kind: str) -> Handler:
    body = Path(__file__).with_name(name).read_bytes()

    async def asset(_request: web.Request) -> web.Response:
        return web.Response(body=body, content_type=kind, charset="utf-8")

    return asset
