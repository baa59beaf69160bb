"""Reminders day by day: nobody pays unwarned or is warned twice a morning, and nothing that was
decided is named again.
"""

from collections.abc import AsyncIterator
from datetime import date, timedelta
from pathlib import Path

import pytest
import pytest_asyncio

from handlers.chat.accounts import AccountKind
from handlers.chat.asking import UserRef
from tests.scheduler.reminding import CLEO, WATCHERS, Years, years
from tests.seeds import are_long, seeds
from tests.store.entries import ADA

FIRST = date(2027, 7, 1)
LONG = are_long()
DAYS, CUSTOMERS, SPREAD = (730, 300, 365) if LONG else (61, 40, 120)
DOWN, STALE = range(24, 27), range(40, 46)
"""Days on which the bot did not run, a Monday among them, and on which it could not sync."""
BACK = FIRST + timedelta(days=DOWN.stop)
"""Its reminders are those of the Monday."""
AUGUST = 8
"""The month in which nobody is there to decide."""
GONE = 600 if LONG else 52
"""The day on which Cleo leaves."""
WARNED_FROM = FIRST + timedelta(days=14)
"""Terms that end earlier cannot be named in time: the reminders are new."""


@pytest_asyncio.fixture(params=seeds(7, 1)[-1:])
async def passed(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Years]:
    """Two months, or two years: with terms decided in Slack and in Teams on the way."""
    async with years(tmp_path, FIRST, CUSTOMERS, SPREAD, request.param) as its:
        for at in range(DAYS):
            if at == GONE:
                its.stage.roster.kinds[CLEO] = AccountKind.GONE
            await its.pass_day(synced=at not in STALE and _syncs_on(its), up=at not in DOWN)
            if at % 3 == 2 and its.today.month != AUGUST:
                await _keep_one(its, WATCHERS[at % 2])
        yield its


async def _keep_one(its: Years, by: UserRef) -> None:
    """Decide one of the terms that this morning's last message named."""
    named = its.letters[-1].terms if its.letters and its.letters[-1].day == its.today else ()
    undecided = sorted({*named} - its.kept.keys())
    if undecided:
        await its.keep(undecided[0], by)


def _syncs_on(its: Years) -> bool:
    """Each day in the long tests; a working day's sync shows a weekend's renewals too."""
    return LONG or (its.today + timedelta(days=1)).weekday() < 5


@pytest.mark.timeout(3_600)
async def test_nobody_pays_unwarned_and_nobody_is_warned_twice_a_morning(passed: Years) -> None:
    its, gone = passed, FIRST + timedelta(days=GONE)
    assert len(its.ended) > 10
    assert len(its.kept) > 2
    mornings = [(letter.to, letter.day) for letter in its.letters]
    assert len(mornings) == len(set(mornings))
    assert {day.weekday() for _, day in mornings} <= set(range(5))
    assert [day for who, day in mornings if who == CLEO and day >= gone] == []
    assert any(
        each.could_not_look(term) for each in its.letters if each.to == ADA for term in each.unseen
    )
    for who, until in ((ADA, date.max), (CLEO, gone)):
        named = its.by_term(who)
        unwarned = [
            term
            for term, end in its.ended.items()
            if WARNED_FROM <= end < until and term not in its.kept
            if len(told := named[term]) < 2 and not any(each.could_not_look(term) for each in told)
        ]
        assert unwarned == []
        again = [
            term
            for term, letters in named.items()
            if sum(
                term in each.named and each.day.weekday() > 0 and each.day != BACK
                for each in letters
            )
            > 3
        ]
        assert again == []
    for term, at in its.kept.items():
        assert [each for each in its.letters if term in each.terms and each.day > at.date()] == []
