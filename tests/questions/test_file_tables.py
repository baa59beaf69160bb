"""What a file of each answer holds: every row of it, and no column that the reader may not see."""

from dataclasses import dataclass, replace
from typing import Any

import pytest

from analytics.demo.stories import made_up_tenant
from analytics.questions.activity import activity
from analytics.questions.adoption import adoption
from analytics.questions.customers import SHOWN, matching_customers
from analytics.questions.file_tables import file_table, has_file_table
from analytics.questions.growth import growth
from analytics.questions.portfolio import portfolio
from analytics.questions.result_columns import Cell, CellKind, ResultTable
from analytics.questions.stamp import Stamp
from analytics.questions.subscriptions import subscriptions
from analytics.questions.subscriptions.filters import SubscriptionFilter
from analytics.questions.subscriptions.states import SubscriptionState
from analytics.questions.usage import usage
from analytics.values import Customer, Unknown
from analytics.warehouse.facts import Facts
from handlers.messages.speaker import LOCALES, speaker
from handlers.registry import COMMANDS, EXPORTABLE

CONTOSO = Customer(made_up_tenant("Contoso"), "Contoso")


@pytest.fixture(scope="session")
def whole(sample: Facts) -> Facts:
    """The made-up partner, with whole lists."""
    return replace(sample, whole=True)


def table_of(result: object) -> ResultTable:
    found = file_table(result)
    assert found is not None
    return found


def columns(result: object) -> dict[str, list[Cell]]:
    """The cells of each column, by its heading."""
    table = table_of(result)
    rows = list(table.cells())
    return {each.heading: [row[at] for row in rows] for at, each in enumerate(table.columns)}


@pytest.fixture(scope="session")
def results(whole: Facts) -> list[Any]:
    """An answer of each question."""
    facts = whole
    return [
        usage(facts, CONTOSO, None, None),
        portfolio(facts),
        adoption(facts, None, None),
        matching_customers(facts, ""),
        growth(facts, None),
        subscriptions(facts, None, None),
        activity(facts, None, None),
    ]


def test_the_seats_in_a_file_add_up_to_those_of_the_answer(whole: Facts) -> None:
    one, every = usage(whole, CONTOSO, None, None), portfolio(whole)
    assert one.latest is not None
    for result, told in ((one, one.latest), (every, every)):
        cells = columns(result)
        figures = (told.sold, told.assigned, told.idle)
        headings = ("column-sold", "column-assigned", "column-idle")
        sums = [sum(e for e in cells[name] if isinstance(e, int)) for name in headings]
        assert tuple(sums) == figures


def test_every_subscription_is_in_the_file_not_fifteen(sample: Facts, whole: Facts) -> None:
    shown, every = subscriptions(sample, None, None), subscriptions(whole, None, None)
    assert len(shown.rows) == 15
    assert len(table_of(every).rows) == every.matches > 100
    assert every.rows[:15] == shown.rows
    assert replace(every, rows=()) == replace(shown, rows=())
    ended = SubscriptionFilter(SubscriptionState.ENDED, None, None)
    assert set(columns(subscriptions(whole, None, None, ended))["column-state"]) == {"ended"}


def test_every_customer_is_in_the_file_not_a_page(sample: Facts, whole: Facts) -> None:
    everyone = {each.id for each in sample.people.customers}
    assert len(everyone) > SHOWN
    assert set(columns(matching_customers(whole, ""))["column-customer-id"]) == everyone
    assert matching_customers(whole, "", 3) == matching_customers(whole, "")
    fit = matching_customers(sample, "o")
    rest = fit.more
    assert isinstance(rest, int)
    assert len(table_of(matching_customers(whole, "o")).rows) == len(fit.customers) + rest


def test_every_record_of_the_log_is_in_the_file(sample: Facts, whole: Facts) -> None:
    shown, every = activity(sample, None, None), activity(whole, None, None)
    assert len(table_of(every).rows) == every.total == shown.total
    assert len(every.newest) == every.lines
    assert every.newest[:15] == shown.newest


def test_who_came_and_who_left_are_all_in_the_file_by_both_definitions(whole: Facts) -> None:
    result = growth(whole, None)
    cells = columns(result)
    for defined in (result.power_bi, result.insights):
        its = [
            at for at, e in enumerate(cells["column-definition"]) if e == defined.definition.value
        ]
        came = [at for at in its if cells["growth-column-came"][at]]
        assert len(came) == defined.count.new + defined.count.returned
        assert len(its) - len(came) == defined.count.churned


def test_adoption_is_of_the_customers_it_counts(whole: Facts) -> None:
    result = adoption(whole, None, None)
    cells = columns(result)
    assert len(cells["column-customer"]) == len(result.seats.by_idle)
    for used, measured, usage_ in zip(
        cells["column-used"], cells["column-measured"], cells["column-usage"], strict=True
    ):
        if isinstance(used, int) and isinstance(measured, int) and measured:
            assert usage_ == used / measured


def test_what_is_not_known_is_an_empty_cell_and_never_a_zero(whole: Facts) -> None:
    result = portfolio(whole)
    idle = columns(result)["column-idle"]
    unknown = [isinstance(each.idle, Unknown) for each in result.by_idle]
    assert [cell is None for cell in idle] == unknown
    assert any(unknown)


def test_cells_are_of_the_kind_of_their_column(results: list[Any]) -> None:
    kinds = {
        CellKind.TEXT: str,
        CellKind.COUNT: int,
        CellKind.SHARE: float,
        CellKind.FLAG: bool,
    }
    for result in results:
        table = table_of(result)
        assert table.rows
        for row in table.cells():
            for column, cell in zip(table.columns, row, strict=True):
                wanted = kinds.get(column.kind)
                assert cell is None or wanted is None or type(cell) is wanted, column.heading


def test_headings_and_fixed_words_are_in_every_language(results: list[Any]) -> None:
    for locale in LOCALES:
        say = speaker(locale)
        for result in results:
            table = table_of(result)
            headings = [say(column.heading) for column in table.columns]
            assert len(headings) == len(set(headings))
            said = [
                say(sentence)
                for column in table.columns
                if column.words
                for cell in {column.cell(row) for row in table.rows} - {None, ""}
                if (sentence := column.words(str(cell)))
            ]
            assert all(said)


def test_people_are_no_column_for_a_reader_who_may_not_see_them(whole: Facts) -> None:
    blind = replace(whole.sight, persons=False, money=False)
    table = table_of(activity(whole, None, None))
    assert "activity-person" in {each.heading for each in table.columns}
    assert "activity-person" not in {each.heading for each in table.visible(blind).columns}
    assert table.visible(whole.sight) == table


@dataclass(frozen=True)
class WithoutTable:
    """A stamped result of which nobody said what a file of it holds."""

    stamp: Stamp


def test_a_question_whose_result_has_no_table_does_not_start() -> None:
    with pytest.raises(TypeError, match="WithoutTable has no table"):
        has_file_table(WithoutTable)


def test_every_command_with_stamped_figures_can_be_exported() -> None:
    dated = {command.name for command in COMMANDS if command.rests_on}
    assert dated - EXPORTABLE == {"who-has-analytics"}
