"""Cards that ask where a file may go, their answers, and the card of a file that is there. Pure."""

from dataclasses import dataclass

from bot.teams.auth.upload_urls import is_onedrive_url
from bot.teams.cards import Element, clean
from bot.teams.inbound import UnreadableActivity, asker, locale, place
from bot.teams.ports import Conversation, Json
from handlers.chat.asking import UserRef
from handlers.chat.reply import Attachment

NAME = "fileConsent/invoke"
"""The name of the invoke with which Teams reports an answer to the card."""

_CARD = "application/vnd.microsoft.teams.card.file."
_KEPT_UNDER = "file"
_LONGEST = 400
_NO_FILES = (".gov.teams.microsoft.us", ".dod.teams.microsoft.us")
"""Connectors of the clouds whose bots cannot send files."""


@dataclass(frozen=True, slots=True)
class UploadPlace:
    """The place in a member's OneDrive that Teams made for a file."""

    url: str
    """The address that takes the bytes. It is the right to write there, so it is never logged."""
    link: str
    """The address that the member opens; empty where it is none of OneDrive's."""
    name: str
    item: str
    kind: str


@dataclass(frozen=True, slots=True)
class ConsentAnswer:
    """A member's answer to the card."""

    who: UserRef
    where: Conversation
    locale: str
    token: str
    accepted: bool
    upload: UploadPlace | None
    """None where Teams named no address, or one that is not OneDrive's."""


def takes_files(where: Conversation) -> bool:
    """Check whether bots can send files in the cloud of a conversation."""
    host = where.service_url.partition("://")[2].partition("/")[0].lower()
    return not host.endswith(_NO_FILES)


def consent_card(file: Attachment, token: str) -> Element:
    """The message that asks whether a file may be put into the asker's OneDrive."""
    context = {_KEPT_UNDER: token}
    content = {
        "description": clean(file.sentence, _LONGEST),
        "sizeInBytes": file.size,
        "acceptContext": context,
        "declineContext": context,
    }
    return _message("consent", {"name": file.name, "content": content}, file.sentence)


def info_card(there: UploadPlace) -> Element:
    """The message that shows a file in OneDrive."""
    content = {"uniqueId": there.item, "fileType": there.kind}
    shown = {"contentUrl": there.link, "name": there.name, "content": content}
    return _message("info", shown, there.name)


def consent_answer(activity: Json, *, local: bool) -> ConsentAnswer:
    """Read a member's answer. Raises UnreadableActivity where it cannot be told whose it is, or
    whether it is a yes.
    """
    value = _inner(activity, "value")
    if value.get("action") not in ("accept", "decline"):
        raise UnreadableActivity("neither yes nor no")
    return ConsentAnswer(
        asker(activity),
        place(activity),
        locale(activity),
        _text(_inner(value, "context"), _KEPT_UNDER),
        value["action"] == "accept",
        _upload_place(_inner(value, "uploadInfo"), local=local),
    )


def _upload_place(info: Json, *, local: bool) -> UploadPlace | None:
    url, link = info.get("uploadUrl"), info.get("contentUrl")
    if not is_onedrive_url(url, local=local):
        return None
    shown = str(link) if is_onedrive_url(link, local=local) else ""
    texts = (clean(_text(info, name), _LONGEST) for name in ("name", "uniqueId", "fileType"))
    return UploadPlace(str(url), shown, *texts)


def _message(kind: str, shown: Element, summary: str) -> Element:
    attachment = {"contentType": f"{_CARD}{kind}", **shown}
    return {"type": "message", "summary": clean(summary, 300), "attachments": [attachment]}


def _inner(thing: Json, name: str) -> Json:
    inner = thing.get(name)
    return inner if isinstance(inner, dict) else {}


def _text(thing: Json, name: str) -> str:
    text = thing.get(name)
    return text if isinstance(text, str) else ""
