"""A button whose command does not exist, or that the asker may not use, is not made."""

from dataclasses import dataclass
from typing import Any

import pytest

from bot.wiring import Installation
from handlers import answer as answering
from handlers.answer import answer
from handlers.chat.access import Permission
from handlers.chat.asking import Ask, Reach, Room, RoomKind
from handlers.chat.command import Command, NoArgs, Request, Shown, as_written
from handlers.chat.reply import Audience, Choice, Choices, Paragraph, Reply
from handlers.chat.services import Services
from tests.answering.unfolded import unfolded_parts
from tests.rooms.gathering import Gathering, gathered, ref

TEXTS = ("/usage contoso", "/whoami", "/doctor", "/no-such-command", "")


@dataclass(frozen=True)
class Offering:
    """Choices of a made-up command."""

    by_reader: bool

    async def ask(self, _request: Request[NoArgs], _services: Services) -> Reply:
        items = tuple(Choice(text, text, by_reader=self.by_reader) for text in TEXTS)
        only = Choices("Only these:", (Choice("gone", "/no-such-command"),))
        shown = (Paragraph("Here."), Choices("Try:", items), only)
        return Reply(shown, Audience.ROOM, details=shown, follow_ups=items)


def _command(*, by_reader: bool) -> Command[Any, Any]:
    return Command(
        name="offers",
        args=NoArgs,
        needs=Permission.ASK,
        ask=Offering(by_reader).ask,
        tell=as_written,
        shown=Shown(rank=99),
        example="/offers",
    )


async def _offered(
    installation: Installation, who: str, reach: Reach = Reach.ASKER
) -> list[tuple[str, ...]]:
    """The buttons of the answer, of what lies behind it, and of what is asked next."""
    gathered(installation, Gathering(members=("ada", "cleo")))
    room = Room("a room", RoomKind.GROUP, installation.partner)
    ask = Ask("o1", ref(who), room, "/offers", "en", "UTC", reach=reach)
    found = await answer(ask, installation.backend)
    return [
        tuple(choice.label for choice in part.items)
        for part in unfolded_parts(found.reply.parts)
        if isinstance(part, Choices) and not part.prompt.startswith("Share")
    ]


@pytest.mark.parametrize("by_reader", [True, False])
@pytest.mark.parametrize(
    ("who", "shown"),
    [
        ("ada", ("/usage contoso", "/whoami", "/doctor")),
        ("cleo", ("/usage contoso", "/whoami")),
        ("ben", ("/whoami",)),
    ],
)
async def test_each_asker_gets_the_buttons_they_may_press(
    installation: Installation,
    monkeypatch: pytest.MonkeyPatch,
    who: str,
    shown: tuple[str, ...],
    *,
    by_reader: bool,
) -> None:
    commands = {**answering.BY_NAME, "offers": _command(by_reader=by_reader)}
    monkeypatch.setattr(answering, "BY_NAME", commands)
    assert await _offered(installation, who) == [shown] * 3


async def test_in_a_room_buttons_for_any_reader_stay(
    installation: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    commands = {**answering.BY_NAME, "offers": _command(by_reader=True)}
    monkeypatch.setattr(answering, "BY_NAME", commands)
    shown = ("/usage contoso", "/whoami", "/doctor")
    assert await _offered(installation, "ben", Reach.ALOUD) == [shown] * 3
