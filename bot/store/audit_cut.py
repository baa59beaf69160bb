"""The audit's old rows, cut off month by month; what stays still verifies, from its start on."""

from datetime import UTC, datetime

from sqlalchemy import delete, func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from analytics.values import PartnerId
from bot.store.audit import START_PLACE, Audit, lock_partner
from bot.store.encryption import Sealer
from bot.store.tables import audit, audit_key, audit_start

_A = audit.c


class AuditCut:
    """The cutting of one partner's audit."""

    def __init__(self, engine: AsyncEngine, secret: str, of: PartnerId) -> None:
        self._engine = engine
        self._secret = secret
        self._of = of
        self._audit = Audit(engine, secret)

    async def cut(self, months: int, now: datetime) -> int:
        """Delete the rows of all months before the last `months`; return how many. Each month is
        one transaction with the start that is left and the audit's own row about it. A part that
        does not verify is not cut: it is what the doctor tells of.
        """
        limit, gone = _month_start(now, months), 0
        while fewer := await self._cut_month(limit, now):
            gone += fewer
        return gone

    async def _cut_month(self, limit: datetime, now: datetime) -> int:
        async with self._engine.begin() as connection:
            await lock_partner(connection, self._of)
            oldest = select(func.min(_A.at), func.min(_A.seq)).where(_A.partner == self._of)
            first, seq = (await connection.execute(oldest)).one()
            if first is None or first >= limit:
                return 0
            last = await self._last_before(connection, min(limit, _month_start(first, -1)))
            mac = await self._audit.verified_mac(connection, self._of, last) if last else None
            if mac is None:
                return 0
            await self._begin_after(connection, last, mac)
            entry: dict[str, object] = {"action": "cut-audit", "rows": last - seq + 1}
            await self._audit.append(connection, self._of, now, entry | {"last": last})
            return int(last - seq + 1)

    async def _last_before(self, connection: AsyncConnection, limit: datetime) -> int:
        """Return the number of the last row before the first that is not older than `limit`."""
        its = _A.partner == self._of
        young = select(func.min(_A.seq)).where(its, _A.at >= limit)
        first = (await connection.execute(young)).scalar()
        if first is not None:
            return int(first) - 1
        return int((await connection.execute(select(func.max(_A.seq)).where(its))).scalar() or 0)

    async def _begin_after(self, connection: AsyncConnection, last: int, mac: str) -> None:
        """Let the chain begin behind a row, and delete the rows up to it, with their old keys."""
        s, k = audit_start.c, audit_key.c
        sealed = Sealer(self._secret).seal(mac, *START_PLACE, self._of, str(last))
        await connection.execute(delete(audit_start).where(s.partner == self._of))
        start = {"partner": self._of, "last_seq": last, "mac": sealed}
        await connection.execute(insert(audit_start).values(start))
        await connection.execute(delete(audit).where(_A.partner == self._of, _A.seq <= last))
        await connection.execute(delete(audit_key).where(k.partner == self._of, k.last_seq <= last))


def _month_start(moment: datetime, back: int) -> datetime:
    """Return the first instant of the month in UTC that lies `back` months before a moment's."""
    months = moment.year * 12 + moment.month - 1 - back
    return datetime(months // 12, months % 12 + 1, 1, tzinfo=UTC)
