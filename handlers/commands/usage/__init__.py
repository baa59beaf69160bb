"""`/usage`: one customer's seats, or the portfolio in three lines where no customer is named."""

from dataclasses import dataclass

from analytics.charts.usage import usage_chart
from analytics.questions.portfolio import PortfolioResult, portfolio
from analytics.questions.topics import Topic
from analytics.questions.usage import UsageResult, usage
from analytics.values import Customer, Period
from handlers.chat.command import Request
from handlers.chat.reply import Audience, Paragraph, Part, Picture, Reply
from handlers.chat.services import Say, Services
from handlers.chat.visible_data import EVERYBODY
from handlers.commands.usage.course import late
from handlers.commands.usage.figures import figures
from handlers.commands.usage.overview import overview
from handlers.commands.usage.sentences import alt, nothing, remarks, summary
from handlers.commands.usage.tables import by_product, by_workload
from handlers.commands.usage.without_names import safe_usage
from handlers.output.stamps import stamp_lines


@dataclass(frozen=True, slots=True)
class UsageArgs:
    """A customer, perhaps with one of their products or workloads; without one the portfolio."""

    customer: Customer | None
    topic: Topic | None
    period: Period | None


async def ask(request: Request[UsageArgs], services: Services) -> UsageResult | PortfolioResult:
    """Find seats sold, assigned and in use, their changes, and their course over the period."""
    args = request.args
    if args.customer is None:
        return await services.data.over(EVERYBODY, portfolio, args.period, args.topic)
    return await services.data.of(args.customer, usage, args.period, args.topic)


def tell(result: UsageResult | PortfolioResult, say: Say) -> Reply:
    """Say the seats of one customer with a chart, or of all together in three lines."""
    if isinstance(result, PortfolioResult):
        return overview(result, say)
    if result.latest is None:
        return Reply(
            (Paragraph(nothing(result, say)), stamp_lines(result.stamp, say)), Audience.ROOM
        )
    parts: list[Part] = [Paragraph(summary(result, result.latest, say))]
    parts.append(figures(result, result.latest, say))
    chart = usage_chart(result, say)
    if chart:
        parts.append(Picture(chart, alt(chart, result, result.latest, say)))
    parts += [*by_workload(result, result.latest, say), *by_product(result, result.latest, say)]
    said = [*late(chart, result.courses, say), *remarks(result, result.latest, say)]
    parts += [Paragraph(remark) for remark in said]
    safe = safe_usage(result, result.latest, say)
    return Reply((*parts, stamp_lines(result.stamp, say)), Audience.ROOM, safe=safe)
