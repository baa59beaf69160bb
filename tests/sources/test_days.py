"""Days as people's programs write them: read where they can be one day only, else refused."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.sources.files.bad_file import LIMITS
from analytics.sources.files.downloads import BadFile, read_download
from analytics.sources.files.notation import Hint
from tests.sources.building import TODAY, column, deployed, page, sheet
from tests.sources.hostile_reports import office
from tests.sources.items import INSIGHT, record

DATES = st.dates(date(2015, 1, 1), TODAY)


def days(*cells: str, hint: str = "") -> list[object]:
    """What the processing days of a table are read as."""
    rows = [deployed(productId=f"p{at}", processedDateTime=cell) for at, cell in enumerate(cells)]
    file = read_download("some.file", sheet(*rows).encode(), TODAY, LIMITS, Hint(days=hint))
    return column(file, "day")


def months(*cells: str) -> list[object]:
    rows = [office(Month=cell, WorkloadName=f"w{at}") for at, cell in enumerate(cells)]
    return column(read_download("some.file", sheet(*rows).encode(), TODAY), "month")


def problem(*cells: str, hint: str = "") -> str:
    with pytest.raises(BadFile) as refused:
        days(*cells, hint=hint)
    return refused.value.problem


ONE = date(2026, 11, 21)


@pytest.mark.parametrize(
    "cell",
    [
        "11/21/2026 00:00:00",
        "11/21/2026",
        "21/11/2026",
        "21.11.2026",
        "21.11.2026 00:00",
        "21-11-2026",
        "11-21-2026",
        "2026/11/21",
        "2026.11.21",
        "2026/11/21 3:04:05",
        "20261121",
        "21-Nov-2026",
        "21 November 2026",
        "Nov 21, 2026",
        "November 21, 2026 12:00 AM",
        "11/21/2026 12:00:00 AM",
        "11/21/2026 11:59:59 PM",
        "11/21/2026, 3:04 p.m.",
        "2026-11-21T23:59:00+14:00",
        "/Date(1795219200000)/",
        "/Date(1795219200000+0000)/",
        "/Date(1795215600000+0100)/",
        "\\/Date(1795219200000)\\/",
    ],
)
def test_a_day_that_can_be_one_only_is_read(cell: str):
    assert days(cell) == [ONE]


def test_days_are_decided_by_all_rows_of_their_column():
    assert days("03/04/2026", "11/21/2026") == [date(2026, 3, 4), ONE]
    assert days("21/11/2026", "03/04/2026") == [ONE, date(2026, 4, 3)]
    assert days("03/04/2026", "21.11.2026") == [date(2026, 4, 3), ONE]


@pytest.mark.parametrize("cell", ["03/04/2026", "3/4/2026 10:00", "12-11-2026", "01/02/2026"])
def test_a_day_that_may_be_two_is_refused_with_both(cell: str):
    assert problem(cell) == "import-two-days"


def test_the_third_of_the_third_is_one_day():
    assert days("03/03/2026") == [date(2026, 3, 3)]
    assert problem("03/03/2026", "03/04/2026") == "import-two-days"


def test_the_operator_can_say_the_order():
    assert days("03/04/2026", hint="mdy") == [date(2026, 3, 4)]
    assert days("03/04/2026", hint="dmy") == [date(2026, 4, 3)]
    assert problem("03/04/2026", "21/11/2026", hint="mdy") == "import-other-days"


@pytest.mark.parametrize(
    ("cells", "why"),
    [
        (("21/11/2026", "11/20/2026"), "import-mixed-days"),
        (("11/21/26",), "import-year-short"),
        (("21.11.26",), "import-year-short"),
        (("11-21-26 10:00",), "import-year-short"),
        (("46347",), "import-serial-day"),
        (("46347.5",), "import-serial-day"),
        (("/Date(1795215600000)/",), "import-instant-day"),
        (("/Date(1795219200001)/",), "import-instant-day"),
        (("/Date(999999999999999)/",), "import-not-a-day"),
        (("31/11/2026",), "import-not-a-day"),
        (("30/02/2026",), "import-not-a-day"),
        (("13/13/2026",), "import-not-a-day"),
        (("11/21/2026 13:00 PM",), "import-not-a-day"),
        (("21/11-2026",), "import-not-a-day"),
        (("20261321",), "import-not-a-day"),
        (("November 2026",), "import-not-a-day"),
        (("11/23/2026",), "import-future-day"),
        (("11/21/2014",), "import-old-day"),
    ],
)
def test_other_days_are_refused_with_what_helps(cells: tuple[str, ...], why: str):
    assert problem(*cells) == why


@pytest.mark.parametrize(
    ("cell", "moment"),
    [
        ("11/20/2026 10:30:00 PM", (2026, 11, 20, 22, 30)),
        ("20.11.2026 10:30", (2026, 11, 20, 10, 30)),
        ("11/20/2026 12:05:00 AM", (2026, 11, 20, 0, 5)),
        ("11/20/2026 10:30:00 +02:00", (2026, 11, 20, 8, 30)),
        ("20 Nov 2026 10:30 UTC", (2026, 11, 20, 10, 30)),
        ("/Date(1795213799000+0200)/", (2026, 11, 20, 22, 29, 59)),
    ],
)
def test_instants_keep_their_time(cell: str, moment: tuple[int, ...]):
    file = read_download("some.file", page(record(operationDate=cell)), TODAY)
    year, month, day, *clock = moment
    assert column(file, "moment") == [
        datetime(year, month, day, *clock, tzinfo=UTC).replace(tzinfo=None)
    ]


def test_each_column_has_its_own_order():
    item = {**INSIGHT, "creationDate": "21/11/2025", "effectiveStartDate": "11/21/2025"}
    file = read_download("some.file", sheet(item).encode(), TODAY)

    assert column(file, "created") == column(file, "starts") == [date(2025, 11, 21)]
    assert file.notation.orders == {"created": "dmy", "starts": "mdy"}


def test_a_month_is_its_first_day_in_either_order():
    assert months("03/01/2026", "10/1/2026 12:00:00 AM") == [date(2026, 3, 1), date(2026, 10, 1)]
    assert months("01/03/2026", "01.10.2026") == [date(2026, 3, 1), date(2026, 10, 1)]
    for cells in (("03/04/2026",), ("03/01/2026", "01/03/2026"), ("12/2026",)):
        with pytest.raises(BadFile):
            months(*cells)


@given(st.lists(DATES, min_size=1, max_size=4), st.sampled_from(["%m/%d/%Y", "%d/%m/%Y"]))
@settings(max_examples=80, deadline=None)
def test_a_list_of_days_is_read_as_meant_or_refused(meant: list[date], form: str):
    cells = [day.strftime(form) for day in meant]
    if any(day.day > 12 for day in meant) or all(day.day == day.month for day in meant):
        assert days(*cells) == meant
    else:
        assert problem(*cells) == "import-two-days"
