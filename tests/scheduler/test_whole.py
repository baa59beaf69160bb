"""Digests in the program as it is wired: what is asked at its hour is answered as its owner would
be, and what stops one is told in the card that `/digest show` gives.
"""

from contextlib import asynccontextmanager
from datetime import timedelta

import pytest

from analytics.values import OWN
from bot.page.people import person
from bot.wiring import Installation
from handlers.chat.access import RightsChange, fingerprint
from handlers.chat.asking import Room, RoomKind
from handlers.chat.digests import Digest, Plan, Run
from tests.answering.asking import opened, store_file
from tests.conftest import NOW
from tests.scheduler.letterbox import Letterbox
from tests.scheduler.scheduling import until
from tests.store.reporting import report

OWN_ROOM = Room("", RoomKind.PRIVATE, OWN)


def asking(text: str, locale: str = "en") -> Plan:
    return Plan(text, text, "0 9 * * *", "Europe/Paris", locale, OWN_ROOM)


async def at_its_hour(there: Installation, who: str, plan: Plan) -> tuple[Run, Letterbox]:
    """A digest of the day before, when it has come due; its run, and what was posted."""
    box, digests = Letterbox(), there.backend.digests
    there.posters["page"] = box
    (saved,) = await digests.save([plan], person(who).ref, OWN, NOW - timedelta(days=1))
    async with asynccontextmanager(there.scheduler.run_beside)(None):

        async def ended() -> bool:
            return any(run.at for run in await digests.history(saved, 1))

        await until(ended)
    return (await digests.history(saved, 1))[0], box


async def found(there: Installation) -> Digest:
    (digest,) = await there.backend.digests.all(OWN)
    return digest


async def test_it_is_answered_as_its_owner_would_be(installation: Installation) -> None:
    run, box = await at_its_hour(installation, "cleo", asking("/usage contoso"))
    (text,) = box.said
    assert (run.state.value, run.due) == ("sent", NOW.replace(hour=8, minute=0))
    assert text.startswith("Digest 1, run 1: /usage contoso. Due on 22 Nov 2026 at 09:00 (Europe/")
    assert "For 09:00, sent 10:30: I was down." in text
    assert "seats" in text


async def test_each_run_is_audited_as_a_question_of_its_owners(installation: Installation) -> None:
    await at_its_hour(installation, "cleo", asking("/usage contoso"))
    with opened(store_file(installation.settings)) as store:
        ((entry,),) = store.execute("SELECT entry FROM audit WHERE entry LIKE '%scheduled%'")
    assert '"via": "scheduled"' in entry
    assert f'"who": "{person("cleo").ref}"' in entry


@pytest.mark.parametrize(
    ("locale", "told", "why"),
    [
        ("en", "was not sent as planned: its owner no longer had access.", "paused"),
        ("fr", "n’a pas été envoyé comme prévu", "en pause"),
    ],
)
async def test_who_lost_the_right_gets_no_figures_and_the_card_of_it(
    installation: Installation, locale: str, told: str, why: str
) -> None:
    cleo, roles = person("cleo").ref, installation.roles
    seen = fingerprint(await roles.grants(cleo, OWN), NOW)
    await roles.change(RightsChange(cleo, OWN, None, person("ada").ref, NOW, seen))
    run, box = await at_its_hour(installation, "cleo", asking("/usage contoso", locale))
    digest = await found(installation)
    (card,) = box.said
    assert (run.reason, digest.state.value, digest.reason) == ("right-lost", "paused", "right-lost")
    assert told in card
    assert why in card
    assert "1,250" not in card


async def test_a_question_whose_customer_is_gone_is_paused(installation: Installation) -> None:
    run, _ = await at_its_hour(installation, "ada", asking("/usage nobody-of-that-name"))
    assert (run.reason, (await found(installation)).reason) == ("question-refused",) * 2


async def test_a_report_is_told_to_the_admin_by_the_name_they_read(
    installation: Installation,
) -> None:
    installation.posters["page"] = box = Letterbox()
    names = installation.doctor.warehouses(OWN).current()
    assert names is not None
    contoso = next(each.id for each in names.people.customers if each.name == "Contoso")
    cleo = person("cleo").ref
    its = report(reporter=cleo, question=f"/usage {contoso}", customers=(contoso,), at=NOW)
    assert await installation.backend.reports.save(its) == 1
    async with asynccontextmanager(installation.scheduler.run_beside)(None):

        async def told() -> bool:
            return bool(box.letters)

        await until(told)
    assert [letter.to.person for letter in box.letters] == [person("ada").ref]
    assert box.said[0].startswith("Cleo reported that an answer looks wrong: report 1, 22 Nov 2026")
    assert box.said[0].endswith(f"/usage Contoso\n{its.said}")
