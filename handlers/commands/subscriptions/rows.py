"""Subscriptions as rows of a table, and the words that they were narrowed by."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from analytics.questions.subscriptions import SubscriptionsResult
from analytics.questions.subscriptions.filters import SubscriptionEvent, SubscriptionFilter
from analytics.questions.subscriptions.reported import ReportedSubscription
from analytics.questions.subscriptions.rows import CYCLE_WORDS, TERM_WORDS, SubscriptionRow
from analytics.questions.subscriptions.states import SubscriptionState
from analytics.values import Seats
from handlers.chat.reply import Table
from handlers.chat.services import Say
from handlers.output.columns import CUSTOMER
from handlers.output.tables import TableField, table

_Field = TableField[SubscriptionRow]


def chosen_words(chosen: SubscriptionFilter, say: Say) -> str:
    """Say the words that narrow the list, in the reader's language."""
    return say.enumeration([say(f"subscription-word-{each}") for each in chosen.words])


def state_word(state: SubscriptionState, say: Say) -> str:
    """Say a state."""
    return say(f"subscription-word-{state.value}")


def subscription_table(result: SubscriptionsResult, say: Say) -> list[Table]:
    """Return the rows as a table: product, seats, state, end; of all with their customers."""
    columns: list[_Field] = [
        TableField("column-product", lambda each: _name(each, say), numeric=False),
        TableField("column-seats", lambda each: _seats(each, say)),
        TableField("column-state", lambda each: _state(each, say), numeric=False),
        _last_column(result, say),
    ]
    tables = table("table-subscriptions", result.rows, _with_customer(result, columns), say)
    return with_count(tables, result.rows, result.matches, say)


def _last_column(result: SubscriptionsResult, say: Say) -> _Field:
    """Return the day that the list is about: that of the order or the end that was, else the end
    to come.
    """
    if result.chosen.event is SubscriptionEvent.NEW:
        return TableField("column-ordered", lambda each: _day(each.created, say), numeric=False)
    if result.chosen.state is SubscriptionState.ENDED:
        return TableField("column-ended", lambda each: _day(each.ended_on, say), numeric=False)
    return TableField("column-ends", lambda each: _end(each, say), numeric=False)


def terms_table(result: SubscriptionsResult, say: Say) -> list[Table]:
    """Return the same rows with their terms: term and billing, renewal, day of purchase, and until
    when they can be cancelled.
    """
    columns: list[_Field] = [
        TableField("column-product", lambda each: _name(each, say), numeric=False),
        TableField("column-term", lambda each: _term(each, say), numeric=False),
        TableField("column-ordered", lambda each: _day(each.created, say), numeric=False),
        TableField("column-renews", lambda each: _renewal(each, say), numeric=False),
    ]
    if any(_window(each, result.day) for each in result.rows):
        columns.append(
            TableField(
                "column-cancellable",
                lambda each: _day(_window(each, result.day), say),
                numeric=False,
            )
        )
    tables = table("table-terms", result.rows, _with_customer(result, columns), say)
    return with_count(tables, result.rows, result.matches, say)


def _with_customer(result: SubscriptionsResult, columns: list[_Field]) -> list[_Field]:
    return columns if result.customer else [CUSTOMER, *columns]


def with_count(
    tables: list[Table],
    rows: Sequence[SubscriptionRow] | Sequence[ReportedSubscription],
    matches: Seats,
    say: Say,
) -> list[Table]:
    """Return the tables; where more fit than are listed, the caption says how many."""
    shown = sum(each.count for each in rows)
    if not isinstance(matches, int) or matches <= shown:
        return tables
    return [
        replace(each, caption=say("table-first-of", what=each.caption, shown=shown, rows=matches))
        for each in tables
    ]


def with_number(name: str, count: int, say: Say) -> str:
    """Return a name; of several subscriptions with their number."""
    return name if count == 1 else say("subscription-several", name=name, n=count)


def _name(each: SubscriptionRow, say: Say) -> str:
    named = {"product": each.product, "nickname": each.nickname}
    name = say("subscription-named", **named) if each.nickname else each.product
    return with_number(name, each.count, say)


def _seats(each: SubscriptionRow, say: Say) -> int | str:
    return say("subscription-by-usage") if each.quantity is None else each.quantity


def _state(each: SubscriptionRow, say: Say) -> str:
    state = state_word(each.state, say)
    return say("subscription-state-of-trial", state=state) if each.trial else state


def _end(each: SubscriptionRow, say: Say) -> str:
    """Say the last day; of a legacy one the day after it, as the source means it."""
    if each.ends is None:
        return "–"
    return say("subscription-ends-before", day=each.ends) if each.legacy else say.day(each.ends)


def _term(each: SubscriptionRow, say: Say) -> str:
    """Say term and billing, as far as they are known."""
    term, cycle = TERM_WORDS.get(each.term.lower()), CYCLE_WORDS.get(each.billing_cycle)
    said = [say(words) for words in (term, cycle) if words]
    return ", ".join(said) or "–"


def _renewal(each: SubscriptionRow, say: Say) -> str:
    if each.renews is None or each.by_usage:
        return "–"
    return say("subscription-renews" if each.renews else "subscription-renews-not")


def _window(each: SubscriptionRow, today: date) -> date | None:
    """Return until when it can be cancelled; None where that is over, or any day up to its end."""
    until = each.cancellable_until
    open_ = until is not None and until >= today and (each.ends is None or until < each.ends)
    return until if open_ else None


def _day(day: date | None, say: Say) -> str:
    return say.day(day) if day else "–"
