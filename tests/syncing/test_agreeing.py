"""Syncs without a fault leave datasets that agree, day after day; a lost page leaves none that do
not without a word.
"""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from analytics.sources.partner_center.sync_once import sync_once
from analytics.warehouse.building.agreements import agreements
from tests.partner_center.company import Company
from tests.partner_center.connecting import connected
from tests.partner_center.standin import Standin
from tests.seeds import seeds
from tests.syncing.fetching import Noted
from tests.syncing.whole import sync_order

NOW = datetime(2026, 11, 25, 5, 30, tzinfo=UTC)
DAYS = 2


@pytest.mark.parametrize("seed", seeds(3))
async def test_syncs_without_a_fault_agree_day_after_day(tmp_path: Path, seed: int) -> None:
    for back in range(DAYS):
        day = NOW + timedelta(days=back)
        async with connected(Standin(Company(4, seed, today=day.date())), None) as client:
            await sync_once(client, sync_order(tmp_path, day), lambda day=day: day, Noted())  # type: ignore[misc]  # its default is the loop's own
        found = agreements(tmp_path)
        assert [each for each in found if each.wrong] == []
    assert {each.pair.what for each in found if each.same} >= {
        "check-customerless-subscriptions",
        "check-other-state",
        "check-other-quantity",
        "check-not-in-insights",
        "check-not-in-list",
        "check-other-seats",
    }
