"""The current generation, and the part of it that one reader may see."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from analytics.values import Customer
from analytics.warehouse.current_generation import Warehouse
from analytics.warehouse.facts import Facts, Unreadable
from analytics.warehouse.name_index.names import How
from analytics.warehouse.row_fence import UnfencedTable
from tests.warehouse.rows import DAY, opened, publish, seats, tenant, totals, use
from tests.warehouse.sights import sight

CONTOSO, FABRIKAM, ADATUM = tenant("Contoso"), tenant("Fabrikam"), tenant("Adatum")
SOLD_OF = "SELECT tenant, sold FROM {deployment} WHERE tenant = $tenant"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three customers: 1, 2 and 4 seats sold, 10, 20 and 40 people active."""
    folder, lines = tmp_path / "facts", []
    for number, name in enumerate(("Contoso", "Fabrikam", "Adatum")):
        lines += [seats(2**number, customer=name), use(10 * 2**number, 99, customer=name)]
    publish(folder, *lines)
    return folder


def test_there_is_nothing_before_the_first_import(tmp_path: Path) -> None:
    assert Warehouse(tmp_path / "nowhere").current() is None


def test_a_generation_is_opened_once_and_changed_for_the_next(folder: Path) -> None:
    warehouse = Warehouse(folder)
    first = warehouse.current()
    assert first is not None
    assert warehouse.current() is first

    publish(folder, seats(100))
    second = warehouse.current()
    assert second is not None
    assert (first.number, second.number) == (1, 2)
    assert totals(Facts(second, sight())) == (106, 70)


def test_a_generation_knows_when_it_was_built_and_whether_it_is_made_up(folder: Path) -> None:
    generation = opened(folder).generation
    assert (generation.number, generation.made_up) == (1, False)
    assert generation.built.isoformat() == "2026-11-22T09:30:00+00:00"


@pytest.mark.parametrize(
    ("visible", "seen"),
    [
        (None, (7, 70)),
        ({CONTOSO, ADATUM}, (5, 50)),
        ({FABRIKAM}, (2, 20)),
        ({tenant("Somebody else's")}, (None, None)),
        (set(), (None, None)),
    ],
)
def test_a_reader_sees_the_rows_of_their_customers_only(
    folder: Path, visible: set[str] | None, seen: tuple[object, object]
) -> None:
    facts = opened(folder, None if visible is None else frozenset(visible))
    assert totals(facts) == seen


@pytest.mark.parametrize(
    "table", ["deployment", "usage", "newest_deployment", "newest_usage", "standing"]
)
def test_every_table_is_fenced(folder: Path, table: str) -> None:
    asked = f"SELECT DISTINCT tenant FROM {{{table}}}"  # noqa: S608 the five names above
    assert opened(folder, frozenset({FABRIKAM})).rows(asked) == [(FABRIKAM,)]


def test_asking_for_a_forbidden_customer_by_id_gives_nothing(folder: Path) -> None:
    facts = opened(folder, frozenset({CONTOSO}))
    assert facts.rows(SOLD_OF, tenant=CONTOSO) == [(CONTOSO, 1)]
    assert facts.rows(SOLD_OF, tenant=FABRIKAM) == []


def test_a_fence_holds_however_often_a_question_names_a_table(folder: Path) -> None:
    twice = "SELECT a.tenant, b.tenant FROM {deployment} a JOIN {deployment} b ON true"
    assert opened(folder, frozenset({ADATUM})).rows(twice) == [(ADATUM, ADATUM)]


def test_a_reader_knows_and_finds_their_customers_only(folder: Path) -> None:
    facts = opened(folder, frozenset({CONTOSO}))
    assert facts.people.customers == (Customer(CONTOSO, "Contoso"),)
    assert facts.find("contoso")[1] == (Customer(CONTOSO, "Contoso"),)
    hits, found = facts.find("fabrikam")
    assert (hits.how, found) == (How.NOTHING, ())


def test_somebody_without_customers_knows_and_finds_nobody(folder: Path) -> None:
    facts = opened(folder, frozenset())
    assert facts.people.customers == ()
    assert facts.find("contoso")[1] == ()


def test_a_question_reaches_no_other_file(folder: Path) -> None:
    (folder / "secret.csv").write_text("a\n1\n")
    file = str(folder / "secret.csv")
    named = f"FROM '{file}'"
    for sql in ("SELECT * FROM read_csv($file)", named):
        with pytest.raises(UnfencedTable):
            opened(folder).rows(sql, file=file)
    with pytest.raises(Exception, match="disabled"):
        opened(folder).generation.connection.execute(named)


def test_a_question_cannot_write(folder: Path) -> None:
    with pytest.raises(UnfencedTable):
        opened(folder).rows("DELETE FROM deployment")
    with pytest.raises(Exception, match="read-only"):
        opened(folder).generation.connection.execute("DELETE FROM deployment")


def test_a_name_is_cleaned_and_a_code_stands_for_a_missing_one(tmp_path: Path) -> None:
    publish(tmp_path, seats(1, customer="Con\u202etoso\n", service="crm", service_name=""))
    facts = opened(tmp_path)
    assert [customer.name for customer in facts.people.customers] == ["Contoso "]
    assert facts.name("services", "crm") == "crm"
    assert facts.name("products", "never seen") == "never seen"


def test_days_are_those_of_the_dataset_and_the_service(tmp_path: Path) -> None:
    later = date(2026, 11, 21)
    publish(tmp_path, seats(1), seats(1, day=later), seats(1, service="crm"), use(1, 1))
    facts = opened(tmp_path)
    assert facts.days("deployment", "o365") == [DAY, later]
    assert facts.days("usage", "o365") == [DAY]
    assert facts.days("usage", "crm") == []


@pytest.mark.parametrize(
    "pointer",
    [
        '{"file": "other.duckdb"}',
        '{"file": "../facts-000001.duckdb"}',
        '{"file": "facts-000099.duckdb"}',
        '{"file": null}',
        '"facts-000001.duckdb"',
        "junk",
        "",
    ],
)
def test_a_pointer_that_was_meddled_with_is_unreadable(folder: Path, pointer: str) -> None:
    shutil.copy(folder / "facts-000001.duckdb", folder.parent)
    shutil.copy(folder / "facts-000001.duckdb", folder / "other.duckdb")
    (folder / "current.json").write_text(pointer)
    with pytest.raises(Unreadable):
        Warehouse(folder).current()


def test_a_pointer_of_raw_bytes_is_unreadable(folder: Path) -> None:
    (folder / "current.json").write_bytes(b"\xff\xfe{")
    with pytest.raises(Unreadable):
        Warehouse(folder).current()


@pytest.mark.parametrize("share", [0, 0.00001, 0.001, 0.01, 0.1, 0.5, 0.9, 0.99])
def test_a_truncated_file_is_unreadable(folder: Path, share: float) -> None:
    file = folder / "facts-000001.duckdb"
    whole = file.read_bytes()
    file.write_bytes(whole[: int(share * len(whole))])
    with pytest.raises(Unreadable):
        Warehouse(folder).current()


def test_a_file_of_something_else_is_unreadable(folder: Path) -> None:
    (folder / "facts-000001.duckdb").write_bytes(b"SQLite format 3\0" * 4096)
    with pytest.raises(Unreadable):
        Warehouse(folder).current()


def test_once_the_pointer_is_put_right_the_warehouse_answers_again(folder: Path) -> None:
    warehouse = Warehouse(folder)
    right = (folder / "current.json").read_text()
    (folder / "current.json").write_text("junk")
    with pytest.raises(Unreadable):
        warehouse.current()

    (folder / "current.json").write_text(right)
    generation = warehouse.current()
    assert generation is not None
    assert generation.number == 1
