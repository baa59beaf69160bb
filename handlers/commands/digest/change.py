"""`/digest change 3 …`: a card as for a new digest; options that are not named stay as they are."""

from dataclasses import replace
from functools import partial

from handlers.chat.digest_refusals import NotForEach, NotYours
from handlers.chat.digests import Digest, DigestChange, Plan, State
from handlers.chat.reply import Choice, Choices, Paragraph, Reply
from handlers.commands.digest.cards import Review, save_or_show
from handlers.commands.digest.context import Context
from handlers.commands.digest.create import unknown_question_reply
from handlers.commands.digest.drafts import make_drafts
from handlers.commands.digest.questions import command_of, digest_questions, words_of
from handlers.commands.digest.show import digest_card
from handlers.input.schedule_order import ScheduleOrder, read_order


async def change(number: int | None, words: tuple[str, ...], context: Context) -> Reply:
    """Answer with the card of a change. Only the owner may: the digest is asked with their rights.
    Raises NotYours for others.
    """
    digest = await context.find_digest(number)
    if digest.owner != context.asker:
        raise NotYours(number=str(digest.number))
    if not words:
        return _how(digest, context)
    order = read_order(words, context.ask.rooms)
    said = order.question or words_of(digest.plan, context)
    command = command_of(said, context)
    if command is None and order.question:
        return unknown_question_reply(said, words, f"/digest change {digest.number}", context)
    if command is None:
        return _how(digest, context)
    return await change_reply(digest, replace(order, question=said), context)


async def change_reply(
    digest: Digest, order: ScheduleOrder, context: Context, button: str = "button-save"
) -> Reply:
    """Show the card of a change, or save it where it was confirmed. The order's question begins
    with a command. Raises NotForEach where it stands for several questions.
    """
    said = order.question
    command = command_of(said, context)
    if command is None:
        return _how(digest, context)
    questions = await digest_questions(command, said[1:], context)
    if len(questions) > 1:
        raise NotForEach(command=f"/{command.name}")
    drafts = await make_drafts(questions, order, digest.plan, context)
    save = partial(_save_plan, digest, drafts[0].plan, context)
    begin = f"/digest change {digest.number}"
    return await save_or_show(Review(drafts, begin, save, button, beside=digest.version), context)


async def _save_plan(digest: Digest, plan: Plan, context: Context) -> Reply:
    """Save the changed plan. A digest that had stopped by itself goes on: the reason why it stopped
    was checked anew just now.
    """
    state = State.ACTIVE if digest.reason else None
    wanted = DigestChange(digest, context.asker, context.now, plan=plan, state=state)
    after = await context.services.digests.change(wanted)
    return digest_card(after, context, context.say("digest-saved-change", number=str(after.number)))


def _how(digest: Digest, context: Context) -> Reply:
    """Explain what can be said, with a few changes to press."""
    say, begin = context.say, f"/digest change {digest.number}"
    items = tuple(
        Choice(say(label), f"{begin} {text}")
        for label, text in (
            ("change-to-me", "to me"),
            ("change-quiet", "on change"),
            ("change-always", "always"),
            ("change-zone", f"zone {context.ask.zone}"),
        )
    )
    said = say("digest-change-how", order=begin)
    return Reply((Paragraph(said), Choices(say("digest-next"), items)))
