"""`/adoption`: how far all customers use what they have, by customer, product and workload."""

from collections.abc import Iterator
from dataclasses import dataclass

from analytics.charts.adoption import adoption_chart
from analytics.questions.adoption import AdoptionResult, AdoptionView, adoption
from analytics.questions.adoption.change import AdoptionChange, ProductUse
from analytics.questions.portfolio_change import CustomerSeats
from analytics.questions.topics import Topic
from analytics.skus import Unit
from analytics.values import Period, Unknown, combine
from handlers.chat.command import Request
from handlers.chat.reply import Audience, Choice, Part, Reply
from handlers.chat.services import Say, Services
from handlers.chat.visible_data import EVERYBODY
from handlers.input.choice_words import typed_word
from handlers.output.columns import CUSTOMER, product_name, workload_columns
from handlers.output.follow_ups import another_period, one_of_all
from handlers.output.no_customers import (
    compared_counts,
    names_nobody,
    no_customers,
    others_counted,
)
from handlers.output.pictures import picture
from handlers.output.remarks import count_lines, paragraphs, under_topic
from handlers.output.seats import figures_of_all, gap_counts, without_names
from handlers.output.tables import WORST, TableField, table
from handlers.output.unknowns import why

_Field = TableField[CustomerSeats]
_BY_USE: tuple[_Field, ...] = (
    CUSTOMER,
    TableField("column-usage", lambda each: each.usage),
    TableField("column-used", lambda each: each.active),
    TableField("column-measured", lambda each: each.measured),
)
_BY_ASSIGNED: tuple[_Field, ...] = (
    CUSTOMER,
    TableField("column-share-assigned", lambda each: each.deployment),
    TableField("column-assigned", lambda each: each.assigned),
    TableField("column-sold", lambda each: each.sold),
)


@dataclass(frozen=True, slots=True)
class AdoptionArgs:
    """A product or workload, or none for all; a word that narrows the answer to one list; the
    newest figures without a period.
    """

    topic: Topic | None
    view: AdoptionView | None
    period: Period | None


async def ask(request: Request[AdoptionArgs], services: Services) -> AdoptionResult:
    """Find the shares of seats assigned and used, of all the asker's customers together."""
    args, least = request.args, services.health.ranked_from
    return await services.data.over(EVERYBODY, adoption, args.period, args.topic, args.view, least)


def tell(result: AdoptionResult, say: Say) -> Reply:
    """Say which share is used and assigned; then where the least is used."""
    seats = result.seats
    if names_nobody(seats):
        return no_customers(say, everyone=seats.everyone)
    if result.unit is not Unit.PEOPLE:
        return _other_unit(result, say)
    return Reply(
        tuple(_one_list(result, say) if result.view else _parts(result, say)),
        Audience.ROOM,
        safe=without_names("safe-all", seats, say),
        headline=under_topic(result.topic, _finding(result, say), say),
        details=_details(result, say),
        follow_ups=_follow_ups(result, say),
    )


def _parts(result: AdoptionResult, say: Say) -> Iterator[Part]:
    """Yield the answer: who is at either end, or the change; the sums, the picture, the worst."""
    chart = adoption_chart(result, under_topic(result.topic, _shares(result, say), say), say)
    yield from paragraphs(_change(result.change, say) if result.period else _ends(result, say))
    if _is_known(result):
        yield figures_of_all(result.seats, say)
    if chart:
        yield picture(chart, say)
    yield from table(_caption("least", result), result.worst[:WORST], _columns(result), say)


def _one_list(result: AdoptionResult, say: Say) -> Iterator[Part]:
    """Yield the list that was asked for; that there is nothing in it."""
    columns = _columns(result)
    lists = {
        AdoptionView.WORST: table(_caption("least", result), result.worst, columns, say),
        AdoptionView.OVER: table(_caption("over", result), result.over, columns, say),
        AdoptionView.WORKLOADS: table(
            "table-workloads", result.workloads, workload_columns(result.names), say
        ),
    }
    found = [its for view, its in lists.items() if view is result.view]
    yield from found[0] or paragraphs([say("adoption-nothing-listed")])


def _is_known(result: AdoptionResult) -> bool:
    """Check whether seats or their use are known."""
    figures = result.seats.sold, result.seats.active
    return not all(isinstance(each, Unknown) for each in figures)


def _shares(result: AdoptionResult, say: Say) -> str:
    """Say both shares; the share assigned alone where use is not known."""
    used = result.usage
    if isinstance(used, Unknown) or used.value is None:
        return say("adoption-assigned", assigned=result.deployment)
    return say("adoption-finding", used=used, assigned=result.deployment)


def _finding(result: AdoptionResult, say: Say) -> str:
    """Say both shares; that no seat is sold, or why a share is not known."""
    seats, used = result.seats, result.usage
    if isinstance(seats.sold, Unknown):
        return say("portfolio-seats-unknown", why=why(seats.sold, say))
    if not seats.sold:
        return say("portfolio-none-sold")
    if isinstance(used, Unknown):
        reason = why(used, say)
        return say("adoption-use-unknown", assigned=result.deployment, why=reason)
    return _shares(result, say)


def _other_unit(result: AdoptionResult, say: Say) -> Reply:
    """Say that a product which is counted in something else than people is not used by share."""
    topic = result.topic.label if result.topic else ""
    amounts = Choice(topic, f'/usage all "{topic}"')
    said = say("adoption-units", topic=topic)
    return Reply((), Audience.ROOM, headline=said, follow_ups=(amounts,))


def _columns(result: AdoptionResult) -> tuple[_Field, ...]:
    return _BY_USE if result.by_use else _BY_ASSIGNED


def _caption(which: str, result: AdoptionResult) -> str:
    return f"table-{which}-{'used' if result.by_use else 'assigned'}"


def _ends(result: AdoptionResult, say: Say) -> list[str]:
    """Say how many customers are at either end: below 20 %, and above 100 %."""
    words = "adoption-low" if result.by_use else "adoption-low-assigned"
    counts = [each.used if result.by_use else each.assigned for each in result.classes]
    return count_lines({words: counts[0], "adoption-over": len(result.over)}, say)


def _change(moved: AdoptionChange | None, say: Say) -> list[str]:
    """Say by how many points both shares changed; nothing where that is not known."""
    if moved is None or isinstance(moved.assigned, Unknown):
        return []
    said = {"day": moved.since, "assigned": say.signed_number(moved.assigned)}
    if isinstance(moved.used, Unknown):
        return [say("adoption-change-assigned", **said)]
    return [say("adoption-change", used=say.signed_number(moved.used), **said)]


def _details(result: AdoptionResult, say: Say) -> tuple[Part, ...]:
    """Return the lists of customers, then products and workloads, then what is not counted."""
    columns = _columns(result)
    return (
        *table(_caption("least", result), result.worst, columns, say),
        *table(_caption("most", result), result.best, columns, say),
        *table(_caption("over", result), result.over, columns, say),
        *table("table-shares", result.products, _product_columns(result), say),
        *table("table-workloads", result.workloads, workload_columns(result.names), say),
        *paragraphs(_remarks(result, say)),
    )


def _product_columns(result: AdoptionResult) -> list[TableField[ProductUse]]:
    columns: list[TableField[ProductUse]] = [
        product_name(result.names),
        TableField("column-customers", lambda each: each.customers),
        TableField("column-sold", lambda each: each.sold),
        TableField("column-share-assigned", lambda each: each.deployment),
        TableField("column-usage", lambda each: each.usage),
    ]
    points: TableField[ProductUse] = TableField(
        "column-points", lambda each: each.used_change, signed=True
    )
    return [*columns, points] if result.change else columns


def _remarks(result: AdoptionResult, say: Say) -> list[str]:
    """Say who is in no class and not ranked, what does not add up, and for whom it changed."""
    seats = result.seats
    counted = {
        "adoption-unmeasured": result.unmeasured,
        "adoption-too-small": result.too_small,
        **gap_counts(seats),
        "adoption-no-seats": combine(lambda n: len(seats.customers) - n, seats.paying_count),
        **others_counted(seats),
    }
    changed = [] if result.period else _change(result.change, say)
    return [*count_lines(counted, say), *changed, *count_lines(compared_counts(seats), say)]


def _follow_ups(result: AdoptionResult, say: Say) -> tuple[Choice, ...]:
    """Return the customer with the smallest share, what narrows the answer, or the whole; then
    another period.
    """
    topic, period = result.topic, result.period
    about = f'/adoption all "{topic.label}"' if topic else "/adoption"
    days = f" {period.first}..{period.last}" if period else ""
    worst = [one_of_all("/usage", each.customer, topic, period) for each in result.worst[:1]]
    labels = {
        AdoptionView.WORST: say("follow-worst", n=len(result.worst)),
        AdoptionView.OVER: say("follow-over-100", count=len(result.over)) if result.over else "",
        AdoptionView.WORKLOADS: say("follow-workloads") if len(result.workloads) > 1 else "",
    }
    if len(result.worst) <= WORST:
        del labels[AdoptionView.WORST]
    narrower = [
        Choice(label, f"{about} {typed_word(view)}{days}")
        for view, label in labels.items()
        if label
    ]
    if result.view:
        narrower = [Choice(say("follow-adoption"), f"{about}{days}")]
    return (*worst, *narrower, another_period(about, say, asked=period is not None))
