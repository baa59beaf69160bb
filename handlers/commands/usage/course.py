"""The course of a customer's seats in words: the chart for readers who do not see it, and a note on
what it leaves out.
"""

from collections.abc import Sequence
from datetime import date

from analytics.charts.model import ChartModel, Line, LineChart
from analytics.charts.usage import line_name
from analytics.questions.course import Counted, Courses, Hole
from handlers.chat.services import Say


def course_alt(chart: LineChart, courses: Courses, say: Say) -> str:
    """Say each line's first and newest value, then the holes."""
    first, last = map(_day, chart.days)
    together = len({line.points[0][0] for line in chart.lines}) == 1
    said = [_line(line, say, together=together) for line in chart.lines]
    course = say("usage-alt-course", first=first, last=last, courses=say.enumeration(said))
    holes = [_hole(hole, broken, courses, say) for hole, broken in courses.holes]
    return " ".join((course, *holes))


def late(chart: ChartModel | None, courses: Courses, say: Say) -> list[str]:
    """Say why a chart starts later than the customer's figures do; empty where it does not."""
    if not isinstance(chart, LineChart):
        return []
    starts: dict[date, list[Counted]] = {}
    for counted, course in courses.nonempty_courses:
        if course.late:
            starts.setdefault(course.points[0].day, []).append(counted)
    return [
        say("usage-late-of", lines=_names(counted, say), day=day)
        if len(counted) < len(courses.nonempty_courses)
        else say("usage-late", day=day)
        for day, counted in starts.items()
    ]


def _line(line: Line, say: Say, *, together: bool) -> str:
    """Say a line's values; with its first day where not all lines share it."""
    day, seats = line.points[0]
    if len(line.points) == 1:
        return say("usage-alt-point", label=line.label, now=line.end, day=_day(day))
    if together:
        return say("usage-alt-line", label=line.label, then=int(seats), now=line.end)
    return say(
        "usage-alt-line-from", label=line.label, then=int(seats), day=_day(day), now=line.end
    )


def _hole(hole: Hole, broken: Sequence[Counted], courses: Courses, say: Say) -> str:
    """Say a hole's days, and the lines it breaks where others go on."""
    days = {"first": hole.first, "last": hole.last}
    if len(broken) == len(courses.nonempty_courses):
        return say("usage-alt-hole-partly" if hole.partly else "usage-alt-hole", **days)
    sentence = "usage-alt-hole-of-partly" if hole.partly else "usage-alt-hole-of"
    return say(sentence, lines=_names(broken, say), **days)


def _names(counted: Sequence[Counted], say: Say) -> str:
    return say.enumeration([line_name(each, say) for each in counted])


def _day(place: float) -> date:
    return date.fromordinal(int(place))
