"""Azure: the worked example, edges of months and days, and what is never added."""

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from analytics.charts.azure import azure_chart
from analytics.questions.azure import AzureResult, AzureView, azure
from analytics.questions.azure.identities import azure_days, azure_sums
from analytics.questions.azure.spend import AzureCurrency
from analytics.values import Customer, Period, Unknown, Why
from analytics.warehouse.facts import Facts
from handlers.commands.azure import tell
from handlers.commands.azure.words import azure_finding
from handlers.messages.speaker import speaker
from tests.questions.asking import between, november
from tests.questions.azured import category, metered, spent, told
from tests.warehouse.rows import tenant
from tests.warehouse.sights import sight

A, F = Customer(tenant("a"), "a"), Customer(tenant("f"), "f")
BUDGET = {"budget": Decimal(1000)}
EN, FR = speaker("en"), speaker("fr")
EUR, SEK = AzureCurrency("EUR"), AzureCurrency("SEK")
OCTOBER = Period(date(2026, 10, 1), date(2026, 10, 31))

EXAMPLE = [
    spent("a", date(2026, 10, 31), "960", **BUDGET, budget_used=Decimal("0.96")),
    spent("a", november(1), "30", **BUDGET, budget_used=Decimal("0.03")),
    spent("a", november(27), "1020", **BUDGET, budget_used=Decimal("1.02")),
    spent("a", november(28), "1000", **BUDGET, budget_used=Decimal("1")),
    spent("a", november(29), "1090", **BUDGET, budget_used=Decimal("1.09")),
    spent("f", november(27), "5400", "SEK", cost_usd=Decimal(500)),
    spent("f", november(29), "5800", "SEK", cost_usd=Decimal(537)),
]


@pytest.fixture
def example(tmp_path: Path) -> Facts:
    return told(tmp_path, EXAMPLE)


def amounts(result: AzureResult) -> dict[str, Decimal]:
    return {each.code: each.amount for each in result.costs.totals}


def days(result: AzureResult) -> list[tuple[date, date, Decimal | None]]:
    return [(each.first, each.last, each.amount) for each in result.costs.days]


def without_money(facts: Facts) -> Facts:
    """The same for a report viewer."""
    return Facts(facts.generation, sight(facts.sight.customers, money=False))


def test_the_months_so_far_stand_side_by_side_and_are_not_added(example: Facts) -> None:
    result = azure(example, None, None)

    assert (result.costs.month, result.costs.as_of) == (november(1), november(29))
    assert amounts(result) == {"EUR": Decimal(1090), "SEK": Decimal(5800)}
    assert (result.costs.totals[0].budget_used, result.costs.totals[1].budget_used) == (
        Decimal("1.09"),
        None,
    )
    assert azure_finding(result, EN) == (
        "Azure so far in Nov 2026: "
        "€1,090.00 (109% of budget), SEK\N{NO-BREAK SPACE}5,800.00; not added"
    )
    assert (result.costs.totals[0].usd, result.costs.totals[1].usd) == (None, Decimal(537))


def test_october_is_as_it_was_last_seen(example: Facts) -> None:
    result = azure(example, A, OCTOBER)

    assert (result.costs.as_of, result.costs.ended) == (OCTOBER.last, True)
    assert azure_finding(result, EN) == "Azure in Oct 2026, a: €960.00 (96% of budget)"
    newest, before = azure(example, A, None).costs.months
    assert (newest.amount, before.amount, before.told) == (1090, 960, OCTOBER.last)


def test_days_are_told_singly_or_together_and_a_correction_stays(example: Facts) -> None:
    result = azure(example, A, None)

    assert days(result) == [
        (november(1), november(1), Decimal(30)),
        (november(2), november(27), Decimal(990)),
        (november(28), november(28), Decimal(-20)),
        (november(29), november(29), Decimal(90)),
    ]
    assert [each.corrected for each in result.costs.days] == [0, 0, -20, 0]


def test_every_answer_with_amounts_calls_them_an_estimate(example: Facts) -> None:
    for facts, customer in ((example, None), (example, A), (example, F)):
        for say, words in ((EN, "before tax and discounts"), (FR, "hors taxes et remises")):
            assert words in repr(tell(azure(facts, customer, None), say).parts)


def test_what_is_asked_on_the_first_belongs_to_the_month_before(tmp_path: Path) -> None:
    late = datetime(2026, 10, 31, 23, 0, 16)  # noqa: DTZ001 as it is kept
    rows = [spent("a", date(2026, 10, 31), "900"), spent("a", november(1), "960", changed=late)]
    result = azure(told(tmp_path, rows), A, None)

    assert (result.costs.month, result.costs.as_of) == (OCTOBER.first, OCTOBER.last)
    assert amounts(result) == {"EUR": Decimal(960)}
    assert days(result) == [(OCTOBER.first, OCTOBER.last, Decimal(960))]


def test_a_currency_that_changes_within_a_month_is_two_amounts(tmp_path: Path) -> None:
    rows = [spent("a", november(10), "400"), spent("a", november(20), "900", "SEK")]
    result = azure(told(tmp_path, rows), A, None)

    assert amounts(result) == {"EUR": Decimal(400), "SEK": Decimal(900)}
    assert result.costs.users == 1
    assert [each.first for each in result.costs.days] == [november(1), november(1)]


def test_amounts_without_a_currency_are_in_no_sum(tmp_path: Path) -> None:
    legacy = {"locale": "fr-FR", "azure_plan": False}
    rows = [
        spent("a", november(20), "40"),
        spent("b", november(20), "7", "", **legacy),
        spent("c", november(20), "9", "", **legacy),
    ]
    result = azure(told(tmp_path, rows), None, None)

    assert amounts(result) == {"EUR": Decimal(40)}
    unstated = [(each.currency, each.amount) for each in result.costs.without_currency]
    assert unstated == [(AzureCurrency("", "fr-FR"), 9), (AzureCurrency("", "fr-FR"), 7)]
    assert [each.amount for each in result.costs.months] == [40, 7, 9]
    assert "2 more amounts; not added" in azure_finding(result, EN)
    of_one = azure_finding(azure(told(tmp_path, rows), Customer(tenant("b"), "b"), None), EN)
    assert of_one.endswith("b: 7 in a currency not stated (locale fr-FR)")


def test_without_a_budget_nothing_is_used_and_far_above_it_is_real(tmp_path: Path) -> None:
    used = {"budget": Decimal(20), "budget_used": Decimal("6.0284")}
    rows = [
        spent("a", november(20), "40", budget_used=Decimal(0)),
        spent("b", november(20), "120.568", **used),
    ]
    result = azure(told(tmp_path, rows), None, None)

    assert [(each.customer.name, each.budget_used) for each in result.costs.spent] == [
        ("b", Decimal("6.0284")),
        ("a", None),
    ]
    assert [each.customer.name for each in result.costs.over] == ["b"]
    assert "no budget" in repr(tell(result, EN).details)
    chart = azure_chart(result, "", EN)
    assert [bar.shown for bar in chart.bars] == ["€120.57, 603% of budget"]  # type: ignore[union-attr]  # of all: bars


def test_a_change_is_to_the_same_day_or_not_known(tmp_path: Path) -> None:
    rows = [
        spent("a", date(2026, 10, 20), "30"),
        spent("a", november(20), "50"),
        spent("b", date(2026, 10, 19), "30"),
        spent("b", november(20), "50"),
    ]
    spends = azure(told(tmp_path, rows), None, None).costs.spent
    assert {each.customer.name: each.change for each in spends} == {"a": Decimal(20), "b": None}


def test_a_customer_without_azure_this_month_is_counted_apart(tmp_path: Path) -> None:
    rows = [spent("a", november(20), "30"), spent("b", date(2026, 10, 31), "30")]
    costs = azure(told(tmp_path, rows), None, None).costs
    assert (costs.users, costs.without) == (1, 1)


@pytest.mark.parametrize(
    ("period", "why"),
    [
        (Period(date(2019, 1, 1), date(2019, 12, 31)), Why.LATER),
        (Period(november(2), november(26)), Why.NOT_IN_PERIOD),
    ],
)
def test_a_period_without_rows_is_unknown_and_not_zero(
    example: Facts, period: Period, why: Why
) -> None:
    assert azure(example, A, period).costs.users == Unknown(why, "azure_spend")


def test_categories_are_of_the_newest_day_of_each_plan(tmp_path: Path) -> None:
    rows = [
        category("a", november(19), "10"),
        category("a", november(20), "25"),
        category("a", november(20), "5", "Network"),
        category("a", november(18), "7", plan="q"),
    ]
    facts = told(tmp_path, [spent("a", november(20), "40")], categories=rows)
    found = azure(facts, None, None).costs
    assert [(each.category, each.amount) for each in found.categories] == [
        ("Storage", 32),
        ("Network", 5),
    ]
    assert found.in_parts == 1


def test_datasets_that_never_came_are_unknown(tmp_path: Path) -> None:
    result = azure(told(tmp_path, EXAMPLE), None, None)
    assert result.costs.in_parts == Unknown(Why.NEVER_CAME, "azure_category_costs")
    assert result.units.metered == Unknown(Why.NEVER_CAME, "azure_meters")
    assert "not known" in repr(tell(result, EN).details)


def test_a_report_viewer_sees_who_uses_azure_and_no_amount(tmp_path: Path) -> None:
    units = [metered("a", november(20), "5"), metered("f", november(20), "3")]
    facts = without_money(told(tmp_path, EXAMPLE, units))
    result = azure(facts, None, None)

    assert (result.withheld, result.costs.users, result.costs.over) == (True, 2, ())
    assert (result.costs.totals, result.costs.days, result.costs.months) == ((), (), ())
    assert [each.customer.name for each in result.costs.spent] == ["a", "f"]
    assert [each.units for each in result.units.meters] == [Decimal(8)]
    said = repr(tell(result, EN))
    assert "Amounts are for executive report viewers." in said
    assert not any(each in said for each in ("1,090", "109", "5,800", "€", "SEK"))


def test_the_course_of_a_month_breaks_where_days_came_together(example: Facts) -> None:
    chart = azure_chart(azure(example, A, None), "", EN)
    budget, before, month = chart.lines  # type: ignore[union-attr]  # of one: lines

    assert [len(run) for run in month.runs] == [1, 3]
    assert (budget.thin, before.thin, month.thin) == (False, True, False)
    assert (budget.end, before.end, month.end) == ("€1,000.00", "€960.00", "€1,090.00")
    assert before.points == ((november(30).toordinal(), 960.0),)
    (blank,) = chart.blanks  # type: ignore[union-attr]  # as above
    assert (blank.first, blank.last) == (november(2).toordinal(), november(26).toordinal())


def test_of_many_the_first_are_shown_and_the_others_counted(tmp_path: Path) -> None:
    codes = ("EUR", "SEK", "GBP", "CHF", "DKK")
    rows = [
        spent(f"c{at:02}", november(20), "40", codes[at % 5], budget=Decimal(30 + at))
        for at in range(20)
    ]
    result = azure(told(tmp_path, rows), None, None)
    reply = tell(result, EN)

    assert "CHF\N{NO-BREAK SPACE}160.00" in reply.headline
    assert reply.headline.endswith("2 more amounts; not added")
    assert "By customer: the first 15 of 20" in repr(reply.details)
    chart = azure_chart(result, "", EN)
    assert len(chart.bars) == 12  # type: ignore[union-attr]  # of all: bars
    assert chart.title == "10 of 20 Azure budgets exceeded"  # type: ignore[union-attr]  # as above
    narrowed = azure(told(tmp_path / "again", rows), None, None, AzureView.OVER)
    assert tell(narrowed, EN).headline == "10 budgets exceeded in Nov 2026, all customers"


def test_the_same_rows_in_another_order_are_the_same_answer(tmp_path: Path) -> None:
    one = azure(told(tmp_path / "one", EXAMPLE), None, between(1, 30))
    other = azure(told(tmp_path / "other", EXAMPLE[::-1]), None, between(1, 30))
    assert one.costs == other.costs


def test_identities_hold_and_a_wrong_sum_is_found(example: Facts) -> None:
    everything = azure(example, None, None)
    parts = [azure(example, customer, None) for customer in (A, F)]
    assert azure_sums(everything, parts).wrong == azure_days([everything, *parts]).wrong == 0
    assert azure_sums(everything, parts[:1]).wrong > 0
