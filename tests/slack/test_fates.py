"""What becomes of a post by how Slack fails; and that there is never a second one."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from bot.scheduled_posts import PostOutcome, Receipt
from tests.seeds import seeds
from tests.slack.letters import ALONE, USAGE, Going, Office, letter, office
from tests.slack.standin import StandIn

POST = "chat.postMessage"
REASONS = {
    "is_archived": "room-archived",
    "channel_not_found": "room-gone",
    "not_in_channel": "not-in-room",
    "account_inactive": "uninstalled",
    "token_revoked": "uninstalled",
    "invalid_auth": "uninstalled",
    "team_access_not_granted": "uninstalled",
    "restricted_action": "blocked",
    "user_disabled": "blocked",
    "cannot_dm_bot": "blocked",
    "messages_tab_disabled": "blocked",
    "no_text": "post-refused",
    "an_error_of_tomorrow": "post-refused",
    "missing_scope": "post-refused",
}


@pytest_asyncio.fixture
async def there(standin: StandIn) -> AsyncIterator[Office]:
    standin.looks = 0
    async with office(standin) as opened:
        yield opened


@pytest.mark.parametrize(("error", "reason"), REASONS.items())
async def test_a_refusal_says_why_and_is_not_repeated(
    there: Office, standin: StandIn, error: str, reason: str
) -> None:
    standin.broken[POST] = error
    assert await there.posts(letter()) == [Receipt(PostOutcome.REFUSED, reason)]
    assert standin.calls[POST] == 1


@pytest.mark.parametrize(
    ("failing", "fate", "stand"),
    [
        ("500", PostOutcome.LOST, 0),
        ("internal_error", PostOutcome.LOST, 0),
        ("lost", PostOutcome.LOST, 1),
        ("503", PostOutcome.FAILED, 0),
    ],
)
async def test_a_server_that_fails_is_called_once(
    there: Office, standin: StandIn, failing: str, fate: PostOutcome, stand: int
) -> None:
    standin.failing[POST] = failing
    assert await there.posts(letter(said=USAGE)) == [Receipt(fate)]
    assert (standin.calls[POST], standin.marks["s1-1"]) == (1, stand)


@pytest.mark.parametrize("error", ["service_unavailable", "team_added_to_org"])
async def test_trouble_that_passes_failed(there: Office, standin: StandIn, error: str) -> None:
    standin.broken[POST] = error
    assert await there.posts(letter()) == [Receipt(PostOutcome.FAILED)]


@pytest.mark.parametrize("error", ["fatal_error", "request_timeout", "duplicate_message_not_found"])
async def test_what_slack_is_not_sure_of_is_looked_for(
    there: Office, standin: StandIn, error: str
) -> None:
    standin.broken[POST] = error
    assert await there.posts(letter()) == [Receipt(PostOutcome.LOST)]


async def test_turned_away_says_when_to_come_again_and_the_others_do_not_even_ask(
    there: Office, standin: StandIn
) -> None:
    standin.rested[POST], standin.retry_after = 1, 30
    go = Going()
    first, *others = await there.posts(*(letter(f"a-{n}") for n in range(5)), go=go)
    assert first == Receipt(PostOutcome.LATER, wait=30.0)
    assert {receipt.fate for receipt in others} == {PostOutcome.LATER}
    assert all(29 < receipt.wait <= 30 for receipt in others)
    assert (standin.calls[POST], go.asked) == (1, 1)


async def test_a_rest_that_is_over_is_over(there: Office, standin: StandIn) -> None:
    standin.rested[POST] = 1
    assert [receipt.fate for receipt in await there.posts(letter())] == [PostOutcome.LATER]
    assert [receipt.fate for receipt in await there.posts(letter())] == [PostOutcome.SENT]


async def test_nobody_there_to_answer_is_failed(standin: StandIn) -> None:
    async with office(standin) as there:
        assert standin.server is not None
        await standin.server.close()
        assert await there.posts(letter()) == [Receipt(PostOutcome.FAILED)]


@pytest.mark.parametrize(
    ("error", "receipt"),
    [
        ("user_disabled", Receipt(PostOutcome.REFUSED, "blocked")),
        ("account_inactive", Receipt(PostOutcome.REFUSED, "uninstalled")),
        ("internal_error", Receipt(PostOutcome.FAILED)),
    ],
)
async def test_a_conversation_that_cannot_be_opened_sends_nothing(
    there: Office, standin: StandIn, error: str, receipt: Receipt
) -> None:
    standin.broken["conversations.open"] = error
    go = Going()
    assert await there.posts(letter(to=ALONE), go=go) == [receipt]
    assert (go.asked, standin.calls[POST]) == (0, 0)


@pytest.mark.parametrize("seed", seeds(0))
async def test_however_often_slack_fails_one_post_is_at_most_one_message(
    there: Office, standin: StandIn, seed: int
) -> None:
    chances = standin.chances
    chances.broken, chances.busy, chances.lost, chances.seed = 0.2, 0.1, 0.2, seed
    chances.__post_init__()
    receipts = await there.posts(*(letter(f"a-{n}") for n in range(60)))
    stand = {f"a-{n}" for n, receipt in enumerate(receipts) if receipt.fate is PostOutcome.SENT}
    assert max(standin.marks.values()) == 1
    assert stand <= set(standin.marks)
    surely_not = {PostOutcome.LATER, PostOutcome.FAILED, PostOutcome.REFUSED}
    absent = {f"a-{n}" for n, receipt in enumerate(receipts) if receipt.fate in surely_not}
    assert not absent & set(standin.marks)
    assert {receipt.fate for receipt in receipts} == {
        PostOutcome.SENT,
        PostOutcome.LOST,
        PostOutcome.LATER,
    }
