"""Subscriptions that are billed by seat, with what the case of their end depends on: worked out
once a generation, since a question about all customers reads them several times.
"""

import duckdb

from analytics.rules import dated_rule
from analytics.tables import OFFER_SKUS, SUBSCRIPTIONS
from analytics.tables.later_fields import END_ACTIONS, FORM
from analytics.tables.subscription_words import STATE_WORDS
from analytics.warehouse.fetched_parts import tables_of
from analytics.warehouse.schema import empty_rows

TERMS = "renewal_terms"

_RULE = dated_rule("extended-service-term")
_BOUGHT_FROM = _RULE.dates["bought_from"]
_WORDS = STATE_WORDS[SUBSCRIPTIONS.name]
_EXTENSION_WORDS = "%extended service term%"
"""Words in the title of an offer, or in the name of what was sold, that tell a paid extension: its
offers are of their own, and no list of their ids is public.
"""

TERMS_SQL = f"""
    SELECT *, dense_rank() OVER (ORDER BY traits)::INTEGER AS traits_code
    FROM (
        SELECT *, concat_ws('/', state, end_choice, renewing, covered_kind,
                CASE WHEN created >= DATE '{_BOUGHT_FROM}' THEN 'yes'
                    WHEN term_start < DATE '{_BOUGHT_FROM}' THEN 'no' ELSE 'not-told' END,
                endless, unasked, extended, tried, legacy, scheduled,
                coalesce(ends >= DATE '{_RULE.first}', false), monthly) AS traits
        FROM (
            SELECT tenant, subscription, offer, product_name, nickname, quantity, reseller, ends,
                cancellable_until, refundable, refundable_until, next_quantity, next_offer,
                scheduled_term, next_ends, end_action_on, next_term, created,
                upper(coalesce(term, '')) AS term, coalesce(upper(term) = 'P1M', false) AS monthly,
                CASE WHEN list_contains({list(_WORDS["active"])}, status) THEN 'active'
                    WHEN list_contains({list(_WORDS["suspended"])}, status) THEN 'suspended'
                    ELSE 'other' END AS state,
                CASE WHEN coalesce(scheduled_actions, '') = '' THEN 'not-told'
                    WHEN coalesce(end_action, '') = '' THEN 'none'
                    WHEN list_contains({list(END_ACTIONS)}, end_action) THEN end_action
                    ELSE 'unknown' END AS end_choice,
                CASE auto_renew WHEN true THEN 'yes' WHEN false THEN 'no' ELSE 'not-told' END
                    AS renewing,
                CASE WHEN lower(product_type) = 'onlineservicesnce' THEN 'yes'
                    WHEN coalesce(product_type, '') = '' THEN 'not-told' ELSE 'no' END
                    AS covered_kind,
                ends IS NULL OR ends > since + INTERVAL 40 YEAR AS endless,
                coalesce(form, 0) < {FORM} AS unasked,
                coalesce(lower(product_name) LIKE '{_EXTENSION_WORDS}', false)
                    OR array_to_string(string_split(lower(trim(offer)), ':')[1:2], ':') IN (
                        SELECT offer FROM {{offer_skus}}
                        WHERE lower(title) LIKE '{_EXTENSION_WORDS}') AS extended,
                coalesce(trial, false) AS tried,
                NOT contains(coalesce(offer, ''), ':')
                    AND NOT ends_with(lower(coalesce(product_type, '')), 'nce') AS legacy,
                next_quantity IS NOT NULL OR coalesce(next_offer, '') <> ''
                    OR coalesce(scheduled_term, '') <> '' OR next_ends IS NOT NULL AS scheduled,
                coalesce(greatest(starts, (ends - to_months(
                    CASE upper(term) WHEN 'P1M' THEN 1 WHEN 'P1Y' THEN 12 WHEN 'P3Y' THEN 36 END)
                    + INTERVAL 1 DAY)::DATE), created) AS term_start
            FROM {{newest_subscriptions}}
            WHERE lower(billing) = 'license'
                AND NOT list_contains({list(_WORDS["ended"])}, status)))
    ORDER BY tenant, subscription"""
"""SQL for `renewal_terms`: subscriptions that have not ended.

The term's first day is the later one of what the source calls so and of what the end and the length
tell: after a renewal the first could be that of the purchase. An end more than 40 years ahead is
none. `traits` has in one text what a case depends on whatever the day; `traits_code` numbers it.
"""


def write_terms(into: duckdb.DuckDBPyConnection) -> None:
    """Write the table, where subscriptions ever came."""
    tables = tables_of(into)
    if SUBSCRIPTIONS.name not in tables:
        return
    offers = OFFER_SKUS.name if OFFER_SKUS.name in tables else empty_rows(OFFER_SKUS)
    stands = f"""(
        SELECT * FROM (FROM {SUBSCRIPTIONS.name} UNION ALL BY NAME FROM {empty_rows(SUBSCRIPTIONS)})
        WHERE until IS NULL)"""
    sql = TERMS_SQL.replace("{newest_subscriptions}", stands).replace("{offer_skus}", offers)
    into.execute(f"CREATE TABLE {TERMS} AS {sql}")
