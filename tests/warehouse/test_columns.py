"""Columns of money and persons are cut where a reader may not see them, however they are asked."""

from datetime import date
from pathlib import Path

import pytest

from analytics.tables import DATASETS, CellType, Column, Dataset, Memory
from analytics.values import Secrecy
from analytics.warehouse.current_generation import Warehouse
from analytics.warehouse.facts import Facts
from analytics.warehouse.row_fence import withheld_columns
from analytics.warehouse.schema import in_sql
from tests.warehouse.rows import tenant
from tests.warehouse.sights import sight
from tests.warehouse.staged import row, sync

TODAY = date(2026, 11, 25)
CONTOSO = tenant("Contoso")
PLANTED: dict[CellType, object] = {CellType.NUMBER: 13, CellType.TEXT: "planted"}
UNASKED = (Secrecy.OPEN, Secrecy.SEALED)
SECRET = [each for each in DATASETS if any(c.secrecy is not Secrecy.OPEN for c in each.columns)]
READERS = {
    "admin": (sight(), frozenset[Secrecy]()),
    "executive": (sight(persons=False), frozenset({Secrecy.PERSON})),
    "viewer": (sight(money=False, persons=False), frozenset({Secrecy.MONEY, Secrecy.PERSON})),
    "of contoso": (
        sight({CONTOSO}, money=False, persons=False),
        frozenset({Secrecy.MONEY, Secrecy.PERSON}),
    ),
}


def secret(dataset: Dataset) -> list[Column]:
    return [column for column in dataset.columns if column.secrecy not in UNASKED]


@pytest.fixture(params=SECRET, ids=lambda dataset: dataset.name)
def planted(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Dataset, Facts]:
    """A generation with one row of the dataset, whose secret cells are known."""
    dataset: Dataset = request.param
    told = [column for column in dataset.columns if column.secrecy is not Secrecy.OPEN]
    cells = {column.name: PLANTED[column.kind] for column in told}
    days = {c.name: TODAY for c in dataset.columns if c.kind in (CellType.DAY, CellType.DATE)}
    whole = row(dataset, **{**days, **cells})  # type: ignore[arg-type]  # by the column's kind
    sync(tmp_path, TODAY, {dataset: {"all": [whole]}})
    generation = Warehouse(tmp_path / "facts").current()
    assert generation is not None
    return dataset, Facts(generation, sight())


def test_there_is_something_to_cut() -> None:
    kinds = {column.secrecy for dataset in SECRET for column in dataset.columns}
    assert kinds == set(Secrecy)


def test_a_report_viewer_reads_no_money_and_no_person(planted: tuple[Dataset, Facts]) -> None:
    dataset, facts = planted
    prefixes = ["", "newest_"] if dataset.memory is Memory.SPANS else [""]
    for column in secret(dataset):
        name, said = in_sql(column.name), PLANTED[column.kind]
        for prefix in prefixes:
            sql = f"SELECT {name} FROM {{{prefix}{dataset.name}}}"  # noqa: S608 our own names
            for reader, (its, hidden) in READERS.items():
                read = Facts(facts.generation, its).rows(sql)
                given = [] if its.customers is not None and not _has_tenant(dataset) else [None]
                expected = given if column.secrecy in hidden else [said]
                assert [cell for (cell,) in read] == expected, (reader, column.name, prefix)


def test_nothing_can_be_chosen_or_ordered_by_what_is_cut(planted: tuple[Dataset, Facts]) -> None:
    dataset, facts = planted
    viewer = Facts(facts.generation, READERS["viewer"][0])
    for column in secret(dataset):
        sql = f"SELECT 1 FROM {{{dataset.name}}} WHERE {in_sql(column.name)} IS NOT NULL"  # noqa: S608 as above
        assert (viewer.rows(sql), facts.rows(sql)) == ([], [(1,)])


def test_a_column_of_money_or_persons_is_read_by_its_name_alone(
    planted: tuple[Dataset, Facts],
) -> None:
    dataset, facts = planted
    for sql in (f"FROM {{{dataset.name}}}", f"SELECT t FROM {{{dataset.name}}} AS t"):  # noqa: S608 as above
        assert "planted" not in str(facts.rows(sql))
        assert "13" not in str(facts.rows(sql))
    assert facts.secrets == set()


def test_a_sealed_column_is_read_by_nobody_whatever_the_question(
    planted: tuple[Dataset, Facts],
) -> None:
    dataset, facts = planted
    for column in dataset.columns:
        if column.secrecy is Secrecy.SEALED:
            sql = f"SELECT {in_sql(column.name)} FROM {{{dataset.name}}}"  # noqa: S608 as above
            assert facts.rows(sql) == [(None,)]


def test_what_an_answer_could_hold_is_noted_though_it_was_kept(
    planted: tuple[Dataset, Facts],
) -> None:
    dataset, facts = planted
    for column in secret(dataset):
        sql = f"SELECT {in_sql(column.name)} FROM {{{dataset.name}}}"  # noqa: S608 as above
        for _ in range(2):
            reader = Facts(facts.generation, sight())
            reader.result_of(Facts.rows, sql)
            assert column.secrecy in reader.secrets
        viewer = Facts(facts.generation, READERS["viewer"][0])
        viewer.result_of(Facts.rows, sql)
        assert viewer.secrets == set()


def test_a_reader_is_told_which_columns_are_withheld() -> None:
    for dataset in DATASETS:
        for its, hidden in READERS.values():
            unseen = {*hidden, Secrecy.SEALED}
            names = {column.name for column in dataset.columns if column.secrecy in unseen}
            assert withheld_columns(dataset, its) == names


def _has_tenant(dataset: Dataset) -> bool:
    return any(column.name == "tenant" for column in dataset.columns)
