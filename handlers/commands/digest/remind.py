"""`/renewals remind`: one switch for a message on working mornings that names what is due."""

from dataclasses import replace

from handlers.chat.asking import Reach, Room, RoomKind
from handlers.chat.digest_refusals import NotForEach
from handlers.chat.digests import REMINDER, Digest, DigestChange, Plan, State
from handlers.chat.reply import Choice, Choices, Paragraph, Reply
from handlers.commands.digest.context import Context
from handlers.commands.digest.create import make
from handlers.commands.digest.questions import digest_questions
from handlers.commands.digest.words import when, where
from handlers.input.fold import fold
from handlers.input.languages import MIXED
from handlers.input.schedule_order import ScheduleOrder, read_order

_CRON = "0 8 * * 1-5"
"""Working mornings, where the person is."""

_COMMAND, _DUE = REMINDER
_SWITCH = f"{_COMMAND} remind"
_ME, _HERE, _OFF = MIXED.digests.me, MIXED.digests.here, MIXED.digests.off


async def remind(words: tuple[str, ...], context: Context) -> Reply:
    """Say whether reminders are on; turn the asker's own on, for all their customers or those that
    are named; show the card of a room's; or turn the asker's off. An hour and a zone may stand
    behind. Raises as read_order() and digest_questions() do, and NotForEach for several messages.
    """
    reminders = await _own_reminders(context)
    if not words:
        return _state(reminders, context)
    if fold(" ".join(words)) in _OFF:
        return await _turn_off(reminders, context)
    order = read_order((_DUE, *words), context.ask.rooms)
    said = fold(" ".join(order.question[1:]))
    in_room = said in _HERE or (order.target is not None and order.target.kind == "here")
    if in_room and context.ask.room.kind is not RoomKind.PRIVATE:
        return await make(_order_words(order, context), context)
    about = () if said in {*_ME, *_HERE} else order.question[1:]
    return await _turn_on(about, order, reminders, context)


def _order_words(order: ScheduleOrder, context: Context) -> tuple[str, ...]:
    """Return the words of a digest of the room."""
    command, zone = _COMMAND.removeprefix("/"), order.zone or context.ask.zone
    return (command, _DUE, "cron", *_cron(order).split(), "here", zone)


def _cron(order: ScheduleOrder) -> str:
    return order.cron or order.at_hour_of(_CRON) or _CRON


async def _own_reminders(context: Context) -> list[Digest]:
    kept = await context.services.digests.all(context.partner)
    return [each for each in kept if each.plan.is_reminder and each.owner == context.asker]


async def _turn_on(
    about: tuple[str, ...], order: ScheduleOrder, reminders: list[Digest], context: Context
) -> Reply:
    """Save the asker's own reminder, in place of the one they have: one message a morning."""
    command = context.commands[_COMMAND.removeprefix("/")]
    question, *others = await digest_questions(command, (*about, _DUE), context)
    if others or question.each:
        raise NotForEach(command=_SWITCH)
    digests, ask = context.services.digests, context.ask
    own = next((each for each in reminders if not each.plan.room.address), None)
    plan = own.plan if own else Plan("", "", "", "", "", _own_room(context))
    plan = replace(
        plan,
        text=question.text,
        title=question.title,
        cron=_cron(order),
        zone=order.zone or ask.zone,
        locale=ask.locale,
        reach=Reach.ASKER,
    )
    if own:
        change = DigestChange(own, context.asker, context.now, plan=plan, state=State.ACTIVE)
        saved = await digests.change(change)
    else:
        (saved,) = await digests.save((plan,), context.asker, context.partner, context.now)
    said = Paragraph(_line(saved, context))
    return Reply((said, _choices(("off", "due"), context)), saved="digest-saved-unaudited")


async def _turn_off(reminders: list[Digest], context: Context) -> Reply:
    """End every reminder of the asker's, those in rooms too."""
    say = context.say
    for each in reminders:
        change = DigestChange(each, context.asker, context.now, state=State.ENDED)
        await context.services.digests.change(change)
    if not reminders:
        return _state([], context)
    done = Paragraph(say("remind-turned-off", n=len(reminders)))
    return Reply((done, _choices(("me",), context)), saved="digest-saved-unaudited")


def _state(reminders: list[Digest], context: Context) -> Reply:
    """Say which reminders the asker has, and what can be done."""
    if not reminders:
        offered = ("me",) if context.ask.room.kind is RoomKind.PRIVATE else ("me", "here")
        return Reply((Paragraph(context.say("remind-none")), _choices(offered, context)))
    lines = [Paragraph(_line(each, context)) for each in reminders]
    return Reply((*lines, _choices(("off", "due"), context)))


def _line(digest: Digest, context: Context) -> str:
    """Say what a reminder is about, when it comes and where, and what stops it now."""
    say, plan = context.say, digest.plan
    place = where(plan, say) if plan.room.address else say("digest-seen-alone")
    if digest.next_due is None:
        paused = say("remind-paused", number=str(digest.number))
        return f"{say('remind-about', question=plan.title)} {paused}"
    first = say.local(digest.next_due, plan.zone)
    return " ".join(
        (
            say("remind-about", question=plan.title),
            when(plan, say),
            place,
            say("remind-next", first=first),
        )
    )


def _choices(offered: tuple[str, ...], context: Context) -> Choices:
    texts = {word: f"{_SWITCH} {word}" for word in ("me", "here", "off")}
    texts |= {"due": " ".join(REMINDER)}
    say = context.say
    items = tuple(Choice(say(f"button-remind-{each}"), texts[each]) for each in offered)
    return Choices(say("digest-next"), items)


def _own_room(context: Context) -> Room:
    return Room("", RoomKind.PRIVATE, context.partner)
