"""Seats of subscriptions that are billed by seat, and the steps in them, as SQL for questions."""

LOGGED_BEFORE = 8
"""Days before a change was found in which a record of the activity log may be its own."""

SEAT_SPANS = """
    WITH told AS (
        SELECT 'list' AS source, tenant, subscription, product_name AS product, since, until,
            created, starts, ends, NULL::DATE AS renewed, quantity, coalesce(trial, false) AS trial,
            list_contains($list_words, status) AS stands,
            NOT contains(nullif(offer, ''), ':') AS legacy, migrated_from
        FROM {subscriptions} WHERE lower(billing) = 'license' AND lower(unit) = 'licenses'
        UNION ALL
        SELECT 'analytics', tenant, subscription, product_name, since, until, created, starts, ends,
            renewed, quantity, trial_ends IS NOT NULL AND converted IS NULL,
            list_contains($words, status), NULL, NULL
        FROM {subscription_insights} i
        WHERE coalesce(lower(subscription_type), '') <> 'azure' AND NOT EXISTS (
            SELECT 1 FROM {subscriptions} l
            WHERE l.tenant = i.tenant AND l.subscription = i.subscription))
    SELECT t.* REPLACE (least(until, off_list) AS until),
        CASE WHEN stands AND NOT trial THEN coalesce(quantity,
            last_value(quantity IGNORE NULLS) OVER (PARTITION BY source, t.tenant, subscription
                ORDER BY since ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0)
            ELSE 0 END AS seats,
        off_list
    FROM told t LEFT JOIN (
        SELECT tenant, max(until) AS off_list FROM {customer_list}
        GROUP BY tenant HAVING bool_and(until IS NOT NULL)) gone ON gone.tenant = t.tenant
    WHERE ($tenant IS NULL OR t.tenant = $tenant) AND (off_list IS NULL OR since < off_list)"""
"""SQL for `seat_spans`: rows of subscriptions that are billed by seat, each with the seats that it
counts: of what is active or suspended and no trial. A subscription that its customer's own list
ever had is told by the list, another by the analytics. Without a number of seats the last one known
stands. What stands for a customer who left the partner's list ends that day.

Its parameters are span_values() of the questions.
"""

SEAT_STEPS = """
    WITH spans AS (FROM {seat_spans}),
    edges AS (
        SELECT *, lag(since) OVER own AS was_since, lag(until) OVER own AS was_until,
            lag(seats) OVER own AS was, lag(trial) OVER own AS was_trial,
            lag(stands) OVER own AS stood, lag(ends) OVER own AS was_end,
            lead(since) OVER own AS next_since
        FROM spans WINDOW own AS (PARTITION BY source, tenant, subscription ORDER BY since)),
    steps AS (
        SELECT * EXCLUDE (since), since AS found, coalesce(was_since, DATE '0001-01-01') AS seen,
            CASE WHEN was_until = since THEN was ELSE 0 END AS before, seats AS after,
            CASE WHEN was_since IS NULL AND created > $known THEN 'bought'
                WHEN was_since IS NULL OR was_until < since OR NOT stood THEN 'found'
                WHEN was_trial AND stands THEN 'converted'
                WHEN seats = 0 THEN 'ended' ELSE 'changed' END AS kind
        FROM edges
        WHERE was_since IS NOT NULL OR created > $known OR since > (
            SELECT min(since) FROM spans first
            WHERE first.source = edges.source AND first.tenant = edges.tenant)
        UNION ALL
        SELECT * EXCLUDE (since), until, since, seats, 0,
            CASE WHEN until = off_list THEN 'left' ELSE 'ended' END
        FROM edges WHERE until IS NOT NULL AND (next_since IS NULL OR next_since > until)),
    dated AS (
        SELECT s.* REPLACE (coalesce(s.renewed, e.renewed) AS renewed,
                coalesce(s.created, e.created) AS created),
            CASE kind WHEN 'bought' THEN least(s.created, found)
                WHEN 'converted' THEN CASE WHEN e.converted > greatest(seen, $known)
                    AND e.converted <= found THEN e.converted END
                WHEN 'ended' THEN CASE WHEN e.deprovisioned > greatest(seen, $known)
                    AND e.deprovisioned <= found
                    THEN e.deprovisioned END
            END AS told_day
        FROM steps s LEFT JOIN {newest_subscription_insights} e
            ON e.tenant = s.tenant AND e.subscription = s.subscription
        WHERE before <> after AND found > $known),
    asked AS (SELECT DISTINCT source, tenant, since AS day FROM spans),
    stood AS (
        SELECT d.tenant, d.subscription, d.found, d.before,
            max(least(coalesce(i.until, d.found), d.found)) AS missed
        FROM dated d JOIN {subscription_insights} i
            ON i.tenant = d.tenant AND i.subscription = d.subscription
            AND i.quantity = d.before AND i.since < d.found
        GROUP BY ALL),
    found AS (
    SELECT d.tenant, d.subscription, d.product, d.kind, d.found, d.told_day, d.before, d.after,
        greatest(d.seen, a.day) AS seen, v.missed, d.legacy, d.created, d.starts, d.renewed,
        d.was_end, d.migrated_from, r.moment, r.event,
        coalesce(r.moment::DATE, d.told_day, d.found) AS day
    FROM dated d
    ASOF LEFT JOIN asked a ON a.source = d.source AND a.tenant = d.tenant AND a.day < d.found
    LEFT JOIN stood v ON v.tenant = d.tenant AND v.subscription = d.subscription
        AND v.found = d.found AND v.before = d.before
    LEFT JOIN (
        SELECT tenant, subscription, moment, event, quantity_before,
            quantity_after - coalesce(quantity_before, 0) AS difference
        FROM {activity}
        WHERE quantity_after IS NOT NULL
            AND NOT list_contains($unfinished, coalesce(status, ''))) r
        ON r.tenant = d.tenant AND r.subscription = d.subscription
        AND r.difference = d.after - d.before AND (r.quantity_before IS NOT NULL OR d.before = 0)
        AND r.moment::DATE BETWEEN greatest(d.seen, d.found - $logged, $known + 1) AND d.found
    QUALIFY row_number() OVER (
        PARTITION BY d.source, d.tenant, d.subscription, d.found, d.after
        ORDER BY r.moment DESC NULLS LAST, r.event) = 1)
    SELECT *, max(CASE WHEN after > before THEN day END) OVER (
            PARTITION BY tenant, subscription ORDER BY day) AS gained,
        min(after > before) OVER near <> max(after > before) OVER near AS paired
    FROM found WINDOW near AS (
        PARTITION BY tenant, abs(after - before) ORDER BY day
        RANGE BETWEEN INTERVAL 3 DAY PRECEDING AND INTERVAL 3 DAY FOLLOWING)"""
"""SQL for `seat_steps`: the steps in the seats of `{seat_spans}` after the first load, `$known`. A
step was `found` on a day; `seen` is the last day known on which a sync of the customer told the
seats before, and analytics told them on every look before the day `missed`. It is dated by a record
of the activity log of the same subscription with the same difference, at most `$logged` days
before, else by a day of the source's own, `told_day`, if either is known: it counts on that `day`.
The newest day up to then on which seats of the subscription were `gained` is told too, and whether
a step of the same customer, as large and the other way, is so near that seats may have moved: then
it is `paired`.

Its parameters are span_values() of the questions, and `$unfinished`: statuses of records that
changed nothing.
"""
