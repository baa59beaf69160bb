"""Examples that the bot offers work for whoever reads them, and tell nobody of a customer."""

from dataclasses import replace
from pathlib import Path

import pytest

from analytics.demo.stories import made_up_tenant
from analytics.values import OWN, PartnerId
from analytics.warehouse.current_generation import Warehouse
from bot.wiring import Installation
from handlers.answer import answer
from handlers.backend import Outcome
from handlers.chat.access import Grant, Role
from handlers.chat.accounts import AccountKind, Recency
from handlers.chat.asking import Reach, RoomKind
from handlers.chat.reply import Choices, Reply
from tests.answering.asking import asked, audited, replied, shown, store_file
from tests.conftest import NOW
from tests.rooms.gathering import Gathering, gathered, ref, words

OFFERING = ("/help", "hello", "", "what is this", "/help usage", "/help frobnicate")
"""Questions whose answers offer examples."""


def tries(reply: Reply) -> dict[str, str]:
    """What the examples of an answer say, and the questions that they ask."""
    found = [part for part in reply.parts if isinstance(part, Choices)][-1]
    return {choice.label: choice.text for choice in found.items}


@pytest.mark.parametrize("text", OFFERING)
async def test_an_example_names_a_customer_by_id(installation: Installation, text: str) -> None:
    found = tries(await replied(asked(text, "cleo"), installation.backend))
    contoso = made_up_tenant("Contoso")
    assert found["/usage Contoso 6 months"] == f"/usage {contoso} 6 months"


async def test_it_is_a_customer_whom_the_reader_may_see(installation: Installation) -> None:
    bikes = made_up_tenant("Fabrikam Bikes")
    right = Grant(Role.VIEWER, OWN, frozenset({bikes}), None, "", "operator", NOW)
    await installation.roles.give(ref("dan"), right)
    talk = gathered(installation, Gathering())
    found = tries((await talk.asks("dan", "/help", Reach.ASKER)).reply)
    label = '/usage "Fabrikam Bikes" 6 months'
    assert found[label] == f"/usage {bikes} 6 months"
    assert "contoso" not in str(found).lower()
    for pressed in (label, found[label]):
        assert "Seats sold  235" in words(await talk.asks("dan", pressed, Reach.ASKER))


async def test_every_example_is_answered(installation: Installation) -> None:
    talk = gathered(installation, Gathering(members=("ada",)))
    for text in ("/help", "/digest every Monday"):
        offered = await talk.asks("ada", text, Reach.ASKER)
        for pressed in tries(offered.reply).values():
            answer = await talk.asks("ada", pressed, Reach.ASKER)
            assert (pressed, answer.outcome.value) == (pressed, "answered")


@pytest.mark.parametrize("text", OFFERING)
async def test_without_a_right_no_customer_is_told_of(
    installation: Installation, text: str
) -> None:
    said = shown(await replied(asked(text, "ben"), installation.backend))
    assert "contoso" not in said.lower()
    (row,) = audited(store_file(installation.settings))
    assert row["customers"] == []


@pytest.mark.parametrize(
    "gathering",
    [
        Gathering(kinds={"cleo": AccountKind.GUEST}),
        Gathering(kinds={"cleo": AccountKind.GONE}),
        Gathering(said={"cleo": Recency.NEVER}),
    ],
    ids=["a guest", "gone", "not confirmed"],
)
@pytest.mark.parametrize("text", ["/help", "/usge contoso"])
async def test_a_right_that_counts_for_nothing_today_tells_of_no_customer(
    installation: Installation, gathering: Gathering, text: str
) -> None:
    talk = gathered(installation, gathering)
    said = await talk.asks("cleo", text, Reach.ASKER)
    assert "contoso" not in words(said).lower()
    assert "/help data" in words(said)


async def test_without_a_right_no_figures_are_opened(installation: Installation) -> None:
    def opened(_partner: PartnerId) -> Warehouse:
        raise AssertionError

    backend = replace(installation.backend, warehouses=opened)
    for text in (*OFFERING, "contoso", "/usge contoso", "thanks"):
        assert (await answer(asked(text, "ben"), backend)).outcome is Outcome.ANSWERED


async def test_figures_that_cannot_be_read_leave_help_as_it_is(
    installation: Installation, tmp_path: Path
) -> None:
    (tmp_path / "current.json").write_text("no JSON")
    damaged = Warehouse(tmp_path)
    backend = replace(installation.backend, warehouses=lambda _partner: damaged)
    assert "/usage 6 months" in tries(await replied(asked("/help"), backend))


@pytest.mark.parametrize("reach", [Reach.ALOUD, Reach.ROOM, Reach.SAFE, Reach.ANYWAY])
@pytest.mark.parametrize("kind", [RoomKind.GROUP, RoomKind.PUBLIC])
async def test_in_front_of_others_an_example_names_no_customer(
    installation: Installation, reach: Reach, kind: RoomKind
) -> None:
    talk = gathered(installation, Gathering(kind=kind, members=("ada", "ben")))
    for text in ("/help", "good morning"):
        said = await talk.asks("ada", text, reach)
        assert "contoso" not in words(said).lower()
        assert "/help data" in words(said)


async def test_a_customer_behind_a_mistyped_command_is_offered_to_the_asker_alone(
    installation: Installation,
) -> None:
    talk = gathered(installation, Gathering(members=("ada", "ben")))
    heard = {reach: await talk.asks("ada", "helq contoso", reach) for reach in Reach}
    found = {reach: tries(answer.reply) for reach, answer in heard.items()}
    assert found[Reach.ALOUD] == {"/help contoso": "/help contoso"}
    assert found[Reach.ASKER] == found[Reach.ALOUD]  # nobody is called so


async def test_before_the_first_import_examples_name_nobody(
    installation: Installation, tmp_path: Path
) -> None:
    empty = Warehouse(tmp_path / "nothing")
    backend = replace(installation.backend, warehouses=lambda _partner: empty)
    for text in OFFERING:
        assert "/usage 6 months" in [*tries(await replied(asked(text), backend)), text]
