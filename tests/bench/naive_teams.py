"""An echo bot in Teams, as botbuilder's own examples are written."""

from aiohttp import web
from botbuilder.core import ActivityHandler, TurnContext
from botbuilder.integration.aiohttp import CloudAdapter, ConfigurationBotFrameworkAuthentication

from tests.teams.signing import APP, ISSUER, PASSWORD, TENANT


class Configuration:
    """What the examples call `DefaultConfig`, pointed at a stand-in; the rest is default."""

    APP_ID = APP
    APP_PASSWORD = PASSWORD
    APP_TYPE = "SingleTenant"
    APP_TENANTID = TENANT
    TO_CHANNEL_FROM_BOT_OAUTH_SCOPE = ISSUER
    TO_BOT_FROM_CHANNEL_TOKEN_ISSUER = ISSUER

    def __init__(self, openid_url: str, login: str) -> None:
        self.TO_BOT_FROM_CHANNEL_OPENID_METADATA_URL = openid_url
        self.TO_CHANNEL_FROM_BOT_LOGIN_URL = login


class Echo(ActivityHandler):
    """Says what was said."""

    async def on_message_activity(self, turn_context: TurnContext) -> None:
        await turn_context.send_activity(f"Echo: {turn_context.activity.text}")


def naive_teams(openid_url: str, login: str, path: str) -> web.Application:
    """Stock CloudAdapter around the echo bot."""
    configuration = Configuration(openid_url, login)
    adapter = CloudAdapter(ConfigurationBotFrameworkAuthentication(configuration))
    echo = Echo()

    async def messages(request: web.Request) -> web.Response:
        return await adapter.process(request, echo) or web.Response()

    app = web.Application()
    app.router.add_post(path, messages)
    return app
