"""A page of the made-up partner, in the form in which a dataset comes: an answer of the API, or a
downloaded file.
"""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from analytics.tables import Dataset

Item = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class DemoPage:
    """One answer or file, and the day in UTC on which it was asked for."""

    dataset: Dataset
    asked: date
    name: str
    raw: bytes
    given: Mapping[str, str] | None = None
    """Fields that stand in the API's call instead of its answer; None if it is a downloaded file.
    """


def answer(
    dataset: Dataset, asked: date, items: Sequence[Item], part: str = "", **given: str
) -> DemoPage:
    """Return a REST endpoint's answer of these items. `given` has underscores for hyphens."""
    body = {"totalCount": len(items), "items": items, "attributes": {"objectType": "Collection"}}
    return _api_page(dataset, asked, body, part, given)


def analytics_answer(
    dataset: Dataset, asked: date, items: Sequence[Item], part: str = ""
) -> DemoPage:
    """Return an analytics endpoint's answer of these items, which are all there are."""
    body = {"Value": items, "@nextLink": None, "TotalCount": len(items)}
    return _api_page(dataset, asked, body, part, {})


def one_answer(dataset: Dataset, asked: date, item: Item, part: str = "", **given: str) -> DemoPage:
    """Return an answer that is one object, not a list."""
    return _api_page(dataset, asked, item, part, given)


def _api_page(
    dataset: Dataset, asked: date, body: object, part: str, given: Mapping[str, str]
) -> DemoPage:
    name = "-".join(word for word in (dataset.name, part, str(asked)) if word)
    raw = json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()
    fields = {word.replace("_", "-"): value for word, value in given.items()}
    return DemoPage(dataset, asked, f"{name}.json", raw, fields)


def sheets(
    dataset: Dataset, asked: date, rows: Iterable[Mapping[str, object]]
) -> Iterator[DemoPage]:
    """Yield a download of the Insights workspace: each row's cells by heading, empty where a row
    has none. Headings of other datasets are ignored; without rows there is no download.
    """
    text = io.StringIO(newline="")
    headings = [column.field for column in dataset.columns]
    writer = csv.DictWriter(text, headings, extrasaction="ignore", lineterminator="\r\n")
    writer.writeheader()
    empty = text.tell()
    writer.writerows(rows)
    if text.tell() > empty:
        yield DemoPage(dataset, asked, f"{dataset.endpoint}-{asked}.csv", text.getvalue().encode())
