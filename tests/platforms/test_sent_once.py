"""One call after the scheduler's word, in bounded time; whatever breaks, nothing is raised."""

import asyncio

from bot.scheduled_posts import PostOutcome, Receipt, send_if_allowed

SENT = Receipt(PostOutcome.SENT, message="M1")


class Office:
    """Sends at once, unless it takes its time or breaks."""

    def __init__(self, *, takes: float = 0.0, error: Exception | None = None) -> None:
        self.takes = takes
        self.error = error
        self.begun = 0

    async def __call__(self) -> Receipt:
        self.begun += 1
        await asyncio.sleep(self.takes)
        if self.error:
            raise self.error
        return SENT


async def yes() -> bool:
    return True


async def no() -> bool:
    return False


async def gone() -> bool:
    raise OSError("no store")


async def test_with_the_schedulers_word_it_is_sent_once() -> None:
    office = Office()
    assert (await send_if_allowed(office, yes, "slack"), office.begun) == (SENT, 1)


async def test_without_it_nothing_is_sent() -> None:
    office = Office()
    found = [(await send_if_allowed(office, go, "slack")).fate for go in (no, gone)]
    assert (found, office.begun) == ([PostOutcome.LEFT, PostOutcome.FAILED], 0)


async def test_of_what_takes_too_long_nobody_knows_whether_it_arrived() -> None:
    office = Office(takes=30)
    async with asyncio.timeout(5):
        receipt = await send_if_allowed(office, yes, "slack", seconds=0.05)
    assert (receipt.fate, office.begun) == (PostOutcome.LOST, 1)


async def test_nor_of_what_breaks_off_in_the_midst() -> None:
    receipt = await send_if_allowed(Office(error=RuntimeError("half way")), yes, "slack")
    assert receipt.fate is PostOutcome.LOST
