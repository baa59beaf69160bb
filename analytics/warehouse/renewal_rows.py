"""Subscriptions whose term ends, and the decisions about them, as SQL for questions."""

RENEWAL_ROWS = """
    WITH told AS (
        SELECT tenant, subscription, offer, product_name, nickname, quantity, reseller, ends,
            cancellable_until, refundable, refundable_until, next_quantity, next_offer,
            scheduled_term, next_ends, end_action_on, next_term, upper(coalesce(term, '')) AS term,
            CASE WHEN list_contains($active, status) THEN 'active'
                WHEN list_contains($suspended, status) THEN 'suspended' ELSE 'other' END AS state,
            CASE WHEN coalesce(scheduled_actions, '') = '' THEN 'not-told'
                WHEN coalesce(end_action, '') = '' THEN 'none'
                WHEN list_contains($actions, end_action) THEN end_action
                ELSE 'unknown' END AS end_choice,
            CASE auto_renew WHEN true THEN 'yes' WHEN false THEN 'no' ELSE 'not-told' END
                AS renewing,
            CASE WHEN lower(product_type) = 'onlineservicesnce' THEN 'yes'
                WHEN coalesce(product_type, '') = '' THEN 'not-told' ELSE 'no' END AS covered_kind,
            ends IS NULL OR ends > $today + INTERVAL 40 YEAR AS endless,
            coalesce(form, 0) < $form AS unasked,
            coalesce(lower(product_name) LIKE $extension_words, false)
                OR array_to_string(string_split(lower(trim(offer)), ':')[1:2], ':') IN (
                    SELECT offer FROM {offer_skus} WHERE lower(title) LIKE $extension_words)
                AS extended,
            coalesce(trial, false) AS tried,
            NOT contains(coalesce(offer, ''), ':')
                AND NOT ends_with(lower(coalesce(product_type, '')), 'nce') AS legacy,
            next_quantity IS NOT NULL OR coalesce(next_offer, '') <> ''
                OR coalesce(scheduled_term, '') <> '' OR next_ends IS NOT NULL AS scheduled,
            created, coalesce(greatest(starts, (ends - to_months(
                CASE upper(term) WHEN 'P1M' THEN 1 WHEN 'P1Y' THEN 12 WHEN 'P3Y' THEN 36 END)
                + INTERVAL 1 DAY)::DATE), created) AS term_start
        FROM {newest_subscriptions} s
        WHERE lower(billing) = 'license' AND NOT list_contains($ended, status)
            AND ($tenant IS NULL OR tenant = $tenant)
            AND (NOT list_contains($active, status) OR ends IS NULL OR ends <= $upto
                OR ends > $today + INTERVAL 40 YEAR OR cancellable_until > $now
                OR refundable_until > $now)),
    known AS (
        SELECT *, term = 'P1M' AS monthly,
            coalesce(cancellable_until > $now AND cancellable_until
                <= term_start + to_days($window + 1), false) AS window_open,
            CASE WHEN created >= $covered_purchase THEN 'yes'
                WHEN term_start < $covered_purchase THEN 'no' ELSE 'not-told' END
                AS covered_purchase,
            coalesce(ends >= $covered_end, false) AS covered_end,
            coalesce(ends < $today OR legacy AND ends = $today, false) AS is_over,
            coalesce(ends < $today - ($window + 1), false) AS long_past
        FROM told)
    SELECT *, concat_ws('/', state, end_choice, renewing, covered_kind, covered_purchase, endless,
            long_past, unasked, extended, tried, legacy, window_open, scheduled, covered_end,
            monthly, is_over) AS signature
    FROM known"""
"""SQL for `renewal_rows`: subscriptions billed by seat that have not ended, with what their case
depends on; of active ones those that end until `$upto`, have no end, or can be given back.

The term's first day is the later one of what the source calls so and of what the end and the length
tell: after a renewal the first could be that of the purchase. A window is `$window` days and a day,
for the hour of the purchase: where the source allows cancellation at any time, it writes the term's
end as the last instant, which is no window.

`signature` has the traits in one text. Its parameters are those of the questions' RenewalSpan.
"""

RENEWAL_DUE = """
    WITH its AS (FROM {renewal_rows}),
    decided AS (
        SELECT unnest($signatures) AS signature, unnest($labels) AS label, unnest($bases) AS basis,
            unnest($extending) AS extends, unnest($refunding) AS refunding),
    known AS (SELECT its.*, label, basis, extends, refunding
        FROM its JOIN decided ON decided.signature = its.signature),
    terms AS (
        SELECT *, false AS is_refund, quantity AS seats, NULL::TIMESTAMP AS last_refund,
            CASE basis WHEN 'window' THEN cancellable_until
                WHEN 'any-day' THEN CASE WHEN cancellable_until::DATE = ends
                    THEN cancellable_until ELSE ends + INTERVAL 86399 SECOND END
                WHEN 'chosen' THEN least(ends, end_action_on) + INTERVAL 86399 SECOND
                WHEN 'exclusive' THEN ends - INTERVAL 1 SECOND
                WHEN 'notice' THEN ends + INTERVAL 86399 SECOND - to_hours($notice)
                WHEN 'end' THEN ends + INTERVAL 86399 SECOND END AS act_by
        FROM known),
    given_back AS (
        SELECT *, list_filter(
            from_json(refundable,
                '{"parts": [{"quantity": "BIGINT", "until": "TIMESTAMP"}]}').parts,
            lambda part: part.until > $now
                AND (basis <> 'window' OR part.until > cancellable_until)) AS open_parts
        FROM known WHERE refunding AND refundable_until > $now),
    due AS (
        FROM terms
        UNION ALL BY NAME
        SELECT * EXCLUDE (open_parts), true AS is_refund,
            list_sum(list_transform(open_parts, lambda part: part.quantity))::BIGINT AS seats,
            list_max(list_transform(open_parts, lambda part: part.until)) AS last_refund,
            list_min(list_transform(open_parts, lambda part: part.until)) AS act_by
        FROM given_back WHERE len(open_parts) > 0)
    SELECT *,
        CASE basis WHEN 'apart' THEN true
            WHEN 'unasked' THEN coalesce(ends BETWEEN $from AND $last, false) OR window_open
            ELSE NOT is_refund AND ends BETWEEN $from AND $last
                OR act_by::DATE BETWEEN $first AND $last
                OR basis = 'any-day' AND ends >= $from AND $first <= $today END AS in_period,
        CASE WHEN act_by::DATE BETWEEN $first AND $first + ($weeks * 7 - 1)
                THEN (act_by::DATE - $first) // 7
            WHEN act_by::DATE < $first AND ends >= $from AND $first <= $today THEN 0 END AS week
    FROM due"""
"""SQL for `renewal_due`: the same rows with what was decided of their signatures, and the instant
to act by, in UTC; a second row, `is_refund`, where seats that were added may be given back.

`$labels`, `$bases`, `$extending` and `$refunding` tell of `$signatures` in the same order: the
case, what its deadline is counted from (`apart` and `unasked` have none), whether it leads into a
paid extension, and whether such seats are told. A row is in the period by its end or by its
deadline: from `$from` on, which lies before today for terms that are just over. `week` counts from
`$first`.
"""
