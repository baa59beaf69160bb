"""A digest in sentences: its hours, its room, its readers there, and its unusual options."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import islice

from handlers.chat.asking import Reach, RoomKind
from handlers.chat.digests import Digest, Doubt, Misfire, Plan, Quiet, State
from handlers.chat.services import Say
from handlers.commands.digest.drafts import DigestDraft
from handlers.input.cron import due_after
from handlers.output.schedules import describe, short_month_note

_RUNS = 3


def when(plan: Plan, say: Say) -> str:
    """Say when the digest is due."""
    return say("digest-when", when=describe(plan.cron, say), zone=plan.zone)


def next_runs(plan: Plan, after: datetime, say: Say) -> str:
    """Say the next runs as clocks in the digest's zone show them, and a note where not every month
    has its day.
    """
    runs = [
        say.local(due, plan.zone) for due in islice(due_after(plan.cron, plan.zone, after), _RUNS)
    ]
    said = say("digest-next-runs", runs=say.enumeration(runs)) if runs else ""
    return f"{said} {short_month_note(plan.cron, say)}".strip()


def where(plan: Plan, say: Say) -> str:
    """Say where the digest goes, as it was chosen."""
    if plan.room.kind is RoomKind.PRIVATE:
        return say("digest-to-owner")
    name = plan.room_name or say("digest-a-room")
    ids = {Reach.SAFE: "digest-to-room-safely", Reach.ANYWAY: "digest-to-room-anyhow"}
    return say(ids.get(plan.reach, "digest-to-room"), room=name)


def readers_sentence(drafts: Sequence[DigestDraft], say: Say) -> str:
    """Say who will see it. For several digests in one room, people who may not see one of them are
    named.
    """
    draft = max(drafts, key=lambda each: (each.is_blocked, each.plan.reach is Reach.ANYWAY))
    there, plan = draft.readers, draft.plan
    if there is None:
        return say("digest-seen-alone")
    outside = [name for each in drafts if each.readers for name in each.readers.names]
    names = say.enumeration([*dict.fromkeys(outside)])
    room = plan.room_name or say("digest-a-room")
    if draft.is_blocked:
        said = say(there.why, names=names, room=room)
        more = say("room-public-now", names=names) if there.why == "room-public" and names else ""
        return f"{said} {more}".strip()
    n = there.people
    if plan.reach is Reach.ANYWAY:
        return say("digest-seen-anyway", names=names, room=room, n=n)
    return say(
        "digest-seen-safe" if plan.reach is Reach.SAFE else "digest-seen-room", room=room, n=n
    )


def options(plan: Plan, say: Say) -> str:
    """Say the options that are not the defaults; empty where all are."""
    return " ".join(_options(plan, say))


def _options(plan: Plan, say: Say) -> Iterator[str]:
    if plan.quiet is not Quiet.ALWAYS:
        yield say("digest-quiet-changes" if plan.quiet is Quiet.CHANGES else "digest-quiet-silent")
    if plan.misfire is not Misfire.LATEST:
        yield say("digest-late-skip" if plan.misfire is Misfire.SKIP else "digest-late-all")
    if plan.doubt is Doubt.LEAVE:
        yield say("digest-at-most-once")


def state_sentence(digest: Digest, say: Say) -> str:
    """Say the digest's state, why, and what to do next; empty for one that is active."""
    if digest.state is State.ACTIVE:
        return ""
    since = say.local(digest.since, digest.plan.zone)
    if digest.state is State.BROKEN:
        return f"{say('digest-broken', since=since)} {say(f'digest-why-{digest.reason}')}"
    if digest.reason:
        return f"{say('digest-stopped', since=since)} {say(f'digest-why-{digest.reason}')}"
    return say("digest-paused", since=since)
