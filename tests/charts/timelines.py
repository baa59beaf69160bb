"""An example of decisions by week: one week with many, three without any, two into an extension."""

from collections.abc import Sequence
from datetime import date, timedelta

from analytics.charts.dot_kinds import DottedWeek, Timeline, WeekDot
from analytics.charts.elements import LegendKey, Tone
from analytics.charts.model import ChartWords
from handlers.messages.speaker import speaker
from tests.charts.texts import TEXTS

SIZES: Sequence[Sequence[int]] = (
    (150, 400, 80, 25, 10, 5),
    (20, 300),
    (),
    (60,),
    (45, 12, 9),
    (),
    (240, 120, 75, 60, 44, 31, 25, 20, 12, 8, 5, 1),
    (18,),
    (),
    (90, 15),
    (33,),
    (7, 7),
    (1250,),
)
FIRST = date(2026, 11, 30)


def timeline(locale: str = "en") -> Timeline:
    """Thirteen weeks of decisions; the first of the first two weeks leads into an extension."""
    say, words = speaker(locale), TEXTS[locale]
    return Timeline(
        title=words["decisions"],
        subtitle=words["decisions-span"],
        weeks=tuple(_week(at, sizes, say) for at, sizes in enumerate(SIZES)),
        nothing=words["nothing"],
        note=words["note"],
        legend=(
            LegendKey(words["decision"], Tone.MAIN),
            LegendKey(words["extension"], Tone.ALARM),
        ),
        badge=words["badge"],
    )


def _week(at: int, sizes: Sequence[int], say: ChartWords) -> DottedWeek:
    dots = tuple(
        WeekDot(float(size), say.number(size), Tone.MAIN if place or at > 1 else Tone.ALARM)
        for place, size in enumerate(sizes)
    )
    name = say.short_day(FIRST + timedelta(weeks=at))
    return DottedWeek(name, dots, say.number(len(sizes)), say.number(sum(sizes)))
