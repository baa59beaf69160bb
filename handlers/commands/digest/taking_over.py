"""`/digest take over 3`: a partner admin becomes its owner, and it is asked with their rights."""

from handlers.chat.access import Permission
from handlers.chat.asking import RoomKind
from handlers.chat.digests import Digest, DigestChange, State
from handlers.chat.refusals import NotAllowed, NotInRoom, NotRepeatable
from handlers.chat.reply import Notice, Reply
from handlers.chat.whens import read_order
from handlers.commands.digest.cards import Review, reviewed
from handlers.commands.digest.context import Context
from handlers.commands.digest.drafts import drafted
from handlers.commands.digest.questions import command_of, understood
from handlers.commands.digest.saved_questions import words_of
from handlers.commands.digest.showing import shown


async def take_over(number: int | None, rest: tuple[str, ...], context: Context) -> Reply:
    """A card with what would become of it; saved once that is confirmed."""
    digest = await context.found(number)
    if digest.owner == context.asker:
        return shown(digest, context)
    if not context.services.data.access.may(Permission.GRANT):
        raise NotAllowed(command="/digest")
    order = read_order(rest, context.ask.rooms)
    words = words_of(digest.plan, context)
    command = command_of(words, context)
    if command is None:
        raise NotRepeatable(command=digest.plan.title)
    questions = await understood(command, words[1:], context)
    if _elsewhere(digest, context):
        raise NotInRoom(room=digest.plan.room_name)
    drafts = await drafted(questions, order, digest.plan, context)

    async def save() -> Reply:
        plan, by, at = drafts[0].plan, context.asker, context.now
        state = State.ACTIVE if digest.reason else None
        change = DigestChange(digest, by, at, plan=plan, state=state, owner=by)
        after = await context.services.digests.change(change)
        said = context.say("digest-taken-over", number=str(after.number))
        name = context.services.people.called(by)
        values = {"by": name, "number": str(after.number)}
        notice = Notice(digest.owner, "notice-digest-taken", values)
        reply = shown(after, context, said)
        return Reply(reply.parts, notices=(notice,), saved=reply.saved)

    owner = context.services.people.called(digest.owner)
    notes = (context.say("digest-yours-after", name=owner),)
    text = f"/digest take over {digest.number}"
    review = Review(drafts, text, save, "button-take-over", notes=notes, version=digest.version)
    return await reviewed(review, context)


def _elsewhere(digest: Digest, context: Context) -> bool:
    """Whether its room belongs to another platform or organisation than the asker."""
    theirs, ours = digest.owner, context.asker
    home = (theirs.platform, theirs.tenant) == (ours.platform, ours.tenant)
    return digest.plan.room.kind is not RoomKind.PRIVATE and not home
