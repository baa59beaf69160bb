"""Files for the asker alone: offered by a card in their own chat, and put into their OneDrive when
they say yes. The asker alone takes a file, and each once.
"""

from collections.abc import Sequence

from bot.delivery import Delivery
from bot.file_claims import FileOwner
from bot.log import log_error
from bot.partners import partner_of
from bot.teams.connector import BotConnector
from bot.teams.file_consent import (
    ConsentAnswer,
    UploadPlace,
    consent_answer,
    consent_card,
    info_card,
    takes_files,
)
from bot.teams.onedrive import Upload, put_file
from bot.teams.outbound import line
from bot.teams.ports import ConnectorError, Conversation, Json
from handlers.chat.asking import UserRef
from handlers.chat.outgoing_files import Gone
from handlers.chat.reply import Attachment
from handlers.messages.speaker import speaker

_OUTCOMES = {Upload.FAILED: "file-not-taken", Upload.UNSURE: "file-unsure-onedrive"}


class AskerFiles:
    """The files of one registration; `local` lets them go to this machine, for tests."""

    def __init__(self, connector: BotConnector, deliver: Delivery, *, local: bool = False) -> None:
        self._connector = connector
        self._deliver = deliver
        self._local = local

    async def offer(self, files: Sequence[Attachment], who: UserRef, own: Conversation) -> str:
        """Offer files in the asker's own chat. Return the catalogue id of the sentence that says
        why one is not offered, or may not be; empty where all are.
        """
        said = [await self._offer(file, who, own) for file in files]
        return next(filter(None, said), "")

    def discard(self, files: Sequence[Attachment]) -> None:
        """Delete files that cannot be offered."""
        for file in files:
            self._deliver.files.discard(file.path)

    def read(self, activity: Json) -> ConsentAnswer:
        """Read a member's answer to a card; UnreadableActivity where it is none."""
        return consent_answer(activity, local=self._local)

    async def answer(self, said: ConsentAnswer) -> None:
        """Do what a member's answer to a card asks for, and say the outcome in their chat; errors
        are logged.
        """
        try:
            outcome = await self._outcome(said)
        except Exception as error:  # noqa: BLE001 the last net: the member gets words
            log_error("teams file failed", error, platform="teams")
            outcome = line(speaker(said.locale)("file-not-taken"))
        try:
            await self._connector.send(said.where, outcome)
        except ConnectorError as error:
            log_error("teams file outcome not told", error, platform="teams")

    async def _offer(self, file: Attachment, who: UserRef, own: Conversation) -> str:
        if not takes_files(own):
            self._deliver.files.discard(file.path)
            return "file-not-in-cloud"
        try:
            token = await self._deliver.files.offer(file, _owner(who))
            await self._connector.send(own, consent_card(file, token))
        except (ConnectorError, OSError) as error:
            log_error("teams file not offered", error, platform="teams")
            if isinstance(error, ConnectorError) and (not error.status or error.is_unsure):
                return "answer-lost"  # the card may stand there, and works for an hour
            self._deliver.files.discard(file.path)
            return "file-not-taken"
        return ""

    async def _outcome(self, said: ConsentAnswer) -> Json:
        """The message that answers the member: the file's card, or a sentence."""
        say = speaker(said.locale)
        file = await self._deliver.files.claim(said.token, _owner(said.who))
        if isinstance(file, Gone):
            return line(say(file.why))
        try:
            if not said.accepted:
                return line(say("file-declined"))
            if said.upload is None:
                return line(say("file-bad-place"))
            return await self._put(file, said.upload, said)
        finally:
            self._deliver.files.discard(file.path)

    async def _put(self, file: Attachment, there: UploadPlace, said: ConsentAnswer) -> Json:
        say = speaker(said.locale)
        try:
            done = await put_file(there.url, file.path, file.size)
        except OSError as error:
            log_error("file of the outbox not read", error, platform="teams")
            return line(say("file-gone"))
        if done in _OUTCOMES:
            return line(say(_OUTCOMES[done]))
        return info_card(there) if there.link else line(say("file-in-onedrive"))


def _owner(who: UserRef) -> FileOwner:
    return FileOwner(who, partner_of(who.platform, who.tenant))
