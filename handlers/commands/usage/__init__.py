"""`/usage`: one customer's seats, or the portfolio in three lines where no customer is named."""

from dataclasses import dataclass

from analytics.charts.usage import usage_chart
from analytics.questions.portfolio import portfolio
from analytics.questions.usage import usage as ask_usage
from analytics.values import Period
from handlers.chat.command import Request
from handlers.chat.reply import Audience, Paragraph, Part, Picture, Reply
from handlers.chat.services import Services
from handlers.commands.usage.course import late
from handlers.commands.usage.figures import figures
from handlers.commands.usage.overview import overview
from handlers.commands.usage.sentences import alt, nothing, remarks, summary
from handlers.commands.usage.tables import by_product, by_workload
from handlers.commands.usage.without_names import safe_usage
from handlers.output.guesses import guess
from handlers.output.stamps import stamp_lines


@dataclass(frozen=True, slots=True)
class UsageArgs:
    """A customer in `customer`, perhaps with a product or workload behind it; empty for the
    portfolio.
    """

    customer: str
    period: Period | None


async def usage(request: Request[UsageArgs], services: Services) -> Reply:
    """Answer with seats sold, assigned and in use, their changes, and a chart of the period."""
    say = services.say
    if not request.args.customer or await services.data.has_no_customers():
        seats = await services.data.over_all(portfolio)
        return overview(seats, request.args.period, say)
    subject = await services.data.subject(request.args.customer)
    result = await services.data.of(subject.customer, ask_usage, request.args.period, subject.topic)
    guessed = guess(subject, say)
    if result.latest is None:
        why = Paragraph(f"{guessed} {nothing(result, say)}".strip())
        return Reply((why, stamp_lines(result.stamp, say)), Audience.ROOM)
    parts: list[Part] = [Paragraph(f"{guessed} {summary(result, result.latest, say)}".strip())]
    parts.append(figures(result, result.latest, say))
    chart = usage_chart(result, say)
    if chart:
        parts.append(Picture(chart, alt(chart, result, result.latest, say)))
    parts += [*by_workload(result, result.latest, say), *by_product(result, result.latest, say)]
    said = [*late(chart, result.courses, say), *remarks(result, result.latest, say)]
    parts += [Paragraph(remark) for remark in said]
    safe = safe_usage(result, result.latest, say)
    return Reply((*parts, stamp_lines(result.stamp, say)), Audience.ROOM, safe=safe)
