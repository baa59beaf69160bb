"""Messages nobody asked for just now: one call that people see, and what became of it."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

import pytest
import pytest_asyncio

from analytics.charts.model import ChartModel
from analytics.values import OWN
from bot.delivery import ConversationReference, Delivered
from bot.scheduled_posts import (
    IN_ALL,
    Address,
    FoundPost,
    Post,
    Poster,
    PostOutcome,
    Presence,
    Receipt,
)
from bot.teams.people import TeamsPeople
from bot.teams.posting import TeamsPoster
from handlers.chat.asking import Room, RoomKind, UserRef
from handlers.chat.reply import Paragraph, Reply
from tests.platforms.answering import usage
from tests.slack.letters import CountingPainter, Going
from tests.teams.reading_cards import card_of, texts
from tests.teams.signing import TENANT
from tests.teams.speaking import Bot
from tests.teams.standin import BOT, Cloud, member
from tests.teams.test_people import Kept

ROOM, TEAM, ELSEWHERE = "19:room@thread.v2", "19:team@thread.tacv2", "19:other@thread.tacv2"
OWN_CHAT = "a:ada"
ADA = UserRef("teams", TENANT, member("ada")["aadObjectId"])
THERE = Address(ADA, Room(ROOM, RoomKind.GROUP, OWN))
ALONE = Address(ADA, Room("", RoomKind.PRIVATE, OWN))
USAGE = Delivered(usage())
LINE = Delivered(Reply((Paragraph("The figures are as they were."),)))


def kept(cloud: Cloud, address: str, who: UserRef | None = None) -> ConversationReference:
    person = (who.id, "29:ada") if who else ("", "")
    way = ("teams", TENANT, address, address, cloud.service_url, BOT)
    return ConversationReference(*way, *person, "fr" if who else "en", "Licences", shared=False)


@dataclass
class Office:
    """A poster of the bot's, and what it drew."""

    cloud: Cloud
    poster: TeamsPoster
    known: Kept
    drawn: list[ChartModel] = field(default_factory=list)

    async def posts(
        self, said: Delivered = LINE, to: Address = THERE, go: Going | None = None
    ) -> Receipt:
        return await self.poster.post(Post(to, said, "s1-1"), go or Going())


def office(bot: Bot, *known: ConversationReference, in_all: float = IN_ALL) -> Office:
    painter, there = CountingPainter(), Kept(*known)
    connector = bot.adapter.connector
    poster = TeamsPoster(connector, TeamsPeople(connector, there), there, painter, in_all)
    return Office(bot.cloud, poster, there, painter.drawn)


@pytest_asyncio.fixture
async def there(bot: Bot, cloud: Cloud) -> AsyncIterator[Office]:
    yield office(bot, kept(cloud, ROOM), kept(cloud, OWN_CHAT, ADA))


async def test_a_message_is_one_card_with_its_picture_in_it(there: Office, cloud: Cloud) -> None:
    poster: Poster = there.poster  # and what the scheduler asks for, says the type checker
    assert await there.posts(USAGE) == Receipt(PostOutcome.SENT, message="message-0")
    [posted] = cloud.posted
    assert (posted.conversation, posted.targeted) == (ROOM, False)
    assert posted.activity["summary"].startswith("In November, 1,004")
    assert '"url": "data:image/png;base64' in str(posted.activity).replace("'", '"')
    assert poster


async def test_a_persons_own_comes_in_their_chat_with_the_bot(there: Office, cloud: Cloud) -> None:
    assert (await there.posts(to=ALONE)).fate is PostOutcome.SENT
    assert [posted.conversation for posted in cloud.posted] == [OWN_CHAT]


async def test_a_chat_is_opened_with_somebody_who_is_in_a_room_of_the_bots(
    bot: Bot, cloud: Cloud
) -> None:
    there = office(bot, kept(cloud, ROOM))
    cloud.people[ROOM] = [member("ada")]
    assert (await there.posts(to=ALONE)).fate is PostOutcome.SENT
    assert [posted.conversation for posted in cloud.posted] == ["a:29:ada"]


async def test_who_is_nowhere_is_not_written_to(bot: Bot, cloud: Cloud) -> None:
    cloud.people[ROOM] = []
    go = Going()
    for there in (office(bot, kept(cloud, ROOM)), office(bot)):
        found = await there.posts(to=ALONE, go=go)
        assert found == Receipt(PostOutcome.REFUSED, "uninstalled")
    assert (go.asked, cloud.posted) == (0, [])


@pytest.mark.parametrize("trouble", [None, (403, "BotNotInConversationRoster"), (500, "")])
async def test_a_room_that_is_gone_says_nothing_of_a_persons_own_chat(
    bot: Bot, cloud: Cloud, trouble: tuple[int, str] | None
) -> None:
    cloud.broken |= {"member": trouble} if trouble else {}
    found = await office(bot, kept(cloud, ROOM)).posts(to=ALONE)
    assert found == Receipt(PostOutcome.FAILED)


async def test_a_channel_that_nobody_wrote_in_is_reached_as_its_organisations_other_rooms(
    bot: Bot, cloud: Cloud
) -> None:
    there = office(bot, kept(cloud, TEAM))
    to = Address(ADA, Room(ELSEWHERE, RoomKind.GROUP, OWN))
    assert (await there.posts(to=to)).fate is PostOutcome.SENT
    assert [posted.conversation for posted in cloud.posted] == [ELSEWHERE]
    stranger = replace(to, person=replace(ADA, tenant="another"))
    assert (await there.posts(to=stranger)).reason == "uninstalled"


async def test_what_the_store_takes_back_is_not_sent(there: Office, cloud: Cloud) -> None:
    go = Going(says=False)
    assert await there.posts(USAGE, go=go) == Receipt(PostOutcome.LEFT)
    assert (cloud.calls["send"], go.asked) == (0, 1)


async def test_without_the_stores_word_nothing_is_sent(there: Office, cloud: Cloud) -> None:
    assert (await there.posts(go=Going(trouble=OSError("disk full")))).fate is PostOutcome.FAILED
    assert cloud.calls["send"] == 0


REFUSALS = [
    (403, "BotNotInConversationRoster", Receipt(PostOutcome.REFUSED, "not-in-room")),
    (403, "MessageWritesBlocked", Receipt(PostOutcome.REFUSED, "blocked")),
    (403, "ConversationBlockedByUser", Receipt(PostOutcome.REFUSED, "blocked")),
    (403, "BotDisabledByAdmin", Receipt(PostOutcome.REFUSED, "uninstalled")),
    (403, "OfTomorrow", Receipt(PostOutcome.REFUSED, "post-refused")),
    (404, "ConversationNotFound", Receipt(PostOutcome.REFUSED, "room-gone")),
    (405, "", Receipt(PostOutcome.REFUSED, "post-refused")),
    (401, "Unauthorized", Receipt(PostOutcome.FAILED)),
    (412, "PreconditionFailed", Receipt(PostOutcome.FAILED)),
    (503, "ServiceUnavailable", Receipt(PostOutcome.FAILED)),
    (408, "RequestTimeout", Receipt(PostOutcome.LOST)),
    (500, "ServiceError", Receipt(PostOutcome.LOST)),
    (502, "BadGateway", Receipt(PostOutcome.LOST)),
    (504, "GatewayTimeout", Receipt(PostOutcome.LOST)),
]


@pytest.mark.parametrize(("status", "code", "receipt"), REFUSALS)
async def test_each_refusal_has_its_meaning_and_is_not_repeated(
    there: Office, cloud: Cloud, status: int, code: str, receipt: Receipt
) -> None:
    cloud.broken["send"] = (status, code)
    assert await there.posts(USAGE) == receipt
    assert cloud.calls["send"] == 1


@pytest.mark.parametrize(("said", "wait"), [("7", 7.0), (None, 60.0), ("soon", 60.0)])
async def test_turned_away_says_when_to_come_again(
    there: Office, cloud: Cloud, said: str | None, wait: float
) -> None:
    cloud.rested["send"], cloud.retry_after = 1, said
    assert await there.posts() == Receipt(PostOutcome.LATER, wait=wait)
    assert cloud.calls["send"] == 1


async def test_a_lost_answer_is_lost_and_stands_once(there: Office, cloud: Cloud) -> None:
    cloud.lost["send"] = 1
    assert await there.posts() == Receipt(PostOutcome.LOST)
    assert (cloud.calls["send"], len(cloud.posted)) == (1, 1)


async def test_a_call_that_does_not_end_is_lost(bot: Bot, cloud: Cloud) -> None:
    there = office(bot, kept(cloud, ROOM), in_all=0.2)
    await there.posts()
    cloud.stuck.add("send")
    assert await there.posts() == Receipt(PostOutcome.LOST)
    cloud.open.set()


async def test_nobody_there_to_answer_is_failed(there: Office, cloud: Cloud) -> None:
    await there.posts()
    assert cloud.server is not None
    await cloud.server.close()
    assert (await there.posts()).fate is PostOutcome.FAILED


async def test_without_a_token_nothing_is_sent_and_the_store_not_asked(
    bot: Bot, cloud: Cloud
) -> None:
    cloud.broken["login"] = (500, "")
    cloud.lasts = 0
    there, go = office(bot, kept(cloud, ROOM)), Going()
    assert (await there.posts(go=go)).fate is PostOutcome.FAILED
    assert (go.asked, cloud.calls["send"]) == (0, 0)


async def test_an_address_that_is_none_of_teams_is_never_called(bot: Bot, cloud: Cloud) -> None:
    poisoned = replace(kept(cloud, ROOM), service_url="https://evil.example/")
    assert await office(bot, poisoned).posts() == Receipt(PostOutcome.REFUSED, "post-refused")
    assert cloud.calls["send"] == 0


@pytest.mark.parametrize("status", [400, 413])
async def test_what_teams_does_not_take_is_posted_in_a_plainer_form(
    there: Office, cloud: Cloud, status: int
) -> None:
    cloud.broken["send"], cloud.failing["send"] = (status, "MessageSizeTooBig"), 1
    assert (await there.posts(USAGE)).fate is PostOutcome.SENT
    assert "data:image/png" not in str(cloud.posted[0].activity)
    assert texts(card_of(cloud.posted[0].activity))
    cloud.failing["send"] = 2
    assert (await there.posts(USAGE)).fate is PostOutcome.SENT
    assert cloud.posted[1].activity["textFormat"] == "plain"
    cloud.failing["send"] = 3
    assert await there.posts(USAGE) == Receipt(PostOutcome.REFUSED, "post-refused")


async def test_a_line_has_two_forms(there: Office, cloud: Cloud) -> None:
    cloud.broken["send"] = (400, "BadSyntax")
    assert (await there.posts()).fate is PostOutcome.REFUSED
    assert cloud.calls["send"] == 2


@pytest.mark.parametrize(
    ("error", "receipt"),
    [
        ((403, "ConversationBlockedByUser"), Receipt(PostOutcome.REFUSED, "blocked")),
        ((500, "ServiceError"), Receipt(PostOutcome.FAILED)),
    ],
)
async def test_a_chat_that_cannot_be_opened_sends_nothing(
    bot: Bot, cloud: Cloud, error: tuple[int, str], receipt: Receipt
) -> None:
    cloud.people[ROOM] = [member("ada")]
    cloud.broken["open"] = error
    go = Going()
    found = await office(bot, kept(cloud, ROOM)).posts(to=ALONE, go=go)
    assert (found, go.asked, cloud.posted) == (receipt, 0, [])


async def test_the_turn_comes_before_the_store_is_asked(there: Office, cloud: Cloud) -> None:
    """Seven a second and conversation: the others have not been asked for yet."""
    go = Going()
    posting = [asyncio.create_task(there.posts(go=go)) for _ in range(10)]
    await cloud.said(ROOM, 7)
    assert go.asked == 7
    await asyncio.gather(*posting)
    assert (go.asked, len(cloud.posted)) == (10, 10)


async def test_however_often_teams_fails_one_post_is_at_most_one_message(
    there: Office, cloud: Cloud
) -> None:
    cloud.chances.broken, cloud.chances.busy, cloud.chances.lost = 0.2, 0.1, 0.2
    fates: list[PostOutcome] = []
    for number in range(20):
        before = len(cloud.posted)
        to = Address(ADA, Room(f"19:r{number}@thread.v2", RoomKind.GROUP, OWN))
        fates.append((await there.posts(to=to)).fate)
        assert len(cloud.posted) - before <= (fates[-1] in (PostOutcome.SENT, PostOutcome.LOST))
    assert cloud.calls["send"] == 20
    assert {PostOutcome.SENT, PostOutcome.LOST} <= set(fates)


async def test_nobody_can_see_what_stands_in_teams(there: Office) -> None:
    since = datetime(2026, 11, 23, 9, tzinfo=UTC)
    assert await there.poster.look(THERE, "s1-1", since) == FoundPost(Presence.BLIND)


async def test_a_posted_message_is_replaced_where_it_stands(there: Office, cloud: Cloud) -> None:
    receipt = await there.posts(USAGE)
    assert await there.poster.replace(THERE, receipt.message, LINE)
    [update] = cloud.updated
    assert (update.conversation, update.id) == (ROOM, receipt.message)
    assert "The figures are as they were." in texts(card_of(update.activity))
    cloud.broken["update"] = (404, "ActivityNotFound")
    assert not await there.poster.replace(THERE, receipt.message, LINE)
    nowhere = replace(THERE, person=replace(ADA, tenant="another"))
    assert not await there.poster.replace(nowhere, receipt.message, LINE)
