"""`/digest <question> <when> …`: a card to review; saved only when its button is pressed."""

from functools import partial

from handlers.chat.asking import button_word
from handlers.chat.command import AnyCommand
from handlers.chat.digest_refusals import TooManyDigests, UnreadableWhen
from handlers.chat.digests import MOST, Digest, Plan
from handlers.chat.reply import Choice, Choices, Paragraph, Reply
from handlers.commands.digest.cards import Review, examples, save_or_show
from handlers.commands.digest.context import Context
from handlers.commands.digest.drafts import make_drafts
from handlers.commands.digest.questions import command_of, digest_questions
from handlers.commands.digest.verbs import verb_names
from handlers.input.command_line import nearest
from handlers.input.schedule_order import ScheduleOrder, read_order


async def make(words: tuple[str, ...], context: Context) -> Reply:
    """Show how the order was understood; save the digest once that is confirmed."""
    order = read_order(words, context.ask.rooms)
    command = command_of(order.question, context)
    if command is None:
        return unknown_question_reply(order.question, words, "/digest", context)
    if order.cron is None:
        raise UnreadableWhen
    return await _review_reply(command, order, context)


async def _review_reply(command: AnyCommand, order: ScheduleOrder, context: Context) -> Reply:
    questions = await digest_questions(command, order.question[1:], context)
    drafts = await make_drafts(questions, order, None, context)
    existing = await context.services.digests.all(context.partner)
    counted = [*(each.plan for each in existing), *(draft.plan for draft in drafts)]
    if sum(not plan.is_reminder for plan in counted) > MOST:
        raise TooManyDigests(n=MOST)
    plans = tuple(draft.plan for draft in drafts)
    several = " ".join(order.question).lstrip("/") if len(drafts) > 1 else ""
    same = _same(plans, existing, context)
    numbers = context.say.enumeration(same)
    notes = [context.say("digest-already", n=len(same), numbers=numbers)] if same else []
    review = Review(
        drafts,
        "/digest",
        partial(_save, plans, context),
        question=several,
        notes=tuple(notes),
        beside=same,  # so that a card whose button is pressed twice saves once
    )
    return await save_or_show(review, context)


async def _save(plans: tuple[Plan, ...], context: Context) -> Reply:
    digests = context.services.digests
    return _saved_reply(
        await digests.save(plans, context.asker, context.partner, context.now), context
    )


def unknown_question_reply(
    question: tuple[str, ...], words: tuple[str, ...], begin: str, context: Context
) -> Reply:
    """Answer a question that begins with no command: the nearest one to press, or examples. `words`
    are all words behind `begin`.
    """
    say = context.say
    if not question:
        return examples(say("digest-no-question"), context)
    names = [name for name, command in context.commands.items() if command.repeats]
    meant = nearest(question[0], [*names, *verb_names()])
    opening = say("digest-unknown-question", said=question[0])
    if meant is None:
        return examples(opening, context)
    mended = " ".join([begin, meant, *words[1:]])
    asked = " ".join([begin, meant, *(button_word(word, context.ask) for word in words[1:])])
    choice = Choice(mended, asked)
    return Reply((Paragraph(opening), Choices(say("did-you-mean"), (choice,))))


def _same(plans: tuple[Plan, ...], existing: tuple[Digest, ...], context: Context) -> list[str]:
    """Numbers of the asker's digests that are the same already."""
    wanted = {(p.text, p.cron, p.zone, p.room) for p in plans}
    mine = (digest for digest in existing if digest.owner == context.asker)
    return [
        str(digest.number)
        for digest in mine
        if (digest.plan.text, digest.plan.cron, digest.plan.zone, digest.plan.room) in wanted
    ]


def _saved_reply(saved: tuple[Digest, ...], context: Context) -> Reply:
    """Say the saved digests' numbers and the first run, and offer what to do next."""
    say, first = context.say, saved[0]
    due = say.local(first.next_due or context.now, first.plan.zone)
    if len(saved) > 1:
        numbers = say.enumeration([str(digest.number) for digest in saved])
        said = say("digests-saved", n=len(saved), numbers=numbers, due=due)
        items: tuple[Choice, ...] = (Choice(say("button-list"), "/digest list"),)
    else:
        said = say("digest-saved", number=str(first.number), due=due)
        items = (
            Choice(say("button-show"), f"/digest show {first.number}"),
            Choice(say("button-run-now"), f"/digest run now {first.number}"),
            Choice(say("button-pause"), f"/digest pause {first.number}"),
        )
    choices = Choices(say("digest-next"), items)
    return Reply((Paragraph(said), choices), saved="digest-saved-unaudited")
