"""Whom a sync asks again: customers whose subscriptions changed, or may be changed these days."""

from datetime import date, datetime, time, timedelta
from pathlib import Path

from analytics.sources.partner_center.reports import REPORTS, KnownParts
from analytics.tables import SUBSCRIPTION_INSIGHTS, SUBSCRIPTIONS, Cell, Row
from analytics.values import TenantId
from analytics.warehouse.building.staging import Staging
from analytics.warehouse.generations import Generations
from tests.warehouse.rows import tenant
from tests.warehouse.staged import row, sync
from tests.warehouse.test_later_forms import without_later_columns

TODAY = date(2026, 11, 26)
CONTOSO = tenant("Contoso")
SUBSCRIPTION_PLAN = next(each for each in REPORTS if each.dataset is SUBSCRIPTIONS)
DATES: dict[str, tuple[str, int | None, bool]] = {
    "ends in eight days": ("ends", 8, True),
    "ends in nine days": ("ends", 9, False),
    "ended nine days ago": ("ends", -9, True),
    "ended ten days ago": ("ends", -10, False),
    "bought eight days ago": ("created", -8, True),
    "bought nine days ago": ("created", -9, False),
    "bought today": ("created", 0, True),
    "has no dates": ("ends", None, False),
    "something is scheduled in eight days": ("end_action_on", 8, True),
    "something is scheduled in nine days": ("end_action_on", 9, False),
    "something was scheduled nine days ago": ("end_action_on", -9, True),
    "something was scheduled ten days ago": ("end_action_on", -10, False),
    "seats can be given back for a week": ("refundable_until", 7, True),
    "seats could be given back until yesterday": ("refundable_until", -1, True),
    "seats could be given back until two days ago": ("refundable_until", -2, False),
}


def test_subscriptions_that_may_change_these_days_are_due(tmp_path: Path) -> None:
    parts = {}
    for name, (column, days, _) in DATES.items():
        when = None if days is None else TODAY + timedelta(days=days)
        late = (
            datetime.combine(when, time(23, 59)) if column == "refundable_until" and when else when
        )
        its: dict[str, Cell] = {"tenant": tenant(name), "subscription": name, column: late}
        parts[tenant(name)] = [row(SUBSCRIPTIONS, **its)]
    sync(tmp_path, TODAY, {SUBSCRIPTIONS: parts})
    with Staging(tmp_path / "next.duckdb") as staging:
        staging.set_beside(Generations(tmp_path / "facts").current())
        due = staging.standing.due_tenants(TODAY)
    assert due == sorted(tenant(name) for name, (_, _, is_due) in DATES.items() if is_due)


NOW: dict[str, dict[str, Cell] | None] = {
    "has more seats": {"quantity": 6},
    "is suspended": {"status": "suspended"},
    "ends another day": {"ends": TODAY},
    "renews no more": {"auto_renew": False},
    "was renewed": {"renewed": TODAY},
    "is gone": None,
    "is used": {"last_used": TODAY},
    "is as it was": {},
}
SAME = {"is used", "is as it was"}


def test_customers_of_whom_the_daily_list_tells_another_thing_changed(tmp_path: Path) -> None:
    usual: dict[str, Cell] = {"subscription": "a", "quantity": 5, "status": "active"}
    before = [row(SUBSCRIPTION_INSIGHTS, tenant=tenant(name), **usual) for name in NOW]
    now = [
        row(SUBSCRIPTION_INSIGHTS, tenant=tenant(name), **{**usual, **its})
        for name, its in {**NOW, "is new": {}}.items()
        if its is not None
    ]
    sync(tmp_path, TODAY, {SUBSCRIPTION_INSIGHTS: {"": before}})
    with Staging(tmp_path / "next.duckdb") as staging:
        staging.set_beside(Generations(tmp_path / "facts").current())
        assert staging.standing.changed_tenants() == []
        staging.add(SUBSCRIPTION_INSIGHTS, "", now, "")
        changed = staging.standing.changed_tenants()
    assert changed == sorted(tenant(name) for name in {*NOW, "is new"} - SAME)


def test_a_generation_of_the_version_before_tells_whom_it_can(tmp_path: Path) -> None:
    its: dict[str, Cell] = {"tenant": CONTOSO, "subscription": "a", "ends": TODAY}
    sync(tmp_path, TODAY, {SUBSCRIPTIONS: {CONTOSO: [row(SUBSCRIPTIONS, **its)]}})
    current = Generations(tmp_path / "facts").current()
    assert current is not None
    without_later_columns(current)
    with Staging(tmp_path / "next.duckdb") as staging:
        staging.set_beside(current)
        assert staging.standing.due_tenants(TODAY) == [CONTOSO]
        assert staging.standing.unasked_tenants(TODAY) == [CONTOSO]


def test_no_window_opens_and_closes_unseen(tmp_path: Path) -> None:
    """Terms that end and renew by themselves, which no activity tells, on each day of a week in
    which a customer may have been asked last. Each is asked for on the last days of its term, and
    on the first day of its window.
    """
    ends = {tenant(f"ends {at}"): TODAY + timedelta(days=at) for at in (3, 6, 8)}
    asked: dict[date, set[str]] = {}
    seen: dict[str, date] = {}
    for day in (TODAY + timedelta(days=at) for at in range(11)):
        with Staging(tmp_path / "look.duckdb") as staging:
            staging.set_beside(Generations(tmp_path / "facts").current())
            due = staging.standing.due_tenants(day)
        done = {each: max(d for d in asked if each in asked[d]) for each in ends} if asked else {}
        known = KnownParts(day, {SUBSCRIPTIONS.name: done}, tuple(ends), due=due)
        asked[day] = {step.part for step in SUBSCRIPTION_PLAN.steps(known)}
        for each in asked[day] if day > TODAY else ():
            if day > ends[TenantId(each)]:
                seen.setdefault(each, day)
        if not asked[day]:
            continue
        parts: dict[str, list[Row] | None] = {
            each: [_as_on(each, ends[TenantId(each)], day)] for each in asked[day]
        }
        sync(tmp_path, day, {SUBSCRIPTIONS: parts})
    assert seen == {each: end + timedelta(days=1) for each, end in ends.items()}
    for each, end in ends.items():
        while_it_may_change = [end + timedelta(days=at) for at in range(-2, 1)]
        assert [day for day in while_it_may_change if each not in asked[day]] == []


def _as_on(whose: str, ends: date, day: date) -> Row:
    """The subscription as that day has it: in a new term once the old one has ended."""
    end = ends.replace(year=ends.year + 1) if day > ends else ends
    return row(SUBSCRIPTIONS, tenant=TenantId(whose), subscription=whose, ends=end, form=1)


def test_what_was_not_asked_yet_is_asked_first_the_nearest_end_before_others(
    tmp_path: Path,
) -> None:
    ends = {"ends late": 30, "ends soon": 12, "ended": -9, "ends too late": 31, "ended long": -10}
    parts: dict[str, list[Row] | None] = {
        tenant(name): [
            row(
                SUBSCRIPTIONS,
                tenant=tenant(name),
                subscription=name,
                ends=TODAY + timedelta(days=days),
                form=None,
            )
        ]
        for name, days in ends.items()
    }
    told: dict[str, Cell] = {"ends": TODAY + timedelta(days=1), "form": 1}
    parts[CONTOSO] = [row(SUBSCRIPTIONS, tenant=CONTOSO, subscription="told", **told)]
    sync(tmp_path, TODAY, {SUBSCRIPTIONS: parts})
    with Staging(tmp_path / "next.duckdb") as staging:
        staging.set_beside(Generations(tmp_path / "facts").current())
        unasked = staging.standing.unasked_tenants(TODAY)
        due = staging.standing.due_tenants(TODAY)
    assert unasked == [tenant(name) for name in ("ended", "ends soon", "ends late")]
    everybody = tuple(TenantId(each) for each in sorted(parts))
    yesterday = dict.fromkeys(parts, TODAY - timedelta(days=1))
    known = KnownParts(TODAY, {SUBSCRIPTIONS.name: yesterday}, everybody, due=due, unasked=unasked)
    asked = [step.part for step in SUBSCRIPTION_PLAN.steps(known)]
    assert asked == [*unasked, CONTOSO]


def test_where_nothing_stood_nothing_changed(tmp_path: Path) -> None:
    with Staging(tmp_path / "next.duckdb") as staging:
        staging.set_beside(None)
        staging.add(SUBSCRIPTION_INSIGHTS, "", [row(SUBSCRIPTION_INSIGHTS)], "")
        assert staging.standing.changed_tenants() == staging.standing.due_tenants(TODAY) == []
