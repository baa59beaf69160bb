"""SQL that sets parts of Azure costs against the whole, as `agreement_queries` does: on the newest
day on which both were asked for. An id is a customer or a plan, and a currency.
"""

_SHARE, _LEAST = 0.01, 0.05
"""Differences that are none: a hundredth, or a few cents, as each record is an estimate."""
_APART = 60
"""Minutes between two reckonings of the source after which they may differ."""

_VERDICT = f"""CASE
        WHEN abs(one.cost - other.cost)
            <= greatest({_LEAST}, {_SHARE} * abs(one.cost::DOUBLE)) THEN 'agrees'
        WHEN abs(date_diff('minute', one.changed, other.changed)) > {_APART} THEN 'late'
        ELSE 'wrong' END AS verdict"""

CATEGORIES = f"""
    WITH newest AS (SELECT max(day) AS day FROM azure_category_costs
        WHERE day IN (SELECT day FROM azure_spend)),
    costs AS (FROM azure_category_costs SEMI JOIN newest USING (day)),
    plans AS (
        SELECT tenant, subscription AS plan FROM subscriptions CROSS JOIN newest
        WHERE until IS NULL AND billing ILIKE 'usage%' AND contains(offer, ':')
            AND (status NOT IN ('deleted', 'expired', 'deprovisioned')
                OR since >= date_trunc('month', newest.day))),
    unasked AS (FROM plans ANTI JOIN costs USING (tenant, plan)),
    one AS (FROM azure_spend SEMI JOIN newest USING (day)),
    other AS (
        SELECT tenant, currency, sum(cost) AS cost, max(changed) AS changed FROM costs GROUP BY ALL)
    SELECT one.tenant || ' ' || one.currency AS id, {_VERDICT}
    FROM one JOIN other USING (tenant, currency) ANTI JOIN unasked USING (tenant)"""
"""A customer's Azure spend, and the categories of all its plans. Not compared where a plan has no
categories that day: its costs are not known.
"""

SUBSCRIPTIONS_OF_PLANS = f"""
    WITH newest AS (SELECT max(day) AS day FROM azure_category_costs
        WHERE day IN (SELECT day FROM azure_subscription_costs)),
    one AS (
        SELECT tenant, plan, currency, sum(cost) AS cost, max(changed) AS changed
        FROM azure_category_costs SEMI JOIN newest USING (day) GROUP BY ALL),
    other AS (
        SELECT tenant, plan, currency, sum(cost) AS cost, max(changed) AS changed
        FROM azure_subscription_costs SEMI JOIN newest USING (day) GROUP BY ALL)
    SELECT one.plan || ' ' || one.currency AS id, {_VERDICT}
    FROM one JOIN other USING (tenant, plan, currency)"""
"""Categories of a plan, and its Azure subscriptions: reservations and purchases in the marketplace
are not said to be in both.
"""
