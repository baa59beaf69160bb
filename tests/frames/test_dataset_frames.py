"""A dataset's frame is what plain SQL finds in the generation, cut to its reader."""

from collections import Counter
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path

import pandas as pd
import pytest

from analytics import frames
from analytics.demo.pages import CLEO_SEES
from analytics.demo.planted import planted_values
from analytics.frames import NoFrame, dataset_frame
from analytics.tables import AUDIT, AZURE_SPEND, CUSTOMERS, DATASETS, LICENCES, Dataset, Secrecy
from analytics.tables.frame_columns import frame_columns
from analytics.values import OWN, Sight
from analytics.warehouse.current_generation import Warehouse
from analytics.warehouse.facts import Facts, Generation
from analytics.warehouse.schema import columns, span
from bot.partners import facts_folder
from tests.answering.twin_worlds import world_of
from tests.warehouse.rows import tenant
from tests.warehouse.sights import sight
from tests.warehouse.staged import row, sync

AS_IT_IS = "as it is"
ADMIN = sight()
EXECUTIVE = sight(persons=False)
VIEWER = sight(money=False, persons=False)
LIMITED = sight(CLEO_SEES, money=False, persons=False)
HIDDEN = [
    (EXECUTIVE, {Secrecy.PERSON}),
    (VIEWER, {Secrecy.MONEY, Secrecy.PERSON}),
    (LIMITED, {Secrecy.MONEY, Secrecy.PERSON}),
]
TODAY = date(2026, 11, 25)
HOSTILE = (
    '=HYPERLINK("http://x";"y")',
    "NaN",
    "<NA>",
    "None",
    "null",
    "NaT",
    "-1",
    "2026-01-01",
    "1e309",
    "'; DROP TABLE customers; --",
    "{deployment}",
    "$visible",
    'Müller, "Söhne" & Co',
    "株式会社",
    "👩‍👩‍👧",
)


@cache
def generation(world: str) -> Generation:
    found = Warehouse(facts_folder(world_of(world), OWN)).current()
    assert found is not None
    return found


@cache
def told(world: str, its: Sight) -> dict[str, pd.DataFrame]:
    """Every frame that a reader of this sight may have."""
    facts, found = Facts(generation(world), its), {}
    for dataset in DATASETS:
        try:
            found[dataset.name] = dataset_frame(facts, dataset.name)
        except NoFrame:
            continue
    return found


def cells(frame: pd.DataFrame, names: list[str]) -> Counter[tuple[object, ...]]:
    """The rows of a frame as Python's own values."""
    as_python = [[plain(cell) for cell in frame[name]] for name in names]
    return Counter(zip(*as_python, strict=True))


def plain(cell: object) -> object:
    if cell is None or cell is pd.NaT or cell is pd.NA or cell != cell:
        return None
    return cell.to_pydatetime() if isinstance(cell, pd.Timestamp) else cell


def in_sql(cell: object) -> object:
    """A cell of DuckDB's as a frame has it: instants are in UTC, a day is its midnight."""
    if isinstance(cell, datetime):
        return pd.Timestamp(cell, tz="UTC").to_pydatetime()
    return datetime(cell.year, cell.month, cell.day) if isinstance(cell, date) else cell  # noqa: DTZ001 as pandas has days


@pytest.mark.parametrize("dataset", DATASETS, ids=lambda dataset: dataset.name)
def test_an_admins_frame_is_every_row_of_plain_sql(dataset: Dataset) -> None:
    frame = told(AS_IT_IS, ADMIN).get(dataset.name)
    if frame is None:
        assert dataset.name not in generation(AS_IT_IS).tables
        return
    sealed = {each.name for each in dataset.columns if each.secrecy is Secrecy.SEALED}
    kept = [name.strip('"') for name in (*columns(dataset), *span(dataset))]
    names = [name for name in kept if name not in sealed]
    listed = ", ".join(f'"{name}"' for name in names)
    sql = f"SELECT {listed} FROM {dataset.name}"  # noqa: S608 our own names
    rows = generation(AS_IT_IS).connection.cursor().execute(sql).fetchall()
    assert cells(frame, names) == Counter(tuple(map(in_sql, each)) for each in rows)
    assert [*frame.columns] == [each.name for each in frame_columns(dataset)]
    assert {each.name: str(frame[each.name].dtype) for each in frame_columns(dataset)} == {
        each.name: each.type for each in frame_columns(dataset)
    }


@pytest.mark.parametrize(("reader", "hidden"), HIDDEN, ids=["executive", "viewer", "limited"])
def test_what_a_reader_may_not_see_is_no_column_and_stands_in_no_cell(
    reader: Sight, hidden: set[Secrecy]
) -> None:
    for dataset in DATASETS:
        frame = told(AS_IT_IS, reader).get(dataset.name)
        if frame is None:
            continue
        cut = {each.name for each in frame_columns(dataset) if each.secrecy in hidden}
        assert cut & {*frame.columns} == set()
        assert frame.attrs["withheld"] == sorted(cut)
        whole = frame.to_csv() + str(frame.attrs)
        planted = {
            str(value)
            for (name, column), value in planted_values().items()
            if name == dataset.name and (column in cut or column not in frame)
        }
        assert [value for value in planted if value in whole] == []


def test_a_planted_word_is_told_to_who_may_see_it() -> None:
    spend = told(AS_IT_IS, EXECUTIVE)["azure_spend"]
    assert planted_values()["azure_spend", "cost"] in set(spend["cost"])
    who = told(AS_IT_IS, ADMIN)["activity"]["who"]
    assert str(planted_values()["activity", "who"]) in set(who)


def test_a_limited_readers_frames_have_their_customers_alone() -> None:
    names = {each.id: each.name for each in generation(AS_IT_IS).people.customers}
    others = {name for tenant, name in names.items() if tenant not in CLEO_SEES}
    frames = told(AS_IT_IS, LIMITED)
    assert len(frames) > 15
    for frame in frames.values():
        if "tenant" in frame:
            assert set(frame["tenant"].cat.categories) <= set(CLEO_SEES)
            assert others.isdisjoint(frame["customer"].cat.categories)


@pytest.mark.parametrize(
    ("reader", "twin"),
    [
        (LIMITED, "other customers"),
        (VIEWER, "other money and persons"),
        (EXECUTIVE, "other persons"),
    ],
    ids=["customers", "viewer", "persons"],
)
def test_frames_are_the_same_in_a_world_that_differs_in_what_is_hidden(
    reader: Sight, twin: str
) -> None:
    here, there = told(AS_IT_IS, reader), told(twin, reader)
    assert here.keys() == there.keys()
    for name, frame in here.items():
        pd.testing.assert_frame_equal(frame, there[name], obj=name)
        assert frame.attrs == there[name].attrs


@pytest.mark.parametrize("name", ["deployment", "activity", "customer_list", "insights_seats"])
def test_rows_since_a_day_are_those_of_it_and_later(name: str) -> None:
    whole, day = told(AS_IT_IS, ADMIN)[name], date(2026, 10, 1)
    frame = dataset_frame(Facts(generation(AS_IT_IS), ADMIN), name, day)
    midnight = pd.Timestamp(day)
    if name == "customer_list":
        expected = whole[whole["until"].isna() | (whole["until"] > midnight)]
    else:
        time = whole[whole.columns[0]]
        expected = whole[time.dt.tz_localize(None) >= midnight]
    assert 0 < len(frame) <= len(whole)
    assert len(frame) == len(expected)


def test_amounts_are_decimals_to_the_last_digit() -> None:
    spend = told(AS_IT_IS, ADMIN)["azure_spend"]
    known = [each for each in spend["cost"] if each is not None]
    assert {type(each) for each in known} == {Decimal}
    assert spend.attrs["units"]["cost"] == "amount in `currency`"
    assert spend.attrs["units"]["cost_usd"] == "US dollars"


def test_what_never_came_has_no_frame_since_its_sum_would_be_0(tmp_path: Path) -> None:
    sync(tmp_path, TODAY, {CUSTOMERS: {"": [row(CUSTOMERS, customer="Contoso")]}})
    found = Warehouse(tmp_path / "facts").current()
    assert found is not None
    for dataset in {*DATASETS} - {CUSTOMERS}:
        with pytest.raises(NoFrame, match=f"{dataset.name} never came"):
            dataset_frame(Facts(found, ADMIN), dataset.name)
    with pytest.raises(NoFrame, match="no dataset 'standing'"):
        dataset_frame(Facts(found, ADMIN), "standing")


def test_a_frame_has_no_column_that_its_reader_may_not_see(tmp_path: Path) -> None:
    spent = row(AZURE_SPEND, day=TODAY, cost=Decimal("4816.27"), currency="EUR")
    named = row(AUDIT, event="1", who="ines@made-up.example")
    sync(tmp_path, TODAY, {AZURE_SPEND: {"": [spent]}, AUDIT: {str(TODAY): [named]}})
    found = Warehouse(tmp_path / "facts").current()
    assert found is not None
    seen = {
        name: dataset_frame(Facts(found, its), AZURE_SPEND.name).columns.tolist()
        + dataset_frame(Facts(found, its), AUDIT.name).columns.tolist()
        for name, its in (("admin", ADMIN), ("executive", EXECUTIVE), ("viewer", VIEWER))
    }
    assert ["cost" in seen[name] for name in seen] == [True, True, False]
    assert ["who" in seen[name] for name in seen] == [True, False, False]


def test_what_is_about_no_customer_is_for_readers_who_see_all() -> None:
    facts = Facts(generation(AS_IT_IS), LIMITED)
    with pytest.raises(NoFrame, match="readers who see all"):
        dataset_frame(facts, "role_members")


def test_hostile_names_are_texts_like_any_other(tmp_path: Path) -> None:
    rows = [row(CUSTOMERS, tenant=tenant(name), customer=name, domain=name) for name in HOSTILE]
    sync(tmp_path, TODAY, {CUSTOMERS: {"": rows}})
    found = Warehouse(tmp_path / "facts").current()
    assert found is not None
    frame = dataset_frame(Facts(found, ADMIN), CUSTOMERS.name)
    assert set(frame["domain"]) == set(frame["customer"]) == set(HOSTILE)
    assert frame["domain"].isna().sum() == 0


def test_frames_have_no_way_past_the_fence() -> None:
    source = Path(frames.__file__).read_text("utf-8")
    assert ".connection" not in source
    assert source.count("facts.rows(") == 1
    assert {each.name for each in LICENCES} <= told(AS_IT_IS, LIMITED).keys()
