"""Rights are given, and digests sent, among people who are members for certain."""

import pytest

from analytics.values import OWN
from bot.backend import NameDirectory
from bot.wiring import Installation
from handlers.backend import Outcome
from handlers.chat.accounts import Account, AccountKind, Recency
from handlers.chat.asking import Ask, Room, RoomKind, UserRef, Via
from tests.rooms.gathering import Gathering, gathered, labels, ref, words

ALONE = Room("ada", RoomKind.PRIVATE, OWN)


@pytest.mark.parametrize("said", [Recency.LATELY, Recency.NEVER])
@pytest.mark.parametrize("who", ["ada", "ben"])
async def test_while_that_is_not_certain_no_right_is_given(
    installation: Installation, who: str, said: Recency
) -> None:
    gathering = Gathering()
    delivery = gathered(installation, gathering).delivery
    named = {"@ben": ref("ben")}
    text = "/grant-analytics @ben as viewer"
    ask = Ask("g1", ref("ada"), ALONE, text, "en", "UTC", mentions=named)
    assert labels(await delivery.ask(ask)) == ["Grant", "Cancel", "With people’s names"]
    gathering.said[who] = said
    refused = await delivery.ask(ask)
    assert words(refused).startswith("I could not confirm just now")
    assert labels(refused) == []


async def test_for_that_to_be_certain_a_slow_platform_is_waited_for(
    installation: Installation,
) -> None:
    delivery = gathered(installation, Gathering(slow={"ada", "ben"})).delivery
    text, named = "/grant-analytics @ben as viewer", {"@ben": ref("ben")}
    ask = Ask("g1", ref("ada"), ALONE, text, "en", "UTC", mentions=named)
    assert labels(await delivery.ask(ask)) == ["Grant", "Cancel", "With people’s names"]


async def test_whoever_decides_for_others_is_waited_for_too(installation: Installation) -> None:
    talk = gathered(installation, Gathering(slow={"ada"}))
    kept = await talk.asks("ada", "/usage wide world importers")
    assert labels(kept)[-1] == "Share anyway"


@pytest.mark.parametrize("said", [Recency.LATELY, Recency.NEVER])
async def test_while_that_is_not_certain_a_digest_gets_no_figures(
    installation: Installation, said: Recency
) -> None:
    gathering = Gathering()
    delivery = gathered(installation, gathering).delivery
    ask = Ask("d1", ref("ada"), ALONE, "/usage contoso", "en", "UTC", Via.SCHEDULED)
    assert (await delivery.answer_digest(ask)).outcome is Outcome.ANSWERED
    gathering.said["ada"] = said
    refused = await delivery.answer_digest(ask)
    assert refused.outcome is Outcome.REFUSED
    assert words(refused).startswith("I could not confirm just now")


async def test_who_is_refused_is_sent_to_no_admin_who_is_no_member_any_more(
    installation: Installation,
) -> None:
    gathering = Gathering()
    talk = gathered(installation, gathering)
    assert "Ask a partner admin for access: Ada." in words(await talk.asks("ben", "/usage"))
    gathering.kinds["ada"] = AccountKind.GUEST
    assert "Ada" not in words(await talk.asks("ben", "/usage"))


async def test_of_a_platform_that_is_not_running_beside_another_nothing_is_known() -> None:
    there = UserRef("teams", "T1", "ana")
    known = await NameDirectory({}, {"page": Gathering()}).account(there, sure=True)
    assert known == Account(there, str(there), None, Recency.NEVER)
    assert (
        await NameDirectory({}).account(there)
    ).is_member  # a terminal: its operator's word counts
