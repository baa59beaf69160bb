"""Reports of Insights: made, found, and downloaded by a link that gets no token."""

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientSession, web
from aiohttp.test_utils import TestServer

from analytics.sources.partner_center.client import Client
from analytics.sources.partner_center.page_model import Bearer, Call, Paging
from analytics.sources.partner_center.report_download import fetch_report, is_secure
from analytics.sources.partner_center.trouble import Absent, Denied, Nonsense, Trouble, TryLater
from tests.partner_center.company import Company
from tests.partner_center.connecting import connected
from tests.partner_center.reporting import ROOT
from tests.partner_center.standin import Standin

STANDIN = Standin(Company(3, seed=1))


def call(path: str) -> Call:
    return Call(f"{ROOT}/{path}", Paging.NEXT_LINK, Bearer.INSIGHTS)


async def first(client: Client, path: str) -> dict[str, Any]:
    return dict((await anext(client.pages(call(path)))).items[0])


async def ordered(client: Client) -> str:
    """A report's id, of a query made anew."""
    asked = "SELECT CustomerTenantId, CustomerName, Month FROM OfficeUsage TIMESPAN LAST_MONTH"
    made = await client.send(call("ScheduledQueries"), {"Name": "n", "Query": asked})
    query = made["value"][0]["queryId"]  # type: ignore[index]  # JSON
    wanted = {"ReportName": "r", "QueryId": query, "StartTime": "2026-11-26T00:00:00Z"}
    said = await client.send(call("ScheduledReport"), {**wanted, "RecurrenceInterval": 24})
    return str(said["value"][0]["reportId"])  # type: ignore[index]  # JSON


async def test_a_report_is_ordered_waited_for_and_downloaded_without_a_token(
    tmp_path: Path,
) -> None:
    standin = Standin(Company(3, seed=1))
    async with connected(standin) as client:
        report = await ordered(client)
        with pytest.raises(Absent):
            await first(client, f"ScheduledReport/execution/{report}")
        link = (await first(client, f"ScheduledReport/execution/{report}"))[
            "reportAccessSecureLink"
        ]
        size = await client.download(link, tmp_path / "report.csv")
    with (tmp_path / "report.csv").open(encoding="utf-8-sig") as file:
        rows = list(csv.reader(file))
    assert size == (tmp_path / "report.csv").stat().st_size
    assert (rows[0], len(rows)) == (["CustomerTenantId", "CustomerName", "Month"], 7)
    assert standin.reporting.leaked == []


async def test_a_link_that_has_run_out_is_denied_and_leaves_no_file(tmp_path: Path) -> None:
    standin = Standin(Company(3, seed=1))
    standin.reporting.after, standin.reporting.link_over = 0, True
    async with connected(standin) as client:
        said = await first(client, f"ScheduledReport/execution/{await ordered(client)}")
        with pytest.raises(Denied, match="link-over"):
            await client.download(said["reportAccessSecureLink"], tmp_path / "report.csv")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "link",
    [
        "http://reports.example/a.csv",
        "file:///etc/passwd",
        "ftp://127.0.0.1/a",
        "//127.0.0.1/a",
        "https://",
        "https://user:secret@reports.example/a",
        "javascript:1",
        "http://127.0.0.1.example/a",
        "https://[::1/a",
        "",
    ],
)
async def test_a_link_that_is_not_safe_is_not_followed(tmp_path: Path, link: str) -> None:
    async with connected(STANDIN) as client:
        with pytest.raises(Nonsense, match="link"):
            await client.download(link, tmp_path / "report.csv")
    assert list(tmp_path.iterdir()) == []


def test_plain_http_is_for_this_machine_and_for_stand_ins_alone() -> None:
    assert is_secure("http://127.0.0.1:80/a", local=True)
    assert not is_secure("http://127.0.0.1:80/a", local=False)
    assert not is_secure("http://10.0.0.1/a", local=True)


async def _cut(request: web.Request) -> web.StreamResponse:
    response = web.StreamResponse(headers={"Content-Length": "1000"})
    await response.prepare(request)
    await response.write(b"half")
    assert request.transport
    request.transport.close()
    return response


def _status(status: int) -> Callable[[web.Request], Any]:
    async def answer(_request: web.Request) -> web.Response:
        return web.Response(status=status, headers={"Location": "/elsewhere"})

    return answer


async def _large(_request: web.Request) -> web.Response:
    return web.Response(body=b"x" * 5000)


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (_cut, TryLater),
        (_large, Nonsense),
        (_status(302), Nonsense),
        (_status(403), Denied),
        (_status(404), Absent),
        (_status(503), TryLater),
    ],
    ids=["cut", "large", "302", "403", "404", "503"],
)
async def test_what_is_no_whole_report_leaves_no_file(
    tmp_path: Path, answer: Callable[[web.Request], Any], kind: type[Trouble]
) -> None:
    app = web.Application()
    app.router.add_get("/report", answer)
    async with TestServer(app, host="127.0.0.1") as server, ClientSession() as session:
        with pytest.raises(kind):
            await fetch_report(session, str(server.make_url("/report")), tmp_path / "a", 1000)
    assert list(tmp_path.iterdir()) == []


async def test_a_download_is_tried_again(tmp_path: Path) -> None:
    answers = iter([_cut, _status(503), _large])

    async def answer(request: web.Request) -> web.StreamResponse:
        return await next(answers)(request)  # type: ignore[no-any-return]  # of three

    app = web.Application()
    app.router.add_get("/report", answer)
    async with TestServer(app, host="127.0.0.1") as server, connected(STANDIN) as client:
        assert await client.download(str(server.make_url("/report")), tmp_path / "a") == 5000
        assert client.calls["download"] == 3
