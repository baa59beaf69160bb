"""Decisions that a reminder names: all of 30 days on Mondays, each 7 and 2 days before."""

from datetime import UTC, date, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from analytics.questions.renewals.due import Morning, due_renewals, renewals_ahead
from analytics.questions.renewals.lines import RenewalLine
from analytics.values import Unknown
from tests.questions.renewing import E3, NOW, TODAY, asked, fetched, sold
from tests.warehouse.rows import opened, publish, seats

MON, TUE, WED, THU, FRI = (TODAY + timedelta(days=at) for at in range(5))
SAT, SUN, NEXT_MON, NEXT_TUE = (TODAY + timedelta(days=at) for at in range(5, 9))


def line(folder: Path, ends: date, *, seen: date = TODAY) -> RenewalLine:
    """A year that renews by itself on a day, as a sync saw it."""
    facts = fetched(folder, sold("Contoso/s1", ends=ends), day=seen)
    (its,) = asked(facts).lines
    return its


@pytest.mark.parametrize(
    ("day", "ends", "told", "is_due"),
    [
        (MON, MON + timedelta(days=30), None, True),
        (MON, MON + timedelta(days=31), None, False),
        (MON, THU, MON, True),
        (TUE, TUE + timedelta(days=7), None, True),
        (TUE, TUE + timedelta(days=8), None, False),
        (WED, NEXT_TUE, TUE, False),
        (WED, NEXT_TUE, MON - timedelta(days=7), True),
        (THU, SAT, WED, True),
        (FRI, SUN, THU, True),
        (FRI, NEXT_MON, WED, True),
        (FRI, NEXT_TUE, WED, True),
        (FRI, NEXT_TUE + timedelta(days=1), WED, False),
        (FRI, FRI, THU, False),
        (FRI, FRI, None, True),
    ],
    ids=lambda each: f"{each:%a %d %b}" if isinstance(each, date) else str(each),
)
def test_it_is_named_in_time_and_not_daily(
    day: date,
    ends: date,
    told: date | None,
    is_due: bool,  # noqa: FBT001 a column of the table
    tmp_path: Path,
) -> None:
    """Two days before a Monday or a Tuesday is a weekend: it is named on Friday."""
    its = line(tmp_path, ends, seen=day)
    known = {its.identity.key: told} if told else {}
    assert Morning(day, UTC, known, looked=MON).is_due(its) is is_due


def test_a_monday_without_a_reminder_is_made_up_for(tmp_path: Path) -> None:
    its = line(tmp_path, TODAY + timedelta(days=20))
    assert Morning(WED, UTC, looked=MON - timedelta(days=3)).is_due(its)
    assert Morning(WED, UTC).is_due(its)
    assert not Morning(THU, UTC, looked=WED).is_due(its)


def test_facts_too_old_for_a_near_deadline_are_said_once(tmp_path: Path) -> None:
    its = line(tmp_path, FRI, seen=MON)
    key = its.identity.key
    assert not Morning(TUE, UTC, {key: MON}, looked=MON).is_due(its)
    assert Morning(WED, UTC, {key: MON}, looked=TUE).is_due(its)
    assert Morning(THU, UTC, {key: MON}, looked=WED).is_due(its)
    assert not Morning(THU, UTC, {key: WED}, looked=WED).is_due(its)


def test_a_snoozed_one_is_named_on_its_day_once(tmp_path: Path) -> None:
    its = line(tmp_path, TODAY + timedelta(days=15))
    key = its.identity.key
    assert not Morning(TUE, UTC, {key: MON}, {key: WED}, MON).is_due(its)
    assert Morning(THU, UTC, {key: MON}, {key: WED}, TUE).is_due(its)
    assert not Morning(THU, UTC, {key: WED}, {key: WED}, WED).is_due(its)


def test_the_day_is_that_of_the_reader(tmp_path: Path) -> None:
    """The last second of a UTC day is the next day's morning in Tokyo."""
    its = line(tmp_path, FRI)
    assert not Morning(SAT, UTC).is_due(its)
    assert Morning(SAT, ZoneInfo("Asia/Tokyo")).is_due(its)


def test_what_is_first_to_be_done_comes_first_and_terms_of_a_month_are_counted(
    tmp_path: Path,
) -> None:
    month = {"term": "P1M", "auto_renew": True}
    facts = fetched(
        tmp_path,
        sold("Contoso/late", ends=TODAY + timedelta(days=20)),
        sold("Contoso/soon", ends=TODAY + timedelta(days=5)),
        sold("Contoso/monthly", ends=TODAY + timedelta(days=9), **month),
        sold("Contoso/less", ends=TODAY + timedelta(days=9), next_quantity=8, **month),
        sold("Contoso/far", ends=TODAY + timedelta(days=60)),
    )
    found = renewals_ahead(facts, None, NOW)
    due = due_renewals(found, Morning(TODAY, UTC))
    assert [its.subscription for its in due.lines] == ["soon", "late"]
    assert (due.decisions, due.monthly, due.quiet) == (2, 1, 1)
    tuesday = due_renewals(found, Morning(TUE, UTC, looked=MON))
    assert ([its.subscription for its in tuesday.lines], tuesday.monthly, tuesday.quiet) == (
        ["soon"],
        0,
        0,
    )


def test_without_subscriptions_nothing_is_known_and_not_nothing_due(tmp_path: Path) -> None:
    publish(tmp_path, seats(9, 9))
    due = due_renewals(renewals_ahead(opened(tmp_path), None, NOW), Morning(TODAY, UTC))
    assert isinstance(due.decisions, Unknown)
    assert isinstance(due.monthly, Unknown)
    assert isinstance(due.quiet, Unknown)
    assert due.lines == ()


def test_a_paid_extension_is_named_although_it_is_billed_by_the_month(tmp_path: Path) -> None:
    extended = {"product_name": "Microsoft 365 E3 (Extended Service Term)", "term": "P1M"}
    facts = fetched(tmp_path, sold("Contoso/s1", offer=E3, ends=FRI, **extended))
    due = due_renewals(renewals_ahead(facts, None, NOW), Morning(TODAY, UTC))
    assert [its.subscription for its in due.lines] == ["s1"]
