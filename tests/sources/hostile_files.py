"""Files that must be refused: what each is, its problem, and the values of the sentence."""

import codecs
import io
import zipfile

from tests.sources.building import PAGES, deployed, page, sheet, used, without


def zipped() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
    return file.getvalue()


def lines(*items: dict[str, object]) -> list[str]:
    return sheet(*items).splitlines()


LOGIN = "<!DOCTYPE html>\n<html><head><title>Sign in to your account</title></head></html>"
HEAD, BODY = lines(deployed())
COUNT = {"row": 1, "column": "licensesSold"}
DAY = {"row": 1, "column": "processedDateTime"}
OLD = [PAGES / f"superseded-{name}.json" for name in ("deployment", "usage")]
OLD += [PAGES / f"superseded-customer-{name}.json" for name in ("deployment", "usage")]

HOSTILE: dict[str, tuple[bytes | str, str, dict[str, object]]] = {
    "nothing": (b"", "import-empty", {}),
    "blank lines": (" \r\n\t\n", "import-empty", {}),
    "a byte-order mark alone": (codecs.BOM_UTF8, "import-empty", {}),
    "a page without items": (page(TotalCount=0), "import-empty", {}),
    "an empty list": ("[]", "import-empty", {}),
    "headings alone": (HEAD + "\n", "import-empty", {}),
    "only blank rows": (HEAD + "\n,,,,,,,,,\n\n", "import-empty", {}),
    "a login page": (LOGIN, "import-html", {}),
    "a login page after blank lines": ("\n\n" + LOGIN.lower(), "import-html", {}),
    "an Excel workbook": (zipped(), "import-binary", {}),
    "an old Excel workbook": (b"\xd0\xcf\x11\xe0" + b"\0" * 99, "import-binary", {}),
    "a PDF": (b"%PDF-1.7 ...", "import-binary", {}),
    "a picture": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "import-binary", {}),
    "noughts": (b"a\0b,c", "import-binary", {}),
    "half of UTF-16": (codecs.BOM_UTF16_LE + b'{\0"', "import-binary", {}),
    "Windows' own letters": (
        sheet(deployed(), deployed(customerName="Société")).encode("cp1252"),
        "import-not-utf8",
        {"row": 3},
    ),
    "prose": (
        "Dear partner,\nplease find attached",
        "import-not-a-table",
        {"row": 1, "found": "Dear partner"},
    ),
    "another table": (
        "invoice;amount\nA1;5\n",
        "import-not-a-table",
        {"row": 1, "found": "invoice;amount"},
    ),
    "another JSON": ('{"id": 5}', "import-not-a-table", {"row": 1, "found": "{'id': 5}"}),
    "numbers in a page": (page(deployed(), 7), "import-not-a-table", {"row": 2, "found": "7"}),
    "a list of words": ('["a"]', "import-not-a-table", {"row": 1, "found": "a"}),
    "a refused call": (
        '{"code": 2032, "description": "Access denied."}',
        "import-error-reply",
        {"found": "Access denied."},
    ),
    "a throttled call": (
        '{"statusCode": 429, "message": "Rate limit is exceeded."}',
        "import-error-reply",
        {"found": "Rate limit is exceeded."},
    ),
    "half a page": (page(deployed())[:-40], "import-half", {"row": 1}),
    "a page cut in a word": (page(deployed())[:-3], "import-half", {"row": 1}),
    "a second page cut off": (
        page(deployed()) + b"\n" + page(deployed())[:99],
        "import-half",
        {"row": 2},
    ),
    "a last row cut off": (f"{HEAD}\n{BODY}\n{BODY[:60]}", "import-half", {"row": 3}),
    "a quote that never closes": (f'{HEAD}\n{BODY}\n2026-11-21,"o3', "import-half", {"row": 3}),
    "a row too short": (
        f"{HEAD}\na,b\n{BODY}",
        "import-ragged",
        {"row": 2, "found": 2, "expected": 10},
    ),
    "a row too long": (
        f"{HEAD}\n{BODY}\n{BODY},1",
        "import-ragged",
        {"row": 3, "found": 11, "expected": 10},
    ),
    "text after a quote": (
        f'{HEAD}\n"2026"-11,b',
        "import-ragged-quotes",
        {"row": 2, "found": "',' expected after '\"'"},
    ),
    "broken JSON": ('{"Value": [,]}\n', "import-broken-json", {"row": 1}),
    "JSON and more": (page(deployed()) + b"\nthe end", "import-broken-json", {"row": 2}),
    "a number without end": (
        b'{"Value": [' + b"9" * 9999 + b"]}",
        "import-broken-json",
        {"row": 1},
    ),
    "deep brackets": ("[" * 200_000, "import-too-deep", {}),
    "no sold seats in a table": (
        sheet(without(deployed(), "licensesSold")),
        "import-missing-column",
        {"row": 1, "column": "licensesSold"},
    ),
    "no names in a table": (
        sheet(without(deployed(), "customerName")),
        "import-missing-column",
        {"row": 1, "column": "customerName"},
    ),
    "no counts at all": (
        page(without(deployed(), "licensesSold", "licensesDeployed")),
        "import-missing-column",
        {"row": 1, "column": "licensesSold"},
    ),
    "no tenant in the second item": (
        page(deployed(), without(deployed(), "customerTenantId")),
        "import-missing-column",
        {"row": 2, "column": "customerTenantId"},
    ),
    "no names in any item": (
        page(without(deployed(), "customerName")),
        "import-missing-column",
        {"row": 1, "column": "customerName"},
    ),
    "a heading twice": (
        f"{HEAD},Licenses Sold\n{BODY},5",
        "import-double-column",
        {"row": 1, "column": "licensessold"},
    ),
    "both datasets in a row": (page(deployed(licensesActive=1)), "import-both", {}),
    "both datasets in a file": (page(deployed()) + page(used()), "import-both", {}),
    "a negative count": (
        page(deployed(), deployed(licensesSold=-3)),
        "import-negative",
        {"row": 2, "column": "licensesSold", "found": "-3"},
    ),
    "a negative count in a table": (
        sheet(deployed(licensesDeployed=-1)),
        "import-negative",
        {"row": 2, "column": "licensesDeployed", "found": "-1"},
    ),
    "a fraction": (
        page(deployed(licensesSold=1.5)),
        "import-not-a-count",
        {**COUNT, "found": "1.5"},
    ),
    "a truth for a count": (
        page(deployed(licensesDeployed=1), deployed(licensesDeployed=True)),
        "import-not-a-count",
        {"row": 2, "column": "licensesDeployed", "found": "True"},
    ),
    "nothing for a count": (
        page(deployed(licensesSold=None)),
        "import-not-a-count",
        {**COUNT, "found": ""},
    ),
    "not a number": (
        page(deployed(licensesSold=float("nan"))),
        "import-not-a-count",
        {**COUNT, "found": "nan"},
    ),
    "more seats than people": (
        page(deployed(licensesSold=1_000_000_001)),
        "import-not-a-count",
        {**COUNT, "found": "1000000001"},
    ),
    "digits of another script": (
        page(deployed(licensesSold="\u0665\u0660")),
        "import-not-a-count",
        {**COUNT, "found": "\u0665\u0660"},
    ),
    "a list for a count": (
        page(deployed(licensesSold=[50])),
        "import-not-a-count",
        {**COUNT, "found": "[50]"},
    ),
    "a day that is none": (
        page(deployed(processedDateTime="2026-02-30")),
        "import-not-a-day",
        {**DAY, "found": "2026-02-30"},
    ),
    "no day": (page(deployed(processedDateTime=None)), "import-not-a-day", {**DAY, "found": ""}),
    "tomorrow": (
        page(deployed(processedDateTime="2026-11-23")),
        "import-future-day",
        {**DAY, "found": "2026-11-23"},
    ),
    "a day of 1970": (
        page(deployed(processedDateTime="1970-01-01T00:00:00")),
        "import-old-day",
        {**DAY, "found": "1970-01-01T00:00:00"},
    ),
    "a tenant by its domain": (
        page(deployed(customerTenantId="contoso.onmicrosoft.com")),
        "import-not-a-tenant",
        {"row": 1, "column": "customerTenantId", "found": "contoso.onmicrosoft.com"},
    ),
    "a name in pieces": (
        page(deployed(customerName={"first": "Contoso"})),
        "import-not-a-text",
        {"row": 1, "column": "customerName", "found": "{'first': 'Contoso'}"},
    ),
    "no product": (
        page(deployed(productId="")),
        "import-empty-cell",
        {"row": 1, "column": "productId", "found": ""},
    ),
    "a name of a hundred thousand letters": (
        sheet(deployed(customerName="x" * 100_000)),
        "import-cell-too-long",
        {"row": 2, "column": "customerName", "found": "x" * 39 + "…"},
    ),
    "a code without end": (
        page(deployed(productId="9" * 101)),
        "import-cell-too-long",
        {"row": 1, "column": "productId", "found": "9" * 39 + "…"},
    ),
    "a cell that the reader itself refuses": (
        f"{HEAD}\n{'x' * 200_000}",
        "import-cell-too-long",
        {"row": 2},
    ),
    "a hundred columns and one": (
        HEAD + ",x" * 91 + "\n",
        "import-too-many-columns",
        {"limit": 100},
    ),
    "an item of a thousand fields": (
        page({f"field{number}": 0 for number in range(1000)}),
        "import-too-many-columns",
        {"limit": 100},
    ),
    **{path.stem: (path.read_bytes(), "import-old-endpoint", {}) for path in OLD},
}
