"""Files that wait until their asker takes them, with the rights of when they were made."""

import asyncio
from dataclasses import dataclass
from pathlib import Path

from analytics.values import PartnerId
from handlers.backend import Backend
from handlers.chat.access import fingerprint
from handlers.chat.asking import UserRef
from handlers.chat.outgoing_files import Gone
from handlers.chat.reply import Attachment


@dataclass(frozen=True, slots=True)
class FileOwner:
    """The one who may take a file."""

    person: UserRef
    partner: PartnerId
    session: str = ""
    """The session of a browser, on a platform where the person alone is no proof."""


class FileClaims:
    """The files of all platforms of a process, offered to their askers and claimed by them."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend

    async def offer(self, file: Attachment, owner: FileOwner) -> str:
        """Keep a file for its owner; return the token that claims it. Raises OSError, and what the
        store raises.
        """
        rights = await self._rights(owner)
        files = self._backend.outgoing_files
        return await asyncio.to_thread(files.offer, file, _name(owner), rights)

    async def claim(self, token: str, owner: FileOwner) -> Attachment | Gone:
        """Return an offered file to its owner, once, while their rights are those of the offer;
        else the reason why not. Raises what the store raises; then the file waits on.
        """
        rights = await self._rights(owner)
        files = self._backend.outgoing_files
        return await asyncio.to_thread(files.claim, token, _name(owner), rights)

    def discard(self, path: Path) -> None:
        """Delete a file that was delivered, or cannot be."""
        self._backend.outgoing_files.discard(path)

    async def _rights(self, owner: FileOwner) -> str:
        """Return a text that changes with the rights that the person holds now; empty for an
        account that is no member's, or that its platform has not confirmed.
        """
        account = await self._backend.people.account(owner.person)
        grants = await self._backend.rights.grants(owner.person, owner.partner)
        return fingerprint(grants, self._backend.now()) if account.is_member else ""


def _name(owner: FileOwner) -> str:
    return f"{owner.person} {owner.session}"
