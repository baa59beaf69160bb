"""`/renewals`: what has to be decided before subscriptions end, of one customer or of all."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC

from analytics.charts.renewals import renewals_chart
from analytics.questions.renewals import Renewals, renewals
from analytics.questions.renewals.cases import RenewalCase
from analytics.questions.renewals.due import DueRenewals, RenewalsView
from analytics.values import Customer, Period, Unknown
from handlers.chat.access import Permission
from handlers.chat.command import Request
from handlers.chat.reply import Audience, Choice, Figures, Paragraph, Part, Reply, Safe
from handlers.chat.services import Say, Services
from handlers.chat.visible_data import EVERYBODY
from handlers.commands.renewals.details import details
from handlers.commands.renewals.due import due, tell_due
from handlers.commands.renewals.lines import listed_lines
from handlers.output.decisions import with_decisions
from handlers.output.pictures import picture
from handlers.output.remarks import count_lines, paragraphs
from handlers.output.renewals import whose
from handlers.output.unknowns import figure, why

_LONGER = 90
"""Days of the follow-up that looks further ahead."""


@dataclass(frozen=True, slots=True)
class RenewalsArgs:
    """A customer, or none for all; a word for what is due alone; the next 60 days without a
    period.
    """

    customer: Customer | None
    view: RenewalsView | None
    period: Period | None


async def ask(request: Request[RenewalsArgs], services: Services) -> Renewals | DueRenewals:
    """Find the decisions, the terms that renew by the month, and what has no line."""
    args, data = request.args, services.data
    if args.view is RenewalsView.DUE and args.period is None:
        return await due(request.ask, args.customer, services)
    now = services.now.astimezone(UTC).replace(second=0, microsecond=0)
    if args.customer is None:
        found = await data.over(EVERYBODY, renewals, None, now, args.period)
    else:
        found = await data.of(args.customer, renewals, now, args.period)
    decided = await data.decisions_about([line.identity.key for line in found.lines])
    admin = data.access.may(Permission.GRANT)
    return replace(found, lines=with_decisions(found.lines, decided, services.now, admin=admin))


def tell(result: Renewals | DueRenewals, say: Say) -> Reply:
    """Say how much there is to decide; then the decisions, extensions first; or why none is
    known.
    """
    if isinstance(result, DueRenewals):
        return tell_due(result, say)
    its = whose(result, say)
    if isinstance(result.decisions, Unknown):
        unknown = say("renewals-unknown", whose=its, why=why(result.decisions, say))
        return Reply((), Audience.ROOM, headline=unknown)
    chart = renewals_chart(result, say)
    parts: tuple[Part, ...] = (
        *_figures(result, say),
        *((picture(chart, say),) if chart else ()),
        *listed_lines(result, result.decisions, say),
        *paragraphs(_without_line(result, say)),
    )
    return Reply(
        parts,
        Audience.ROOM,
        safe=_without_names(result, result.decisions, say),
        headline=_headline(result, result.decisions, its, say),
        details=details(result, say),
        follow_ups=tuple(_follow_ups(result, say)),
    )


def _headline(result: Renewals, decisions: int, its: str, say: Say) -> str:
    about = {"whose": its, "span": _span(result, say)}
    if not decisions:
        return say("renewals-none", **about)
    if isinstance(result.extensions, int) and result.extensions:
        return say("renewals-extensions", n=decisions, extensions=result.extensions, **about)
    return say("renewals-decisions", n=decisions, **about)


def _span(result: Renewals, say: Say) -> str:
    days = {"first": result.period.first, "last": result.period.last}
    if result.period.first <= result.now.date():
        return say("renewals-until", last=result.period.last)
    return say("renewals-between", **days)


def _figures(result: Renewals, say: Say) -> list[Figures]:
    """Return the decisions of all customers by what needs them most."""
    if result.customer or not result.decisions:
        return []
    counted = {each.case: each for each in result.cases}
    shown = {
        "figure-extensions": [case for case in RenewalCase if case.is_extension],
        "figure-windows": [RenewalCase.WINDOW_OPEN],
        "figure-renewing": [RenewalCase.RENEWS, RenewalCase.SCHEDULED],
    }
    tiles = []
    for label, cases in shown.items():
        found = [counted[case] for case in cases if case in counted]
        seats = sum(each.seats for each in found if isinstance(each.seats, int))
        number = sum(each.count for each in found if isinstance(each.count, int))
        tiles.append(figure(say(label), number, say("renewal-seats", n=seats), say))
    return [Figures(tuple(tiles))]


def _without_line(result: Renewals, say: Say) -> list[str]:
    """Say what has no line: terms that renew by the month, and what is set apart, with why."""
    quiet = count_lines({"renewals-quiet": result.quiet}, say)
    apart = [
        say(f"renewals-apart-{each.reason.value}", n=each.count, seats=each.seats)
        for each in result.apart
    ]
    return [*quiet, *apart]


def _follow_ups(result: Renewals, say: Say) -> Iterator[Choice]:
    """Yield the customers that a paid extension waits for; then a longer period."""
    about = f" {result.customer.id}" if result.customer else ""
    if result.customer is None:
        first = [line.customer for line in result.lines if line.case.is_extension]
        for customer in dict.fromkeys(first[:1]):
            yield Choice(customer.name, f"/renewals {customer.id}")
    if result.period_asked:
        yield Choice(say("follow-usual-renewals"), f"/renewals{about}")
    else:
        yield Choice(say("follow-days-ahead", n=_LONGER), f"/renewals{about} {_LONGER} days")
    if result.customer:
        yield Choice(say("follow-usage"), f"/usage{about}")
    yield Choice(say("follow-subscriptions"), f"/subscriptions{about}")
    if result.customer is None and not result.period_asked:
        yield Choice(say("follow-reminders"), "/renewals remind")


def _without_names(result: Renewals, decisions: int, say: Say) -> Safe | None:
    """The number of decisions, without a name; None where there are none."""
    if not decisions:
        return None
    said = say("safe-renewals", n=decisions, span=_span(result, say))
    return Safe((Paragraph(said),))
