"""Results and facts as pandas DataFrames, for notebooks: the only home of pandas.

A frame is cut to its reader as every answer is, since it is made of Facts, which hold a Sight. The
columns of a dataset's frame are in docs/datasets.md, those of a result in docs/results.md.
"""

import datetime
from collections.abc import Iterable, Mapping
from decimal import Decimal
from enum import Enum
from typing import TypeAlias

import pandas as pd

from analytics.questions.flat_result import FlatColumn, FlatTable, flat_result
from analytics.tables import DATASETS, LICENCES, CellType, Dataset, Memory
from analytics.tables.frame_columns import CATEGORY, TEXT, FrameColumn, frame_columns
from analytics.values import TenantId, without_zeros
from analytics.warehouse.facts import Facts, Generation
from analytics.warehouse.row_fence import withheld_columns
from analytics.warehouse.schema import columns, in_sql, span

Frame: TypeAlias = pd.DataFrame
"""For callers, who do not import pandas."""

Attributes = dict[str, object]
"""Facts about a frame, in its `attrs`: plain values, so that a file may keep them."""

_RESULT_TYPES = {
    bool: "boolean",
    int: "Int64",
    float: "Float64",
    datetime.datetime: "datetime64[us, UTC]",
    datetime.date: "datetime64[s]",
    Enum: CATEGORY,
    str: TEXT,
}
"""Column type by the kind of a result's cells; all others are `object`."""

_NAMES = {"product_name": "product", "workload_name": "workload", "service_name": "service"}
"""Columns with the newest name of a code that stands in another column."""


_TIMES = (CellType.DAY, CellType.MONTH, CellType.MOMENT)
"""Kinds of the column that says when a row was; the first of them counts."""


class NoFrame(LookupError):
    """There are no rows to make a frame of, for a reason: an empty frame would sum up to 0."""


def result_frames(result: object) -> dict[str, Frame]:
    """Return a result as frames by name: `result` has one row with its own figures, every list of
    the result is a frame of its own. Figures that are not known are NA.

    `attrs` has `units` and `sources` by column, and `unknown`: the number of figures that are not
    known, by column and reason. Raises TypeError if it is no result.
    """
    return {name: _result_frame(table) for name, table in flat_result(result).items()}


def dataset_frame(facts: Facts, name: str, since: datetime.date | None = None) -> Frame:
    """Return the rows of a dataset that the reader of these facts may see, under the names of
    today: all, or those of this day and later, which of rows with `until` are those that stood
    then. Columns of money and persons that the reader may not see are missing, and are listed
    in `attrs["withheld"]`; sealed ones are never there.

    Raises NoFrame if there is no such dataset, if it never came, or if its rows are about no
    customer and the reader does not see all of them.
    """
    dataset = _askable(facts, name)
    hidden = withheld_columns(dataset, facts.sight)
    told = [each for each in frame_columns(dataset) if each.name not in hidden]
    cells = _cells(facts, dataset, hidden, since)
    frame: Frame = pd.DataFrame({each.name: _series(cells[each.name], each.type) for each in told})
    frame.attrs.update(_attributes(facts, dataset, told))
    return frame


def _askable(facts: Facts, name: str) -> Dataset:
    dataset = next((each for each in DATASETS if each.name == name), None)
    if dataset is None:
        raise NoFrame(f"there is no dataset {name!r}; docs/datasets.md lists all")
    if not _has_come(facts.generation, dataset):
        raise NoFrame(f"{name} never came: nothing is known of it, which is not 0")
    about_none = "tenant" not in {each.name for each in dataset.columns} and not dataset.of_offers
    if about_none and not facts.sees_all:
        raise NoFrame(f"{name} is about no customer: it is for readers who see all customers")
    return dataset


def _has_come(generation: Generation, dataset: Dataset) -> bool:
    """Check whether the dataset came at least once; licence datasets have a table before."""
    if dataset in LICENCES:
        return any(each.dataset == dataset.name for each in generation.snapshots)
    return dataset.name in generation.tables


def _cells(
    facts: Facts, dataset: Dataset, hidden: Iterable[str], since: datetime.date | None
) -> dict[str, list[object]]:
    """Return the cells of each column, read through the fence."""
    names = [n for n in (*columns(dataset), *span(dataset)) if n not in set(map(in_sql, hidden))]
    order = ", ".join(names)
    young = _since_sql(dataset) if since else "true"
    sql = f"SELECT {order} FROM {{{dataset.name}}} WHERE {young} ORDER BY {order}"  # noqa: S608 names are those of tables/
    rows = facts.rows(sql, **({"since": since} if since else {}))
    cells: dict[str, list[object]] = {
        name.strip('"'): [row[at] for row in rows] for at, name in enumerate(names)
    }
    for name, code in _NAMES.items():
        if name not in cells and code in cells:
            named = {each: facts.name(f"{code}s", str(each)) for each in set(cells[code])}
            cells[name] = [named[each] for each in cells[code]]
    if "tenant" in cells and "customer" not in cells:
        cells["customer"] = _customer_names(facts, cells["tenant"])
    return cells


def _since_sql(dataset: Dataset) -> str:
    """Return an SQL condition for rows of a day and later; months are those that begin then.
    Raises NoFrame if the rows have no day.
    """
    if dataset.memory is Memory.SPANS:
        return '("until" IS NULL OR "until" > $since)'
    times = (each.name for each in dataset.columns if each.kind in _TIMES)
    if (time := next(times, None)) is None:
        raise NoFrame(f"rows of {dataset.name} have no day")
    return f"{in_sql(time)} >= $since"


def _customer_names(facts: Facts, tenants: list[object]) -> list[object]:
    """Return customers' names as the reader knows them; None for one whom no list names."""
    found = {each: facts.customer(TenantId(str(each))) for each in set(tenants) if each}
    names = {each: customer.name for each, customer in found.items() if customer}
    return [names.get(each) for each in tenants]


def _attributes(facts: Facts, dataset: Dataset, told: list[FrameColumn]) -> Attributes:
    """Return what the frame says of itself: its dataset, units, sources, and how whole it is."""
    generation, mark = facts.generation, facts.marks.get(dataset.name)
    seen = [each for each in generation.snapshots if each.dataset == dataset.name]
    return {
        "dataset": dataset.name,
        "endpoint": dataset.endpoint,
        "units": {each.name: each.unit for each in told if each.unit},
        "sources": {each.name: each.field for each in told if each.field},
        "withheld": sorted(each.name for each in frame_columns(dataset) if each not in told),
        "not asked yet": sorted(generation.lacks.get(dataset.name, ())),
        "incomplete days": sorted({each.day.isoformat() for each in seen if each.missing}),
        "complete as of": mark.as_of.isoformat() if mark and mark.as_of else None,
        "reasons": [each.sentence for each in mark.reasons] if mark else [],
        "stands": dataset.memory is Memory.SPANS,
        "made up": generation.made_up,
        "generation": generation.number,
    }


def _result_frame(table: FlatTable) -> Frame:
    found: Mapping[str, FlatColumn] = table.columns
    frame: Frame = pd.DataFrame(
        {
            name: _series(column.cells, _RESULT_TYPES.get(column.kind, "object"))
            for name, column in found.items()
        }
    )
    told: Attributes = {
        "units": {name: column.unit for name, column in found.items() if column.unit},
        "sources": {name: column.source for name, column in found.items() if column.source},
        "unknown": {name: column.unknown for name, column in found.items() if column.unknown},
    }
    frame.attrs.update(told)
    return frame


def _series(cells: list[object], kind: str) -> pd.Series:
    """Return cells as a column of this type; None becomes NA. Categories are those of the cells
    alone: a list of all that there are would tell of other customers.
    """
    if kind == CATEGORY:
        return pd.Series(pd.Categorical(pd.array(cells, dtype=TEXT)))
    if kind == "object":
        return pd.Series([_shortest(each) for each in cells], dtype=kind)
    return pd.Series(cells, dtype=kind)


def _shortest(cell: object) -> object:
    """Return a decimal without zeros at its end; its value is the same."""
    return without_zeros(cell) if isinstance(cell, Decimal) else cell
