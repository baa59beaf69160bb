"""Every fault, anywhere: all that there is, or the old figures stay and it is said."""

from datetime import date, timedelta
from pathlib import Path
from random import Random

import pytest

from analytics.sources.partner_center.dataset_marks import Before
from tests.partner_center.company import Company
from tests.partner_center.faults import FAULTS
from tests.partner_center.list_faults import OF_LISTS, OF_RECORDS
from tests.partner_center.standin import Standin
from tests.seeds import every_second, seeds
from tests.syncing.fetching import Fetched, fetched, quiet

TODAY = date(2026, 11, 25)
SLOW = {"hang", "drip", "huge", "bomb"}
PLACES = (
    "",
    "/v1/customers?",
    "commercial/deployment",
    "commercial/usage",
    "analytics/subscriptions",
    "auditrecords",
    "/subscriptions",
    "usagerecords",
    "usermembers",
    "oauth2/token",
)
RESTS_ON = {
    "customers": "customer_list",
    "sold": "deployment",
    "assigned": "deployment",
    "active": "usage",
    "subscriptions": "subscriptions",
    "seats": "subscriptions",
    "insights": "subscription_insights",
    "activity": "activity",
    "spend": "azure_spend",
    "members": "role_members",
}

DAYS = 6
"""Of activity; those before are known already."""
BEFORE = Before(quiet(TODAY))


def truth(company: Company) -> dict[str, int]:
    days = [TODAY - timedelta(days=back) for back in range(DAYS)]
    return company.totals() | {"activity": sum(len(company.audit(day)) for day in days)}


def wrong_without_a_word(its: Fetched, company: Company) -> dict[str, tuple[int, int]]:
    """Figures of datasets that nothing is said of, as they are and as they should be."""
    right = truth(company)
    return {
        name: (found, right[name])
        for name, found in its.totals.items()
        if found != right[name] and not its.marks[RESTS_ON[name]].reasons
    }


@pytest.mark.parametrize("seed", seeds(0, 8))
@pytest.mark.parametrize("fault", every_second(sorted([*FAULTS, *OF_RECORDS, *OF_LISTS])))
async def test_no_total_is_wrong_without_a_word(tmp_path: Path, fault: str, seed: int) -> None:
    chance = Random(f"{fault}{seed}")  # noqa: S311 which fault is where
    company = Company(5, seed=seed, today=TODAY)
    where, share = chance.choice(PLACES), chance.choice((0.3, 1.0))
    times = chance.choice((1, 5) if fault in SLOW else (1, 5, 10**9))
    file = tmp_path / "staging.duckdb"
    spoilt = Standin(company, fault, where, times, share, page=4)
    its = await fetched(spoilt, file, before=BEFORE)
    assert wrong_without_a_word(its, company) == {}
    assert its.unfinished == 0
    its = await fetched(Standin(company, page=4), file, before=BEFORE)
    assert its.totals == truth(company)
