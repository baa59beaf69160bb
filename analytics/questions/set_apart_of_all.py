"""Products that totals of all customers leave out, worked out by the database."""

from collections.abc import Iterable
from typing import cast

from analytics.questions.named_products import product_name
from analytics.questions.product_units import product_unit
from analytics.questions.set_apart import (
    PLACEHOLDER_SQL,
    ProductKinds,
    SetApart,
    WhyApart,
    in_order,
)
from analytics.questions.topics import Topic
from analytics.tables import DEPLOYMENT
from analytics.values import IgnoredProduct, TenantId
from analytics.warehouse.facts import Facts

_PORTFOLIO_HEAD = """
    SELECT product, ignored, sum(sold)::BIGINT AS sold, sum(assigned)::BIGINT AS assigned
    FROM (
        SELECT product, sold, assigned, sold AS seats_told, assigned AS assigned_told,
            CASE WHEN list_contains($ignored_products, product)
                THEN list_contains($ignored, tenant || '/' || product) ELSE false END AS ignored
        FROM """

_PORTFOLIO_TAIL = f"""
        )
    WHERE ignored OR list_contains($apart, product)
        OR (list_contains($doubtful, product) AND {PLACEHOLDER_SQL})
    GROUP BY product, ignored"""

_STANDING = "{standing} WHERE sold IS NOT NULL AND list_contains($candidates, product)"

_IN_SNAPSHOTS = """(
            SELECT tenant, product, sum(sold) AS sold, sum(assigned) AS assigned
            FROM {deployment}
            SEMI JOIN (SELECT unnest($services::VARCHAR[]) AS service, unnest($days::DATE[]) AS day)
                USING (service, day)
            WHERE list_contains($candidates, product) AND NOT list_contains($stale, tenant)
            GROUP BY tenant, product)"""

_USUALLY = _PORTFOLIO_HEAD + _STANDING + _PORTFOLIO_TAIL
_THEN = _PORTFOLIO_HEAD + _IN_SNAPSHOTS + _PORTFOLIO_TAIL

_IGNORED = """
    SELECT DISTINCT tenant, product FROM {deployment}
    WHERE list_contains($ignored_products, product)
        AND list_contains($ignored, tenant || '/' || product)"""


def set_apart_of_all(
    facts: Facts,
    topic: Topic | None,
    snapshots: Iterable[tuple[str, str, object]] | None,
    stale: Iterable[TenantId],
) -> tuple[SetApart, ...]:
    """Return the products that totals of all customers leave out, with their sums: as of the newest
    snapshots, or of these, without customers whom only older ones list.
    """
    values = facts.result_of(ProductKinds.of)[0].sql_values(facts.ignored, topic)
    candidates = [*values["apart"], *values["doubtful"], *values["ignored_products"]]
    if not candidates:
        return ()
    if snapshots is None:
        rows = facts.rows(_USUALLY, **values, candidates=candidates)
    else:
        keys = [key for key in snapshots if key[0] == DEPLOYMENT.name]
        its = {"services": [key[1] for key in keys], "days": [key[2] for key in keys]}
        rows = facts.rows(_THEN, **values, **its, candidates=candidates, stale=sorted(stale))
    found = cast("list[tuple[str, bool, int, int]]", rows)
    return in_order(_sum_of(facts, row) for row in found)


def _sum_of(facts: Facts, row: tuple[str, bool, int, int]) -> SetApart:
    product, ignored, sold, assigned = row
    kinds, _ = facts.result_of(ProductKinds.of)
    usual = kinds.why(product, sold, assigned) or WhyApart.PLACEHOLDER
    why = WhyApart.IGNORED if ignored else usual
    name, unit = product_name(facts, product), product_unit(facts, product)
    return SetApart(product, name, why, unit, sold, assigned)


def ignored_and_held(facts: Facts, topic: Topic | None) -> tuple[IgnoredProduct, ...]:
    """Return what is ignored of customers whom the reader may see, and who have it or had it."""
    values = facts.result_of(ProductKinds.of)[0].sql_values(facts.ignored, topic)
    if not values["ignored"]:
        return ()
    del values["apart"], values["doubtful"]
    rows = facts.rows(_IGNORED, **values)
    held = set(cast("list[tuple[str, str]]", rows))
    found = facts.ignored_of({TenantId(tenant) for tenant, _ in held})
    return tuple(sorted(each for each in found if (each.tenant, each.product) in held))
