"""A change that was saved is never called undone."""

from dataclasses import replace

from analytics.values import OWN
from bot.page.people import mentioned_people, person
from bot.wiring import Installation
from handlers.backend import JournalEntry
from handlers.chat.access import fingerprint
from handlers.chat.asking import Ask, Room, RoomKind
from handlers.chat.reply import Paragraph
from tests.answering.asking import replied
from tests.conftest import NOW

TEXT = "/grant-analytics @ben as viewer"


class Unwritable:
    """An audit that takes no question."""

    async def record(self, entry: JournalEntry) -> None:
        raise OSError(entry.command)


def granting(confirms: str) -> Ask:
    room = Room("ada", RoomKind.PRIVATE, OWN)
    ada, mentions = person("ada").ref, mentioned_people(TEXT)
    return Ask("4711", ada, room, TEXT, "en", "UTC", mentions=mentions, confirms=confirms)


async def test_a_grant_whose_question_cannot_be_audited_stands_and_is_said_to(
    installation: Installation,
) -> None:
    backend = replace(installation.backend, journal=Unwritable())
    reply = await replied(granting(fingerprint([], NOW)), backend)
    (said,) = reply.parts
    assert isinstance(said, Paragraph)
    assert said.text.startswith("The change was saved and is in the audit,")
    assert "4711" in said.text
    assert len(await installation.roles.grants(person("ben").ref, OWN)) == 1


async def test_a_card_that_cannot_be_audited_saved_nothing(installation: Installation) -> None:
    backend = replace(installation.backend, journal=Unwritable())
    (said,) = (await replied(granting(""), backend)).parts
    assert isinstance(said, Paragraph)
    assert "nothing was changed" in said.text
    assert await installation.roles.grants(person("ben").ref, OWN) == ()
