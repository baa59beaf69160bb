"""Pictures that look right and are not."""

from tests.breaks.entry import Break

CHARTS = (
    Break(
        "bars start at the smallest value and not at nought",
        "analytics/charts/drawing/bars.py",
        "return Scale(0.0, high, left,",
        "return Scale(min(values, default=0.0) * 0.9, high, left,",
        "tests/charts/test_drawing.py",
        "test_bars_begin_at_nought_and_are_as_long_as_their_values",
    ),
    Break(
        "the axis of a course starts above nought",
        "analytics/charts/drawing/lines.py",
        "y = Scale(0.0, finite(chart.top) or 1.0,",
        "y = Scale(0.1 * finite(chart.top), finite(chart.top) or 1.0,",
        "tests/charts/test_course.py",
        "test_a_course_is_as_high_as_its_counts_from_nought_on",
    ),
    Break(
        "seats sold climb between two days",
        "analytics/charts/drawing/lines.py",
        "        yield x, before\n        yield x, y\n",
        "        yield x, y\n",
        "tests/charts/test_course.py",
        "test_seats_sold_jump_on_their_day_and_do_not_climb",
    ),
    Break(
        "a line goes on through a hole",
        "analytics/charts/usage.py",
        "runs = tuple(tuple((_place(p.day), float(p.seats)) for p in run) for run in course.runs)",
        "runs = (tuple((_place(p.day), float(p.seats)) for p in course.points),)",
        "tests/chat/test_usage_course.py",
        "test_a_line_is_broken_where_its_course_is",
    ),
    Break(
        "a workload at 100 % is drawn as too much",
        "analytics/charts/usage.py",
        "Tone.ALARM if value > 1 else Tone.MAIN",
        "Tone.ALARM if value >= 1 else Tone.MAIN",
        "tests/chat/test_usage_course.py",
        "test_a_workload_that_all_use_who_may_is_not_too_much",
    ),
    Break(
        "a hole of some lines is said to be one of all",
        "analytics/charts/usage.py",
        "if len(broken) < lines:",
        "if len(broken) > lines:",
        "tests/chat/test_usage_course.py",
        "test_a_hole_is_told_and_drawn",
    ),
    Break(
        "a gap of exactly twice the rhythm is a hole",
        "analytics/questions/course.py",
        "if width > widest and any(",
        "if width >= widest and any(",
        "tests/questions/test_course.py",
        "test_a_hole_is_wider_than_twice_the_rhythm_and_than_eight_days",
    ),
)
