"""Words on Teams to those who did not ask."""

from handlers.chat.reply import Notice
from tests.teams.activities import own_chat
from tests.teams.reading_cards import card_of, texts
from tests.teams.recorder import Recorder
from tests.teams.test_people import REFUSED, ROOM, in_group, people, ref, reference


def notice(who: str) -> Notice:
    return Notice(ref(who), "notice-revoked", {"by": "Ada"})


async def test_a_notice_comes_in_ones_own_chat_and_language() -> None:
    recorder = Recorder()
    assert await people(recorder, reference(own_chat("ben"), "ben")).tell(notice("ben"))
    [shown] = recorder.messages.values()
    assert shown.room == own_chat("ben")
    assert "Ada" in texts(card_of(shown.activity))[0]
    assert "droit" in texts(card_of(shown.activity))[0]


async def test_a_notice_opens_a_chat_with_somebody_who_was_met() -> None:
    recorder = Recorder()
    found = in_group(recorder)
    assert await found.tell(notice("ben"), ROOM)
    [shown] = recorder.messages.values()
    assert shown.room == own_chat("ben")


async def test_a_notice_that_teams_does_not_take_is_known_to_have_failed() -> None:
    recorder = Recorder(fails=lambda name, _: REFUSED if name == "send" else None)
    assert not await people(recorder, reference(own_chat("ben"), "ben")).tell(notice("ben"))
    assert recorder.messages == {}
