"""Cells of every kind: what is read, exactly, and what is refused."""

from datetime import date, datetime
from decimal import Decimal

import pytest

from analytics.sources.files.bad_file import BadCell
from analytics.sources.files.cell_types import rule
from analytics.tables import AUDIT, AZURE_SPEND, Cell, CellType, Column, Dataset

TODAY = date(2026, 11, 25)
SOME_GUID = "031c9e47-4802-4248-838e-778fb1d2cc05"


def at(*parts: int) -> datetime:
    """An instant as the warehouse keeps it: UTC without saying so."""
    year, month, day, *clock = parts
    return datetime(year, month, day, *clock)  # noqa: DTZ001 as it is kept


def read(kind: CellType, cell: object, *, optional: bool = False, per_cent: bool = False) -> Cell:
    column = Column("it", "It", kind, "", optional=optional, per_cent=per_cent)
    its = rule(column, TODAY, 100)
    if type(cell) not in its.types:
        raise BadCell(its.problem)
    return its.read(cell)


@pytest.mark.parametrize(
    ("kind", "cell", "value"),
    [
        (CellType.GUID, SOME_GUID.upper(), SOME_GUID),
        (CellType.DATE, "2027-02-10T00:00:00", date(2027, 2, 10)),
        (CellType.DATE, "2015-11-25T06: 41: 12Z", date(2015, 11, 25)),
        (CellType.DATE, "0001-01-01T00:00:00", None),
        (CellType.MOMENT, "2020-09-02T23:26:19.7753934Z", at(2020, 9, 2, 23, 26, 19, 775393)),
        (
            CellType.MOMENT,
            "2019-09-17T17:08:11.1433333+00:00",
            at(2019, 9, 17, 17, 8, 11, 143333),
        ),
        (CellType.MOMENT, "2026-11-01T00:30:00+0200", at(2026, 10, 31, 22, 30)),
        (CellType.MOMENT, "2026-11-01 08:30", at(2026, 11, 1, 8, 30)),
        (CellType.MOMENT, "0001-01-01T00:00:00", None),
        (CellType.NUMBER, Decimal("120.5682999999995904716"), Decimal("120.568299999999590472")),
        (CellType.NUMBER, "12.4", Decimal("12.4")),
        (CellType.NUMBER, 0, Decimal(0)),
        (CellType.NUMBER, "1e3", Decimal(1000)),
        (CellType.DATE, "9999-12-14T00:00:00", date(9999, 12, 14)),
        (CellType.COUNT, Decimal("5.0"), 5),
        (CellType.COUNT, Decimal("1E+1"), 10),
        (CellType.COUNT, "90.0", 90),
        (CellType.FLAG, True, True),
        (CellType.FLAG, "No", False),
        (CellType.FLAG, 1, True),
        (CellType.MONTH, "2026-10-01", date(2026, 10, 1)),
        (CellType.MONTH, "2026-10-01T00:00:00", date(2026, 10, 1)),
        (CellType.MONTH, "2026-10", date(2026, 10, 1)),
        (CellType.MONTH, "Oct-2026", date(2026, 10, 1)),
        (CellType.MONTH, "October 2026", date(2026, 10, 1)),
        (CellType.MONTH, "10/1/2026 12:00:00 AM", date(2026, 10, 1)),
        (CellType.TEXT, Decimal("4847383"), "4847383"),
    ],
)
def test_it_is_read(kind: CellType, cell: object, value: Cell) -> None:
    assert read(kind, cell) == value


@pytest.mark.parametrize(
    ("kind", "cell", "problem"),
    [
        (CellType.DATE, "10/02/2027", "import-not-a-day"),
        (CellType.DATE, "2026-02-30", "import-not-a-day"),
        (CellType.DATE, None, "import-not-a-day"),
        (CellType.MOMENT, "yesterday", "import-not-a-moment"),
        (CellType.MOMENT, "2026-11-01T25:00:00Z", "import-not-a-moment"),
        (CellType.MOMENT, "2026-11-01T10:00:00+99:00", "import-not-a-moment"),
        (CellType.NUMBER, "NaN", "import-not-a-number"),
        (CellType.NUMBER, "Infinity", "import-not-a-number"),
        (CellType.NUMBER, Decimal("NaN"), "import-not-a-number"),
        (CellType.NUMBER, "1e99", "import-not-a-number"),
        (CellType.NUMBER, "1,5", "import-not-a-number"),
        (CellType.NUMBER, "٣", "import-not-a-number"),
        (CellType.NUMBER, True, "import-not-a-number"),
        (CellType.NUMBER, "9" * 41, "import-not-a-number"),
        (CellType.FLAG, "perhaps", "import-not-a-flag"),
        (CellType.MONTH, "03/04/2026", "import-not-a-month"),
        (CellType.MONTH, "2026-10-02", "import-not-a-month"),
        (CellType.MONTH, "13/1/2026", "import-not-a-month"),
        (CellType.MONTH, "", "import-not-a-month"),
        (CellType.COUNT, True, "import-not-a-count"),
        (CellType.COUNT, -3, "import-negative"),
        (CellType.COUNT, "-3.0", "import-negative"),
        (CellType.COUNT, "90.5", "import-not-a-count"),
        (CellType.COUNT, "1e10", "import-not-a-count"),
        (CellType.COUNT, "1,250", "import-not-a-count"),
        (CellType.NUMBER, "-0.5", "import-negative"),
        (CellType.GUID, "O365_BUSINESS_PREMIUM", "import-not-a-guid"),
        (CellType.DATE, "1970-01-01", "import-strange-year"),
        (CellType.DATE, "1899-12-30T00:00:00", "import-strange-year"),
        (CellType.DATE, "2126-11-25", "import-strange-year"),
        (CellType.MOMENT, "1970-01-01T00:00:00Z", "import-strange-year"),
        (CellType.MOMENT, "20261-11-01T00:00:00Z", "import-not-a-moment"),
        (CellType.MONTH, "2026-12", "import-future-day"),
        (CellType.MONTH, "1999-12", "import-strange-year"),
    ],
)
def test_it_is_refused(kind: CellType, cell: object, problem: str) -> None:
    with pytest.raises(BadCell, match=problem):
        read(kind, cell)


@pytest.mark.parametrize(
    "kind", [CellType.DATE, CellType.MOMENT, CellType.NUMBER, CellType.FLAG, CellType.COUNT]
)
@pytest.mark.parametrize("cell", [None, "", " "])
def test_what_may_be_left_out_is_nothing_and_no_zero(kind: CellType, cell: object) -> None:
    assert read(kind, cell, optional=True) is None


@pytest.mark.parametrize("cell", [Decimal("602.84"), "602.84", "602.84%"])
def test_a_per_cent_becomes_a_fraction(cell: object) -> None:
    assert read(CellType.NUMBER, cell, per_cent=True) == Decimal("6.0284")


@pytest.mark.parametrize("column", [each for each in AZURE_SPEND.columns if each.may_be_negative])
def test_amounts_may_be_below_zero(column: Column) -> None:
    assert rule(column, TODAY, 100).read("-0.5") in {Decimal("-0.5"), Decimal("-0.005")}


@pytest.mark.parametrize("dataset", [AUDIT, AZURE_SPEND], ids=lambda each: each.name)
def test_what_was_done_was_not_done_the_day_after_tomorrow(dataset: Dataset) -> None:
    moments = (each for each in dataset.columns if each.kind is CellType.MOMENT)
    (column,) = (each for each in moments if not each.ahead)
    its = rule(column, TODAY, 100)

    assert its.read("2026-11-26T13:59:00Z") == at(2026, 11, 26, 13, 59)
    for late in ("2026-11-27T00:00:00Z", "2099-01-01T00:00:00Z"):
        with pytest.raises(BadCell, match="import-future-day"):
            its.read(late)
