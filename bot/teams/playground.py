"""A connector for the Agents Playground."""

import asyncio

from bot.teams.connector import BotConnector
from bot.teams.ports import Conversation, Json

REST = 0.4
"""Seconds to wait before a message: the Playground takes a message that comes before it has drawn
the question, and never shows it.
"""


class UnhurriedConnector(BotConnector):
    """A connector that lets the Playground draw the question first."""

    async def send(self, where: Conversation, activity: Json, *, targeted: bool = False) -> str:
        """Send as BotConnector does, REST seconds later."""
        await asyncio.sleep(REST)
        return await super().send(where, activity, targeted=targeted)
