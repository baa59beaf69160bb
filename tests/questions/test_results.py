"""Results as programs read them: every figure says its unit and where it is from."""

import json
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date, timedelta
from typing import Annotated, Any, get_args, get_type_hints

import pytest

from analytics.demo.stories import made_up_tenant
from analytics.questions.licenses import licenses
from analytics.questions.portfolio import PortfolioResult, portfolio
from analytics.questions.results import (
    Measure,
    figures_word,
    is_of_same_form,
    measures,
    result_json,
)
from analytics.questions.usage import UsageResult, usage
from analytics.tables import DEPLOYMENT
from analytics.values import Period, Unknown, Why
from analytics.warehouse.facts import Facts
from handlers.registry import COMMANDS

NOT_FIGURES = {("Gap", "rows"), ("Point", "seats"), ("CustomerList", "page")}
NOT_FIGURES |= {("CustomerList", "pages"), ("GrowthResult", "seen"), ("SpareSeats", "days")}
"""Numbers that a stamp or a course holds, whose unit is their name's, numbers of pages, of days,
and of the customers whom a reader may see."""


@pytest.fixture
def contoso(sample: Facts) -> UsageResult:
    customer = sample.customer(made_up_tenant("Contoso"))
    assert customer
    return usage(sample, customer, None, None)


def test_a_figure_says_its_unit_and_its_source(contoso: UsageResult) -> None:
    told: Any = result_json(contoso)
    assert told["latest"]["sold"] == {
        "value": 1250,
        "unit": "seats",
        "dataset": "deployment",
        "source": "licensesSold",
    }
    assert told["customer"]["name"] == "Contoso"
    assert told["period"]["last"] == contoso.period.last.isoformat()
    assert json.loads(json.dumps(told)) == told


def test_a_figure_names_what_stands_in_where_its_dataset_does_not_tell_it(sample: Facts) -> None:
    told: Any = result_json(licenses(sample, None, None))
    assert told["total"] == {
        "value": licenses(sample, None, None).total,
        "unit": "seats",
        "dataset": "subscriptions",
        "source": "quantity",
        "stands_in": {"dataset": "subscription_insights", "source": "licenseCount"},
    }


def test_a_figure_that_is_not_known_is_no_number(contoso: UsageResult) -> None:
    assert contoso.latest
    unknown = Unknown(Why.NEVER_CAME, "usage")
    product = replace(contoso.latest.products[0], active=unknown)
    told: Any = result_json(product)
    assert told["active"] == {
        "value": None,
        "unknown": "never-came",
        "missing": "usage",
        "unit": "seats",
        "dataset": "usage",
        "source": "licensesActive",
    }


def test_all_customers_come_with_their_own_figures(sample: Facts) -> None:
    told: Any = result_json(portfolio(sample))
    assert len(told["customers"]) == len(portfolio(sample).customers)
    assert told["customers"][0]["unassigned"]["unit"] == "seats"
    assert told["sold"]["value"] == portfolio(sample).sold


def test_the_same_figures_of_another_day_have_the_same_word(contoso: UsageResult) -> None:
    later = Period(contoso.period.first + timedelta(days=1), date(2027, 1, 1))
    assert figures_word(replace(contoso, period=later)) == figures_word(contoso)


def test_another_figure_has_another_word_of_the_same_form(contoso: UsageResult) -> None:
    assert contoso.latest
    first, *others = contoso.latest.products
    more = replace(contoso.latest, products=(replace(first, assigned=1), *others))
    word = figures_word(replace(contoso, latest=more))
    assert word != figures_word(contoso)
    assert is_of_same_form(word, figures_word(contoso))
    assert len(word) == 64


def test_words_of_results_of_another_form_are_not_compared(
    contoso: UsageResult, sample: Facts
) -> None:
    assert not is_of_same_form(figures_word(contoso), figures_word(portfolio(sample)))
    assert not is_of_same_form("0" * 64, figures_word(contoso))


@dataclass(frozen=True)
class _Counted:
    seats: Annotated[int, Measure("seats", DEPLOYMENT, "sold")]


def test_a_measure_names_a_column_that_exists() -> None:
    assert measures(_Counted)["seats"].source == "licensesSold"
    with pytest.raises(KeyError):
        _ = Measure("seats", DEPLOYMENT, "sould").source


def _result_classes() -> set[type]:
    """Every class in the result of a command, found from the types of what it says."""
    found: set[type] = set()
    waiting: list[Any] = [get_type_hints(each.tell) for each in COMMANDS]
    waiting = [next(iter(hints.values())) for hints in waiting]
    while waiting:
        hint = waiting.pop()
        waiting += get_args(hint)
        if is_dataclass(hint) and isinstance(hint, type) and hint not in found:
            found.add(hint)
            if hint.__module__.startswith("analytics.questions"):
                waiting += get_type_hints(hint).values()
    return {each for each in found if each.__module__.startswith("analytics.questions")}


def test_every_number_of_a_result_is_a_figure_with_its_origin() -> None:
    assert {UsageResult, PortfolioResult} <= _result_classes()
    bare = {
        (kind.__name__, field.name)
        for kind in _result_classes()
        for field in fields(kind)
        if field.type in {int, float, "int"} and field.name not in measures(kind)
    }
    assert bare - NOT_FIGURES == set()
