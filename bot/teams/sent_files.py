"""Files that people send to the bot in Teams: what a message says of them, and their bytes."""

from functools import partial
from pathlib import Path

from aiohttp import ClientSession

from bot.file_download import PATIENCE, FileSource, download
from bot.teams.auth.upload_urls import is_onedrive_url
from bot.teams.ports import Json
from handlers.chat.dropped_files import DroppedFile, DropRefused
from handlers.chat.file_names import file_name

FILE = "application/vnd.microsoft.teams.file.download.info"
_MOST = 100


def sent_files(activity: Json, *, local: bool = False) -> tuple[DroppedFile, ...]:
    """The files of a message; none for a message without. Pictures pasted into it are among them,
    and cannot be fetched. With `local` they may come from this machine, for tests.
    """
    found = activity.get("attachments")
    listed = found[:_MOST] if isinstance(found, list) else []
    files = [each for each in listed if isinstance(each, dict) and _is_file(each)]
    return tuple(
        DroppedFile(_name(each), 0, partial(_fetch, each, local), _is_picture(each))
        for each in files
    )


def _is_file(attachment: Json) -> bool:
    return _text(attachment, "contentType") == FILE or _is_picture(attachment)


def _is_picture(attachment: Json) -> bool:
    return _text(attachment, "contentType").startswith("image/")


async def _fetch(attachment: Json, local: bool, into: Path, most: int) -> None:  # noqa: FBT001
    """Fetch from OneDrive alone, without a token: the address, which lasts for minutes, is the
    right.
    """
    name, content = _name(attachment), attachment.get("content")
    url = content.get("downloadUrl") if isinstance(content, dict) else None
    if _text(attachment, "contentType") != FILE:
        raise DropRefused("drop-picture")
    if not is_onedrive_url(url, local=local):
        raise DropRefused("drop-elsewhere", file=name)
    async with ClientSession(timeout=PATIENCE) as session:
        await download(session, FileSource(str(url), name, "drop-file-gone"), into, most)


def _name(attachment: Json) -> str:
    return file_name(_text(attachment, "name"))


def _text(thing: Json, name: str) -> str:
    text = thing.get(name)
    return text if isinstance(text, str) else ""
