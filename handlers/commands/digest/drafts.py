"""Digests as they would be saved: question, hours, room, options, and who would read them."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace

from handlers.chat.asking import ROOM, Reach, Room, RoomKind, Via
from handlers.chat.audience import Crowd, roll
from handlers.chat.digest_refusals import (
    AloneOnly,
    NoRoomFor,
    NotInRoom,
    UnpickedRoom,
    UnreadableWhen,
)
from handlers.chat.digests import Doubt, Misfire, Plan, Quiet
from handlers.chat.room_readers import Readers, RoomLookup, readers
from handlers.commands.digest.context import Context
from handlers.commands.digest.questions import DigestQuestion
from handlers.input.schedule_order import ScheduleOrder, Target

_WORDS = {
    Quiet.ALWAYS: "always",
    Quiet.CHANGES: "on change",
    Quiet.SILENT: "silent",
    Misfire.LATEST: "late latest",
    Misfire.SKIP: "late skip",
    Misfire.ALL: "late all",
    Doubt.REPEAT: "at least once",
    Doubt.LEAVE: "at most once",
    Reach.SAFE: "safe summary",
    Reach.ANYWAY: "all the same",
}
"""Words for the options in a button's text: all of them, whatever the digest was like before."""


@dataclass(frozen=True, slots=True)
class DigestDraft:
    """A digest that is not saved yet."""

    question: DigestQuestion
    plan: Plan
    readers: Readers | None
    """People who would read it; None where it goes to its owner alone."""

    @property
    def is_blocked(self) -> bool:
        """Check whether people in the room may not see it, and no decision was made about that."""
        return self.readers is not None and bool(self.readers.why) and self.plan.reach is Reach.ROOM


async def make_drafts(
    questions: Sequence[DigestQuestion], order: ScheduleOrder, before: Plan | None, context: Context
) -> tuple[DigestDraft, ...]:
    """Make the digests that would be saved; options that the order does not name are as in
    `before`, or the defaults. Raises UnreadableWhen, UnpickedRoom, NotInRoom, NoRoomFor or
    AloneOnly.
    """
    room = _room(order.target, before, context)
    plan = _plan(order, before, room, context)
    made = []
    for number, question in enumerate(questions):
        if room.kind is RoomKind.PRIVATE:
            text, title = question.text, question.title
            made.append(DigestDraft(question, replace(plan, text=text, title=title), None))
            continue
        if question.alone:
            raise AloneOnly
        there = await _readers(question, room, context, fresh=number == 0)
        made.append(_for_room(question, plan, there, context))
    return tuple(made)


def fingerprint(drafts: Sequence[DigestDraft], beside: object) -> str:
    """Return a short text that changes with the plans, with the people who would read along, and
    with `beside`.
    """
    shown = [(replace(d.plan, locale=""), d.readers and _who(d.readers)) for d in drafts]
    return hashlib.sha256(repr((shown, beside)).encode()).hexdigest()[:16]


def order_text(plan: Plan, question: str = "") -> str:
    """A digest's order in words that mean the same to any asker, wherever they are pressed."""
    where = "to me" if plan.room.kind is RoomKind.PRIVATE else f'"{ROOM}{plan.room.address}"'
    options = (plan.reach, plan.quiet, plan.misfire, plan.doubt)
    said = [_WORDS[option] for option in options if option in _WORDS]
    asked = question or plan.text.removeprefix("/")
    return " ".join([asked, "cron", plan.cron, where, plan.zone, *said])


def _room(target: Target | None, before: Plan | None, context: Context) -> Room:
    """The room it is to go to: the owner's own conversation unless the order names a room."""
    if target is None and before:
        return before.room
    if target is None or target.kind == "me":
        return Room("", RoomKind.PRIVATE, context.partner)
    return named_room(target, context)


def named_room(target: Target, context: Context) -> Room:
    """Return the room that is meant; a private conversation is its owner's own. Raises
    UnpickedRoom, and NotInRoom for a room of another partner.
    """
    ask = context.ask
    if target.kind == "here":
        room = ask.room
    elif target.word in ask.rooms:
        room = ask.rooms[target.word]
    elif target.word.startswith(ROOM) and ask.via is Via.PRESSED:
        room = Room(target.word.removeprefix(ROOM), RoomKind.GROUP, context.partner)
    else:
        raise UnpickedRoom(room=target.word)
    if room.partner != context.partner:
        raise NotInRoom
    if room.kind is RoomKind.PRIVATE:
        return Room("", RoomKind.PRIVATE, context.partner)
    return replace(room, thread="")


async def crowd_of(room: Room, context: Context) -> Crowd:
    """The people in a room now. Raises NotInRoom where the asker is not in it, and NoRoomFor where
    people of other organisations are in it or its people cannot be counted.
    """
    ask = replace(context.ask, room=room)
    try:
        crowd = await context.services.people.crowd(ask, fresh=True)
    except Exception:  # noqa: BLE001 as in the audience guard: who cannot be counted is a stranger
        raise NoRoomFor("room-unknown") from None
    if crowd.members is not None and context.asker not in crowd.members:
        raise NotInRoom  # without its name, which is for members
    if crowd.kind is RoomKind.SHARED or crowd.members is None:
        raise NoRoomFor("room-shared" if crowd.kind is RoomKind.SHARED else crowd.why)
    return crowd


async def _readers(
    question: DigestQuestion, room: Room, context: Context, *, fresh: bool
) -> Readers:
    if fresh:
        await crowd_of(room, context)
    services = context.services
    around = RoomLookup(services.people, services.rights, services.say, services.now)
    ask = replace(context.ask, room=room)
    return await readers(ask, question.content, around, fresh=False)


def _plan(order: ScheduleOrder, before: Plan | None, room: Room, context: Context) -> Plan:
    """Return the plan with everything but what depends on the question and on its readers. Raises
    UnreadableWhen where there are no hours, or a new hour does not fit the digest's days.
    """
    cron = order.cron or (before and (order.at_hour_of(before.cron) or before.cron))
    if not cron or (order.time and before and not order.at_hour_of(before.cron)):
        raise UnreadableWhen
    zone = order.zone or (before.zone if before else context.ask.zone)
    known = before or Plan("", "", cron, zone, context.ask.locale, room)
    kept = known.reach if order.target is None else Reach.ROOM
    reach = Reach.ASKER if room.kind is RoomKind.PRIVATE else order.reach or kept
    return replace(
        known,
        cron=cron,
        zone=zone,
        locale=context.ask.locale,
        room=room,
        room_name="",
        reach=reach,
        confirms="",
        misfire=order.misfire or known.misfire,
        quiet=order.quiet or known.quiet,
        doubt=order.doubt or known.doubt,
    )


def _for_room(
    question: DigestQuestion, plan: Plan, there: Readers, context: Context
) -> DigestDraft:
    """Make the draft for a room: its reach is the decided one, as far as that is allowed."""
    reach = plan.reach
    if not there.why and reach is Reach.ANYWAY:
        reach = Reach.ROOM
    may_agree = context.admin and not question.each
    if (reach is Reach.SAFE and not question.safe) or (reach is Reach.ANYWAY and not may_agree):
        reach = Reach.ROOM
    ask = replace(context.ask, room=plan.room)
    agreed = roll(ask, there.crowd.kind, there.outside) if reach is Reach.ANYWAY else ""
    name = there.crowd.name or plan.room_name
    text, title = question.text, question.title
    plan = replace(plan, text=text, title=title, room_name=name, reach=reach, confirms=agreed)
    return DigestDraft(question, plan, there)


def _who(there: Readers) -> tuple[object, ...]:
    members = sorted(map(str, there.crowd.members or ()))
    return (there.why, there.crowd.kind, members, sorted(map(str, there.outside)))
