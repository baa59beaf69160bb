"""Usage without customers' names, for rooms where not everybody may see them."""

from analytics.questions.portfolio import PortfolioResult
from analytics.questions.standing import Standing
from analytics.questions.usage import UsageResult
from handlers.chat.reply import Paragraph, Safe
from handlers.chat.services import Say
from handlers.chat.stamping import stamped


def safe_usage(result: UsageResult, latest: Standing, say: Say) -> Safe | None:
    """Shares of one customer who is not named; None where nothing is sold."""
    if not latest.sold:
        return None
    said = [say("safe-seats", share=say.percent(latest.assigned / latest.sold))]
    known = sorted((w for w in latest.workloads if w.entitled), key=lambda w: w.usage.value or 0)
    if known:
        least, most = known[0], known[-1]
        said.append(
            say(
                "safe-workloads",
                most=result.names[most.id],
                most_share=most.usage,
                least=result.names[least.id],
                least_share=least.usage,
            )
            if len(known) > 1
            else say("safe-workload", workload=result.names[most.id], share=most.usage)
        )
    topic = f" {result.topic.label}" if result.topic else ""
    period = f"{result.period.first}..{result.period.last}"
    question = f"/usage {result.customer.id}{topic} {period}"
    return Safe((Paragraph(" ".join(said)), stamped(result.stamp, say)), question)


def safe_portfolio(seats: PortfolioResult, say: Say) -> Safe | None:
    """All of the asker's customers together, as counts; None where nothing is sold."""
    if not seats.sold:
        return None
    share = say.percent(seats.assigned / seats.sold)
    said = say(
        "portfolio-seats", n=seats.counted, sold=seats.sold, assigned=seats.assigned, share=share
    )
    rest = say("safe-unassigned", n=seats.unassigned)
    return Safe((Paragraph(f"{said} {rest}"), stamped(seats.stamp, say)), "/usage")
