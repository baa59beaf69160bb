"""Renewals: what is to be decided, until when, and what is known beside it."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from analytics.questions.renewals import Renewals, renewals
from analytics.questions.renewals.cases import (
    Certainty,
    Remedy,
    RenewalCase,
    RenewalDoubt,
    RenewalOutcome,
    SetApartReason,
)
from analytics.questions.renewals.lines import RenewalLine
from analytics.tables import OFFER_SKUS, SUBSCRIPTIONS, Cell, Row
from analytics.values import Customer, Period, Unknown, Why
from analytics.warehouse.building.build import build
from analytics.warehouse.building.staging import Staging
from analytics.warehouse.facts import Facts
from analytics.warehouse.marks import Mark
from tests.questions.renewing import (
    END,
    EXTENDED,
    LEGACY,
    NOW,
    TODAY,
    WINDOW_END,
    asked,
    fetched,
    lines,
    sold,
)
from tests.warehouse.rows import META, opened, publish, seats, tenant
from tests.warehouse.staged import row

QUARTER = Period(TODAY, date(2027, 3, 7))
YESTERDAY = TODAY - timedelta(days=1)
FAR = date(2027, 11, 26)
BOUGHT = date(2026, 11, 27)
REFUNDABLE = (
    '{"total": 5, "parts": [{"quantity": 1, "until": "2026-11-29T10:00:00Z"}, {"quantity": 3, '
    '"until": "2026-12-02T10:00:00Z"}, {"quantity": 2, "until": "2026-12-05T10:00:00Z"}]}'
)
_IN_DECEMBER = datetime(2026, 12, 13, 10, 12)  # noqa: DTZ001 as the column has it
_LAST_PART = datetime(2026, 12, 5, 10)  # noqa: DTZ001 as the column has it
_ADDED: dict[str, Cell] = {"refundable": REFUNDABLE, "refundable_until": _LAST_PART}
_WINDOW: dict[str, Cell] = {"ends": FAR, "cancellable_until": WINDOW_END}
_OLD: dict[str, Cell] = {"offer": LEGACY, "product_type": "", "term": ""}
_CANCEL: dict[str, Cell] = {"scheduled_actions": "[{}]", "end_action": "Cancel"}


def world_rows() -> Iterator[Row]:
    """A customer for each thing that is tried."""
    yield from (
        sold("usual/60", ends=TODAY + timedelta(days=60)),
        sold("usual/61", ends=TODAY + timedelta(days=61)),
        sold("any day/1", cancellable_until=_IN_DECEMBER),
        sold("renewed/1", created=date(2023, 11, 27), starts=date(2023, 11, 27), **_WINDOW),
        sold("closing/1", starts=BOUGHT, **_WINDOW),
        sold("legacy/today", **{**_OLD, "ends": TODAY}),
        sold("legacy/later", **_OLD),
        sold("past/8", ends=TODAY - timedelta(days=8)),
        sold("past/9", ends=TODAY - timedelta(days=9)),
        sold("unasked/1", form=None, auto_renew=False),
        sold("unasked/2", form=None, term="P1M"),
        sold("unasked/3", form=None, ends=date(2027, 9, 1)),
        sold("unasked/4", form=None, starts=TODAY, **_WINDOW),
        sold("adding/1", auto_renew=False, **_ADDED),
        sold("adding in a window/1", starts=BOUGHT, **_ADDED, **_WINDOW),
        sold("adding by the month/1", term="P1M", starts=date(2026, 11, 14), **_ADDED),
        sold("extended/matrix", offer="CFQ7TTC0EST0:0001:CFQ7TTC0AAAA", scheduled_actions="[]"),
        sold("extended/name", product_name=EXTENDED, scheduled_actions="[]"),
        sold("extended/other", scheduled_actions="[]"),
        sold("cancelled/1", end_action_on=date(2026, 12, 5), **_CANCEL),
        sold("indirect/1", reseller="7011001"),
        sold("indirect/2"),
        sold("mixed/1"),
        sold("mixed/2", term="P1M"),
        sold("mixed/3", ends=None),
        sold("contoso/e3", quantity=80, ends=date(2027, 2, 28), starts=date(2026, 3, 1)),
        sold("proseware/e3", quantity=150, auto_renew=False, scheduled_actions="[]"),
        sold("fabrikam/bp", starts=BOUGHT, created=BOUGHT, **_WINDOW),
    )
    for at in range(41):
        yield sold(f"vanarsdel/{at}", term="P1M", quantity=3, starts=date(2026, 11, 14))


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Facts:
    """The facts of all of them."""
    offer: dict[str, Cell] = {"month": date(2026, 11, 1), "source": "offer-matrix", "sku": "x"}
    titled = row(OFFER_SKUS, offer="cfq7ttc0est0:0001", title=EXTENDED, **offer)
    matrix = {OFFER_SKUS: {"cfq7ttc0est0:0001": [titled]}}
    return fetched(tmp_path_factory.mktemp("world"), *world_rows(), more=matrix)


def of(world: Facts, *names: str, now: datetime = NOW, period: Period | None = None) -> Renewals:
    """The answer about these customers, for a reader who sees no others."""
    return asked(world.only(frozenset(map(tenant, names))), period, now)


def line(world: Facts, name: str) -> RenewalLine:
    (found,) = of(world, name).lines
    return found


EXAMPLE = ("contoso", "proseware", "fabrikam", "vanarsdel")


def test_the_example_of_the_specification_has_its_moments(world: Facts) -> None:
    result = of(world, *EXAMPLE, period=QUARTER)
    proseware, fabrikam, contoso = result.lines
    assert (proseware.case, proseware.certainty) == (RenewalCase.EXTENSION, Certainty.WILL)
    assert (proseware.outcome, proseware.seats) == (RenewalOutcome.EXTENDS, 150)
    assert proseware.act_by == datetime(2026, 12, 12, 23, 59, 59, tzinfo=UTC)
    assert (proseware.term_end, proseware.next_term) == (END, "P1M")
    assert (fabrikam.case, fabrikam.outcome) == (RenewalCase.WINDOW_OPEN, RenewalOutcome.LOCKED)
    assert fabrikam.act_by == datetime(2026, 12, 4, 10, 12, tzinfo=UTC)
    assert (contoso.case, contoso.seats) == (RenewalCase.RENEWS, 80)
    assert contoso.act_by == datetime(2027, 2, 28, 23, 59, 59, tzinfo=UTC)
    assert contoso.then_until == datetime(2027, 3, 7, 23, 59, 59, tzinfo=UTC)
    assert (contoso.next_term, contoso.remedies[-1]) == ("P1Y", Remedy.CUT_AFTER)
    assert (result.quiet, result.quiet_seats) == (41, 123)
    assert (result.decisions, result.decision_seats, result.extensions) == (3, 240, 1)


def test_the_weeks_hold_every_decision_of_thirteen_weeks(world: Facts) -> None:
    weeks = of(world, *EXAMPLE, period=QUARTER).weeks
    assert len(weeks) == 13
    assert (weeks[0].first, weeks[-1].last) == (TODAY, TODAY + timedelta(days=90))
    found = {each.first: (each.decisions, each.seats, each.extensions) for each in weeks}
    assert {day: told for day, told in found.items() if told[0]} == {
        TODAY: (1, 10, 0),
        date(2026, 12, 7): (1, 150, 1),
        date(2027, 2, 22): (1, 80, 0),
    }
    assert [dot.day for each in weeks for dot in each.dots] == [
        date(2026, 12, 4), date(2026, 12, 12), date(2027, 2, 28),
    ]  # fmt: skip


def test_sixty_days_ahead_are_usual(world: Facts) -> None:
    result = of(world, "usual")
    assert [each.subscription for each in result.lines] == ["60"]
    assert result.period == Period(TODAY, TODAY + timedelta(days=60))
    assert sum(each.decisions for each in result.weeks) == 2


def test_an_end_that_is_the_last_day_to_cancel_is_no_window(world: Facts) -> None:
    assert line(world, "any day").case is RenewalCase.RENEWS


def test_a_renewal_opens_a_window_though_the_source_tells_the_first_start(world: Facts) -> None:
    assert line(world, "renewed").case is RenewalCase.WINDOW_OPEN


def test_a_window_closes_to_the_second(world: Facts) -> None:
    closes = WINDOW_END.replace(tzinfo=UTC)
    times = (closes - timedelta(seconds=1), closes)
    assert [len(of(world, "closing", now=each).lines) for each in times] == [1, 0]


def test_a_term_that_is_over_renews_until_a_fetch_shows_the_new_one(tmp_path: Path) -> None:
    """The identity survives new names and seats, and ends with the term."""
    facts = fetched(tmp_path, sold("a/1", ends=YESTERDAY), sold("b/2"), day=YESTERDAY)
    found, other = lines(facts)
    assert (found.renewing, found.case) == (True, RenewalCase.RENEWS)
    assert found.remedies == (Remedy.CUT_AFTER,)
    assert found.then_until == datetime(2026, 12, 6, 23, 59, 59, tzinfo=UTC)
    assert asked(facts).weeks[0].decisions == 1
    assert other.identity.key == f"renewal-term/{tenant('b')}/2/2026-12-13"

    renewed = sold(
        "a/1", starts=TODAY, ends=YESTERDAY.replace(year=2027), cancellable_until=WINDOW_END
    )
    renamed = sold("b/2", product_name="E3", quantity=99, nickname="N")
    new, same = lines(fetched(tmp_path, renewed, renamed))
    assert (new.renewing, new.case) == (False, RenewalCase.WINDOW_OPEN)
    assert new.identity != found.identity
    assert same.identity == other.identity

    found_again = lines(fetched(tmp_path, sold("a/1", ends=END), day=TODAY + timedelta(days=1)))
    days = {each.identity.tenant: each.fetched for each in found_again}
    assert days == {tenant("a"): TODAY + timedelta(days=1), tenant("b"): TODAY}


def test_a_customer_who_was_asked_in_vain_is_as_old_as_the_oldest_part(tmp_path: Path) -> None:
    fetched(tmp_path, sold("a/1"), day=YESTERDAY)
    file = tmp_path / "staging.duckdb"
    with Staging(file) as staging:
        staging.start_day(TODAY)
        staging.add(SUBSCRIPTIONS, tenant("a"), [sold("a/1")], "more")
        staging.miss(SUBSCRIPTIONS, tenant("a"))
        staging.mark(Mark(SUBSCRIPTIONS.name, YESTERDAY))
    build(tmp_path / "facts", (), META, staged=file)
    (line,) = lines(opened(tmp_path / "facts"))
    assert line.fetched == YESTERDAY


def test_an_end_of_legacy_is_the_first_day_without_it(world: Facts) -> None:
    today, later = of(world, "legacy").lines
    assert (today.renewing, later.renewing, later.ends_exclusive) == (True, False, True)
    assert later.act_by == datetime(2026, 12, 12, 23, 59, 59, tzinfo=UTC)


def test_an_end_long_past_is_set_apart(world: Facts) -> None:
    result = of(world, "past")
    assert [each.subscription for each in result.lines] == ["8"]
    assert [(each.reason, each.count) for each in result.apart] == [(SetApartReason.LONG_PAST, 1)]


def test_a_row_without_the_new_fields_is_not_asked_yet_and_no_card(world: Facts) -> None:
    result = of(world, "unasked")
    assert (result.lines, result.quiet, result.decisions) == ((), 0, 0)
    (apart,) = result.apart
    assert (apart.reason, apart.count, apart.seats) == (SetApartReason.NOT_ASKED_YET, 3, 30)


def test_seats_with_a_window_of_their_own_are_a_second_line_of_the_same_case(
    world: Facts,
) -> None:
    added, term = of(world, "adding").lines
    if term.is_refund_window:
        added, term = term, added
    assert (term.case, added.case) == (RenewalCase.EXTENSION, RenewalCase.EXTENSION)
    assert (added.seats, added.outcome) == (5, RenewalOutcome.LOCKED)
    assert added.act_by == datetime(2026, 12, 2, 10, tzinfo=UTC)
    assert added.then_until == datetime(2026, 12, 5, 10, tzinfo=UTC)
    assert (added.remedies, added.doubts) == ((Remedy.REMOVE_SEATS,), ())
    assert added.identity != term.identity


def test_within_a_window_only_what_can_be_given_back_later_is_a_second_line(
    world: Facts,
) -> None:
    found = of(world, "adding in a window").lines
    assert [(each.is_refund_window, each.seats) for each in found] == [(False, 10), (True, 2)]


def test_seats_added_to_a_monthly_term_are_no_line(world: Facts) -> None:
    result = of(world, "adding by the month")
    assert (result.lines, result.quiet) == ((), 1)


def test_an_extension_is_known_by_its_offer(world: Facts) -> None:
    cases = {each.subscription: each.case for each in of(world, "extended").lines}
    assert {name for name, case in cases.items() if case is RenewalCase.IN_EXTENSION} == {
        "matrix",
        "name",
    }


def test_a_chosen_day_before_the_end_is_the_deadline_of_a_cancellation(world: Facts) -> None:
    found = line(world, "cancelled")
    assert found.act_by == datetime(2026, 12, 5, 23, 59, 59, tzinfo=UTC)
    assert found.doubts == (RenewalDoubt.CONTRADICTION,)


def test_indirect_business_is_told(world: Facts) -> None:
    assert [each.by_distributor for each in of(world, "indirect").lines] == [True, False]


def test_a_reader_sees_their_own_customers_alone(world: Facts) -> None:
    result = of(world, "mixed")
    assert [each.subscription for each in result.lines] == ["1"]
    assert (result.decisions, result.quiet, result.everyone) == (1, 1, False)
    assert [each.count for each in result.apart] == [1]
    one = renewals(world, Customer(tenant("mixed"), "mixed"), NOW)
    assert (one.lines, one.quiet, one.apart) == (result.lines, 1, result.apart)


def test_where_subscriptions_never_came_nothing_is_known(tmp_path: Path) -> None:
    publish(tmp_path, seats(5, 3))
    result = renewals(opened(tmp_path), None, NOW)
    assert result.decisions == result.quiet == Unknown(Why.NEVER_CAME, "subscriptions")
    assert (result.lines, result.weeks, result.cases, result.apart) == ((), (), (), ())
