"""What lies behind an answer about subscriptions: states, products, terms, and remarks."""

from analytics.questions.subscriptions import SubscriptionsResult
from analytics.questions.subscriptions.rows import ProductSubscriptions
from analytics.questions.subscriptions.states import SubscriptionState
from analytics.values import Seats, Share
from handlers.chat.reply import Part, Table
from handlers.chat.services import Say
from handlers.commands.subscriptions.rows import state_word, terms_table
from handlers.output.remarks import count_lines, paragraphs
from handlers.output.tables import TableField, table

TOP = 5
"""Products shown."""

_StateCount = tuple[SubscriptionState, Seats, Seats]


def details(result: SubscriptionsResult, say: Say) -> tuple[Part, ...]:
    """Return the subscriptions' terms, the counts by state and product, and the remarks."""
    return (
        *terms_table(result, say),
        *_states(result, say),
        *_products(result, say),
        *paragraphs(_remarks(result, say)),
    )


def _states(result: SubscriptionsResult, say: Say) -> list[Table]:
    counts: list[_StateCount] = [
        (SubscriptionState.ACTIVE, result.active, result.active_seats),
        (SubscriptionState.SUSPENDED, result.suspended, result.suspended_seats),
    ]
    columns: list[TableField[_StateCount]] = [
        TableField("column-state", lambda each: state_word(each[0], say), numeric=False),
        TableField("column-subscriptions", lambda each: each[1]),
        TableField("column-seats", lambda each: each[2]),
    ]
    return table("table-states", counts, columns, say)


def _products(result: SubscriptionsResult, say: Say) -> list[Table]:
    columns: list[TableField[ProductSubscriptions]] = [
        TableField("column-product", lambda each: each.product, numeric=False),
        TableField("column-active", lambda each: each.active),
        TableField("column-suspended", lambda each: each.suspended),
        TableField("column-seats", lambda each: "–" if each.seats is None else each.seats),
    ]
    return table("table-subscription-products", result.products, columns, say, TOP)


def _remarks(result: SubscriptionsResult, say: Say) -> list[str]:
    """Say the other counts, each with the days it is of; then what is not counted."""
    counted = {
        "subscriptions-trials-ending": result.trials_ending,
        "subscriptions-not-renewing": result.not_renewing,
        "subscriptions-converted": result.converted,
        "subscriptions-renewed": result.renewed,
        "subscriptions-trial-seats": result.trial_seats,
        "subscriptions-addon-seats": result.addon_seats,
        "subscriptions-disputed": result.disputed,
        "subscriptions-not-analysed": result.not_analysed,
    }
    days = say("subscriptions-days", first=result.period.first, last=result.period.last)
    since = result.seen_since
    late = since and since > result.period.first
    known = [say("subscriptions-seen-since", day=since)] if late else []
    return [days, *known, *count_lines(counted, say), *_by_usage(result, say)]


def _by_usage(result: SubscriptionsResult, say: Say) -> list[str]:
    part = result.usage_share
    known = isinstance(part, Share) and part.value is not None and result.by_usage
    return [say("subscriptions-by-usage", n=result.by_usage, share=part)] if known else []
