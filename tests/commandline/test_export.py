"""`seatwise export`: every row a partner owns, and nothing a spreadsheet would run."""

import csv
import json
import zipfile
from decimal import Decimal

import pytest

from analytics.sources.exports import csv_cell
from tests.commandline.conftest import Terminal
from tests.sources.building import deployed, sheet
from tests.sources.hostile_reports import office


def filled(terminal: Terminal) -> None:
    """Two licence reports and one of Insights, with a name that is a formula."""
    terminal.imported()
    report = terminal.home / "office.csv"
    report.write_text(sheet(office(CustomerName="=cmd|' /c calc'!A1"), office(WorkloadName="X")))
    evil = deployed(
        customerName="@SUM(1+1)", customerTenantId="9" * 8 + "-2222-3333-4444-555555555555"
    )
    said = terminal.run("import", str(report), terminal.file("evil.json", [evil]))
    assert said.code == 0, said.err
    terminal.run("grant", "slack:T1:U1", "--as", "partner-admin")


def test_an_export_holds_every_row_in_both_forms(either: Terminal) -> None:
    filled(either)
    to = either.home / "out"
    said = either.run("export", str(to))
    assert (said.code, said.err) == (0, "")
    assert "names of people and customers" in said.out
    for name, count in {"deployment": 3, "usage": 2, "insights_office_usage": 2}.items():
        with (to / "facts" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            assert len(list(csv.DictReader(file))) == count, name
        lines = (to / "facts" / f"{name}.jsonl").read_text("utf-8").splitlines()
        assert len(lines) == count, name
    assert json.loads((to / "state" / "assignment.jsonl").read_text("utf-8"))["user_id"] == "U1"
    assert (to / "state" / "audit.jsonl").read_text("utf-8")


def test_no_text_of_an_exported_table_begins_like_a_formula(terminal: Terminal) -> None:
    filled(terminal)
    terminal.run("export", str(terminal.home / "out"))
    for path in (terminal.home / "out" / "facts").glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            cells = [cell for row in csv.reader(file) for cell in row]
        assert [cell for cell in cells if cell[:1] in tuple("=+@-")] == [], path.name


def test_what_json_lines_hold_is_as_it_came(terminal: Terminal) -> None:
    filled(terminal)
    terminal.run("export", str(terminal.home / "out"))
    lines = (terminal.home / "out" / "facts" / "insights_office_usage.jsonl").read_text("utf-8")
    assert "=cmd|' /c calc'!A1" in {json.loads(line)["customer"] for line in lines.splitlines()}


@pytest.mark.parametrize("begin", ["=", "+", "-", "@", "\t", "\r", " =", "＝", "＋", "－", "＠"])  # noqa: RUF001
def test_a_text_that_a_spreadsheet_may_run_is_made_harmless(begin: str) -> None:
    assert csv_cell(f"{begin}1+1") == f"'{begin}1+1"


@pytest.mark.parametrize(
    ("cell", "written"),
    [(-5, -5), (Decimal("-1.50"), "-1.5"), (None, ""), ("O'Reilly", "O'Reilly")],
)
def test_numbers_and_plain_texts_stay_as_they_are(cell: object, written: object) -> None:
    assert csv_cell(cell) == written


def test_an_export_may_be_a_zip_and_holds_no_sealed_table(terminal: Terminal) -> None:
    filled(terminal)
    assert terminal.run("export", str(terminal.home / "out.zip")).code == 0
    names = zipfile.ZipFile(terminal.home / "out.zip").namelist()
    assert "facts/deployment.csv" in names
    assert not any("sign_in" in name or "audit_key" in name for name in names)


def test_an_export_never_writes_over_anything(terminal: Terminal) -> None:
    filled(terminal)
    (terminal.home / "out").mkdir()
    said = terminal.run("export", str(terminal.home / "out"))
    assert (said.code, said.out) == (2, "")


def table(terminal: Terminal, name: str) -> list[dict[str, str]]:
    to = terminal.home / "out"
    if not to.exists():
        assert terminal.run("export", str(to)).code == 0
    with (to / "facts" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize(
    ("name", "ids"),
    [
        (
            "deployment",
            {"tenant": "customer", "product": "product_name", "service": "service_name"},
        ),
        ("usage", {"tenant": "customer", "workload": "workload_name", "product": "product_name"}),
    ],
)
def test_a_name_stands_beside_each_id(terminal: Terminal, name: str, ids: dict[str, str]) -> None:
    filled(terminal)
    rows = table(terminal, name)
    columns = list(rows[0])
    for code, named in ids.items():
        assert columns.index(named) == columns.index(code) + 1
        assert all(row[named] and row[named] != row[code] for row in rows), named
    lines = (terminal.home / "out" / "facts" / f"{name}.jsonl").read_text("utf-8").splitlines()
    assert [json.loads(line)["customer"] for line in lines] == [
        row["customer"].removeprefix("'") for row in rows
    ]


def test_a_name_that_is_a_formula_is_harmless_beside_its_id_too(terminal: Terminal) -> None:
    filled(terminal)
    assert "'@SUM(1+1)" in {row["customer"] for row in table(terminal, "deployment")}


def test_an_export_says_what_is_in_it(terminal: Terminal) -> None:
    filled(terminal)
    said = terminal.run("export", str(terminal.home / "out")).out
    assert "licence deployment: 3 rows, facts/deployment.csv" in said
    assert "licence usage: 2 rows, facts/usage.csv" in said
    assert "rights, digests, reports, audit" in said


def test_a_missing_folder_is_named_as_it_was_typed(terminal: Terminal) -> None:
    filled(terminal)
    said = terminal.run("export", str(terminal.home / "nowhere" / "out"))
    assert (said.code, said.out) == (2, "")
    assert f"There is no folder {terminal.home / 'nowhere'}." in said.err
