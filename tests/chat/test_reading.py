"""A command's arguments: a period from the end of the words, a name from what remains."""

from dataclasses import dataclass
from datetime import date
from typing import TypeVar, cast

import pytest

from analytics.values import Period
from handlers.chat.command import NoArgs
from handlers.chat.looks import Looks
from handlers.chat.refusals import UnreadablePeriod, UnreadWords
from handlers.chat.visible_data import VisibleData
from handlers.input.arguments import read_args

A = TypeVar("A")

TODAY = date(2026, 11, 22)
LAST_QUARTER = Period(date(2026, 7, 1), date(2026, 9, 30))


async def read(kind: type[A], words: tuple[str, ...], today: date = TODAY) -> A:
    """The arguments of a command that names no customer: no figures are needed to read them."""
    return (await read_args(kind, words, today, cast("VisibleData", None))).args


@dataclass(frozen=True)
class PeriodFirst:
    period: Period | None
    customer: str


@dataclass(frozen=True)
class NameFirst:
    customer: str
    period: Period | None


@dataclass(frozen=True)
class NameAlone:
    name: str


async def test_the_period_is_taken_from_the_end_and_the_name_is_what_remains() -> None:
    words = ("wide", "world", "last", "quarter")
    assert await read(NameFirst, words) == NameFirst("wide world", LAST_QUARTER)


async def test_the_order_of_the_fields_does_not_matter() -> None:
    words = ("contoso", "last", "quarter")
    assert await read(PeriodFirst, words) == PeriodFirst(LAST_QUARTER, "contoso")


@pytest.mark.parametrize(
    ("words", "customer"),
    [
        (("contoso", "last", "quarter", "exchange"), "contoso exchange"),
        (("contoso", "last", "quarter", "power", "bi"), "contoso power bi"),
        (("wide", "world", "2026-07..2026-09", "teams"), "wide world teams"),
    ],
)
async def test_a_period_may_stand_between_the_customer_and_a_product(
    words: tuple[str, ...], customer: str
) -> None:
    assert await read(NameFirst, words) == NameFirst(customer, LAST_QUARTER)


@pytest.mark.parametrize(
    "words", [("june", "flowers"), ("7", "days", "bakery"), ("contoso", "june", "exchange")]
)
async def test_a_word_amid_a_name_that_might_be_a_month_belongs_to_the_name(
    words: tuple[str, ...],
) -> None:
    assert await read(NameFirst, words) == NameFirst(" ".join(words), None)


async def test_without_a_period_every_word_is_the_name() -> None:
    assert await read(NameFirst, ("last", "coffee")) == NameFirst("last coffee", None)


async def test_no_words_leave_the_fields_empty() -> None:
    assert await read(NameFirst, ()) == NameFirst("", None)


async def test_a_period_alone_leaves_the_name_empty() -> None:
    assert await read(NameFirst, ("last", "quarter")) == NameFirst("", LAST_QUARTER)


async def test_a_command_that_takes_no_period_keeps_it_as_words() -> None:
    assert await read(NameAlone, ("last", "quarter")) == NameAlone("last quarter")


async def test_words_that_no_field_takes_are_refused_by_name() -> None:
    with pytest.raises(UnreadWords) as refused:
        await read(NoArgs, ("whatever", "2026"))
    assert refused.value.values == {"words": "whatever 2026"}


async def test_the_askers_day_decides_what_last_month_is() -> None:
    words = ("contoso", "last", "month")
    january = (await read(NameFirst, words, date(2026, 1, 1))).period
    assert january == Period(date(2025, 12, 1), date(2025, 12, 31))


@pytest.mark.parametrize(
    ("said", "why"),
    [("2026-06..2026-01", "period-reversed"), ("2027-02-30", "period-impossible")],
)
async def test_a_period_that_cannot_be_is_refused_with_its_reason(said: str, why: str) -> None:
    with pytest.raises(UnreadablePeriod) as refused:
        await read(NameFirst, ("contoso", said))
    assert refused.value.values == {"found": said, "why": why}


async def test_a_question_may_look_ahead() -> None:
    december = Period(date(2026, 12, 1), date(2026, 12, 31))
    ahead = await read_args(
        NameFirst, ("contoso", "december"), TODAY, cast("VisibleData", None), Looks.AHEAD
    )
    assert ahead.args == NameFirst("contoso", december)
    assert (await read(NameFirst, ("contoso", "december"))).period == Period(
        date(2025, 12, 1), date(2025, 12, 31)
    )
