"""`/digest take over 3`: a partner admin becomes its owner; it is then asked with their rights."""

from dataclasses import replace
from functools import partial

from handlers.chat.asking import RoomKind
from handlers.chat.digest_refusals import NotInRoom, NotRepeatable
from handlers.chat.digests import Digest, DigestChange, Plan, State
from handlers.chat.reply import Notice, Reply
from handlers.commands.digest.cards import Review, save_or_show
from handlers.commands.digest.context import Context
from handlers.commands.digest.drafts import DigestDraft, make_drafts
from handlers.commands.digest.questions import command_of, digest_questions, words_of
from handlers.commands.digest.show import digest_card
from handlers.input.schedule_order import ScheduleOrder, read_order


async def take_over(number: int | None, rest: tuple[str, ...], context: Context) -> Reply:
    """Show a card of the digest as it would become; save it once that is confirmed. Where the asker
    is not in its room, they can take it over with `to me`.
    """
    digest, say = await context.find_digest(number), context.say
    if digest.owner == context.asker:
        return digest_card(digest, context)
    order = read_order(rest, context.ask.rooms)
    draft = await _own_draft(digest, order, context)
    notes = (say("digest-yours-after", name=context.services.people.display_name(digest.owner)),)
    review = Review(
        (draft,),
        f"/digest take over {digest.number}",
        partial(_save_plan, digest, draft.plan, context),
        "button-take-over",
        notes=notes,
        beside=digest.version,
    )
    return await save_or_show(review, context)


async def _own_draft(digest: Digest, order: ScheduleOrder, context: Context) -> DigestDraft:
    """Make the draft as the asker's own. Raises NotInRoom for a room of another platform or
    organisation, NotRepeatable where the digest's command does not exist any more.
    """
    words = words_of(digest.plan, context)
    command = command_of(words, context)
    if command is None:
        raise NotRepeatable(command=digest.plan.title)
    if order.target is None and _elsewhere(digest, context):
        raise NotInRoom
    questions = await digest_questions(command, words[1:], context)
    (draft,) = await make_drafts(questions, order, digest.plan, context)
    return draft


async def _save_plan(digest: Digest, plan: Plan, context: Context) -> Reply:
    """Save the new owner, and notify the previous one. One that had stopped by itself resumes."""
    by, state = context.asker, State.ACTIVE if digest.reason else None
    change = DigestChange(digest, by, context.now, plan=plan, state=state, owner=by)
    after = await context.services.digests.change(change)
    number = str(after.number)
    values = {"by": context.services.people.display_name(by), "number": number}
    reply = digest_card(after, context, context.say("digest-taken-over", number=number))
    return replace(reply, notices=(Notice(digest.owner, "notice-digest-taken", values),))


def _elsewhere(digest: Digest, context: Context) -> bool:
    """Check whether its room belongs to another platform or organisation than the asker."""
    theirs, ours = digest.owner, context.asker
    home = (theirs.platform, theirs.tenant) == (ours.platform, ours.tenant)
    return digest.plan.room.kind is not RoomKind.PRIVATE and not home
