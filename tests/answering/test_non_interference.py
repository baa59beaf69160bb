"""A reader is told the same, to the byte, whatever stands in what they may not see."""

import re
from decimal import Decimal
from functools import cache

import pytest

from analytics.demo.pages import CLEO_SEES
from analytics.demo.planted import planted_values
from analytics.tables import DATASETS, Secrecy
from analytics.values import OWN
from analytics.warehouse.current_generation import Warehouse
from analytics.warehouse.facts import Facts
from bot.partners import facts_folder
from handlers.chat.command import AnyCommand
from handlers.registry import COMMANDS
from tests.answering.made_up_commands import EVERYTHING, secret_cells
from tests.answering.twin_readers import (
    ADMIN,
    EXECUTIVE,
    LIMITED,
    LOCALES,
    ROOM,
    VIEWER,
    Heard,
    told,
)
from tests.answering.twin_worlds import world_of
from tests.warehouse.sights import sight

AS_IT_IS = "as it is"
TWINS = [
    (VIEWER, "other money and persons"),
    (LIMITED, "other money and persons"),
    (ROOM, "other money and persons"),
    (EXECUTIVE, "other persons"),
    (LIMITED, "other customers"),
]
"""What each reader may not see, made another."""

UNTOLD = {
    (dataset.name, column.name)
    for dataset in DATASETS
    for column in dataset.columns
    if column.secrecy is Secrecy.SEALED or column.on_request
}
"""Columns that nobody is told of: sealed ones, and those that the made-up partner does not keep."""

MONEY_AND_PERSONS = frozenset({Secrecy.MONEY, Secrecy.PERSON})
HIDDEN = [
    (VIEWER, MONEY_AND_PERSONS),
    (LIMITED, MONEY_AND_PERSONS),
    (ROOM, MONEY_AND_PERSONS),
    (EXECUTIVE, frozenset({Secrecy.PERSON})),
]

in_each_language = pytest.mark.parametrize("locale", LOCALES)


@cache
def facts_of(world: str) -> Facts:
    generation = Warehouse(facts_folder(world_of(world), OWN)).current()
    assert generation is not None
    return Facts(generation, sight())


@pytest.mark.timeout(300)  # the worlds are made for the first that asks
@in_each_language
@pytest.mark.parametrize(("reader", "twin"), TWINS)
def test_answers_are_the_same_in_a_world_that_differs_in_what_is_hidden(
    reader: str, twin: str, locale: str
) -> None:
    here, there = told(AS_IT_IS, reader, locale), told(twin, reader, locale)
    assert list(here) == list(there)
    assert [question for question in here if here[question] != there[question]] == []


@in_each_language
@pytest.mark.parametrize(("reader", "hidden"), HIDDEN)
def test_nothing_planted_in_hidden_columns_is_told(
    reader: str, hidden: frozenset[Secrecy], locale: str
) -> None:
    text = _whole(told(AS_IT_IS, reader, locale))
    words = {
        (dataset.name, column.name): _spelling(planted_values()[dataset.name, column.name])
        for dataset in DATASETS
        for column in dataset.columns
        if column.secrecy.kinds & hidden and (dataset.name, column.name) in planted_values()
    }
    assert len(words) > len(hidden)
    assert [where for where, word in words.items() if word.search(text)] == []


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_each_command_is_asked_and_answers_the_admin(command: AnyCommand) -> None:
    answer = told(AS_IT_IS, ADMIN, "en")[command.example_about("contoso")]
    assert answer.outcome == "answered", f"{command.name}: {answer.words}"


def test_whoever_may_see_it_is_told_each_planted_word() -> None:
    text = _whole(told(AS_IT_IS, ADMIN, "en"))
    planted = {where: _spelling(value) for where, value in planted_values().items()}
    assert {where for where, word in planted.items() if not word.search(text)} == UNTOLD


def test_the_worlds_differ_in_every_cell_of_money_and_persons() -> None:
    here, there = (
        {cell for dataset in DATASETS for cell in secret_cells(facts_of(world), dataset)}
        for world in (AS_IT_IS, "other money and persons")
    )
    assert here & there == set()
    columns = {f"{dataset}.{column}" for dataset, column in planted_values().keys() - UNTOLD}
    assert {cell.partition(":")[0] for cell in here} == columns


def test_the_worlds_differ_in_every_way_in_other_customers() -> None:
    here, there = (
        {each.id: each.name for each in facts_of(world).people.customers}
        for world in (AS_IT_IS, "other customers")
    )
    assert len(here.keys() - there.keys()) > 5
    assert len(there.keys() - here.keys()) > 5
    assert len([1 for each in here.keys() & there.keys() if here[each] != there[each]]) > 5
    assert {there[each] for each in CLEO_SEES}.isdisjoint({"Contoso", "Fabrikam Bikes"})


@in_each_language
def test_a_limited_reader_is_told_something(locale: str) -> None:
    heard = told(AS_IT_IS, LIMITED, locale)
    assert "1,250" in heard["/usage contoso"].words or "1\u202f250" in heard["/usage contoso"].words
    assert EVERYTHING.example in heard
    assert len([1 for its in heard.values() if its.pictures]) > 5


def _spelling(value: str | Decimal) -> re.Pattern[str]:
    """A text as it is; an amount to the cent, however its thousands are set apart; a fraction also
    in per cent.
    """
    if isinstance(value, str):
        return re.compile(re.escape(value), re.IGNORECASE)
    whole, cents = str(value).split(".")
    if whole == "0":
        return re.compile(rf"\b0\D{cents}|\b{cents[:2]}\D{cents[2:]}")
    return re.compile(rf"{whole[:-3]}\D?{whole[-3:]}\D{cents}")


def _whole(heard: Heard) -> str:
    return "\n".join({text for its in heard.values() for text in (its.words, its.programs)})
