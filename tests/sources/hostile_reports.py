"""Reports of Insights, of the API and of the portal that must be refused."""

import json

from tests.sources.building import TENANT, deployed, sheet

Item = dict[str, object]


def office(**changes: object) -> Item:
    """A row of the Office report: 30 people of 50 seats in October."""
    return {
        "CustomerTenantId": TENANT,
        "WorkloadName": "Exchange",
        "Month": "2026-10",
        "PaidAvailableUnits": 50,
        "MonthlyActiveUsers": 30,
        "CustomerName": "Contoso",
        "IsDuplicateRowForPGA": 0,
        **changes,
    }


def dynamics(**changes: object) -> Item:
    """A row of the Dynamics report: 45 of 100 seats in use, as a fraction."""
    return {
        "CustomerTenantId": TENANT,
        "SubscriptionId": "83ef9d05-4169-4ef9-9657-0e86b1eab1de",
        "Month": "2026-10",
        "RevSumDivisionName": "Dynamics",
        "AvailableSeats": 100,
        "ActiveSeats": 45,
        "ActiveUsagePercent": "0.45",
        **changes,
    }


def customer_page(total: int) -> bytes:
    """A page of one customer, of `total`."""
    company = {"tenantId": TENANT, "companyName": "Contoso", "domain": "contoso.example"}
    items = [{"id": TENANT, "companyProfile": company, "relationshipToPartner": "reseller"}]
    return json.dumps({"totalCount": total, "items": items}).encode()


_MONTH = {"row": 2, "column": "Month"}

HOSTILE_REPORTS: dict[str, tuple[bytes | str, str, dict[str, object]]] = {
    "a month that may be two": (
        sheet(office(Month="03/04/2026")),
        "import-not-a-month",
        {**_MONTH, "found": "03/04/2026"},
    ),
    "a month of two digits": (
        sheet(office(Month="10")),
        "import-not-a-month",
        {**_MONTH, "found": "10"},
    ),
    "a thirteenth month": (
        sheet(office(Month="2026-13")),
        "import-not-a-month",
        {**_MONTH, "found": "2026-13"},
    ),
    "negative seats in a report": (
        sheet(office(PaidAvailableUnits=-1)),
        "import-negative",
        {"row": 2, "column": "PaidAvailableUnits", "found": "-1"},
    ),
    "a duplicate mark that is none": (
        sheet(office(IsDuplicateRowForPGA="maybe")),
        "import-not-a-flag",
        {"row": 2, "column": "IsDuplicateRowForPGA", "found": "maybe"},
    ),
    "fractions and percents in one column": (
        sheet(dynamics(), dynamics(ActiveUsagePercent="45")),
        "import-mixed-scales",
        {"column": "ActiveUsagePercent"},
    ),
    "a share that is no number": (
        sheet(dynamics(ActiveUsagePercent="1e999")),
        "import-not-a-number",
        {"row": 2, "column": "ActiveUsagePercent", "found": "1e999"},
    ),
    "two reports in one table": (
        sheet({**office(), "AppName": "Trello", "DateKey": "202610", "UserCount": 3}),
        "import-both",
        {},
    ),
    "a heading twice in two spellings": (
        "Month,WORKLOAD_NAME,Workload Name,CustomerTenantId,PaidAvailableUnits\n",
        "import-double-column",
        {"row": 1, "column": "workloadname"},
    ),
    "a hundred thousand columns": (
        ",".join(f"column{number}" for number in range(100_000)) + "\n",
        "import-too-many-columns",
        {"limit": 100},
    ),
    "50 MB in one cell": (
        sheet(office()) + f'{TENANT},"' + "x" * 50_000_000 + '",2026-10,1,1,x,0\n',
        "import-cell-too-long",
        {"row": 3},
    ),
    "NUL in a later cell": (
        sheet(office(), office(PaidAvailableUnits="5\0")) + " " * 5000,
        "import-binary",
        {},
    ),
    "UTF-8 by name, UTF-16 within": (
        b"\xef\xbb\xbf" + sheet(office()).encode("utf-16-le"),
        "import-binary",
        {},
    ),
    "a page that says another follows": (
        customer_page(1).replace(b"{", b'{"links": {"next": {"uri": "/customers?size=1"}}, ', 1),
        "import-page-follows",
        {"found": "customers?size=1"},
    ),
    "a second page alone": (
        customer_page(1).replace(b"{", b'{"links": {"self": {"uri": "/customers?skip=2"}}, ', 1),
        "import-page-before",
        {},
    ),
    "two rows about the same": (
        sheet(deployed(), deployed(licensesSold=60)),
        "import-contradiction",
        {"row": 2, "other": 3, "found": "licensesSold 50 / 60"},
    ),
    "a field twice in an item": (
        '{"value": [{"licensesSold": 1, "licensesSold": 2}]}',
        "import-double-field",
        {"column": "licensesSold"},
    ),
    "one page of two": (customer_page(2), "import-not-all", {"found": 1, "limit": 2}),
}
