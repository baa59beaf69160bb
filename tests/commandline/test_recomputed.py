"""What questions give to programs is what plain SQL finds in the raw rows."""

import json
from datetime import date
from decimal import Decimal
from itertools import combinations
from pathlib import Path
from typing import Any

import duckdb
import pytest

from bot.partners import SERVED, facts_folder
from tests.commandline.conftest import Terminal

_IN_FORCE = """
    SELECT count(DISTINCT tenant) FROM (
        SELECT * FROM subscription_insights QUALIFY row_number() OVER (
            PARTITION BY subscription ORDER BY since DESC) = 1)
    WHERE created <= ? AND (deprovisioned IS NULL OR deprovisioned > ?)
        AND tenant NOT IN (
            SELECT tenant FROM customer_list GROUP BY tenant
            HAVING bool_and(until IS NOT NULL) AND max(until) <= ?)"""

_CLASSES = """
    SELECT least(greatest(floor(5.0 * used / nullif(whole, 0)), 0), 4)::INTEGER AS class,
        used > whole AS beyond, whole = 0 AS empty, count(*) AS customers
    FROM (
        SELECT tenant, sum(assigned) AS used, sum(sold) AS whole FROM standing
        WHERE sold IS NOT NULL AND NOT list_contains(?::VARCHAR[], product) GROUP BY tenant)
    GROUP BY ALL"""


_SUBSCRIPTIONS = """
    WITH l AS (SELECT * FROM subscription_insights WHERE until IS NULL AND tenant NOT IN (
        SELECT tenant FROM customer_list GROUP BY tenant HAVING bool_and(until IS NOT NULL)
        ) OR until IS NULL AND status = 'deprovisioned')
    SELECT count(*) FILTER (status IN ('active', 'suspended')) AS total,
        count(*) FILTER (status = 'suspended') AS suspended,
        count(*) FILTER (status IN ('active', 'suspended')
            AND ends BETWEEN $today AND $today + 30) AS expiring,
        count(*) FILTER (status IN ('active', 'suspended') AND ends < $today) AS expired,
        count(*) FILTER (status <> 'warned' AND created BETWEEN $today - 29 AND $today) AS new,
        count(*) FILTER (status = 'deprovisioned'
            AND deprovisioned BETWEEN $today - 29 AND $today) AS ended_in_period
    FROM l"""


_SEATS = """
    WITH listed AS (
        SELECT * FROM subscriptions WHERE billing = 'license' AND unit = 'Licenses'),
    standing AS (
        SELECT tenant, subscription, since, until, created, quantity,
            status IN ('active', 'suspended', 'disabled') AND NOT trial AS counts FROM listed
        UNION ALL
        SELECT tenant, subscription, since, until, created, quantity,
            status IN ('active', 'suspended') AND (trial_ends IS NULL OR converted IS NOT NULL)
        FROM subscription_insights i
        WHERE subscription_type <> 'Azure' AND NOT EXISTS (
            SELECT 1 FROM subscriptions s WHERE s.subscription = i.subscription))
    SELECT coalesce(sum(quantity), 0)::BIGINT FROM standing
    LEFT JOIN (
        SELECT tenant, max(until) AS off_list FROM customer_list
        GROUP BY tenant HAVING bool_and(until IS NOT NULL)) USING (tenant)
    WHERE counts AND ($tenant IS NULL OR tenant = $tenant) AND (off_list IS NULL OR off_list > $day)
        AND since <= $day AND (until IS NULL OR until > $day)"""
"""Seats by the rows that stood on a day, as syncs found them."""

_AZURE = """
    WITH l AS (SELECT *, changed::DATE AS told FROM azure_spend),
    m AS (SELECT * FROM l WHERE date_trunc('month', told) = date_trunc('month', (
        SELECT max(told) FROM l)))
    SELECT currency, sum(cost) FROM (SELECT tenant, currency, arg_max(cost, told) AS cost FROM m
        WHERE currency <> '' GROUP BY tenant, currency) GROUP BY currency"""


_ACTIVITY = """
    SELECT count(*), count(*) FILTER (status IN ('failed', 'decline')),
        count(*) FILTER (status = 'progress'), count(DISTINCT event)
    FROM activity
    WHERE moment::DATE BETWEEN $first::DATE AND $last::DATE
        AND ($tenant IS NULL OR tenant = $tenant)"""


@pytest.fixture
def told(made_up: Terminal) -> dict[str, Any]:
    """The results of both questions, as an admin is told them."""
    asked = {name: made_up.run("ask", f"/{name}", "--as", "ada", "--json") for name in QUESTIONS}
    return {name: json.loads(said.out)["result"] for name, said in asked.items()}


QUESTIONS = ("growth", "adoption")


def generation(terminal: Terminal) -> duckdb.DuckDBPyConnection:
    folder = facts_folder(terminal.home / "data" / "demo", SERVED)
    file: Path = max(folder.glob("facts-*.duckdb"))
    return duckdb.connect(file, read_only=True)


def numbers(count: dict[str, dict[str, Any]]) -> dict[str, Any]:
    return {name: figure["value"] for name, figure in count.items()}


def adds_up(count: dict[str, Any]) -> bool:
    if None in count.values():
        return False
    came = count["start"] + count["new"] + count["returned"]
    return bool(count["end"] == came - count["churned"])


def test_results_are_those_of_plain_sql(made_up: Terminal, told: dict[str, Any]) -> None:
    growth, adoption = told["growth"], told["adoption"]
    with generation(made_up) as con:
        for month in growth["months"]:
            count, narrow = numbers(month["power_bi"]), numbers(month["insights"])
            assert adds_up(count)
            assert adds_up(narrow) or None in narrow.values()
            if month["month"] > growth["known"]:
                assert count["end"] >= narrow["end"]
            last = con.execute("SELECT last_day(?::DATE)", [month["month"]]).fetchone()
            assert last is not None
            day = min(last[0], date.fromisoformat(growth["stamp"]["rests_on"][0]["day"]))
            assert con.execute(_IN_FORCE, [day, day, day]).fetchone() == (count["end"],)
        apart = [each["product"] for each in adoption["seats"]["apart"]]
        found = con.execute(_CLASSES, [apart]).fetchall()
    told_classes = {each["range"]: each["assigned"]["value"] for each in adoption["classes"]}
    expected = dict.fromkeys(told_classes, 0)
    for at, beyond, empty, customers in found:
        name = "none" if empty else "over" if beyond else [*expected][at]
        expected[name] += customers
    # Customers who have products alone that are set apart are in the class without seats.
    expected["none"] = told_classes["none"]
    assert told_classes == expected
    seats, customers = adoption["seats"], adoption["seats"]["customers"]
    used = sum(each["used"]["value"] for each in adoption["classes"])
    assert sum(told_classes.values()) == used + adoption["unmeasured"]["value"] == len(customers)
    for name in ("sold", "assigned"):
        assert sum(each[name]["value"] for each in customers) == seats[name]["value"]


def test_subscriptions_are_those_of_plain_sql(made_up: Terminal) -> None:
    said = made_up.run("ask", "/subscriptions", "--as", "ada", "--json")
    told = json.loads(said.out)["result"]
    with generation(made_up) as con:
        found = con.execute(_SUBSCRIPTIONS, {"today": date.fromisoformat(told["day"])})
        names = [column[0] for column in found.description or ()]
        (counts,) = found.fetchall()
    figures = {name: told[name]["value"] for name in names}
    assert figures == dict(zip(names, counts, strict=True))
    assert told["total"]["value"] == told["active"]["value"] + told["suspended"]["value"]
    products = [each["active"]["value"] + each["suspended"]["value"] for each in told["products"]]
    assert sum(products) == told["total"]["value"]
    ending = made_up.run("ask", "/subscriptions expiring", "--as", "ada", "--json")
    assert json.loads(ending.out)["result"]["matches"]["value"] == figures["expiring"]


SOLD_TO = ("contoso", "city power & light", "trey research", "nod publishers", "fabrikam bikes")


@pytest.mark.parametrize("whose", ["", *SOLD_TO])
def test_seats_sold_are_those_of_plain_sql(made_up: Terminal, whose: str) -> None:
    said = made_up.run("ask", f"/licenses {whose}", "--as", "ada", "--json")
    told = json.loads(said.out)["result"]
    flows = [{name: each["value"] for name, each in m["flow"].items()} for m in told["months"]]
    known = [flow for flow in flows if flow["start"] is not None]
    tenant = told["customer"] and told["customer"]["id"]
    with generation(made_up) as con:
        values = {"tenant": tenant, "day": date.fromisoformat(told["day"])}
        ((newest,),) = con.execute(_SEATS, values).fetchall()
        first = values | {"day": date.fromisoformat(told["known"])}
        ((oldest,),) = con.execute(_SEATS, first).fetchall()
    assert len(known) >= 3
    assert (known[0]["start"], known[-1]["end"]) == (oldest, newest)
    for flow in known:
        assert flow["end"] == flow["start"] + flow["adds"] - flow["reductions"]
    assert [flow["start"] for flow in known[1:]] == [flow["end"] for flow in known[:-1]]
    assert len(told["months"]) == 12
    assert {flow["moved"] for flow in known} == {0}


def test_azure_is_that_of_plain_sql_and_days_add_up_in_each_currency(
    made_up: Terminal, tmp_path: Path
) -> None:
    said = made_up.run("ask", "/azure", "--as", "ada", "--json")
    costs = json.loads(said.out)["result"]["costs"]
    with generation(made_up) as con:
        found = dict(con.execute(_AZURE).fetchall())
    assert {each["code"]: amount(each) for each in costs["totals"]} == found
    assert len(found) > 1
    for code, total in found.items():
        days = [each for each in costs["days"] if each["currency"]["code"] == code]
        assert sum(map(amount, days)) == total
    sums = [one + other for one, other in combinations(found.values(), 2)]
    words = made_up.run("ask", "/azure", "--as", "ada").out
    made_up.run("ask", "/export /azure csv", "--as", "ada", "--out", str(tmp_path))
    (file,) = (each.read_text("utf-8-sig") for each in tmp_path.glob("*.csv"))
    assert "[chart" in words
    written = {form(each) for each in sums for form in (str, "{:.2f}".format, "{:,.2f}".format)}
    assert not [each for each in written for text in (said.out, words, file) if each in text]


@pytest.mark.parametrize("whose", ["all", "blue yonder airlines"])
def test_activity_is_that_of_plain_sql_and_no_record_comes_twice(
    made_up: Terminal, whose: str
) -> None:
    said = made_up.run("ask", f"/activity {whose}", "--as", "ada", "--json")
    told = json.loads(said.out)["result"]
    tenant = told["customer"] and told["customer"]["id"]
    with generation(made_up) as con:
        span = {"first": told["period"]["first"], "last": told["period"]["last"], "tenant": tenant}
        counts = con.execute(_ACTIVITY, span).fetchone()
    figures = tuple(told[name]["value"] for name in ("total", "failed", "in_progress"))
    assert counts == (*figures, told["total"]["value"])
    assert sum(day["records"]["value"] for day in told["days"]) == told["total"]["value"] > 0
    records = [
        (each["moment"], each["operation"], each["customer"], str(each["after"]))
        for line in told["newest"]
        for each in line["records"]
    ]
    assert len(set(records)) == len(records) > 3
    for line in told["newest"]:
        failed = sum(each["status"] in {"failed", "decline"} for each in line["records"])
        assert failed <= line["failed"]["value"]


def amount(figure: dict[str, Any]) -> Decimal:
    return Decimal(figure["amount"]["value"])
