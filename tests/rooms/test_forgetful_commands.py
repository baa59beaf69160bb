"""A command that reads by any door, asks any question and forgets everything else reaches its asker
alone, all the way through answer(), wherever a limited reader reads along.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import pytest

from analytics.demo.stories import made_up_tenant
from analytics.values import Customer
from analytics.warehouse.facts import Facts
from bot.wiring import Installation
from handlers.chat.access import Permission
from handlers.chat.asking import Reach
from handlers.chat.command import AnyCommand, Command, NoArgs, Request, Shown
from handlers.chat.reply import Audience, Paragraph, Reply
from handlers.chat.services import Say, Services
from handlers.chat.visible_data import EVERYBODY, VisibleData
from tests.answering.made_up_commands import known
from tests.rooms.gathering import Gathering, gathered, words
from tests.rooms.question_arguments import HIDDEN, arguments, public_questions
from tests.rooms.test_doors import DOORS

QUESTIONS = public_questions()

READ = "What it read:"

SEEN_BY_ALL = Customer(made_up_tenant("Contoso"), "Contoso")

Question = Callable[..., object]

REACHES = {
    Reach.ASKER: Audience.ASKER,
    Reach.ALOUD: Audience.ASKER,
    Reach.ROOM: Audience.ASKER,
    Reach.SAFE: Audience.ASKER,
    Reach.ANYWAY: Audience.ASKER,
    Reach.DIRECT: Audience.DIRECT,
}


@dataclass(frozen=True)
class Read:
    """What a forgetful command read."""

    text: str


def forgetful(read: Callable[[VisibleData], Awaitable[object]]) -> AnyCommand:
    """A command that tells a room what it read by the doors."""

    async def ask(_request: Request[NoArgs], services: Services) -> Read:
        return Read(repr(await read(services.data)))

    def tell(result: Read, _say: Say) -> Reply:
        return Reply((Paragraph(f"{READ} {result.text}"),), Audience.ROOM)

    return Command("forgetful", NoArgs, Permission.SEE_SEATS, ask, tell, Shown(99), "/forgetful")


async def told(installation: Installation, command: AnyCommand, reach: Reach) -> tuple[str, object]:
    """What is read, and by whom, where Ada asks beside Cleo, who sees two customers."""
    talk = gathered(installation, Gathering(members=("ada", "cleo")))
    with known(command):
        answer = await talk.asks("ada", command.example, reach)
    assert answer.outcome.value == "answered"
    return words(answer), answer.reply.audience


def test_every_reach_is_tried() -> None:
    assert set(REACHES) == set(Reach)
    assert len(QUESTIONS) > 15


@pytest.mark.parametrize("door", DOORS)
async def test_by_any_door_it_reaches_the_asker_alone(
    installation: Installation, door: str
) -> None:
    heard = {each: await told(installation, forgetful(DOORS[door]), each) for each in REACHES}
    assert {each: audience for each, (_, audience) in heard.items()} == REACHES
    assert READ in heard[Reach.ALOUD][0]


async def test_any_question_of_all_reaches_the_asker_alone(installation: Installation) -> None:
    for name, question in QUESTIONS.items():

        def of_all(facts: Facts, asked: Question = question) -> object:
            return asked(facts, **arguments(asked))

        command = forgetful(lambda data, its=of_all: data.over(EVERYBODY, its))  # type: ignore[misc]  # its default is the loop's own
        for reach, audience in REACHES.items():
            assert (await told(installation, command, reach))[1] is audience, (name, reach)


@pytest.mark.parametrize(
    ("customer", "audience"), [(HIDDEN, Audience.ASKER), (SEEN_BY_ALL, Audience.ROOM)]
)
async def test_any_question_of_one_reaches_those_alone_who_see_them(
    installation: Installation, customer: Customer, audience: Audience
) -> None:
    for name, question in QUESTIONS.items():

        def of_one(facts: Facts, _customer: object, asked: Question = question) -> object:
            return asked(facts, **arguments(asked) | _customers_own(asked, customer))

        command = forgetful(lambda data, its=of_one: data.of(customer, its))  # type: ignore[misc]  # as above
        for reach in (Reach.ALOUD, Reach.ROOM):
            if name.split(".")[0] not in SECRET:
                assert (await told(installation, command, reach))[1] is audience, (name, reach)


SECRET = (
    *("partner_roles", "growth", "growth_identities", "billed_months"),
    *("azure", "azure_consumption", "azure_costs", "azure_identities", "azure_parts"),
    "azure_spend",
    *("licenses", "licence_identities"),
)
"""Questions of which people's names or amounts keep an answer from the room, and are left out."""


def _customers_own(question: Question, customer: Customer) -> dict[str, object]:
    own = {"customer": customer, "tenants": [customer.id], "said": customer.name}
    return {name: own[name] for name in arguments(question) if name in own}
