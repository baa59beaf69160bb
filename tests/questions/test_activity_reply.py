"""Activity in words: what was done, with its seats; what failed; days that are missing; a chart of
many.
"""

from pathlib import Path

import pytest

from analytics.charts.activity import activity_chart
from analytics.charts.elements import Tone
from analytics.questions.activity import ActivityResult, activity
from analytics.questions.activity.operations import OPERATIONS
from analytics.tables import Row
from analytics.values import Period
from analytics.warehouse.facts import Facts
from handlers.chat.reply import Paragraph, Table
from handlers.commands.activity import tell
from handlers.messages.speaker import LOCALES, speaker
from tests.questions.acting import SEATS, TODAY, at, done, long_ago, record, synced, with_products
from tests.questions.asking import CONTOSO, between
from tests.warehouse.sights import sight

EN = speaker("en")
TIMES = "\N{MULTIPLICATION SIGN}"
NB = "\N{NO-BREAK SPACE}"


def cells(result: ActivityResult, locale: str = "en", column: int = 1) -> list[str]:
    """A column of the table of the newest lines."""
    (found,) = [part for part in tell(result, speaker(locale)).parts if isinstance(part, Table)]
    return [row[column] for row in found.rows]


def sentences(result: ActivityResult) -> list[str]:
    return [part.text for part in tell(result, EN).parts if isinstance(part, Paragraph)]


def told(folder: Path, *rows: Row) -> ActivityResult:
    return activity(with_products(folder, *rows), CONTOSO, None)


def many(count: int = 31) -> list[Row]:
    """Records of the 20 days up to the 20th, every tenth failed."""
    return [
        record(f"e{n:02}", n % 20 + 1, status="failed" if n % 10 == 0 else "succeeded")
        for n in range(count)
    ]


def test_seats_are_told_before_and_after(tmp_path: Path) -> None:
    rows = (
        done("e", "update_subscription", **SEATS, quantity_before=20, quantity_after=35),
        done("d", "update_subscription", **SEATS, quantity_before=20, quantity_after=0),
        done("c", "update_subscription", quantity_before=1, quantity_after=2000),
        done("b", "update_subscription", **SEATS, quantity_before=20, quantity_after=20),
        done("a", "convert_trial_subscription", **SEATS, quantity_before=25, quantity_after=30),
    )
    result = told(tmp_path, *(replaced(row, at(9, n)) for n, row in enumerate(rows)))
    assert cells(result)[::-1] == [
        "seats 20 → 35 of Visio Plan 2",
        "seats 20 → 0 of Visio Plan 2",
        "seats 1 → 2,000",
        "subscription changed: Visio Plan 2",
        "trial converted to paid: seats 25 → 30 of Visio Plan 2",
    ]
    assert cells(result, "fr")[-1] == "licences 20 → 35, Visio Plan 2"


def replaced(row: Row, moment: object) -> Row:
    return (moment, *row[1:])  # type: ignore[return-value]  # a moment is a cell


def test_the_example_of_the_specification_is_one_line(tmp_path: Path) -> None:
    order = {"correlation": "r1", "quantity_after": 5, **SEATS}
    rows = (
        done("a", "create_order", moment=at(10, 0, 1), **order),
        done("b", "update_subscription", moment=at(10, 0, 2), correlation="r1", **SEATS),
        done("c", "update_customer_user_licenses", moment=at(10, 0, 3), correlation="r1"),
    )
    result = told(tmp_path, *rows)
    assert cells(result) == [f"order created: 5 {TIMES} Visio Plan 2 (3 records)"]
    french = f"commande passée{NB}: 5 {TIMES} Visio Plan 2 (3 enregistrements)"
    assert cells(result, "fr") == [french]
    times = [part for part in tell(result, EN).details if isinstance(part, Table)][-1]
    assert [row[0] for row in times.rows] == ["20 Nov 2026, 10:00 UTC"] * 3


def test_what_failed_was_declined_or_goes_on_is_marked(tmp_path: Path) -> None:
    rows = (
        done("a", "create_order", moment=at(9), status="failed", quantity_after=1),
        done("b", "create_order", moment=at(8), status="decline"),
        done("c", "create_order", moment=at(7), status="progress"),
        done("d", "create_order", moment=at(6), status=None),
        done("e", "create_order", moment=at(5), correlation="r"),
        done("f", "update_order", moment=at(5, 1), correlation="r", status="failed"),
        done("g", "create_order", moment=at(4), correlation="s", status="failed"),
        done("h", "update_order", moment=at(4, 1), correlation="s", status="failed"),
        done("i", "create_order", moment=at(3), correlation="t", status="progress"),
        done("j", "update_order", moment=at(3, 1), correlation="t"),
    )
    result = told(tmp_path, *rows)
    assert cells(result) == [
        "order created: 1 seat (failed)",
        "order created (declined)",
        "order created (in progress)",
        "order created",
        "order created (1 of 2 records failed)",
        "order created (2 of 2 records failed)",
        "order created (in progress) (2 records)",
    ]
    said = [part.text for part in tell(result, EN).details if isinstance(part, Paragraph)]
    assert EN("activity-changed-nothing") in said


def test_what_nobody_documented_shows_its_own_code_and_is_named(tmp_path: Path) -> None:
    result = told(tmp_path, done("a", "brand_new_thing", user_count=3))
    assert cells(result) == ["brand_new_thing: 3 users"]
    said = [part.text for part in tell(result, EN).details if isinstance(part, Paragraph)]
    assert EN("activity-codes", codes="brand_new_thing") in said


@pytest.mark.parametrize("locale", LOCALES)
def test_each_documented_operation_has_words_of_its_own(locale: str) -> None:
    say = speaker(locale)
    words = {say(f"activity-{operation.replace('_', '-')}") for operation in OPERATIONS}
    assert len(words) == len(OPERATIONS) == 77
    assert not [each for each in words if "_" in each]


def test_a_reader_without_persons_is_told_whose_doing_it_was(tmp_path: Path) -> None:
    facts = synced(tmp_path, record("a", who=None, application="p"), record("b"))
    whole = activity(facts, CONTOSO, None)
    assert cells(whole, column=-1) == ["a program", "ann@partner.example"]
    fenced = activity(Facts(facts.generation, sight(persons=False)), CONTOSO, None)
    assert cells(fenced, column=-1) == ["a", "b"]
    assert tell(fenced, EN).details[-1] == Paragraph(EN("activity-no-persons"))


def test_days_that_are_missing_are_named_as_stretches(tmp_path: Path) -> None:
    facts = synced(tmp_path, record("c"), days=(20, 1, 3, 4, 8, 9, 11, 13, 15, 17, 22))
    (said,) = sentences(activity(facts, None, between(1, 22)))
    assert said.startswith("11 days were not fetched whole")
    named = "2 Nov 2026, 5 Nov 2026 – 7 Nov 2026, 10 Nov 2026, 12 Nov 2026, 14 Nov 2026"
    assert said.endswith(f"{named} and 4 more days.")
    (one,) = sentences(activity(facts, None, between(1, 3)))
    assert one.startswith("1 day was not fetched whole")


def test_a_period_beyond_the_sources_memory_or_ours_says_so(tmp_path: Path) -> None:
    facts = synced(tmp_path, record("c"), record("old", moment=long_ago(200)))
    later = activity(facts, None, Period(long_ago(300), TODAY.replace(month=12)))
    assert sentences(later) == [
        EN("activity-remembered", first=long_ago(200)),
        EN("activity-known-until", last=TODAY),
    ]


def test_thirty_records_have_no_chart_and_one_more_has_one(tmp_path: Path) -> None:
    thirty = activity(synced(tmp_path / "30", *many(30)), None, None)
    assert activity_chart(thirty, EN) is None
    result = activity(synced(tmp_path / "31", *many()), None, None)
    chart = activity_chart(result, EN)
    assert chart
    assert chart.title == "31 operations, 4 failed or declined"
    assert len(chart.columns) == 30
    assert sum(portion.value for each in chart.columns for portion in each.portions or ()) == 31
    failed = [p.value for c in chart.columns for p in c.portions or () if p.tone is Tone.ALARM]
    assert sum(failed) == 4


def test_a_long_period_has_weeks_or_months_and_a_day_not_fetched_is_a_gap(tmp_path: Path) -> None:
    facts = synced(tmp_path, *many(), days=(20, 1, 22))
    day = activity_chart(activity(facts, None, between(1, 22)), EN)
    assert day
    assert [each.label for each in day.columns if each.portions is None] == ["21 Nov"]
    whole = activity(facts, None, Period(long_ago(89), TODAY))
    weeks = activity_chart(whole, EN)
    assert weeks
    assert [len(weeks.columns), weeks.columns[-1].label] == [13, "16 Nov"]
    old = synced(tmp_path, record("old", moment=long_ago(600)))
    months = activity_chart(activity(old, None, Period(long_ago(600), TODAY)), EN)
    assert months
    assert [len(months.columns), months.columns[-1].label] == [20, "Nov"]
    values = [portion.value for each in months.columns for portion in each.portions or ()]
    assert sum(values) == 32
