"""Records of the activity log within a window, narrowed by words, as SQL for questions."""

ACTIVITY_WINDOW = """
    SELECT * FROM (
        SELECT moment, event, tenant, operation, status, who, application, subscription, offer,
            quantity_before, quantity_after, user_count,
            coalesce(nullif(correlation, ''), event) AS request,
            coalesce($kinds[list_position($operations, operation)], 'other') AS kind,
            coalesce($outcomes[list_position($statuses, status)], 'done') AS outcome
        FROM {activity}
        WHERE moment >= $first AND moment < $after AND ($tenant IS NULL OR tenant = $tenant))
    WHERE ($only_subscription IS NULL OR subscription = $only_subscription)
        AND ($kind IS NULL OR kind = $kind) AND ($outcome IS NULL OR outcome = $outcome)
        AND ($person IS NULL OR lower(who) = $person OR starts_with(lower(who), $person || '@'))"""
"""SQL for `activity_window`: the records of some days, of one customer or of all. `request` is the
request that a record belongs to: one that names none is a request of its own. `kind` and `outcome`
are the words of `analytics/questions/activity_operations.py` for its operation and status.

Its parameters are ActivityWindow.values of the questions.
"""
