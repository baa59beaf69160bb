"""A month of ordinary life: each day every dataset is as the source has it, or dated as it is."""

from datetime import timedelta
from pathlib import Path

import pytest

from analytics.warehouse.fetch_states import FetchState
from tests.partner_center.standin import Standin
from tests.seeds import are_long, seeds
from tests.syncing.beset import PAGE, SMALL, company
from tests.syncing.days import START, Days, first_day
from tests.syncing.verdicts import Verdict, verdicts

BY_CUSTOMER = {"subscriptions", "subscribed_skus"}
"""Datasets whose customers are asked for once a week, or when something tells of a change."""
AGES = range(1, 31) if are_long() else (1, 9, 12, 14, 17, 20)
"""Days after the first: all of a month, or those on which a customer comes, leaves or is renamed,
or a product is new.
"""


@pytest.mark.timeout(600)
@pytest.mark.parametrize("seed", seeds(0, 2))
async def test_each_day_is_true_or_dated(tmp_path: Path, seed: int) -> None:
    lived = [company(SMALL, seed)]
    days = await first_day(tmp_path, lived[0])
    for age in AGES:
        lived.append(company(SMALL, seed, age))
        await days.sync(Standin(lived[-1], page=PAGE), START + timedelta(days=age))
        found = verdicts(days, lived)
        assert {name for name, its in found.items() if its is Verdict.WRONG} == set(), age
        assert {name for name, its in found.items() if its is Verdict.MARKED} <= BY_CUSTOMER, age
        assert _doubted(days) == set(), age
        assert set(days.rows("SELECT tenant, customer FROM {newest_customer_list}")) == {
            (tenant, lived[-1].name(at)) for tenant, at in lived[-1].places.items()
        }


def _doubted(days: Days) -> set[str]:
    """Datasets that are said to have failed."""
    return {name for name, mark in days.marks.items() if mark.state is FetchState.FAILED}
