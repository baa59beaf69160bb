"""One answer has one baseline: its changes, its course and its words begin on the same day."""

from analytics.questions.usage import UsageResult, usage
from analytics.warehouse.facts import Facts

LEAST = 20


def _results(sample: Facts) -> list[UsageResult]:
    every = [usage(sample, customer, None, None) for customer in sample.people.customers]
    return [each for each in every if each.change and each.courses.drawable]


def test_a_course_begins_on_the_day_and_with_the_figures_that_changes_are_counted_from(
    sample: Facts,
) -> None:
    results = _results(sample)
    assert len(results) > LEAST
    for result in results:
        assert result.change
        before, since = result.change.before, result.change.since
        first = result.courses.sold.points[0]
        assert (first.day, first.seats) == (since, before.sold), result.customer.name
        assert result.courses.assigned.points[0].seats == before.assigned


def test_idle_and_active_seats_make_the_measured_ones_where_none_is_beyond(sample: Facts) -> None:
    for result in _results(sample):
        latest = result.latest
        assert latest
        measured = [p for p in latest.products if isinstance(p.idle, int)]
        within = all(isinstance(p.active, int) and p.active <= p.sold for p in measured)  # type: ignore[operator]  # both known
        if within and isinstance(latest.idle, int):
            assert latest.idle + latest.active == latest.measured  # type: ignore[operator]  # both known


def test_seats_that_are_not_measured_are_in_no_share(sample: Facts) -> None:
    (result,) = [each for each in _results(sample) if each.customer.name == "Contoso"]
    assert result.latest
    assert (result.latest.sold, result.latest.measured) == (1250, 1205)
