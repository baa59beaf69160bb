"""Behind the answer: who came and who left, customers by product, and who is not counted."""

from collections.abc import Sequence

from analytics.questions.growth import GrowthResult, ProductCustomers
from analytics.questions.growth.moves import CustomerMove
from analytics.values import Period, Unknown, combine, total
from handlers.chat.reply import Part, Table
from handlers.chat.services import Say
from handlers.commands.growth.words import definitions
from handlers.output.columns import CUSTOMER
from handlers.output.remarks import count_lines, paragraphs
from handlers.output.tables import TableField, table

_Field = TableField[CustomerMove]


def move_columns(say: Say, *, left: bool) -> list[_Field]:
    """Return the columns of who came, or of who left."""
    unknown, day = say("not-known"), "growth-column-left" if left else "growth-column-came"
    columns: list[_Field] = [
        CUSTOMER,
        TableField(day, lambda each: say.day(each.day), numeric=False),
        TableField("growth-column-product", lambda each: each.product, numeric=False),
        TableField("growth-column-seats", lambda each: each.seats),
    ]
    since: _Field = TableField(
        "growth-column-since",
        lambda each: say.day(each.since) if each.since else unknown,
        numeric=False,
    )
    back: _Field = TableField(
        "growth-column-how",
        lambda each: say("growth-how-returned" if each.returned else "growth-how-new"),
        numeric=False,
    )
    return [*columns, since if left else back]


def short_columns(say: Say) -> list[_Field]:
    """Return the columns of who left before the details: customer, day and seats."""
    name, day, _, seats, _ = move_columns(say, left=True)
    return [name, day, seats]


def details(result: GrowthResult, say: Say) -> tuple[Part, ...]:
    """Return who came and who left, by both definitions, then products, then who is not counted."""
    products: list[TableField[ProductCustomers]] = [
        TableField("column-product", lambda each: each.product, numeric=False),
        TableField("growth-column-customers", lambda each: each.customers),
    ]
    if not any(isinstance(each.change, Unknown) for each in result.products):
        products.append(TableField("growth-column-change", lambda e: e.change, signed=True))
    main, other = result.power_bi, result.insights
    apart = other.left != main.left or other.came != main.came
    return (
        *paragraphs(definitions(result, say)),
        *_moves("growth-table-left", main.left, say, left=True),
        *_moves("growth-table-came", main.came, say, left=False),
        *(_moves("growth-table-left-insights", other.left, say, left=True) if apart else ()),
        *(_moves("growth-table-came-insights", other.came, say, left=False) if apart else ()),
        *table("growth-table-products", result.products, products, say),
        *paragraphs(_remarks(result, say)),
    )


def _moves(caption: str, moves: Sequence[CustomerMove], say: Say, *, left: bool) -> list[Table]:
    return table(caption, moves, move_columns(say, left=left), say)


def _remarks(result: GrowthResult, say: Say) -> list[str]:
    """Say who is not listed, what is counted otherwise, and who is not counted."""
    main, days = result.power_bi, result.power_bi.days
    gained = total((main.count.new, main.count.returned))
    counts = {
        "growth-left-more": combine(lambda n: n - len(main.left), main.count.churned),
        "growth-came-more": combine(lambda n: n - len(main.came), gained),
    }
    said = count_lines(counts, say)
    if isinstance(days, Period) and days != result.period:
        said.append(say("growth-known", first=days.first, last=days.last))
    if isinstance(result.without, int) and result.without:
        names = [each.name for each in result.by_name]
        more = result.without - len(names)
        named = (
            say("growth-more", names=", ".join(names), n=more) if more else say.enumeration(names)
        )
        said.append(say("growth-without", n=result.without, names=named))
    return said
