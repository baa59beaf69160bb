"""Days of the period that the activity log does not tell of, or not wholly, in words."""

from collections.abc import Sequence
from datetime import date, timedelta

from analytics.questions.activity import ActivityResult
from analytics.values import Unknown
from handlers.chat.services import Say

_NAMED = 5
"""Days, or stretches of days, that are named."""
_ONE = timedelta(days=1)


def limits(result: ActivityResult, say: Say) -> list[str]:
    """Say which days are known, if the period has others; since when we remember, if it begins
    before the source's own memory; and which days were not fetched whole.
    """
    known, period = result.known, result.period
    said = []
    if result.remembered_since:
        said.append(say("activity-remembered", first=result.remembered_since))
    if not isinstance(known, Unknown) and period.last > known.last:
        said.append(say("activity-known-until", last=known.last))
    if result.missing:
        said.append(say("activity-missing", n=len(result.missing), days=_days(result.missing, say)))
    return said


def _days(days: Sequence[date], say: Say) -> str:
    """Name stretches of days; of many the first, and how many more days there are."""
    stretches: list[list[date]] = []
    for day in days:
        if stretches and stretches[-1][-1] + _ONE == day:
            stretches[-1].append(day)
        else:
            stretches.append([day])
    named = [_stretch(each, say) for each in stretches[:_NAMED]]
    more = sum(map(len, stretches[_NAMED:]))
    return say.enumeration([*named, *([say("activity-more-days", n=more)] if more else [])])


def _stretch(days: Sequence[date], say: Say) -> str:
    first, last = say.day(days[0]), say.day(days[-1])
    return first if len(days) == 1 else f"{first} – {last}"
