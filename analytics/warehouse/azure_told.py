"""Azure costs as the source told them, and units of the days known, as SQL for questions.

A row belongs to the day and month on which the source worked it out, not to those on which it was
asked for: asked on the first of a month, the source still tells the month before.
"""

AZURE_TOLD = """
    SELECT tenant, currency, CASE WHEN currency = '' THEN locale ELSE '' END AS place, azure_plan,
        coalesce(changed::DATE, day) AS told, cost, cost_usd, budget, budget_used
    FROM {azure_spend}
    WHERE ($tenant IS NULL OR tenant = $tenant) AND day >= $since::DATE - 2
        AND coalesce(changed::DATE, day) BETWEEN $since AND $last
    QUALIFY row_number() OVER (
        PARTITION BY tenant, currency, place, coalesce(changed::DATE, day) ORDER BY day DESC) = 1"""
"""SQL for `azure_told`: the month so far as of each day `told` from $since to $last, of one
customer or of all; of several rows of a day the one that was asked for last. `place` tells rows
without a stated currency apart.
"""

_NEWEST_PARTS = """
    SELECT * FROM (
        SELECT *, cost AS amount,
            coalesce(max(changed) OVER (PARTITION BY tenant, plan, day)::DATE, day) AS told
        FROM {costs} WHERE $tenant IS NULL OR tenant = $tenant)
    WHERE date_trunc('month', told) = $month AND told <= $last
    QUALIFY dense_rank() OVER (PARTITION BY tenant, plan ORDER BY day DESC) = 1"""

AZURE_CATEGORIES_TOLD = _NEWEST_PARTS.replace("{costs}", "{azure_category_costs}")
"""SQL for `azure_categories_told`: the newest rows of each plan within a month; a plan's rows of
one day are told together.
"""

AZURE_SUBSCRIPTIONS_TOLD = _NEWEST_PARTS.replace("{costs}", "{azure_subscription_costs}")
"""SQL for `azure_subscriptions_told`, as `azure_categories_told`."""

AZURE_KNOWN_UNITS = """
    WITH used AS (
        SELECT tenant, category, unit, day, sum(quantity) AS units FROM {azure_meters}
        WHERE ($tenant IS NULL OR tenant = $tenant) AND day BETWEEN $start AND $last
        GROUP BY tenant, category, unit, day)
    SELECT tenant, category, unit, day, coalesce(units, 0) AS units
    FROM (SELECT DISTINCT tenant, category, unit FROM used)
        JOIN (SELECT DISTINCT tenant, day FROM used) USING (tenant)
        LEFT JOIN used USING (tenant, category, unit, day)"""
"""SQL for `azure_known_units`: units of each meter of a customer on the days known. A day is known
if there is a row of any of the customer's meters; a meter without one was not used then.
"""

UNUSUAL_UNITS = """
    WITH known_units AS MATERIALIZED (
        SELECT tenant, category, unit, day, units FROM {azure_known_units}),
    looked AS (
        SELECT *, count(*) OVER earlier AS days, median(units) OVER earlier AS usual,
            max(units) OVER earlier AS most
        FROM known_units
        WINDOW earlier AS (
            PARTITION BY tenant, category, unit ORDER BY day
            RANGE BETWEEN INTERVAL 28 DAY PRECEDING AND INTERVAL 1 DAY PRECEDING)),
    high AS (
        SELECT tenant, category, unit, day, units, usual FROM looked
        WHERE day >= $first AND days >= $least
            AND units > usual + $factor * ($floor * usual) AND (usual > 0 OR units > 2 * most))
    SELECT h.tenant, h.category, h.unit, h.day, h.units, h.usual
    FROM high h JOIN known_units k ON k.tenant = h.tenant
        AND k.category IS NOT DISTINCT FROM h.category AND k.unit IS NOT DISTINCT FROM h.unit
        AND k.day BETWEEN h.day - 28 AND h.day - 1
    GROUP BY h.tenant, h.category, h.unit, h.day, h.units, h.usual
    HAVING h.units > h.usual + $factor * greatest(mad(k.units), $floor * h.usual)"""
"""SQL for days with unusually many units: more than the median of the 28 days before and so many
times their median deviation, where so many of these are known. Deviations are worked out of the few
days alone that pass with the least one.
"""

AZURE_VIEWS = {
    "{azure_unusual_units}": UNUSUAL_UNITS,
    "{azure_told}": AZURE_TOLD,
    "{azure_categories_told}": AZURE_CATEGORIES_TOLD,
    "{azure_subscriptions_told}": AZURE_SUBSCRIPTIONS_TOLD,
    "{azure_known_units}": AZURE_KNOWN_UNITS,
}
