"""The activity log is searched by person only where the operator lets it, and only for readers who
may see persons.
"""

from dataclasses import replace

import pytest

from analytics.questions.activity import ActivityResult
from analytics.values import OWN
from bot.demo_installation import NAMES, seat_people
from bot.page.people import person
from bot.settings import Settings
from bot.wiring import Installation, open_installation
from handlers.answer import answer
from handlers.backend import Answer, Backend, Outcome
from handlers.chat.access import Grant, Role
from handlers.input.person_words import TypedPerson, take_person
from handlers.messages.speaker import speaker
from tests.answering.asking import asked, shown
from tests.conftest import NOW

SAY = speaker("en")
JONAS = "jonas@made-up-partner.example"


async def found(text: str, backend: Backend, who: str = "ada") -> Answer:
    return await answer(asked(text, who), backend)


@pytest.mark.parametrize("text", ["/activity by jonas", f"/activity contoso {JONAS} last month"])
async def test_it_is_off_until_the_operator_switches_it_on(
    installation: Installation, text: str
) -> None:
    said = await found(text, installation.backend)
    assert said.outcome is Outcome.REFUSED
    assert shown(said.reply) == SAY("person-search-off")


async def test_switched_on_it_is_for_those_who_see_persons_alone(sample_home: Settings) -> None:
    settings = replace(sample_home, search_by_person=True)
    async with open_installation(settings, NAMES, lambda: NOW) as there:
        await seat_people(there)
        viewer = Grant(Role.VIEWER, OWN, None, None, "", "operator", NOW)
        await there.roles.give(person("ben").ref, viewer)
        refused = await found("/activity by jonas", there.backend, "ben")
        assert shown(refused.reply) == SAY("person-search-hidden")
        results = [await found(text, there.backend) for text in QUESTIONS]
    totals = [each.result.total for each in results if isinstance(each.result, ActivityResult)]
    assert totals == [totals[0]] * len(QUESTIONS)
    assert isinstance(totals[0], int)
    whole, dated = results[0].reply, shown(results[-1].reply)
    assert JONAS in shown(whole)
    assert "ines@" not in shown(whole)
    assert f"/digest /activity {JONAS}" in dated


QUESTIONS = ("/activity by jonas", "/activity 30 days by Jonas", f"/activity {JONAS}")


@pytest.mark.parametrize(
    ("words", "taken"),
    [
        (("contoso", "BY", "Jonas"), (TypedPerson("jonas"), 1, 2)),
        (("par", "jonas"), (TypedPerson("jonas"), 0, 2)),
        (("contoso", "by", JONAS, "failed"), (TypedPerson(JONAS), 1, 2)),
        ((f"<mailto:{JONAS}|{JONAS}>",), (TypedPerson(JONAS), 0, 1)),
        (("stand by",), (None, 0, 0)),
        (("contoso", "by"), (None, 0, 0)),
        (("@jonas",), (None, 0, 0)),
    ],
)
def test_a_person_is_read_by_sign_in_name_or_behind_by(
    words: tuple[str, ...], taken: tuple[TypedPerson | None, int, int]
) -> None:
    assert take_person(words) == taken
