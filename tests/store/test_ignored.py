"""Ignored products in either database: kept with reason and giver, ended, audited, forgotten."""

import json
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine

from analytics.values import OWN, PartnerId
from bot.store.audit import Audit
from bot.store.erasure import Erasure
from bot.store.ignored import IgnoredStore
from handlers.chat.ignored_products import IgnoreOrder
from tests.store.behind import Behind, count
from tests.store.entries import ADA, BEN, NOW, SECRET
from tests.store.reporting import CONTOSO, FABRIKAM

LAST = date(2027, 6, 30)
ORDER = IgnoreOrder(OWN, CONTOSO, "p1", "a gift of Fabrikam's", ADA, LAST, NOW)


@pytest.fixture
def ignored(engine: AsyncEngine, audit: Audit) -> IgnoredStore:
    return IgnoredStore(engine, audit)


@pytest.fixture
def erasure(engine: AsyncEngine) -> Erasure:
    return Erasure(engine, SECRET, OWN)


async def kept(ignored: IgnoredStore, day: date = LAST) -> list[tuple[str, str, str, str]]:
    found = await ignored.all(OWN, day)
    return [(each.customer, each.product, each.reason, each.by) for each in found]


async def test_a_decision_holds_to_its_last_day_and_a_new_one_replaces_it(
    ignored: IgnoredStore,
) -> None:
    await ignored.save(ORDER)
    assert await kept(ignored) == [(CONTOSO, "p1", "a gift of Fabrikam's", str(ADA))]
    assert await kept(ignored, date(2027, 7, 1)) == []
    await ignored.save(replace(ORDER, reason="else", by=BEN))
    assert await kept(ignored) == [(CONTOSO, "p1", "else", str(BEN))]


async def test_each_partner_has_its_own(ignored: IgnoredStore) -> None:
    await ignored.save(replace(ORDER, partner=PartnerId("rival")))
    assert await kept(ignored) == []
    assert not await ignored.end(ORDER)


async def test_an_end_is_told_once_and_both_are_audited_without_the_reason(
    ignored: IgnoredStore, audit: Audit, behind: Behind
) -> None:
    await ignored.save(ORDER)
    assert await ignored.end(ORDER)
    assert not await ignored.end(ORDER)
    assert await kept(ignored) == []
    rows = behind.rows("SELECT entry FROM audit ORDER BY seq")
    about = {"who": str(ADA), "customer": CONTOSO, "product": "p1"}
    assert [json.loads(entry) for (entry,) in rows] == [
        {"action": "ignore-product", "until": "2027-06-30", **about},
        {"action": "count-product", **about},
    ]
    assert await audit.broken_at(OWN) is None


async def test_without_its_audit_row_nothing_is_ignored(
    ignored: IgnoredStore, behind: Behind
) -> None:
    behind.do("ALTER TABLE audit RENAME TO audit_elsewhere")
    with pytest.raises(SQLAlchemyError):
        await ignored.save(ORDER)
    assert count(behind, "ignored_product") == 0


async def test_a_forgotten_customer_is_in_no_decision_and_no_reason(
    ignored: IgnoredStore, erasure: Erasure
) -> None:
    await ignored.save(ORDER)
    await ignored.save(replace(ORDER, customer=FABRIKAM))
    assert await erasure.customer(FABRIKAM, ("Fabrikam",), 0, NOW) == 2
    assert await kept(ignored) == [(CONTOSO, "p1", "forgotten", str(ADA))]


async def test_a_forgotten_person_gave_no_reason_and_the_decision_stands(
    ignored: IgnoredStore, erasure: Erasure
) -> None:
    await ignored.save(replace(ORDER, reason="as Eve Adams asked"))
    assert await erasure.person("Eve Adams", None, 0, NOW) == 1
    assert await erasure.person(str(ADA), ADA, 0, NOW) == 1
    assert await kept(ignored) == [(CONTOSO, "p1", "forgotten", "forgotten")]
