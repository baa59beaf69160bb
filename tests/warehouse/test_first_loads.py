"""First sight is never taken for birth: at the first sync nothing is new or has changed."""

from datetime import date, timedelta
from pathlib import Path

from analytics.tables import SUBSCRIPTIONS, Cell, Row
from analytics.values import TenantId
from analytics.warehouse.facts import Facts
from analytics.warehouse.first_loads import SpanChange, first_loads, span_changes
from tests.warehouse.rows import opened, tenant
from tests.warehouse.staged import row, sync

FIRST = date(2026, 11, 16)
CONTOSO, FABRIKAM, NEW = tenant("Contoso"), tenant("Fabrikam"), tenant("New")
World = dict[TenantId, dict[str, tuple[str, int]]]
"""State and seats of each subscription of each customer."""
START: World = {
    CONTOSO: {"a": ("active", 10), "b": ("suspended", 5), "c": ("active", 7)},
    FABRIKAM: {"d": ("active", 3)},
}


def bought(whose: TenantId, name: str, status: str, quantity: int) -> Row:
    its: dict[str, Cell] = {"tenant": whose, "subscription": name, "status": status}
    return row(SUBSCRIPTIONS, **its, quantity=quantity, form=1)


def changes(facts: Facts) -> list[SpanChange]:
    return span_changes(facts, SUBSCRIPTIONS, "subscription", "status", "quantity")


def load(folder: Path, day: date, world: World) -> None:
    parts: dict[str, list[Row] | None] = {
        who: [bought(who, name, *its) for name, its in held.items()] for who, held in world.items()
    }
    sync(folder, day, {SUBSCRIPTIONS: parts})


def test_after_the_first_sync_nothing_is_new_and_nothing_has_changed(tmp_path: Path) -> None:
    load(tmp_path, FIRST, START)
    facts = opened(tmp_path / "facts")
    loads = first_loads(facts, SUBSCRIPTIONS)
    assert (loads.first, loads.of(CONTOSO), loads.of(NEW)) == (FIRST, FIRST, None)
    assert not loads.tells_change(CONTOSO, FIRST)
    assert changes(facts) == []


def test_ten_days_later_changes_are_those_that_were_seen(tmp_path: Path) -> None:
    load(tmp_path, FIRST, START)
    days = [FIRST + timedelta(days=at) for at in range(1, 11)]
    world: World = {who: dict(held) for who, held in START.items()}
    steps: dict[int, tuple[TenantId, str, tuple[str, int] | None]] = {
        1: (CONTOSO, "a", ("active", 12)),
        3: (NEW, "e", ("suspended", 4)),
        4: (CONTOSO, "c", None),
        5: (CONTOSO, "b", ("active", 5)),
        7: (NEW, "e", ("active", 4)),
        9: (CONTOSO, "c", ("active", 9)),
        10: (FABRIKAM, "d", ("suspended", 3)),
    }
    for at, day in enumerate(days, start=1):
        if step := steps.get(at):
            who, name, its = step
            held = world.setdefault(who, {})
            held.pop(name, None)
            if its:
                held[name] = its
            load(tmp_path, day, world)
    facts = opened(tmp_path / "facts")
    assert changes(facts) == [
        SpanChange(CONTOSO, "a", days[0], None, ("active", 10), ("active", 12)),
        SpanChange(CONTOSO, "b", days[4], None, ("suspended", 5), ("active", 5)),
        SpanChange(NEW, "e", days[6], None, ("suspended", 4), ("active", 4)),
        SpanChange(CONTOSO, "c", days[8], days[3], ("active", 7), ("active", 9)),
        SpanChange(FABRIKAM, "d", days[9], None, ("active", 3), ("suspended", 3)),
    ]
    loads = first_loads(facts, SUBSCRIPTIONS)
    assert (loads.first, loads.of(None), loads.of(NEW)) == (FIRST, FIRST, days[2])
    assert not loads.tells_change(NEW, days[2])
    assert loads.tells_change(NEW, days[6])


def test_a_limited_reader_knows_the_first_load_of_their_customers(tmp_path: Path) -> None:
    load(tmp_path, FIRST, START)
    load(tmp_path, FIRST + timedelta(days=1), START | {NEW: {"e": ("active", 1)}})
    facts = opened(tmp_path / "facts", frozenset({NEW}))
    loads = first_loads(facts, SUBSCRIPTIONS)
    assert loads.customers == {NEW: FIRST + timedelta(days=1)}
    assert changes(facts) == []


def test_what_never_came_has_no_first_load(tmp_path: Path) -> None:
    sync(tmp_path, FIRST, {})
    assert first_loads(opened(tmp_path / "facts"), SUBSCRIPTIONS).first is None
