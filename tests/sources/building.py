"""Builds download files that say only what a test is about."""

import csv
import io
import json
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from analytics.sources.files.downloads import Download, merge, read_file

TODAY = date(2026, 11, 22)
TENANT = "0112A436-B14E-4888-967B-CA4BB2CF1234"
PAGES = Path(__file__).parent / "pages"
FIELD_CASES = Path(__file__).parent / "field_cases"
"""Files as people have them, reduced; names, tenants and figures are made up."""
FIELD_DAY = date(2026, 11, 30)
"""The day they are read on."""

_SHARED = {
    "processedDateTime": "2026-11-21T00:00:00",
    "serviceCode": "o365",
    "serviceName": "Microsoft Office 365",
    "channel": "reseller",
    "customerTenantId": TENANT,
    "customerName": "Contoso",
    "productId": "6FD2C87F-B296-42F0-B197-1E91E994B900",
    "productName": "OFFICE 365 ENTERPRISE E3",
}


def deployed(**changes: object) -> dict[str, object]:
    """A deployment item: Contoso, 40 of 50 seats assigned, unless told otherwise."""
    return {**_SHARED, "licensesDeployed": 40, "licensesSold": 50, **changes}


def used(**changes: object) -> dict[str, object]:
    """A usage item: Contoso, 30 people active in Exchange of 50 entitled."""
    workload = {"workloadCode": "EXO", "workloadName": "Exchange"}
    return {**workload, **_SHARED, "licensesActive": 30, "licensesQualified": 50, **changes}


def without(item: Mapping[str, object], *fields: str) -> dict[str, object]:
    """The item with fields left out."""
    return {name: value for name, value in item.items() if name not in fields}


def page(*items: object, **envelope: object) -> bytes:
    """One page as the source answers it."""
    return json.dumps({"Value": items, "@nextLink": None, **envelope}).encode()


def sheet(*items: Mapping[str, object], delimiter: str = ",") -> str:
    """A CSV of items; its headings are the first item's fields."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter, lineterminator="\n")
    writer.writerow(items[0])
    writer.writerows(item.values() for item in items)
    return text.getvalue()


def field_case(name: str) -> Download:
    """A file of the field, read."""
    return read((FIELD_CASES / name).read_bytes(), FIELD_DAY)


def read(raw: bytes | str, today: date = TODAY) -> Download:
    """The file, read as on 22 November 2026."""
    content = raw.encode() if isinstance(raw, str) else raw
    (download,) = read_file("some.file", content, today)
    merge([download])
    return download


def column(download: Download, name: str) -> Sequence[object]:
    """One column of what was kept."""
    at = download.batch.dataset.at(name)
    return [row[at] for row in download.batch.rows]
