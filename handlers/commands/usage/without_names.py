"""Usage without customers' names, for rooms where some people may not see them."""

from analytics.questions.portfolio import PortfolioResult
from analytics.questions.seats_on_day import SeatsOnDay
from analytics.questions.superlatives import extremes
from analytics.questions.usage import UsageResult
from analytics.values import Unknown, Why
from handlers.chat.reply import Paragraph, Safe
from handlers.chat.services import Say
from handlers.commands.usage.totals import seats_line
from handlers.output.stamps import stamp_lines
from handlers.output.unknowns import why


def safe_usage(result: UsageResult, latest: SeatsOnDay, say: Say) -> Safe | None:
    """Shares of one customer who is not named, or why they are not known; None where no seat is
    sold.
    """
    if latest.sold == 0:
        return None
    said = [_seats(latest, say), *_use(result, latest, say)]
    topic = f" {result.topic.label}" if result.topic else ""
    period = f"{result.period.first}..{result.period.last}"
    question = f"/usage {result.customer.id}{topic} {period}"
    return Safe((Paragraph(" ".join(said)), stamp_lines(result.stamp, say)), question)


def _seats(latest: SeatsOnDay, say: Say) -> str:
    share = latest.deployment
    if isinstance(share, Unknown):
        return say("safe-seats-unknown", why=why(share, say))
    return say("safe-seats", share=share)


def _use(result: UsageResult, latest: SeatsOnDay, say: Say) -> list[str]:
    """Say the workloads used most and least; empty where the source measures none."""
    if isinstance(latest.active, Unknown) and latest.active.why is not Why.NOT_MEASURED:
        return [say("usage-use-unknown", why=why(latest.active, say))]
    known = [w for w in latest.workloads if w.entitled]
    if not known:
        return []
    ends = extremes(known, lambda w: w.usage.value)
    if ends is None:
        first = known[0]
        return [say("safe-workload", workload=result.names[first.id], share=first.usage)]
    least, most = ends
    return [
        say(
            "safe-workloads",
            most=result.names[most.id],
            most_share=most.usage,
            least=result.names[least.id],
            least_share=least.usage,
        )
    ]


def safe_portfolio(seats: PortfolioResult, say: Say) -> Safe | None:
    """Counts of all the asker's customers together; None where no seat is sold."""
    if seats.sold == 0:
        return None
    rest = seats.unassigned
    said = [seats_line(seats, say)]
    said += [] if isinstance(rest, Unknown) else [say("safe-unassigned", n=rest)]
    return Safe((Paragraph(" ".join(said)), stamp_lines(seats.stamp, say)), "/usage")
