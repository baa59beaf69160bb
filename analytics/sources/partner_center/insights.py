"""The Insights workspace: for each dataset our query and daily report, found or created, and the
rows of its newest file. It has its own sign-in and is skipped if there is none.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from analytics.sources.files.duplicates import flag_columns, subject_columns
from analytics.sources.files.headings import plain
from analytics.sources.partner_center.answers import Answer
from analytics.sources.partner_center.client import Client
from analytics.sources.partner_center.dataset_marks import Before
from analytics.sources.partner_center.loss_guard import kept_reasons
from analytics.sources.partner_center.page_model import Bearer, Call, Paging
from analytics.sources.partner_center.progress import Watch
from analytics.sources.partner_center.report_rows import pieces
from analytics.sources.partner_center.trouble import Absent, Nonsense, Trouble, is_of_the_login
from analytics.tables import INSIGHTS, Dataset
from analytics.values import Program, tenant_id
from analytics.warehouse.building.staging import Staging
from analytics.warehouse.building.staging_files import report_file
from analytics.warehouse.marks import Mark, Reason

_ROOT = "/insights/v1/mpn"
_SPAN = "LAST_6_MONTHS"
_SOONEST = timedelta(hours=4, minutes=10)
"""A report's first run must lie at least four hours ahead."""
_DAILY, _RUNS = 24, 180
_ON = "on"
"""Continuation of a report's part while more of its file is to come; the part cannot be resumed."""

Item = Mapping[str, object]


@dataclass(slots=True)
class Insights:
    """The fetching of the Insights datasets in one sync."""

    source: Client
    staging: Staging
    now: datetime
    before: Before
    watch: Watch
    program: Program = Program.DIRECT

    async def everything(self) -> None:
        """Fetch every Insights dataset and leave a mark for each."""
        lost: Trouble | None = None
        for dataset in INSIGHTS:
            calls = sum(self.source.calls.values())
            if self.program is Program.INDIRECT_RESELLER:
                mark = self._mark(dataset, "sync-why-not-for-program")
            elif lost:
                mark = self._trouble_mark(dataset, lost)
            else:
                try:
                    mark = await self._newest(dataset)
                except Trouble as trouble:
                    lost = trouble if is_of_the_login(trouble) else None
                    mark = self._trouble_mark(dataset, trouble)
            made = sum(self.source.calls.values()) - calls
            self.staging.mark(replace(mark, calls=made))

    async def _newest(self, dataset: Dataset) -> Mark:
        """Fetch a dataset's newest file, unless it was fetched before; return its mark."""
        report, redacted = await self._report(dataset)
        try:
            found = await self._values(f"ScheduledReport/execution/{report}")
        except Absent:
            return self._mark(dataset, "sync-why-first-report")
        execution = _execution(found)
        if execution is None:
            return self._mark(dataset, "sync-why-first-report")
        part = _id(execution, "executionId")
        self.watch.begin_dataset(dataset, 1)
        known = self.before.parts.get(dataset.name, {}).get(part)
        if known is None:
            await self._read(dataset, part, str(execution["reportAccessSecureLink"]))
        self.watch.end_part(dataset, 1)
        since = self.before.since(dataset, self.now.date())
        if kept := kept_reasons(self.staging, dataset, _making_time(execution, self.now), since):
            return self.before.mark(dataset, kept)
        reasons = (Reason("sync-why-redacted"),) if redacted else ()
        return Mark(dataset.name, known or self.now.date(), reasons)

    async def _report(self, dataset: Dataset) -> tuple[str, bool]:
        """Return the id of our report, and whether the source redacts columns for the signed-in
        account. Raises Absent if the account's catalogue does not have the dataset.
        """
        name = f"Seatwise {dataset.name} v1"
        catalogue = await self._answer("ScheduledDataset", datasetName=dataset.endpoint)
        offered = [each for each in _values(catalogue) if _is_of(dataset, each)]
        if not offered:
            raise Absent("sync-why-not-offered")
        found = await self._values("ScheduledReport", reportName=name)
        live = [each for each in found if str(each.get("reportStatus")).lower() == "active"]
        if not live:
            start = (self.now + _SOONEST).strftime("%Y-%m-%dT%H:%M:%SZ")
            query = await self._query(dataset, name, offered[0])
            body: dict[str, object] = {"ReportName": name, "QueryId": query, "Format": "CSV"}
            body |= {"StartTime": start, "ExecuteNow": False}
            body |= {"RecurrenceInterval": _DAILY, "RecurrenceCount": _RUNS}
            live = _values(await self.source.send(_call("ScheduledReport"), body))
        return _id(_first(live), "reportId"), catalogue.get("dataRedacted") is True

    async def _query(self, dataset: Dataset, name: str, offered: Item) -> str:
        found = await self._values("ScheduledQueries", queryName=name)
        if not found:
            text = _text(dataset, offered)
            body = {"Name": name, "Description": "Made by Seatwise", "Query": text}
            found = _values(await self.source.send(_call("ScheduledQueries"), body))
        return _id(_first(found), "queryId")

    async def _read(self, dataset: Dataset, part: str, link: str) -> None:
        """Copy a report's file into the staging: all of it or nothing."""
        if self.staging.part(dataset, part).done:
            return
        self.staging.drop(dataset, part)
        file = report_file(self.staging.file)
        try:
            await self.source.download(link, file)
            for rows in pieces(dataset, file, self.now.date()):
                self.staging.add(dataset, part, rows, _ON)
                self.watch.add_page(dataset, len(rows), sum(self.source.calls.values()))
            if flags := flag_columns(dataset):  # the like of a flagged row may be in any piece
                self.staging.drop_repeats(dataset, part, flags, subject_columns(dataset))
            self.staging.add(dataset, part, [], "")
        except Trouble:
            self.staging.drop(dataset, part)
            raise
        finally:
            file.unlink(missing_ok=True)

    async def _values(self, path: str, **query: str) -> list[Item]:
        return _values(await self._answer(path, **query))

    async def _answer(self, path: str, **query: str) -> Answer:
        return await self.source.one(_call(path, query))

    def _trouble_mark(self, dataset: Dataset, error: Trouble) -> Mark:
        if error.because == "sync-why-not-connected":
            return self._mark(dataset, "sync-why-insights-not-connected")
        return self._mark(dataset, error.because, **error.values)

    def _mark(self, dataset: Dataset, because: str, **values: str) -> Mark:
        return self.before.mark(dataset, (Reason(because, values),))


def _call(path: str, query: Mapping[str, str] | None = None) -> Call:
    return Call(f"{_ROOT}/{path}", Paging.NEXT_LINK, Bearer.INSIGHTS, query or {})


def _values(answer: Answer) -> list[Item]:
    found = answer.get("value")
    if not isinstance(found, list) or not all(isinstance(each, dict) for each in found):
        raise Nonsense("sync-why-types")
    return found


def _first(found: list[Item]) -> Item:
    if not found:
        raise Nonsense("sync-why-types")
    return found[0]


def _id(item: Item, name: str) -> str:
    """Return an item's GUID, which becomes part of a path. Raises Nonsense if it is none."""
    try:
        return tenant_id(str(item.get(name)))
    except ValueError as error:
        raise Nonsense("sync-why-types") from error


def _is_of(dataset: Dataset, entry: Item) -> bool:
    """Check whether an entry of the catalogue is the dataset's."""
    return str(entry.get("datasetName")).lower() == dataset.endpoint.lower()


def _text(dataset: Dataset, entry: Item) -> str:
    """Return a query of all our columns that the catalogue's entry offers, in its spelling."""
    ours = {plain(n) for column in dataset.columns for n in (column.field, *column.aliases)}
    offered = entry.get("selectableColumns")
    if not isinstance(offered, list):
        raise Nonsense("sync-why-types")
    names = [name for name in map(str, offered) if plain(name) in ours]
    if not names or not all(name.replace(" ", "_").isidentifier() for name in names):
        raise Nonsense("sync-why-types")
    spans = entry.get("availableDateRanges")
    span = f" TIMESPAN {_SPAN}" if isinstance(spans, list) and _SPAN in spans else ""
    return f"SELECT {', '.join(names)} FROM {dataset.endpoint}{span}"  # noqa: S608 of checked names


def _making_time(execution: Item, now: datetime) -> datetime:
    """Return when a report was made, so that the same file read again confirms nothing; now, if
    that is not said.
    """
    try:
        made = datetime.fromisoformat(str(execution.get("reportGeneratedTime")))
    except ValueError:
        return now
    return min(made if made.tzinfo else made.replace(tzinfo=UTC), now)


def _execution(found: list[Item]) -> Item | None:
    """Return the newest completed execution that has a file; None if there is none."""
    done = [
        each
        for each in found
        if str(each.get("executionStatus")).lower() == "completed"
        and each.get("reportAccessSecureLink")
    ]
    return max(done, key=lambda each: str(each.get("reportGeneratedTime")), default=None)
