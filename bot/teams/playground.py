"""What the Agents Playground needs besides."""

import asyncio

from bot.teams.connector import BotConnector
from bot.teams.ports import Conversation, Json

REST = 0.4
"""Seconds before a message: the Playground takes one that comes before it has drawn the question,
and never shows it.
"""


class UnhurriedConnector(BotConnector):
    """A connector that lets the Playground draw first."""

    async def send(self, where: Conversation, activity: Json, *, targeted: bool = False) -> str:
        """As any connector, a moment later."""
        await asyncio.sleep(REST)
        return await super().send(where, activity, targeted=targeted)
