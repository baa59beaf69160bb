"""Subscriptions from the report of a month, where Partner Center's API tells of none."""

from analytics.questions.subscriptions.reported import ReportedSubscription, ReportedSubscriptions
from analytics.values import Unknown
from handlers.chat.reply import Audience, Figures, Part, Reply
from handlers.chat.services import Say
from handlers.commands.subscriptions.rows import (
    chosen_words,
    state_word,
    with_count,
    with_number,
)
from handlers.output.columns import CUSTOMER
from handlers.output.remarks import count_lines, paragraphs
from handlers.output.tables import TableField, table
from handlers.output.unknowns import figure, why

_Field = TableField[ReportedSubscription]


def report_of_month(result: ReportedSubscriptions, whose: str, say: Say) -> Reply:
    """Say how many stand at the end of the month, what ends soon, and the first of them."""
    parts: list[Part] = [] if result.chosen.words else [_figures(result, say)]
    shown = table("table-subscriptions", result.rows, _columns(result, say), say)
    parts += with_count(shown, result.rows, result.matches, say)
    remarks = count_lines({"subscriptions-not-renewing": result.not_renewing}, say)
    instead = say("subscriptions-by-month", day=result.day, why=why(result.why, say))
    return Reply(
        tuple(parts),
        Audience.ROOM,
        headline=_headline(result, whose, say),
        details=paragraphs([instead, *remarks]),
    )


def _headline(result: ReportedSubscriptions, whose: str, say: Say) -> str:
    words = chosen_words(result.chosen, say)
    if isinstance(result.matches, Unknown):
        return say("subscriptions-not-reported", words=words)
    if words:
        sentence = "subscriptions-filtered" if result.matches else "subscriptions-filtered-none"
        counted = {"n": result.matches} if result.matches else {}
        return say(sentence, whose=whose, words=words, **counted)
    if not result.total:
        return say("subscriptions-none", whose=whose)
    counts = {"active": result.active, "suspended": result.suspended}
    return say("subscriptions-standing", n=result.total, whose=whose, **counts)


def _figures(result: ReportedSubscriptions, say: Say) -> Figures:
    past = say("figure-past-end", count=result.expired) if result.expired else ""
    return Figures(
        (
            figure(say("column-seats"), result.active_seats, say("subscription-word-active"), say),
            figure(say("figure-expiring"), result.expiring, past, say),
        )
    )


def _columns(result: ReportedSubscriptions, say: Say) -> list[_Field]:
    columns: list[_Field] = [
        TableField("column-product", lambda e: with_number(e.product, e.count, say), numeric=False),
        TableField("column-seats", lambda each: each.quantity),
        TableField("column-state", lambda each: state_word(each.state, say), numeric=False),
        TableField(
            "column-ends", lambda each: say.day(each.ends) if each.ends else "–", numeric=False
        ),
    ]
    if result.customer:
        return columns
    return [CUSTOMER, *columns]
