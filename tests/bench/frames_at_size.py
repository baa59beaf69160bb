"""What a bot on pandas would do with the same rows in memory: some figures of each answer, which
are compared with ours.
"""

from collections.abc import Callable
from datetime import date
from typing import Any

import pandas as pd

from analytics.questions.activity import ActivityResult
from analytics.questions.adoption import AdoptionResult
from analytics.questions.azure import AzureResult
from analytics.questions.licenses import LicensesResult
from analytics.questions.portfolio import PortfolioResult
from analytics.questions.subscriptions import SubscriptionsResult
from analytics.warehouse.facts import Generation

Frames = dict[str, pd.DataFrame]
Figures = tuple[object, ...]
_KEYS = ["tenant", "product"]


def frames_of(generation: Generation, now: date, then: date, newest: date) -> Frames:
    """The rows in memory that a bot on pandas would keep: of the newest day, of two days at ends of
    months, and the newest months of the log and of Azure.
    """
    days = {"now": now, "then": then, "month": newest.replace(day=1)}
    asked = {
        "seats": "FROM newest_deployment",
        "use": "FROM newest_usage",
        "seats then": "FROM deployment WHERE day IN ($now, $then)",
        "use then": "FROM usage WHERE day IN ($now, $then)",
        "subscriptions": "SELECT tenant, subscription, status, created, deprovisioned, since,"
        " until, quantity, product_name FROM subscription_insights",
        "lists": "SELECT tenant, subscription, product_name, quantity, status, created, until"
        " FROM subscriptions",
        "customers": "SELECT tenant, customer, until FROM customer_list",
        "activity": "SELECT moment, tenant, operation, status FROM activity"
        " WHERE moment >= (SELECT max(moment)::DATE - 29 FROM activity)",
        "spend": "SELECT tenant, currency, changed, cost::DOUBLE AS cost FROM azure_spend"
        " WHERE changed >= $month",
        "units": "SELECT tenant, category, unit, day, quantity::DOUBLE AS quantity"
        " FROM azure_meters WHERE day >= $month",
    }
    values = {
        name: {each: day for each, day in days.items() if f"${each}" in sql}
        for name, sql in asked.items()
    }
    return {
        name: generation.connection.execute(sql, values[name]).df() for name, sql in asked.items()
    }


def _standing(seats: pd.DataFrame, use: pd.DataFrame) -> pd.DataFrame:
    """Seats of each customer and product, and the people in its busiest workload."""
    sold = seats.groupby(_KEYS, observed=True)[["sold", "assigned"]].sum()
    by_workload = use.groupby([*_KEYS, "workload"], observed=True)[["active", "entitled"]].sum()
    within = by_workload["active"].where(by_workload["active"] <= by_workload["entitled"])
    by_workload["within"] = within
    people = by_workload.groupby(_KEYS, observed=True)[["within", "active"]].max()
    joined = sold.join(people["within"].fillna(people["active"]).rename("active"), how="outer")
    joined["idle"] = (joined["sold"] - joined["active"]).clip(lower=0)
    return joined


def _portfolio(frames: Frames) -> Figures:
    by_customer = _standing(frames["seats"], frames["use"]).groupby("tenant").sum()
    ranked = by_customer.sort_values("idle", ascending=False)
    ranked.to_dict("records")
    return _whole(ranked.sum(), "sold", "assigned", "active", "idle")


def _two_days(frames: Frames) -> list[pd.DataFrame]:
    seats, use = frames["seats then"], frames["use then"]
    return [
        _standing(seats[seats["day"] == day], use[use["day"] == day])
        for day in sorted(seats["day"].unique())
    ]


def _portfolio_of_months(frames: Frames) -> Figures:
    then, now = (each.groupby("tenant").sum() for each in _two_days(frames))
    both = now.join(then, rsuffix="_then", how="inner")
    both["moved"] = both["sold"] - both["sold_then"]
    both.sort_values("idle", ascending=False).to_dict("records")
    return (*_whole(now.sum(), "sold", "active", "idle"), int(both["moved"].sum()))


def _adoption(frames: Frames) -> Figures:
    standing = _standing(frames["seats"], frames["use"])
    by_product = standing.groupby("product", observed=True).sum()
    frames["use"].groupby("workload", observed=True)[["active", "entitled"]].sum()
    by_customer = standing.groupby("tenant").sum()
    (by_customer["active"] / by_customer["sold"]).sort_values()
    return tuple(sorted(int(each) for each in by_product["sold"]))


def _adoption_of_months(frames: Frames) -> Figures:
    then, now = (each.groupby("product", observed=True).sum() for each in _two_days(frames))
    now.join(then, rsuffix="_then")
    return tuple(sorted(int(each) for each in now["sold"]))


def _whole(sums: "pd.Series[Any]", *names: str) -> Figures:
    return tuple(int(sums[name]) for name in names)


def _growth(frames: Frames) -> Figures:
    every = frames["subscriptions"]
    bought = every.groupby("tenant")["created"].min()
    gone = every["deprovisioned"].fillna(pd.Timestamp("2199-01-01"))
    left = gone.groupby(every["tenant"]).max()
    days = pd.date_range(end=every["since"].max(), periods=13, freq="ME")
    return tuple(int(((bought <= day) & (left > day)).sum()) for day in days)


def _subscriptions(frames: Frames) -> Figures:
    every, customers = frames["subscriptions"], frames["customers"]
    gone = customers[customers["until"].notna()]["tenant"]
    standing = every[every["until"].isna() & ~every["tenant"].isin(gone)]
    standing.groupby(["product_name", "status"])["quantity"].agg(["count", "sum"]).reset_index()
    return tuple(int(standing["status"].eq(word).sum()) for word in ("active", "suspended"))


def _activity(frames: Frames) -> Figures:
    log = frames["activity"]
    by_day = log.groupby(log["moment"].dt.date)["status"].agg(["count"])
    by_kind = log.groupby(["operation", "status"]).size()
    log.nlargest(15, "moment")
    return int(by_day["count"].sum()), int(by_kind.xs("failed", level="status").sum())


def _licenses(frames: Frames) -> Figures:
    lists, customers = frames["lists"], frames["customers"]
    gone = customers[customers["until"].notna()]["tenant"]
    held = lists[lists["until"].isna() & lists["status"].isin(["active", "suspended"])]
    held = held[~held["tenant"].isin(gone)]
    held.groupby("product_name")["quantity"].sum()
    held.groupby(held["created"].dt.to_period("M"))["quantity"].sum()
    return (int(held["quantity"].sum()),)


def _azure(frames: Frames) -> Figures:
    newest = frames["spend"].sort_values("changed").groupby(["tenant", "currency"]).tail(1)
    by_day = frames["units"].groupby(["tenant", "category", "unit", "day"])["quantity"].sum()
    meters = by_day.unstack("day")
    ((meters - meters.median(axis="columns").to_numpy()[:, None]) > 0).sum().sum()
    sums = newest.groupby("currency")["cost"].sum()
    return tuple((code, round(cost, 2)) for code, cost in sorted(sums.items()))


def _customers(frames: Frames) -> Figures:
    names = frames["customers"].sort_values("customer").head(20)
    held = frames["seats"]
    held[held["tenant"].isin(names["tenant"])].groupby("tenant")["sold"].sum()
    return ()


RIVALS: dict[str, Callable[[Frames], Figures]] = {
    "growth": _growth,
    "adoption": _adoption,
    "adoption of two months": _adoption_of_months,
    "usage of all": _portfolio,
    "usage of all, two months": _portfolio_of_months,
    "subscriptions": _subscriptions,
    "activity": _activity,
    "licenses": _licenses,
    "azure": _azure,
    "customers, a page": _customers,
}
"""A part of each answer alone; of growth and of the page none that is compared."""


def figures(result: object) -> Figures:
    """Return ours for those of the rival; none where they are not compared."""
    match result:
        case PortfolioResult(change=change) if result.period and change:
            found = (result.sold, result.active, result.idle, change.sold)
        case PortfolioResult():
            found = (result.sold, result.assigned, result.active, result.idle)
        case AdoptionResult():
            found = tuple(sorted(each.sold for each in result.products if each.sold))  # type: ignore[type-var]
        case SubscriptionsResult():
            found = (result.active, result.suspended)
        case ActivityResult():
            found = (result.total, result.failed)
        case LicensesResult():
            found = (result.total,)
        case AzureResult():
            sums = {each.code: float(each.amount) for each in result.costs.totals}
            found = tuple((code, round(cost, 2)) for code, cost in sorted(sums.items()))
        case _:
            found = ()
    return found
