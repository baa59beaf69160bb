"""Whether a message is there: read off the channel's history, and said only where it was read."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest
import pytest_asyncio

from bot.scheduled_posts import Address, FoundPost, PostOutcome, Presence
from tests.slack.letters import ALONE, THERE, Office, letter, office
from tests.slack.speaking import room
from tests.slack.standin import StandIn

HISTORY = "conversations.history"
SINCE = datetime(2026, 11, 23, 9, tzinfo=UTC)


@pytest_asyncio.fixture
async def there(standin: StandIn) -> AsyncIterator[Office]:
    standin.clock = SINCE.timestamp
    async with office(standin) as opened:
        yield opened


def chatter(standin: StandIn, messages: int, seconds: float = 0) -> None:
    """Others write in the channel, so long after."""
    at = SINCE.timestamp() + seconds
    standin.posted += [
        {"channel": "C1", "text": "hm", "ts": f"{at:.3f}{n:03}"} for n in range(messages)
    ]


@pytest.mark.parametrize("to", [THERE, ALONE])
async def test_what_was_posted_is_seen_and_nothing_else_is(there: Office, to: Address) -> None:
    [receipt] = await there.posts(letter("a-1", to))
    assert await there.poster.look(to, "a-1", SINCE) == FoundPost(Presence.THERE, receipt.message)
    assert await there.poster.look(to, "a-2", SINCE) == FoundPost(Presence.ABSENT)


async def test_a_post_whose_answer_was_lost_is_found(there: Office, standin: StandIn) -> None:
    standin.failing["chat.postMessage"] = "lost"
    assert [receipt.fate for receipt in await there.posts(letter("a-1"))] == [PostOutcome.LOST]
    assert (await there.poster.look(THERE, "a-1", SINCE)).seen is Presence.THERE
    standin.failing["chat.postMessage"] = "500"
    assert [receipt.fate for receipt in await there.posts(letter("a-2"))] == [PostOutcome.LOST]
    assert (await there.poster.look(THERE, "a-2", SINCE)).seen is Presence.ABSENT


@pytest.mark.parametrize(
    ("seconds", "seen"),
    [(-61, Presence.ABSENT), (-59, Presence.THERE), (119, Presence.THERE), (121, Presence.ABSENT)],
)
async def test_it_is_looked_for_a_minute_before_until_two_after(
    there: Office, standin: StandIn, seconds: int, seen: Presence
) -> None:
    at = SINCE + timedelta(seconds=seconds)
    standin.clock = at.timestamp
    await there.posts(letter("a-1"))
    assert (await there.poster.look(THERE, "a-1", SINCE)).seen is seen


async def test_a_busy_channel_is_read_page_by_page(there: Office, standin: StandIn) -> None:
    await there.posts(letter("a-1"))
    chatter(standin, 40, seconds=1)
    assert (await there.poster.look(THERE, "a-1", SINCE)).seen is Presence.THERE
    assert standin.calls[HISTORY] == 3
    assert (await there.poster.look(THERE, "a-2", SINCE)).seen is Presence.ABSENT


async def test_a_window_that_is_too_long_to_read_is_not_called_empty(
    there: Office, standin: StandIn
) -> None:
    chatter(standin, 200)
    assert await there.poster.look(THERE, "a-1", SINCE) == FoundPost(Presence.BLIND)
    assert standin.calls[HISTORY] == 10


async def test_a_rest_is_told_and_the_next_look_goes_on_where_it_was(
    there: Office, standin: StandIn
) -> None:
    await there.posts(letter("a-1"))
    chatter(standin, 40, seconds=1)
    seen = []
    standin.retry_after = 60
    for _ in range(3):
        pages = standin.calls[HISTORY]
        standin.turns_away_after(HISTORY, pages + 1)
        seen.append(await there.poster.look(THERE, "a-1", SINCE))
    assert seen[0] == seen[1] == FoundPost(Presence.LATER, wait=60.0)
    assert seen[2].seen is Presence.THERE


@pytest.mark.parametrize("kind", ["public", "private", "own"])
async def test_without_its_scope_nobody_can_see(there: Office, standin: StandIn, kind: str) -> None:
    standin.channels["C1"] = room("UADA", is_private=kind == "private")
    to = ALONE if kind == "own" else THERE
    await there.posts(letter("a-1", to))
    scope = {"public": "channels", "private": "groups", "own": "im"}[kind]
    assert (await there.poster.look(to, "a-1", SINCE)).seen is Presence.THERE
    standin.granted.discard(f"{scope}:history")
    assert await there.poster.look(to, "a-1", SINCE) == FoundPost(Presence.BLIND)


@pytest.mark.parametrize("error", ["not_in_channel", "channel_not_found", "token_revoked"])
async def test_where_slack_refuses_to_show_it_nobody_can_see(
    there: Office, standin: StandIn, error: str
) -> None:
    standin.broken[HISTORY] = error
    assert await there.poster.look(THERE, "a-1", SINCE) == FoundPost(Presence.BLIND)


@pytest.mark.parametrize("failing", ["500", "503", "internal_error", "lost"])
async def test_where_slack_fails_it_is_looked_for_later(
    there: Office, standin: StandIn, failing: str
) -> None:
    standin.failing[HISTORY] = failing
    look = await there.poster.look(THERE, "a-1", SINCE)
    assert (look.seen, look.wait > 0) == (Presence.LATER, True)
    standin.failing.clear()
    assert (await there.poster.look(THERE, "a-1", SINCE)).seen is Presence.ABSENT


async def test_a_message_with_others_metadata_is_not_ours(there: Office, standin: StandIn) -> None:
    chatter(standin, 3)
    standin.posted[0]["metadata"] = {"event_type": "other", "event_payload": {"mark": "a-1"}}
    standin.posted[1]["metadata"] = {"event_type": "seatwise_run"}
    assert (await there.poster.look(THERE, "a-1", SINCE)).seen is Presence.ABSENT
