"""The sentences of a customer's usage: the summary, the chart's finding, and explanations."""

from operator import sub

from analytics.charts.model import BarChart, LineChart
from analytics.charts.row_kinds import SeatBars
from analytics.questions.seats_on_day import SeatsOnDay, WorkloadUse
from analytics.questions.superlatives import extremes
from analytics.questions.unlisted import Unlisted
from analytics.questions.usage import SeatsChange, UsageResult
from analytics.values import Unknown, Why, combine
from handlers.chat.services import Say
from handlers.commands.usage.course import course_alt
from handlers.output.unknowns import why

PARTS = 3
"""Number of products named in a change; more are listed in the table."""


def summary(result: UsageResult, latest: SeatsOnDay, say: Say) -> str:
    """Say two sentences: the seats, and how they are used; a third where they changed."""
    said = (
        *_no_licences_now(result, say),
        _seats(result, latest, say),
        _use(result, latest, say),
        _change(result, say),
    )
    return " ".join(s for s in said if s)


def subject_name(result: UsageResult, say: Say) -> str:
    """The name of the customer, with the topic where there is one."""
    name = result.customer.name
    return say("usage-topic", customer=name, topic=result.topic.label) if result.topic else name


def nothing(result: UsageResult, say: Say) -> str:
    """Say why there are no figures: no licences, or none in this period."""
    history, gone = result.history, result.unlisted
    first, last = result.period.first, result.period.last
    if history is None or (gone and gone.since and gone.since <= first):
        return _no_licences(result, gone, say) if gone else ""
    return say(
        "usage-gap" if history.first < first and last < history.last else "usage-nothing",
        customer=result.customer.name,
        first=first,
        last=last,
        oldest=history.first,
        newest=history.last,
    )


def _no_licences(result: UsageResult, gone: Unlisted, say: Say) -> str:
    """Say that the customer has no licences: never had any, or has none any more."""
    sentence = "usage-left" if gone.last else "usage-never"
    known = {"day": gone.as_of, "last": gone.last, "since": gone.since, "gone": gone.off_list}
    values = {name: day for name, day in known.items() if day}
    sentence += "-off-list" if gone.off_list else ""
    return say(sentence, customer=result.customer.name, **values)


def alt(
    chart: SeatBars | LineChart | BarChart, result: UsageResult, latest: SeatsOnDay, say: Say
) -> str:
    """Say the chart's finding, for readers who do not see it."""
    if isinstance(chart, LineChart):
        return course_alt(chart, result.courses, say)
    if isinstance(chart, SeatBars):
        rows = [f"{row.label} {row.figure} {row.beside}".strip() for row in chart.rows]
        return say("usage-alt-seats", finding=chart.title, rows=say.enumeration(rows))
    bars = [
        say("usage-alt-bar", workload=bar.label, share=say.percent(bar.value)) for bar in chart.bars
    ]
    return say("usage-alt-bars", last=latest.day, bars=say.enumeration(bars))


def remarks(result: UsageResult, latest: SeatsOnDay, say: Say) -> list[str]:
    """Answer what a reader would ask next: no history, over 100 %, more assigned than sold,
    services that ended.
    """
    said = []
    if result.change is None and result.history:
        said.append(say("usage-history", day=result.history.first))
    over = [w for w in latest.workloads if (w.usage.value or 0) > 1]
    if over:
        said.append(
            say(
                "usage-over",
                workloads=say.enumeration([result.names[w.id] for w in over]),
                n=len(over),
            )
        )
    unmeasured = combine(sub, latest.sold, latest.measured_seats)
    if isinstance(unmeasured, int) and unmeasured and not isinstance(latest.active, Unknown):
        said.append(say("usage-unmeasured", n=unmeasured))
    if isinstance(latest.beyond, int) and latest.beyond:
        said.append(say("usage-beyond", n=latest.beyond))
    surplus = combine(_surplus, latest.assigned, latest.sold, latest.unassigned)
    if isinstance(surplus, int) and surplus:
        said.append(say("usage-surplus", n=surplus))
    said += [
        say("usage-ended", service=ended.service, day=ended.last, customer=result.customer.name)
        for ended in result.ended
    ]
    return said


def _no_licences_now(result: UsageResult, say: Say) -> list[str]:
    """Say that there are no licences now, before figures of an earlier day."""
    if result.unlisted is None:
        return []
    then = [say("usage-left-figures")] if result.unlisted.last else []
    return [_no_licences(result, result.unlisted, say), *then]


def _surplus(assigned: int, sold: int, unassigned: int) -> int:
    return assigned - sold + unassigned


def _seats(result: UsageResult, latest: SeatsOnDay, say: Say) -> str:
    name, share = subject_name(result, say), latest.deployment
    if isinstance(share, Unknown):
        return say("usage-seats-unknown", customer=name, why=why(share, say))
    if result.unlisted and not any(dataset == "deployment" for dataset, _, _ in latest.rests_on):
        return ""
    if share.value is None:
        return say("usage-none-sold", customer=name, n=share.part)
    return say(
        "usage-seats",
        customer=name,
        n=share.whole,
        assigned=share.part,
        share=say.percent(share.value),
        unassigned=latest.unassigned,
    )


def _use(result: UsageResult, latest: SeatsOnDay, say: Say) -> str:
    if isinstance(latest.active, Unknown) and latest.active.why is not Why.NOT_MEASURED:
        return say("usage-use-unknown", why=why(latest.active, say))
    if not latest.workloads:
        return say("usage-no-use-figures")
    known = [w for w in latest.workloads if w.entitled]
    if not known:
        busiest = max(latest.workloads, key=lambda w: w.active)
        name = result.names[busiest.id]
        return say("usage-none-entitled", workload=name, active=busiest.active)
    ends = extremes(known, lambda w: w.usage.value)
    if ends is None:
        return say("usage-one-workload", **_workload(result, known[0]))
    least, most = ends
    return say(
        "usage-workloads",
        most=result.names[most.id],
        most_share=most.usage,
        active=most.active,
        entitled=most.entitled,
        least=result.names[least.id],
        least_share=least.usage,
    )


def _workload(result: UsageResult, workload: WorkloadUse) -> dict[str, object]:
    return {
        "workload": result.names[workload.id],
        "share": workload.usage,
        "active": workload.active,
        "entitled": workload.entitled,
    }


def _change(result: UsageResult, say: Say) -> str:
    change = result.change
    if change is None or isinstance(change.sold, Unknown) or isinstance(change.assigned, Unknown):
        return ""
    if not (change.sold or change.assigned or change.parts):
        return say("usage-unchanged", day=change.since)
    values = {
        "day": change.since,
        "sold": say.signed_number(change.sold),
        "assigned": say.signed_number(change.assigned),
    }
    if not change.parts:
        return say("usage-change-assigned", **values)
    return say("usage-change", parts=_parts(result, change, say), **values)


def _parts(result: UsageResult, change: SeatsChange, say: Say) -> str:
    """Say which products make the change; those beyond the first PARTS as one."""
    named = [
        f"{result.names[part.product]} {say.signed_number(part.sold)}"
        for part in change.parts[:PARTS]
    ]
    rest = change.parts[PARTS:]
    if rest:
        named.append(
            say(
                "usage-other-products",
                n=len(rest),
                sold=say.signed_number(sum(part.sold for part in rest)),
            )
        )
    return say.enumeration(named)
