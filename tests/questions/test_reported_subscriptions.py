"""Subscriptions from the report of a month, where the API tells of none."""

from datetime import date
from pathlib import Path

import pytest

from analytics.questions.subscriptions import SubscriptionsResult, subscriptions_or_report
from analytics.questions.subscriptions.filters import SubscriptionEvent, SubscriptionFilter
from analytics.questions.subscriptions.reported import ReportedSubscriptions
from analytics.questions.subscriptions.states import SubscriptionState
from analytics.tables import SUBSCRIPTION_INSIGHTS, Batch, Cell, Row
from analytics.tables.insights_sales import INSIGHTS_SEATS
from analytics.values import Unknown, Why
from analytics.warehouse.building.build import build
from analytics.warehouse.facts import Facts
from handlers.chat.reply import Paragraph
from handlers.commands.subscriptions import tell
from handlers.messages.speaker import speaker
from tests.questions.subscribing import line, told
from tests.warehouse.rows import META, opened, tenant
from tests.warehouse.staged import row

OCTOBER = date(2026, 10, 1)


def reported(name: str, status: str = "active", **cells: Cell) -> Row:
    """A row of the report of October: ten seats until the end of 2027, unless told otherwise."""
    whose, _, number = name.partition("/")
    usual: dict[str, Cell] = {
        "month": OCTOBER,
        "tenant": tenant(whose),
        "customer": whose,
        "subscription": number,
        "status": status,
        "product_name": "Microsoft 365 E3",
        "available": 10,
        "auto_renew": True,
        "duplicate": False,
        "ends": date(2027, 12, 31),
    }
    return row(INSIGHTS_SEATS, **usual | cells)


ROWS = (
    reported("a/1"),
    reported("a/1", available=3, duplicate=True),
    reported("a/2", "ingraceperiod", ends=date(2026, 10, 30), auto_renew=False),
    reported("b/3", "disabled", ends=date(2026, 11, 30)),
    reported("b/4", "closed"),
    reported("b/5", "open"),
    reported("b/6", "active", month=date(2026, 9, 1)),
)


@pytest.fixture
def facts(tmp_path: Path) -> Facts:
    """An import of the report alone."""
    build(tmp_path, [Batch(INSIGHTS_SEATS, ROWS)], META)
    return opened(tmp_path)


def asked(facts: Facts, **words: object) -> ReportedSubscriptions:
    chosen = SubscriptionFilter(**words)  # type: ignore[arg-type]  # by the caller's words
    result = subscriptions_or_report(facts, None, None, chosen)
    assert isinstance(result, ReportedSubscriptions)
    return result


def test_the_newest_month_is_counted_without_what_another_location_tells(facts: Facts) -> None:
    result = asked(facts)
    assert (result.day, result.total) == (date(2026, 10, 31), 3)
    assert (result.active, result.suspended, result.ended, result.other) == (2, 1, 1, 1)
    assert (result.active_seats, result.suspended_seats) == (20, 10)
    assert (result.expiring, result.expired, result.not_renewing) == (1, 1, 1)
    assert [each.subscription for each in result.rows] == ["2", "3", "1"]
    assert [each.values for each in result.stamp.left_out] == [{"n": 1, "words": "“open”"}]


def test_words_that_the_report_cannot_answer_are_unknown(facts: Facts) -> None:
    held = asked(facts, state=SubscriptionState.SUSPENDED)
    assert (held.matches, [each.subscription for each in held.rows]) == (1, ["3"])
    new = asked(facts, event=SubscriptionEvent.NEW)
    assert (new.matches, new.rows) == (Unknown(Why.NOT_MEASURED, INSIGHTS_SEATS.name), ())


@pytest.mark.parametrize("locale", ["en", "fr"])
def test_it_is_said_that_the_report_is_by_month_and_why(facts: Facts, locale: str) -> None:
    say = speaker(locale)
    reply = tell(asked(facts), say)
    behind = "".join(part.text for part in reply.details if isinstance(part, Paragraph))
    assert say.day(date(2026, 10, 31)) in behind
    assert say("dataset-subscription_insights") in behind
    new = tell(asked(facts, event=SubscriptionEvent.NEW), say)
    assert new.headline == say("subscriptions-not-reported", words=say("subscription-word-new"))
    assert asked(facts).why == Unknown(Why.NEVER_CAME, SUBSCRIPTION_INSIGHTS.name)


def test_where_analytics_came_the_report_is_not_asked(tmp_path: Path) -> None:
    result = subscriptions_or_report(told(tmp_path, line("a/1")), None, None)
    assert isinstance(result, SubscriptionsResult)
