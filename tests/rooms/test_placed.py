"""Who reads an answer, decided case by case: the room, who is in it, and how far it is to go."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any, cast

import pytest

from analytics.values import OWN, PartnerId, TenantId
from handlers.backend import Answer, Backend
from handlers.chat.access import Grant, Permission, Role
from handlers.chat.accounts import Account, AccountKind, Recency
from handlers.chat.asking import Ask, Reach, Room, RoomKind, UserRef, Via
from handlers.chat.audience import Content, Crowd, roll
from handlers.chat.reply import Audience, Choice, Choices, Paragraph, Part, Reply, Safe
from handlers.chat.services import Say
from handlers.messages.speaker import speaker
from tests.constancy import constant
from tests.rooms.placing_drafts import placed

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
SAY = speaker("en")
ADA, BEN, CLEO = (UserRef("slack", "T1", name) for name in ("Ada", "Ben", "Cleo"))
CONTOSO = TenantId("contoso")
FIGURES = Content(Permission.SEE_SEATS, frozenset({CONTOSO}))
MORE = Choices("more", (Choice("90 days", "/usage contoso 90 days"),))
SAFE = Safe((Paragraph("62.9% are assigned"),), "/usage tenant")
REPLY = Reply((Paragraph("Contoso has 50 seats"), MORE), Audience.ROOM, safe=SAFE)
ALOUD = Ask("r1", ADA, Room("a room", RoomKind.GROUP, OWN), "/usage contoso", "en", "UTC")
ALOUD = replace(ALOUD, reach=Reach.ALOUD)

DIRECT = Choice(SAY("button-direct"), "/usage contoso", reach=Reach.DIRECT)
SHARE = Choice(SAY("button-share"), "/usage contoso", reach=Reach.ROOM)
SUMMARY = Choice(SAY("button-safe"), "/usage contoso", reach=Reach.SAFE)
MINE = Choice(SAY("button-mine"), "/usage tenant", by_reader=True)


def _grant(role: Role) -> Grant:
    return Grant(role, OWN, None, None, "", "operator", NOW)


@dataclass
class Here:
    """A room, its people and what they were given, and whoever looks after all that."""

    members: Sequence[UserRef] | None = (ADA, CLEO)
    kind: RoomKind = RoomKind.GROUP
    given: Mapping[UserRef, Role] = field(
        default_factory=lambda: {ADA: Role.ADMIN, CLEO: Role.VIEWER}
    )
    said: Recency = Recency.NOW
    broken: bool = False
    slow: bool = False
    """Whether a platform's word is waited for where the answer has to be sure alone."""
    fresh: list[bool] = field(default_factory=list)
    """How it was looked at."""
    troubles: list[Exception] = field(default_factory=list)

    @property
    def people(self) -> "Here":
        return self

    rights = people

    async def crowd(self, ask: Ask, *, fresh: bool) -> Crowd:
        self.fresh.append(fresh)
        if self.broken:
            raise TimeoutError
        members = None if self.members is None else tuple(self.members)
        return Crowd("#licences", self.kind, members, "" if members else "room-too-large")

    def display_name(self, who: UserRef) -> str:
        return who.id

    async def account(
        self, who: UserRef, *, sure: bool = False, room: Room | None = None
    ) -> Account:
        lately = Recency.LATELY if self.slow and not sure else Recency.NOW
        return Account(who, who.id, AccountKind.MEMBER, self.said if who == CLEO else lately)

    async def grants(self, who: UserRef, partner: PartnerId) -> tuple[Grant, ...]:
        return (_grant(self.given[who]),) if who in self.given else ()

    async def holders(self, partner: PartnerId, now: datetime) -> list[tuple[UserRef, Grant]]:
        return [(who, _grant(role)) for who, role in self.given.items()]

    def speaker(self, locale: str, zone: str = "") -> Say:
        return speaker(locale, zone)

    def now(self) -> datetime:
        return NOW

    def trouble(self, ask: Ask, error: Exception) -> None:
        self.troubles.append(error)


async def _placed(
    here: Here, ask: Ask = ALOUD, reply: Reply = REPLY, content: Content = FIGURES, **how: Any
) -> Answer:
    """The reply in its room, asked with these changes."""
    return await placed(replace(ask, **how), reply, content, cast("Backend", here))


def _others(*names: str) -> str:
    return SAY("room-others", names=SAY.enumeration(names), room="#licences")


def _instead(*choices: Choice) -> Choices:
    return Choices(SAY("share-instead"), choices)


def _anyway(*outside: UserRef, kind: RoomKind = RoomKind.GROUP) -> Choice:
    confirms = roll(ALOUD, kind, outside)
    return Choice(SAY("button-anyway"), "/usage contoso", confirms, Reach.ANYWAY)


@pytest.mark.parametrize("audience", [Audience.ROOM, Audience.ASKER])
async def test_what_is_sent_to_oneself_is_the_answer_as_it_is(audience: Audience) -> None:
    here = Here()
    reply = replace(REPLY, audience=audience)
    assert await _placed(here, reply=reply, reach=Reach.DIRECT) == Answer(
        replace(REPLY, audience=Audience.DIRECT)
    )
    assert here.fresh == []


async def test_what_is_no_rooms_business_stays_with_the_asker_whatever_is_wished() -> None:
    here = Here()
    own = replace(REPLY, audience=Audience.ASKER)
    assert await _placed(here, reply=own) == Answer(own)
    alone = Room("Ada", RoomKind.PRIVATE, OWN)
    assert await _placed(here, reach=Reach.ROOM, room=alone) == Answer(own)
    assert here.fresh == []


async def test_figures_of_which_nothing_was_noted_are_the_askers_alone() -> None:
    unnoted, own = replace(FIGURES, customers=frozenset()), replace(REPLY, audience=Audience.ASKER)
    for reach in (Reach.ALOUD, Reach.ROOM, Reach.SAFE, Reach.ANYWAY):
        assert await _placed(Here(), content=unnoted, reach=reach) == Answer(own)


async def test_figures_for_oneself_can_be_kept_and_shared() -> None:
    said = await _placed(Here(), reach=Reach.ASKER)
    offered = Choices(SAY("share-prompt"), (DIRECT, SHARE))
    assert said == Answer(Reply((*REPLY.parts, offered), Audience.ASKER, safe=SAFE))


async def test_words_that_everybody_may_read_come_without_a_way_to_share_them() -> None:
    words, own = Content(Permission.ASK, frozenset()), replace(REPLY, audience=Audience.ASKER)
    assert await _placed(Here(), content=words, reach=Reach.ASKER) == Answer(own)


async def test_asked_aloud_where_all_may_see_it_the_answer_is_as_it_is() -> None:
    here = Here()
    assert (await _placed(here), here.fresh) == (Answer(REPLY), [False])


async def test_a_share_is_looked_at_anew_and_leaves_its_buttons_behind() -> None:
    here = Here()
    shared = await _placed(here, reach=Reach.ROOM)
    by = Paragraph(SAY("shared-by", name="Ada", question="/usage contoso"))
    assert shared == Answer(replace(REPLY, parts=(by, REPLY.parts[0])))
    assert here.fresh == [True]


async def test_a_digest_says_nothing_of_who_shares_it() -> None:
    shared = await _placed(Here(), reach=Reach.ROOM, via=Via.SCHEDULED)
    assert shared.reply.parts == REPLY.parts[:1]


@pytest.mark.parametrize("members", [(ADA, CLEO), (ADA, BEN)])
async def test_a_safe_summary_reaches_whoever_is_there(members: Sequence[UserRef]) -> None:
    shared = await _placed(Here(members), reach=Reach.SAFE)
    by = Paragraph(SAY("shared-safe", name="Ada"))
    more = Choices(SAY("safe-more"), (MINE,))
    assert shared == Answer(replace(REPLY, parts=(by, *SAFE.parts, more)))


async def test_a_digests_safe_summary_has_no_second_heading() -> None:
    shared = await _placed(Here((ADA, BEN)), reach=Reach.SAFE, via=Via.SCHEDULED)
    assert shared.reply.parts == (*SAFE.parts, Choices(SAY("safe-more"), (MINE,)))


async def test_where_there_is_no_summary_the_answer_itself_is_judged() -> None:
    without = replace(REPLY, safe=None)
    shared = await _placed(Here(), reply=without, reach=Reach.SAFE)
    assert shared.reply.audience is Audience.ROOM
    kept = await _placed(Here((ADA, BEN)), reply=without, reach=Reach.SAFE)
    parts = (Paragraph(_others("Ben")), _instead(_anyway(BEN)))
    assert kept == Answer(Reply(parts, Audience.ASKER), "room-others")


async def test_asked_aloud_before_an_outsider_the_asker_reads_it_with_what_else_can_be_done() -> (
    None
):
    said = await _placed(Here((ADA, BEN)))
    parts: tuple[Part, ...] = (
        *REPLY.parts,
        Paragraph(_others("Ben")),
        _instead(DIRECT, SUMMARY, _anyway(BEN)),
    )
    assert said == Answer(Reply(parts, Audience.ASKER, safe=SAFE), "room-others")


async def test_who_is_no_admin_is_not_offered_to_decide_for_others() -> None:
    said = await _placed(Here((CLEO, BEN)), asker=CLEO, reach=Reach.ROOM)
    assert said.reply.parts == (Paragraph(_others("Ben")), _instead(SUMMARY))


async def test_where_nothing_else_can_be_done_there_are_no_buttons() -> None:
    without = replace(REPLY, safe=None)
    said = await _placed(Here((CLEO, BEN)), reply=without, asker=CLEO, reach=Reach.ROOM)
    assert said.reply.parts == (Paragraph(_others("Ben")),)


async def test_an_admin_who_was_shown_the_names_shares_all_the_same() -> None:
    confirms = roll(ALOUD, RoomKind.GROUP, [BEN])
    shared = await _placed(Here((ADA, BEN)), reach=Reach.ANYWAY, confirms=confirms)
    by = Paragraph(SAY("shared-anyway", name="Ada", question="/usage contoso"))
    reply = replace(REPLY, parts=(by, REPLY.parts[0]))
    assert shared == Answer(reply, "room-others", (BEN,))


@pytest.mark.parametrize("reach", [Reach.ALOUD, Reach.ROOM])
async def test_a_yes_counts_for_the_button_alone_that_asked_for_it(reach: Reach) -> None:
    confirms = roll(ALOUD, RoomKind.GROUP, [BEN])
    said = await _placed(Here((ADA, BEN)), reach=reach, confirms=confirms)
    assert (said.reply.audience, said.outsiders) == (Audience.ASKER, ())
    assert SAY("room-changed") not in str(said.reply.parts)


@pytest.mark.parametrize("confirms", ["", "zzzz", roll(ALOUD, RoomKind.GROUP, [CLEO])])
async def test_a_yes_to_something_else_is_asked_for_again(confirms: str) -> None:
    said = await _placed(Here((ADA, BEN)), reach=Reach.ANYWAY, confirms=confirms)
    changed = Paragraph(f"{SAY('room-changed')} {_others('Ben')}")
    assert said.reply.parts == (changed, _instead(SUMMARY, _anyway(BEN)))
    assert said.reply.audience is Audience.ASKER


async def test_a_yes_of_who_is_no_admin_is_none() -> None:
    confirms = roll(ALOUD, RoomKind.GROUP, [BEN])
    here = Here((CLEO, BEN))
    said = await _placed(here, asker=CLEO, reach=Reach.ANYWAY, confirms=confirms)
    assert said.reply.parts == (Paragraph(_others("Ben")), _instead(SUMMARY))


async def test_an_admin_is_one_for_certain_before_others_are_decided_for() -> None:
    said = await _placed(Here((ADA, BEN), slow=True))
    assert said.reply.parts[-1] == _instead(DIRECT, SUMMARY, _anyway(BEN))


UNCOUNTED = {
    "strangers": (Here(kind=RoomKind.SHARED), "room-shared", RoomKind.SHARED),
    "too many": (Here(members=None), "room-too-large", RoomKind.GROUP),
    "not confirmed": (Here(said=Recency.LATELY), "room-unconfirmed", RoomKind.GROUP),
}


@pytest.mark.parametrize(("here", "why", "kind"), UNCOUNTED.values(), ids=UNCOUNTED)
@pytest.mark.parametrize("reach", [Reach.SAFE, Reach.ROOM, Reach.ANYWAY])
async def test_where_nothing_at_all_may_be_shown_no_button_helps(
    here: Here, why: str, kind: RoomKind, reach: Reach
) -> None:
    said = await _placed(here, reach=reach, confirms=roll(ALOUD, kind, ()))
    reason = Paragraph(SAY(why, names=SAY.enumeration([]), room="#licences"))
    assert said == Answer(Reply((reason,), Audience.ASKER, safe=SAFE), why)


async def test_a_room_that_cannot_be_looked_at_is_not_known_and_that_is_logged() -> None:
    here = Here(broken=True)
    said = await _placed(here)
    assert (said.why, said.reply.audience) == ("room-unknown", Audience.ASKER)
    assert said.reply.parts[-1] == _instead(DIRECT)
    assert [type(error) for error in here.troubles] == [TimeoutError]


async def test_of_a_public_room_those_are_named_who_are_there_without_the_right() -> None:
    public = SAY("room-public", names=SAY.enumeration([]), room="#licences")
    said = await _placed(Here(kind=RoomKind.PUBLIC), reach=Reach.ROOM)
    assert said.reply.parts[0] == Paragraph(public)
    said = await _placed(Here((ADA, BEN), RoomKind.PUBLIC), reach=Reach.ROOM)
    now = SAY("room-public-now", names="Ben")
    assert said.reply.parts[0] == Paragraph(f"{public} {now}")
    assert said.reply.parts[1] == _instead(SUMMARY, _anyway(BEN, kind=RoomKind.PUBLIC))


async def test_who_reads_an_answer_is_not_changed_afterwards() -> None:
    assert constant(await _placed(Here()))


async def test_that_a_public_room_has_changed_is_said_first() -> None:
    here = Here((ADA, BEN), RoomKind.PUBLIC)
    said = await _placed(here, reach=Reach.ANYWAY, confirms=roll(ALOUD, RoomKind.GROUP, [BEN]))
    sentences = (
        SAY("room-changed"),
        SAY("room-public", names=SAY.enumeration([]), room="#licences"),
        SAY("room-public-now", names="Ben"),
    )
    assert said.reply.parts[0] == Paragraph(" ".join(sentences))
