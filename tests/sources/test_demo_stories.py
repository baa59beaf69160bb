"""Each story of the made-up partner that questions must get right, by the customer who plays it."""

import json
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

import pytest

from analytics.demo.contract_cases import NOT_LISTED
from analytics.demo.stories import made_up_tenant
from analytics.offers import offer_name
from analytics.tables import Cell
from tests.sources.demo_reading import TODAY, loads, rows_of_load, told

Cells = dict[str, Cell]


def within(days: int) -> date:
    return TODAY + timedelta(days=days)


def of(customer: str, dataset: str = "subscriptions") -> list[Cells]:
    """Rows of a customer in today's load."""
    return [row for row in told(dataset) if row["tenant"] == made_up_tenant(customer)]


def before(customer: str, dataset: str = "subscriptions", loads_ago: int = 1) -> list[Cells]:
    rows = rows_of_load(loads()[-1 - loads_ago], dataset)
    return [row for row in rows if row["tenant"] == made_up_tenant(customer)]


def one(customer: str, product: str, dataset: str = "subscriptions") -> Cells:
    (row,) = (each for each in of(customer, dataset) if each["product_name"] == product)
    return row


def logged(customer: str) -> list[Cells]:
    return of(customer, "activity")


def e3_beside_another_partner() -> bool:
    row = one("Contoso", "Microsoft 365 E3")
    counted = [r for r in told("deployment") if r["tenant"] == row["tenant"]]
    theirs = [r["sold"] for r in counted if r["product_name"] == "MICROSOFT 365 E3"]
    part = {"quantity": 10, "until": f"{within(4)}T09:20:00Z"}
    return (
        (row["quantity"], row["auto_renew"], row["ends"]) == (400, True, within(25))
        and (row["next_quantity"], row["scheduled_term"]) == (380, "P1Y")
        and json.loads(str(row["refundable"])) == {"total": 10, "parts": [part]}
        and (row["term"], row["billing_cycle"], theirs[-1]) == ("P1Y", "annual", 400 + 210)
    )


def an_upgrade_that_is_a_move() -> bool:
    """Twenty seats of E3 became seats of E5 forty days ago; ten of E3 were added since."""
    then, now = ({str(r["product_name"]): int(str(r["quantity"])) for r in rows} for rows in (
        before("Contoso", loads_ago=4), of("Contoso"),
    ))  # fmt: skip
    changes = [now[name] - then[name] for name in ("Microsoft 365 E3", "Microsoft 365 E5")]
    return changes == [10 - 20, 20]


def into_extended_service() -> bool:
    (row,) = of("Proseware")
    chosen = (row["auto_renew"], row["scheduled_actions"], row["end_action"], row["form"])
    return (row["ends"], row["quantity"], chosen) == (within(13), 150, (False, "[]", None, 1))


def in_extended_service() -> bool:
    (row,) = of("Fourth Coffee")
    offer = offer_name(str(row["offer"]))
    (listed,) = (each for each in told("offer_skus") if each["offer"] == offer)
    return row["term"] == "P1M" and row["product_name"] == listed["title"] == (
        "Microsoft 365 F3 (Extended Service Term)"
    )


def cancelled_at_its_end() -> bool:
    row = one("Woodgrove Bank", "Microsoft 365 E5")
    chosen = (row["auto_renew"], row["end_action"], row["end_action_on"])
    return chosen == (False, "Cancel", within(40)) and row["ends"] == within(40)


def not_told_whether_it_is_cancelled() -> bool:
    row = one("Terra Firma Surveyors", "Microsoft 365 Business Standard")
    asked = (row["auto_renew"], row["scheduled_actions"], row["form"])
    return asked == (False, None, 1) and str(row["created"]) >= "2025-04-01"


def told_whether_they_are_cancelled() -> bool:
    """Where seats of new commerce are told of, the actions are too; with two exceptions."""
    rows = [r for r in told("subscriptions") if ":" in str(r["offer"]) and r["unit"] == "Licenses"]
    untold = {row["tenant"] for row in rows if row["scheduled_actions"] is None}
    return untold == set(map(made_up_tenant, ("Orrery Instruments", "Terra Firma Surveyors")))


def bought_too_early_for_it() -> bool:
    row = one("Orrery Instruments", "Microsoft 365 E3")
    asked = (row["auto_renew"], row["scheduled_actions"], row["form"])
    return asked == (False, None, 1) and str(row["created"]) < "2025-04-01"


def open_window() -> bool:
    row = one("Fabrikam Bikes", "Microsoft 365 Business Premium")
    days = (str(row["created"])[:10], row["starts"], str(row["cancellable_until"])[:10])
    return days == (str(within(-3)), within(-3), str(within(4)))


def monthly_and_quiet() -> bool:
    rows = [row for row in of("VanArsdel") if row["term"] == "P1M"]
    suites = [row for row in rows if row["product_name"] == "Office 365 E3"]
    return len(suites) == 41 and all(row["auto_renew"] for row in rows)


def carried_over_to_new_commerce() -> bool:
    """Two ids with the same seats: the new one names the one that it came from."""
    (new,) = (row for row in of("City Power & Light") if row["migrated_from"])
    (old,) = (r for r in of("City Power & Light", "subscription_insights") if r["deprovisioned"])
    legacy = before("City Power & Light", loads_ago=5)
    ids = [row["subscription"] for row in legacy if row["product_type"] == ""]
    return new["migrated_from"] == old["subscription"] in ids and new["quantity"] == old["quantity"]


def two_trials() -> bool:
    rows = of("Trey Research", "subscription_insights")
    return {row["trial_ends"] for row in rows} == {within(20), within(-30), None} and (
        [row["converted"] for row in rows if row["converted"]] == [within(-30)]
    )


def legacy_in_grace() -> bool:
    (row,) = of("Southridge Video")
    return (row["status"], row["product_type"], row["ends"]) == ("suspended", "", within(-12))


def churned_by_both_definitions() -> bool:
    rows = of("Tailspin Toys", "subscription_insights")
    return bool(rows) and all(row["status"] == "deprovisioned" for row in rows)


def churned_by_one_definition() -> bool:
    """Its subscriptions were active when they were first seen, and are suspended."""
    now, earlier = (
        [(row["status"], row["quantity"]) for row in rows]
        for rows in (of("Nod Publishers"), before("Nod Publishers", loads_ago=2))
    )
    sold = {row["sold"] for row in of("Nod Publishers", "deployment") if row["day"] == within(-1)}
    seats = [("active", 55), ("active", 10)]
    return (earlier, now, sold) == (seats, [("suspended", count) for _, count in seats], {0})


def gone_from_the_list() -> bool:
    listed = [of(NOT_LISTED, "customer_list"), before(NOT_LISTED, "customer_list", 2)]
    stands = {row["status"] for row in of(NOT_LISTED, "subscription_insights")}
    return [len(rows) for rows in listed] == [0, 1] and stands == {"active"}


def known_by_name_alone() -> bool:
    name = "Lucerne Publishing"
    return bool(of(name, "customer_list")) and not of(name)


def without_access() -> bool:
    name = "Wide World Importers"
    return bool(of(name)) and not of(name, "subscribed_skus")


def of_education_and_without_a_price() -> bool:
    rows = of("Bellows College", "insights_customers")
    billed = {row["billed_usd"] for row in (*rows, *of("Bellows College", "insights_seats"))}
    return {row["segment"] for row in rows} == {"Education"} and billed == {None}


def over_its_budget_and_corrected() -> bool:
    rows = {row["day"]: row for row in of("Woodgrove Bank", "azure_spend")}
    newest = [rows[within(-at)]["cost"] for at in range(2, -1, -1)]
    used = (rows[TODAY]["currency"], rows[TODAY]["budget"], str(rows[TODAY]["budget_used"]))
    october = sorted(day for day in rows if date(2026, 10, 2) <= day <= date(2026, 11, 1))
    together = (october[1] - october[0]).days
    return (newest, used, together) == ([1020, 1000, 1090], ("EUR", 1000, "1.090"), 26)


def legacy_azure_beside_a_plan() -> bool:
    rows = [row for row in of("Adventure Works Cycles", "azure_spend") if row["day"] == TODAY]
    told_of = {(row["currency"], row["locale"], row["budget"], row["azure_plan"]) for row in rows}
    return told_of == {("SEK", "", None, True), ("", "fr-FR", None, False)}


def an_unusual_day() -> bool:
    rows = of("Humongous Insurance", "azure_meters")
    bandwidth = sorted(Decimal(str(r["quantity"])) for r in rows if r["category"] == "Bandwidth")
    return bandwidth[-1] > 6 * bandwidth[-2]


def a_failed_order_and_three_of_one_request() -> bool:
    rows = logged("Blue Yonder Airlines")
    by_request: dict[Cell, int] = {}
    for row in rows:
        by_request[row["correlation"]] = by_request.get(row["correlation"], 0) + 1
    old = [row for row in rows if str(row["moment"])[:10] < str(within(-90))]
    return (
        "failed" in {row["status"] for row in rows}
        and max(by_request.values()) == 3
        and [row["operation"] for row in old] == ["add_customer"]
        and any(not row["who"] for row in rows)
    )


def a_role_granted() -> bool:
    return [r["operation"] for r in told("activity") if not r["tenant"]] == ["add_user_member"]


def hostile_names() -> bool:
    names = {str(row["customer"]) for row in told("customer_list")}
    nicknames = {str(row["nickname"]) for row in told("subscriptions")}
    return '=HYPERLINK("http://x","Ltd")' in names and "<@U123> *bold*" in nicknames


def two_resellers() -> bool:
    return len({row["reseller"] for row in told("subscriptions") if row["reseller"]}) == 2


STORIES: tuple[Callable[[], bool], ...] = (
    e3_beside_another_partner,
    an_upgrade_that_is_a_move,
    into_extended_service,
    in_extended_service,
    cancelled_at_its_end,
    bought_too_early_for_it,
    not_told_whether_it_is_cancelled,
    told_whether_they_are_cancelled,
    open_window,
    monthly_and_quiet,
    carried_over_to_new_commerce,
    two_trials,
    legacy_in_grace,
    churned_by_both_definitions,
    churned_by_one_definition,
    gone_from_the_list,
    known_by_name_alone,
    without_access,
    of_education_and_without_a_price,
    over_its_budget_and_corrected,
    legacy_azure_beside_a_plan,
    an_unusual_day,
    a_failed_order_and_three_of_one_request,
    a_role_granted,
    hostile_names,
    two_resellers,
)


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.__name__)
def test_the_made_up_partner_tells_the_story(story: Callable[[], bool]) -> None:
    assert story()
