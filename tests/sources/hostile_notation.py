"""Files that can be read in two ways, or whose dressing hides something, and must be refused."""

import gzip

from tests.sources.building import deployed, page, sheet
from tests.sources.hostile_files import BODY, DAY, HEAD
from tests.sources.items import INSIGHT, spend

HOSTILE_NOTATION: dict[str, tuple[bytes | str, str, dict[str, object]]] = {
    "a picture in a gzip": (gzip.compress(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"), "import-binary", {}),
    "a gzip cut off": (gzip.compress(page(deployed()))[:-9], "import-zip-broken", {}),
    "a gzip that is none": (b"\x1f\x8b" + b"x" * 40, "import-zip-broken", {}),
    "a gzip in a gzip": (
        gzip.compress(gzip.compress(page(deployed()))),
        "import-zip-in-zip",
        {"found": "some.file"},
    ),
    "5 MB in 5 kB of gzip": (
        gzip.compress(b"\n" * 5_000_000),
        "import-zip-bomb",
        {"limit": 512},
    ),
    "a sum between the rows": (
        f"{HEAD}\n{BODY}\nTotal,,,,,,,,40,50\n{BODY}",
        "import-total-row",
        {"row": 3},
    ),
    "text between the rows": (
        f"{HEAD}\n{BODY}\n\nApplied filters: none\n{BODY}",
        "import-note-between",
        {"row": 4, "found": "Applied filters: none"},
    ),
    "a number that may be two": (
        sheet(spend("12.500")),
        "import-two-numbers",
        {"row": 2, "column": "totalCost", "found": "12.500", "one": "12.5", "two": "12500"},
    ),
    "seats that may be two": (
        sheet(deployed(licensesSold="2.000")),
        "import-two-numbers",
        {"row": 2, "column": "licensesSold", "found": "2.000", "one": "2", "two": "2000"},
    ),
    "numbers in two ways": (
        sheet(spend("12,5"), spend("12.25")),
        "import-mixed-numbers",
        {"row": 3, "column": "totalCost", "found": "12.25", "other": 2, "second": "12,5"},
    ),
    "another currency": (
        sheet(spend("12.25 USD")),
        "import-other-currency",
        {"row": 2, "column": "totalCost", "found": "12.25 USD", "wanted": "EUR"},
    ),
    "a day that may be two": (
        page(deployed(processedDateTime="03/04/2026")),
        "import-two-days",
        {**DAY, "found": "03/04/2026", "one": "2026-03-04", "two": "2026-04-03"},
    ),
    "days in two orders": (
        page(
            deployed(processedDateTime="21/11/2026"),
            deployed(processedDateTime="11/20/2026"),
        ),
        "import-mixed-days",
        {**DAY, "row": 2, "found": "11/20/2026", "other": 1, "second": "21/11/2026"},
    ),
    "a year of two digits": (
        page(deployed(processedDateTime="11/21/26")),
        "import-year-short",
        {**DAY, "found": "11/21/26"},
    ),
    "a spreadsheet's number for a day": (
        sheet(deployed(processedDateTime="46347")),
        "import-serial-day",
        {**DAY, "row": 2, "found": "46347"},
    ),
    "an instant that may be two days": (
        page(deployed(processedDateTime="/Date(1795215600000)/")),
        "import-instant-day",
        {**DAY, "found": "/Date(1795215600000)/"},
    ),
    "an end in 1970": (
        page({**INSIGHT, "creationDate": "1970-01-01"}),
        "import-strange-year",
        {"row": 1, "column": "creationDate", "found": "1970-01-01"},
    ),
}
