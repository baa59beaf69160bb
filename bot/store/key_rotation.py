"""Rotation of the secret key: sealed values are sealed again, the audit stays provable."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.store.audit import KEY_PLACE, START_PLACE, Audit, chain_key, lock_partner
from bot.store.encryption import Sealer
from bot.store.signins import PLACE
from bot.store.tables import audit_key, audit_start, partner, sign_in


class ChainBroken(Exception):
    """The audit does not verify with the old key: nothing was changed. The argument is the row."""


async def rotate(engine: AsyncEngine, old: str, new: str, clock: Callable[[], datetime]) -> int:
    """Rotate the key in one transaction; return the number of sealed values. Raises ChainBroken, or
    Unsealable if the old key is not the one they were sealed with.
    """
    audit = Audit(engine, old)
    async with engine.execution_options(reading=True).connect() as connection:
        partners = (await connection.execute(select(partner.c.id))).scalars().all()
    for of in partners:
        if broken := await audit.broken_at(of):
            raise ChainBroken(broken)
    async with engine.begin() as connection:
        heads = {of: (await lock_partner(connection, of))[0] for of in partners}
        sealed = await _reseal(connection, Sealer(old), Sealer(new))
        for of, last in heads.items():
            kept = Sealer(new).seal(chain_key(old, of).hex(), *KEY_PLACE, of, str(last))
            await connection.execute(insert(audit_key).values(partner=of, last_seq=last, key=kept))
            row: dict[str, object] = {"action": "rotate-key", "key": Sealer(new).key_id}
            await Audit(engine, new).append(connection, of, clock(), row)
    return sealed + len(heads)


async def _reseal(connection: AsyncConnection, old: Sealer, new: Sealer) -> int:
    s, k = sign_in.c, audit_key.c
    tokens = (await connection.execute(select(s.partner, s.kind, s.token))).all()
    for row in tokens:
        place = (*PLACE, row.partner, row.kind)
        its = update(sign_in).where(s.partner == row.partner, s.kind == row.kind)
        await connection.execute(its.values(token=new.seal(old.open(row.token, *place), *place)))
    keys = (await connection.execute(select(k.partner, k.last_seq, k.key))).all()
    for row in keys:
        place = (*KEY_PLACE, row.partner, str(row.last_seq))
        its = update(audit_key).where(k.partner == row.partner, k.last_seq == row.last_seq)
        await connection.execute(its.values(key=new.seal(old.open(row.key, *place), *place)))
    return len(tokens) + len(keys) + await _reseal_starts(connection, old, new)


async def _reseal_starts(connection: AsyncConnection, old: Sealer, new: Sealer) -> int:
    s = audit_start.c
    starts = (await connection.execute(select(s.partner, s.last_seq, s.mac))).all()
    for row in starts:
        place = (*START_PLACE, row.partner, str(row.last_seq))
        its = update(audit_start).where(s.partner == row.partner)
        await connection.execute(its.values(mac=new.seal(old.open(row.mac, *place), *place)))
    return len(starts)
