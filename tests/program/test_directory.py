"""A directory asks a platform once in five minutes, and remembers for an hour."""

import asyncio
from dataclasses import dataclass, field

import pytest

from bot.directory import AGAIN, FRESH, RECENT, AccountLookUp, Directory
from handlers.chat.accounts import Account, AccountKind, Recency
from handlers.chat.asking import UserRef

ADA = UserRef("slack", "T1", "UADA")
Record = dict[str, str]


@dataclass
class Asked:
    """A platform that counts how often it is asked."""

    record: Record | None = field(default_factory=lambda: {"name": "Ada", "kind": "member"})
    times: int = 0
    down: bool = False
    open: asyncio.Event = field(default_factory=asyncio.Event)
    now: float = 1000.0

    async def fetch(self, person: UserRef) -> Record | None:
        self.times += 1
        record = self.record
        await self.open.wait()
        if self.down:
            raise OSError
        return record

    def directory(self) -> Directory[Record]:
        kind = AccountLookUp(
            "slack", self.fetch, lambda r: r["name"], lambda r, _: AccountKind(r["kind"])
        )
        return Directory(kind, lambda: self.now)


@pytest.fixture
def asked() -> Asked:
    platform = Asked()
    platform.open.set()
    return platform


def ada(kind: AccountKind | None, said: Recency = Recency.NOW, name: str = "Ada") -> Account:
    return Account(ADA, name, kind, said)


async def test_a_thousand_questions_at_once_and_later_are_one_look_up(asked: Asked) -> None:
    directory = asked.directory()
    asked.open.clear()
    waiting = [asyncio.create_task(directory.account(ADA)) for _ in range(500)]
    await asyncio.sleep(0)
    asked.open.set()
    assert {*await asyncio.gather(*waiting)} == {ada(AccountKind.MEMBER)}
    asked.now += FRESH
    assert {await directory.account(ADA, sure=True) for _ in range(500)} == {
        ada(AccountKind.MEMBER)
    }
    assert asked.times == 1
    asked.now += 1
    await directory.account(ADA)
    assert asked.times == 2


async def test_what_changed_is_known_five_minutes_later(asked: Asked) -> None:
    directory = asked.directory()
    await directory.account(ADA)
    asked.record = {"name": "Ada", "kind": "guest"}
    assert await directory.account(ADA) == ada(AccountKind.MEMBER)
    asked.now += FRESH + 1
    assert await directory.account(ADA) == ada(AccountKind.GUEST)


async def test_an_answer_serves_an_hour_while_the_platform_is_away(asked: Asked) -> None:
    directory = asked.directory()
    await directory.account(ADA)
    asked.down = True
    asked.now += RECENT
    assert await directory.account(ADA, sure=True) == ada(AccountKind.MEMBER, Recency.LATELY)
    asked.now += 1
    assert await directory.account(ADA) == ada(None, Recency.NEVER)
    assert directory.display_name(ADA) == "Ada"


async def test_a_look_up_that_failed_is_made_again_after_a_minute(asked: Asked) -> None:
    directory, asked.down = asked.directory(), True
    for _ in range(5):
        assert await directory.account(ADA) == ada(None, Recency.NEVER, str(ADA))
    assert asked.times == 1
    asked.down = False
    asked.now += AGAIN
    assert await directory.account(ADA) == ada(AccountKind.MEMBER)


async def test_one_that_hangs_is_waited_for_briefly_where_an_older_answer_serves(
    asked: Asked,
) -> None:
    directory = asked.directory()
    await directory.account(ADA)
    asked.open.clear()
    asked.now += FRESH + 1
    began = asyncio.get_running_loop().time()
    assert await directory.account(ADA) == ada(AccountKind.MEMBER, Recency.LATELY)
    assert asyncio.get_running_loop().time() - began < 3
    asked.open.set()
    assert await directory.account(ADA) == ada(AccountKind.MEMBER)
    assert asked.times == 2


async def test_what_the_platform_tells_by_itself_outlives_a_look_up_that_began_before(
    asked: Asked,
) -> None:
    directory = asked.directory()
    asked.open.clear()
    directory.expect(ADA)
    await asyncio.sleep(0)
    directory.learn(ADA, {"name": "Ada", "kind": "gone"})
    asked.open.set()
    await asyncio.sleep(0.01)
    assert await directory.account(ADA) == ada(AccountKind.GONE)


async def test_after_a_change_nobody_explained_nothing_known_counts(asked: Asked) -> None:
    directory = asked.directory()
    await directory.account(ADA)
    directory.doubt(ADA)
    asked.down = True
    assert await directory.account(ADA) == ada(None, Recency.NEVER)
    asked.down = False
    asked.now += AGAIN
    assert await directory.account(ADA) == ada(AccountKind.MEMBER)


async def test_an_id_that_the_platform_does_not_know_is_nobodys(asked: Asked) -> None:
    directory, asked.record = asked.directory(), None
    assert await directory.account(ADA) == ada(AccountKind.UNKNOWN, name=str(ADA))
