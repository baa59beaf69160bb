"""Decisions about terms in either database: one stands, each is audited, none outlives its term."""

import asyncio
import json
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine

from analytics.values import OWN, PartnerId
from bot.store.audit import Audit
from bot.store.decisions import DecisionStore
from bot.store.erasure import Erasure
from handlers.chat.decision_refusals import AlreadyDecided, DecisionGone
from handlers.chat.decisions import (
    Decision,
    DecisionKind,
    DecisionOrder,
    DecisionSubject,
    TermState,
)
from tests.store.behind import Behind, count
from tests.store.entries import ADA, BEN, LATER, NOW, SECRET
from tests.store.reporting import CONTOSO, FABRIKAM

TODAY = NOW.date()
END = date(2026, 12, 13)
TERM = DecisionSubject("renewal-term", CONTOSO, "5a11c2d0-0000-4000-8000-000000000001", END)
STATE = TermState("extension", END - timedelta(days=1))
KEEP = DecisionOrder(OWN, TERM, STATE, DecisionKind.KEEP, None, "Fabrikam pays for it", ADA, NOW)
SNOOZE = replace(KEEP, kind=DecisionKind.SNOOZE, until=date(2026, 12, 1))


@pytest.fixture
def decisions(engine: AsyncEngine, audit: Audit) -> DecisionStore:
    return DecisionStore(engine, audit)


@pytest.fixture
def erasure(engine: AsyncEngine) -> Erasure:
    return Erasure(engine, SECRET, OWN)


async def standing(decisions: DecisionStore, today: date = TODAY) -> list[tuple[int, str, str]]:
    return [
        (each.number, each.kind.value, each.by) for each in await decisions.standing(OWN, today)
    ]


async def history(decisions: DecisionStore) -> tuple[Decision, ...]:
    return await decisions.history(OWN, NOW, NOW + timedelta(days=1))


async def test_the_first_of_two_stands_and_the_other_is_told_which(
    decisions: DecisionStore, behind: Behind
) -> None:
    kept = await decisions.decide(KEEP)
    with pytest.raises(AlreadyDecided) as told:
        await decisions.decide(replace(SNOOZE, by=BEN, at=LATER))
    assert told.value.standing == kept
    assert await standing(decisions) == [(1, "keep", str(ADA))]
    assert count(behind, "decision") == 1


async def test_of_two_at_the_same_moment_one_stands(
    decisions: DecisionStore, another: AsyncEngine, behind: Behind
) -> None:
    rival = DecisionStore(another, Audit(another, SECRET))
    ends = await asyncio.gather(
        *(each.decide(replace(KEEP, by=who)) for each, who in ((decisions, ADA), (rival, BEN))),
        return_exceptions=True,
    )
    assert sorted(type(each).__name__ for each in ends) == ["AlreadyDecided", "Decision"]
    assert count(behind, "decision") == count(behind, "audit") == 1


async def test_changed_seats_reopen_nothing_and_a_new_case_day_or_term_does(
    decisions: DecisionStore,
) -> None:
    kept = await decisions.decide(KEEP)
    assert kept.stands(STATE, END)
    assert not kept.stands(replace(STATE, case="renews"), TODAY)
    assert not kept.stands(replace(STATE, act_by=END), TODAY)
    changed = await decisions.decide(replace(KEEP, state=replace(STATE, case="renews"), by=BEN))
    next_term = replace(TERM, term_end=END.replace(year=2027))
    await decisions.decide(replace(KEEP, about=next_term))
    assert await standing(decisions) == [(3, "keep", str(ADA)), (2, "keep", str(BEN))]
    assert (changed.number, changed.undone) == (2, None)


async def test_a_snoozed_one_comes_back_on_its_day_and_can_be_decided_then(
    decisions: DecisionStore,
) -> None:
    snoozed = await decisions.decide(SNOOZE)
    assert snoozed.stands(STATE, date(2026, 11, 30))
    assert not snoozed.stands(STATE, date(2026, 12, 1))
    on_its_day = NOW.replace(month=12, day=1)
    assert (await decisions.decide(replace(KEEP, at=on_its_day))).number == 2


async def test_what_is_undone_stands_no_more_and_both_stay_in_the_list(
    decisions: DecisionStore, audit: Audit, behind: Behind
) -> None:
    await decisions.decide(KEEP)
    await decisions.undo(OWN, 1, BEN, LATER)
    assert await standing(decisions) == []
    (listed,) = await history(decisions)
    assert (listed.kind, listed.undone and listed.undone.by) == (DecisionKind.KEEP, str(BEN))
    for number in (1, 2, 7, -1, 2**40):
        with pytest.raises(DecisionGone):
            await decisions.undo(OWN, number, BEN, LATER)
    await decisions.decide(replace(SNOOZE, at=LATER))
    with pytest.raises(DecisionGone):
        await decisions.undo(OWN, 1, BEN, LATER)
    entries = [
        json.loads(entry) for (entry,) in behind.rows("SELECT entry FROM audit ORDER BY seq")
    ]
    assert [(each["what"], each["number"], each["who"]) for each in entries] == [
        ("keep", 1, str(ADA)),
        ("undo", 1, str(BEN)),
        ("snooze", 3, str(ADA)),
    ]
    assert "Fabrikam" not in json.dumps(entries)
    assert await audit.broken_at(OWN) is None


async def test_what_cannot_be_audited_is_not_decided_and_not_undone(
    decisions: DecisionStore, behind: Behind
) -> None:
    await decisions.decide(KEEP)
    behind.do("ALTER TABLE audit RENAME TO audit_elsewhere")
    with pytest.raises(SQLAlchemyError):
        await decisions.undo(OWN, 1, ADA, LATER)
    with pytest.raises(SQLAlchemyError):
        await decisions.decide(replace(KEEP, about=replace(TERM, customer=FABRIKAM)))
    assert count(behind, "decision") == 1
    assert await standing(decisions) == [(1, "keep", str(ADA))]


async def test_each_partner_has_its_own(decisions: DecisionStore) -> None:
    await decisions.decide(replace(KEEP, partner=PartnerId("rival")))
    assert (await standing(decisions), await decisions.newest(OWN, TERM)) == ([], None)
    assert (await decisions.decide(KEEP)).number == 1


async def test_decisions_are_kept_400_days_beyond_their_term_and_no_number_comes_twice(
    decisions: DecisionStore,
) -> None:
    await decisions.decide(KEEP)
    assert await standing(decisions, END + timedelta(days=60)) == [(1, "keep", str(ADA))]
    assert await standing(decisions, END + timedelta(days=61)) == []
    later = replace(KEEP, about=replace(TERM, term_end=date(2028, 12, 13)))
    after = NOW + (END - TODAY) + timedelta(days=401)
    assert (await decisions.decide(replace(later, at=after))).number == 2
    assert await decisions.newest(OWN, TERM) is None


async def test_a_forgotten_customer_has_no_decision_and_is_in_no_reason(
    decisions: DecisionStore, erasure: Erasure
) -> None:
    await decisions.decide(KEEP)
    await decisions.decide(replace(KEEP, about=replace(TERM, customer=FABRIKAM)))
    assert await erasure.customer(FABRIKAM, ("Fabrikam",), 0, NOW) == 2
    assert [(each.number, each.why) for each in await history(decisions)] == [(1, "forgotten")]


async def test_a_forgotten_person_decided_nothing_and_what_they_decided_stands(
    decisions: DecisionStore, erasure: Erasure
) -> None:
    await decisions.decide(replace(KEEP, why="as Eve Adams asked"))
    assert await erasure.person("Eve Adams", None, 0, NOW) == 1
    assert await erasure.person(str(ADA), ADA, 0, NOW) == 1
    assert await standing(decisions) == [(1, "keep", "forgotten")]
    (listed,) = await history(decisions)
    assert listed.why == "forgotten"
