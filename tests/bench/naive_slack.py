"""The naive bot in Slack, as stock bolt's own examples are written."""

import asyncio

from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.respond.async_respond import AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from tests.bench.naive_bot import NaiveBot


def naive_slack(bot: NaiveBot, token: str, secret: str, url: str) -> AsyncApp:
    """bolt with its defaults; the work is done in the listener, the pandas in a thread."""
    app = AsyncApp(
        token=token, signing_secret=secret, client=AsyncWebClient(token=token, base_url=url)
    )

    @app.command("/usage")
    async def usage(
        ack: AsyncAck, respond: AsyncRespond, client: AsyncWebClient, command: dict[str, str]
    ) -> None:
        await ack()
        name, _, _ = command["text"].partition(" last ")
        try:
            words, daily = await asyncio.to_thread(bot.words, name, 90)
        except IndexError:
            await respond("Nobody of that name.")
            return
        await respond(words)
        png = await asyncio.to_thread(bot.picture, words, daily)
        uploaded = await client.files_upload_v2(file=png, filename="chart.png")
        file = uploaded["files"][0]["id"]
        image = {"type": "image", "slack_file": {"id": file}, "alt_text": words}
        await respond(text=words, blocks=[image])

    return app
