"""The made-up partner several times over: what a partner with some hundred customers has."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from uuid import NAMESPACE_DNS, uuid5

from analytics.sources.files.downloads import merge, read_download
from analytics.warehouse.building.build import build
from tests.sources.demo_reading import licence_files


def grown_pages(today: date, times: int) -> Iterator[tuple[str, bytes]]:
    """The made-up pages, every customer on them so many times under other names."""
    for name, raw in licence_files(today):
        page = json.loads(raw)
        page["Value"] = [_twin(row, n) for n in range(times) for row in page["Value"]]
        page["TotalCount"] *= times
        yield name, json.dumps(page).encode()


def build_grown(folder: Path, today: date, times: int) -> None:
    """Their facts, where the program looks for them."""
    batches = merge([read_download(name, raw, today) for name, raw in grown_pages(today, times)])
    build(folder, batches, {"made_up": "yes", "built": f"{today}T00:00:00+00:00"}, anew=True)


def twin_name(name: str, n: int) -> str:
    """What the n-th twin of a customer is called; the first is the customer itself."""
    return f"{name} {n:02}" if n else name


def _twin(row: dict[str, object], n: int) -> dict[str, object]:
    if not n:
        return row
    tenant = str(uuid5(NAMESPACE_DNS, f"{row['customerTenantId']}-{n}")).upper()
    name = twin_name(str(row["customerName"]), n) if row.get("customerName") else None
    return {**row, "customerTenantId": tenant, "customerName": name}
