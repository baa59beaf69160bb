"""What is asked next by a button is answered, and about the same customer, days and topic."""

from dataclasses import replace

import pytest

from analytics.questions.usage import UsageResult
from bot.wiring import Installation
from handlers.answer import answer
from handlers.backend import Answer, Outcome
from handlers.chat.asking import Ask, View
from handlers.chat.reply import Choice, Details, Paragraph, Reply, every_choice
from handlers.messages.speaker import speaker
from tests.answering.asking import asked, shown
from tests.answering.unfolded import unfolded_text

SAY = speaker("en")

QUESTIONS = (
    *("/usage", "/usage contoso", "/usage contoso exchange", "/usage contoso e3 last month"),
    *(
        "/usage contoso m365 e3",
        "/usage contoso sales last quarter",
        "/usage contso 2026-01..2026-06",
    ),
    *("/usage tailspin toys", "/usage tailspin toys 2026-10", "/usage contoso 2023"),
    *("/activity", "/activity contoso", "/activity last month"),
    *("/activity failed", "/activity blue yonder 6 months", "/activity contoso license"),
    *("/subscriptions", "/subscriptions contoso", "/subscriptions new last 90 days"),
    *("/customers", "/customers con", "/customers page 2"),
    *("/subscriptions southridge suspended", "/subscriptions nod publishers"),
    *("/adoption", "/adoption teams", "/adoption last quarter", "/growth", "/growth last month"),
    *("/adoption teams worst last quarter", "/growth by insights"),
    *("/azure", "/azure woodgrove bank", "/azure last month", "/azure humongous unusual days"),
    *("/renewals", "/renewals contoso 90 days", "/renewals proseware next month"),
    *("/licenses", "/licenses contoso", "/licenses contoso e3 6 months", "/licenses reductions"),
    *(
        "/licenses power bi pro",
        "/activity contoso subscription dcf4fc86-4ede-56d9-878a-86c6091e40c3",
    ),
)
"""Answers with figures: a topic of a product, by its name or words of it, and of a workload; a
customer who left; a period without figures.
"""

TOPICS = (
    *("/usage contoso exchange", "/usage contoso e3", "/usage contoso m365 e3"),
    "/usage contoso Microsoft Copilot for Microsoft 365",
)
"""The last is a product that is called as a workload is by now."""


async def found(ask: Ask, installation: Installation) -> Answer:
    return await answer(ask, installation.backend)


def pressed(choice: Choice, by: str = "ada") -> Ask:
    """The question of a button, as its presser asks it."""
    return replace(asked(choice.text, by), view=choice.view, confirms=choice.confirms)


def button(reply: Reply, label: str) -> Choice:
    return next(choice for choice in every_choice(reply.parts) if choice.label == label)


@pytest.mark.parametrize("text", QUESTIONS)
async def test_each_button_of_an_answer_is_answered(installation: Installation, text: str) -> None:
    first = await found(asked(text), installation)
    choices = [*every_choice(first.reply.parts)]
    assert SAY("details") in {choice.label for choice in choices}
    refused = {
        choice.label: shown(its.reply)
        for choice in choices
        if choice.label != SAY("follow-digest")
        and (its := await found(pressed(choice), installation)).outcome is not Outcome.ANSWERED
    }
    assert refused == {}


@pytest.mark.parametrize("text", QUESTIONS)
async def test_an_answer_is_made_a_digest_by_its_button_with_an_hour(
    installation: Installation, text: str
) -> None:
    first = await found(asked(text), installation)
    digest = button(first.reply, SAY("follow-digest"))
    card = await found(asked(f"{digest.text} every Monday 9:00"), installation)
    assert card.outcome is Outcome.ANSWERED, shown(card.reply)


@pytest.mark.parametrize("text", TOPICS)
async def test_another_period_is_about_the_same_topic(
    installation: Installation, text: str
) -> None:
    first = await found(asked(text), installation)
    later = await found(pressed(button(first.reply, SAY("follow-months", n=6))), installation)
    for its in (first, later):
        assert isinstance(its.result, UsageResult)
    assert first.result.topic == later.result.topic  # type: ignore[attr-defined]


async def test_one_step_deeper_is_the_product_with_most_idle_seats(
    installation: Installation,
) -> None:
    first = await found(asked("/usage contoso"), installation)
    assert isinstance(first.result, UsageResult)
    assert first.result.latest
    worst = first.result.latest.by_idle[0]
    deeper = await found(pressed(button(first.reply, first.result.names[worst.id])), installation)
    assert isinstance(deeper.result, UsageResult)
    assert deeper.result.latest
    assert [each.id for each in deeper.result.latest.products] == [worst.id]


@pytest.mark.parametrize("text", QUESTIONS)
async def test_details_are_those_that_fold_under_the_answer(
    installation: Installation, text: str
) -> None:
    first = await found(asked(text), installation)
    (folded,) = [part for part in first.reply.parts if isinstance(part, Details)]
    behind = await found(pressed(folded.button), installation)
    assert behind.reply.parts == folded.parts


async def test_details_of_figures_that_are_not_kept_any_more_say_so(
    installation: Installation,
) -> None:
    first = await found(asked("/usage contoso"), installation)
    (folded,) = [part for part in first.reply.parts if isinstance(part, Details)]
    ask = pressed(folded.button)
    assert first.generation is not None
    same = await found(replace(ask, generation=first.generation), installation)
    gone = await found(replace(ask, generation=first.generation + 7), installation)
    assert same.reply.parts == folded.parts
    assert gone.reply.parts == (Paragraph(SAY("details-renewed")), *folded.parts)


async def test_the_next_page_is_of_the_same_figures_and_says_where_it_is_not(
    installation: Installation,
) -> None:
    first = await found(asked("/customers"), installation)
    turn = button(first.reply, SAY("follow-next"))
    assert turn.view is View.PAGE
    assert first.generation is not None
    same = await found(replace(pressed(turn), generation=first.generation), installation)
    gone = await found(replace(pressed(turn), generation=first.generation + 7), installation)
    note = Paragraph(SAY("details-renewed"))
    assert note not in same.reply.parts
    assert gone.reply.parts == (note, *same.reply.parts)
    back = button(same.reply, SAY("follow-before"))
    before = await found(pressed(back), installation)
    assert before.reply.parts[:3] == first.reply.parts[:3]


@pytest.mark.parametrize("view", [View.DETAILS, View.REPORT])
async def test_behind_an_answer_a_reader_without_the_right_is_refused_the_same(
    installation: Installation, view: View
) -> None:
    asks = [replace(asked("/usage contoso", "ben"), view=each) for each in (View.ANSWER, view)]
    said = [await found(each, installation) for each in asks]
    assert said[0].outcome is Outcome.REFUSED
    assert shown(said[0].reply) == shown(said[1].reply)


async def test_behind_an_answer_a_limited_reader_has_their_own_customers_alone(
    installation: Installation,
) -> None:
    whole = await found(replace(asked("/usage"), view=View.DETAILS), installation)
    limited = await found(replace(asked("/usage", "cleo"), view=View.DETAILS), installation)
    assert "Humongous Insurance" in unfolded_text(whole.reply)
    assert "Humongous Insurance" not in unfolded_text(limited.reply)
    assert "Contoso" in unfolded_text(limited.reply)
