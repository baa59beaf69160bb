"""Slack's Web API with one shared session. Methods that read may be repeated; methods that post are
repeated only where Slack turned the call away unread. The library's own log lines, which quote
bodies, are kept out of ours.
"""

import asyncio
import json
import logging
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any, BinaryIO

from aiohttp import ClientError, ClientSession, ClientTimeout
from multidict import CIMultiDict
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.http_retry.async_handler import AsyncRetryHandler
from slack_sdk.http_retry.builtin_async_handlers import (
    AsyncConnectionErrorRetryHandler,
    AsyncServerErrorRetryHandler,
)
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.rate_limits import MethodLimits, seconds_asked
from bot.slack.upload_urls import is_upload_url

TROUBLE = (SlackClientError, ClientError, OSError, TimeoutError)
"""All errors that a call can raise."""

PATIENCE = 10
"""Seconds that one request may take."""

_TRIES = 3
"""Calls that are made at most, where Slack turns each away unread with 429."""

Said = Mapping[str, Any]


def silent() -> logging.Logger:
    """A logger for the library that writes nothing; the library logs bodies and token errors."""
    logger = logging.getLogger("seatwise.slack.library")
    logger.setLevel(logging.CRITICAL + 1)
    logger.propagate = False
    return logger


class SlackApi:
    """The Web API under one token. Before `open_session()` each call has a session of its own."""

    def __init__(self, token: str, url: str) -> None:
        again: list[AsyncRetryHandler] = [
            AsyncConnectionErrorRetryHandler(),
            AsyncServerErrorRetryHandler(),
        ]
        self.client = _client(token, url, again)
        self._posting = _client(token, url, [])
        self._pace = MethodLimits()

    @property
    def session(self) -> ClientSession:
        """The shared session; RuntimeError before `open_session()`."""
        if self.client.session is None:
            raise RuntimeError("not opened")
        return self.client.session

    @asynccontextmanager
    async def open_session(self) -> AsyncIterator[None]:
        """Share one session among all calls, and close it at the end."""
        timeout = ClientTimeout(total=PATIENCE)
        async with ClientSession(trust_env=True, timeout=timeout) as session:
            self.client.session = self._posting.session = session
            try:
                yield
            finally:
                self.client.session = self._posting.session = None

    async def read(self, method: str, **form: object) -> Said:
        """Call a method that may be repeated without harm; return its answer. Raises one of
        TROUBLE.
        """
        return await self._call(self.client, method, data=form)

    async def post(self, method: str, **body: object) -> Said:
        """Call a method with an effect that people see, and return its answer: called once, and
        again only where Slack turned the call away unread. Raises one of TROUBLE.
        """
        return await self._call(self._posting, method, json=body)

    async def once(self, method: str, **how: Any) -> Said:
        """Call a method without waiting for its turn and without repeating it, and return its
        answer; `data` or `json` holds the parameters. Raises one of TROUBLE; after a 429 the method
        rests for all callers.
        """
        try:
            answer = await self._posting.api_call(method, **how)
        except SlackApiError as error:
            rest = requested_wait(error)
            if rest is not None:
                self._pace.rest(method, rest)
            raise
        self._pace.end_rest(method)
        return answer.data if isinstance(answer.data, dict) else {}

    def rest_left(self, method: str) -> float:
        """Seconds for which Slack still asks not to call the method; zero if it may be called."""
        return self._pace.rest_left(method)

    async def _call(self, client: AsyncWebClient, method: str, **how: Any) -> Said:
        for left in range(_TRIES - 1, -1, -1):
            try:
                async with self._pace.turn(method):
                    answer = await client.api_call(method, **how)
                    self._pace.end_rest(method)
            except SlackApiError as error:
                rest = requested_wait(error)
                if rest is not None:
                    self._pace.rest(method, rest)
                if rest is None or not left:
                    raise
            else:
                return answer.data if isinstance(answer.data, dict) else {}
        raise AssertionError("the last try returns or raises")

    async def put_file(self, png: bytes, name: str, title: str) -> str:
        """Upload a picture that is in no channel, and return the file's id. Raises one of TROUBLE,
        or KeyError where Slack's answer names no address or file.
        """
        file = await self.upload(png, len(png), name)
        files = json.dumps([{"id": file, "title": title}])
        await self.read("files.completeUploadExternal", files=files)
        return file

    async def upload(
        self, body: bytes | BinaryIO, size: int, name: str, patience: float = PATIENCE
    ) -> str:
        """Upload a file that is shown nowhere before it is completed, and return its id. Raises
        as put_file does.
        """
        place = await self.read("files.getUploadURLExternal", filename=name, length=size)
        url, file = str(place["upload_url"]), str(place["file_id"])
        if not is_upload_url(url, self.client.base_url):
            raise SlackClientError("upload address")
        limit = ClientTimeout(total=patience)
        async with self.session.post(
            url, data=body, timeout=limit, allow_redirects=False
        ) as response:
            if response.status != 200:
                raise SlackClientError(f"upload {response.status}")
        return file

    async def share_file(self, file: str, title: str, place: Mapping[str, str]) -> None:
        """Show an uploaded file in a conversation, `channel_id` and perhaps `thread_ts`: called
        once, as `post` is. Raises one of TROUBLE.
        """
        form = {**place, "files": json.dumps([{"id": file, "title": title}])}
        await self._call(self._posting, "files.completeUploadExternal", data=form)

    async def is_ready(self, file: str) -> bool:
        """Check whether Slack has processed the file; before, no message may show it."""
        found = (await self.read("files.info", file=file)).get("file") or {}
        return bool(found.get("mimetype"))


def error_name(error: BaseException) -> str:
    """Slack's name for an error; empty where a proxy or an outage answered instead of Slack."""
    data = getattr(getattr(error, "response", None), "data", None)
    return str(data.get("error") or "") if isinstance(data, dict) else ""


def requested_wait(error: SlackApiError) -> float | None:
    """Seconds that Slack asks to wait with a 429; None with any other error."""
    status = getattr(error.response, "status_code", 0)
    headers = getattr(error.response, "headers", None)
    return seconds_asked(status, CIMultiDict(headers or {}))


def _client(token: str, url: str, again: list[AsyncRetryHandler]) -> AsyncWebClient:
    client = AsyncWebClient(
        token=token,
        base_url=url.rstrip("/") + "/",
        timeout=PATIENCE,
        trust_env_in_session=True,
        logger=silent(),
        retry_handlers=again,
    )
    # The library reads HTTPS_PROXY by itself and knows no exceptions; the session knows them.
    client.proxy = None
    return client


async def wait_for_file(api: SlackApi, file: str, waits: tuple[float, ...]) -> bool:
    """Check whether the file became ready, asking Slack anew after each of the waits (seconds)."""
    for seconds in waits:
        await asyncio.sleep(seconds)
        if await api.is_ready(file):
            return True
    return False
