"""`/growth`: customers gained and lost, by both official definitions."""

from dataclasses import dataclass

from analytics.charts.growth import growth_chart
from analytics.questions.growth import GrowthResult, growth
from analytics.questions.growth.spells import Definition
from analytics.values import Period
from handlers.chat.command import Request
from handlers.chat.reply import Audience, Choice, Figures, Reply
from handlers.chat.services import Say, Services
from handlers.chat.visible_data import EVERYBODY
from handlers.commands.growth.moves import details, short_columns
from handlers.commands.growth.words import growth_finding, growth_lines, without_names
from handlers.input.choice_words import typed_word
from handlers.output.no_customers import no_customers
from handlers.output.pictures import picture
from handlers.output.remarks import paragraphs
from handlers.output.tables import WORST, table
from handlers.output.unknowns import figure

MONTHS = 24
"""Months of the longer period that is offered."""


@dataclass(frozen=True, slots=True)
class GrowthArgs:
    """The definition of a customer; the days to count, the twelve months up to the newest day
    without a period.
    """

    definition: Definition | None
    period: Period | None


async def ask(request: Request[GrowthArgs], services: Services) -> GrowthResult:
    """Find who came and who left, of all the asker's customers."""
    definition = request.args.definition or Definition.POWER_BI
    return await services.data.over(EVERYBODY, growth, request.args.period, definition)


def tell(result: GrowthResult, say: Say) -> Reply:
    """Say how many customers there are, who came and who left; both definitions in words."""
    if not result.seen and not result.power_bi.count.end:
        return no_customers(say, everyone=result.everyone)
    main, headline = result.main, growth_finding(result.main, say)
    left = short_columns(say)
    chart = growth_chart(result, headline, say)
    return Reply(
        (
            *paragraphs(growth_lines(result, say)),
            *([_figures(result, say)] if isinstance(main.days, Period) else []),
            *([picture(chart, say)] if chart else []),
            *table("growth-table-left", main.left[:WORST], left, say),
        ),
        Audience.ROOM,
        safe=without_names(main.rate, say),
        headline=headline,
        details=details(result, say),
        follow_ups=_follow_ups(result, say),
    )


def _figures(result: GrowthResult, say: Say) -> Figures:
    """Customers by both definitions, those who came, and those who left."""
    wide, narrow, main = result.power_bi.count, result.insights.count, result.main.count
    returned = main.returned
    beside = say("growth-of-returned", n=returned) if isinstance(returned, int) and returned else ""
    return Figures(
        (
            figure(say("growth-customers"), wide.end, say("growth-short-power-bi"), say),
            figure(say("growth-customers-insights"), narrow.end, say("growth-short-insights"), say),
            figure(say("growth-new"), main.new, beside, say),
            figure(say("growth-left"), main.churned, "", say),
        )
    )


def _follow_ups(result: GrowthResult, say: Say) -> tuple[Choice, ...]:
    """Return who left last, the same days by the other definition, then another period."""
    gone = [
        Choice(each.customer.name, f"/usage {each.customer.id}") for each in result.main.left[:1]
    ]
    by_insights = result.definition is Definition.INSIGHTS
    other = Definition.POWER_BI if by_insights else Definition.INSIGHTS
    days = f" {result.period.first}..{result.period.last}" if result.period_asked else ""
    counted = Choice(say(f"follow-by-{other.value}"), f"/growth {typed_word(other)}{days}")
    about = f"/growth {typed_word(result.definition)}" if by_insights else "/growth"
    longer = Choice(say("follow-months", n=MONTHS), f"{about} {MONTHS} months")
    return (*gone, counted, Choice(say("follow-newest"), about) if result.period_asked else longer)
