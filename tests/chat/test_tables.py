"""Tables from figures: their cells, and the rows that are left out."""

import pytest

from analytics.questions.seats_on_day import ProductSeats, WorkloadUse
from analytics.values import Share, Unknown, Why
from handlers.chat.reply import TableColumn
from handlers.messages.speaker import speaker
from handlers.output.columns import ASSIGNED, SOLD, product_name, workload_columns
from handlers.output.tables import ROWS, TableField, table

SAY = speaker("en")
Cell = int | Share | Unknown | str


def column(heading: str = "column-idle", *, numeric: bool = True) -> TableField[Cell]:
    """A column of items that are their own cells."""
    return TableField(heading, lambda each: each, numeric=numeric)


def test_without_items_there_is_no_table() -> None:
    assert table("table-products", [], [column()], SAY) == []


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        (1_205, "1,205"),
        (0, "0"),
        ("Power BI Pro", "Power BI Pro"),
        (Share(1, 2), SAY.percent(0.5)),
        (Share(3, 2), SAY.percent(1.5)),
        (Share(5, 0), SAY("no-seats")),
        (Unknown(Why.NOT_MEASURED, "usage"), "–"),
        (Unknown(Why.NEVER_CAME, "usage"), SAY("not-known")),
        (Unknown(Why.NOT_WHOLE, "deployment"), SAY("not-known")),
    ],
)
def test_a_cell_is_a_figure_or_why_it_has_none(cell: Cell, shown: str) -> None:
    (made,) = table("table-idle", [cell], [column()], SAY)
    assert made.rows == ((shown,),)


def test_columns_have_their_headings_and_numbers_stand_to_the_right() -> None:
    columns = [column("column-product", numeric=False), column("column-idle")]
    (made,) = table("table-idle", ["x"], columns, SAY)
    assert made.columns == (
        TableColumn(SAY("column-product"), numeric=False),
        TableColumn(SAY("column-idle"), numeric=True),
    )
    assert made.rows == (("x", "x"),)


def test_as_many_rows_as_there_is_room_for_have_the_plain_caption() -> None:
    (made,) = table("table-products", list(range(ROWS)), [column()], SAY)
    assert made.caption == SAY("table-products")
    assert len(made.rows) == ROWS


@pytest.mark.parametrize("caption", ["table-products", "table-workloads", "table-customers"])
def test_rows_left_out_are_counted_in_the_caption(caption: str) -> None:
    (made,) = table(caption, list(range(ROWS + 1)), [column()], SAY)
    assert made.caption == SAY(f"{caption}-cut", shown=ROWS, rows=ROWS + 1)
    assert made.rows == tuple((str(n),) for n in range(ROWS))


def test_fewer_rows_may_be_asked_for() -> None:
    (made,) = table("table-products", [7, 8, 9], [column()], SAY, most=2)
    assert (made.caption, made.rows) == (
        SAY("table-products-cut", shown=2, rows=3),
        (("7",), ("8",)),
    )


def test_products_and_workloads_are_read_by_their_names() -> None:
    office = ProductSeats("o365", 7, 5, 3)
    columns: list[TableField[ProductSeats]] = [product_name({"o365": "Office"}), SOLD, ASSIGNED]
    (made,) = table("table-products", [office], columns, SAY)
    assert made.rows == (("Office", "7", "5"),)
    mail = WorkloadUse("exo", 3, 4)
    (made,) = table("table-workloads", [mail], workload_columns({"exo": "Exchange"}), SAY)
    assert made.rows == (("Exchange", "3", "4", SAY.percent(0.75)),)
