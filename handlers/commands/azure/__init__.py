"""`/azure`: what Azure has cost so far, its units, and unusual days; of one customer or of all."""

from dataclasses import dataclass

from analytics.charts.azure import azure_chart
from analytics.questions.azure import AzureResult, AzureView, azure
from analytics.values import Customer, Period, Unknown
from handlers.chat.command import Request
from handlers.chat.reply import Audience, Choice, Part, Reply
from handlers.chat.services import Say, Services
from handlers.chat.visible_data import EVERYBODY
from handlers.commands.azure.details import details, main_table
from handlers.commands.azure.words import azure_figures, azure_finding, first_lines
from handlers.input.choice_words import typed_word
from handlers.output.follow_ups import another_period
from handlers.output.pictures import picture
from handlers.output.remarks import paragraphs


@dataclass(frozen=True, slots=True)
class AzureArgs:
    """A customer, or none for all; a word that narrows the answer; the newest month without a
    period.
    """

    customer: Customer | None
    view: AzureView | None
    period: Period | None


async def ask(request: Request[AzureArgs], services: Services) -> AzureResult:
    """Find the costs of the month with their parts, the units, and the unusual days."""
    args = request.args
    if args.customer is None:
        return await services.data.over(EVERYBODY, azure, None, args.period, args.view)
    return await services.data.of(args.customer, azure, args.period, args.view)


def tell(result: AzureResult, say: Say) -> Reply:
    """Say the amounts, each in its currency, and that they are estimates; without amounts who uses
    Azure. Then the chart, and the first rows.
    """
    headline = azure_finding(result, say)
    chart = None if result.view or result.withheld else azure_chart(result, headline, say)
    parts: tuple[Part, ...] = (
        *paragraphs(first_lines(result, say)),
        *azure_figures(result, say),
        *((picture(chart, say),) if chart else ()),
        *main_table(result, say),
    )
    return Reply(
        parts,
        Audience.ROOM,
        headline=headline,
        details=details(result, say),
        follow_ups=_follow_ups(result, say),
    )


def _follow_ups(result: AzureResult, say: Say) -> tuple[Choice, ...]:
    """Return what narrows the answer, or the whole; the customer furthest above its budget; another
    period.
    """
    whose = f" {result.customer.id}" if result.customer else ""
    days = f" {result.period.first}..{result.period.last}" if result.period else ""
    found = _narrower(result, whose, days, say)
    if result.view:
        found = [Choice(say("follow-azure"), f"/azure{whose}{days}")]
    if result.customer is None:
        found += [
            Choice(each.customer.name, f"/azure {each.customer.id}{days}")
            for each in result.costs.over[:1]
        ]
    view = f" {typed_word(result.view)}" if result.view else ""
    longer = another_period(f"/azure{whose}{view}", say, asked=result.period is not None)
    return (*found, longer)


def _narrower(result: AzureResult, whose: str, days: str, say: Say) -> list[Choice]:
    """Return the words of the command that there is something behind."""
    over = 0 if result.customer else len(result.costs.over)
    unusual = len(result.units.unusual)
    metered = not isinstance(result.units.metered, Unknown) and result.units.metered
    labels = {
        AzureView.OVER: say("follow-over-budget", count=over) if over else "",
        AzureView.METERS: say("follow-meters") if metered else "",
        AzureView.UNUSUAL: say("follow-unusual", count=unusual) if unusual else "",
    }
    return [
        Choice(label, f"/azure{whose} {typed_word(view)}{days}")
        for view, label in labels.items()
        if label
    ]
