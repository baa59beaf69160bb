"""Who somebody is on Teams, who reads along, and words to those who did not ask."""

from dataclasses import replace
from typing import Any

import pytest

from analytics.values import OWN
from bot.delivery import ConversationReference
from bot.teams.people import CHOSEN_FROM, FRESH, MOST, TeamsPeople
from bot.teams.ports import ConnectorError, Conversation, Json
from handlers.chat.accounts import Account, AccountKind, Recency
from handlers.chat.asking import Ask, Room, RoomKind, UserRef
from tests.teams.activities import (
    BOT,
    CHANNEL,
    ELSEWHERE,
    GROUP,
    IDS,
    SERVICE,
    TENANT,
    account,
    own_chat,
    payload,
    spoken,
)
from tests.teams.recorder import Recorder, member

HERE = Conversation(SERVICE, GROUP, TENANT, BOT)
ROOM = Room(GROUP, RoomKind.GROUP, OWN)
REFUSED = ConnectorError(403, "BotNotInConversationRoster")


def ref(who: str, tenant: str = TENANT) -> UserRef:
    return UserRef("teams", tenant, IDS[who])


def reference(address: str, who: str = "") -> ConversationReference:
    name = (IDS[who], account(who)) if who else ("", "")
    return ConversationReference("teams", TENANT, address, address, SERVICE, BOT, *name, "fr")


class Kept:
    """Conversation references in memory."""

    def __init__(self, *known: ConversationReference) -> None:
        self.known = list(known)

    async def keep(self, found: ConversationReference) -> None:
        self.known.append(found)

    async def welcome(self, found: ConversationReference) -> bool:
        raise NotImplementedError

    async def drop(self, platform: str, tenant: str, installation: str) -> None:
        raise NotImplementedError

    async def of_person(
        self, platform: str, tenant: str, person: str
    ) -> ConversationReference | None:
        return next((k for k in self.known if (k.tenant, k.person) == (tenant, person)), None)

    async def at(self, platform: str, tenant: str, address: str) -> ConversationReference | None:
        return next((k for k in self.known if (k.tenant, k.address) == (tenant, address)), None)

    async def groups(self, platform: str, tenant: str, most: int) -> list[ConversationReference]:
        return [k for k in self.known if k.tenant == tenant and not k.person][:most]


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


def asked(room: str = GROUP, tenant: str = TENANT) -> Ask:
    there = replace(ROOM, address=room)
    return Ask("a1", UserRef("teams", tenant, IDS["ada"]), there, "usage", "en", "UTC")


def people(recorder: Recorder, *known: ConversationReference, clock: Any = None) -> TeamsPeople:
    return TeamsPeople(recorder, Kept(*known), clock or Clock())


def in_group(recorder: Recorder, *known: ConversationReference, clock: Any = None) -> TeamsPeople:
    """After a message in the group."""
    found = people(recorder, *known, clock=clock)
    found.places.note(payload("message_group"))
    return found


@pytest.mark.parametrize(
    ("more", "kind"),
    [
        ({}, AccountKind.MEMBER),
        ({"userRole": "guest"}, AccountKind.GUEST),
        ({"userRole": "guest", "tenantId": ELSEWHERE}, AccountKind.GUEST),
        ({"tenantId": ELSEWHERE}, AccountKind.STRANGER),
        ({"tenantId": TENANT.upper()}, AccountKind.MEMBER),
        ({"userRole": "anonymous"}, AccountKind.STRANGER),
        ({"id": "28:robot"}, AccountKind.BOT),
    ],
)
async def test_what_somebody_is_stands_in_the_roster(
    more: dict[str, str], kind: AccountKind
) -> None:
    found = in_group(Recorder({GROUP: [member("ben", **more)]}))
    assert await found.account(ref("ben"), room=ROOM) == Account(ref("ben"), "Ben", kind)


async def test_somebody_in_no_conversation_of_the_bots_is_nobody() -> None:
    found = in_group(Recorder({GROUP: [member("ada")]}))
    assert (await found.account(ref("ben"), room=ROOM)).kind is AccountKind.UNKNOWN


async def test_a_bot_is_one_by_its_id() -> None:
    someone = await people(Recorder()).account(UserRef("teams", TENANT, "28:robot"))
    assert someone.kind is AccountKind.BOT


async def test_a_conversation_of_another_organisation_tells_nothing() -> None:
    found = in_group(Recorder({GROUP: [member("ben")]}))
    assert (await found.account(ref("ben", ELSEWHERE), room=ROOM)).kind is AccountKind.UNKNOWN


async def test_who_is_not_here_is_looked_for_where_the_bot_was_added() -> None:
    recorder = Recorder({GROUP: [member("ada")], CHANNEL: [member("ben")]})
    found = in_group(recorder, reference(CHANNEL))
    ben = await found.account(ref("ben"), room=ROOM)
    assert ben == Account(ref("ben"), "Ben", AccountKind.MEMBER)
    own = people(Recorder(), reference(own_chat("cleo"), "cleo"))
    assert await own.account(ref("cleo")) == Account(ref("cleo"), "Cleo", AccountKind.MEMBER)


async def test_of_whom_no_roster_tells_nothing_is_known() -> None:
    recorder = Recorder(fails=lambda name, _: REFUSED if name == "member" else None)
    found = await in_group(recorder).account(ref("ben"), room=ROOM)
    assert (found.kind, found.said) == (None, Recency.NEVER)


async def test_somebody_who_left_is_nobody_five_minutes_later_and_at_once_where_teams_says_so() -> (
    None
):
    clock, recorder = Clock(), Recorder({GROUP: [member("ben"), member("cleo")]})
    found = in_group(recorder, clock=clock)
    assert (await found.account(ref("ben"), room=ROOM)).is_member
    assert (await found.account(ref("cleo"), room=ROOM)).is_member
    recorder.rooms[GROUP].clear()
    clock.now += FRESH
    assert (await found.account(ref("ben"), room=ROOM)).is_member
    found.note_moves(TENANT, [{"id": "29:cleo"}])
    assert (await found.account(ref("cleo"), room=ROOM)).kind is AccountKind.UNKNOWN
    clock.now += 1
    assert (await found.account(ref("ben"), room=ROOM)).kind is AccountKind.UNKNOWN


class ByAddress(Recorder):
    """Rosters that know people by their `29:…` id alone, as the Playground's do."""

    async def member(self, where: Conversation, person: str) -> Json | None:
        found = await super().member(where, person)
        return found if found and person == found["id"] else None


async def test_who_asks_or_has_a_chat_with_us_is_looked_up_as_teams_addresses_them() -> None:
    found = in_group(ByAddress(), reference(own_chat("cleo"), "cleo"))
    found.expect(ref("ben"), account("ben"), ROOM)
    assert (await found.account(ref("ben"), room=ROOM)).is_member
    assert (await found.account(ref("cleo"), room=ROOM)).is_member


async def test_whom_a_list_of_people_told_of_is_not_asked_for_again() -> None:
    recorder = Recorder({GROUP: [member("ada"), member("ben")]})
    found = in_group(recorder)
    await found.crowd(asked(), fresh=False)
    assert (await found.account(ref("ada"), room=ROOM)).is_member
    assert recorder.calls.count("member") == 0


async def test_mentions_are_object_ids_for_those_who_are_there_and_accounts_for_others() -> None:
    named = {"<@29:ben>": "29:ben", "<@29:nobody>": "29:nobody", "<@28:x>": "28:x"}
    found = await in_group(Recorder()).resolve_mentions(HERE, named)
    unknown = [UserRef("teams", TENANT, name) for name in ("29:nobody", "28:x")]
    assert list(found.values()) == [ref("ben"), *unknown]


async def test_an_account_that_was_not_resolved_is_nobody() -> None:
    found = in_group(Recorder())
    unresolved = UserRef("teams", TENANT, "29:ben")
    assert (await found.account(unresolved, room=ROOM)).kind is AccountKind.UNKNOWN


async def test_a_crowd_is_everybody_by_organisation_and_object_id_in_lower_case() -> None:
    members = [member("ada", aadObjectId=IDS["ada"].upper()), member("ben")]
    crowd = await in_group(Recorder({GROUP: members})).crowd(asked(), fresh=False)
    assert (crowd.kind, crowd.name) == (RoomKind.GROUP, "Licence desk")
    assert crowd.members == (ref("ada"), ref("ben"))


@pytest.mark.parametrize("who", ["gus", "sam"])
async def test_with_somebody_of_another_organisation_a_room_is_shared(who: str) -> None:
    recorder = Recorder({GROUP: [member("ada"), member(who)]})
    crowd = await in_group(recorder).crowd(asked(), fresh=False)
    assert (crowd.kind, crowd.members) == (RoomKind.SHARED, None)


async def test_somebody_without_an_object_id_makes_a_room_shared() -> None:
    recorder = Recorder({GROUP: [member("ada"), {"id": "29:x", "name": "Anonymous"}]})
    crowd = await in_group(recorder).crowd(asked(), fresh=False)
    assert crowd.kind is RoomKind.SHARED


@pytest.mark.parametrize("field", ["type", "membershipType"])
async def test_a_shared_channel_is_shared_whoever_is_in_it_and_stays_so(field: str) -> None:
    found, activity = people(Recorder()), payload("message_channel")
    activity["channelData"]["channel"] = {"name": "Partners", field: "Shared"}
    found.places.note(activity)
    found.places.note(payload("message_channel"))
    crowd = await found.crowd(asked(CHANNEL), fresh=True)
    assert (crowd.kind, crowd.name) == (RoomKind.SHARED, "Licences")


async def test_a_room_of_more_than_can_be_checked_is_none() -> None:
    many = [member("ada", aadObjectId=f"{at}") for at in range(MOST + 1)]
    crowd = await in_group(Recorder({GROUP: many})).crowd(asked(), fresh=False)
    assert (crowd.members, crowd.why) == (None, "room-too-large")
    crowd = await in_group(Recorder({GROUP: many[1:]})).crowd(asked(), fresh=False)
    assert len(crowd.members or ()) == MOST


async def test_a_room_nobody_wrote_in_is_unknown_and_so_is_one_of_another_organisation() -> None:
    found = in_group(Recorder())
    for ask in (asked("19:other@thread.v2"), asked(tenant=ELSEWHERE)):
        assert (await found.crowd(ask, fresh=True)).why == "room-unknown"


async def test_a_list_that_fails_is_raised_and_not_remembered() -> None:
    recorder = Recorder(fails=lambda name, at: REFUSED if (name, at) == ("members", 0) else None)
    found = in_group(recorder)
    with pytest.raises(ConnectorError):
        await found.crowd(asked(), fresh=False)
    assert (await found.crowd(asked(), fresh=False)).members


async def test_a_crowd_serves_five_minutes_unless_it_has_to_be_fresh() -> None:
    clock, recorder = Clock(), Recorder()
    found = in_group(recorder, clock=clock)
    for fresh, later, calls in ((False, 0, 1), (False, FRESH - 1, 1), (True, 0, 2), (False, 0, 2)):
        clock.now += later
        await found.crowd(asked(), fresh=fresh)
        assert recorder.calls.count("members") == calls
    clock.now += FRESH
    await found.crowd(asked(), fresh=False)
    assert recorder.calls.count("members") == 3


async def test_whoever_comes_in_is_counted_at_once() -> None:
    recorder = Recorder({GROUP: [member("ada")]})
    found = in_group(recorder)
    await found.crowd(asked(), fresh=False)
    recorder.rooms[GROUP].append(member("ben"))
    found.note_moves(ELSEWHERE, ())
    assert len((await found.crowd(asked(), fresh=False)).members or ()) == 1
    found.note_moves(TENANT, ())
    assert len((await found.crowd(asked(), fresh=False)).members or ()) == 2


async def test_people_are_called_as_last_looked_up_and_else_by_their_id() -> None:
    found = people(Recorder(), reference(GROUP))
    assert found.display_name(ref("ben")) == str(ref("ben"))
    await found.learn([ref("ben"), UserRef("slack", "T1", "U1")])
    assert found.display_name(ref("ben")) == "Ben"


async def test_names_are_learnt_where_it_is_possible() -> None:
    recorder = Recorder(fails=lambda name, _: REFUSED if name == "member" else None)
    found = people(recorder, reference(GROUP))
    await found.learn([ref("ben")])
    assert found.display_name(ref("ben")) == str(ref("ben"))


async def test_a_card_offers_those_who_are_there_while_they_are_few() -> None:
    found = in_group(Recorder())
    assert (IDS["ben"], "Ben") in await found.roster(HERE)
    many = [member("ada", aadObjectId=f"{at}") for at in range(CHOSEN_FROM + 1)]
    assert await in_group(Recorder({GROUP: many})).roster(HERE) == []
    failing = Recorder(fails=lambda *_: REFUSED)
    assert await in_group(failing).roster(HERE) == []


async def test_the_room_of_the_question_is_where_people_are_looked_for_first() -> None:
    found = people(Recorder({own_chat("ada"): [member("ada"), member("ben")]}))
    found.places.note(spoken("ada", "grant"))
    room = Room(own_chat("ada"), RoomKind.PRIVATE, OWN)
    assert (await found.account(ref("cleo"), room=room)).kind is AccountKind.UNKNOWN
    assert (await found.account(ref("ben", ELSEWHERE), room=room)).kind is AccountKind.UNKNOWN
    known = await found.account(ref("ben"), room=room)
    assert known == Account(ref("ben"), "Ben", AccountKind.MEMBER)
