"""What botbuilder is told of who is there: the gate has proven it, and our sender signs."""

from collections.abc import Callable
from typing import Any, NoReturn

from botframework.connector.aio import ConnectorClient
from botframework.connector.auth import (
    AuthenticateRequestResult,
    AuthenticationConstants,
    BotFrameworkAuthentication,
    ClaimsIdentity,
    ConnectorFactory,
)

Clients = Callable[[str], ConnectorClient]


class OurConnectors(ConnectorFactory):
    """Clients that are shared by all turns."""

    def __init__(self, clients: Clients) -> None:
        self._clients = clients

    async def create(self, service_url: str, audience: str | None = None) -> ConnectorClient:
        """The client at a service address."""
        return self._clients(service_url)


class OurAuthentication(BotFrameworkAuthentication):
    """Never judges anything: botbuilder's own checks are not asked, and would refuse."""

    def __init__(self, app_id: str, clients: Clients) -> None:
        self._app_id = app_id
        self._connectors = OurConnectors(clients)

    def result(self) -> AuthenticateRequestResult:
        """What a proven request has: Microsoft spoke to this app."""
        claims = {AuthenticationConstants.AUDIENCE_CLAIM: self._app_id}
        result = AuthenticateRequestResult()
        result.claims_identity = ClaimsIdentity(claims, True)  # noqa: FBT003 its own signature
        result.audience = AuthenticationConstants.TO_CHANNEL_FROM_BOT_OAUTH_SCOPE
        result.connector_factory = self._connectors
        return result

    def create_connector_factory(self, claims_identity: ClaimsIdentity) -> ConnectorFactory:
        """Ours, whoever asks."""
        return self._connectors

    async def create_user_token_client(self, claims_identity: ClaimsIdentity) -> Any:
        """None: nobody signs in through this bot."""
        return None

    async def authenticate_request(self, activity: object, auth_header: str) -> NoReturn:
        """Refused: the gate does that."""
        raise PermissionError

    async def authenticate_streaming_request(
        self, auth_header: str, channel_id_header: str
    ) -> NoReturn:
        """Refused: there are no sockets."""
        raise PermissionError

    async def authenticate_channel_request(self, auth_header: str) -> NoReturn:
        """Refused: there are no skills."""
        raise PermissionError

    def create_bot_framework_client(self) -> NoReturn:
        """Refused: there are no skills."""
        raise PermissionError

    def get_originating_audience(self) -> Any:
        """Bot Connector's."""
        return AuthenticationConstants.TO_CHANNEL_FROM_BOT_OAUTH_SCOPE
