"""Files that people send to the bot in Slack: what a message says of them, and their bytes."""

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

from bot.file_download import FileSource, download
from bot.https_hosts import https_host
from bot.slack.api import SlackApi
from handlers.chat.dropped_files import DroppedFile, DropRefused
from handlers.chat.file_names import file_name

_HOSTS = ("files.slack.com", "files.slack-gov.com")
_MOST = 100
_HTML = "text/html"
_PAGE = (b"<!doctype", b"<html")

Payload = Mapping[str, object]


def sent_files(event: Payload) -> tuple[Payload, ...]:
    """The files of a message as Slack describes them; none for a message without."""
    found = event.get("files")
    listed = found[:_MOST] if isinstance(found, list) else []
    return tuple(each for each in listed if isinstance(each, Mapping))


def dropped_file(described: Payload, api: SlackApi) -> DroppedFile:
    """A file as the rest of the program takes it; nothing of it is fetched yet."""
    size = described.get("size")
    told = size if isinstance(size, int) and size > 0 else 0
    is_picture = _text(described, "mimetype").startswith("image/")
    return DroppedFile(_name(described), told, partial(_fetch, described, api), is_picture)


async def _fetch(described: Payload, api: SlackApi, into: Path, most: int) -> None:
    """Fetch with the bot's token, from Slack's own host alone. Without the scope to read files
    Slack shows its sign-in page instead, with 200 or by a redirect.
    """
    name = _name(described)
    if _text(described, "mimetype").startswith("image/"):
        raise DropRefused("drop-picture")
    url = _text(described, "url_private_download") or _text(described, "url_private")
    if not is_file_url(url, api.client.base_url):
        raise DropRefused("drop-elsewhere", file=name)
    token = {"Authorization": f"Bearer {api.client.token}"}
    source = FileSource(url, name, "drop-no-scope", token)
    kind = await download(api.session, source, into, most)
    said = _text(described, "mimetype")
    if kind == _HTML and said != _HTML and _is_page(into):
        raise DropRefused("drop-no-scope", file=name)


def is_file_url(url: str, api_url: str) -> bool:
    """Check whether the bot's token may be sent to an address: https, Slack's host of files. Where
    the API is not at Slack's own address, its own host is taken too: a stand-in's.

    >>> is_file_url("https://files.slack.com/files-pri/T1-F1/download/a.csv", "https://slack.com/")
    True
    >>> is_file_url("https://files.slack.com.example/a.csv", "https://slack.com/")
    False
    """
    if https_host(url) in _HOSTS:
        return True
    try:
        parts, api = urlsplit(url), urlsplit(api_url)
    except ValueError:
        return False
    stand_in = not f".{api.hostname}".endswith((".slack.com", ".slack-gov.com"))
    return stand_in and (parts.scheme, parts.netloc) == (api.scheme, api.netloc)


def _is_page(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(256).lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(_PAGE)


def _name(described: Payload) -> str:
    return file_name(_text(described, "name") or _text(described, "title"))


def _text(described: Payload, name: str) -> str:
    text = described.get(name)
    return text if isinstance(text, str) else ""
