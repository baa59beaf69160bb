"""The card that is shown before anything is saved: what was understood, and who would see it."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from handlers.chat.reply import Choice, Choices, Paragraph, Part, Reply
from handlers.commands.digest.context import CANCEL, Context
from handlers.commands.digest.drafts import Draft, as_typed, fingerprint
from handlers.commands.digest.words import next_runs, options, seen_by, when


@dataclass(frozen=True, slots=True)
class Review:
    """What is to be said yes to."""

    drafts: tuple[Draft, ...]
    order: str
    """The question that the card's buttons ask, up to the digest's own: `/digest change 3`."""
    save: Callable[[], Awaitable[Reply]]
    button: str = "button-save"
    """The catalogue's word for yes."""
    question: str = ""
    """How the buttons name the question; empty for the one of the single draft."""
    notes: tuple[str, ...] = ()
    """What else is to be known before saying yes."""
    version: int = 0
    """Of the digest that is changed."""

    @property
    def seen(self) -> str:
        """Changes with all that the card shows."""
        return fingerprint(self.drafts, self.version)


async def reviewed(review: Review, context: Context) -> Reply:
    """Saves what was shown and confirmed; shows the card where nothing was, and anew where it is
    no longer the same.
    """
    blocked = any(draft.blocked for draft in review.drafts)
    if context.ask.confirms == review.seen and not blocked:
        return await review.save()
    said = [context.say("digest-card-changed")] if context.ask.confirms else []
    parts: list[Part] = [Paragraph(line) for line in (*said, *_lines(review, context))]
    choices = _instead(review, context) if blocked else _yes_or_no(review, context)
    return Reply((*parts, choices))


def _lines(review: Review, context: Context) -> list[str]:
    """What was understood, a line each."""
    say, plan = context.say, review.drafts[0].plan
    lines = [
        asked_for([draft.plan.title for draft in review.drafts], context),
        f"{when(plan, say)} {next_runs(plan, context.now, say)}",
        seen_by(review.drafts, say),
        options(plan, say),
        *review.notes,
    ]
    return [line for line in lines if line]


def asked_for(titles: Sequence[str], context: Context) -> str:
    """The question, or the questions of several digests at once."""
    if len(titles) == 1:
        return context.say("digest-question", question=titles[0])
    return context.say("digest-questions", n=len(titles), questions=context.say.listed(titles))


def _text(review: Review, draft: Draft) -> str:
    return f"{review.order} {as_typed(draft.plan, review.question)}"


def _yes_or_no(review: Review, context: Context) -> Choices:
    say, draft = context.say, review.drafts[0]
    text = _text(review, draft)
    items = (
        Choice(say(review.button), text, confirms=review.seen),
        Choice(say("button-preview"), draft.plan.text),
        Choice(say("button-cancel"), text, confirms=CANCEL),
    )
    return Choices(say("card-review"), items)


def _instead(review: Review, context: Context) -> Choices:
    """Other ways, where the room may not see it: each is a card of its own."""
    say, draft = context.say, review.drafts[0]
    room = f"{_text(review, draft)} "
    alone = room.replace(f"room:{draft.plan.room.address} ", "to me ")
    items = [Choice(say("button-to-me"), alone.strip())]
    if all(each.question.safe for each in review.drafts):
        items.append(Choice(say("button-safe-digest"), f"{room}safe summary"))
    if context.admin:
        items.append(Choice(say("button-anyway-digest"), f"{room}all the same"))
    return Choices(say("share-instead"), tuple(items))
