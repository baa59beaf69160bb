"""Each door to figures notes by itself: a handler that remembers nothing shows a room nothing."""

from collections.abc import Awaitable, Callable

import pytest

from analytics.demo.pages import CLEO_SEES
from analytics.demo.stories import made_up_tenant
from analytics.questions.portfolio import portfolio
from analytics.questions.usage import usage
from analytics.values import OWN, Secrecy
from analytics.warehouse.facts import Facts
from bot.wiring import Installation
from handlers.chat.access import Permission, authorize
from handlers.chat.asking import Ask, Reach, Room, RoomKind
from handlers.chat.audience import Notes
from handlers.chat.group_search import FoundGroup
from handlers.chat.groups import CustomerGroup
from handlers.chat.reply import Audience, Paragraph, Reply
from handlers.chat.visible_data import EVERYBODY, VisibleData
from handlers.state_of_reader import StateOfReader
from tests.conftest import NOW
from tests.rooms.gathering import Gathering, gathered, ref
from tests.rooms.placing_drafts import placed

WIDE_WORLD = "wide world importers"
"""A customer whom Cleo, who sits in the room, may not see."""

Reading = Callable[[VisibleData], Awaitable[object]]


async def _usage(data: VisibleData) -> object:
    found = await data.matching(WIDE_WORLD)
    return await data.of(found.customers[0], usage, None, None)


_HIDDEN = frozenset({made_up_tenant(WIDE_WORLD)})
GROUP = FoundGroup(CustomerGroup(1, "north", _HIDDEN), _HIDDEN)
"""A group whose customer a limited reader does not see."""

DOORS: dict[str, Reading] = {
    "of": _usage,
    "over": lambda data: data.over(EVERYBODY, portfolio),
    "subject": lambda data: data.subject(WIDE_WORLD),
    "customer_or_topic": lambda data: data.customer_or_topic(WIDE_WORLD),
    "topic_alone": lambda data: data.topic_alone("copilot"),
    "topic_of_all": lambda data: data.topic_of_all("copilot", "all copilot"),
    "matching": lambda data: data.matching("wide"),
    "names_whole": lambda data: data.names_whole((*WIDE_WORLD.split(), "may")),
    "begins_with_name": lambda data: data.begins_with_name(WIDE_WORLD),
    "names": lambda data: data.names(CLEO_SEES),
    "has_no_customers": lambda data: data.has_no_customers(),
    "ignored_products": lambda data: data.ignored_products(),
    "decisions_about": lambda data: data.decisions_about(("a term",)),
    "decisions_made": lambda data: data.decisions_made(NOW, NOW),
    "partner_roles": lambda data: data.partner_roles(),
    "of_group": lambda data: data.of_group(GROUP).over(EVERYBODY, portfolio),
    "copy_with_notes": lambda data: _usage(data.copy_with_notes(Notes())),
}


NUMBERS = {"generation"}
"""What tells a number of the facts as a whole, and opens nothing."""


EXAMPLE = {"example_customer"}
"""What chooses a customer by itself, whom Cleo may see too."""


def test_every_door_is_tried() -> None:
    public = {name for name in vars(VisibleData) if not name.startswith("_")}
    assert public == DOORS.keys() | NUMBERS | EXAMPLE


async def test_the_customer_of_an_example_is_noted(installation: Installation) -> None:
    backend, notes = installation.backend, Notes()
    account = await backend.people.account(ref("ada"), sure=True)
    grants = await backend.rights.grants(ref("ada"), OWN)
    access = authorize(account, OWN, Permission.ASK, grants, NOW)
    data = VisibleData(access, backend.facts, StateOfReader(backend), notes)
    found = await data.example_customer()
    assert found is not None
    assert notes.content(Permission.ASK).customers == {found.id}


@pytest.mark.parametrize("door", DOORS)
async def test_what_a_forgetful_handler_read_reaches_the_asker_alone(
    installation: Installation, door: str
) -> None:
    gathered(installation, Gathering(members=("ada", "cleo")))
    backend, notes = installation.backend, Notes()
    account = await backend.people.account(ref("ada"), sure=True)
    grants = await backend.rights.grants(ref("ada"), OWN)
    access = authorize(account, OWN, Permission.SEE_SEATS, grants, NOW)
    await DOORS[door](VisibleData(access, backend.facts, StateOfReader(backend), notes))
    ask = Ask("r1", ref("ada"), Room("a room", RoomKind.GROUP, OWN), "/x", "en", "UTC")
    reply = Reply((Paragraph("What it read."),), Audience.ROOM)
    for reach in (Reach.ALOUD, Reach.ROOM):
        content = notes.content(Permission.SEE_SEATS)
        asked = Ask(ask.id, ask.asker, ask.room, ask.text, ask.locale, ask.zone, reach=reach)
        answered = await placed(asked, reply, content, backend)
        assert answered.reply.audience is Audience.ASKER


def _members(facts: Facts) -> int:
    """Names people, of a dataset that never came."""
    return len(facts.rows("SELECT member_name FROM {role_members}"))


@pytest.mark.parametrize(("who", "secrets"), [("ada", {Secrecy.PERSON}), ("cleo", set())])
async def test_the_persons_that_could_be_in_an_answer_are_noted_each_time(
    installation: Installation, who: str, secrets: set[Secrecy]
) -> None:
    backend = installation.backend
    grants = await backend.rights.grants(ref(who), OWN)
    account = await backend.people.account(ref(who), sure=True)
    access = authorize(account, OWN, Permission.SEE_SEATS, grants, NOW)
    for _ in range(2):  # the second one is kept
        notes = Notes()
        await VisibleData(access, backend.facts, StateOfReader(backend), notes).over(
            EVERYBODY, _members
        )
        assert notes.secrets == secrets


def _everyones_rows(facts: Facts, *_args: object) -> set[object]:
    """Read the rows of all customers, as a question does that forgets to name its own."""
    return {tenant for (tenant,) in facts.rows("SELECT DISTINCT tenant FROM {deployment}")}


async def test_a_question_about_one_customer_reads_no_others_figures(
    installation: Installation,
) -> None:
    backend = installation.backend
    grants = await backend.rights.grants(ref("ada"), OWN)
    account = await backend.people.account(ref("ada"), sure=True)
    data = VisibleData(
        authorize(account, OWN, Permission.SEE_SEATS, grants, NOW),
        backend.facts,
        StateOfReader(backend),
        Notes(),
    )
    found = await data.matching(WIDE_WORLD)
    assert await data.of(found.customers[0], _everyones_rows) == {found.customers[0].id}
    some = frozenset(CLEO_SEES)
    assert await data.over(some, _everyones_rows) == some
    assert len(await data.over(EVERYBODY, _everyones_rows)) > len(some)
