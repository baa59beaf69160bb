"""Licence products of offers: each offer is asked about once, by one of its subscriptions."""

from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import pytest

from analytics.sources.partner_center.dataset_marks import Before
from analytics.sources.partner_center.reports import OFFERS_A_DAY, REPORTS, KnownParts
from analytics.tables import OFFER_SKUS, Batch
from analytics.warehouse.building.build import build
from analytics.warehouse.building.sold_subscriptions import OfferToAsk
from analytics.warehouse.building.staging import Staging
from analytics.warehouse.fetch_states import FetchState
from analytics.warehouse.marks import Reason
from tests.partner_center.company import E3, Company, Item
from tests.partner_center.standin import Standin
from tests.syncing.days import DAY, START, first_day
from tests.syncing.fetching import fetched
from tests.warehouse.rows import META
from tests.warehouse.staged import row

TODAY = START.date()
LEGACY = "031C9E47-4802-4248-838E-778FB1D2CC05"
QUIET = Before(
    {
        name: {str(TODAY - timedelta(days=back)): TODAY + 9 * DAY for back in range(1, 95)}
        for name in ("activity", "azure_meters")
    }
)
"""Days of these are known already."""
(PLAN,) = (each for each in REPORTS if each.dataset is OFFER_SKUS)
ROWS = "SELECT offer, sku, source, month::VARCHAR FROM {offer_skus} ORDER BY offer"


@dataclass(frozen=True)
class Seller(Company):
    """A partner of whose customers each has E3, and every second one a legacy offer beside it."""

    def subscriptions(self, tenant: str) -> list[Item]:
        offers = ("CFQ7TTC0LF8R:0001:CFQ7TTC0K971", LEGACY)
        sold = super().subscriptions(tenant)
        return [{**each, "offerId": offer} for each, offer in zip(sold, offers, strict=False)]


SELLER = Seller(6, seed=3, today=TODAY)


def on(days: int) -> Seller:
    return replace(SELLER, today=TODAY + days * DAY)


async def test_each_offer_is_asked_about_once_in_whatever_case_it_answers(tmp_path: Path) -> None:
    days = await first_day(tmp_path, SELLER)
    assert days.rows(ROWS) == [
        (offer.lower(), E3.lower(), "provisioning-status", "2026-11-01")
        for offer in (LEGACY, "CFQ7TTC0LF8R:0001")
    ]
    again = Standin(on(1))
    await days.sync(again, START + DAY)
    assert again.calls["provisioningstatus"] == 0
    assert (days.why("offer_skus"), days.marks["offer_skus"].as_of) == ([], TODAY + DAY)


async def test_offers_of_public_pages_and_of_an_imported_matrix_are_not_asked_about(
    tmp_path: Path,
) -> None:
    facts, standin = tmp_path / "facts", Standin(SELLER)
    known = row(OFFER_SKUS, month=TODAY.replace(day=1), offer=LEGACY.lower(), sku=E3.lower())
    build(facts, [Batch(OFFER_SKUS, (known,))], META)
    await fetched(standin, tmp_path / "staging.duckdb", before=QUIET, facts=facts)
    assert standin.calls["provisioningstatus"] == 1
    published = Standin(Company(6, seed=3, today=TODAY))
    await fetched(published, tmp_path / "other.duckdb", before=QUIET)
    assert published.calls["provisioningstatus"] == 0


async def test_a_refusal_is_counted_and_another_customer_is_asked_the_next_day(
    tmp_path: Path,
) -> None:
    asked = []
    for day in range(2):
        standin = Standin(on(day), no_gdap=frozenset(SELLER.tenants))
        file = tmp_path / f"{day}.duckdb"
        its = await fetched(standin, file, before=QUIET)
        reason = Reason("sync-why-denied-offers", {"missing": "2", "of": "2"})
        assert its.marks["offer_skus"].reasons == (reason,)
        assert its.marks["offer_skus"].state is FetchState.NO_ACCESS_FOR_SOME
        with Staging(file) as staging:
            asked.append({each.tenant for each in staging.sold.offers_to_ask(on(day).today, ())})
    assert asked[0] & asked[1] == set()


async def test_customers_who_gave_access_are_asked_first(tmp_path: Path) -> None:
    closed = frozenset(SELLER.tenants) - {SELLER.tenants[3]}
    its = await fetched(Standin(SELLER, no_gdap=closed), tmp_path / "s.duckdb", before=QUIET)
    assert its.marks["offer_skus"].reasons == ()
    assert its.one("SELECT count(*) FROM new_offer_skus") == 2


@pytest.mark.parametrize("fault", ["500", "error-with-200"])
async def test_an_answer_that_names_no_product_is_refused(tmp_path: Path, fault: str) -> None:
    standin = Standin(SELLER, fault, "/provisioningstatus")
    its = await fetched(standin, tmp_path / "s.duckdb", before=QUIET)
    (reason,) = its.marks["offer_skus"].reasons
    assert reason.sentence == "sync-why-parts"
    assert its.one("SELECT count(*) FROM new_offer_skus") == 0


def test_of_many_offers_some_are_asked_about_each_day_and_all_within_days() -> None:
    offers = [OfferToAsk(f"o{at:03}", "tenant", "s") for at in range(OFFERS_A_DAY * 2 + 50)]
    asked = set()
    for day in range(5):
        known = KnownParts(TODAY + day * DAY, offers=offers)
        steps = [step.part for step in PLAN.steps(known)]
        assert len(set(steps)) == OFFERS_A_DAY
        asked |= set(steps)
    counted = {"asked": str(OFFERS_A_DAY), "of": str(len(offers))}
    assert PLAN.beyond(known) == (Reason("sync-why-offers-later", counted),)
    assert asked == {each.offer for each in offers}
    assert PLAN.beyond(KnownParts(TODAY, offers=offers[:OFFERS_A_DAY])) == ()
