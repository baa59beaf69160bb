"""`/licenses`: seats that the partner sold, what was added and reduced, and each change."""

from collections.abc import Iterator
from dataclasses import dataclass

from analytics.charts.licenses import licenses_chart
from analytics.questions.licenses import Direction, LicensesResult, licenses
from analytics.questions.licenses.rows import LicenceChange
from analytics.questions.topics import Topic
from analytics.values import Customer, Period, Seats, Share, Unknown
from handlers.chat.command import Request
from handlers.chat.reply import Audience, Choice, Figures, Paragraph, Part, Reply, Safe
from handlers.chat.services import Say, Services
from handlers.chat.visible_data import EVERYBODY
from handlers.commands.licenses.changes import newest_table
from handlers.commands.licenses.details import details
from handlers.input.choice_words import typed_word
from handlers.output.follow_ups import another_period, one_of_all
from handlers.output.pictures import picture
from handlers.output.remarks import paragraphs
from handlers.output.tables import WORST
from handlers.output.unknowns import figure, why

BUTTONS = 2
"""Subscriptions of changes whose activity is offered."""


@dataclass(frozen=True, slots=True)
class LicensesArgs:
    """A customer, or none for all; a product, or none for all; a word that narrows the changes to
    adds or reductions; the 30 newest days without a period.
    """

    customer: Customer | None
    topic: Topic | None
    direction: Direction | None
    period: Period | None


async def ask(request: Request[LicensesArgs], services: Services) -> LicensesResult:
    """Find the seats, their months and their changes."""
    args = request.args
    rest = (args.period, args.topic, args.direction)
    if args.customer is None:
        return await services.data.over(EVERYBODY, licenses, None, *rest)
    return await services.data.of(args.customer, licenses, *rest)


def tell(result: LicensesResult, say: Say) -> Reply:
    """Say how many seats there are, what was added and reduced, and the newest changes; or why none
    is known.
    """
    headline = _with_topic(_finding(result, say), result, say)
    if isinstance(result.known, Unknown):
        return Reply((), Audience.ROOM, headline=headline)
    chart = licenses_chart(result, headline, say)
    narrowed = result.direction is not None
    parts: tuple[Part, ...] = (
        *paragraphs(_limits(result, say)),
        *(() if narrowed else _figures(result, say)),
        *((picture(chart, say),) if chart and not narrowed else ()),
        *newest_table(result, say),
    )
    return Reply(
        parts,
        Audience.ROOM,
        safe=_without_names(result, say),
        headline=headline,
        details=details(result, say),
        follow_ups=tuple(_follow_ups(result, say)),
    )


def _whose(result: LicensesResult, say: Say) -> str:
    if result.customer:
        return result.customer.name
    return say("subscriptions-your-customers" if result.everyone else "activity-seen-customers")


def _with_topic(finding: str, result: LicensesResult, say: Say) -> str:
    """Return a finding with the product before it, if one was asked for."""
    if result.topic is None:
        return finding
    return say("portfolio-topic", topic=result.topic.label, finding=finding)


def _finding(result: LicensesResult, say: Say) -> str:
    """Say the seats and their changes; that there are none, or why they are not known."""
    whose, flow = _whose(result, say), result.flow
    if isinstance(result.total, Unknown):
        return say("licenses-unknown", whose=whose, why=why(result.total, say))
    if result.direction:
        word = say(f"licenses-word-{result.direction.value}")
        counted = {"n": result.matches} if result.matches else {}
        sentence = "licenses-narrowed" if result.matches else "licenses-narrowed-none"
        return say(sentence, word=word, whose=whose, **counted)
    changes = 0 if isinstance(flow.adds, Unknown) else flow.adds or flow.reductions
    if not (result.total or changes):
        return say("licenses-none", whose=whose)
    if isinstance(flow.adds, Unknown):
        return say("licenses-total", n=result.total, whose=whose)
    counts = {"adds": flow.adds, "reductions": flow.reductions, "n": result.total}
    if result.period_asked:
        return say("licenses-finding", whose=whose, **counts)
    return say("licenses-finding-days", whose=whose, days=result.period.days, **counts)


def _limits(result: LicensesResult, say: Say) -> list[str]:
    """Say the days that are counted, and those of which nothing is known."""
    days = result.listed_days if result.direction else result.period
    known = not isinstance(result.flow.adds, Unknown)
    counted = result.direction or (known and result.period_asked)
    said = [say("licenses-days", first=days.first, last=days.last)] if counted else []
    if not isinstance(result.known, Unknown) and days.first <= result.known:
        said.append(say("licenses-known", day=result.known))
    return said


def _figures(result: LicensesResult, say: Say) -> list[Figures]:
    """Return the seats, what was added, and what was reduced; none where no change is known, or
    nothing was ever sold.
    """
    flow, newest = result.flow, result.newest
    if isinstance(flow.adds, Unknown) or not (result.total or flow.adds or flow.reductions):
        return []
    beside = _count("licenses-in-trials", result.trials, say)
    moved = _count("licenses-moved-short", result.moved, say)
    return [
        Figures(
            (
                figure(say("figure-sold"), result.total, beside or moved, say),
                figure(say("figure-added"), flow.adds, _since(newest.adds, say), say),
                figure(say("figure-reduced"), flow.reductions, _since(newest.reductions, say), say),
            )
        )
    ]


def _since(seats: Seats, say: Say) -> str:
    return say("licenses-since-yesterday", count=seats) if isinstance(seats, int) and seats else ""


def _count(words: str, seats: Seats, say: Say) -> str:
    return say(words, n=seats) if isinstance(seats, int) and seats else ""


def _follow_ups(result: LicensesResult, say: Say) -> Iterator[Choice]:
    """Yield the reductions or every change, the activity of subscriptions that changed, then
    another period.
    """
    whose = f" {result.customer.id}" if result.customer else ""
    topic = f" {result.topic.quoted_words}" if result.topic else ""
    about = f"/licenses{whose or (' all' if topic else '')}{topic}"
    days = f" {result.period.first}..{result.period.last}" if result.period_asked else ""
    if result.direction:
        yield Choice(say("follow-every-change"), f"{about}{days}")
    elif any(each.change < 0 and not each.source for each in result.events):
        reductions = typed_word(Direction.REDUCED)
        yield Choice(say("follow-reductions"), f"{about} {reductions}{days}")
    yield from _activities(result.events, say, with_names=result.customer is None)
    if result.customer is None and result.customers and not result.direction:
        (first, *_) = result.customers
        if first.customer:
            asked = result.period if result.period_asked else None
            yield one_of_all("/licenses", first.customer, None, asked)
    yield another_period(about, say, asked=result.period_asked)


def _activities(
    changes: tuple[LicenceChange, ...], say: Say, *, with_names: bool
) -> Iterator[Choice]:
    """Yield the activity of the subscriptions that changed last, one of each product."""
    offered = dict[str, LicenceChange]()
    for change in changes[:WORST]:
        offered.setdefault(change.product, change)
    for change in list(offered.values())[: 1 if with_names else BUTTONS]:
        sentence = "follow-activity-at" if with_names else "follow-activity-of"
        names = {"product": change.product, "customer": change.customer.name}
        text = f"/activity {change.customer.id} subscription {change.subscription}"
        yield Choice(say(sentence, **names), text)


def _without_names(result: LicensesResult, say: Say) -> Safe | None:
    """Shares of what was added and reduced; None where there were no seats before."""
    start, adds, reductions = result.flow.start, result.flow.adds, result.flow.reductions
    if not isinstance(start, int) or not isinstance(adds, int) or not isinstance(reductions, int):
        return None
    if not start:
        return None
    shares = {"adds": Share(adds, start), "reductions": Share(reductions, start)}
    days = {"first": result.period.first, "last": result.period.last}
    return Safe((Paragraph(say("safe-licenses", **days, **shares)),))
