"""Datasets that are not complete: one cause is told once, a state is not told as a failure."""

from datetime import date

import pytest

from analytics.warehouse.marks import Mark, Reason, by_cause
from handlers.messages.speaker import speaker
from handlers.output.marks import mark_lines

SAY, DIT = speaker("en"), speaker("fr")
MONDAY, TUESDAY = date(2026, 11, 16), date(2026, 11, 17)
AWAY = Reason("sync-why-no-connection")


def parts(missing: int, of: int) -> Reason:
    values = {"missing": str(missing), "of": str(of), "why": AWAY.sentence}
    return Reason("sync-why-parts", values)


def behind(sentence: str) -> Reason:
    return Reason(sentence, {"why": AWAY.sentence})


@pytest.mark.parametrize(
    ("marks", "line"),
    [
        (
            [Mark("usage", MONDAY, (AWAY,)), Mark("deployment", MONDAY, (AWAY,))],
            "Incomplete: licence usage and licence deployment are as of 16 Nov 2026: "
            "Partner Center could not be reached.",
        ),
        (
            [Mark("usage", None, (AWAY,)), Mark("deployment", None, (AWAY,))],
            "Incomplete: licence usage and licence deployment have never been fetched completely: "
            "Partner Center could not be reached.",
        ),
        (
            [
                Mark("customer_list", MONDAY, (AWAY,)),
                Mark("subscriptions", TUESDAY, (behind("sync-why-customers"),)),
                Mark("activity", None, (parts(90, 90),)),
            ],
            "Incomplete: customers (as of 16 Nov 2026), subscriptions (as of 17 Nov 2026) and "
            "activity log (never complete): Partner Center could not be reached.",
        ),
        (
            [Mark("subscribed_skus", MONDAY, (Reason("sync-why-no-gdap-uncounted"),))],
            "Complete as far as access goes: subscribed products, as of 16 Nov 2026; "
            "some customers gave no access to their tenant (GDAP).",
        ),
        (
            [
                Mark(name, MONDAY, (Reason("sync-why-azure-plans", {"asked": "5", "of": "9"}),))
                for name in ("azure_category_costs", "azure_subscription_costs")
            ],
            "Complete as far as your Seatwise operator has set: Azure costs by category and "
            "Azure costs by subscription, as of 16 Nov 2026; 5 of 9 Azure plans are asked for "
            "their costs (SEATWISE_AZURE_PLANS); the others have units only.",
        ),
        (
            [
                Mark(name, None, (Reason("sync-why-not-offered"),))
                for name in ("insights_seats", "insights_customers")
            ],
            "Not offered to this account (2 reports): "
            f"{SAY('dataset-insights_seats')} and {SAY('dataset-insights_customers')}.",
        ),
        (
            [Mark("insights_seats", None, (Reason("sync-why-first-report"),))],
            "Waiting for the first report, which takes up to a day: "
            f"{SAY('dataset-insights_seats')}.",
        ),
        (
            [Mark("insights_seats", None, (Reason("sync-why-insights-not-connected"),))] * 2,
            "Insights is not connected (2 reports): seatwise connect --insights",
        ),
        (
            [Mark("insights_seats", MONDAY, (Reason("sync-why-not-offered"),))],
            f"Incomplete: {SAY('dataset-insights_seats')} is as of 16 Nov 2026: "
            "Partner Center does not offer it to this account.",
        ),
    ],
)
def test_one_cause_is_one_line(marks: list[Mark], line: str) -> None:
    assert mark_lines(marks, SAY) == [line]
    assert len(mark_lines(marks, DIT)) == 1


def test_of_many_datasets_the_first_are_named_and_the_others_counted() -> None:
    names = ("usage", "deployment", "activity", "subscriptions", "azure_spend", "role_members")
    lost = [Mark(name, MONDAY, (AWAY,)) for name in names]
    lost.append(Mark("azure_meters", TUESDAY, (parts(7, 60),)))
    (line,) = mark_lines(lost, SAY)
    assert line == (
        "Incomplete: licence usage (as of 16 Nov 2026), licence deployment (as of 16 Nov 2026), "
        "activity log (as of 16 Nov 2026), subscriptions (as of 16 Nov 2026) and 3 more: "
        "Partner Center could not be reached."
    )
    (ligne,) = mark_lines(lost, DIT)
    assert "et 3 autres" in ligne


def test_other_causes_are_other_lines_and_lost_parts_stay_counted() -> None:
    marks = [
        Mark("usage", MONDAY, (Reason("sync-why-timeout"),)),
        Mark("activity", MONDAY, (parts(2, 90),)),
        Mark("deployment", MONDAY, (Reason("sync-why-fault", {"status": "500"}),)),
        Mark("customer_list", MONDAY, (Reason("sync-why-fault", {"status": "502"}),)),
        Mark("role_members", MONDAY),
        Mark("subscriptions", MONDAY, mismatch="check-doubled"),
    ]
    assert [len(each) for each in by_cause(marks)] == [1, 1, 1, 1]
    lines = mark_lines(marks, SAY)
    assert "2 of 90 parts could not be fetched" in lines[1]
    assert lines[-1] == "Warning, subscriptions: a row is there twice."
