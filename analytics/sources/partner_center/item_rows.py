"""Conversion of an answer's items to checked rows of a dataset."""

import json
from collections.abc import Mapping, Sequence
from datetime import date

from analytics.sources.files.bad_file import LIMITS, BadFile
from analytics.sources.files.cells import checked_rows
from analytics.sources.files.portal import record_with_id
from analytics.sources.files.sheets import Sheet
from analytics.sources.partner_center.later_cells import later_cells
from analytics.sources.partner_center.trouble import Nonsense
from analytics.tables import AUDIT, SUBSCRIPTIONS, Column, Dataset, Row

Item = Mapping[str, object]


def rows_of(
    dataset: Dataset,
    items: Sequence[Item],
    given: Mapping[str, str],
    today: date,
    day: date | None = None,
) -> list[Row]:
    """Return every item as a row; `given` are fields that stand in the call, not in the answer.
    Raises Nonsense, which names the field, if a value does not fit its column, or if a row is of
    another day than the one asked for; then no row is kept.
    """
    if not items:
        return []
    told = later_cells if dataset is SUBSCRIPTIONS else _nothing_more
    cells = [
        tuple(_cell(column, item, {**given, **more}) for column in dataset.columns)
        for item, more in ((each, told(each, today)) for each in items)
    ]
    if dataset is AUDIT:
        cells = [record_with_id(row) for row in cells]
    try:
        rows = checked_rows("", Sheet(dataset, cells, list(range(len(cells)))), today, LIMITS)
    except BadFile as bad:
        field = str(bad.values.get("column", "–"))
        raise Nonsense("sync-why-cell", field=field) from bad
    if day and any(str(row[0])[:10] != day.isoformat() for row in rows):
        raise Nonsense("sync-why-other-day", field=dataset.columns[0].field)
    return rows


def _nothing_more(_item: Item, _today: date) -> Mapping[str, object]:
    return {}


def _cell(column: Column, item: Item, given: Mapping[str, object]) -> object:
    if column.field in given:
        return given[column.field]
    found = (_at(item, path) for path in (column.field, *column.aliases))
    value = next((each for each in found if each is not None), None)
    if isinstance(value, dict | list):
        return json.dumps(value, sort_keys=True, ensure_ascii=False, default=str)
    return value


def _at(item: object, path: str) -> object:
    for name in path.split("."):
        item = item.get(name) if isinstance(item, dict) else None
    return item
