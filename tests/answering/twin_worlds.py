"""The made-up partner told twice: with other money and other persons, or with other customers than
one reader sees.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path

from analytics.demo.pages import CLEO_SEES
from analytics.demo.stories import made_up_tenant
from analytics.offers import offer_name
from analytics.tables import (
    LICENCES,
    SUBSCRIPTIONS,
    Batch,
    Cell,
    CellType,
    Column,
    Dataset,
    Row,
    Secrecy,
)
from analytics.values import OWN, TenantId
from analytics.warehouse.building.build import Load, build_history
from analytics.warehouse.marks import Mark, Reason
from bot.partners import facts_folder
from tests.conftest import NOW
from tests.run_cache import built_once
from tests.sources.demo_reading import loads

HISTORY = timedelta(days=200)
"""Licences of the worlds: enough for six months, and quick to build."""

SAME_NAMES = ("Contoso", "FABRIKAM BIKES", "Contoso Exchange", "Last 90 days", "Help")
"""Names of hidden customers that look like a visible one's, or like something else one types."""

TWIN = "of the other world"

ONE_NAME = "two of one name"
SECOND = "Fabrikam Bikes"
"""The customer who is called Contoso there."""
TIMES = Decimal("3.07")
"""All amounts are so many times as much, so that they fit one another as before."""

Cells = dict[str, Cell]


@dataclass(frozen=True)
class Twin:
    """How a world differs: in what a row becomes, and in what marks say."""

    rows: Callable[[Dataset, Cells], Iterator[Cells]]
    mark: Callable[[Mark], Mark] = lambda mark: mark


def world_of(name: str) -> Path:
    """A data folder with the facts of that world, for looking only."""
    return built_once(f"twin-{name}", lambda folder: _build(folder, WORLDS[name]))


def _build(folder: Path, twin: Twin) -> None:
    build_history(
        facts_folder(folder, OWN), [_told(twin, load) for load in (loads()[0], loads()[-1])]
    )


def _told(twin: Twin, load: Load) -> Load:
    batches = tuple(_other(twin, batch) for batch in load.batches)
    return replace(load, batches=batches, marks=tuple(map(twin.mark, load.marks)))


def _other(twin: Twin, batch: Batch) -> Batch:
    names = [column.name for column in batch.dataset.columns]
    rows = (dict(zip(names, row, strict=True)) for row in batch.rows if _recent(batch, row))
    told = (tuple(cells.values()) for row in rows for cells in twin.rows(batch.dataset, row))
    return replace(batch, rows=tuple(told))


def _recent(batch: Batch, row: Row) -> bool:
    day = row[batch.dataset.at("day")] if batch.dataset in LICENCES else None
    return not isinstance(day, date) or day > NOW.date() - HISTORY


def _same(_dataset: Dataset, cells: Cells) -> Iterator[Cells]:
    yield cells


def _with_other(*kinds: Secrecy) -> Callable[[Dataset, Cells], Iterator[Cells]]:
    """Every cell of these kinds another one, texts also where they are empty; keys and rows stay as
    they are.
    """

    def rows(dataset: Dataset, cells: Cells) -> Iterator[Cells]:
        hidden = [c for c in dataset.columns if c.secrecy.kinds & set(kinds)]
        yield cells | {c.name: _another(c, cells[c.name]) for c in hidden}

    return rows


def _another(column: Column, cell: Cell) -> Cell:
    if column.secrecy is Secrecy.MONEY:
        return cell * _times(column) if isinstance(cell, Decimal) else cell
    if column.on_request:
        return _with_another_person(str(cell or "null"))
    return f"{str(cell or '')[::-1]} {TWIN}"


def _times(column: Column) -> Decimal:
    """How many times an amount: budgets twice as many, so that half of each is used, as it says."""
    if column.per_cent:
        return Decimal("0.5")
    return TIMES * 2 if column.name == "budget" else TIMES


def _with_another_person(text: str) -> str:
    """The JSON of a record that names another person, and the same seats."""
    value = json.loads(text)
    if isinstance(value, list):
        return json.dumps([*value, {"key": "By", "value": TWIN}])
    return json.dumps({**(value or {}), "DisplayName": TWIN})


@cache
def hidden_places() -> Mapping[TenantId, int]:
    """Customers whom Cleo does not see, each with a number."""
    listed = {
        str(row[batch.dataset.at("tenant")])
        for batch in loads()[-1].batches
        if batch.dataset in LICENCES
        for row in batch.rows
    }
    return {TenantId(each): at for at, each in enumerate(sorted(listed - set(CLEO_SEES)))}


@cache
def bought_offers() -> frozenset[str]:
    """Offers that customers bought whom Cleo sees."""
    return frozenset(
        offer_name(str(row[SUBSCRIPTIONS.at("offer")]))
        for batch in loads()[-1].batches
        if batch.dataset is SUBSCRIPTIONS
        for row in batch.rows
        if row[SUBSCRIPTIONS.at("tenant")] in CLEO_SEES
    )


def _other_customers(dataset: Dataset, cells: Cells) -> Iterator[Cells]:
    """Rows as they are of those whom Cleo sees, and of offers that they bought. Of the others a
    fifth is gone, a fifth has other figures, a fifth is there twice, and a fifth has another name;
    of rows about no customer each says something else.
    """
    tenant = cells.get("tenant")
    if tenant in CLEO_SEES or (dataset.of_offers and cells["offer"] in bought_offers()):
        yield cells
        return
    at = hidden_places().get(TenantId(str(tenant)), 1)
    if at % 5 == 1:
        cells = cells | {c.name: _more(c, cells[c.name]) for c in dataset.columns if not c.key}
    if at % 5 == 2:
        yield _called(cells, f"Added {at}") | {"tenant": made_up_tenant(f"added {at}")}
    if at % 5 == 3:
        cells = _called(cells, SAME_NAMES[at // 5 % len(SAME_NAMES)])
    if at % 5:
        yield cells


def _more(column: Column, cell: Cell) -> Cell:
    """Another count or amount; all else stays, so that the row is read as before."""
    if column.secrecy is Secrecy.MONEY:
        return _another(column, cell)
    return cell + 17 if column.kind is CellType.COUNT and isinstance(cell, int) else cell


def _called(cells: Cells, name: str) -> Cells:
    named: Cells = {"customer": name, "domain": "contoso.onmicrosoft.example"}
    return cells | {column: cell for column, cell in named.items() if column in cells}


def _second_contoso(_dataset: Dataset, cells: Cells) -> Iterator[Cells]:
    """Rows as they are, but that Fabrikam Bikes is called as another customer is."""
    named = {"customer": "Contoso"} if cells.get("tenant") == made_up_tenant(SECOND) else {}
    yield cells | {column: cell for column, cell in named.items() if column in cells}


def _counted_otherwise(mark: Mark) -> Mark:
    """The mark with other counts of customers."""
    told = ({name: f"9{text}" for name, text in each.values.items()} for each in mark.reasons)
    reasons = zip(mark.reasons, told, strict=True)
    return replace(mark, reasons=tuple(Reason(each.sentence, its) for each, its in reasons))


WORLDS = {
    "as it is": Twin(_same),
    "other persons": Twin(_with_other(Secrecy.PERSON)),
    "other money and persons": Twin(_with_other(Secrecy.MONEY, Secrecy.PERSON)),
    "other customers": Twin(_other_customers, _counted_otherwise),
    ONE_NAME: Twin(_second_contoso),
}
