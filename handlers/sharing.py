"""The audience guard: whether an answer may reach the room it was asked in, and the offers that
replace or follow it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from analytics.values import Secrecy
from handlers.backend import Answer, Backend
from handlers.chat.access import Permission, authorize
from handlers.chat.asking import Ask, Reach, RoomKind, Via, View
from handlers.chat.audience import Content, Crowd, roll
from handlers.chat.refusals import Refusal
from handlers.chat.reply import (
    Attachment,
    Audience,
    Choice,
    Choices,
    Details,
    Paragraph,
    Part,
    Reply,
    Safe,
    attachments,
)
from handlers.chat.room_readers import Readers, RoomLookup, readers
from handlers.chat.services import Say
from handlers.draft import Draft, Redraft
from handlers.report_form import report_reply


async def place_reply(ask: Ask, draft: Draft, backend: Backend, redraft: Redraft) -> Answer:
    """Decide who reads an answer that was found. An answer that is not for rooms stays with the
    asker; so do figures of which nothing was noted, and what lies behind an answer. For a room it
    is asked anew without the money and persons that one of its readers may not see.
    """
    if ask.view is View.REPORT:
        reply = await report_reply(ask, draft, backend)
        return Answer(replace(reply, audience=Audience.ASKER), generation=draft.generation)
    found, seen = await _place(ask, draft, backend, redraft)
    return replace(found, result=seen.result, generation=seen.generation, file=seen.file)


async def _place(
    ask: Ask, draft: Draft, backend: Backend, redraft: Redraft
) -> tuple[Answer, Draft]:
    """Return the answer, and the draft that it was made from."""
    reply, content = draft.reply, draft.content
    if any(_files(reply)):
        return Answer(_for_asker_with_file(ask, reply, backend)), draft
    if ask.reach is Reach.DIRECT:
        return Answer(replace(reply, audience=Audience.DIRECT)), draft
    unnoted = content.needs is Permission.SEE_SEATS and not content.customers
    behind = ask.view is View.DETAILS or ask.view.is_file
    alone = unnoted or reply.audience is Audience.ASKER or behind
    if alone or ask.room.kind is RoomKind.PRIVATE:
        return Answer(replace(reply, audience=Audience.ASKER)), draft
    say = backend.speaker(ask.locale, ask.zone)
    if ask.reach is Reach.ASKER:
        return Answer(_reply_with_offers(ask, reply, content, say)), draft
    room = await _room_readers(ask, content, backend)
    if room.lacking and ask.reach is not Reach.ANYWAY:
        draft = _with_left_out(await redraft(room.lacking), room.lacking, say)
        room = await _room_readers(ask, draft.content, backend)
    return await _for_room(ask, draft, room, backend), draft


def _files(reply: Reply) -> Iterator[Attachment]:
    safe = reply.safe.parts if reply.safe else ()
    return attachments((*reply.parts, *reply.details, *safe))


def _for_asker_with_file(ask: Ask, reply: Reply, backend: Backend) -> Reply:
    """Send an answer with a file to the asker's own conversation, whatever was wished. A digest
    carries none: it says so instead.
    """
    if ask.via is not Via.SCHEDULED:
        return replace(reply, audience=Audience.DIRECT, safe=None)
    for file in _files(reply):
        backend.outgoing_files.discard(file.path)
    said = Paragraph(backend.speaker(ask.locale, ask.zone)("file-not-scheduled"))
    return Reply((said,), audience=Audience.ASKER)


def _with_left_out(draft: Draft, kinds: frozenset[Secrecy], say: Say) -> Draft:
    """Say under an answer what was left out of it for those who read along."""
    named = say.enumeration([say(f"left-out-{kind.value}") for kind in sorted(kinds, key=str)])
    said = Paragraph(say("room-left-out", what=named))
    return replace(draft, reply=replace(draft.reply, parts=(*draft.reply.parts, said)))


async def _for_room(ask: Ask, draft: Draft, room: Readers, backend: Backend) -> Answer:
    reply, content = draft.reply, draft.content
    if ask.reach is Reach.SAFE and reply.safe and not room.final:
        return Answer(_safe(ask, reply, reply.safe, backend))
    if not room.why:
        return Answer(_aloud(ask, reply, content, "shared-by", backend))
    admin, confirmed = await _admin(ask, backend), _roll(ask, room)
    if ask.reach is Reach.ANYWAY and admin and not room.final and ask.confirms == confirmed:
        return Answer(_aloud(ask, reply, content, "shared-anyway", backend), room.why, room.outside)
    say = backend.speaker(ask.locale, ask.zone)
    return Answer(_private_reply(ask, reply, room, say, admin=admin), room.why)


async def _room_readers(ask: Ask, content: Content, backend: Backend) -> Readers:
    """Ask the platform who is in the room. Where that fails, nothing is shown to the room."""
    say = backend.speaker(ask.locale, ask.zone)
    around = RoomLookup(backend.people, backend.rights, say, backend.now())
    try:
        # A share is checked anew: a person may have come in since the last answer.
        return await readers(ask, content, around, fresh=ask.reach is not Reach.ALOUD)
    except Exception as error:  # noqa: BLE001 who cannot be counted is a stranger
        backend.trouble(ask, error)
        return Readers("room-unknown", Crowd("", RoomKind.GROUP, None))


async def _admin(ask: Ask, backend: Backend) -> bool:
    """Check whether the asker may decide for others, as partner admin."""
    grants = await backend.rights.grants(ask.asker, ask.room.partner)
    account = await backend.people.account(ask.asker, sure=True)
    try:
        authorize(account, ask.room.partner, Permission.GRANT, grants, backend.now())
    except Refusal:
        return False
    return True


def _reply_with_offers(ask: Ask, reply: Reply, content: Content, say: Say) -> Reply:
    """Keep the answer for the asker alone; behind figures, offer to send them to the asker and to
    share them.
    """
    if content.needs is not Permission.ASK:
        choices = Choices(say("share-prompt"), (_direct(ask, say), _share(ask, say)))
        reply = replace(reply, parts=(*reply.parts, choices))
    return replace(reply, audience=Audience.ASKER)


def _aloud(ask: Ask, reply: Reply, content: Content, sentence: str, backend: Backend) -> Reply:
    """Prepare the answer for the room. An answer asked aloud stays as it is. Else it goes without
    its own buttons, and behind who shares it and their question, unless a digest asked it.
    """
    if ask.reach is Reach.ALOUD:
        return reply
    said = () if ask.via is Via.SCHEDULED else (_by(ask, content, sentence, backend),)
    return replace(reply, parts=(*said, *_for_readers(reply.parts)))


def _for_readers(parts: Sequence[Part]) -> Iterator[Part]:
    """Yield the parts, and of their buttons those that any reader may press, folded ones too."""
    for part in parts:
        if isinstance(part, Choices):
            items = tuple(choice for choice in part.items if choice.by_reader)
            yield from [replace(part, items=items)] if items else []
        elif isinstance(part, Details):
            yield replace(part, parts=tuple(_for_readers(part.parts)))
        else:
            yield part


def _safe(ask: Ask, reply: Reply, safe: Safe, backend: Backend) -> Reply:
    """Return the summary, with a button by which each reader asks for what they may see."""
    say = backend.speaker(ask.locale, ask.zone)
    mine = Choice(say("button-mine"), safe.question, by_reader=True)
    by = Paragraph(say("shared-safe", name=backend.people.display_name(ask.asker)))
    said = () if ask.via is Via.SCHEDULED else (by,)  # a digest has a heading of its own
    return replace(reply, parts=(*said, *safe.parts, Choices(say("safe-more"), (mine,))))


def _by(ask: Ask, content: Content, sentence: str, backend: Backend) -> Paragraph:
    say, name = backend.speaker(ask.locale, ask.zone), backend.people.display_name(ask.asker)
    return Paragraph(say(sentence, name=name, question=content.named_question(ask.text)))


def _private_reply(ask: Ask, reply: Reply, room: Readers, say: Say, *, admin: bool) -> Reply:
    """Tell the asker why the room does not see the answer, and offer what can be done instead. An
    asker who pressed a button to share has the figures already, so they are left out.
    """
    reason = [say(room.why, names=say.enumeration(room.names), room=room.crowd.name)]
    if room.why == "room-public" and room.names:
        reason.append(say("room-public-now", names=say.enumeration(room.names)))
    if ask.reach is Reach.ANYWAY and admin and not room.final:
        reason.insert(0, say("room-changed"))
    choices = [_direct(ask, say)] if ask.reach is Reach.ALOUD else []
    if not room.final:
        choices += _instead(ask, reply, room, say, admin=admin)
    said: tuple[Part, ...] = (Paragraph(" ".join(reason)),)
    if choices:
        said += (Choices(say("share-instead"), tuple(choices)),)
    parts = (*reply.parts, *said) if ask.reach is Reach.ALOUD else said
    return replace(reply, parts=parts, audience=Audience.ASKER)


def _instead(ask: Ask, reply: Reply, room: Readers, say: Say, *, admin: bool) -> list[Choice]:
    choices = []
    if reply.safe:
        choices.append(Choice(say("button-safe"), ask.text, reach=Reach.SAFE))
    if admin:
        confirms = _roll(ask, room)
        choices.append(Choice(say("button-anyway"), ask.text, confirms, Reach.ANYWAY))
    return choices


def _roll(ask: Ask, room: Readers) -> str:
    return roll(ask, room.crowd.kind, room.outside)


def _direct(ask: Ask, say: Say) -> Choice:
    return Choice(say("button-direct"), ask.text, reach=Reach.DIRECT)


def _share(ask: Ask, say: Say) -> Choice:
    return Choice(say("button-share"), ask.text, reach=Reach.ROOM)
