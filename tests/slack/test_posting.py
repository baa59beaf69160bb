"""Messages nobody asked for just now: one call that people see, and what became of it."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
import pytest_asyncio

from bot.scheduled_posts import Poster, PostOutcome, Receipt
from bot.slack.api import SlackApi
from bot.slack.posting import SlackPoster
from handlers.chat.reply import Paragraph, Reply, Table
from tests.slack.letters import ALONE, USAGE, CountingPainter, Going, Office, letter, line, office
from tests.slack.standin import BOT, StandIn
from tests.slack.talking import kinds

POST = "chat.postMessage"


@pytest_asyncio.fixture
async def there(standin: StandIn) -> AsyncIterator[Office]:
    standin.looks = 0
    async with office(standin) as opened:
        yield opened


async def test_a_message_is_words_and_its_picture_together_in_the_replys_order(
    there: Office, standin: StandIn
) -> None:
    [receipt] = await there.posts(letter(said=USAGE))
    [message] = standin.posted
    assert receipt == Receipt(PostOutcome.SENT, message=message["ts"])
    assert kinds(message) == ["section", "section", "image", "section", "table", "context"]
    assert message["text"].startswith("In November, 1,004 of 1,250 seats")
    assert standin.calls[POST] == 1


async def test_a_poster_is_what_the_scheduler_asks_for(there: Office) -> None:
    poster: Poster = there.poster  # says the type checker
    assert poster


async def test_the_mark_is_in_the_metadata_and_the_same_client_id_each_time(
    there: Office, standin: StandIn
) -> None:
    await there.posts(letter("a-1"))
    await there.posts(letter("a-1"))
    await there.posts(letter("a-2"))
    one, again, other = standin.posted
    payload = {"event_type": "seatwise_run", "event_payload": {"mark": "a-1"}}
    assert one["metadata"] == again["metadata"] == payload
    assert one["client_msg_id"] == again["client_msg_id"] != other["client_msg_id"]


async def test_ones_own_conversation_is_opened_once_and_posted_to(
    there: Office, standin: StandIn
) -> None:
    await there.posts(letter("a-1", ALONE))
    await there.posts(letter("a-2", ALONE))
    assert [message["channel"] for message in standin.posted] == ["DUADA", "DUADA"]
    assert standin.calls["conversations.open"] == 1


async def test_commands_in_it_are_called_as_slack_knows_them(standin: StandIn) -> None:
    async with office(standin):
        api = SlackApi(BOT, standin.at("/api/"))
        async with api.open_session():
            poster = SlackPoster(api, CountingPainter(), "csp-")
            await poster.post(letter(said=line("/whoami says more")), Going())
    assert standin.posted[0]["text"] == "/csp-seatwise whoami says more"


async def test_what_the_store_takes_back_is_not_sent(there: Office, standin: StandIn) -> None:
    go = Going(says=False)
    assert await there.posts(letter(said=USAGE), go=go) == [Receipt(PostOutcome.LEFT)]
    assert (standin.calls[POST], go.asked) == (0, 1)


async def test_without_the_stores_word_nothing_is_sent(there: Office, standin: StandIn) -> None:
    go = Going(trouble=OSError("disk full"))
    assert await there.posts(letter(), go=go) == [Receipt(PostOutcome.FAILED)]
    assert standin.calls[POST] == 0


async def test_pictures_are_ready_before_the_store_is_asked(
    there: Office, standin: StandIn
) -> None:
    standin.uploads.clear()
    go = Going()
    posting_it = asyncio.create_task(there.posts(letter(said=USAGE), go=go))
    await standin.until(lambda: standin.calls["files.getUploadURLExternal"])
    assert go.asked == 0
    standin.uploads.set()
    assert [receipt.fate for receipt in await posting_it] == [PostOutcome.SENT]


async def test_twenty_letters_with_one_chart_draw_and_upload_it_once(
    there: Office, standin: StandIn
) -> None:
    receipts = await there.posts(*(letter(f"a-{n}", said=USAGE) for n in range(20)))
    later = await there.posts(letter("a-20", said=USAGE))
    assert {receipt.fate for receipt in receipts + later} == {PostOutcome.SENT}
    assert (len(there.drawn), len(standin.files)) == (1, 1)
    assert all("image" in kinds(message) for message in standin.posted)
    assert set(standin.marks.values()) == {1}


@pytest.mark.parametrize(
    "method", ["files.getUploadURLExternal", "upload", "files.completeUploadExternal", "files.info"]
)
async def test_where_a_picture_cannot_be_uploaded_the_words_go_without(
    there: Office, standin: StandIn, method: str
) -> None:
    standin.failing[method] = "internal_error"
    [receipt] = await there.posts(letter(said=USAGE))
    [message] = standin.posted
    assert receipt.fate is PostOutcome.SENT
    assert "image" not in kinds(message)


async def test_a_picture_is_waited_for_while_slack_looks_at_it(
    there: Office, standin: StandIn
) -> None:
    standin.looks = 2
    await there.posts(letter(said=USAGE))
    assert "image" in kinds(standin.posted[0])
    assert standin.calls["files.info"] == 2


async def test_where_a_picture_cannot_be_drawn_the_words_go_without(standin: StandIn) -> None:
    async with office(standin, drawing=False) as there:
        [receipt] = await there.posts(letter(said=USAGE))
    assert (receipt.fate, "image" in kinds(standin.posted[0])) == (PostOutcome.SENT, False)


@pytest.mark.parametrize(
    ("refused", "left"),
    [
        ({"table"}, ["section", "section", "image", "section", "rich_text", "context"]),
        ({"image"}, ["section", "section", "section", "rich_text", "context"]),
        ({"section"}, []),
    ],
)
async def test_what_slack_does_not_take_is_posted_in_a_plainer_form(
    there: Office, standin: StandIn, refused: set[str], left: list[str]
) -> None:
    standin.refused_kinds = frozenset(refused)
    [receipt] = await there.posts(letter(said=USAGE))
    [message] = standin.posted
    assert (receipt.fate, kinds(message)) == (PostOutcome.SENT, left)


async def test_a_picture_that_slack_took_back_is_uploaded_anew_for_the_next(
    there: Office, standin: StandIn
) -> None:
    await there.posts(letter("a-1", said=USAGE))
    for file in standin.files.values():
        file.done = False
    await there.posts(letter("a-2", said=USAGE))
    await there.posts(letter("a-3", said=USAGE))
    assert ["image" in kinds(message) for message in standin.posted] == [True, False, True]
    assert len(standin.files) == 2


async def test_what_slack_takes_in_no_form_is_refused(there: Office, standin: StandIn) -> None:
    standin.broken[POST] = "invalid_blocks"
    [receipt] = await there.posts(letter(said=USAGE))
    assert receipt == Receipt(PostOutcome.REFUSED, "post-refused")
    assert standin.calls[POST] == 4


async def test_a_long_answer_keeps_within_fifty_blocks(there: Office, standin: StandIn) -> None:
    table = next(part for part in USAGE.reply.parts if isinstance(part, Table))
    parts = (*USAGE.reply.parts, *([table, Paragraph("more")] * 30))
    [receipt] = await there.posts(letter(said=replace(USAGE, reply=Reply(parts))))
    assert receipt.fate is PostOutcome.SENT
    assert len(kinds(standin.posted[0])) == 50


async def test_a_call_that_does_not_end_is_lost(standin: StandIn) -> None:
    async with office(standin, in_all=0.2) as there:
        await there.posts(letter("a-0"))
        standin.open.clear()
        assert await there.posts(letter("a-1")) == [Receipt(PostOutcome.LOST)]
        standin.open.set()


async def test_a_posted_message_is_replaced_where_it_stands(
    there: Office, standin: StandIn
) -> None:
    [receipt] = await there.posts(letter(said=USAGE))
    now = letter(said=line("42 seats")).delivered
    assert await there.poster.replace(letter().to, receipt.message, now)
    [message] = standin.posted
    assert (kinds(message), message["text"]) == (["section"], "42 seats")
    standin.refused_kinds = frozenset({"section"})
    assert await there.poster.replace(letter().to, receipt.message, now)  # as text alone
    assert standin.calls[POST] == 1


@pytest.mark.parametrize("error", ["message_not_found", "edit_window_closed"])
async def test_what_slack_does_not_replace_stays(
    there: Office, standin: StandIn, error: str
) -> None:
    [receipt] = await there.posts(letter(said=USAGE))
    standin.broken["chat.update"] = error
    now = letter(said=line("42 seats")).delivered
    assert not await there.poster.replace(letter().to, receipt.message, now)
    assert standin.calls["chat.update"] == 1
