"""A question as buttons and digests ask it again: its customer by id, its days fixed or moving."""

from datetime import date, timedelta
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.questions.topics import Topic
from analytics.values import Customer, Period, TenantId
from handlers.chat.customer_search import CustomerAndTopic
from handlers.chat.visible_data import VisibleData
from handlers.commands.customers import CustomersArgs
from handlers.commands.usage import UsageArgs
from handlers.input.arguments import ReadArgs, read_args, typed_args
from handlers.input.command_line import read_command
from handlers.input.pinned import PinnedQuestion, pinned_question, typed_question
from handlers.registry import BY_NAME

TODAY = date(2026, 11, 22)
CONTOSO = Customer(TenantId("0a1b2c3d-0000-4000-8000-123456789abc"), "Contoso 90 days Ltd")
USAGE, CUSTOMERS = BY_NAME["usage"], BY_NAME["customers"]


def about_contoso(topic: str, *period: str) -> PinnedQuestion:
    """The question about Contoso, asked by a former name."""
    asked = typed_args(UsageArgs, ("x", *topic.split(), *period), TODAY)
    read: ReadArgs[object] = ReadArgs(
        UsageArgs(CONTOSO, None, asked.period),
        CustomerAndTopic(CONTOSO, None, former="old name", said_topic=topic),
        asked.period_words,
        (),
        ("old", "name", *topic.split()),
    )
    return pinned_question(USAGE, ("old", "name", *topic.split(), *period), read)


def period_of(text: str, today: date = TODAY) -> Period | None:
    """The period that a question is read to have on a day."""
    line = read_command(text, BY_NAME)
    assert line is not None
    return typed_args(UsageArgs, line.words, today).period


async def no_customer(words: tuple[str, ...]) -> PinnedQuestion:
    read = await read_args(UsageArgs, words, TODAY, cast("VisibleData", Nameless()))
    return pinned_question(USAGE, words, cast("ReadArgs[object]", read))


class Nameless:
    """Customers of whom none is named."""

    async def names_whole(self, words: tuple[str, ...]) -> tuple[str, ...]:
        return words


def test_a_customer_is_named_by_id_for_the_program_and_by_name_for_people() -> None:
    found = about_contoso("exchange", "last", "month")
    assert found == PinnedQuestion(
        text=f"/usage {CONTOSO.id} exchange last month",
        title="/usage Contoso 90 days Ltd exchange last month",
        dated=f"/usage {CONTOSO.id} exchange 2026-10-01..2026-10-31",
    )


def test_without_a_period_all_forms_ask_for_the_newest_figures() -> None:
    found = about_contoso("")
    assert (found.text, found.dated) == (f"/usage {CONTOSO.id}", f"/usage {CONTOSO.id}")


async def test_without_a_customer_the_words_stay_as_typed_but_for_the_days() -> None:
    found = await no_customer(("last", "month"))
    assert (found.text, found.title) == ("/usage last month", "/usage last month")
    assert found.dated == "/usage 2026-10-01..2026-10-31"
    assert (await no_customer(())).dated == "/usage"


async def test_words_that_a_command_reads_itself_stay_as_they_are() -> None:
    words = ("wide world", "last", "month")
    read = await read_args(CustomersArgs, words, TODAY, cast("VisibleData", None))
    found = pinned_question(CUSTOMERS, words, cast("ReadArgs[object]", read))
    assert found.text == found.title == found.dated == '/customers "wide world" last month'


@pytest.mark.parametrize("words", [("a b", "c"), ("a", "b c "), ("/x", "y\u00a0z")])
def test_a_typed_question_is_read_as_the_same_words(words: tuple[str, ...]) -> None:
    line = read_command(typed_question(USAGE, words), BY_NAME)
    assert line is not None
    assert line.words == tuple(" ".join(word.split()) for word in words)


PERIODS = (
    "last month",
    "90 days",
    "6 months",
    "last quarter",
    "q3",
    "2026-02..2026-04",
    "october",
    "last year",
    "trimestre dernier",
    "2025",
)


@given(st.sampled_from(PERIODS), st.integers(0, 900))
def test_the_days_of_an_answer_stay_the_same_however_late_they_are_asked_for(
    period: str, later: int
) -> None:
    found = about_contoso("exchange", *period.split())
    assert period_of(found.dated, TODAY + timedelta(days=later)) == period_of(found.text)


def test_a_digests_period_moves_with_the_days() -> None:
    found = about_contoso("exchange", "last", "month")
    assert period_of(found.text, date(2027, 2, 3)) == Period(date(2027, 1, 1), date(2027, 1, 31))


def test_a_product_chosen_by_id_keeps_it_and_people_read_its_name() -> None:
    e3 = "6fd2c87f-b296-42f0-b197-1e91e994b900"
    topic = Topic("Office 365 E3", frozenset({e3}), None)
    read: ReadArgs[object] = ReadArgs(
        UsageArgs(CONTOSO, topic, None),
        CustomerAndTopic(CONTOSO, topic, said_topic=e3),
        ("last", "month"),
        (),
        (CONTOSO.id, e3),
    )
    found = pinned_question(USAGE, (CONTOSO.id, e3), read)
    assert found.text == f"/usage {CONTOSO.id} {e3} last month"
    assert found.title == "/usage Contoso 90 days Ltd Office 365 E3 last month"
