"""A question is worked out once for each generation, each part of it, and each argument."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pytest

from analytics.values import OWN, TenantId
from analytics.warehouse.current_generation import Warehouse
from analytics.warehouse.facts import Facts
from analytics.warehouse.result_cache import ResultCache
from bot.partners import facts_folder
from tests.warehouse.sights import sight

T = TypeVar("T")


class Counting:
    """A question that counts how often it was worked out."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self, facts: Facts, *about: object) -> int:
        self.times += 1
        return len(facts.people.customers)


def result(facts: Facts, question: Callable[..., T], *about: object, **named: object) -> T:
    """What a question is answered, without what it could hold."""
    return facts.result_of(question, *about, **named)[0]


@pytest.fixture
def facts(sample_facts: Path) -> Facts:
    """The made-up partner, as somebody sees it who sees everyone."""
    generation = Warehouse(facts_folder(sample_facts, OWN)).current()
    assert generation is not None
    return Facts(generation, sight())


@pytest.fixture
def question() -> Counting:
    return Counting()


def test_the_same_question_is_worked_out_once(facts: Facts, question: Counting) -> None:
    assert result(facts, question, "contoso") == result(facts, question, "contoso") > 1
    assert question.times == 1


def test_another_argument_is_another_question(facts: Facts, question: Counting) -> None:
    result(facts, question, "contoso")
    result(facts, question, "fabrikam")
    assert question.times == 2


def test_an_argument_by_name_is_another_question_too(facts: Facts) -> None:
    def named(_facts: Facts, *, name: str) -> str:
        return name

    names = ("contoso", "fabrikam")
    assert tuple(result(facts, named, name=name) for name in names) == names


def test_nobody_gets_what_was_worked_out_for_somebody_who_sees_more(
    facts: Facts, question: Counting
) -> None:
    all_of_them = result(facts, question)
    one = Facts(facts.generation, sight({facts.people.customers[0].id}))
    nobody = Facts(facts.generation, sight({TenantId("nobody's")}))
    assert (result(one, question), result(nobody, question)) == (1, 0)
    assert all_of_them > 1


def test_arguments_that_cannot_be_told_apart_are_asked_anew(
    facts: Facts, question: Counting
) -> None:
    assert result(facts, question, ["contoso"]) == result(facts, question, ["contoso"])
    assert question.times == 2


def test_the_one_asked_for_longest_ago_is_forgotten_first() -> None:
    kept, made = ResultCache(most=2), list[str]()

    def work(name: str) -> Callable[[], str]:
        return lambda: made.append(name) or name

    for name in ("a", "b", "a", "c", "a", "b"):
        kept.result_for(name, work(name))
    assert made == ["a", "b", "c", "b"]


def test_what_fails_is_not_kept() -> None:
    kept = ResultCache()
    with pytest.raises(ZeroDivisionError):
        kept.result_for("a", lambda: 1 // 0)
    assert kept.result_for("a", lambda: 7) == 7
