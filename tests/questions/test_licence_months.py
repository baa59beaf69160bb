"""Seats at the ends of months: a year of syncs of made-up subscriptions always adds up."""

from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.questions.licenses import licenses
from analytics.questions.licenses.flows import MONTHS
from analytics.questions.licenses.identities import (
    first_seats,
    flow_faults,
    opening_seats,
    sum_faults,
)
from analytics.values import Customer, Unknown
from tests.questions.earlier import earlier
from tests.questions.subscribed import Line, rewritten, sub, told
from tests.run_cache import built_once
from tests.seeds import are_long
from tests.warehouse.rows import tenant

LOOKS = [date(2025, 11, 3) + timedelta(days=24 * at) for at in range(17)]
"""A year and a month of syncs."""
STATES = st.sampled_from(["active", "suspended", "deprovisioned", "gone", "trial"])


@st.composite
def worlds(draw: st.DrawFn) -> Mapping[date, list[Line]]:
    days: dict[date, list[Line]] = {day: [] for day in LOOKS}
    for number in range(draw(st.integers(1, 4))):
        customer = draw(st.sampled_from("abc"))
        bought = LOOKS[0] + timedelta(draw(st.integers(-40, 300)))
        product = draw(st.sampled_from(["MICROSOFT 365 E3", "MICROSOFT 365 E5", "VISIO PLAN 2"]))
        state, count = "active", 10
        for day in LOOKS:
            state = draw(STATES) if draw(st.integers(0, 4)) == 0 else state
            count = draw(st.integers(1, 3)) * 10 if draw(st.integers(0, 3)) == 0 else count
            if state == "gone" or bought > day:
                continue
            cells = {"deprovisioned": day - timedelta(2)} if state == "deprovisioned" else {}
            status, trial = ("active", day) if state == "trial" else (state, None)
            known = {"created": bought, "quantity": count, "trial_ends": trial, **cells}
            own = sub(customer, f"s{number}", status, product_name=product, **known)
            days[day].append(own)
    return days


def _empty_generation() -> Path:
    return built_once("licenses", make_empty) / "facts"


def make_empty(folder: Path) -> None:
    told(folder, {LOOKS[-1]: []})


@settings(max_examples=200 if are_long() else 6, deadline=None)
@given(worlds())
def test_each_month_ends_with_its_start_and_what_was_added_without_what_was_reduced(
    days: Mapping[date, list[Line]],
) -> None:
    with TemporaryDirectory() as folder:
        facts = rewritten(_empty_generation(), Path(folder), days)
        everything = licenses(facts, None, None)
        own = [
            licenses(facts, Customer(tenant(each), each), None)
            for each in sorted({str(line["customer"]) for rows in days.values() for line in rows})
        ]
        assert licenses(earlier(facts), None, None) == everything
        known = everything.known
        assert not isinstance(known, Unknown)
        first = opening_seats(facts, None, known), first_seats(facts, None, known)
    standing = [
        line["quantity"]
        for line in days[LOOKS[-1]]
        if line["status"] != "deprovisioned" and not line["trial_ends"]
    ]
    assert everything.total == sum(standing)  # type: ignore[arg-type]  # numbers
    assert [flow_faults(each) for each in (everything, *own)] == [0] * (len(own) + 1)
    assert sum_faults(everything, own) == 0
    assert len(everything.months) == MONTHS
    assert first[0] == first[1]
