"""Pausing a digest, resuming it, running it at once, and deleting it."""

from handlers.chat.asking import RoomKind
from handlers.chat.digest_refusals import DigestChanged, NotYours
from handlers.chat.digests import FINAL, Digest, DigestChange, State
from handlers.chat.reply import Choice, Choices, Paragraph, Reply
from handlers.commands.digest.change import change_reply
from handlers.commands.digest.context import Context
from handlers.commands.digest.questions import command_of, digest_questions, words_of
from handlers.commands.digest.show import digest_card
from handlers.input.schedule_order import ScheduleOrder

_AUDIENCE = "room-audience"
"""Reason of a pause: the room may not see the answer any more, as it could when that was agreed."""


async def pause(number: int | None, context: Context) -> Reply:
    """Pause the digest: it is not asked any more until it is resumed."""
    digest = await context.find_digest(number)
    if digest.state is not State.ACTIVE:
        return digest_card(digest, context)
    return await _set_state(digest, State.PAUSED, "digest-paused-now", context)


async def resume(number: int | None, context: Context) -> Reply:
    """Resume the digest from now. Its owner's question is asked once first, to see that it still
    can be; where the room's people had changed, a card says who would see it now.

    Raises NotYours where an admin resumes another owner's digest that is paused for such a change.
    """
    digest = await context.find_digest(number)
    if digest.state is State.ACTIVE:
        return digest_card(digest, context)
    if digest.owner == context.asker:
        return await _resume_by_owner(digest, context)
    if digest.reason == _AUDIENCE:
        raise NotYours(number=str(digest.number))
    return await _set_state(digest, State.ACTIVE, "digest-resumed-now", context)


async def run_now(number: int | None, context: Context) -> Reply:
    """Make the digest due at once, unless a run is under way."""
    digest, say = await context.find_digest(number), context.say
    if digest.state is not State.ACTIVE:
        return digest_card(digest, context)
    latest = await context.services.digests.history(digest, 1)
    if any(run.state not in FINAL for run in latest):
        return Reply((Paragraph(say("digest-running", number=str(digest.number))),))
    await context.services.digests.run_now(digest, context.asker, context.now)
    history = Choice(say("button-history"), f"/digest history {digest.number}")
    said = Paragraph(say("digest-run-now", number=str(digest.number)))
    return Reply((said, Choices(say("digest-next"), (history,))), saved="digest-saved-unaudited")


async def delete(number: int | None, context: Context) -> Reply:
    """Ask for confirmation once, then end the digest. The outcomes of its runs stay in the audit.
    Raises DigestChanged where the digest has changed since the confirmation was asked.
    """
    digest, say = await context.find_digest(number), context.say
    seen = f"v{digest.version}"
    if not context.ask.confirms:
        text = f"/digest delete {digest.number}"
        keep = Choice(say("button-keep"), f"/digest show {digest.number}")
        items = (Choice(say("button-delete-sure"), text, confirms=seen), keep)
        question = say("digest-title", number=str(digest.number), question=digest.plan.title)
        return Reply((Paragraph(question), Choices(say("digest-delete-sure"), items)))
    if context.ask.confirms != seen:
        raise DigestChanged(number=str(digest.number))
    change = DigestChange(digest, context.asker, context.now, state=State.ENDED)
    await context.services.digests.change(change)
    done = Paragraph(say("digest-deleted", number=str(digest.number)))
    return Reply((done,), saved="digest-saved-unaudited")


async def _set_state(digest: Digest, state: State, done: str, context: Context) -> Reply:
    change = DigestChange(digest, context.asker, context.now, state=state)
    after = await context.services.digests.change(change)
    return digest_card(after, context, context.say(done, number=str(after.number)))


async def _resume_by_owner(digest: Digest, context: Context) -> Reply:
    words = words_of(digest.plan, context)
    command = command_of(words, context)
    if command and digest.reason == _AUDIENCE and digest.plan.room.kind is not RoomKind.PRIVATE:
        return await change_reply(digest, ScheduleOrder(words), context, "button-resume")
    if command:
        await digest_questions(command, words[1:], context)
    return await _set_state(digest, State.ACTIVE, "digest-resumed-now", context)
