"""Choice words: a member of an Enum that a command's arguments declare."""

from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import cast

import pytest

from analytics.questions.subscriptions.states import SubscriptionState
from analytics.values import Customer, Period, TenantId
from handlers.chat.customer_search import CustomerAndTopic
from handlers.chat.refusals import ContraryWords
from handlers.chat.visible_data import VisibleData
from handlers.input.arguments import ReadArgs, read_args, typed_args
from handlers.input.choice_words import choices_of
from tests.rules.choices import faults

TODAY = date(2026, 11, 22)
LAST_QUARTER = Period(date(2026, 7, 1), date(2026, 9, 30))
NAMES = ("Contoso", "Contoso Suspended", "Suspended Animation", "Ended Films", "Active")


class Colour(Enum):
    RED = "red"


@dataclass(frozen=True)
class StateArgs:
    customer: Customer | None
    state: SubscriptionState | None
    period: Period | None


@dataclass(frozen=True)
class ColourArgs:
    colour: Colour | None


class Names:
    """Customers by their whole names alone."""

    async def names_whole(self, words: tuple[str, ...]) -> tuple[str, ...]:
        for upto in range(len(words), 0, -1):
            if " ".join(words[:upto]).lower() in map(str.lower, NAMES):
                return (" ".join(words[:upto]) + " ", *words[upto:])
        return words

    async def has_no_customers(self) -> bool:
        return False

    async def subject(self, said: str) -> CustomerAndTopic:
        return CustomerAndTopic(Customer(TenantId("t"), " ".join(said.split())), None)


async def read(said: str) -> ReadArgs[StateArgs]:
    data = cast("VisibleData", Names())
    return await read_args(StateArgs, tuple(said.split()), TODAY, data)


@pytest.mark.parametrize(
    ("said", "name", "state", "period"),
    [
        ("fabrikam suspended", "fabrikam", "SUSPENDED", None),
        ("suspended contoso", "contoso", "SUSPENDED", None),
        ("contoso suspendus", "contoso", "SUSPENDED", None),
        ("Contoso Résiliés", "Contoso", "ENDED", None),
        ("fabrikam suspended last quarter", "fabrikam", "SUSPENDED", LAST_QUARTER),
        ("contoso suspended last quarter", "contoso suspended", None, LAST_QUARTER),
        ("contoso last quarter suspended!", "contoso", "SUSPENDED", LAST_QUARTER),
        ("actifs contoso trimestre dernier", "contoso", "ACTIVE", LAST_QUARTER),
        ("contoso active actif", "contoso", "ACTIVE", None),
        ("suspended", None, "SUSPENDED", None),
        ("contoso", "contoso", None, None),
        ("fabrikam suspended hotels", "fabrikam suspended hotels", None, None),
        ("contoso suspended", "contoso suspended", None, None),
        ("contoso suspended suspended", "contoso suspended", "SUSPENDED", None),
        ("suspended animation", "suspended animation", None, None),
        ("suspended animation ended", "suspended animation", "ENDED", None),
        ("suspended ended films", "ended films", "SUSPENDED", None),
        ("active", "active", None, None),
        ("active active", "active", "ACTIVE", None),
    ],
)
async def test_a_choice_is_taken_from_around_the_customer(
    said: str, name: str | None, state: str | None, period: Period | None
) -> None:
    args = (await read(said)).args
    found = args.customer and args.customer.name
    assert (found, args.state and args.state.name, args.period) == (name, state, period)


@pytest.mark.parametrize("said", ["contoso active suspended", "ended contoso actifs"])
async def test_two_choices_of_one_kind_are_refused_by_name(said: str) -> None:
    with pytest.raises(ContraryWords) as refused:
        await read(said)
    words = str(refused.value.values["words"]).split()
    assert words == [word for word in said.split() if word != "contoso"]


async def test_choices_are_kept_as_typed_for_a_digest() -> None:
    found = await read("suspended contoso last quarter")
    assert (found.choice_words, found.period_words) == (("suspended",), ("last", "quarter"))


def test_a_command_without_choices_keeps_the_words() -> None:
    typed = typed_args(NoChoice, ("contoso", "suspended"), TODAY)
    assert (typed.rest, typed.choices) == (("contoso", "suspended"), {})
    assert choices_of(StateArgs) == (SubscriptionState,)


@dataclass(frozen=True)
class NoChoice:
    name: str
    period: Period | None


def test_each_member_has_words_in_each_language() -> None:
    assert faults(StateArgs) == []


def test_the_check_names_a_member_without_words_and_its_language() -> None:
    assert faults(ColourArgs) == ["Colour.RED has no words in en", "Colour.RED has no words in fr"]
