"""Seats that datasets of licences tell are compared where they are of one day."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from analytics.tables import (
    DEPLOYMENT,
    DEPLOYMENT_TOTALS,
    SUBSCRIBED_SKUS,
    Cell,
    Row,
)
from analytics.warehouse.erased_file import ErasedFile
from analytics.warehouse.erased_list import ErasedList
from analytics.warehouse.erasure import erase
from tests.warehouse.agreeing import (
    DAY,
    LATER,
    WHO,
    Given,
    agreements_in,
    late,
    synced,
    whole,
    wrong,
)
from tests.warehouse.rows import opened
from tests.warehouse.staged import row, sync


def sold(seats: int, day: date = DAY, product: str = "p", whose: str = WHO[0]) -> Row:
    names: dict[str, Cell] = {"service": "o365", "channel": "reseller", "product": product}
    return row(DEPLOYMENT, day=day, tenant=whose, sold=seats, assigned=1, **names)


def total(seats: int, day: date = DAY) -> Row:
    names: dict[str, Cell] = {"service": "o365", "channel": "Reseller"}
    return row(DEPLOYMENT_TOTALS, day=day, sold=seats, **names)


@pytest.mark.parametrize(
    ("totals", "found"),
    [
        ([total(30)], {}),
        ([total(31)], {"check-other-total": (f"o365 {DAY}",)}),
        ([total(31, DAY - timedelta(days=1))], {}),
        ([], {}),
    ],
    ids=["the same", "another", "of another day", "none"],
)
def test_seats_are_added_up_and_compared_with_the_total_of_their_day(
    tmp_path: Path, totals: list[Row], found: dict[str, object]
) -> None:
    rows = [sold(10), sold(20, whose=WHO[1])]
    given: Given = {DEPLOYMENT: {"": rows}, DEPLOYMENT_TOTALS: {"": totals}}
    sync(tmp_path, DAY, given, *whole(DAY, DEPLOYMENT, DEPLOYMENT_TOTALS))
    assert wrong(tmp_path) == found


class _PlainSeal:
    """Keeps the list's key as it is."""

    def seal(self, key: bytes) -> str:
        return key.hex()

    def open(self, sealed: str) -> bytes | None:
        return bytes.fromhex(sealed)


@pytest.mark.parametrize(
    ("seats", "verdicts"),
    [(30, (0, 0, 1)), (10, (1, 0, 0)), (9, (0, 1, 0))],
    ids=["theirs counted", "none of theirs", "less than is counted"],
)
def test_where_a_customer_was_erased_a_higher_total_is_no_contradiction(
    tmp_path: Path, seats: int, verdicts: tuple[int, int, int]
) -> None:
    rows = [sold(10), sold(20, whose=WHO[1])]
    given: Given = {DEPLOYMENT: {"": rows}, DEPLOYMENT_TOTALS: {"": [total(30)]}}
    sync(tmp_path, DAY, given, *whole(DAY, DEPLOYMENT, DEPLOYMENT_TOTALS))
    erased = ErasedList().with_customer(WHO[1], ())
    ErasedFile(tmp_path / "facts", _PlainSeal()).write(erased)
    erase(tmp_path / "facts", erased)
    sync(tmp_path, LATER, {DEPLOYMENT_TOTALS: {"": [total(seats)]}})
    (found,) = agreements_in(tmp_path)
    assert (found.same, found.wrong, found.erased) == verdicts
    facts = opened(tmp_path / "facts")
    assert facts.marks[DEPLOYMENT.name].mismatch == ("check-other-total" if seats == 9 else "")


def product(total_seats: int, active: int, name: str = "p") -> Row:
    return row(SUBSCRIBED_SKUS, tenant=WHO[0], product=name, total=total_seats, active=active)


def test_seats_of_a_tenant_are_compared_if_it_said_the_same_before_and_after(
    tmp_path: Path,
) -> None:
    seats = {
        "same": (10, 10),
        "grace": (12, 9),  # three in their grace period
        "fewer": (9, 9),
        "lost": (5, 5),
        "free": (10_000, 10_000),  # no licence report lists it
    }
    held = [product(*counts, name=name) for name, counts in seats.items()]
    synced(tmp_path, DAY - timedelta(days=3), {SUBSCRIBED_SKUS: {WHO[0]: held}})
    licences = [sold(10, product=name) for name in ("same", "grace", "fewer")]
    licences.append(sold(4, product="lost", whose=WHO[1]))
    synced(tmp_path, LATER, {SUBSCRIBED_SKUS: {WHO[0]: held}, DEPLOYMENT: {"": licences}})
    assert wrong(tmp_path) == {"check-other-seats": (f"{WHO[0]} fewer", f"{WHO[0]} lost")}
    assert opened(tmp_path / "facts").marks["deployment"].mismatch == ""  # a remark


def test_seats_of_another_day_are_not_compared(tmp_path: Path) -> None:
    held: Given = {SUBSCRIBED_SKUS: {WHO[0]: [product(9, 9)]}, DEPLOYMENT: {"": [sold(10)]}}
    synced(tmp_path, DAY + timedelta(days=2), held)
    assert (wrong(tmp_path), late(tmp_path)) == ({}, {"check-other-seats": 1})
