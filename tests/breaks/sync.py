"""What comes from Partner Center."""

from tests.breaks.entry import Break

SYNC = (
    Break(
        "a page that comes again is counted again",
        "analytics/sources/partner_center/page_counts.py",
        "if page.items and digest in self.seen:",
        "if not page.items and digest in self.seen:",
        "tests/partner_center/test_paging.py",
        "test_the_same_page_again_is_refused_though_its_link_is_another",
    ),
    Break(
        "a row that comes twice hides a lost one",
        "analytics/sources/partner_center/paging.py",
        "link_number(link, name) or str(came)",
        "str(came)",
        "tests/partner_center/test_paging.py",
        "test_a_row_that_comes_twice_hides_no_lost_one",
    ),
    Break(
        "customers who give no access are not said beside a graver reason",
        "analytics/sources/partner_center/dataset_marks.py",
<<<<<<< HEAD
        "return before.mark(self.report.dataset, grave + mild)",
=======
        "return before.mark(self.report.dataset, grave + lasting)",
>>>>>>> main
        "return before.mark(self.report.dataset, grave)",
        "tests/syncing/test_fetching.py",
        "test_parts_that_failed_are_graver_than_customers_without_gdap",
    ),
    Break(
        "what failed loses the day it was last complete",
        "analytics/sources/partner_center/dataset_marks.py",
        "old.as_of if old else None, reasons)",
        "None, reasons)",
        "tests/syncing/test_fetching.py",
        "test_what_failed_is_as_it_was_on_its_day",
    ),
    Break(
        "customers of a list that was not read to its end are asked about",
        "analytics/warehouse/building/staging.py",
        "WHERE dataset = $d AND done) ORDER BY text",
        "WHERE dataset = $d) ORDER BY text",
        "tests/warehouse/test_memory.py",
        "test_customers_are_told_of_parts_that_are_done_alone",
    ),
    Break(
        "the fetch of another day is gone on with",
        "analytics/warehouse/building/staging_files.py",
        "if staging.start_day(today) == today:",
        "if staging.start_day(today) <= today:",
        "tests/syncing/test_synced.py",
        "test_one_of_another_day_is_begun_anew",
    ),
    Break(
        "a sync with reasons beside Insights' sign-in is called complete",
        "analytics/warehouse/marks.py",
        "if FetchState.FAILED in states or",
        "if states == [FetchState.FAILED] or",
        "tests/syncing/test_synced.py",
        "test_a_sync_that_lacks_the_sign_in_of_insights_alone_is_complete",
    ),
    Break(
        "a list that lost most of its rows ends them at once",
        "analytics/warehouse/building/losses.py",
        "if not loss.listed or (third and not few) or loss.lacks_a_page",
        "if not loss.listed",
        "tests/warehouse/test_lost_rows.py",
        "test_a_list_that_is_whole_again_leaves_no_doubt",
    ),
    Break(
        "an empty list ends what stood at once",
        "analytics/warehouse/building/losses.py",
        "if not loss.listed or (third and not few) or loss.lacks_a_page",
        "if third and not few",
        "tests/warehouse/test_lost_rows.py",
        "test_a_customers_empty_list_is_believed_the_second_time",
    ),
    Break(
        "two fetches that lost different rows agree",
        "analytics/warehouse/building/lost_rows.py",
        "coalesce(k.since, $at) AS since",
        "$at - INTERVAL 9 HOUR AS since",
        "tests/warehouse/test_lost_rows.py",
        "test_a_second_fetch_sooner_than_six_hours_confirms_nothing",
    ),
    Break(
        "customers who left keep their subscriptions",
        "analytics/warehouse/building/build.py",
        "+ end_left(into, arrived, today)",
        "+ 0",
        "tests/syncing/test_losses.py",
        "test_a_true_loss_is_believed_within_two_syncs_and_said",
    ),
    Break(
        "rows of one key that say different things are taken",
        "analytics/warehouse/building/repeated_rows.py",
        "if distinct > keys or (several and keys < came):",
        "if several and keys < came and distinct <= keys:",
        "tests/syncing/test_repeats.py",
        "test_rows_of_one_key_that_say_different_things_are_refused",
    ),
    Break(
        "a dataset is as of today whatever its parts are",
        "analytics/sources/partner_center/dataset_marks.py",
        "return min([*earlier, self.known.today])",
        "return self.known.today",
        "tests/syncing/test_part_days.py",
        "test_a_dataset_is_as_old_as_its_oldest_part",
    ),
)
