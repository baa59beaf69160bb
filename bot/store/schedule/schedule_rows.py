"""Conversion of schedules and runs to rows, and back."""

from typing import Any

from sqlalchemy import Row

from analytics.values import PartnerId
from bot.runs import PART
from bot.store.tables import occurrence, schedule
from handlers.chat.asking import Reach, Room, RoomKind, UserRef
from handlers.chat.digests import READING, Digest, Doubt, Misfire, Plan, Quiet, Run, RunState, State

DIGEST = "digest"
"""The kind of job that is a saved question."""
DIGEST_KINDS = (DIGEST, PART)
"""The kinds of schedules that ask one."""


def plan_row(plan: Plan) -> dict[str, object]:
    """Return the columns that a plan fills."""
    return {
        "text": plan.text,
        "reading": READING,
        "title": plan.title,
        "cron": plan.cron,
        "zone": plan.zone,
        "locale": plan.locale,
        "room": plan.room.address,
        "room_kind": plan.room.kind.value,
        "room_name": plan.room_name,
        "reach": plan.reach.value,
        "confirms": plan.confirms,
        "misfire": plan.misfire.value,
        "quiet": plan.quiet.value,
        "doubt": plan.doubt.value,
    }


def owner_row(owner: UserRef) -> dict[str, object]:
    """Return the columns that a schedule's owner fills."""
    return {"platform": owner.platform, "tenant": owner.tenant, "user_id": owner.id}


def digest_of(row: Row[Any]) -> Digest:
    """Return the digest in a row with all columns of `schedule`."""
    m = row._mapping  # noqa: SLF001 the row's documented way to be read by column
    s = schedule.c
    return Digest(
        number=m[s.number],
        owner=UserRef(m[s.platform], m[s.tenant], m[s.user_id]),
        partner=PartnerId(m[s.partner]),
        plan=_plan(row),
        state=State(m[s.state]),
        reason=m[s.reason],
        since=m[s.since],
        next_due=m[s.next_due],
        version=m[s.version],
    )


def _plan(row: Row[Any]) -> Plan:
    m = row._mapping  # noqa: SLF001 as above
    s = schedule.c
    return Plan(
        text=m[s.text],
        title=m[s.title],
        cron=m[s.cron],
        zone=m[s.zone],
        locale=m[s.locale],
        room=Room(m[s.room], RoomKind(m[s.room_kind]), PartnerId(m[s.partner])),
        room_name=m[s.room_name],
        reach=Reach(m[s.reach]),
        confirms=m[s.confirms],
        misfire=Misfire(m[s.misfire]),
        quiet=Quiet(m[s.quiet]),
        doubt=Doubt(m[s.doubt]),
    )


def run_of(row: Row[Any]) -> Run:
    """Return the run in a row with all columns of `occurrence`."""
    m = row._mapping  # noqa: SLF001 as above
    o = occurrence.c
    return Run(
        number=m[o.number],
        due=m[o.due],
        state=RunState(m[o.state]),
        reason=m[o.reason],
        at=m[o.at],
        by_hand=m[o.by_hand],
        repeated=m[o.repeated],
        missed=m[o.missed],
        content=m[o.content],
    )


def fresh_run(schedule_id: str, run: Run) -> dict[str, object]:
    """Return the row of a run that no process has worked on yet."""
    return {
        "schedule": schedule_id,
        "due": run.due,
        "number": run.number,
        "state": run.state.value,
        "reason": run.reason,
        "not_before": run.due,
        "lease_until": None,
        "fence": 0,
        "attempts": 0,
        "doubted": None,
        "message": "",
        "content": "",
        "at": run.at,
        "by_hand": run.by_hand,
        "repeated": False,
        "missed": run.missed,
    }


_TO_TELL = "!"
"""Prefix of a reason that is still to be told."""


def told_row(reason: str, *, tell: bool) -> str:
    """Return the value of the column `told`."""
    return f"{_TO_TELL}{reason}" if tell else reason


def told_reason(row: Row[Any]) -> str:
    """Return the reason that owner and ops room were last told of; empty if still to be told."""
    told: str = row._mapping[schedule.c.told]  # noqa: SLF001 as above
    return "" if told.startswith(_TO_TELL) else told


def untold_reason(row: Row[Any]) -> str:
    """Return the reason that is still to be told, of a row that has one."""
    told: str = row._mapping[schedule.c.told]  # noqa: SLF001 as above
    return told.removeprefix(_TO_TELL)
