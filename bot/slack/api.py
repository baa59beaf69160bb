"""Slack's Web API with one shared session; the library's own log lines, which quote bodies, are
kept out of ours.
"""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiohttp import ClientError, ClientSession, ClientTimeout
from slack_sdk.errors import SlackClientError
from slack_sdk.http_retry.builtin_async_handlers import (
    AsyncConnectionErrorRetryHandler,
    AsyncRateLimitErrorRetryHandler,
    AsyncServerErrorRetryHandler,
)
from slack_sdk.web.async_client import AsyncWebClient

TROUBLE = (SlackClientError, ClientError, OSError, TimeoutError)
"""Everything a call can fail by."""

PATIENCE = 10
"""Seconds one request may take."""


def silent() -> logging.Logger:
    """A logger for the library that writes nothing: it would write bodies and tokens' errors."""
    logger = logging.getLogger("seatwise.slack.library")
    logger.setLevel(logging.CRITICAL + 1)
    logger.propagate = False
    return logger


class SlackApi:
    """The Web API under one token. Works before `opened()` too, with a session for each call."""

    def __init__(self, token: str, url: str) -> None:
        self.client = AsyncWebClient(
            token=token,
            base_url=url.rstrip("/") + "/",
            timeout=PATIENCE,
            trust_env_in_session=True,
            logger=silent(),
            retry_handlers=[
                AsyncConnectionErrorRetryHandler(),
                AsyncServerErrorRetryHandler(),
                AsyncRateLimitErrorRetryHandler(max_retry_count=2),
            ],
        )
        # The library reads HTTPS_PROXY by itself and knows no exceptions; the session knows them.
        self.client.proxy = None

    @property
    def session(self) -> ClientSession:
        """The shared session; RuntimeError before `opened()`."""
        if self.client.session is None:
            raise RuntimeError("not opened")
        return self.client.session

    @asynccontextmanager
    async def opened(self) -> AsyncIterator[None]:
        """Shares a session among all calls, and closes it."""
        timeout = ClientTimeout(total=PATIENCE)
        async with ClientSession(trust_env=True, timeout=timeout) as session:
            self.client.session = session
            try:
                yield
            finally:
                self.client.session = None

    async def put_file(self, png: bytes, name: str, title: str) -> str:
        """Uploads a picture that is in no channel; gives the file's id. Raises one of TROUBLE."""
        place = await self.client.files_getUploadURLExternal(filename=name, length=len(png))
        url, file = str(place["upload_url"]), str(place["file_id"])
        async with self.session.post(url, data=png) as response:
            response.raise_for_status()
        await self.client.files_completeUploadExternal(files=[{"id": file, "title": title}])
        return file

    async def is_ready(self, file: str) -> bool:
        """Whether Slack has looked at the file: before, no message may show it."""
        found = (await self.client.files_info(file=file)).get("file") or {}
        return bool(found.get("mimetype"))


async def waited_for(api: SlackApi, file: str, waits: tuple[float, ...]) -> bool:
    """Whether the file became ready, asked anew after each of the waits in seconds."""
    for seconds in waits:
        await asyncio.sleep(seconds)
        if await api.is_ready(file):
            return True
    return False
