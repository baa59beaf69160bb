"""Reports of answers that look wrong, in the store: numbered, told once, deleted when old."""

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, delete, func, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from analytics.values import PartnerId, TenantId
from bot.delivery import TWICE
from bot.store.audit import Audit, lock_partner
from bot.store.tables import partner, report
from handlers.chat.asking import UserRef
from handlers.chat.reports import A_DAY, LONGEST, FiledReport, Report, TooManyReports

_CLAIM = timedelta(minutes=5)
"""Time for which a process that claimed a report is taken to be telling it."""
_TOLD_WITHIN = timedelta(days=7)
"""Age up to which a report that reached no person is told again; later it is only listed."""
_KEPT = timedelta(days=400)
"""Age at which a report is deleted."""
_LAST = 2**31 - 1
"""The largest number that the column holds."""

_R = report.c


class ReportStore:
    """The store behind `handlers.chat.reports.Reports`. Raises STORE_ERRORS besides its errors."""

    def __init__(self, engine: AsyncEngine, audit: Audit) -> None:
        self._engine = engine
        self._audit = audit

    async def save(self, its: Report) -> int:
        """Save a report with its audit row; return its number. A report saved a moment ago is not
        saved again. Raises TooManyReports.
        """
        values = _values(its)
        async with self._engine.begin() as connection:
            await lock_partner(connection, its.partner)
            if twice := await _saved_number(connection, its, values):
                return twice
            if await _filed_in_a_day(connection, its) >= A_DAY:
                raise TooManyReports(n=A_DAY)
            number = await _next_number(connection, its.partner)
            await connection.execute(insert(report).values(number=number, **values))
            entry: dict[str, object] = {"action": "report-save", "number": number}
            entry["who"] = str(its.reporter)
            await self._audit.append(connection, its.partner, its.at, entry)
        return number

    async def all(self, of: PartnerId, since: datetime | None = None) -> tuple[FiledReport, ...]:
        """Return the partner's reports, the newest first; with `since` those filed since then."""
        wanted = select(report).where(_R.partner == of).order_by(_R.number.desc())
        if since:
            wanted = wanted.where(_R.at >= since)
        async with self._read_connection() as connection:
            return tuple(map(_filed_report, await connection.execute(wanted)))

    async def find(self, number: int, of: PartnerId) -> FiledReport | None:
        """Return the report of this number; None if there is none, or none any more."""
        if not 0 < number <= _LAST:
            return None
        async with self._read_connection() as connection:
            found = await connection.execute(select(report).where(_is(number, of)))
            row = found.one_or_none()
        return _filed_report(row) if row else None

    async def claim(self, of: PartnerId, now: datetime) -> FiledReport | None:
        """Claim the oldest untold report of the last seven days for five minutes; None if there is
        none that no other process is telling.
        """
        free = or_(_R.claimed_until.is_(None), _R.claimed_until <= now)
        untold = and_(_R.partner == of, _R.told.is_(None), _R.at > now - _TOLD_WITHIN, free)
        oldest = select(report).where(untold).order_by(_R.number).limit(1)
        async with self._engine.begin() as connection:
            found = await connection.execute(oldest.with_for_update(skip_locked=True))
            row = found.one_or_none()
            if row is None:
                return None
            its = _is(row.number, of)
            await connection.execute(update(report).where(its).values(claimed_until=now + _CLAIM))
        return _filed_report(row)

    async def mark_told(self, number: int, of: PartnerId, now: datetime) -> None:
        """Record that a report was told."""
        async with self._engine.begin() as connection:
            await connection.execute(update(report).where(_is(number, of)).values(told=now))

    async def sweep(self, of: PartnerId, now: datetime) -> int:
        """Delete the partner's reports that are 400 days old; return how many."""
        old = delete(report).where(_R.partner == of, _R.at <= now - _KEPT)
        async with self._engine.begin() as connection:
            return int((await connection.execute(old)).rowcount)

    def _read_connection(self) -> AsyncConnection:
        return self._engine.execution_options(reading=True).connect()


def _is(number: int, of: PartnerId) -> ColumnElement[bool]:
    return and_(_R.partner == of, _R.number == number)


async def _saved_number(
    connection: AsyncConnection, its: Report, values: Mapping[str, object]
) -> int | None:
    """Return the number of the same report, saved by a button's first press; None if it is new."""
    same = [report.c[name] == value for name, value in values.items() if name != "at"]
    just_now = and_(*same, _R.at > its.at - TWICE)
    return (await connection.execute(select(_R.number).where(just_now).limit(1))).scalar()


async def _filed_in_a_day(connection: AsyncConnection, its: Report) -> int:
    who = its.reporter
    theirs = and_(_R.platform == who.platform, _R.tenant == who.tenant, _R.user_id == who.id)
    lately = and_(_R.partner == its.partner, theirs, _R.at > its.at - timedelta(days=1))
    counted = select(func.count()).select_from(report).where(lately)
    return int((await connection.execute(counted)).scalar_one())


async def _next_number(connection: AsyncConnection, of: PartnerId) -> int:
    p = partner.c
    counted = update(partner).where(p.id == of).values(reports=p.reports + 1).returning(p.reports)
    return int((await connection.execute(counted)).scalar_one())


def _values(its: Report) -> dict[str, object]:
    """Return the columns that a report fills, without its number."""
    said = its.said if len(its.said) <= LONGEST else its.said[: LONGEST - 1] + "…"
    who = its.reporter
    return {
        "partner": its.partner,
        "platform": who.platform,
        "tenant": who.tenant,
        "user_id": who.id,
        "room": its.room,
        "command": its.command,
        "question": its.question,
        "customers": json.dumps(its.customers),
        "stamp": json.dumps(its.stamp, ensure_ascii=False),
        "generation": its.generation,
        "said": said,
        "at": its.at,
    }


def _filed_report(row: Row[Any]) -> FiledReport:
    its = Report(
        reporter=UserRef(row.platform, row.tenant, row.user_id),
        partner=PartnerId(row.partner),
        room=row.room,
        question=row.question,
        command=row.command,
        customers=tuple(map(TenantId, json.loads(row.customers))),
        stamp=tuple(json.loads(row.stamp)),
        generation=row.generation,
        said=row.said,
        at=row.at,
    )
    return FiledReport(row.number, its)
