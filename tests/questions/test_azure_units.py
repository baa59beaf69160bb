"""Units of Azure: two measures of one meter stand apart, and what makes a day unusual."""

from decimal import Decimal
from pathlib import Path

import pytest

from analytics.questions.azure import azure
from analytics.values import Customer
from tests.questions.asking import november
from tests.questions.azured import each_day, metered, spent, told
from tests.warehouse.rows import tenant

A = Customer(tenant("a"), "a")
SPENT = [spent("a", november(29), "1090")]


@pytest.mark.parametrize(
    ("known", "last", "found"),
    [
        (28, "16.1", 1),
        (28, "16", 0),  # the median of 10 and six times 1
        (14, "16.1", 1),
        (13, "99", 0),
    ],
)
def test_a_day_is_unusual_above_median_and_six_deviations_of_14_days(
    tmp_path: Path, known: int, last: str, found: int
) -> None:
    before = each_day(november(30 - known), known)
    rows = [metered("a", day, str(9 + at % 3)) for at, day in enumerate(before)]
    facts = told(tmp_path, SPENT, [*rows, metered("a", november(30), last)])
    unusual = azure(facts, A, None).units.unusual
    assert [(each.day, each.units) for each in unusual] == [(november(30), Decimal(last))] * found


@pytest.mark.parametrize(
    ("usual", "last", "found"),
    [
        ("100", "130", 0),  # a constant meter: a little more is no unusual day
        ("100", "130.1", 1),
        ("0.5", "0.6", 0),
        ("0", "0.1", 1),  # the first use of a meter
    ],
)
def test_a_constant_meter_is_unusual_only_well_above_itself(
    tmp_path: Path, usual: str, last: str, found: int
) -> None:
    before = each_day(november(2), 28)
    rows = [metered("a", day, usual) for day in before]
    facts = told(tmp_path, SPENT, [*rows, metered("a", november(30), last)])
    assert len(azure(facts, A, None).units.unusual) == found


def test_a_meter_that_is_seldom_used_is_unusual_only_far_above_its_most(tmp_path: Path) -> None:
    days = each_day(november(1), 30)
    other = [metered("a", day, "7", "Network") for day in days]  # so that each day is known
    seldom = {november(4): "5", november(12): "6", november(20): "10", november(30): "20.1"}
    facts = told(tmp_path, SPENT, [*other, *(metered("a", d, u) for d, u in seldom.items())])
    assert [each.day for each in azure(facts, A, None).units.unusual] == [november(30)]


def test_units_of_two_measures_are_two_meters(tmp_path: Path) -> None:
    units = [metered("a", november(20), "5"), metered("a", november(21), "3", unit="10 GB")]
    found = azure(told(tmp_path, SPENT, units), A, None).units.meters
    assert [(each.unit, each.units) for each in found] == [("1 GB", 5), ("10 GB", 3)]
