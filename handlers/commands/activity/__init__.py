"""`/activity`: what was done in the partner's account, for one customer or for all."""

from collections.abc import Iterator
from dataclasses import dataclass

from analytics.charts.activity import activity_chart
from analytics.questions.activity import ActivityResult, activity
from analytics.questions.activity.operations import (
    ActivityFilter,
    ActivityKind,
    ActivityOutcome,
)
from analytics.values import Customer, Period, Unknown
from handlers.chat.command import Request
from handlers.chat.person_refusals import PersonSearchOff, PersonsHidden
from handlers.chat.reply import Audience, Choice, Figures, Part, Reply
from handlers.chat.services import Say, Services
from handlers.chat.visible_data import EVERYBODY
from handlers.commands.activity.details import details
from handlers.commands.activity.limits import limits
from handlers.commands.activity.lines import chosen_words, newest_table
from handlers.input.choice_words import typed_word
from handlers.input.languages import MIXED
from handlers.input.person_words import TypedPerson
from handlers.input.subscription_words import COMMAND, TypedSubscription
from handlers.output.follow_ups import another_period
from handlers.output.pictures import picture
from handlers.output.remarks import paragraphs
from handlers.output.unknowns import figure, why


@dataclass(frozen=True, slots=True)
class ActivityArgs:
    """A customer, or none for all; words that narrow the log; the 30 newest days without a
    period.
    """

    customer: Customer | None
    kind: ActivityKind | None
    outcome: ActivityOutcome | None
    person: TypedPerson | None
    subscription: TypedSubscription | None
    period: Period | None


async def ask(request: Request[ActivityArgs], services: Services) -> ActivityResult:
    """Find the newest records of the activity log, and the counts of all in the period. Raises
    PersonsHidden and PersonSearchOff for a search by person.
    """
    args = request.args
    only = args.subscription.id if args.subscription else ""
    chosen = ActivityFilter(args.kind, args.outcome, _person(args.person, services), only)
    if args.customer is None:
        return await services.data.over(EVERYBODY, activity, None, args.period, chosen)
    return await services.data.of(args.customer, activity, args.period, chosen)


def _person(typed: TypedPerson | None, services: Services) -> str:
    """Return the sign-in name to search for; empty for none."""
    if typed is None:
        return ""
    if not services.data.access.sight.persons:
        raise PersonsHidden
    if not services.health.searches_persons:
        raise PersonSearchOff
    return typed.name


def tell(result: ActivityResult, say: Say) -> Reply:
    """Say the count, or why it is not known; then the newest operations as a table."""
    chart = activity_chart(result, say)
    parts: tuple[Part, ...] = (
        *_figures(result, say),
        *((picture(chart, say),) if chart else ()),
        *newest_table(result, say),
        *paragraphs(limits(result, say)),
    )
    return Reply(
        parts,
        Audience.ROOM,
        headline=" ".join((_headline(result, say), *_narrowing(result, say))),
        details=details(result, say),
        follow_ups=tuple(_follow_ups(result, say)),
    )


def _headline(result: ActivityResult, say: Say) -> str:
    days = {"first": result.period.first, "last": result.period.last}
    if isinstance(result.total, Unknown):
        return say("activity-unknown", why=why(result.total, say), **days)
    counted = {"n": result.total, **days} if result.total else days
    if result.customer is None and result.everyone:
        return say("activity-all" if result.total else "activity-none", **counted)
    whose = result.customer.name if result.customer else say("activity-seen-customers")
    return say("activity-of" if result.total else "activity-none-of", customer=whose, **counted)


def _narrowing(result: ActivityResult, say: Say) -> list[str]:
    """Say the words that narrow the count, if any."""
    if not result.chosen.narrows or isinstance(result.total, Unknown):
        return []
    return [say("activity-only", words=chosen_words(result, say))]


def _figures(result: ActivityResult, say: Say) -> list[Figures]:
    """Return what failed, and changes of roles and admin access, of all customers together."""
    if result.customer or result.chosen.narrows or not isinstance(result.total, int):
        return []
    at = say("figure-at-customers", n=len(result.failures)) if result.failures else ""
    return [
        Figures(
            (
                figure(say("figure-failed"), result.failed, at, say),
                figure(say("figure-roles"), result.role_changes, "", say),
                figure(say("figure-gdap-ended"), result.gdap_endings, "", say),
            )
        )
    ]


def _follow_ups(result: ActivityResult, say: Say) -> Iterator[Choice]:
    """Yield what failed, or the whole; then another period, and the customer's subscriptions."""
    whose = f" {result.customer.id}" if result.customer else ""
    about = f"/activity{whose}"
    days = f" {result.period.first}..{result.period.last}" if result.period_asked else ""
    if result.chosen.narrows:
        yield Choice(say("follow-every-operation"), f"{about}{days}")
    elif isinstance(result.failed, int) and result.failed:
        yield Choice(say("follow-failed", count=result.failed), f"{about} failed{days}")
    yield another_period(f"{about}{_typed_words(result.chosen)}", say, asked=result.period_asked)
    if result.customer:
        yield Choice(say("follow-subscriptions"), f"/subscriptions{whose}")


def _typed_words(chosen: ActivityFilter) -> str:
    """Return the words that narrow the log, as they are typed behind a customer."""
    words = [typed_word(each) for each in (chosen.kind, chosen.outcome) if each]
    person = [f"{MIXED.commands.by[0]} {chosen.person}"] if chosen.person else []
    lead = MIXED.commands.names[COMMAND][0]
    only = [f"{lead} {chosen.subscription}"] if chosen.subscription else []
    return "".join(f" {each}" for each in (*words, *person, *only))
