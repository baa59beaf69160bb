"""A new secret key: what was sealed opens with it, and the audit from before still verifies."""

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from analytics.sources.partner_center.page_model import SignIn
from analytics.values import OWN, PartnerId
from bot.store.audit import Audit
from bot.store.encryption import Sealer, Unsealable
from bot.store.key_rotation import ChainBroken, rotate
from bot.store.signins import SignInStore
from bot.wiring import utc_now
from tests.store.behind import Behind
from tests.store.entries import SECRET, entry

NEW, NEWER = SECRET + " the second", SECRET + " the third"


def sign_ins(engine: AsyncEngine, secret: str) -> SignInStore:
    return SignInStore(engine, Audit(engine, secret), Sealer(secret), OWN, utc_now)


async def token(engine: AsyncEngine, secret: str) -> str:
    async with sign_ins(engine, secret).renewal(SignIn.PARTNER) as renewal:
        return renewal.token


async def test_tokens_and_audit_live_through_two_rotations(engine: AsyncEngine) -> None:
    await sign_ins(engine, SECRET).connect(SignIn.PARTNER, "token", "operator")
    for old, new in ((SECRET, NEW), (NEW, NEWER)):
        await Audit(engine, old).record(entry())
        await rotate(engine, old, new, utc_now)
        assert await token(engine, new) == "token"
        with pytest.raises(Unsealable):
            await token(engine, old)
    await Audit(engine, NEWER).record(entry())
    assert await Audit(engine, NEWER).broken_at(OWN) is None
    assert await Audit(engine, NEW).broken_at(OWN) is not None


async def test_an_old_row_that_was_changed_still_shows(engine: AsyncEngine, behind: Behind) -> None:
    for _ in range(3):
        await Audit(engine, SECRET).record(entry())
    await rotate(engine, SECRET, NEW, utc_now)
    behind.tamper("UPDATE audit SET entry = '{}' WHERE seq = 2")
    assert await Audit(engine, NEW).broken_at(OWN) == 2


async def test_each_partners_old_rows_are_judged_by_its_own_old_key(engine: AsyncEngine) -> None:
    lengths = {PartnerId("another"): 1, OWN: 3, PartnerId("rival"): 1}
    for partner, length in lengths.items():
        for _ in range(length):
            await Audit(engine, SECRET).record(entry(partner=partner))
    await rotate(engine, SECRET, NEW, utc_now)
    for partner in lengths:
        await Audit(engine, NEW).record(entry(partner=partner))
    assert [await Audit(engine, NEW).broken_at(partner) for partner in lengths] == [None] * 3


async def test_a_wrong_old_key_changes_nothing(engine: AsyncEngine) -> None:
    await sign_ins(engine, SECRET).connect(SignIn.PARTNER, "token", "operator")
    with pytest.raises(ChainBroken):
        await rotate(engine, NEWER, NEW, utc_now)
    assert await token(engine, SECRET) == "token"
    assert await Audit(engine, SECRET).broken_at(OWN) is None


async def test_a_store_without_a_partner_has_nothing_to_rotate(engine: AsyncEngine) -> None:
    assert await rotate(engine, SECRET, NEW, utc_now) == 0
