"""Subscriptions as they stand, one line each: two sources laid together, as SQL for questions."""

SUBSCRIPTION_LINES = """
    SELECT *, told_state IN ('active', 'suspended') AND NOT customer_left AS standing,
        told_state = 'ended' OR told_state <> 'other' AND NOT customer_left AS counts,
        CASE WHEN customer_left AND told_state <> 'ended' THEN 'left' ELSE told_state END AS state,
        CASE WHEN written_end <= $far THEN written_end END AS ends,
        CASE WHEN told_state = 'suspended' AND NOT customer_left THEN left_active END
            AS suspended_on,
        CASE WHEN told_state = 'ended' THEN coalesce(deprovisioned, left_standing) END AS ended_on
    FROM (
        SELECT *,
            CASE WHEN by_list THEN s_state ELSE i_state END AS told_state,
            coalesce(i_state <> s_state AND i_state <> 'other' AND s_state <> 'other', false)
                AS disputed,
            CASE WHEN by_usage THEN NULL WHEN by_list THEN coalesce(s_quantity, i_quantity)
                ELSE coalesce(i_quantity, s_quantity) END AS quantity,
            CASE WHEN by_list THEN coalesce(s_ends, i_ends) ELSE coalesce(i_ends, s_ends) END
                AS written_end,
            CASE WHEN by_list THEN coalesce(s_renews, i_renews)
                ELSE coalesce(i_renews, s_renews) END AS renews,
            CASE WHEN by_list THEN coalesce(s_left_active, i_left_active)
                ELSE coalesce(i_left_active, s_left_active) END AS left_active,
            CASE WHEN by_list THEN coalesce(s_left_standing, i_left_standing)
                ELSE coalesce(i_left_standing, s_left_standing) END AS left_standing
        FROM (
            SELECT i.tenant, i.subscription, i.status AS word, i.state AS i_state,
                s.state AS s_state,
                coalesce(s.state <> 'other' AND coalesce(f.day, $s_day, s.since) >= $i_day, false)
                    AS by_list,
                coalesce(nullif(s.product_name, ''), i.product_name) AS product,
                upper(i.product_name) AS product_key,
                coalesce(nullif(s.nickname, ''), i.nickname) AS nickname,
                coalesce(lower(i.subscription_type) = 'azure', false)
                    OR coalesce(lower(s.billing) = 'usage', false) AS by_usage,
                i.quantity AS i_quantity,
                CASE WHEN lower(s.billing) = 'license' THEN s.quantity END AS s_quantity,
                i.ends AS i_ends, s.ends AS s_ends, coalesce(i.created, s.created) AS created,
                coalesce(s.trial, i.trial_ends IS NOT NULL AND i.converted IS NULL) AS trial,
                i.trial_ends, i.converted, i.renewed, i.deprovisioned,
                s.auto_renew AS s_renews, i.auto_renew AS i_renews,
                coalesce(s.term, '') AS term,
                lower(coalesce(nullif(s.billing_cycle, ''), i.billing_cycle, '')) AS billing_cycle,
                s.cancellable_until::DATE AS cancellable_until,
                NOT contains(s.offer, ':') AS legacy,
                i_edge.left_active AS i_left_active, i_edge.left_standing AS i_left_standing,
                s_edge.left_active AS s_left_active, s_edge.left_standing AS s_left_standing,
                gone.tenant IS NOT NULL AS customer_left
            FROM (
                SELECT *, CASE WHEN list_contains($i_active, status) THEN 'active'
                    WHEN list_contains($i_suspended, status) THEN 'suspended'
                    WHEN list_contains($i_ended, status) THEN 'ended' ELSE 'other' END AS state
                FROM {newest_subscription_insights}
                WHERE $tenant IS NULL OR tenant = $tenant) i
            LEFT JOIN (
                SELECT *, CASE WHEN list_contains($s_active, status) THEN 'active'
                    WHEN list_contains($s_suspended, status) THEN 'suspended'
                    WHEN list_contains($s_ended, status) THEN 'ended' ELSE 'other' END AS state
                FROM {newest_subscriptions}) s
                ON s.tenant = i.tenant AND s.subscription = i.subscription
            LEFT JOIN {asked_subscriptions} f ON f.tenant = i.tenant
            LEFT JOIN (
                SELECT tenant FROM {customer_list}
                GROUP BY tenant HAVING bool_and(until IS NOT NULL)) gone ON gone.tenant = i.tenant
            LEFT JOIN (
                SELECT tenant, subscription,
                    max(until) FILTER (WHERE list_contains($i_active, status)) AS left_active,
                    max(until) FILTER (WHERE NOT list_contains($i_ended, status)) AS left_standing
                FROM {subscription_insights} WHERE until IS NOT NULL
                GROUP BY tenant, subscription) i_edge
                ON i_edge.tenant = i.tenant AND i_edge.subscription = i.subscription
            LEFT JOIN (
                SELECT tenant, subscription,
                    max(until) FILTER (WHERE list_contains($s_active, status)) AS left_active,
                    max(until) FILTER (WHERE NOT list_contains($s_ended, status)) AS left_standing
                FROM {subscriptions} WHERE until IS NOT NULL
                GROUP BY tenant, subscription) s_edge
                ON s_edge.tenant = i.tenant AND s_edge.subscription = i.subscription))"""
"""SQL for `subscription_lines`: the lines of subscription analytics, each with the columns of the
customer's own list.

Of its state the source that was fetched later tells, the list where both are of one day: it is
asked for itself, the analytics are worked out before. `counts` is true of what is active, suspended
or ended. `state` is active, suspended, ended, other
(a word that means none of them) or left (it stands in the analytics alone, and its customer has
left the partner's list). `suspended_on` and `ended_on` are days on which the state before was first
missed: what was never seen active has none, so that a first load dates nothing.

Its parameters are line_values() of the questions: the words for each state, the days that both
sources tell of, the customer or none, and the day beyond which an end is none.
"""
