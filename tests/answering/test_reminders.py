"""`/renewals remind`: one switch a person; those of rooms are in tests/rooms/digests.md."""

from dataclasses import replace
from datetime import timedelta

import pytest

from analytics.questions.renewals.due import DueRenewals
from analytics.values import OWN
from bot.wiring import Installation
from handlers.answer import answer
from handlers.chat.asking import Reminded, Via
from handlers.chat.digests import MOST
from tests.answering.asking import asked, replied, shown
from tests.answering.digesting import PLAN, made
from tests.answering.test_groups import CONTOSO, scope
from tests.conftest import NOW

DUE = "/renewals due"


async def texts(installation: Installation) -> list[str]:
    return [each.plan.text for each in await installation.backend.digests.all(OWN)]


async def test_a_person_has_one_and_the_next_order_changes_it(installation: Installation) -> None:
    await scope(installation, CONTOSO)
    for order, text in (("me", DUE), ("group:north", "/renewals due group:#1"), ("me", DUE)):
        said = shown(await replied(asked(f"/renewals remind {order}"), installation.backend))
        assert said.startswith("Reminder: /renewals")
        assert await texts(installation) == [text]
    off = shown(await replied(asked("/renewals remind off"), installation.backend))
    assert off.startswith("Your reminder is off.")
    assert await texts(installation) == []


async def test_reminders_are_no_digests_that_count(installation: Installation) -> None:
    for at in range(MOST):
        await made(installation, plan=replace(PLAN, room_name=str(at)))
    await replied(asked("/renewals remind me", "cleo"), installation.backend)
    assert (await texts(installation))[MOST:] == [DUE]


@pytest.mark.parametrize("who", ["ada", "cleo"])
async def test_the_next_morning_names_only_what_came_near(
    installation: Installation, who: str
) -> None:
    """On a Monday all of 30 days; on Tuesday what was not named, and is within a week."""
    monday = NOW.replace(hour=8) + timedelta(days=1)
    first = await due(installation, who, Reminded(monday, {}, None))
    told = {line.identity.key: monday.date() for line in first.lines[:-1]}
    tuesday = monday + timedelta(days=1)
    then = await due(installation, who, Reminded(tuesday, told, monday.date()))
    near = tuesday + timedelta(days=8)
    assert [line.identity.key for line in then.lines if line.act_by > near] == []
    assert len(first.lines) > len(then.lines)


async def due(installation: Installation, who: str, reminded: Reminded) -> DueRenewals:
    ask = replace(asked(DUE, who), via=Via.SCHEDULED, reminded=reminded)
    result = (await answer(ask, installation.backend)).result
    assert isinstance(result, DueRenewals)
    return result


async def test_nothing_due_is_said_when_asked_by_hand(installation: Installation) -> None:
    late = replace(asked(DUE), reminded=Reminded(NOW + timedelta(days=4000), {}, None))
    reply = await replied(late, installation.backend)
    assert reply.nothing_due
    assert "Nothing is due for your customers" in shown(reply)
