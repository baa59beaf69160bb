"""Growth in words: both definitions with their figures, the rate, and what was billed."""

from analytics.questions.growth import DefinedGrowth, GrowthResult
from analytics.questions.growth.counts import GrowthCount
from analytics.questions.growth.months import GrowthRate
from analytics.questions.growth.spells import Definition
from analytics.values import Period, Unknown
from handlers.chat.reply import Paragraph, Safe
from handlers.chat.services import Say
from handlers.output.remarks import count_lines
from handlers.output.unknowns import why


def growth_finding(main: DefinedGrowth, say: Say) -> str:
    """Say the number of customers, and who came and left; or why that is not known."""
    count = main.count
    if isinstance(main.days, Unknown):
        return say("growth-unknown", why=why(main.days, say))
    said = {"new": count.new, "returned": count.returned, "churned": count.churned}
    sentence = "growth-finding-returned" if count.returned else "growth-finding"
    return say(sentence, n=count.end, **said)


def growth_lines(result: GrowthResult, say: Say) -> list[str]:
    """Say whose customers are counted, by which definition if it is not the usual one, and the rate
    of growth.
    """
    seen = [] if result.everyone else [say("growth-seen", n=result.seen)]
    by_insights = result.definition is Definition.INSIGHTS
    counted = [say("growth-counted-by", definition=say("growth-by-insights"))]
    return [*seen, *(counted if by_insights else []), *_rate(result.main.rate, say)]


def definitions(result: GrowthResult, say: Say) -> list[str]:
    """Say both definitions with their figures; then what was billed."""
    defined = [_definition(each, result, say) for each in (result.power_bi, result.insights)]
    return [*defined, *_billed_lines(result, say)]


def _definition(growth: DefinedGrowth, result: GrowthResult, say: Say) -> str:
    """Say one definition, and its figures as a sum; what is known of it, if they are not."""
    name, count = say(f"growth-by-{growth.definition.value}"), growth.count
    days = growth.days if isinstance(growth.days, Period) else result.period
    if not isinstance(count.net, Unknown) and not isinstance(count.start, Unknown):
        values = {"first": days.first, "last": days.last, "end": count.end}
        moves = _moves(count, say)
        if not moves:
            return say("growth-still", definition=name, **values)
        return say("growth-sum", definition=name, start=count.start, moves=moves, **values)
    if not isinstance(count.end, Unknown):
        day = result.as_of or days.last
        return say("growth-end", definition=name, n=count.end, day=day)
    if isinstance(growth.since, Unknown) or isinstance(growth.days, Period):
        return say("growth-not-known", definition=name, why=why(count.end, say))
    return say("growth-not-before", definition=name, day=growth.since)


def _moves(count: GrowthCount, say: Say) -> str:
    """Say how many came and left, as the terms of a sum; empty where all counts are 0."""
    terms = {
        "growth-term-new": count.new,
        "growth-term-returned": count.returned,
        "growth-term-left": count.churned,
    }
    return " ".join(count_lines(terms, say))


def _rate(rate: GrowthRate | None, say: Say) -> list[str]:
    """Say the last full month against the first, with the change in percent."""
    if rate is None:
        return []
    months = {"first": say.month(rate.first), "last": say.month(rate.last)}
    values: dict[str, object] = {**months, "before": rate.before, "after": rate.after}
    change = _percent(rate, say)
    if not change:
        return [say("growth-rate-alone", **values)]
    return [say("growth-rate", change=change, **values)]


def _percent(rate: GrowthRate, say: Say) -> str:
    """Return the change with its sign; empty where there were no customers before."""
    if isinstance(rate.before, Unknown) or isinstance(rate.after, Unknown) or not rate.before:
        return ""
    change = (rate.after - rate.before) / rate.before
    sign = "+" if change > 0 else "−" if change < 0 else ""
    return f"{sign}{say.percent(abs(change))}"


def _billed_lines(result: GrowthResult, say: Say) -> list[str]:
    """Say what was billed in the first and the newest month; that amounts are not shown to the
    reader.
    """
    if result.withheld:
        return [say("amounts-withheld")]
    if not result.billed:
        return []
    newest = result.billed[-1]
    named = {"n": newest.untold, "month": say.month(newest.month)}
    untold = [say("growth-billed-untold", **named)] if newest.untold else []
    first, last = (
        {"month": say.month(each.month), "amount": say.amount(each.amount, "USD")}
        for each in (result.billed[0], result.billed[-1])
    )
    if first == last:
        return [say("growth-billed-alone", **last), *untold]
    return [say("growth-billed", **last, then=first["amount"], before=first["month"]), *untold]


def without_names(rate: GrowthRate | None, say: Say) -> Safe | None:
    """Return the growth in percent alone; None where it is not known."""
    change = _percent(rate, say) if rate else ""
    if rate is None or not change:
        return None
    first, last = say.month(rate.first), say.month(rate.last)
    return Safe((Paragraph(say("safe-growth", change=change, first=first, last=last)),))
