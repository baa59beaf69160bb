"""A digest's message: the answer under a heading that names the digest and its hour, with how to
stop it; a single line, or nothing, where the figures are as they were.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import astuple, replace
from datetime import datetime, timedelta
from enum import Enum
from zoneinfo import ZoneInfo

from analytics.questions.results import figures_word, is_of_same_form
from bot.delivery import Delivered
from bot.runs import ON_TIME, Claim
from bot.scheduled_posts import Address, Post
from bot.scheduler.verdicts import Attempt
from handlers.chat.asking import Reach
from handlers.chat.digests import Digest, Quiet
from handlers.chat.reply import Figures, Paragraph, Part, Table, spoken_lines
from handlers.chat.services import Say

PROOF = timedelta(days=30)
"""The longest silence of a digest that posts only changes: then it says that it is alive."""


_SHOWN = "shown"
"""The form of words for what was shown, beside those for results."""


class Sends(Enum):
    """The share of an answer that is posted."""

    ALL = "all"
    LINE = "line"
    """One line that nothing changed."""
    UNCOMPARED = "uncompared"
    """All of it, and that it was not compared: what was kept is of another version."""
    NOTHING = "nothing"


def figures_of(delivered: Delivered, digest: Digest) -> str:
    """A word for an answer's figures, to be compared with that of the next one: from its result;
    from what is shown where it has none, or the room is shown a summary only.
    """
    if delivered.result is None or digest.plan.reach is Reach.SAFE:
        return fingerprint(delivered.reply.parts)
    return figures_word(delivered.result)


def fingerprint(parts: Sequence[Part]) -> str:
    """SHA-256 of an answer's figures and tables; of its sentences where it has none."""
    figures: list[Figures | Table | Paragraph]
    figures = [part for part in parts if isinstance(part, Figures | Table)]
    counted = figures or [part for part in parts if isinstance(part, Paragraph)]
    shown = json.dumps([astuple(part) for part in counted])
    return f"{_SHOWN}:{hashlib.sha256(shown.encode()).hexdigest()[:55]}"


def sends(claim: Claim, digest: Digest, figures: str, now: datetime) -> Sends:
    """Compare `figures` with those last sent. A run that a person asked for by hand posts all."""
    quiet = digest.plan.quiet
    if quiet is Quiet.ALWAYS or claim.run.by_hand or not claim.figures:
        return Sends.ALL
    if figures != claim.figures:
        return Sends.ALL if _comparable(figures, claim.figures) else Sends.UNCOMPARED
    alive = claim.last_sent is not None and now - claim.last_sent < PROOF
    return Sends.NOTHING if quiet is Quiet.SILENT and alive else Sends.LINE


def _comparable(one: str, other: str) -> bool:
    """Check whether two words are of one version. A digest that was changed to a summary, or back,
    goes on in another form by its owner's wish.
    """
    shown = any(word.startswith(f"{_SHOWN}:") for word in (one, other))
    return shown or is_of_same_form(one, other)


def address(digest: Digest) -> Address:
    """The room a digest is posted to."""
    return Address(digest.owner, digest.plan.room)


def mark(claim: Claim) -> str:
    """The text by which a run's message is found again: made from the run's key in the store, so
    the same for each try at it and different for every other run.
    """
    return f"{claim.schedule[:32]}-{claim.run.due:%Y%m%dT%H%M%S%f}"


def letter(attempt: Attempt, digest: Digest, delivered: Delivered, say: Say, now: datetime) -> Post:
    """The message to post: heading, answer, and the line that says how to stop the digest."""
    head = tuple(Paragraph(line) for line in _heading(attempt, digest, say, now))
    ending = "reminder-head-stop" if digest.plan.is_reminder else "digest-head-stop"
    stop = Paragraph(say(ending, **_names(attempt.claim, digest)))
    parts = (*head, *delivered.reply.parts, stop)
    whole = replace(delivered, reply=replace(delivered.reply, parts=parts))
    return Post(address(digest), whole, mark(attempt.claim))


def content(parts: Sequence[Part]) -> str:
    """SHA-256 of an answer's text as it is read."""
    return hashlib.sha256("\n".join(spoken_lines(parts)).encode("utf-8", "replace")).hexdigest()


def _heading(attempt: Attempt, digest: Digest, say: Say, now: datetime) -> list[str]:
    run, plan, names = attempt.claim.run, digest.plan, _names(attempt.claim, digest)
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
            # A first claim is late only because no process was running.
            why = "digest-head-late" if attempt.claim.fence == 1 else "digest-head-delayed"
            said.append(say(why, due=time, sent=at))
    if attempt.claim.left_out:
        said.append(say("digest-head-left-out", n=attempt.claim.left_out))
    if attempt.repeated:
        said.append(say("digest-head-repeat", **names))
    return said


def _names(claim: Claim, digest: Digest) -> dict[str, str]:
    return {"number": str(digest.number), "run": str(claim.run.number)}
