"""Sign-ins at Partner Center: the newest refresh tokens, sealed, each renewed by one process."""

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
"""Lease of a renewal: its two tries take fifty seconds at most."""
_LOOK = 0.2
IDLE = timedelta(days=60)
"""Refresh tokens expire after 90 days without use (domain 6b): a month is left for a new sign-in.
"""
PLACE = ("sign_in", "token")


@dataclass(frozen=True, slots=True)
class SignInState:
    """The state of a sign-in: the last renewal of its token, and the reason if it is refused."""

    sign_in: SignIn
    renewed: datetime
    refused: str

    def trouble(self, now: datetime) -> str:
        """Return the id of the trouble that a person has to mend; empty if there is none."""
        return self.refused or ("sign-in-idle" if now - self.renewed >= IDLE else "")


@dataclass(slots=True)
class _StoredRenewal:
    """A refresh token that this process may renew as long as its fencing token is current."""

    kept: "SignInStore"
    its: ColumnElement[bool]
    place: tuple[str, ...]
    token: str

    async def keep(self, token: str) -> None:
        await self.kept.change(self.its, token=self.kept.seal_token(token, self.place), refused="")

    async def mark_refused(self, because: str) -> None:
        await self.kept.change(self.its, refused=because)


class SignInStore:
    """The partner's `analytics.sources.partner_center.token_store.TokenStore`. Raises STORE_ERRORS,
    and Unsealable if the tokens were sealed with another secret key.
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
        """Return the token sealed, as it is kept."""
        return self._sealer.seal(token, *place)

    async def connect(self, which: SignIn, token: str, by: str, given: str = "") -> None:
        """Keep a new consent's token in place of any earlier one, and audit it. `given` is the
        fingerprint of the setting that it came from.
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
        """Take the token that the settings name, once; take it again if they name another."""
        given = hashlib.sha256(token.encode()).hexdigest()
        async with self._read_connection() as connection:
            row = (await connection.execute(select(_S.given).where(self._its(which)))).first()
        if token and (row is None or row.given not in ("", given)):
            await self.connect(which, token, "settings", given)

    async def standings(self) -> tuple[SignInState, ...]:
        """Return the state of every sign-in of the partner."""
        wanted = select(_S.kind, _S.renewed, _S.refused).where(_S.partner == self._partner)
        async with self._read_connection() as connection:
            rows = (await connection.execute(wanted.order_by(_S.kind.desc()))).all()
        return tuple(SignInState(SignIn(row.kind), row.renewed, row.refused) for row in rows)

    @asynccontextmanager
    async def renewal(self, which: SignIn) -> AsyncIterator[_StoredRenewal]:
        """Wait until no other process renews the token, then lend it; it is '' if no admin has
        connected.
        """
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
        """Write the result of a renewal, as long as it is its claimer's; it is on disk when this
        returns. `told` is cleared only by the second renewal without trouble in between, because a
        token may be renewed and then refused by the API, anew each day.
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
        """Return the troubles that admins have to mend and were not told of yet."""
        wanted = select(_S.kind, _S.told).where(_S.partner == self._partner)
        async with self._read_connection() as connection:
            told = {row.kind: row.told for row in await connection.execute(wanted)}
        troubles = [(each.sign_in, each.trouble(now)) for each in await self.standings()]
        return [(which, why) for which, why in troubles if why and told[which.value] != why]

    async def mark_told(self, which: SignIn, why: str) -> None:
        """Record that admins were told of a trouble."""
        async with self._engine.begin() as connection:
            await connection.execute(update(sign_in).where(self._its(which)).values(told=why))

    async def _claim(self, which: SignIn) -> int:
        """Claim a sign-in and return its fencing token; -1 if there is no such sign-in."""
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
