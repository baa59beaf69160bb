"""Files as partners have them: which products a question means, and what counts as a seat."""

import json

import pytest

from tests.commandline.conftest import Terminal

ALDER = "1a2b3c4d-0000-4000-8000-000000000001"
PREMIUM = (
    ("f245ecc8-75af-4f8e-b61f-27d8114de5f3", "Microsoft 365 Business Standard", 38, 40),
    ("cbdc14ab-d96c-4c30-b9f4-6ada7cdc1d46", "Microsoft 365 Business Premium", 9, 12),
    ("3b555118-da6a-4418-894f-7df1e2096870", "Microsoft 365 Business Basic", 5, 6),
)
NO_TEAMS = (
    ("6fd2c87f-b296-42f0-b197-1e91e994b900", "Office 365 E3", 30, 40),
    ("d711d25a-a21c-492f-bd19-aae1e8ebaf30", "Office 365 E3 EEA (no Teams)", 9, 12),
    ("7e74bd05-2c47-404e-829a-ba95c66fe8e5", "Microsoft Teams EEA", 8, 12),
)
FREE = (
    ("f245ecc8-75af-4f8e-b61f-27d8114de5f3", "Microsoft 365 Business Standard", 85, 91),
    ("5b631642-bd26-49fe-bd20-1daaa972ef80", "MICROSOFT POWER APPS FOR DEVELOPER", 3, 10000),
    ("47794cd0-f0e5-45c5-9033-2eb6b5fc84e0", "COMMUNICATIONS CREDITS", 0, 10000),
    ("440eaaa8-b3e0-484b-a8be-62870b9ba70a", "TEAMS PHONE RESOURCE ACCOUNT", 4, 30),
    ("8c4ce438-32a7-4ac5-91a6-e22ae08d9c8b", "RIGHTS MANAGEMENT ADHOC", 1, 1000000),
    ("99049c9c-6011-4908-bf17-15f496e6519d", "OFFICE 365 EXTRA FILE STORAGE", 0, 500),
)
Rows = tuple[tuple[str, str, int, int], ...]


def imported(terminal: Terminal, rows: Rows) -> None:
    heads = "processedDateTime,serviceCode,serviceName,channel,customerTenantId,customerName"
    heads += ",productId,productName,licensesDeployed,licensesSold"
    begin = f"2026-11-27T00:00:00,o365,Office 365,reseller,{ALDER},Alder Works"
    lines = [heads, *(",".join([begin, *map(str, row)]) for row in rows)]
    (terminal.home / "seats.csv").write_text("\n".join(lines), encoding="utf-8")
    said = terminal.run("import", str(terminal.home / "seats.csv"))
    assert said.code == 0, said.err
    terminal.run("grant", "slack:T1:U1", "--as", "partner-admin")


def asked(terminal: Terminal, question: str, *options: str) -> str:
    return terminal.run("ask", question, "--as", "slack:T1:U1", *options).out


@pytest.mark.parametrize(
    ("rows", "about", "sold", "assigned"),
    [
        (PREMIUM, "business premium", 12, 9),
        (PREMIUM, "office 365 business premium", 40, 38),
        (NO_TEAMS, "teams", 12, 8),
        (NO_TEAMS, "o365 e3", 40, 30),
        (FREE, "", 91, 85),
    ],
)
def test_a_product_of_a_file_is_the_one_that_is_named(
    terminal: Terminal, rows: Rows, about: str, sold: int, assigned: int
) -> None:
    imported(terminal, rows)
    latest = json.loads(asked(terminal, f"/usage alder {about}", "--json"))["result"]["latest"]
    assert (latest["sold"]["value"], latest["assigned"]["value"]) == (sold, assigned)


def test_different_plans_are_offered_and_units_are_told_apart(terminal: Terminal) -> None:
    imported(terminal, (*NO_TEAMS, FREE[-1]))
    choice = asked(terminal, "/usage alder e3").splitlines()
    assert choice[0] == "Several products of Alder Works fit “e3”. Which one do you mean?"
    assert choice[1] == f"[Office 365 E3]  /usage {ALDER} {NO_TEAMS[0][0]}"
    assert "64 seats sold" in asked(terminal, "/usage alder")
    details = asked(terminal, "/usage alder", "--press", "Details")
    assert "no seats of people: Office 365 Extra File Storage (500 gigabytes)." in details
    assert "(Office 365 Extra File Storage): 500 gigabytes" in asked(
        terminal, "/usage alder extra file storage"
    )
