"""`/export` alone: what can be had as a file. With a question behind it, the question is asked, and
its answer comes as a file.
"""

from dataclasses import dataclass

from analytics.questions.file_tables import has_file_table
from handlers.chat.asking import View
from handlers.chat.command import Request
from handlers.chat.reply import Audience, Choice, Choices, Paragraph, Reply
from handlers.chat.services import Services
from handlers.input.export_order import EXPORT


@dataclass(frozen=True, slots=True)
class ExportArgs:
    """Words that name no question; none are left where one was asked for."""

    words: str


async def ask(request: Request[ExportArgs], services: Services) -> Reply:
    """Say how it is typed, and offer the questions that the asker may ask, to press."""
    say, commands = services.say, request.commands
    usage = f"/{say(f'{commands[EXPORT].words}-usage')}"
    offered = [
        Choice(each.name, each.example.split()[0], view=View.XLSX)
        for each in commands.values()
        if any(map(has_file_table, each.results)) and services.data.access.may(each.needs)
    ]
    return Reply((Paragraph(usage), Choices(say("export-which"), tuple(offered))), Audience.ROOM)
