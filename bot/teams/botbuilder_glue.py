"""The authentication objects that botbuilder gets: the gate has proven the sender already, and our
own sender signs the calls.
"""

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
    """A factory of connector clients that all turns share."""

    def __init__(self, clients: Clients) -> None:
        self._clients = clients

    async def create(self, service_url: str, audience: str | None = None) -> ConnectorClient:
        """Return the client at a service address."""
        return self._clients(service_url)


class OurAuthentication(BotFrameworkAuthentication):
    """An authentication that decides nothing: botbuilder's checks are not called, and would
    refuse.
    """

    def __init__(self, app_id: str, clients: Clients) -> None:
        self._app_id = app_id
        self._connectors = OurConnectors(clients)

    def result(self) -> AuthenticateRequestResult:
        """The authentication result of a proven request: Microsoft spoke to this app."""
        claims = {AuthenticationConstants.AUDIENCE_CLAIM: self._app_id}
        result = AuthenticateRequestResult()
        result.claims_identity = ClaimsIdentity(claims, True)  # noqa: FBT003 its own signature
        result.audience = AuthenticationConstants.TO_CHANNEL_FROM_BOT_OAUTH_SCOPE
        result.connector_factory = self._connectors
        return result

    def create_connector_factory(self, claims_identity: ClaimsIdentity) -> ConnectorFactory:
        """Return our factory, for any claims."""
        return self._connectors

    async def create_user_token_client(self, claims_identity: ClaimsIdentity) -> Any:
        """Return None: users do not sign in through this bot."""
        return None

    async def authenticate_request(self, activity: object, auth_header: str) -> NoReturn:
        """Refuse: the gate checks requests."""
        raise PermissionError

    async def authenticate_streaming_request(
        self, auth_header: str, channel_id_header: str
    ) -> NoReturn:
        """Refuse: the bot has no sockets."""
        raise PermissionError

    async def authenticate_channel_request(self, auth_header: str) -> NoReturn:
        """Refuse: the bot has no skills."""
        raise PermissionError

    def create_bot_framework_client(self) -> NoReturn:
        """Refuse: the bot has no skills."""
        raise PermissionError

    def get_originating_audience(self) -> Any:
        """Return Bot Connector's audience."""
        return AuthenticationConstants.TO_CHANNEL_FROM_BOT_OAUTH_SCOPE
