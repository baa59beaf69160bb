"""What the program itself answers, before any platform lays it out."""

from dataclasses import dataclass
from pathlib import Path

from analytics.values import OWN
from bot.cli.printing import printed
from bot.delivery import Delivered
from bot.page.people import Mailbox, mentioned, person
from bot.wiring import Installation
from handlers.chat.asking import Ask, Room, RoomKind, Via
from tests.answering.asking import audited, store_file
from tests.parity.cases import Case
from tests.transcripts.reading import Turn
from tests.transcripts.worlds import world


@dataclass(frozen=True)
class Reference:
    """The last answer as a transcript writes it, and what the whole case was made of."""

    answer: str
    parts: set[type]
    commands: set[str]
    why: set[str]


async def reference(case: Case, facts: Path, home: Path) -> Reference:
    """Asks what the case asks, of the delivery alone."""
    shown: dict[tuple[str, str], str] = {}
    parts: set[type] = set()
    async with world(case.given, facts, home) as installation:
        installation.delivery.messengers["page"] = Mailbox()
        for turn in case.turns():
            delivered = await _answer(installation, turn, shown)
            shown |= {(turn.who, c.label): button for c, button in delivered.buttons.items()}
            parts |= set(map(type, delivered.reply.parts))
        rows = audited(store_file(installation.settings))
    commands, why = ({str(row[name]) for row in rows} for name in ("command", "why"))
    return Reference(printed(delivered.reply), parts, commands, why)


async def _answer(
    installation: Installation, turn: Turn, shown: dict[tuple[str, str], str]
) -> Delivered:
    room = Room(turn.who, RoomKind.PRIVATE, OWN)
    text = "" if turn.pressed else turn.what
    who, via = person(turn.who).ref, Via.PRESSED if turn.pressed else Via.TYPED
    ask = Ask(turn.what, who, room, text, turn.lang, "UTC", via, mentioned(text))
    if turn.pressed:
        return await installation.delivery.press(shown[turn.who, turn.what], ask)
    return await installation.delivery.ask(ask)
