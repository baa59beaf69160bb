"""A process that renews its sign-in and asks once, its refresh token in a file that is locked while
it is renewed; it may die -9 at a named moment.
"""

import asyncio
import fcntl
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from analytics.sources.partner_center.client import Client
from analytics.sources.partner_center.page_model import Bearer, Call, Paging, SignIn
from tests.partner_center.connecting import access

SPEND = Call("/v1/customers/usagerecords", Paging.NONE, Bearer.USER)


@dataclass
class KeptInFile:
    """analytics.sources.partner_center.token_store.TokenStore and TokenRenewal at once."""

    file: Path
    dies: str = ""
    """`before` or `after` the new token is kept."""
    token: str = ""

    @asynccontextmanager
    async def renewal(self, _sign_in: SignIn) -> AsyncIterator["KeptInFile"]:
        with self.file.with_suffix(".lock").open("w") as lock:
            await asyncio.to_thread(fcntl.flock, lock, fcntl.LOCK_EX)
            self.token = self.file.read_text("utf-8")
            yield self

    async def keep(self, token: str) -> None:
        if self.dies == "before":
            os.kill(os.getpid(), signal.SIGKILL)
        new = self.file.with_suffix(".new")
        new.write_text(token, "utf-8")
        new.replace(self.file)
        if self.dies == "after":
            os.kill(os.getpid(), signal.SIGKILL)

    async def mark_refused(self, because: str) -> None:
        self.file.with_suffix(".refused").write_text(because, "utf-8")


async def main(address: str, file: str, dies: str) -> None:
    """Asks once, and exits without a word where that works."""
    async with Client(access(address), KeptInFile(Path(file), dies)) as client:
        pages = [page async for page in client.pages(SPEND)]
        assert pages


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
