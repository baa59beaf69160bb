"""The Insights workspace of a stand-in: queries, scheduled reports, executions, links to rows."""

import csv
import io
import re
import secrets
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from aiohttp import web

from analytics.tables import INSIGHTS
from analytics.tables.columns import CellType, Column, Dataset
from tests.partner_center.company import Company, Item

ROOT = "/insights/v1/mpn"
_QUERY = re.compile(r"SELECT (?P<columns>[\w, ]+) FROM (?P<dataset>\w+)( TIMESPAN \w+)?", re.I)
Handling = Callable[[web.Request], Awaitable[web.StreamResponse]]
Wrapping = Callable[[Handling], Handling]


@dataclass
class Reporting:
    """Of one company. A report's rows are there once its execution was asked for so often."""

    company: Company
    after: int = 1
    """How many times an execution is not there yet (404)."""
    redacted: bool = False
    flagged: bool = False
    """Whether every row is marked as one that another location reports."""
    offered: frozenset[str] = frozenset(dataset.endpoint for dataset in INSIGHTS)
    """Reports that the account's catalogue has, in its spelling."""
    link_over: bool = False
    """Whether links have run out."""
    leaked: list[str] = field(default_factory=list)
    """Tokens that came with a download, where none belongs."""
    queries: list[Item] = field(default_factory=list)
    reports: list[Item] = field(default_factory=list)
    looks: Counter[str] = field(default_factory=Counter)
    signatures: dict[str, Item] = field(default_factory=dict)

    def add_to(self, app: web.Application, guarded: Wrapping, spoiling: Wrapping) -> None:
        """Its routes; `guarded` refuses calls without a token, `spoiling` only spoils some."""
        for method, path, handling in (
            ("GET", "ScheduledDataset", self._datasets),
            ("GET", "ScheduledQueries", self._listed_queries),
            ("POST", "ScheduledQueries", self._query),
            ("GET", "ScheduledReport", self._listed_reports),
            ("POST", "ScheduledReport", self._report),
            ("GET", "ScheduledReport/execution/{report}", self._execution),
        ):
            app.router.add_route(method, f"{ROOT}/{path}", guarded(handling))
        app.router.add_get("/__reports/{signature}", spoiling(self._download))

    def rows(self, dataset: Dataset, columns: list[Column]) -> list[list[str]]:
        """A report's rows: two a customer."""
        return [
            [self._cell(dataset, column, at, month) for column in columns]
            for at in range(self.company.customers)
            for month in (9, 10)
        ]

    def _cell(self, dataset: Dataset, column: Column, at: int, month: int) -> str:
        """Something of the column's kind; what says that a row is doubled says that it is not."""
        amount = (len(dataset.name) + len(column.name) + at * 7 + month) % 50
        plain = {
            CellType.TENANT: self.company.tenants[at].upper(),
            CellType.MONTH: f"2026-{month:02}-01",
            CellType.DAY: f"2026-{month:02}-15",
            CellType.DATE: f"{month}/15/2026",
            CellType.MOMENT: f"2026-{month:02}-15T08:09:10.1234567Z",
            CellType.COUNT: str(amount),
            CellType.NUMBER: f"{amount}.25",
            CellType.FLAG: str(int(self.flagged)) if "dup" in column.name.lower() else str(at % 2),
        }
        name = self.company.name(at) if column.name == "customer" else f"{column.field} {at}"
        return plain.get(column.kind, name)

    async def _datasets(self, _request: web.Request) -> web.Response:
        spelt = {name.lower(): name for name in self.offered}
        return self._enveloped(
            [
                {
                    "datasetName": spelt[each.endpoint.lower()],
                    "selectableColumns": [column.field for column in each.columns],
                    "availableMetrics": [],
                    "availableDateRanges": ["LAST_MONTH", "LAST_6_MONTHS", "LIFETIME"],
                    "minimumRecurrenceInterval": 24,
                }
                for each in INSIGHTS
                if each.endpoint.lower() in spelt
            ]
        )

    async def _listed_queries(self, request: web.Request) -> web.Response:
        return self._enveloped(_named(self.queries, request, queryId="queryId", queryName="name"))

    async def _query(self, request: web.Request) -> web.Response:
        said = await request.json()
        if not _QUERY.fullmatch(said.get("Query", "")) or not said.get("Name"):
            return _refused(400, "Query is not valid")
        query = {"queryId": self._id(self.queries, 1), "name": said["Name"], "type": "userDefined"}
        self.queries.append({**query, "description": None, "query": said["Query"], "user": "a@b.c"})
        return self._enveloped(self.queries[-1:])

    async def _listed_reports(self, request: web.Request) -> web.Response:
        names = {"reportId": "reportId", "reportName": "reportName", "queryId": "queryId"}
        return self._enveloped(_named(self.reports, request, **names))

    async def _report(self, request: web.Request) -> web.Response:
        said = await request.json()
        query = next((q for q in self.queries if q["queryId"] == said.get("QueryId")), None)
        if query is None or not {"ReportName", "StartTime", "RecurrenceInterval"} <= said.keys():
            return _refused(400, "Report is not valid")
        report = {"reportId": self._id(self.reports, 2), "reportName": said["ReportName"]}
        more = {"queryId": query["queryId"], "query": query["query"], "reportStatus": "Active"}
        its = {"startTime": said["StartTime"], "executeNow": bool(said.get("ExecuteNow"))}
        self.reports.append({**report, **more, **its, "format": said.get("Format", "csv").lower()})
        return self._enveloped(self.reports[-1:])

    async def _execution(self, request: web.Request) -> web.Response:
        wanted = request.match_info["report"]
        report = next((each for each in self.reports if each["reportId"] == wanted), None)
        self.looks[wanted] += 1
        if report is None or self.looks[wanted] <= self.after:
            return _refused(404, "No execution found")
        signature = secrets.token_urlsafe(12)
        self.signatures[signature] = report
        link = str(request.url.origin().with_path("/__reports/" + signature)) + "?sig=a%2Fb%3D"
        execution = {"executionId": str(UUID(int=int(UUID(wanted)) + 1000)), "reportId": wanted}
        done = {"executionStatus": "Completed", "reportAccessSecureLink": link, "format": "csv"}
        when = {"reportExpiryTime": None, "reportGeneratedTime": "2026-11-24T18:41:00Z"}
        return self._enveloped([{**execution, **done, **when}])

    async def _download(self, request: web.Request) -> web.Response:
        self.leaked.extend(request.headers.getall("Authorization", []))
        report = self.signatures.get(request.match_info["signature"])
        if report is None or self.link_over or request.query.get("sig") != "a/b=":
            return web.Response(status=403, text="<Error>AuthenticationFailed</Error>")
        dataset, columns = _asked(str(report["query"]))
        text = io.StringIO()
        csv.writer(text).writerows([[c.field for c in columns], *self.rows(dataset, columns)])
        return web.Response(
            body=b"\xef\xbb\xbf" + text.getvalue().encode(), content_type="text/csv"
        )

    def _enveloped(self, value: list[Item]) -> web.Response:
        """All there is, in one page."""
        more = {"nextLink": None, "message": None, "statusCode": 200}
        counted = {"totalCount": len(value), "dataRedacted": self.redacted}
        return web.json_response({"value": value, **more, **counted})

    def _id(self, among: list[Item], kind: int) -> str:
        return str(UUID(int=kind * 1_000_000 + len(among)))


def _asked(query: str) -> tuple[Dataset, list[Column]]:
    """What a query selects: columns go by any of their names."""
    found = _QUERY.fullmatch(query)
    assert found
    name = found["dataset"].lower()
    dataset = next(each for each in INSIGHTS if each.endpoint.lower() == name)
    spellings = {
        spelling.lower(): column
        for column in dataset.columns
        for spelling in (column.field, *column.aliases)
    }
    return dataset, [spellings[each.strip().lower()] for each in found["columns"].split(",")]


def _named(among: list[Item], request: web.Request, **fields: str) -> list[Item]:
    wanted = {fields[name]: value for name, value in request.query.items() if name in fields}
    return [each for each in among if wanted.items() <= each.items()]


def _refused(status: int, message: str) -> web.Response:
    said: dict[str, Any] = {"value": [], "nextLink": None, "totalCount": 0, "message": message}
    return web.json_response({**said, "statusCode": status, "dataRedacted": False}, status=status)
