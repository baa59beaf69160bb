"""Files from outside: half a list, two rows of one key, numbers and days that may be two."""

from tests.breaks.entry import Break

_LISTS = "analytics/sources/files/page_lists.py"
_PAGES = "tests/sources/test_page_lists.py"

IMPORTS = (
    Break(
        "a page whose next one is missing is a whole list",
        _LISTS,
        "    if _open(group):\n        last",
        "    if False:\n        last",
        _PAGES,
        "test_a_page_that_says_more_follows_is_refused_alone",
    ),
    Break(
        "a page's total of its own rows makes a list whole",
        _LISTS,
        "return announced > max(page.count for page in group) and",
        "return announced > 0 and",
        _PAGES,
        "test_a_total_that_all_pages_reach_is_stronger_than_a_link",
    ),
    Break(
        "a total is compared with lines instead of keys",
        _LISTS,
        "return len(keys) + sum(page.repeated for page in group)",
        "return sum(page.count for page in group)",
        _PAGES,
        "test_a_total_is_compared_with_distinct_keys_over_the_pages",
    ),
    Break(
        "a list may lose all its customers at once",
        "analytics/sources/files/shorter_lists.py",
        "_MOST_ENDED <= len(before)",
        "_MOST_ENDED >= 0",
        "tests/sources/test_shorter_lists.py",
        "test_other_customers_in_their_place_are_no_less_of_a_loss",
    ),
    Break(
        "of two rows of one key the later wins",
        "analytics/sources/files/downloads.py",
        "    if settled.replaced:",
        "    if False:",
        "tests/sources/test_contradictions.py",
        "test_two_terms_of_one_product_give_no_figure",
    ),
    Break(
        "a point is a decimal mark where nothing tells",
        "analytics/sources/files/notation.py",
        "if not doubtful or otherwise:",
        "if True:",
        "tests/sources/test_numbers.py",
        "test_three_digits_behind_one_mark_are_refused_with_both_readings",
    ),
    Break(
        "a locale alone makes points thousands",
        "analytics/sources/files/notation.py",
        'return COMMA if commas and sheet.delimiter == ";" else ""',
        'return COMMA if commas else ""',
        "tests/sources/test_numbers.py",
        "test_without_its_locale_or_its_semicolons_it_is_refused",
    ),
    Break(
        "an instant is the day it is in Greenwich",
        "analytics/sources/files/written_days.py",
        "if local.time() != time():",
        "if False:",
        "tests/sources/test_days.py",
        "test_other_days_are_refused_with_what_helps",
    ),
    Break(
        "a row that is flagged is dropped without its twin",
        "analytics/sources/files/duplicates.py",
        "        if like in counted:\n",
        "        if True:\n",
        "tests/sources/test_dressing.py",
        "test_a_download_of_one_location_keeps_rows_that_others_count",
    ),
    Break(
        "a gzip may grow a thousandfold",
        "analytics/sources/files/archives.py",
        "                if came > most:\n",
        "                if False:\n",
        "tests/sources/test_hostile_files.py",
        "test_a_hostile_file_is_refused_whole_and_told_exactly",
    ),
)
