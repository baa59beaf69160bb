"""The card that is shown before anything is saved: the order as understood, and its readers."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace

from handlers.chat.asking import Reach, Room, RoomKind
from handlers.chat.digests import Plan
from handlers.chat.reply import Choice, Choices, Paragraph, Part, Reply
from handlers.commands.digest.context import CANCEL, Context
from handlers.commands.digest.drafts import DigestDraft, fingerprint, order_text
from handlers.commands.digest.words import next_runs, options, readers_sentence, when


@dataclass(frozen=True, slots=True)
class Review:
    """Drafts for the asker to confirm, with the card's texts and the function that saves them."""

    drafts: tuple[DigestDraft, ...]
    order: str
    """The words of a button's question before the digest's own: `/digest change 3`."""
    save: Callable[[], Awaitable[Reply]]
    button: str = "button-save"
    """The catalogue id of the button that confirms."""
    question: str = ""
    """The question as the buttons name it; empty for the question of the single draft."""
    notes: tuple[str, ...] = ()
    """Further sentences to read before confirming."""
    beside: object = 0
    """Other content of the card: the version of the digest that is changed, or the numbers of the
    digests that are the same already. Where it has changed, the card has changed too.
    """

    @property
    def card_fingerprint(self) -> str:
        """The card's fingerprint: it changes with everything that the card shows."""
        return fingerprint(self.drafts, self.beside)


async def save_or_show(review: Review, context: Context) -> Reply:
    """Save the drafts that were shown and confirmed; show the card where none was confirmed, and
    show it anew where it is no longer the same.
    """
    blocked = any(draft.is_blocked for draft in review.drafts)
    if context.ask.confirms == review.card_fingerprint and not blocked:
        return await review.save()
    said = [context.say("digest-card-changed")] if context.ask.confirms else []
    parts: list[Part] = [Paragraph(line) for line in (*said, *_lines(review, context))]
    choices = _instead(review, context) if blocked else _yes_or_no(review, context)
    return Reply((*parts, choices))


def _lines(review: Review, context: Context) -> list[str]:
    """Lines of the card: the order as it was understood."""
    say, plan = context.say, review.drafts[0].plan
    lines = [
        question_line([draft.plan.title for draft in review.drafts], context),
        f"{when(plan, say)} {next_runs(plan, context.now, say)}",
        readers_sentence(review.drafts, say),
        options(plan, say),
        _each_note(review.drafts[0], context),
        *review.notes,
    ]
    return [line for line in lines if line]


def _each_note(draft: DigestDraft, context: Context) -> str:
    """Say who would get a message of a digest for each customer of a group; empty for others."""
    each = draft.question.each
    if not each:
        return ""
    return context.say("digest-each-group", n=len(each), questions=context.say.enumeration(each))


def question_line(titles: Sequence[str], context: Context) -> str:
    """Say the question, or the questions of several digests at once."""
    if len(titles) == 1:
        return context.say("digest-question", question=titles[0])
    return context.say("digest-questions", n=len(titles), questions=context.say.enumeration(titles))


def _text(review: Review, plan: Plan) -> str:
    return f"{review.order} {order_text(plan, review.question)}"


def _yes_or_no(review: Review, context: Context) -> Choices:
    say, plan = context.say, review.drafts[0].plan
    # A reach decided for one of several is asked for all of them; each draft takes what it needs.
    decided = {draft.plan.reach for draft in review.drafts} & {Reach.SAFE, Reach.ANYWAY}
    text = _text(review, replace(plan, reach=decided.pop()) if decided else plan)
    sample = review.drafts[0].question.sample or plan.text
    items = (
        Choice(say(review.button), text, confirms=review.card_fingerprint),
        # Reach DIRECT: sent apart, so that it does not replace this card, whose buttons are needed.
        Choice(say("button-preview"), sample, reach=Reach.DIRECT),
        Choice(say("button-cancel"), text, confirms=CANCEL),
    )
    return Choices(say("card-review"), items)


def _instead(review: Review, context: Context) -> Choices:
    """Offer other ways, where people in the room may not see the answer: each has its own card."""
    say, plan = context.say, review.drafts[0].plan
    mine = replace(plan, room=Room("", RoomKind.PRIVATE, context.partner), reach=Reach.ASKER)
    others = [("button-to-me", mine)]
    if all(draft.question.safe for draft in review.drafts):
        others.append(("button-safe-digest", replace(plan, reach=Reach.SAFE)))
    # What is agreed to is seen: a group may hold other customers by then.
    if context.admin and not any(draft.question.each for draft in review.drafts):
        others.append(("button-anyway-digest", replace(plan, reach=Reach.ANYWAY)))
    items = [Choice(say(label), _text(review, other)) for label, other in others]
    return Choices(say("share-instead"), tuple(items))


def examples(opening: str, context: Context) -> Reply:
    """Explain how a digest is made, behind an opening."""
    say = context.say
    asked = (say("digest-example-weekly"), say("digest-example-monthly"))
    items = tuple(Choice(text, text) for text in asked)
    return Reply(
        (Paragraph(opening), Paragraph(say("digest-how")), Choices(say("help-try"), items))
    )
