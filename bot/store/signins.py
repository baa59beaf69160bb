"""Sign-ins at Partner Center: the newest refresh token of each, sealed, and one process at a time
that renews it.
"""

import asyncio
import hashlib
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, case, select, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from analytics.sources.partner_center.page_model import SignIn
from analytics.values import PartnerId
from bot.store.audit import Audit, lock_partner
from bot.store.encryption import Sealer
from bot.store.server_clock import moment
from bot.store.tables import sign_in

_S = sign_in.c
_LEASE = timedelta(seconds=60)
"""A renewal's: its one call takes thirty seconds at the most."""
_LOOK = 0.2
IDLE = timedelta(days=60)
"""Refresh tokens die after 90 days without use (domain 6b): a month is left to mend it."""
PLACE = ("sign_in", "token")


@dataclass(frozen=True, slots=True)
class SignInState:
    """How a sign-in is: when its token was last renewed, and why it is refused, if it is."""

    sign_in: SignIn
    renewed: datetime
    refused: str

    def trouble(self, now: datetime) -> str:
        """What a person has to mend, an id of the catalogue; empty where all is well."""
        return self.refused or ("sign-in-idle" if now - self.renewed >= IDLE else "")


@dataclass(slots=True)
class _StoredRenewal:
    """A refresh token that is ours while its fence is."""

    kept: "SignInStore"
    its: ColumnElement[bool]
    place: tuple[str, ...]
    token: str

    async def keep(self, token: str) -> None:
        await self.kept.change(self.its, token=self.kept.seal_token(token, self.place), refused="")

    async def mark_refused(self, because: str) -> None:
        await self.kept.change(self.its, refused=because)


class SignInStore:
    """The partner's analytics.sources.partner_center.token_store.TokenStore. Raises STORE_ERRORS,
    and Unsealable where the secret key is another than the tokens were sealed with.
    """

    def __init__(
        self,
        engine: AsyncEngine,
        audit: Audit,
        sealer: Sealer,
        partner: PartnerId,
        clock: Callable[[], datetime],
    ) -> None:
        self._engine = engine
        self._audit = audit
        self._sealer = sealer
        self._partner = partner
        self._clock = clock

    def seal_token(self, token: str, place: tuple[str, ...]) -> str:
        """As it is kept."""
        return self._sealer.seal(token, *place)

    async def connect(self, which: SignIn, token: str, by: str, given: str = "") -> None:
        """Takes a new consent's token in place of whatever was there, audited. `given` is the
        fingerprint of the setting it came from.
        """
        async with self._engine.begin() as connection:
            await lock_partner(connection, self._partner)
            now = await moment(connection, self._clock)
            await connection.execute(sign_in.delete().where(self._its(which)))
            values: dict[str, object] = {"partner": self._partner, "kind": which.value}
            values |= {"fence": 0, "told": ""}
            values |= {"token": self.seal_token(token, self._place(which)), "given": given}
            values |= {"renewed": now, "refused": "", "lease_until": None}
            await connection.execute(sign_in.insert().values(values))
            row: dict[str, object] = {"action": "connect", "sign_in": which.value, "by": by}
            await self._audit.append(connection, self._partner, now, row)

    async def offer(self, which: SignIn, token: str) -> None:
        """The token that the settings name: taken once, and again when they name another."""
        given = hashlib.sha256(token.encode()).hexdigest()
        async with self._read_connection() as connection:
            row = (await connection.execute(select(_S.given).where(self._its(which)))).first()
        if token and (row is None or row.given not in ("", given)):
            await self.connect(which, token, "settings", given)

    async def standings(self) -> tuple[SignInState, ...]:
        """Every sign-in there is."""
        wanted = select(_S.kind, _S.renewed, _S.refused).where(_S.partner == self._partner)
        async with self._read_connection() as connection:
            rows = (await connection.execute(wanted.order_by(_S.kind.desc()))).all()
        return tuple(SignInState(SignIn(row.kind), row.renewed, row.refused) for row in rows)

    @asynccontextmanager
    async def renewal(self, which: SignIn) -> AsyncIterator[_StoredRenewal]:
        """Waits until no other process renews it; its token is '' where nobody connected."""
        fence = await self._claim(which)
        its = and_(self._its(which), _S.fence == fence)
        try:
            async with self._read_connection() as connection:
                found = (await connection.execute(select(_S.token).where(its))).scalar()
            place = self._place(which)
            token = self._sealer.open(found, *place) if found else ""
            yield _StoredRenewal(self, its, place, token)
        finally:
            async with self._engine.begin() as connection:
                await connection.execute(update(sign_in).where(its).values(lease_until=None))

    async def change(self, its: ColumnElement[bool], **values: str) -> None:
        """Writes what became of a renewal, while it is still its claimer's; on disk when it
        returns. Only the second renewal without trouble in between forgets what was told: a token
        may be renewed and refused by the API a moment later, each day anew.
        """
        async with self._engine.begin() as connection:
            if "token" not in values:
                await connection.execute(update(sign_in).where(its).values(**values))
                return
            now = await moment(connection, self._clock)
            told = case((_S.refused == "", ""), else_=_S.told)
            renewed = update(sign_in).where(its).values(**values, renewed=now, told=told)
            await connection.execute(renewed)

    async def untold_troubles(self, now: datetime) -> list[tuple[SignIn, str]]:
        """What admins have to mend and were not told of yet."""
        wanted = select(_S.kind, _S.told).where(_S.partner == self._partner)
        async with self._read_connection() as connection:
            told = {row.kind: row.told for row in await connection.execute(wanted)}
        troubles = [(each.sign_in, each.trouble(now)) for each in await self.standings()]
        return [(which, why) for which, why in troubles if why and told[which.value] != why]

    async def mark_told(self, which: SignIn, why: str) -> None:
        """That they have been."""
        async with self._engine.begin() as connection:
            await connection.execute(update(sign_in).where(self._its(which)).values(told=why))

    async def _claim(self, which: SignIn) -> int:
        """The fence of our claim; -1 where there is no such sign-in."""
        while True:
            async with self._engine.begin() as connection:
                now = await moment(connection, self._clock)
                locked = select(_S.fence, _S.lease_until).where(self._its(which)).with_for_update()
                row = (await connection.execute(locked)).first()
                if row is None:
                    return -1
                if row.lease_until is None or row.lease_until <= now:
                    await connection.execute(
                        update(sign_in)
                        .where(self._its(which))
                        .values(fence=row.fence + 1, lease_until=now + _LEASE)
                    )
                    return int(row.fence) + 1
            await asyncio.sleep(_LOOK)

    def _its(self, which: SignIn) -> ColumnElement[bool]:
        return and_(_S.partner == self._partner, _S.kind == which.value)

    def _place(self, which: SignIn) -> tuple[str, ...]:
        return (*PLACE, self._partner, which.value)

    def _read_connection(self) -> AsyncConnection:
        return self._engine.execution_options(reading=True).connect()
