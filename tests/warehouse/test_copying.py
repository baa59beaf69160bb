"""Facts copied, put back, and erased."""

from dataclasses import replace
from pathlib import Path

import pytest

from analytics.tables import AUDIT, ROLE_MEMBERS, SUBSCRIPTIONS
from analytics.warehouse.building.build import build
from analytics.warehouse.erased_list import ErasedList
from analytics.warehouse.erasure import erase
from analytics.warehouse.facts import Unreadable
from analytics.warehouse.facts_copy import copy_facts, restore_facts
from tests.warehouse.rows import DAY, META, batches, opened, publish, seats, tenant, totals, use
from tests.warehouse.test_memory import MONDAY, has, row, sync

CONTOSO, FABRIKAM = tenant("Contoso"), tenant("Fabrikam")


def both(folder: Path) -> None:
    """Two customers with all sorts of rows, in two generations."""
    rows = [row(SUBSCRIPTIONS, tenant=who, subscription=who[:4]) for who in (CONTOSO, FABRIKAM)]
    told = [
        row(AUDIT, event="1", moment=MONDAY, tenant=CONTOSO, who="ann@partner.example"),
        row(AUDIT, event="2", moment=MONDAY, tenant=None, details=f'{{"id": "{CONTOSO.upper()}"}}'),
        row(AUDIT, event="3", moment=MONDAY, tenant=FABRIKAM, who="Bob@Partner.Example"),
    ]
    member = row(ROLE_MEMBERS, member="b0b", member_upn="bob@partner.example", member_name="Bob B")
    given = {
        SUBSCRIPTIONS: {CONTOSO: rows[:1], FABRIKAM: rows[1:]},
        AUDIT: {"2026-11-23": told},
        ROLE_MEMBERS: {"": [member]},
    }
    sync(folder, MONDAY, given)
    publish(folder / "facts", seats(50), use(3, 9), seats(7, customer="Fabrikam"))


def bytes_of(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file())


def test_a_copy_put_back_answers_the_same(tmp_path: Path) -> None:
    publish(tmp_path / "a", seats(50), use(3, 9))
    copy_facts(tmp_path / "a", tmp_path / "copy")
    publish(tmp_path / "a", seats(60))

    assert restore_facts(tmp_path / "copy", tmp_path / "a") == 3
    assert totals(opened(tmp_path / "a")) == (50, 3)
    assert opened(tmp_path / "a").generation.number == 3
    assert restore_facts(tmp_path / "copy", tmp_path / "b") == 1
    assert publish(tmp_path / "b", seats(60)).generation == 2


def test_a_damaged_copy_changes_nothing(tmp_path: Path) -> None:
    publish(tmp_path / "a", seats(50))
    copy_facts(tmp_path / "a", tmp_path / "copy")
    file = tmp_path / "copy" / "facts-000001.duckdb"
    file.write_bytes(file.read_bytes()[:9000])

    with pytest.raises(Unreadable):
        restore_facts(tmp_path / "copy", tmp_path / "a")
    assert totals(opened(tmp_path / "a")) == (50, None)


def test_nothing_is_copied_of_nothing(tmp_path: Path) -> None:
    copy_facts(tmp_path / "a", tmp_path / "copy")
    assert restore_facts(tmp_path / "copy", tmp_path / "b") == 0


def test_a_forgotten_customer_leaves_no_trace_in_any_file(tmp_path: Path) -> None:
    both(tmp_path)
    assert b"Contoso" in bytes_of(tmp_path / "facts")

    assert erase(tmp_path / "facts", ErasedList().with_customer(CONTOSO, ())) == 6

    for trace in (b"Contoso", CONTOSO.encode(), CONTOSO.upper().encode()):
        assert trace not in bytes_of(tmp_path / "facts")
    facts = opened(tmp_path / "facts")
    assert totals(facts) == (7, None)
    assert [c.name for c in facts.people.customers] == ["Fabrikam"]
    assert facts.rows("SELECT event FROM {activity}") == [("3",)]
    assert publish(tmp_path / "facts", seats(8, customer="Fabrikam")).generation == 4


def test_what_was_done_for_no_customer_stays_when_one_is_forgotten(tmp_path: Path) -> None:
    both(tmp_path)
    nobodys = row(AUDIT, event="4", moment=MONDAY, tenant=None)
    sync(tmp_path, MONDAY, {AUDIT: {"2026-11-22": [nobodys]}})
    erase(tmp_path / "facts", ErasedList().with_customer(CONTOSO, ()))

    assert has(tmp_path, "SELECT event FROM {activity} ORDER BY event") == [("3",), ("4",)]


def test_a_forgotten_person_leaves_what_was_done_and_not_who_did_it(tmp_path: Path) -> None:
    both(tmp_path)
    assert erase(tmp_path / "facts", ErasedList().with_person(["BOB@partner.example"])) == 2

    assert b"ob@" not in bytes_of(tmp_path / "facts").lower()
    assert has(tmp_path, "SELECT event, who FROM {activity} ORDER BY event")[2] == ("3", None)
    ((member, name),) = has(tmp_path, "SELECT member, member_name FROM {role_members}")
    assert (member[:7], name) == ("erased-", None)


def test_nobody_found_is_nothing_done(tmp_path: Path) -> None:
    both(tmp_path)
    assert erase(tmp_path / "facts", ErasedList().with_person(["eve@partner.example"])) == 0
    assert opened(tmp_path / "facts").generation.number == 2
    assert erase(tmp_path / "nowhere", ErasedList().with_customer(CONTOSO, ())) == 0


def test_what_was_missing_of_a_day_stays_missing_when_a_customer_is_forgotten(
    tmp_path: Path,
) -> None:
    (bought, _) = batches(seats(50), seats(7, customer="Fabrikam"))
    build(tmp_path, [replace(bought, incomplete={("o365", DAY): 5})], META)
    assert [s.missing for s in opened(tmp_path).generation.snapshots] == [3]

    erase(tmp_path, ErasedList().with_customer(FABRIKAM, ()))
    assert [s.missing for s in opened(tmp_path).generation.snapshots] == [3]
    publish(tmp_path, seats(1, product="b"))
    assert [s.missing for s in opened(tmp_path).generation.snapshots] == [2]
