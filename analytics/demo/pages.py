"""The made-up partner: the pages of every dataset, all telling the same stories."""

from collections.abc import Iterator
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path

from analytics.demo.activity import activity_pages
from analytics.demo.azure import meter_pages, spend_pages
from analytics.demo.azure_costs import cost_pages
from analytics.demo.cases import all_cases
from analytics.demo.contract_cases import contracts
from analytics.demo.contracts import later
from analytics.demo.customer_list import (
    DENIED,
    customer_list,
    listed_customers,
    subscribed_sku_pages,
)
from analytics.demo.customers import ordinary_customers
from analytics.demo.insights_partner import partner_sheets
from analytics.demo.insights_sales import MonthEnd, sales_sheets
from analytics.demo.insights_usage import usage_sheets
from analytics.demo.licences import licence_pages
from analytics.demo.offers import offer_pages
from analytics.demo.page import DemoPage
from analytics.demo.role_members import role_member_pages
from analytics.demo.stories import Story, made_up_tenant
from analytics.demo.subscriptions import subscription_insights, subscription_pages
from analytics.skus import SKUS
from analytics.tables import (
    DATASETS,
    DEPLOYMENT_TOTALS,
    EXTENSION_LIST,
    LICENCES,
    SUBSCRIBED_SKUS,
    USAGE_TOTALS,
)
from analytics.values import TenantId
from analytics.warehouse.marks import Mark, Reason

STORIES: tuple[Story, ...] = (*all_cases(), *ordinary_customers())
"""The customers of the made-up partner."""

CLEO_SEES: tuple[TenantId, ...] = tuple(map(made_up_tenant, ("Contoso", "Fabrikam Bikes")))
"""The customers that the demo's report viewer may see."""

ABSENT = {
    DEPLOYMENT_TOTALS.name: "superseded: fetched only where licence deployment is refused",
    USAGE_TOTALS.name: "superseded: fetched only where licence usage is refused",
    EXTENSION_LIST.name: "no API gives it: a partner downloads it by hand",
}
"""Datasets that the made-up partner does not have, each with the reason."""

_LOADS = (84, 56, 28, 14, 7, 0)
"""Days back on which what is true now was asked for: seldom at first, then each week."""
_PRODUCT_LOADS = (28, 0)
"""Days back on which the products of tenants were asked for, each a call for every customer."""
_MONTHS = 6


def pages(today: date, stories: tuple[Story, ...]) -> Iterator[DemoPage]:
    """Yield the pages of every dataset, in the order in which they were asked for; those asked for
    before today are of datasets that state what is true now.
    """
    for back in _LOADS:
        yield from _standing(stories, today - timedelta(days=back), today)
    yield from licence_pages(today, stories)
    yield from activity_pages(stories, today)
    yield from spend_pages(stories, today)
    yield from meter_pages(stories, today)
    yield from cost_pages(stories, today)
    yield from offer_pages(stories, today)
    yield from _insights(stories, today)


def marks(today: date, stories: tuple[Story, ...]) -> tuple[Mark, ...]:
    """Return the marks of the sync that fetched today's pages: all came whole, but for the products
    of customers who give no access. Licences were imported, which leaves none.
    """
    customers = listed_customers(stories, today, today)
    denied = sum(name in DENIED for name in customers)
    counted = {"missing": str(denied), "of": str(len(customers))}
    no_access = (Reason("sync-why-no-gdap", counted),) if denied else ()
    return tuple(
        Mark(each.name, today, no_access if each is SUBSCRIBED_SKUS else ())
        for each in DATASETS
        if each not in LICENCES and each.name not in ABSENT
    )


def fingerprint(stories: tuple[Story, ...]) -> str:
    """Return a text that differs where the pages of a day would: with the stories, the code that
    tells them, or the columns and products told. It is the same on every day.
    """
    months = [date(2024 + at // 12, at % 12 + 1, 1) for at in range(48)]
    told = [(each.name, each.lines, [each.here(m, months[-1]) for m in months]) for each in stories]
    columns = [(d.name, [(c.name, c.field) for c in d.columns]) for d in DATASETS]
    digest = sha256(repr((told, columns, list(SKUS.values()))).encode())
    for file in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(file.read_bytes())
    return digest.hexdigest()


def _standing(stories: tuple[Story, ...], asked: date, today: date) -> Iterator[DemoPage]:
    """Yield what is true on a day: customers, their subscriptions and products, and roles."""
    customers = listed_customers(stories, asked, today)
    sold = contracts(stories, asked, today)
    yield customer_list(customers, asked)
    yield from subscription_pages(sold, customers, asked)
    yield subscription_insights(sold, asked)
    if (today - asked).days in _PRODUCT_LOADS:
        yield from subscribed_sku_pages(stories, customers, asked, today)
    yield from role_member_pages(asked, today)


def _insights(stories: tuple[Story, ...], today: date) -> Iterator[DemoPage]:
    """Yield the reports of the Insights workspace: whole months, up to the last."""
    this = today.replace(day=1)
    months = [later(this, -back) for back in range(_MONTHS, 0, -1)]
    ends = [MonthEnd(month, contracts(stories, later(month, 1), today)) for month in months]
    yield from sales_sheets(ends, today)
    yield from usage_sheets(stories, months[-3:], today)
    yield from partner_sheets(today)
