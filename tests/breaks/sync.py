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
        "_number(link, name) or str(came)",
        "str(came)",
        "tests/partner_center/test_paging.py",
        "test_a_row_that_comes_twice_hides_no_lost_one",
    ),
    Break(
        "customers who give no access are not said beside a graver reason",
        "analytics/sources/partner_center/fetch.py",
        "return self.before.mark(report.dataset, grave + no_gdap)",
        "return self.before.mark(report.dataset, grave)",
        "tests/syncing/test_fetching.py",
        "test_parts_that_failed_are_graver_than_customers_without_gdap",
    ),
    Break(
        "what failed loses the day it was last complete",
        "analytics/sources/partner_center/fetch.py",
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
)
