"""Subscriptions whose term ends, and the decisions about them, as SQL for questions."""

RENEWAL_ROWS = """
    SELECT *, traits_code * 8 + window_open::INTEGER * 4 + long_past::INTEGER * 2
        + is_over::INTEGER AS signature
    FROM (
        SELECT *,
            coalesce(cancellable_until > $now AND cancellable_until
                <= term_start + to_days($window + 1), false) AS window_open,
            coalesce(ends < $today OR legacy AND ends = $today, false) AS is_over,
            coalesce(ends < $today - ($window + 1), false) AS long_past
        FROM {renewal_terms}
        WHERE ($tenant IS NULL OR tenant = $tenant)
            AND (state <> 'active' OR endless OR ends <= $upto OR cancellable_until > $now
                OR refundable_until > $now))"""
"""SQL for `renewal_rows`: subscriptions billed by seat that have not ended, with what their case
depends on; of active ones those that end until `$upto`, have no end, or can be given back.

A window is `$window` days and a day, for the hour of the purchase: where the source allows
cancellation at any time, it writes the term's end as the last instant, which is no window.

`signature` numbers what a case depends on. Its parameters are those of the questions' RenewalSpan.
"""

RENEWAL_DUE = """
    WITH decided AS (
        SELECT unnest($signatures) AS signature, unnest($labels) AS label, unnest($bases) AS basis,
            unnest($extending) AS extends, unnest($refunding) AS refunding),
    terms AS (
        SELECT its.*, label, basis, extends, false AS is_refund, quantity AS seats,
            NULL::TIMESTAMP AS last_refund,
            CASE basis WHEN 'window' THEN cancellable_until
                WHEN 'any-day' THEN CASE WHEN cancellable_until::DATE = ends
                    THEN cancellable_until ELSE ends + INTERVAL 86399 SECOND END
                WHEN 'chosen' THEN least(ends, end_action_on) + INTERVAL 86399 SECOND
                WHEN 'exclusive' THEN ends - INTERVAL 1 SECOND
                WHEN 'notice' THEN ends + INTERVAL 86399 SECOND - to_hours($notice)
                WHEN 'end' THEN ends + INTERVAL 86399 SECOND END AS act_by
        FROM {renewal_rows} its JOIN decided ON decided.signature = its.signature),
    given_back AS (
        SELECT its.*, label, basis, extends, list_filter(
            from_json(refundable,
                '{"parts": [{"quantity": "BIGINT", "until": "TIMESTAMP"}]}').parts,
            lambda part: part.until > $now
                AND (basis <> 'window' OR part.until > cancellable_until)) AS open_parts
        FROM {renewal_rows} its JOIN decided ON decided.signature = its.signature
        WHERE refunding AND refundable_until > $now),
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
