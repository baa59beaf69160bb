"""SQL that sets datasets which tell the same thing against one another.

Each query gives a row for each thing compared: its `id`, and a `verdict`: agrees; wrong where both
cannot be true; late where a change of the last days explains the difference, erased where erased
customers may. `{one}` and `{other}` are the days as of which the two datasets are told;
`{activity}` is the activity log, or no rows; `{erased}` the number of erased customers.
"""

LAG = 3
"""Days by which analytics may lag behind the lists of Partner Center, which states none."""

_STATES = """CASE
    WHEN status = 'active' THEN 'active'
    WHEN status IN ('suspended', 'disabled') THEN 'suspended'
    WHEN status IN ('deleted', 'expired', 'deprovisioned') THEN 'ended' END AS state"""
"""The state in our words (questions.md A); NULL for any other word, which is not compared."""

_SIDES = f"""
    WITH own AS (SELECT *, {_STATES} FROM subscriptions WHERE until IS NULL),
    told AS (SELECT *, {_STATES} FROM subscription_insights WHERE until IS NULL),
    begun AS (SELECT min(since) AS first FROM subscriptions),
    known AS (SELECT part AS tenant, day FROM parts WHERE dataset = 'subscriptions'),
    stirred AS (
        SELECT DISTINCT tenant FROM {{activity}}
        WHERE moment::DATE > {{other}} - {LAG} AND moment::DATE <= {{other}} + 1)"""

_PAIRS = (
    _SIDES
    + f"""
    SELECT own.subscription AS id, CASE
        WHEN NOT ({{differs}}) THEN 'agrees'
        WHEN told.since > greatest({{one}}, coalesce(known.day, {{one}})) THEN 'late'
        WHEN own.since > {{other}} - {LAG} AND own.since > first THEN 'late'
        WHEN told.since <= own.since AND (
            stirred.tenant IS NOT NULL
            OR coalesce(own.created, told.created) > {{other}} - {LAG}
            OR own.ends BETWEEN {{other}} - {LAG} AND {{other}} + 1
            OR told.ends BETWEEN {{other}} - {LAG} AND {{other}} + 1) THEN 'late'
        ELSE 'wrong' END AS verdict
    FROM own JOIN told USING (subscription) CROSS JOIN begun
    LEFT JOIN known ON known.tenant = own.tenant
    LEFT JOIN stirred ON stirred.tenant = own.tenant"""
)

STATE = _PAIRS.replace("{differs}", "coalesce(own.state <> told.state, false)")
QUANTITY = _PAIRS.replace(
    "{differs}",
    """coalesce(own.quantity <> told.quantity, false)
        AND own.billing ILIKE 'licen%' AND told.subscription_type NOT ILIKE '%azure%'
        AND coalesce(own.state, 'ended') <> 'ended' AND coalesce(told.state, 'ended') <> 'ended'""",
)
END = _PAIRS.replace(
    "{differs}",
    """coalesce(abs(own.ends - told.ends) > 1, false)
        AND least(year(own.ends), year(told.ends)) < year({other}) + 40
        AND coalesce(own.state, 'ended') <> 'ended' AND coalesce(told.state, 'ended') <> 'ended'""",
)
"""Commitments end on a day (new commerce) or before it (legacy): one day apart is no difference."""

NOT_IN_INSIGHTS = (
    _SIDES
    + f"""
    SELECT own.subscription AS id, CASE
        WHEN told.subscription IS NOT NULL THEN 'agrees'
        WHEN own.since > {{other}} OR own.created > {{other}} - {LAG}
            OR (own.since > {{other}} - {LAG} AND own.since > first)
            OR stirred.tenant IS NOT NULL THEN 'late'
        ELSE 'wrong' END AS verdict
    FROM own CROSS JOIN begun LEFT JOIN told ON told.subscription = own.subscription
    LEFT JOIN stirred ON stirred.tenant = own.tenant
    WHERE own.state <> 'ended' AND own.billing ILIKE 'licen%'"""
)

NOT_IN_LIST = (
    _SIDES
    + f"""
    SELECT told.subscription AS id, CASE
        WHEN own.subscription IS NOT NULL THEN 'agrees'
        WHEN known.day < told.since OR told.created > known.day - {LAG}
            OR ended.day > {{other}} - {LAG} OR stirred.tenant IS NOT NULL THEN 'late'
        ELSE 'wrong' END AS verdict
    FROM told JOIN known ON known.tenant = told.tenant
    LEFT JOIN own ON own.subscription = told.subscription
    LEFT JOIN (SELECT subscription, max(until) AS day FROM subscriptions GROUP BY ALL) ended
        ON ended.subscription = told.subscription
    LEFT JOIN stirred ON stirred.tenant = told.tenant
    SEMI JOIN (FROM customer_list WHERE until IS NULL) listed ON listed.tenant = told.tenant
    WHERE told.state <> 'ended' AND told.subscription_type NOT ILIKE '%azure%'"""
)

_CUSTOMERLESS = """
    WITH listed AS (
        SELECT tenant, bool_or(until IS NULL) AS stands, max(until) AS gone
        FROM customer_list GROUP BY tenant)
    SELECT {id} AS id, CASE
        WHEN stands THEN 'agrees'
        WHEN gone > {one} OR (gone IS NULL AND since > {other}) THEN 'late'
        ELSE 'wrong' END AS verdict
    FROM {table} LEFT JOIN listed USING (tenant) WHERE until IS NULL"""

CUSTOMERLESS_SUBSCRIPTIONS = _CUSTOMERLESS.replace("{id}", "subscription").replace(
    "{table}", "subscriptions"
)
CUSTOMERLESS_PRODUCTS = _CUSTOMERLESS.replace("{id}", "tenant || ' ' || product").replace(
    "{table}", "subscribed_skus"
)

CUSTOMERLESS_INSIGHTS = f"""
    WITH listed AS (SELECT DISTINCT tenant, true AS known FROM customer_list)
    SELECT subscription AS id, CASE
        WHEN known THEN 'agrees' WHEN created > {{other}} - {LAG} THEN 'late'
        ELSE 'wrong' END AS verdict
    FROM subscription_insights LEFT JOIN listed USING (tenant)
    WHERE until IS NULL AND status = 'active'"""
"""Active subscriptions of customers who never were on the list: it may have lost a page at the
first sync. Of those who left it, analytics may go on to tell: how long is not documented.
"""

TOTALS = """
    WITH counted AS (
        SELECT service, day, lower(channel) AS channel, sum(sold) AS sold FROM deployment
        SEMI JOIN (FROM snapshots WHERE dataset = 'deployment' AND missing = 0)
            USING (service, day) GROUP BY ALL),
    told AS (
        SELECT service, day, lower(channel) AS channel, sum(sold) AS sold
        FROM deployment_totals GROUP BY ALL)
    SELECT service || ' ' || day AS id, CASE
        WHEN counted.sold = told.sold THEN 'agrees'
        WHEN counted.sold < told.sold AND {erased} > 0 THEN 'erased'
        ELSE 'wrong' END AS verdict
    FROM counted JOIN told USING (service, day, channel)"""
"""Seats of one service, channel and processing day, added up and as the total report has them: with
those of erased customers.
"""

SEATS = """
    WITH sold AS (
        SELECT tenant, product, max(day) AS day, sum(sold) AS sold
        FROM newest_deployment GROUP BY ALL),
    days AS (SELECT product, min(day) AS day FROM newest_deployment GROUP BY product),
    held AS (
        SELECT tenant, product, active, total, since, parts.day AS looked
        FROM subscribed_skus JOIN parts ON parts.dataset = 'subscribed_skus' AND part = tenant
        WHERE until IS NULL)
    SELECT tenant || ' ' || product AS id, CASE
        WHEN coalesce(sold, 0) BETWEEN least(active, total) AND greatest(active, total)
            THEN 'agrees'
        WHEN since > coalesce(sold.day, days.day) OR looked < coalesce(sold.day, days.day)
            THEN 'late'
        ELSE 'wrong' END AS verdict
    FROM held JOIN days USING (product) LEFT JOIN sold USING (tenant, product)"""
"""Seats of a customer's product in the licence insights and in the tenant itself, where the tenant
said the same before and after the insights' day.
"""

SETTLED = 5
"""Days after which the Insights workspace has worked a month out: it is renewed that often."""
SEEN = 7 + LAG
"""Days in which a sync has seen a change, where syncs are up to a week apart."""

MONTH_END = f"""
    WITH begun AS (SELECT min(since) AS first FROM subscription_insights),
    settled AS (
        SELECT max(month) AS month FROM insights_seats CROSS JOIN begun
        WHERE last_day(month) BETWEEN first AND {{one}} - {SETTLED}),
    seats AS (
        SELECT subscription, last_day(month) AS day, sum(available_at_end) AS seats
        FROM insights_seats SEMI JOIN settled USING (month)
        WHERE NOT coalesce(duplicate, false)
            AND status IN ('active', 'ingraceperiod', 'disabled')
        GROUP BY ALL HAVING count(*) = 1)
    SELECT told.subscription || ' ' || seats.day AS id, CASE
        WHEN told.quantity = seats.seats THEN 'agrees'
        WHEN told.until <= seats.day + {SEEN}
            OR (told.since > seats.day - {LAG} AND told.since > first) THEN 'late'
        ELSE 'wrong' END AS verdict
    FROM seats CROSS JOIN begun JOIN subscription_insights told
        ON told.subscription = seats.subscription AND told.since <= seats.day
        AND coalesce(told.until > seats.day, true)
    WHERE told.status IN ('active', 'suspended') AND told.subscription_type NOT ILIKE '%azure%'
        AND told.quantity IS NOT NULL AND seats.seats IS NOT NULL"""
"""Seats of a subscription at the end of the newest month that is settled, and as they stood on that
day. Of several rows of one subscription nothing says whether they add up, so that these are left
out; states are not compared, because the report does not say of which day they are.
"""

CHANGED_SINCE = """
    WITH changed AS (
        SELECT tenant, max(moment::DATE) AS day FROM {activity}
        WHERE tenant IS NOT NULL AND moment::DATE <= {one} AND moment::DATE <= {other}
        GROUP BY tenant)
    SELECT tenant AS id, CASE
        WHEN parts.day >= changed.day THEN 'agrees' ELSE 'wrong' END AS verdict
    FROM changed JOIN parts ON parts.dataset = 'subscriptions' AND part = tenant
    SEMI JOIN (FROM customer_list WHERE until IS NULL) USING (tenant)"""
"""Customers whom the activity log names, and the day of their subscriptions."""
