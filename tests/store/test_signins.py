"""Sign-ins: sealed in the store, renewed by one process at a time, told of once."""

import asyncio
from datetime import timedelta

import pytest
import pytest_asyncio
from sqlalchemy.ext.asyncio import AsyncEngine

from analytics.sources.partner_center.page_model import SignIn
from analytics.values import OWN
from bot.store.audit import Audit
from bot.store.encryption import Sealer, Unsealable
from bot.store.signins import IDLE, SignInStore
from bot.wiring import utc_now
from tests.store.behind import Behind
from tests.store.entries import SECRET

PARTNER, INSIGHTS = SignIn.PARTNER, SignIn.INSIGHTS


def kept(engine: AsyncEngine, secret: str = SECRET) -> SignInStore:
    return SignInStore(engine, Audit(engine, secret), Sealer(secret), OWN, utc_now)


@pytest.fixture
def sign_ins(engine: AsyncEngine) -> SignInStore:
    return kept(engine)


@pytest_asyncio.fixture
async def connected(sign_ins: SignInStore) -> SignInStore:
    await sign_ins.connect(PARTNER, "first", "operator")
    return sign_ins


async def newest(sign_ins: SignInStore, which: SignIn = PARTNER) -> str:
    async with sign_ins.renewal(which) as renewal:
        return renewal.token


async def test_nobody_connected_is_no_token_and_no_standing(sign_ins: SignInStore) -> None:
    assert await newest(sign_ins) == ""
    assert await sign_ins.standings() == ()


async def test_a_consent_is_kept_sealed_and_audited(connected: SignInStore, behind: Behind) -> None:
    assert await newest(connected) == "first"
    ((sealed,),) = behind.rows("SELECT token FROM sign_in")
    assert "first" not in sealed
    ((entry,),) = behind.rows("SELECT entry FROM audit")
    assert entry == '{"action": "connect", "by": "operator", "sign_in": "partner"}'


async def test_a_renewed_token_takes_the_old_ones_place(
    connected: SignInStore, another: AsyncEngine
) -> None:
    async with connected.renewal(PARTNER) as renewal:
        await renewal.keep("second")
    assert await newest(kept(another)) == "second"


async def test_two_processes_renew_one_after_the_other(
    connected: SignInStore, another: AsyncEngine
) -> None:
    seen: list[str] = []

    async def renew(mine: SignInStore) -> None:
        async with mine.renewal(PARTNER) as renewal:
            seen.append(renewal.token)
            await asyncio.sleep(0.05)
            await renewal.keep(f"{renewal.token}+")

    await asyncio.gather(*(renew(each) for each in (connected, kept(another)) * 3))
    assert seen == ["first" + "+" * times for times in range(6)]


async def test_a_renewer_that_is_gone_holds_nobody_up_for_ever(
    engine: AsyncEngine, behind: Behind
) -> None:
    sign_ins = kept(engine)
    await sign_ins.connect(PARTNER, "first", "operator")
    behind.do("UPDATE sign_in SET fence = 7, lease_until = '2020-01-01 00:00:00'")
    assert await newest(sign_ins) == "first"


async def test_whoever_lost_their_lease_keeps_nothing(
    connected: SignInStore, behind: Behind
) -> None:
    async with connected.renewal(PARTNER) as renewal:
        behind.do("UPDATE sign_in SET fence = fence + 1, lease_until = NULL")
        await renewal.keep("too late")
    assert await newest(connected) == "first"


async def test_another_secret_opens_no_token(connected: SignInStore, another: AsyncEngine) -> None:
    with pytest.raises(Unsealable):
        await newest(kept(another, SECRET + "!"))
    assert await newest(connected) == "first"


async def test_the_settings_token_is_taken_once(sign_ins: SignInStore) -> None:
    await sign_ins.offer(PARTNER, "from the settings")
    async with sign_ins.renewal(PARTNER) as renewal:
        await renewal.keep("renewed")
    await sign_ins.offer(PARTNER, "from the settings")
    assert await newest(sign_ins) == "renewed"
    await sign_ins.offer(PARTNER, "a new one from the settings")
    assert await newest(sign_ins) == "a new one from the settings"


async def test_the_settings_token_does_not_undo_connect(connected: SignInStore) -> None:
    await connected.offer(PARTNER, "from the settings")
    assert await newest(connected) == "first"


async def test_no_token_in_the_settings_changes_nothing(sign_ins: SignInStore) -> None:
    await sign_ins.offer(PARTNER, "")
    assert await sign_ins.standings() == ()


async def test_sixty_idle_days_and_a_refusal_are_told_once_until_mended(
    connected: SignInStore,
) -> None:
    now, later = utc_now(), utc_now() + IDLE + timedelta(minutes=1)
    assert await connected.untold_troubles(now) == []
    assert await connected.untold_troubles(later) == [(PARTNER, "sign-in-idle")]
    await connected.mark_told(PARTNER, "sign-in-idle")
    assert await connected.untold_troubles(later) == []
    async with connected.renewal(PARTNER) as renewal:
        await renewal.mark_refused("sign-in-refused")
    assert await connected.untold_troubles(now) == [(PARTNER, "sign-in-refused")]
    await connected.mark_told(PARTNER, "sign-in-refused")
    assert await connected.untold_troubles(now) == []
    await connected.connect(PARTNER, "third", "operator")
    assert await connected.untold_troubles(now) == []
    assert [each.trouble(now) for each in await connected.standings()] == [""]


async def test_a_token_that_is_renewed_and_refused_each_day_is_told_of_once(
    connected: SignInStore,
) -> None:
    now = utc_now()

    async def day(*, refused: bool) -> list[tuple[SignIn, str]]:
        async with connected.renewal(PARTNER) as renewal:
            await renewal.keep("newer")
        if refused:
            async with connected.renewal(PARTNER) as renewal:
                await renewal.mark_refused("mfa-missing")
        told = await connected.untold_troubles(now)
        for which, why in told:
            await connected.mark_told(which, why)
        return told

    trouble = [(PARTNER, "mfa-missing")]
    days = [await day(refused=refused) for refused in (True, True, False, False, True)]
    assert days == [trouble, [], [], [], trouble]


async def test_the_two_sign_ins_are_apart(connected: SignInStore) -> None:
    await connected.connect(INSIGHTS, "other", "operator")
    assert (await newest(connected), await newest(connected, INSIGHTS)) == ("first", "other")
    assert [each.sign_in for each in await connected.standings()] == [PARTNER, INSIGHTS]


def test_idle_is_told_a_month_before_the_token_dies() -> None:
    assert timedelta(days=90) - IDLE == timedelta(days=30)
