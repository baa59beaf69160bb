"""What stands behind a digest's question: when, to whom, in which zone, and how."""

import random

import pytest

from analytics.values import OWN
from handlers.chat.asking import Reach, Room, RoomKind
from handlers.chat.digest_refusals import UnevenInterval, UnknownZone, UnreadableCron
from handlers.chat.digests import Doubt, Misfire, Quiet
from handlers.chat.refusals import Refusal
from handlers.input.command_line import split
from handlers.input.schedule_order import ScheduleOrder, Target, read_order
from tests.seeds import seeds

LICENCES = Room("C1", RoomKind.GROUP, OWN)


def order(text: str) -> ScheduleOrder:
    return read_order(split(text), {"<#C1>": LICENCES})


@pytest.mark.parametrize(
    ("said", "cron"),
    [
        ("every Monday 9:00", "0 9 * * 1"),
        ("every monday at 9", "0 9 * * 1"),
        ("mondays 9am", "0 9 * * 1"),
        ("on Mondays at 9:30 pm", "30 21 * * 1"),
        ("Monday 9:00", "0 9 * * 1"),
        ("every monday, wednesday and fri 8:15", "15 8 * * 1,3,5"),
        ("every sunday 9:00", "0 9 * * 0"),
        ("daily 9:00", "0 9 * * *"),
        ("every day", "0 9 * * *"),
        ("daily at noon", "0 12 * * *"),
        ("every day at midnight", "0 0 * * *"),
        ("at 8:00 every day", "0 8 * * *"),
        ("every day at 12am", "0 0 * * *"),
        ("weekdays 8:30", "30 8 * * 1-5"),
        ("on weekdays", "0 9 * * 1-5"),
        ("every working day 8:30", "30 8 * * 1-5"),
        ("monday to friday 7:00", "0 7 * * 1-5"),
        ("weekly", "0 9 * * 1"),
        ("weekly on Friday 16:00", "0 16 * * 5"),
        ("monthly", "0 9 1 * *"),
        ("monthly on the 1st", "0 9 1 * *"),
        ("monthly on the 1st 8:00", "0 8 1 * *"),
        ("monthly on the 31st", "0 9 31 * *"),
        ("monthly on the last day", "0 9 L * *"),
        ("monthly on the last weekday", "0 9 LW * *"),
        ("every month on the 15th at 7:30", "30 7 15 * *"),
        ("on the 3rd of every month", "0 9 3 * *"),
        ("monthly on the first Monday", "0 9 * * 1#1"),
        ("every first Monday of the month", "0 9 * * 1#1"),
        ("every morning at 8", "0 8 * * *"),
        ("on the last Friday of the month 17:00", "0 17 * * 5L"),
        ("every 2 hours", "0 */2 * * *"),
        ("hourly", "0 * * * *"),
        ("every 30 minutes", "*/30 * * * *"),
        ("every 60 minutes", "0 * * * *"),
        ("quarterly", "0 9 1 1,4,7,10 *"),
        ("quarterly on the last day", "0 9 L 3,6,9,12 *"),
        ("yearly on 29 February", "0 9 29 2 *"),
        ("every year on March 1st 10:00", "0 10 1 3 *"),
        ("yearly", "0 9 1 1 *"),
        ('cron "0 9 * * 1"', "0 9 * * 1"),
        ("cron “30 7 L * *”", "30 7 L * *"),
        ("cron 0 9 * * MON", "0 9 * * MON"),
        ("chaque lundi 9h30", "30 9 * * 1"),
        ("tous les lundis à 9h", "0 9 * * 1"),
        ("le lundi et le jeudi à 8 h 15", "15 8 * * 1,4"),
        ("lundi et jeudi 8 h 15", "15 8 * * 1,4"),
        ("les mardis à 9:00", "0 9 * * 2"),
        ("tous les jours", "0 9 * * *"),
        ("chaque jour à midi", "0 12 * * *"),
        ("en semaine 8h30", "30 8 * * 1-5"),
        ("jours ouvrés", "0 9 * * 1-5"),
        ("tous les jours ouvrés à 8h", "0 8 * * 1-5"),
        ("toutes les semaines", "0 9 * * 1"),
        ("mensuel le 1er", "0 9 1 * *"),
        ("chaque mois le dernier jour ouvré", "0 9 LW * *"),
        ("le dernier jour du mois à 18h", "0 18 L * *"),
        ("le 15 de chaque mois à 7h", "0 7 15 * *"),
        ("chaque mois le premier lundi", "0 9 * * 1#1"),
        ("chaque premier lundi du mois à 9h", "0 9 * * 1#1"),
        ("tous les premiers lundis du mois", "0 9 * * 1#1"),
        ("tous les matins à 8h", "0 8 * * *"),
        ("toutes les 2 heures", "0 */2 * * *"),
        ("toutes les 30 minutes", "*/30 * * * *"),
        ("chaque trimestre", "0 9 1 1,4,7,10 *"),
        ("tous les ans le 29 février", "0 9 29 2 *"),
    ],
)
def test_when_is_read_as_people_say_it(said: str, cron: str) -> None:
    read = order(f"usage contoso {said}")
    assert (read.cron, read.question) == (cron, ("usage", "contoso"))


@pytest.mark.parametrize(
    ("said", "question", "cron"),
    [
        ("usage Monday Motors every Friday", "usage Monday Motors", "0 9 * * 5"),
        ("usage Monday Motors Monday 9:00", "usage Monday Motors", "0 9 * * 1"),
        ("usage Blue Monday daily", "usage Blue Monday", "0 9 * * *"),
        ("usage The Daily weekly", "usage The Daily", "0 9 * * 1"),
        ("usage Cuba daily", "usage Cuba", "0 9 * * *"),
        ("usage Studio 3 daily", "usage Studio 3", "0 9 * * *"),
        ("usage A/B every monday", "usage A/B", "0 9 * * 1"),
        ('usage "Every Monday" daily', "usage Every Monday", "0 9 * * *"),
        ("usage contoso 6 months every Monday", "usage contoso 6 months", "0 9 * * 1"),
        ("usage contoso last month monthly", "usage contoso last month", "0 9 1 * *"),
        ("usage contoso, every Monday", "usage contoso,", "0 9 * * 1"),
    ],
)
def test_the_question_is_not_eaten(said: str, question: str, cron: str) -> None:
    read = order(said)
    assert (" ".join(read.question), read.cron) == (question, cron)


@pytest.mark.parametrize(
    "said",
    [
        *(
            "usage contoso",
            "usage Monday Motors",
            "usage contoso monday",
            "usage every monday 25:00",
        ),
        *("usage contoso every 1st", "usage weekly on the 3rd", "usage every 2 hours 9:00"),
        *("usage contoso daily and then some", "usage yearly on the 5th"),
        *("", "usage contoso tomorrow", "usage here", "usage at 9:00"),
    ],
)
def test_what_says_no_day_gives_none(said: str) -> None:
    assert order(said).cron is None


@pytest.mark.parametrize(
    ("said", "target"),
    [
        ("here", Target("here")),
        ("to me", Target("me")),
        ("ici", Target("here")),
        ("à moi", Target("me")),
        ("to <#C1>", Target("room", "<#C1>")),
        ("<#C1>", Target("room", "<#C1>")),
        ("#licences", Target("room", "#licences")),
        ("dans #licences", Target("room", "#licences")),
    ],
)
def test_where_it_goes_stands_before_or_behind_when(said: str, target: Target) -> None:
    for text in (f"usage every Monday 9:00 {said}", f"usage {said} every Monday 9:00"):
        assert (order(text).target, order(text).question) == (target, ("usage",))


@pytest.mark.parametrize("seed", seeds(5))
def test_everything_can_be_said_at_once_in_any_order(seed: int) -> None:
    said = ["every Monday", "9:00", "here", "Asia/Tokyo", "on change", "late skip", "at most once"]
    dice = random.Random(seed)  # noqa: S311 the same orders each time
    for _ in range(50):
        dice.shuffle(said)
        read = order(" ".join(["usage contoso", *said]))
        wanted = (Target("here"), "Asia/Tokyo", Quiet.CHANGES, Misfire.SKIP, Doubt.LEAVE)
        assert (read.target, read.zone, read.quiet, read.misfire, read.doubt) == wanted
        assert (read.cron, read.question) == ("0 9 * * 1", ("usage", "contoso"))


@pytest.mark.parametrize(
    ("said", "name", "value"),
    [
        ("only on change", "quiet", Quiet.CHANGES),
        ("si changement", "quiet", Quiet.CHANGES),
        ("silencieux", "quiet", Quiet.SILENT),
        ("always", "quiet", Quiet.ALWAYS),
        ("late all", "misfire", Misfire.ALL),
        ("late latest", "misfire", Misfire.LATEST),
        ("au plus une fois", "doubt", Doubt.LEAVE),
        ("safe summary", "reach", Reach.SAFE),
        ("an anonymised summary", "reach", Reach.SAFE),
        ("résumé anonymisé", "reach", Reach.SAFE),
        ("anyway", "reach", Reach.ANYWAY),
        ("quand même", "reach", Reach.ANYWAY),
        ("europe/paris", "zone", "Europe/Paris"),
        ("UTC", "zone", "UTC"),
    ],
)
def test_options_are_read_in_both_languages(said: str, name: str, value: object) -> None:
    assert getattr(order(f"usage daily {said}"), name) == value


def test_a_change_may_say_one_thing_alone() -> None:
    assert order("at 8:30") == ScheduleOrder((), time=(8, 30))
    assert order("Europe/London") == ScheduleOrder((), zone="Europe/London")
    assert order("zone UTC") == ScheduleOrder((), zone="UTC")
    assert order("to me").target == Target("me")
    assert order("8:30").at_hour_of("0 9 * * 1") == "30 8 * * 1"
    assert order("8:30").at_hour_of("0 */2 * * *") is None


def test_what_is_wrong_with_it_is_said() -> None:
    with pytest.raises(UnknownZone):
        order("usage every monday Europe/Pariss")
    for said in ("every 5 hours", "every 45 minutes", "toutes les 7 heures"):
        with pytest.raises(UnevenInterval):
            order(f"usage {said}")
    for said in ("cron 0 0 9 * * 1", "cron 0 9 * *", "cron", "cron 0 9 31 2 *", "cron * * * * *"):
        with pytest.raises(UnreadableCron):
            order(f"usage contoso {said}")


@pytest.mark.parametrize("seed", seeds(20261125))
def test_any_words_give_an_order_or_a_refusal(seed: int) -> None:
    dice = random.Random(seed)  # noqa: S311 the same words each time
    days = [
        "every",
        "monday",
        "at",
        "9",
        ":",
        "h",
        "last",
        "day",
        "on",
        "the",
        "1",
        "L",
        "cron",
        "*",
    ]
    words = ["usage", *days, "here", "to", "me", "#x", "UTC", "A/B", "é", "\x00", ","]
    for _ in range(5_000):
        said = tuple(dice.choice(words) for _ in range(dice.randrange(12)))
        try:
            read = read_order(said, {})
        except Refusal:
            continue
        assert read.question == said[: len(read.question)]
