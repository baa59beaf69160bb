"""`/digest ops #room`: the room where each failure of a digest is told once, and each recovery."""

from handlers.chat.access import Permission
from handlers.chat.asking import RoomKind
from handlers.chat.digest_refusals import RoomOnly
from handlers.chat.digests import OpsRoom
from handlers.chat.reply import Choice, Choices, Paragraph, Reply
from handlers.commands.digest.context import Context
from handlers.commands.digest.drafts import crowd_of, named_room
from handlers.input.fold import fold
from handlers.input.languages import MIXED
from handlers.input.schedule_order import Target, read_order

_OFF = MIXED.digests.off


async def ops(words: tuple[str, ...], context: Context) -> Reply:
    """Choose the room, or none; tell the current one where no words follow. For partner admins."""
    access, command = context.services.data.access, "/digest ops"
    if not words:
        access.require(Permission.SEE_RIGHTS, command=command)
        return await _current_room(context)
    digests, say = context.services.digests, context.say
    if fold(words[0]) in _OFF:
        access.require(Permission.REVOKE, command=command)
        await digests.set_ops_room(context.partner, None, context.asker, context.now)
        return Reply((Paragraph(say("digest-ops-off")),), saved="digest-saved-unaudited")
    access.require(Permission.GRANT, command=command)
    target = read_order(words, context.ask.rooms).target
    if target is None or target.kind == "me":
        raise RoomOnly
    return await _choose_room(target, context)


async def _choose_room(target: Target, context: Context) -> Reply:
    digests, say = context.services.digests, context.say
    room = named_room(target, context)
    if room.kind is RoomKind.PRIVATE:
        raise RoomOnly
    crowd = await crowd_of(room, context)
    chosen = OpsRoom(room, crowd.name, context.asker)
    await digests.set_ops_room(context.partner, chosen, context.asker, context.now)
    name, n = crowd.name or say("digest-a-room"), len(crowd.members or ())
    off = Choices(say("digest-next"), (Choice(say("button-ops-off"), "/digest ops off"),))
    said = Paragraph(say("digest-ops-chosen", room=name, n=n))
    return Reply((said, off), saved="digest-saved-unaudited")


async def _current_room(context: Context) -> Reply:
    say, chosen = context.say, await context.services.digests.ops_room(context.partner)
    if chosen is None:
        return Reply((Paragraph(say("digest-ops-none")),))
    name = chosen.name or say("digest-a-room")
    off = Choices(say("digest-next"), (Choice(say("button-ops-off"), "/digest ops off"),))
    return Reply((Paragraph(say("digest-ops-is", room=name)), off))
