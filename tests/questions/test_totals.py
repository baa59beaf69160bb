"""One customer's answer and the portfolio's agree, whatever the rows."""

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.questions.portfolio import portfolio
from analytics.questions.seats_on_day import SeatsOnDay
from analytics.questions.usage import usage
from analytics.values import Seats, total
from analytics.warehouse.facts import Facts
from tests.questions.asking import E5, FREE, NOT_MEASURED
from tests.warehouse.rows import E3, Line, opened, publish, seats, use

COUNTS = st.integers(min_value=0, max_value=99)
WHERE = {
    "customer": st.sampled_from(["Contoso", "Fabrikam", "Adatum"]),
    "service": st.sampled_from(["o365", "crm"]),
    "channel": st.sampled_from(["reseller", "direct"]),
    "product": st.sampled_from([E3, E5, FREE]),
}
SEATS = st.builds(seats, COUNTS, COUNTS, **WHERE)
USE = st.builds(use, COUNTS, COUNTS, **WHERE, workload=st.sampled_from(["exo", "spo"]))


def added(facts: Facts, figure: Callable[[SeatsOnDay], Seats]) -> Seats:
    """A figure of every customer's own answer, added up; unknown where it is of one."""
    answers = [usage(facts, customer, None, None).latest for customer in facts.people.customers]
    figures = [figure(standing) for standing in answers if standing]
    return total(each for each in figures if each != NOT_MEASURED)


@given(lines=st.lists(SEATS, min_size=1, max_size=12), more=st.lists(USE, max_size=12))
@settings(max_examples=15, deadline=None, derandomize=True)
def test_the_portfolio_is_the_sum_of_its_customers(lines: list[Line], more: list[Line]) -> None:
    with TemporaryDirectory() as folder:
        publish(Path(folder), *lines, *more)
        facts = opened(Path(folder))
        together = portfolio(facts)
        assert together.sold == added(facts, lambda standing: standing.sold)
        assert together.assigned == added(facts, lambda standing: standing.assigned)
        assert together.unassigned == added(facts, lambda standing: standing.unassigned)
        active = 0 if together.active == NOT_MEASURED else together.active
        assert active == added(facts, lambda standing: standing.active)
