from datetime import date, timedelta

import pytest

from analytics.demo.pages import CLEO_SEES
from analytics.skus import friendly_name, is_free
from tests.sources.demo_reading import NEWEST, batches, days_of, now, of, seats, share, usage, used


def test_there_is_one_contoso_with_a_namesake_and_two_fabrikams_without_a_plain_one():
    names = {row.customer for row in now(seats())}

    assert {name for name in names if name.startswith("Contoso")} == {
        "Contoso",
        "Contoso Pharmaceuticals",
    }
    assert {name for name in names if name.startswith("Fabrikam")} == {
        "Fabrikam Bikes",
        "Fabrikam Residences",
    }


def test_the_report_viewer_sees_contoso_and_fabrikam_bikes():
    tenants = {row[4]: row[5] for row in batches()[0].rows}

    assert [tenants[each] for each in CLEO_SEES] == ["Contoso", "Fabrikam Bikes"]


def test_contoso_grows_and_its_people_lag_behind():
    def paid(day: date) -> tuple[int, int]:
        rows = [row for row in of("Contoso", day) if not is_free(row.product)]
        return sum(row.sold for row in rows), sum(row.assigned for row in rows)

    crm = of("Contoso", NEWEST - timedelta(days=3))
    sales = sum(row.sold for row in crm if row.service == "crm")
    sold, assigned = paid(NEWEST)

    assert sold + sales in range(1225, 1276)
    assert assigned / sold < 0.93
    assert sold > 1.15 * paid(date(2025, 11, 23))[0] > 1.15 * paid(date(2024, 11, 24))[0]


def test_contosos_teams_rises_sharepoint_is_lower_and_viva_engage_passes_entitlement():
    assert share("Contoso", "teams") > share("Contoso", "teams", date(2024, 11, 24)) + 0.05
    assert share("Contoso", "spo") < 0.55 < share("Contoso", "teams")
    assert share("Contoso", "yammer") > 1.2


def test_contoso_bought_copilot_five_months_ago_and_hardly_uses_it():
    name = "Microsoft Copilot for Microsoft 365"

    bought = min(row.day for row in seats() if friendly_name(row.product) == name)
    assert bought == date(2026, 6, 28)
    assert 0.2 < share("Contoso", "copilot") < 0.35


@pytest.mark.parametrize(
    ("customer", "workload", "least"),
    [
        ("Wide World Importers", "yammer", 2.0),
        ("Trey Research", "exo", 1.1),
        ("School of Fine Art", "exo", 1.5),
        ("Fourth Coffee", "exo", 1.0),
    ],
)
def test_usage_passes_100_percent_for_each_documented_cause(
    customer: str, workload: str, least: float
):
    assert share(customer, workload) > least


def test_free_products_come_with_ten_thousand_seats_and_a_million():
    free = {row.sold for row in now(seats()) if is_free(row.product)}

    assert free == {10_000, 1_000_000}


def test_a_customer_with_seats_has_no_usage_rows():
    assert sum(row.assigned for row in of("Woodgrove Bank")) > 500
    assert not [row for row in usage() if row.customer == "Woodgrove Bank"]


def test_an_expired_customer_has_people_on_seats_that_nobody_sells():
    (row,) = of("Southridge Video")

    assert (row.sold, row.assigned > 40) == (0, True)
    assert {(use.entitled, use.active > 0) for use in used("Southridge Video")} == {(0, True)}


def test_a_customer_without_subscription_stands_there_with_nothing():
    assert [(row.sold, row.assigned) for row in of("Lucerne Publishing")] == [(0, 0)]


def test_one_holds_more_seats_than_it_bought():
    assert any(row.assigned > row.sold > 0 for row in of("Proseware"))


def test_one_came_yesterday():
    assert days_of("First Up Consultants") == {NEWEST}


def test_one_left_and_stands_in_old_snapshots_only():
    assert max(days_of("Tailspin Toys")) == date(2026, 2, 22)


def test_dynamics_was_worked_out_three_days_before_the_rest():
    rows = [row for row in seats() if row.customer == "Contoso"]

    newest = {name: max(row.day for row in rows if row.service == name) for name in ("o365", "crm")}

    assert newest == {"o365": NEWEST, "crm": date(2026, 11, 18)}


def test_sharepoint_stands_under_dynamics_too_as_documented():
    assert {use.workload for use in usage() if use.service == "crm"} == {"crm", "spo"}


def test_one_month_has_no_data():
    months = {(row.day.year, row.day.month) for row in seats()}
    months |= {(use.day.year, use.day.month) for use in usage()}

    assert (2025, 3) not in months
    assert {(2025, 2), (2025, 4)} < months


def test_names_carry_accents_apostrophes_other_scripts_and_code():
    names = {row.customer for row in now(seats())}

    assert "Société Lumière d'Épicerie" in names
    assert "Crèmerie Générale de l\u2019Étoile" in names
    assert {"O'Malley & Daughters", "Margie's Travel", "$\\frac{$ <script> Ltd"} < names
    assert any("\u0600" < letter < "\u06ff" for name in names for letter in name)
