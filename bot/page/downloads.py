"""Files that the page hands out: by a link that works once, in the browser that asked for them."""

import asyncio
import re
import secrets
from collections.abc import Mapping
from urllib.parse import quote

from aiohttp import web

from bot.delivery import Delivered, Delivery
from bot.file_claims import FileOwner
from bot.page.people import person
from bot.partners import partner_of
from handlers.chat.asking import Ask, UserRef
from handlers.chat.outgoing_files import Gone
from handlers.chat.reply import Attachment, attachments

ADDRESS = r"/page/file/{who:[a-z]{1,20}}/{token:[0-9a-f]{32}}"

_COOKIE = "seatwise-session"
_SESSION = re.compile(r"[0-9a-f]{32}")


def session_of(request: web.Request) -> str:
    """The session of the browser that sent the request; a new one where it has none."""
    said = request.cookies.get(_COOKIE, "")
    return said if _SESSION.fullmatch(said) else secrets.token_hex(16)


def keep_session(response: web.Response, session: str) -> None:
    """Let the browser keep its session until it is closed: no script reads it, and no other site
    sends it.
    """
    response.set_cookie(_COOKIE, session, path="/page", httponly=True, samesite="Strict")


async def file_links(
    deliver: Delivery, delivered: Delivered, ask: Ask, session: str
) -> dict[Attachment, str]:
    """Offer the answer's files to the asker in this session; return the address of each."""
    owner = _owner(ask.asker, session)
    return {
        file: f"/page/file/{ask.asker.id}/{await deliver.files.offer(file, owner)}"
        for file in attachments(delivered.reply.parts)
    }


async def download(request: web.Request, deliver: Delivery) -> web.Response | Gone:
    """Return the file of a link as a download, or the reason why there is none. The file is deleted
    before its first byte is sent: it is read on while it is open.
    """
    try:
        who = person(request.match_info["who"]).ref
    except KeyError:
        return Gone("file-gone")
    owner = _owner(who, session_of(request))
    file = await deliver.files.claim(request.match_info["token"], owner)
    if isinstance(file, Gone):
        return file
    try:
        body = await asyncio.to_thread(file.path.open, "rb")
    except FileNotFoundError:
        return Gone("file-gone")
    deliver.files.discard(file.path)
    return web.Response(body=body, headers=_headers(file))


def _owner(who: UserRef, session: str) -> FileOwner:
    return FileOwner(who, partner_of(who.platform, who.tenant), session)


def _headers(file: Attachment) -> Mapping[str, str]:
    """Headers with which a browser saves a file and never shows it as a page."""
    plain = re.sub(r"[^A-Za-z0-9 ._-]", "_", file.name)
    name = f"filename=\"{plain}\"; filename*=UTF-8''{quote(file.name, safe='')}"
    return {
        "Content-Type": file.media_type,
        "Content-Length": str(file.size),
        "Content-Disposition": f"attachment; {name}",
    }
