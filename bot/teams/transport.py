"""The HTTP transport of botbuilder's ConnectorClient: on our session, with our token, to service
addresses only, without redirects and without threads.
"""

from collections.abc import Mapping
from typing import Any

from aiohttp import ClientConnectorError, ClientError, ClientSession, ClientTimeout
from botframework.connector import AsyncBfPipeline, BotFrameworkConnectorConfiguration
from botframework.connector.aio import ConnectorClient
from msrest.pipeline import Request, Response, SansIOHTTPPolicy
from msrest.pipeline.async_abc import AsyncHTTPSender
from msrest.universal_http import ClientRequest
from msrest.universal_http.async_abc import AsyncClientResponse
from multidict import CIMultiDict
from yarl import URL

from bot.teams.auth.login import Login
from bot.teams.auth.openid_documents import Unavailable
from bot.teams.auth.service_urls import is_service_url
from bot.teams.ports import BAD_ADDRESS, NO_ANSWER, NO_TOKEN, NOBODY, ConnectorError

PATIENCE = 10.0
"""Seconds that one request may take."""

LARGEST = 4 * 1024 * 1024
"""Maximum bytes of an answer."""


class HttpAnswer(AsyncClientResponse):
    """An HTTP answer, read completely, in the form that msrest wants."""

    def __init__(
        self, request: ClientRequest, status: int, headers: Mapping[str, str], body: bytes
    ) -> None:
        super().__init__(request, None)
        self.status = self.status_code = status
        self.headers, self.reason = CIMultiDict(headers), ""
        self._body = body

    def body(self) -> bytes:
        """Return the whole body of the answer."""
        return self._body

    def text(self, encoding: str | None = None) -> str:
        """Return the body as text, UTF-8 unless `encoding` is given; bad bytes are replaced."""
        return self._body.decode(encoding or "utf-8-sig", errors="replace")

    def raise_for_status(self) -> None:
        """Raise ConnectorError for a status of 400 or more."""
        if self.status >= 400:
            raise ConnectorError(self.status)


class Sender(AsyncHTTPSender[ClientRequest, HttpAnswer]):
    """A sender of signed requests. Raises ConnectorError for an address that is none of Bot
    Connector's, without a token, where no answer came, and for an answer over LARGEST.
    """

    def __init__(self, login: Login | None, patience: float, *, local: bool) -> None:
        self._login = login
        self._timeout = ClientTimeout(total=patience)
        self._local = local
        self.session: ClientSession | None = None

    async def __aexit__(self, *_details: object) -> None:
        """Leave the session open: its opener closes it."""

    async def send(
        self, request: Request[ClientRequest], **_config: Any
    ) -> Response[ClientRequest, HttpAnswer]:
        """Send one request once; after 401 the token is not used again."""
        asked = request.http_request
        address = asked.url.partition("/v3/")[0]
        if self.session is None or not is_service_url(address, local=self._local):
            raise ConnectorError(0, BAD_ADDRESS)
        token = await self._token()
        headers = {**asked.headers, **({"Authorization": f"Bearer {token}"} if token else {})}
        answer = await self._send_request(self.session, asked, headers)
        if answer.status == 401 and self._login:
            self._login.forget(token)
        return Response(request, answer)

    async def ready(self) -> None:
        """Return when there is a token to sign with. Raises ConnectorError without one."""
        await self._token()

    async def _token(self) -> str:
        try:
            return await self._login.token() if self._login else ""
        except Unavailable:
            raise ConnectorError(0, NO_TOKEN) from None

    async def _send_request(
        self, session: ClientSession, asked: ClientRequest, headers: Mapping[str, str]
    ) -> HttpAnswer:
        url = URL(asked.url, encoded=True)
        data = asked.data.encode() if isinstance(asked.data, str) else asked.data
        options: Any = {"headers": headers, "data": data, "allow_redirects": False}
        try:
            async with session.request(
                asked.method, url, timeout=self._timeout, **options
            ) as answer:
                body = bytearray()
                while piece := await answer.content.readany():
                    body += piece
                    if len(body) > LARGEST:
                        raise ConnectorError(0, "TooLarge")
                return HttpAnswer(asked, answer.status, answer.headers, bytes(body))
        except ClientConnectorError as error:
            raise ConnectorError(0, NOBODY) from error
        except (ClientError, OSError, TimeoutError, ValueError) as error:
            raise ConnectorError(0, NO_ANSWER) from error


class SigningClient(ConnectorClient):
    """botbuilder's client at one service address, over a sender of ours."""

    def __init__(self, service_url: str, sender: Sender) -> None:
        # In place of credentials: the sender has them.
        nothing: SansIOHTTPPolicy[Any, Any] = SansIOHTTPPolicy()
        configuration = BotFrameworkConnectorConfiguration(nothing, service_url, sender=sender)
        configuration.custom_pipeline = AsyncBfPipeline(configuration)
        super().__init__(None, custom_configuration=configuration)

    async def call(self, request: ClientRequest) -> HttpAnswer:
        """Send one request through botbuilder's pipeline. Raises ConnectorError as Sender does."""
        answer: HttpAnswer = await self._client.async_send(request)
        return answer
