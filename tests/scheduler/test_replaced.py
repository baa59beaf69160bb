"""A message that asks for a decision is replaced once, wherever it stands, when that was made."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine

from analytics.values import OWN, TenantId
from bot.store.decisions import DecisionStore
from bot.store.erasure import Erasure
from bot.store.shown_cards import shown_card
from handlers.backend import Outcome
from handlers.chat.decisions import DecisionKind, DecisionOrder, DecisionSubject, TermState
from handlers.chat.reply import Choice, Choices, Paragraph
from tests.scheduler.staging import BEN, Stage, answered
from tests.store.entries import SECRET

CONTOSO = TenantId("0112a436-b14e-4888-967b-ca4bb2cf1234")
TERM = DecisionSubject("renewal-term", CONTOSO, "s1", date(2099, 12, 13))
ASKS = Choices("", (Choice("Keep", f"/decide keep {TERM.key}", "renews:2099-12-13"),))
DECIDED = "Stays as it is, by Ben."


@pytest.fixture
def decisions(engine: AsyncEngine, stage: Stage) -> DecisionStore:
    return DecisionStore(engine, stage.audit)


@pytest.fixture
def keep(stage: Stage, decisions: DecisionStore) -> Callable[[], object]:
    state = TermState("renews", TERM.term_end)
    order = DecisionOrder(OWN, TERM, state, DecisionKind.KEEP, None, "", BEN, stage.now())
    return lambda: decisions.decide(order)


async def posted(stage: Stage) -> None:
    stage.answers.answer = answered(Paragraph("Contoso renews."), ASKS)
    await stage.due()
    assert (await stage.run()).state == "sent"
    stage.answers.answer = answered(Paragraph(DECIDED))


async def cards(stage: Stage) -> list[object]:
    async with stage.engine.connect() as connection:
        return [row.changed for row in await connection.execute(select(shown_card))]


async def test_a_message_is_replaced_once_when_its_decision_was_made_elsewhere(
    stage: Stage, keep: Callable[[], object], decisions: DecisionStore
) -> None:
    await posted(stage)
    await stage.job.catch_up()
    assert "Contoso renews." in stage.box.said[0]
    await keep()  # type: ignore[misc]  # a coroutine
    await stage.job.catch_up()
    assert (len(stage.box.letters), DECIDED in stage.box.said[0]) == (1, True)
    asked = len(stage.answers.asks)
    await stage.job.catch_up()
    assert (len(stage.answers.asks), await cards(stage)) == (asked, [None])
    stage.answers.answer = answered(Paragraph("Contoso renews."), ASKS)
    await decisions.undo(OWN, 1, BEN, stage.now())
    await stage.job.catch_up()
    assert "Contoso renews." in stage.box.said[0]


async def test_a_message_without_decisions_is_never_kept_nor_replaced(stage: Stage) -> None:
    await stage.due()
    await stage.run()
    assert await cards(stage) == []


async def test_what_its_owner_may_not_ask_any_more_stays_as_it_was(
    stage: Stage, keep: Callable[[], object]
) -> None:
    await posted(stage)
    stage.answers.answer = answered(outcome=Outcome.REFUSED, why="not-allowed")
    await keep()  # type: ignore[misc]  # a coroutine
    await stage.job.catch_up()
    assert "Contoso renews." in stage.box.said[0]
    assert await cards(stage) == [None]


async def test_a_forgotten_customer_is_in_no_message_to_replace(stage: Stage) -> None:
    await posted(stage)
    await Erasure(stage.engine, SECRET, OWN).customer(CONTOSO, (), 0, stage.now())
    assert await cards(stage) == []


async def test_after_eight_days_it_only_refuses(stage: Stage, keep: Callable[[], object]) -> None:
    await posted(stage)
    stage.ahead = timedelta(days=9)
    await keep()  # type: ignore[misc]  # a coroutine
    await stage.job.catch_up()
    assert "Contoso renews." in stage.box.said[0]
