"""`/digest show 3`: a digest as it stands, with everything that can be done with it. Its owner and
the admins get this card too when the digest fails.
"""

from handlers.chat.asking import UserRef
from handlers.chat.digests import Digest, State
from handlers.chat.reply import Choice, Choices, Paragraph, Part, Reply
from handlers.commands.digest.context import Context
from handlers.commands.digest.words import next_runs, options, state_sentence, when, where


async def show(number: int | None, context: Context) -> Reply:
    """Answer with the digest's card. Raises UnknownDigest."""
    return digest_card(await context.find_digest(number), context)


def digest_card(digest: Digest, context: Context, said: str = "") -> Reply:
    """Make the card of a digest; `said`, if any, tells first what was just done with it."""
    say, plan = context.say, digest.plan
    coming = next_runs(plan, context.now, say) if digest.state is State.ACTIVE else ""
    yours = say("digest-seen-alone")
    lines = [
        said,
        say("digest-title", number=str(digest.number), question=plan.title),
        _owner(digest.owner, context),
        state_sentence(digest, say),
        f"{when(plan, say)} {coming}".strip(),
        where(plan, say) if plan.room.address or digest.owner != context.asker else yours,
        options(plan, say),
        say("digest-each-standing") if plan.is_for_each else "",
    ]
    parts: list[Part] = [Paragraph(line) for line in lines if line]
    choices = Choices(say("digest-next"), tuple(_choices(digest, context)))
    return Reply((*parts, choices), saved="digest-saved-unaudited" if said else "")


def _owner(owner: UserRef, context: Context) -> str:
    """Say whose digest it is; empty for the owner's own reading."""
    if owner == context.asker:
        return ""
    name = context.services.people.display_name(owner)
    return context.say("digest-owned-by", name=name, id=str(owner))


def _choices(digest: Digest, context: Context) -> list[Choice]:
    """Offer what the asker can do with the digest as it stands."""
    say, number = context.say, digest.number
    mine = digest.owner == context.asker
    active = digest.state is State.ACTIVE
    offered = [
        ("button-pause", "pause", active),
        ("button-run-now", "run now", active),
        ("button-resume", "resume", not active),
        ("button-take-over", "take over", not mine),
        ("button-history", "history", True),
        ("button-change", "change", mine),
        ("button-delete", "delete", True),
    ]
    return [Choice(say(name), f"/digest {verb} {number}") for name, verb, may in offered if may]
