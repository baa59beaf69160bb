import hashlib
import json
from collections import defaultdict
from datetime import date, timedelta
from itertools import pairwise

import pytest

from analytics.demo.stories import made_up_tenant
from analytics.skus import SKUS, is_free
from analytics.sources.files.downloads import merge, read_download
from tests.sources.demo_reading import NEWEST, TODAY, days_of, licence_files, now, seats, usage


def test_the_same_day_gives_the_same_bytes():
    def digest() -> str:
        return hashlib.sha256(b"".join(raw for _, raw in licence_files(TODAY))).hexdigest()

    assert digest() == digest()


def test_history_stays_as_it_was_when_days_pass():
    """But for the newest days, on which a customer is suspended."""
    before, after = dict(licence_files(TODAY)), dict(licence_files(TODAY + timedelta(days=9)))
    suspended = [str(NEWEST - timedelta(days=at)) for at in range(9)]
    both = [n for n in before if n in after and not any(day in n for day in suspended)]

    assert len(both) > 200
    assert [name for name in both if before[name] != after[name]] == []


def test_only_the_newest_snapshot_knows_who_came_yesterday():
    def customers(today: date) -> set[str]:
        pages = (raw for name, raw in licence_files(today) if f"deployment-{NEWEST}" in name)
        return {item["customerName"] for raw in pages for item in json.loads(raw)["Value"]}

    assert customers(TODAY) - customers(TODAY + timedelta(days=1)) == {"First Up Consultants"}


@pytest.mark.parametrize(
    "today", [date(2027, 3, 15), date(2028, 2, 29), date(2029, 1, 1), date(2031, 7, 4)]
)
def test_it_can_be_made_up_on_any_day_and_someone_has_always_left(today: date):
    by_day: dict[date, set[str]] = defaultdict(set)
    for name, raw in licence_files(today):
        if name.startswith("deployment"):
            for row in read_download(name, raw, today).batch.rows:
                by_day[row[0]].add(row[5])

    assert max(by_day) == today - timedelta(days=1)
    assert set[str]().union(*by_day.values()) - by_day[max(by_day)]


def test_it_is_about_sixty_customers_over_two_years():
    assert 55 <= len({row.customer for row in now(seats())}) <= 65
    assert (min(days_of("Relecloud")), max(days_of("Relecloud"))) == (date(2024, 11, 24), NEWEST)
    assert len(days_of("Relecloud")) == 123


def test_a_customer_has_5_to_5000_seats():
    sold: dict[str, int] = defaultdict(int)
    for row in now(seats()):
        if not is_free(row.product):
            sold[row.customer] += row.sold
    nobody = {"Southridge Video", "Lucerne Publishing", "Nod Publishers"}

    assert {name for name, count in sold.items() if not count} == nobody
    assert min(count for name, count in sold.items() if name not in nobody) in range(5, 15)
    assert max(sold.values()) in range(4000, 5001)


def test_products_are_real_and_written_as_the_source_writes_them():
    name, raw = next(licence_files(TODAY))
    first = json.loads(raw)["Value"][0]

    assert name == "deployment-2024-11-24-page-1.json"
    assert first["productId"] == "05E9A617-0261-4CEE-BB44-138D3EF5D965"
    assert first["productName"] == "MICROSOFT 365 E3"
    assert first["customerTenantId"] == made_up_tenant("Contoso").upper()
    assert {row.product for row in seats()} <= set(SKUS)


def test_pages_announce_their_total_and_the_next_one():
    newest = [json.loads(raw) for name, raw in licence_files(TODAY) if f"usage-{NEWEST}" in name]

    assert [len(page["Value"]) for page in newest[:-1]] == [500] * (len(newest) - 1)
    assert {page["TotalCount"] for page in newest} == {sum(len(page["Value"]) for page in newest)}
    assert [page["@nextLink"] is None for page in newest] == [False] * (len(newest) - 1) + [True]
    assert len(newest) >= 2


def test_nothing_is_left_out_or_incomplete():
    downloads = [read_download(name, raw, TODAY) for name, raw in licence_files(TODAY)]

    assert sum(len(each.left_out) for each in downloads) == 0
    assert [batch.incomplete for batch in merge(downloads)] == [{}, {}]
    kept = sum(len(batch.rows) for batch in merge(downloads))
    assert kept == sum(each.read for each in downloads)


def test_numbers_move_smoothly_from_one_snapshot_to_the_next():
    by_day: dict[date, int] = defaultdict(int)
    for use in usage():
        if (use.customer, use.workload) == ("Contoso", "teams"):
            by_day[use.day] += use.active
    active = [by_day[day] for day in sorted(by_day)]
    jumps = [abs(after - before) / before for before, after in pairwise(active)]

    assert max(jumps) < 0.06
    assert len(set(active)) > 60
