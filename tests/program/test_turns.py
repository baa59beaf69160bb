"""Whose turn it is: two at once for a person, eight for a workspace, and six waiting at most."""

import asyncio
import gc
from collections import Counter

import pytest

from bot.fair_limits import AT_ONCE, EACH, WAITING, FairLimits, TooMany
from handlers.chat.asking import UserRef


def _person(number: int, workspace: str = "T1") -> UserRef:
    return UserRef("slack", workspace, f"U{number}")


class Desk:
    """Where questions are worked on until they are told to end."""

    def __init__(self) -> None:
        self.turns = FairLimits()
        self.at_work: Counter[UserRef] = Counter()
        self.ended = asyncio.Event()

    async def work(self, person: UserRef) -> None:
        """One question, from its turn until the end."""
        async with self.turns.of(person):
            self.at_work[person] += 1
            await self.ended.wait()

    async def take(self, *people: UserRef) -> list[asyncio.Task[None]]:
        """A question from each; comes back when nothing moves any more."""
        tasks = [asyncio.create_task(self.work(person)) for person in people]
        for _ in range(20):
            await asyncio.sleep(0)
        return tasks

    async def end(self, *tasks: asyncio.Task[None]) -> None:
        """Everything ends, and was without a fault."""
        self.ended.set()
        await asyncio.gather(*tasks)


async def test_two_questions_of_a_person_are_worked_on_and_the_others_wait() -> None:
    desk = Desk()
    tasks = await desk.take(*[_person(1)] * WAITING)
    assert desk.at_work[_person(1)] == EACH == 2
    await desk.end(*tasks)
    assert desk.at_work[_person(1)] == WAITING == 6


async def test_a_waiting_question_begins_when_one_before_it_has_ended() -> None:
    turns, first_ended, order = FairLimits(), asyncio.Event(), []

    async def ask(name: str, until: asyncio.Event | None) -> None:
        async with turns.of(_person(1)):
            order.append(f"{name} begins")
            if until:
                await until.wait()
            order.append(f"{name} ends")

    never = asyncio.Event()
    plan = (("first", first_ended), ("second", never), ("third", None))
    tasks = [asyncio.create_task(ask(name, until)) for name, until in plan]
    await asyncio.sleep(0)
    first_ended.set()
    await tasks[2]
    assert order == ["first begins", "second begins", "first ends", "third begins", "third ends"]
    never.set()
    await asyncio.gather(*tasks)


async def test_the_seventh_is_turned_away_at_once_until_one_has_ended() -> None:
    desk = Desk()
    tasks = await desk.take(*[_person(1)] * 6)
    with pytest.raises(TooMany):
        await desk.work(_person(1))
    await desk.end(*tasks)
    await desk.work(_person(1))
    assert desk.at_work[_person(1)] == 7


async def test_one_persons_burst_delays_nobody_else_of_the_workspace() -> None:
    desk = Desk()
    tasks = await desk.take(*[_person(1)] * 6, *map(_person, (2, 3, 4)))
    assert [desk.at_work[_person(number)] for number in (1, 2, 3, 4)] == [2, 1, 1, 1]
    await desk.end(*tasks)


async def test_a_busy_workspace_delays_no_other() -> None:
    desk = Desk()
    crowd = [_person(number) for number in range(20)]
    strangers = [_person(number, "T2") for number in range(3)]
    namesake = UserRef("teams", "T1", "U1")
    tasks = await desk.take(*crowd, *strangers, namesake)
    assert sum(desk.at_work[person] for person in crowd) == AT_ONCE == 8
    assert [desk.at_work[person] for person in (*strangers, namesake)] == [1, 1, 1, 1]
    await desk.end(*tasks)


async def test_a_question_that_breaks_or_is_given_up_gives_its_turn_back() -> None:
    desk = Desk()
    tasks = await desk.take(*[_person(1)] * 6)
    tasks[0].cancel()  # at work
    tasks[5].cancel()  # waiting
    more = await desk.take(*[_person(1)] * 2)
    assert desk.at_work[_person(1)] == 3
    await desk.end(*tasks[1:5], *more)
    with pytest.raises(ZeroDivisionError):
        async with desk.turns.of(_person(1)):
            raise ZeroDivisionError
    again = await desk.take(*[_person(1)] * 6)
    await desk.end(*again)
    assert desk.at_work[_person(1)] == 13


def _left_behind() -> Counter[str]:
    gc.collect()
    things = gc.get_objects()
    crowd = [thing for thing in things if isinstance(thing, UserRef) and thing.tenant == "CROWD"]
    gates = [thing for thing in things if isinstance(thing, asyncio.Semaphore)]
    return Counter(people=len(crowd), gates=len(gates))


async def test_nothing_is_kept_of_people_who_ask_no_more() -> None:
    turns, before = FairLimits(), _left_behind()
    for number in range(500):
        async with turns.of(_person(number, "CROWD")):
            pass
    async with turns.of(_person(1, "CROWD")):
        during = _left_behind()
    assert during - before == Counter(people=1, gates=2)
    assert _left_behind() == before
