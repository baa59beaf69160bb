"""Rooms to play scenes in: who is in them, and the program itself as a stage."""

from dataclasses import dataclass

from bot.cli.terminal_text import reply_text
from bot.delivery import Delivered
from bot.wiring import Installation
from handlers.chat.asking import Reach, RoomKind
from handlers.chat.reply import Audience
from tests.rooms.conversations import Act, How, brief
from tests.rooms.gathering import Gathering, Talk, gathered
from tests.rooms.hours import Hours
from tests.scheduler.letterbox import Letterbox

NAMES = {"ada": "Ada", "ben": "Ben", "cleo": "Cleo"}


@dataclass(frozen=True)
class RoomWorld:
    """Who is in the room as a scene begins."""

    members: tuple[str, ...]
    kind: RoomKind = RoomKind.GROUP
    known: bool = True


ROOMS = {
    "Given Ada and Cleo read along.": RoomWorld(("ada", "cleo")),
    "Given Ada, Ben and Cleo read along.": RoomWorld(("ada", "ben", "cleo")),
    "Given Ada and Ben, and whoever of the organisation wishes.": RoomWorld(
        ("ada", "ben"), RoomKind.PUBLIC
    ),
    "Given people of another organisation read along.": RoomWorld(("ada",), RoomKind.SHARED),
    "Given nobody can see who reads along.": RoomWorld(("ada",), known=False),
}


def heading(audience: Audience, who: str) -> str:
    """Who reads a message, as a scene writes it."""
    name = NAMES[who]
    return {
        Audience.ROOM: "To the room:",
        Audience.ASKER: f"To {name} alone:",
        Audience.DIRECT: f"To {name}’s messages:",
    }[audience]


class Itself:
    """The program, before any platform places what it says."""

    def __init__(
        self, installation: Installation, room: RoomWorld, hours: Hours, letters: Letterbox
    ) -> None:
        self._hours, self._letters = hours, letters
        members = room.members if room.known else None
        self._gathering = Gathering(room.kind, members, "" if room.known else "room-unknown")
        self._talk: Talk = gathered(installation, self._gathering)
        self._last: dict[str, Delivered] = {}

    async def shown(self, act: Act) -> str:
        """The answer, and what whoever pressed is told of it."""
        if act.how is How.JOINS:
            self._gathering.members = (*(self._gathering.members or ()), act.who)
            return ""
        if act.how is How.IS:
            return await self._came(act)
        delivered = await self._done(act)
        self._last |= {choice.label: delivered for choice in delivered.buttons}
        said = f"{heading(delivered.reply.audience, act.who)}\n\n{reply_text(delivered.reply)}"
        done = f"\n\n{heading(Audience.ASKER, act.who)}\n\n{delivered.done}"
        return brief(said + done if delivered.done else said)

    async def _came(self, act: Act) -> str:
        """What is posted when the clock is set."""
        before = len(self._letters.letters)
        await self._hours.are(act.moment)
        shown = []
        for letter in self._letters.letters[before:]:
            private = letter.to.room.kind is RoomKind.PRIVATE
            audience = Audience.DIRECT if private else Audience.ROOM
            self._last |= {choice.label: letter.delivered for choice in letter.delivered.buttons}
            shown += [heading(audience, letter.to.person.id), reply_text(letter.delivered.reply)]
        return brief("\n\n".join(shown))

    async def _done(self, act: Act) -> Delivered:
        if act.how is How.PRESSES:
            return await self._talk.presses(act.who, self._last[act.what], act.what, lang=act.lang)
        reach = Reach.ALOUD if act.how is How.ALOUD else Reach.ASKER
        return await self._talk.asks(act.who, act.what, reach, act.lang)

    def expects(self, text: str) -> str:
        """As written."""
        return text
