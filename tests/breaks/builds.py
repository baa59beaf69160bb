"""The next generation of facts, and the figures worked out of it."""

from tests.breaks.entry import Break

BUILDING = (
    Break(
        "made-up data of other stories is shown as it is",
        "bot/demo_installation.py",
        "if generation is None or generation.stories != mark:",
        "if generation is None:",
        "tests/program/test_wiring.py",
        "test_a_made_up_partner_of_other_stories_is_made_again",
    ),
    Break(
        "loads are not laid over those before them",
        "analytics/warehouse/building/build.py",
        "return _publish(Generations(folder), order, history)",
        "return _publish(Generations(folder), order, lambda: None)",
        "tests/sources/test_demo_datasets.py",
        "test_what_is_true_now_has_a_history",
    ),
    Break(
        "a row that changes twice in a day leaves a span without days",
        "analytics/warehouse/building/merge_spans.py",
        "WHERE stays OR since < $today",
        "WHERE stays OR since <= $today",
        "tests/warehouse/test_memory.py",
        "test_a_row_that_changes_twice_in_a_day_leaves_no_span_without_days",
    ),
    Break(
        "a customer has the name that comes last in the alphabet",
        "analytics/warehouse/building/name_tables.py",
        "arg_max(name, (named, name)) AS name",
        "max(name) AS name",
        "tests/warehouse/test_building.py",
        "test_a_name_that_came_back_is_the_newest_though_another_was_between",
    ),
    Break(
        "the number of calls alone is worth a generation",
        "analytics/warehouse/building/build.py",
        'replace(mark, calls=0, mismatch="")',
        'replace(mark, mismatch="")',
        "tests/warehouse/test_memory.py",
        "test_a_second_sync_of_a_day_that_brings_nothing_new_publishes_nothing",
    ),
    Break(
        "a part that was asked for in vain is not asked for again",
        "analytics/warehouse/building/staging.py",
        '"INSERT OR IGNORE INTO missed VALUES ($d, $p)", {"d"',
        '"DELETE FROM missed WHERE dataset = $d AND part = $p", {"d"',
        "tests/warehouse/test_memory.py",
        "test_a_part_that_was_asked_for_in_vain_is_known_no_more_and_its_rows_stay",
    ),
    Break(
        "active people are those of paid and free products together",
        "analytics/questions/customer_rows.py",
        "(sum(active) FILTER (counted))::BIGINT AS active,",
        "sum(active)::BIGINT AS active,",
        "tests/questions/test_portfolio.py",
        "test_free_products_are_set_apart_and_counted_once",
    ),
    Break(
        "one product's surplus fills another's seats",
        "analytics/questions/customer_rows.py",
        "coalesce(sum(greatest(sold - assigned, 0)) FILTER (counted), 0)::BIGINT AS unassigned",
        "greatest(sum(sold) FILTER (counted) - sum(assigned), 0)::BIGINT AS unassigned",
        "tests/questions/test_portfolio.py",
        "test_a_surplus_of_one_product_or_customer_fills_no_seats_of_another",
    ),
    Break(
        "activity of nobody goes with a customer that is forgotten",
        "analytics/warehouse/erasure.py",
        'parts.append(f"coalesce({column}::VARCHAR IN (FROM {listed}), false)")',
        'parts.append(f"{column}::VARCHAR IN (FROM {listed})")',
        "tests/warehouse/test_copying.py",
        "test_what_was_done_for_no_customer_stays_when_one_is_forgotten",
    ),
)
