"""The subscriptions that stand, as a sync knows them by now: those it has staged, and of customers
whom it did not ask those of the current generation.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

import duckdb

from analytics.tables import AZURE_SPEND, OFFER_SKUS, SUBSCRIBED_SKUS, SUBSCRIPTIONS, Dataset
from analytics.warehouse.fetched_parts import tables_of
from analytics.warehouse.schema import create

_SOLD = """
    WITH asked AS (SELECT part FROM part WHERE dataset = 'subscriptions' AND done),
    stood AS (FROM {subscriptions} WHERE until IS NULL),
    sold AS (
        SELECT tenant, subscription, lower(offer) AS offer, product_type, billing, status
        FROM new_subscriptions WHERE part IN (FROM asked)
        UNION ALL
        SELECT tenant, subscription, lower(offer), product_type, billing, status
        FROM stood WHERE tenant NOT IN (FROM asked)),
    ended (status) AS (VALUES ('deleted'), ('expired'), ('deprovisioned'))"""

_PLANS = (
    _SOLD
    + """,
    spent AS (
        SELECT tenant, sum(cost_usd) AS dollars
        FROM (FROM new_azure_spend SELECT tenant, day, cost_usd
              UNION ALL FROM {azure_spend} SELECT tenant, day, cost_usd)
        GROUP BY tenant, day QUALIFY day = max(day) OVER (PARTITION BY tenant))
    SELECT sold.tenant, sold.subscription
    FROM sold LEFT JOIN spent USING (tenant)
    LEFT JOIN stood ON stood.tenant = sold.tenant AND stood.subscription = sold.subscription
        AND stood.status = sold.status
    WHERE sold.billing ILIKE 'usage%' AND contains(sold.offer, ':')
        AND (sold.product_type = '' OR sold.product_type ILIKE 'azure%')
        AND (sold.status NOT IN (FROM ended)
            OR coalesce(stood.since, $today) >= date_trunc('month', $today::DATE))
    ORDER BY dollars DESC NULLS LAST, sold.tenant, sold.subscription"""
)

_OFFERS = (
    _SOLD
    + """,
    open AS (
        SELECT DISTINCT tenant FROM (
            SELECT tenant FROM new_subscribed_skus
            UNION ALL SELECT tenant FROM {subscribed_skus} WHERE until IS NULL)),
    named AS (
        SELECT *, CASE WHEN contains(offer, ':')
            THEN concat_ws(':', split_part(offer, ':', 1), split_part(offer, ':', 2))
            ELSE offer END AS name
        FROM sold WHERE billing ILIKE 'licen%' AND offer <> '' AND status NOT IN (FROM ended))
    SELECT name, tenant, subscription
    FROM named LEFT JOIN open USING (tenant)
    WHERE name NOT IN (SELECT offer FROM {offer_skus}) AND name NOT IN (SELECT unnest($known))
    QUALIFY open.tenant IS NOT NULL OR NOT bool_or(open.tenant IS NOT NULL) OVER (PARTITION BY name)
    ORDER BY name, tenant, subscription"""
)
"""Subscriptions of each offer whose product no source tells: those of customers who gave access to
their tenant, or of all where none did.
"""


@dataclass(frozen=True, slots=True)
class OfferToAsk:
    """An offer, and a subscription of it whose product tells that of the offer."""

    offer: str
    tenant: str
    subscription: str


class SoldSubscriptions:
    """The subscriptions that a staging and the generation attached as `old` know."""

    def __init__(self, con: duckdb.DuckDBPyConnection) -> None:
        """Read over the connection of a staging."""
        self._con = con
        self._tables = tables_of(con, "old")

    def azure_plans(self, today: date) -> list[tuple[str, str]]:
        """Return customer and id of each Azure plan that may have cost something this month, the
        dearest customers first, as the source gives their spend in US dollars.
        """
        rows = self._rows(_PLANS, (SUBSCRIPTIONS, AZURE_SPEND), today=today)
        return [(tenant, plan) for tenant, plan in rows]

    def offers_to_ask(self, today: date, known: Collection[str]) -> list[OfferToAsk]:
        """Return the offers sold whose product is not in `offer_skus` nor `known`, each with one
        subscription: another one on the next day, because its customer may refuse.
        """
        datasets = (SUBSCRIPTIONS, SUBSCRIBED_SKUS, OFFER_SKUS)
        found: dict[str, list[OfferToAsk]] = {}
        for row in self._rows(_OFFERS, datasets, known=sorted(known)):
            found.setdefault(row[0], []).append(OfferToAsk(*row))
        return [each[today.toordinal() % len(each)] for each in found.values()]

    def _rows(
        self, sql: str, datasets: Collection[Dataset], **values: object
    ) -> list[tuple[str, ...]]:
        for dataset in datasets:
            create(self._con, dataset, f"new_{dataset.name}", extra="part VARCHAR")
        tables = {each.name: self._old_rows(each) for each in datasets}
        return self._con.execute(sql.format(**tables), values).fetchall()

    def _old_rows(self, dataset: Dataset) -> str:
        """Return the old generation's table; an empty one if it has none."""
        if dataset.name in self._tables:
            return f"old.{dataset.name}"
        columns = ", NULL::DATE AS since, NULL::DATE AS until"
        return f"(SELECT * EXCLUDE (part) {columns} FROM new_{dataset.name} WHERE false)"
