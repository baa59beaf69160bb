"""`/subscriptions`: what stands, what came and went, what ends soon; of one customer or of all."""

from dataclasses import dataclass

from analytics.charts.subscriptions import subscriptions_chart
from analytics.questions.subscriptions import SubscriptionsResult, subscriptions_or_report
from analytics.questions.subscriptions.filters import (
    SubscriptionEvent,
    SubscriptionFilter,
    SubscriptionTrait,
)
from analytics.questions.subscriptions.reported import ReportedSubscriptions
from analytics.questions.subscriptions.states import SubscriptionState
from analytics.values import Customer, Period, Share, Unknown
from handlers.chat.command import Request
from handlers.chat.reply import Audience, Choice, Figures, Paragraph, Part, Reply, Safe
from handlers.chat.services import Say, Services
from handlers.chat.visible_data import EVERYBODY
from handlers.commands.subscriptions.details import details
from handlers.commands.subscriptions.reported import report_of_month
from handlers.commands.subscriptions.rows import chosen_words, subscription_table
from handlers.output.pictures import picture
from handlers.output.remarks import paragraphs
from handlers.output.unknowns import figure, why

_DATED = (SubscriptionEvent.NEW, SubscriptionEvent.CONVERTED, SubscriptionEvent.RENEWED)
"""What is counted in a period."""


@dataclass(frozen=True, slots=True)
class SubscriptionsArgs:
    """A customer, or none for all; words that narrow the list; the 30 newest days without a
    period.
    """

    customer: Customer | None
    state: SubscriptionState | None
    event: SubscriptionEvent | None
    trait: SubscriptionTrait | None
    period: Period | None


async def ask(
    request: Request[SubscriptionsArgs], services: Services
) -> SubscriptionsResult | ReportedSubscriptions:
    """Find the subscriptions, their counts and their months."""
    args = request.args
    chosen = SubscriptionFilter(args.state, args.event, args.trait)
    if args.customer is None:
        return await services.data.over(
            EVERYBODY, subscriptions_or_report, None, args.period, chosen
        )
    return await services.data.of(args.customer, subscriptions_or_report, args.period, chosen)


def tell(result: SubscriptionsResult | ReportedSubscriptions, say: Say) -> Reply:
    """Say how many stand, what came and went, and the first of them; or why none is known."""
    if isinstance(result, ReportedSubscriptions):
        return report_of_month(result, _whose(result, say), say)
    if isinstance(result.total, Unknown):
        unknown = say(
            "subscriptions-unknown", whose=_whose(result, say), why=why(result.total, say)
        )
        return Reply((), Audience.ROOM, headline=unknown)
    chart = subscriptions_chart(result, say)
    narrowed = bool(result.chosen.words)
    parts: tuple[Part, ...] = (
        *paragraphs(_window(result, say)),
        *(() if narrowed else (_figures(result, say),)),
        *((picture(chart, say),) if chart and not narrowed else ()),
        *subscription_table(result, say),
    )
    return Reply(
        parts,
        Audience.ROOM,
        safe=_without_names(result, say),
        headline=_headline(result, result.total, say),
        details=details(result, say),
        follow_ups=_follow_ups(result, say),
    )


def _whose(result: SubscriptionsResult | ReportedSubscriptions, say: Say) -> str:
    if result.customer:
        return result.customer.name
    return say("subscriptions-your-customers" if result.everyone else "activity-seen-customers")


def _headline(result: SubscriptionsResult, total: int, say: Say) -> str:
    whose = _whose(result, say)
    if result.chosen.words:
        words = chosen_words(result.chosen, say)
        if result.matches:
            return say("subscriptions-filtered", n=result.matches, whose=whose, words=words)
        return say("subscriptions-filtered-none", whose=whose, words=words)
    if not total:
        return say("subscriptions-none", whose=whose)
    counts = {"active": result.active, "suspended": result.suspended}
    return say("subscriptions-standing", n=total, whose=whose, **counts)


def _window(result: SubscriptionsResult, say: Say) -> list[str]:
    """Say the days that a narrowed list is of; nothing where it is of what stands."""
    chosen = result.chosen
    became = chosen.state in (SubscriptionState.ENDED, SubscriptionState.SUSPENDED)
    if chosen.event in _DATED or (became and result.period_asked):
        return [say("subscriptions-window", first=result.period.first, last=result.period.last)]
    return []


def _figures(result: SubscriptionsResult, say: Say) -> Figures:
    """Return the counts of what came, what went, and what ends soon."""
    counted = {"n": result.period.days, "count": result.new_since_yesterday}
    days = say("figure-in-days", n=result.period.days)
    newest = say("figure-in-days-newest", **counted) if counted["count"] else days
    gone = say(
        "figure-ended-suspended", ended=result.ended_in_period, suspended=result.suspended_in_period
    )
    past = say("figure-past-end", count=result.expired) if result.expired else ""
    return Figures(
        (
            figure(say("figure-new"), result.new, newest, say),
            figure(say("figure-churn"), result.churn, gone if result.churn else days, say),
            figure(say("figure-expiring"), result.expiring, past, say),
        )
    )


def _follow_ups(result: SubscriptionsResult, say: Say) -> tuple[Choice, ...]:
    """Return a narrower or the whole list; then what else is known of the customer, or of all."""
    whose = f" {result.customer.id}" if result.customer else ""
    about = f"/subscriptions{whose}"
    found = []
    if result.chosen.words:
        found.append(Choice(say("follow-every-subscription"), about))
    elif result.suspended:
        label = say("follow-suspended", count=result.suspended)
        found.append(Choice(label, f"{about} suspended"))
    if result.expiring and not result.chosen.words:
        label = say("follow-expiring", count=result.expiring)
        found.append(Choice(label, f"{about} expiring"))
    if result.customer is None:
        return (*found, Choice(say("follow-customers"), "/customers"))
    return (
        *found,
        Choice(say("follow-usage"), f"/usage{whose}"),
        Choice(say("follow-activity"), f"/activity{whose}"),
    )


def _without_names(result: SubscriptionsResult, say: Say) -> Safe | None:
    """A share that names no customer; None where nothing stands."""
    if isinstance(result.active, Unknown) or isinstance(result.total, Unknown) or not result.total:
        return None
    part = Share(result.active, result.total)
    return Safe((Paragraph(say("safe-subscriptions", share=part)),))
