"""What strangers may send, how long anybody is waited for, and what is written of it all."""

import asyncio
import gc
from datetime import datetime, timedelta
from typing import Any

import pytest

from bot.gate import AGE, KEPT, LARGEST, PATIENCE, Proven, RequestMark, server_options
from bot.metrics import Metrics
from bot.replay_set import STORE_PATIENCE, ReplaySetUnavailable, ReplaySetWithTimeout
from tests.answering.instruments import Log
from tests.constancy import constant
from tests.gate.serving import Served, serving
from tests.gate.signing import BODY, NOW, seconds, signature, signed
from tests.gate.talking import Said, sent

UNTIL = NOW + KEPT


class Late:
    """A replay set that ends, so or so, when everybody has gone."""

    def __init__(self, end: BaseException) -> None:
        self.goes_on = asyncio.Event()
        self._end = end

    async def first(self, platform: str, mark: str, now: datetime, until: datetime) -> bool:
        await self.goes_on.wait()
        raise self._end


class Saying:
    """One that answers at once."""

    def __init__(self, *, first: bool) -> None:
        self._first = first
        self.asked: list[tuple[str, str, datetime, datetime]] = []

    async def first(self, platform: str, mark: str, now: datetime, until: datetime) -> bool:
        self.asked.append((platform, mark, now, until))
        return self._first


def test_strangers_may_send_a_megabyte_and_are_waited_for_ten_seconds() -> None:
    assert (LARGEST, PATIENCE) == (1_048_576, 10)


def test_slack_hears_of_us_before_its_three_seconds_are_over() -> None:
    assert STORE_PATIENCE == 2


def test_a_request_is_remembered_from_its_first_valid_moment_to_its_last() -> None:
    assert (timedelta(minutes=5), timedelta(minutes=10)) == (AGE, KEPT)


async def test_a_request_is_remembered_by_its_signature_as_long_as_it_can_come_again() -> None:
    seen = Saying(first=True)
    async with serving(Served(seen)) as served:
        assert await sent(served.port, bytes(signed())) == Said(200, b"", {})
    over = NOW + timedelta(minutes=10)
    assert seen.asked == [("slack", signature(BODY, seconds()), NOW, over)]


@pytest.mark.parametrize("first", [True, False])
async def test_what_a_replay_set_says_in_time_is_what_counts(*, first: bool) -> None:
    assert await ReplaySetWithTimeout(Saying(first=first)).first("slack", "m", NOW, UNTIL) is first


async def test_a_replay_set_that_comes_too_late_is_heard_no_more(logged: Log) -> None:
    heard: list[dict[str, Any]] = []
    asyncio.get_running_loop().set_exception_handler(lambda _, context: heard.append(context))
    late = [Late(ValueError("secret")), Late(asyncio.CancelledError())]
    asked = (ReplaySetWithTimeout(each).first("slack", "m", NOW, UNTIL) for each in late)
    found = await asyncio.gather(*asked, return_exceptions=True)
    assert [type(each) for each in found] == [ReplaySetUnavailable] * 2
    assert [(line["event"], line["platform"]) for line in logged()] == [
        ("replay set does not answer", "slack")
    ] * 2
    for each in late:
        each.goes_on.set()
    await asyncio.sleep(0.01)
    gc.collect()
    assert heard == []


class Broken:
    """One whose store cannot be reached."""

    async def first(self, platform: str, mark: str, now: datetime, until: datetime) -> bool:
        raise OSError("secret")


async def test_a_request_that_cannot_be_told_from_its_copy_has_no_effect(logged: Log) -> None:
    async with serving(Served(Broken())) as served:
        assert await sent(served.port, bytes(signed())) == Said(200, b"", {})
    assert (served.effects, served.unchecked, served.refused()) == ([], [BODY], {"store": 1})
    assert [(line["event"], line["error"]) for line in logged()] == [
        ("replay set does not answer", "OSError")
    ]


async def test_the_same_request_again_is_admitted_and_is_not_the_first() -> None:
    async with serving(Served(Saying(first=False))) as served:
        assert await sent(served.port, bytes(signed())) == Said(200, b"", {})
    assert (served.effects, served.refused()) == ([], {"replayed": 1})


def test_a_server_tells_of_its_own_trouble_and_of_nothing_less(logged: Log) -> None:
    logger = server_options(Metrics())["logger"]
    logger.info("secret")
    logger.warning("secret")
    assert logged() == []
    logger.error("secret")
    logger.critical("secret")
    assert [(line["event"], line["error"]) for line in logged()] == [
        ("server trouble", "RuntimeError")
    ] * 2


async def _first() -> bool:
    return True


@pytest.mark.parametrize("value", [RequestMark("m", UNTIL), Proven(b"", None, _first)])
def test_what_was_proven_is_not_changed_afterwards(value: object) -> None:
    assert constant(value)
