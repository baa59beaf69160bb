"""`/import`: files of Partner Center that a partner admin sent to the bot, shown as a plan and
saved by a button.
"""

from dataclasses import dataclass

from handlers.chat.asking import RoomKind
from handlers.chat.command import Request
from handlers.chat.dropped_files import (
    KEPT_MINUTES,
    DropPlan,
    DropRefused,
    FileDrop,
    PlanStale,
    SaveLater,
    UnsureNotation,
)
from handlers.chat.reply import Choice, Choices, Paragraph, Part, Reply
from handlers.chat.services import Services
from handlers.input.import_order import ImportOrder, import_order
from handlers.output.import_plan import loses_most, plan_parts, saved_lines

CANCEL = "cancel"
_COMMAND = "/import"


@dataclass(frozen=True, slots=True)
class ImportArgs:
    """The token of the files, and how numbers and days are written in them; import_order.py reads
    them.
    """

    order: str


async def ask(request: Request[ImportArgs], services: Services) -> Reply:
    """Show what the files would change, save that once it is confirmed, or say how files are sent.
    Raises DropRefused.
    """
    say, drop = services.say, services.data.drop
    order = import_order(request.args.order.split())
    if drop is None or not drop.takes_files:
        return Reply((Paragraph(say("drop-off")),))
    if not order.token:
        return Reply((Paragraph(say("drop-how")), Paragraph(say("drop-forms"))))
    if request.ask.room.kind is not RoomKind.PRIVATE:
        raise DropRefused("drop-direct-alone")
    if request.ask.confirms == CANCEL:
        gone = not await drop.discard(services.data.access, order.token)
        return Reply((Paragraph(say("drop-gone" if gone else "drop-discarded")),))
    if request.ask.confirms:
        return await _saved_reply(request.ask.confirms, order, drop, services)
    unread = [Paragraph(say("drop-words-unread"))] if request.ask.said.strip() else []
    return await _plan_reply(order, drop, services, unread)


async def _plan_reply(
    order: ImportOrder, drop: FileDrop, services: Services, first: list[Paragraph]
) -> Reply:
    """Show the plan, with its buttons where it changes anything."""
    try:
        plan = await drop.plan(services.data.access, order.token, order.hint)
    except UnsureNotation as unsure:
        return Reply((*first, _readings(unsure, order, services)))
    except SaveLater as later:
        return Reply((*first, _again(later, order, services)))
    parts: list[Part] = [*first, *plan_parts(plan.changes, services.say)]
    return Reply((*parts, *_buttons(plan, order, services)))


async def _saved_reply(
    confirmed: str, order: ImportOrder, drop: FileDrop, services: Services
) -> Reply:
    """Save the plan that was shown. Where it is another by now, show that instead."""
    say = services.say
    try:
        published = await drop.save(services.data.access, order.token, confirmed)
    except PlanStale as stale:
        return await _plan_reply(order, drop, services, [Paragraph(say(stale.sentence))])
    except SaveLater as later:
        text = Paragraph(say(later.sentence, **later.values))
        save = Choice(say("button-save"), order.text(_COMMAND), confirms=confirmed)
        return Reply((text, Choices("", (save, _discard(order, services)))))
    lines = map(Paragraph, saved_lines(published, say))
    return Reply(tuple(lines), saved="drop-saved-unaudited")


def _buttons(plan: DropPlan, order: ImportOrder, services: Services) -> list[Part]:
    say = services.say
    if not plan.fingerprint:
        return []
    label = say("drop-save-shorter") if loses_most(plan.changes) else say("button-save")
    save = Choice(label, order.text(_COMMAND), confirms=plan.fingerprint)
    prompt = say("drop-review", minutes=KEPT_MINUTES)
    return [Choices(prompt, (save, _discard(order, services)))]


def _discard(order: ImportOrder, services: Services) -> Choice:
    return Choice(services.say("drop-discard"), order.text(_COMMAND), confirms=CANCEL)


def _readings(unsure: UnsureNotation, order: ImportOrder, services: Services) -> Choices:
    """Offer the ways in which the files can be read."""
    say = services.say
    told = say(unsure.sentence, **unsure.values)
    ways = [Choice(say(f"drop-as-{word}"), order.text(_COMMAND, word)) for word in unsure.readings]
    return Choices(told, (*ways, _discard(order, services)))


def _again(later: SaveLater, order: ImportOrder, services: Services) -> Choices:
    """Offer to look again in a minute."""
    say = services.say
    look = Choice(say("drop-look-again"), order.text(_COMMAND))
    told = say(later.sentence, **later.values)
    return Choices(told, (look, _discard(order, services)))
