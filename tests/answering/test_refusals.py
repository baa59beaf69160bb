"""What stood in the way of an answer, and what a refusal gives away: nothing."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date

import pytest
import pytest_asyncio

from analytics.demo.stories import made_up_tenant
from analytics.values import OWN, PartnerId, TenantId
from bot.page.people import person
from bot.settings import Settings
from bot.wiring import Installation, open_installation
from handlers.chat.access import Grant, Role
from handlers.chat.asking import UserRef
from handlers.chat.reply import Stamped
from handlers.messages.speaker import speaker
from tests.answering.asking import asked, audited, replied, room, shown, store_file
from tests.conftest import NOW

FORBIDDEN = "Humongous Insurance"
MADE_UP = "Gargantuan Jam Factory"
GUIDS = (made_up_tenant(FORBIDDEN), TenantId("0a1b2c3d-0000-4000-8000-123456789abc"))


@pytest_asyncio.fixture
async def unseated(sample_home: Settings) -> AsyncIterator[Installation]:
    """The program before anybody was given a right."""
    async with open_installation(sample_home, {}, lambda: NOW) as wired:
        yield wired


async def _answers(installation: Installation, ask: str, *names: str) -> list[str]:
    """Cleo's answers about each of the names, the name taken out."""
    replies = [
        (name, await replied(asked(ask.format(name), "cleo"), installation.backend))
        for name in names
    ]
    return [shown(reply).replace(name, "…").replace(name.lower(), "…") for name, reply in replies]


@pytest.mark.parametrize(
    "ask",
    [
        "/usage {}",
        '/usage "{}"',
        "/usage {} 90 days",
        "/usage {} exchange",
        "/usage {} 2020-01..2020-06",
        "/usage contoso {}",
        "/usage {} contoso",
    ],
)
async def test_a_forbidden_customer_is_answered_like_one_there_is_not(
    installation: Installation, ask: str
) -> None:
    forbidden, unknown = await _answers(installation, ask, FORBIDDEN, MADE_UP)
    assert "…" in forbidden
    assert forbidden == unknown


@pytest.mark.parametrize("names", [GUIDS, ("humongous", "gargantuan"), ("hi", "gj")])
async def test_neither_a_guid_nor_a_part_of_a_name_gives_it_away(
    installation: Installation, names: tuple[str, str]
) -> None:
    forbidden, unknown = await _answers(installation, "/usage {}", *names)
    assert forbidden == unknown


async def test_the_audit_knows_no_difference_either(installation: Installation) -> None:
    await _answers(installation, "/usage {}", FORBIDDEN, MADE_UP)
    rows = audited(store_file(installation.settings))
    forbidden, unknown = ({**row, "text": "…"} for row in rows)
    assert forbidden == unknown


async def test_the_same_question_of_somebody_who_may_is_answered(
    installation: Installation,
) -> None:
    reply = await replied(asked(f"/usage {FORBIDDEN}"), installation.backend)
    assert shown(reply).startswith(f"{FORBIDDEN}: ")


async def test_whoever_may_not_learns_whom_to_ask_and_their_own_id(
    installation: Installation,
) -> None:
    say = speaker("en")
    boss = Grant(Role.ADMIN, OWN, None, None, "", "operator", NOW)
    await installation.roles.give(UserRef("slack", "T1", "U1"), boss)
    reply = await replied(asked("/usage contoso", "ben"), installation.backend)
    admins = "Ada Lovelace and slack:T1:U1"
    assert shown(reply).split("\n\n") == [
        say("not-allowed", command="/usage"),
        say("not-allowed-admins", admins=admins, id="page:demo:ben"),
    ]


@pytest.mark.parametrize("locale", ["en", "fr"])
async def test_while_there_is_no_admin_the_operators_line_is_told(
    unseated: Installation, locale: str
) -> None:
    asker = UserRef("slack", "T024BE7LD", "U012AB3CD")
    reply = await replied(asked("/usage contoso", asker, locale=locale), unseated.backend)
    line = "seatwise grant slack:T024BE7LD:U012AB3CD --as partner-admin"
    assert shown(reply).endswith(speaker(locale)("not-allowed-no-admin", line=line))
    assert line in shown(reply)


async def test_a_forbidden_question_is_not_even_read(installation: Installation) -> None:
    texts = ("/usage", "/usage contoso 2026-06..2026-01", "/usage zzzzz")
    replies = [await replied(asked(text, "ben"), installation.backend) for text in texts]
    assert len({shown(reply) for reply in replies}) == 1


async def test_a_right_at_one_partner_is_none_in_anothers_room(installation: Installation) -> None:
    question = asked("/usage contoso")
    elsewhere = replace(question, room=room(PartnerId("rival")))
    reply = await replied(elsewhere, installation.backend)
    assert shown(reply).startswith(speaker("en")("not-allowed", command="/usage"))


async def test_several_customers_are_offered_with_the_rest_of_the_question(
    installation: Installation,
) -> None:
    reply = await replied(asked("/usage fabrikam 90 days"), installation.backend)
    assert shown(reply).splitlines()[1:] == [
        f"[{name}]  /usage {made_up_tenant(name)} 90 days"
        for name in ("Fabrikam Bikes", "Fabrikam Residences")
    ]


async def test_before_the_first_import_there_is_no_answer_but_what_to_do(
    unseated: Installation,
) -> None:
    for file in unseated.settings.data_dir.rglob("current.json"):
        file.unlink()
    await unseated.roles.give(
        person("ada").ref, Grant(Role.ADMIN, OWN, None, None, "", "operator", NOW)
    )
    reply = await replied(asked("/usage contoso"), unseated.backend)
    assert shown(reply) == speaker("en")("no-data")


async def test_last_month_is_the_askers_own(sample_home: Settings) -> None:
    """At half past eleven in London, on the last evening of October, Tokyo has November."""
    late = NOW.replace(month=10, day=31, hour=23, minute=30)
    home = replace(sample_home, admins=(person("ada").ref,))
    newest = {}
    async with open_installation(home, {}, lambda: late) as wired:
        for zone in ("Europe/London", "Asia/Tokyo"):
            ask = replace(asked("/usage contoso last month"), zone=zone)
            newest[zone] = (await replied(ask, wired.backend)).parts
    dates = {
        zone: next(part.sentences[0] for part in parts if isinstance(part, Stamped))
        for zone, parts in newest.items()
    }
    assert speaker("en").day(date(2026, 9, 27)) in dates["Europe/London"]
    assert speaker("en").day(date(2026, 10, 31)) in dates["Asia/Tokyo"]


async def test_whoever_comes_from_elsewhere_does_not_learn_who_the_admins_are(
    installation: Installation,
) -> None:
    stranger = UserRef("page", "elsewhere", "mallory")
    said = shown(await replied(asked("/usage contoso", stranger), installation.backend))
    assert "You don’t have access to /usage." in said
    assert "Ada" not in said
    assert "Ask a partner admin for access, and send them your id: page:elsewhere:mallory" in said
