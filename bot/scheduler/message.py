"""A digest's message: what it is, what was asked for, and how to stop it."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.delivery import Delivered
from bot.runs import ON_TIME, Claim
from bot.scheduled_posts import Address, Post
from bot.scheduler.steps import Attempt
from handlers.chat.asking import Reach
from handlers.chat.digests import Digest
from handlers.chat.reply import Paragraph, Part, spoken_lines
from handlers.chat.services import Say


def address(digest: Digest) -> Address:
    """Where it goes."""
    return Address(digest.owner, digest.plan.room)


def mark(claim: Claim) -> str:
    """The same for each try at a run, and no other run's: its key in the store, not its number
    alone.
    """
    return f"{claim.schedule[:32]}-{claim.run.due:%Y%m%dT%H%M%S%f}"


def letter(attempt: Attempt, delivered: Delivered, say: Say, now: datetime) -> Post:
    """The answer under its heading."""
    head = tuple(Paragraph(line) for line in _heading(attempt, say, now))
    stop = Paragraph(say("digest-head-stop", **_names(attempt)))
    parts = (*head, *delivered.reply.parts, stop)
    whole = replace(delivered, reply=replace(delivered.reply, parts=parts))
    return Post(address(attempt.digest), whole, mark(attempt.claim))


def content(parts: Sequence[Part]) -> str:
    """SHA-256 of what is said."""
    return hashlib.sha256("\n".join(spoken_lines(parts)).encode("utf-8", "replace")).hexdigest()


def _heading(attempt: Attempt, say: Say, now: datetime) -> list[str]:
    run, plan, names = attempt.claim.run, attempt.digest.plan, _names(attempt)
    zone = ZoneInfo(plan.zone)
    due, sent = run.due.astimezone(zone), now.astimezone(zone)
    # The title names customers: a room that is shown no names is not told it either.
    title = say("digest-head-safe") if plan.reach is Reach.SAFE else plan.title
    if run.by_hand:
        said = [say("digest-head-by-hand", title=title, **names)]
    else:
        day, time = say.day(due.date()), f"{due:%H:%M}"
        said = [say("digest-head", title=title, day=day, time=time, zone=plan.zone, **names)]
        if now - run.due > ON_TIME:
            at = (
                f"{sent:%H:%M}"
                if sent.date() == due.date()
                else f"{say.day(sent.date())}, {sent:%H:%M}"
            )
            # Whoever claims it first is late only because nobody was there.
            why = "digest-head-late" if attempt.claim.fence == 1 else "digest-head-delayed"
            said.append(say(why, due=time, sent=at))
    if attempt.claim.left_out:
        said.append(say("digest-head-left-out", n=attempt.claim.left_out))
    if attempt.repeated:
        said.append(say("digest-head-repeat", **names))
    return said


def _names(attempt: Attempt) -> dict[str, str]:
    return {"number": str(attempt.digest.number), "run": str(attempt.claim.run.number)}
