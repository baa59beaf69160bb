"""Owners are looked up once a minute."""

import pytest

from bot.scheduler.owners import FRESH, Owners
from handlers.chat.asking import UserRef
from handlers.chat.services import Kind, Someone

ADA = UserRef("slack", "T1", "UADA")


class Platform:
    """Knows Ada, and counts how often it is asked."""

    def __init__(self) -> None:
        self.asked = 0
        self.kind = Kind.MEMBER
        self.down = False

    async def look_up(self, person: UserRef) -> Someone | None:
        self.asked += 1
        if self.down:
            raise TimeoutError
        return Someone(person, "Ada", self.kind) if person == ADA else None


@pytest.fixture
def platform() -> Platform:
    return Platform()


async def test_an_owner_of_many_digests_is_looked_up_once(platform: Platform) -> None:
    owners = Owners(platform, lambda: 0.0)
    assert [await owners.look_up(ADA) for _ in range(20)] == [Someone(ADA, "Ada", Kind.MEMBER)] * 20
    assert platform.asked == 1


async def test_who_is_gone_a_minute_later_is_gone(platform: Platform) -> None:
    now = 0.0
    owners = Owners(platform, lambda: now)
    await owners.look_up(ADA)
    platform.kind, now = Kind.GONE, FRESH
    assert await owners.look_up(ADA) == Someone(ADA, "Ada", Kind.GONE)


async def test_nobody_is_remembered_of_a_platform_that_is_down(platform: Platform) -> None:
    owners, platform.down = Owners(platform, lambda: 0.0), True
    with pytest.raises(TimeoutError):
        await owners.look_up(ADA)
    platform.down = False
    assert await owners.look_up(ADA) == Someone(ADA, "Ada", Kind.MEMBER)
