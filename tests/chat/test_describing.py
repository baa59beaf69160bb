"""A cron expression in words, and back: what is described is read as the same expression."""

import pytest

from handlers.input.command_line import split
from handlers.input.schedule_order import read_order
from handlers.messages.speaker import speaker
from handlers.output.schedules import describe, short_month_note

SAID = [
    ("0 9 * * *", "every day at 09:00", "tous les jours à 09:00"),
    ("30 8 * * 1-5", "on weekdays at 08:30", "en semaine à 08:30"),
    ("0 9 * * 1", "every Monday at 09:00", "chaque lundi à 09:00"),
    ("0 9 * * 1,4", "every Monday and Thursday at 09:00", "chaque lundi et jeudi à 09:00"),
    ("0 9 1 * *", "monthly on the 1st at 09:00", "chaque mois le 1er à 09:00"),
    ("5 17 22 * *", "monthly on the 22nd at 17:05", "chaque mois le 22 à 17:05"),
    ("0 9 L * *", "monthly on the last day at 09:00", "chaque mois le dernier jour à 09:00"),
    (
        "0 9 LW * *",
        "monthly on the last weekday at 09:00",
        "chaque mois le dernier jour ouvré à 09:00",
    ),
    (
        "0 9 * * 1#2",
        "monthly on the second Monday at 09:00",
        "chaque mois le deuxième lundi à 09:00",
    ),
    (
        "0 9 * * 5L",
        "monthly on the last Friday at 09:00",
        "chaque mois le dernier vendredi à 09:00",
    ),
    (
        "0 9 L 3,6,9,12 *",
        "quarterly on the last day at 09:00",
        "chaque trimestre le dernier jour à 09:00",
    ),
    ("0 9 29 2 *", "every year on 29 February at 09:00", "chaque année le 29 février à 09:00"),
    ("0 */2 * * *", "every 2 hours", "toutes les 2 heures"),
    ("*/30 * * * *", "every 30 minutes", "toutes les 30 minutes"),
]


@pytest.mark.parametrize(("cron", "english", "french"), SAID)
def test_standard_shapes_have_words_that_can_be_typed_again(
    cron: str, english: str, french: str
) -> None:
    assert (describe(cron, speaker("en")), describe(cron, speaker("fr"))) == (english, french)
    for words in (english, french):
        assert read_order(split(f"usage {words}"), {}).cron == cron


def test_the_first_day_of_quarters_is_said() -> None:
    cron = "0 9 1 1,4,7,10 *"
    assert describe(cron, speaker("en")) == "quarterly on the 1st of its first month at 09:00"
    assert describe(cron, speaker("fr")) == "chaque trimestre le 1er de son premier mois à 09:00"


@pytest.mark.parametrize("cron", ["0 9 1-7 * 1", "0 9,17 * * *", "0 9 * * MON", "0 9 1 * 1"])
def test_anything_else_is_shown_as_it_is(cron: str) -> None:
    assert describe(cron, speaker("en")) == f"cron {cron}"


@pytest.mark.parametrize(
    ("cron", "said"),
    [
        ("0 9 31 * *", "Months without a 31st are skipped; say “the last day”"),
        ("0 9 29 * *", "Months without a 29th are skipped"),
        ("0 9 29 2 *", "29 February comes only in leap years."),
        ("0 9 28 * *", ""),
        ("0 9 31 12 *", ""),
        ("0 9 L * *", ""),
    ],
)
def test_a_day_that_not_every_month_has_is_spoken_of(cron: str, said: str) -> None:
    note = short_month_note(cron, speaker("en"))
    assert note.startswith(said) if said else note == ""
