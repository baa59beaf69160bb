"""A right is given by whoever is a member for certain, to whoever is a member for certain."""

import pytest

from analytics.values import OWN
from bot.wiring import Installation
from handlers.chat.accounts import Recency
from handlers.chat.asking import Ask, Room, RoomKind
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
    assert labels(await delivery.ask(ask)) == ["Grant", "Cancel"]
    gathering.said[who] = said
    refused = await delivery.ask(ask)
    assert words(refused).startswith("I could not confirm just now")
    assert labels(refused) == []
