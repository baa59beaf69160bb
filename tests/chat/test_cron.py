"""Which cron expressions and zones are let in, and when they are due."""

import random
import time
from datetime import UTC, datetime, timedelta
from itertools import islice, pairwise

import pytest

from handlers.chat.digest_refusals import UnknownZone, UnreadableCron
from handlers.input.cron import due_after, grace, next_due, read_cron, read_zone
from tests.seeds import seeds

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)


def refused(text: str) -> str:
    with pytest.raises(UnreadableCron) as refusal:
        read_cron(text)
    return refusal.value.sentence


@pytest.mark.parametrize(
    "text",
    [
        "0 9 * * 1",
        "*/15 * * * *",
        "30 8 * * 1-5",
        "0 9 L * *",
        "0 9 LW * *",
        "0 9 * * 1#1",
        "0 9 * * 5L",
        "0 9 29 2 *",
        "0 9 * JAN MON",
        "50 23 1,3 * *",
    ],
)
def test_what_people_write_is_let_in(text: str) -> None:
    assert read_cron(f"  {text.replace(' ', '   ')} ") == text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "0 9 * *",
        "0 0 9 * * 1",
        "@daily",
        "\u0660 \u0669 * * 1",
        "\uff10 9 * * 1",
        "0 9 * * 1\u00a0",
        f"0 9 * * {','.join(['1'] * 50)}",
        "0" * 101,
        "0 9 * * 1 " * 10_000,
        "\ud800 9 * * 1",
    ],
)
def test_what_has_no_five_plain_fields_is_refused(text: str) -> None:
    assert refused(text) == "cron-fields"


@pytest.mark.parametrize(
    "text",
    [
        *("60 9 * * *", "0 24 * * *", "0 9 32 * *", "0 9 * 13 *", "0 9 * * 8", "0 9 0 * *"),
        *("0 0 31 2 *", "0 0 30 2 *", "0 0 31 4,6,9,11 *", "-1 9 * * *", "0 9 * * 1/0"),
        *("0 9 * * 5-1", "a b c d e", "; DROP TABLE schedule", "0 9 * * MON-", "0 9 */0 * *"),
    ],
)
def test_what_no_calendar_has_is_refused_at_once(text: str) -> None:
    begun = time.process_time()
    assert refused(text) in {"cron-unreadable", "cron-never", "cron-fields"}
    assert time.process_time() - begun < 0.5


@pytest.mark.parametrize(
    "text",
    [
        "* * * * *",
        "*/14 * * * *",
        "0,5 9 1 1 *",
        "0,14 9 * * *",
        "0,50 * * * *",
        "0,50 0,23 * * *",
        "0,50 0,2,4,6,8,10,12,14,16,18,20,23 1,3,5,7,9,11,13,15,17,19,21,23,25,27,29,31 * *",
    ],
)
def test_what_is_due_twice_within_a_quarter_of_an_hour_is_refused(text: str) -> None:
    assert refused(text) == "cron-often"


@pytest.mark.parametrize("text", ["0,50 0,23 1,3 1 *", "0,50 0,23 * * 1", "50 0,23 * * *"])
def test_a_midnight_counts_only_between_days_that_follow_one_another(text: str) -> None:
    assert read_cron(text) == text


@pytest.mark.parametrize("seed", seeds(20261125))
def test_whatever_is_written_only_our_refusal_comes_and_what_is_let_in_keeps_apart(
    seed: int,
) -> None:
    dice = random.Random(seed)  # noqa: S311 the same expressions each time
    fields = ("*", "0", "5", "9", "30", "*/15", "1-5", "1,15", "L", "LW", "1#2", "5L", "MON", "x")
    letters = "0123456789*/,-LW#ABCxyz é\x00"
    let_in = []
    for _ in range(20_000):
        made = [dice.choice(fields) for _ in range(dice.choice((4, 5, 5, 5, 5, 6)))]
        if dice.random() < 0.5:
            made[0] = "".join(dice.choice(letters) for _ in range(dice.randrange(6)))
        try:
            let_in.append(read_cron(" ".join(made)))
        except UnreadableCron:
            continue
    assert len(let_in) > 100
    for cron in set(let_in):
        runs = list(islice(due_after(cron, "UTC", NOW), 50))
        assert all(later - earlier >= timedelta(minutes=15) for earlier, later in pairwise(runs))


@pytest.mark.parametrize("said", ["Europe/Paris", "europe/paris", "EUROPE/PARIS"])
def test_a_zone_is_known_in_any_case(said: str) -> None:
    assert read_zone(said) == "Europe/Paris"


@pytest.mark.parametrize(
    "said",
    [
        *("Europe", "../..", "../../etc/passwd", "/etc/localtime", "tzdata.zi", "localtime", ""),
        *("Europe/Pariss", "x" * 5000, "Europe/Paris\x00", "Factory", "\ud800"),
    ],
)
def test_what_is_no_zone_is_refused_and_no_file_is_looked_for(said: str) -> None:
    with pytest.raises(UnknownZone):
        read_zone(said)


@pytest.mark.parametrize(
    ("cron", "hours"),
    [("0 9 * * *", 12), ("0 9 * * 1", 12), ("0 */2 * * *", 1), ("*/30 * * * *", 0.25)],
)
def test_the_grace_is_half_of_the_period_and_at_most_twelve_hours(cron: str, hours: float) -> None:
    due = next_due(cron, "UTC", NOW)
    assert due is not None
    assert grace(cron, "UTC", due) == timedelta(hours=hours)
