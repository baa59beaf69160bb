"""`seatwise reports`: what readers reported, listed or one in full, on either store."""

import asyncio
import json
import os
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.environment import read_settings
from bot.settings import database_url
from bot.store.audit import Audit
from bot.store.database import opened_database
from bot.store.reports import ReportStore
from handlers.chat.reports import Report
from tests.commandline.conftest import FABRIKAM, SECRET, Terminal
from tests.store.entries import ADA, BEN
from tests.store.reporting import CONTOSO, report

AT = datetime(2026, 11, 30, 14, 0, tzinfo=UTC)
DAY = timedelta(days=1)


def filed(*reports: Report) -> None:
    """Saves reports in the store of the environment's settings."""

    async def save() -> None:
        async with opened_database(database_url(read_settings(os.environ))) as engine:
            store = ReportStore(engine, Audit(engine, SECRET))
            for each in reports:
                await store.save(each)

    asyncio.run(save())


def two() -> None:
    """Ada's report about Contoso, and Ben's of the day after."""
    contoso = report(question=f"/usage {CONTOSO}", customers=(CONTOSO,), at=AT)
    everything = replace(contoso, question="/usage", customers=(CONTOSO, FABRIKAM))
    later = replace(everything, reporter=BEN, said="Fabrikam\nis missing.", generation=None)
    filed(contoso, replace(later, at=AT + DAY, stamp=()))


def test_reports_are_listed_the_newest_first_with_names(either: Terminal) -> None:
    either.imported()
    two()
    said = either.run("reports")
    assert (said.code, said.err) == (0, "")
    assert said.out.splitlines() == [
        "2 reports, the newest first:",
        "",
        f"2  1 Dec 2026, 14:00 UTC  {BEN}",
        "   /usage",
        "   Fabrikam is missing.",
        "",
        f"1  30 Nov 2026, 14:00 UTC  {ADA}",
        "   /usage Contoso",
        "   120 were bought, not 100.",
    ]


def test_one_report_is_shown_with_all_it_rests_on(either: Terminal) -> None:
    either.imported()
    two()
    assert either.run("reports", "1").out.splitlines() == [
        f"Report 1, 30 Nov 2026, 14:00 UTC, by {ADA}",
        "Question: /usage Contoso",
        "Channel: C1",
        "Generation of the figures: 7",
        "",
        "Their words:",
        "   120 were bought, not 100.",
        "",
        "Made from the figures of 1 customer:",
        f"   Contoso ({CONTOSO})",
        "",
        "Below the answer stood:",
        "   Licences: as of 20 Nov 2026.",
    ]
    second = either.run("reports", "2").out
    assert "Generation of the figures: unknown" in second
    assert f"   Contoso ({CONTOSO})\n   Fabrikam ({FABRIKAM})\n" in second


def test_one_report_is_shown_in_french(terminal: Terminal) -> None:
    two()
    said = terminal.run("reports", "1", "--lang", "fr").out.replace("\xa0", " ").splitlines()
    assert said[0] == f"Signalement 1, 30 nov. 2026, 14:00 UTC, de {ADA}"
    assert said[3] == "Génération des données : 7"
    assert "Réponse tirée des chiffres de 1 client :" in said
    listed = terminal.run("reports", "--lang", "fr").out.replace("\xa0", " ")
    assert listed.startswith("2 signalements, du plus récent au plus ancien :\n")


def test_reports_of_a_day_and_later_are_listed(terminal: Terminal) -> None:
    two()
    assert terminal.run("reports", "--since", "2026-12-01").out.startswith("1 report:\n\n2  ")
    assert terminal.run("reports", "--since", "2026-11-30").out.startswith("2 reports, the newest")
    none = terminal.run("reports", "--since", "2026-12-02")
    assert (none.code, none.out) == (0, "No reader has reported an answer since 2 Dec 2026.\n")


def test_an_installation_without_reports_says_so(either: Terminal) -> None:
    said = either.run("reports")
    assert (said.code, said.out) == (0, "No reader has reported an answer yet.\n")
    assert either.run("reports", "--json").out == "[]\n"


@pytest.mark.parametrize("number", ["3", "0", "-1", "99999999999999999999"])
@pytest.mark.parametrize("form", [(), ("--json",)])
def test_an_unknown_number_is_told_so(either: Terminal, number: str, form: tuple[str, ...]) -> None:
    two()
    said = either.run("reports", number, *form)
    assert (said.code, said.out) == (1, "")
    assert said.err == f"There is no report {number}. “seatwise reports” lists those there are.\n"


@pytest.mark.parametrize("words", [("x",), ("1", "--since", "2026-12-01"), ("--since", "monday")])
def test_what_cannot_be_read_ends_with_2(terminal: Terminal, words: tuple[str, ...]) -> None:
    with pytest.raises(SystemExit) as ended:
        terminal.run("reports", *words)
    assert ended.value.code == 2


def test_as_json_a_report_is_whole(either: Terminal) -> None:
    two()
    one = json.loads(either.run("reports", "1", "--json").out)
    assert one == {
        "number": 1,
        "at": "2026-11-30T14:00:00+00:00",
        "who": str(ADA),
        "room": "C1",
        "command": "usage",
        "question": f"/usage {CONTOSO}",
        "words": "120 were bought, not 100.",
        "customers": [CONTOSO],
        "generation": 7,
        "stamp": ["Licences: as of 20 Nov 2026."],
    }
    listed = json.loads(either.run("reports", "--json").out)
    assert [each["number"] for each in listed] == [2, 1]
    assert listed[1] == one


def test_words_move_no_cursor_and_turn_no_text_round(terminal: Terminal) -> None:
    hostile = "\x1b[2J\x07Look\r\u202egnorw\n" + "a" * 1500
    filed(report(hostile, question=f"/usage \x1b]0;x\x07{hostile}", stamp=(hostile,), at=AT))
    for words in (("reports",), ("reports", "1"), ("reports", "--json")):
        out = terminal.run(*words).out
        assert [c for c in out if c != "\n" and not c.isprintable()] == []
    assert terminal.run("reports", "1").out.count("a" * 200) == 14


def test_reports_are_listed_where_the_figures_cannot_be_read(terminal: Terminal) -> None:
    terminal.imported()
    two()
    for file in (terminal.home / "data").rglob("facts-*.duckdb"):
        file.write_bytes(b"no database")
    said = terminal.run("reports", "1")
    assert (said.code, f"   – ({CONTOSO})" in said.out) == (0, True)


def test_a_backup_an_export_and_a_new_key_keep_reports(either: Terminal) -> None:
    two()
    before, file, folder = either.run("reports", "--json").out, "b.zip", either.home / "out"
    assert either.run("export", str(folder)).code == 0
    rows = (folder / "state" / "report.jsonl").read_text("utf-8").splitlines()
    assert [json.loads(row)["said"] for row in rows][1] == "Fabrikam\nis missing."
    either.imported()
    assert either.run("backup", str(either.home / file)).code == 0
    filed(report("not in the backup"))
    assert either.run("restore", str(either.home / file), "--over").code == 0
    assert either.run("reports", "--json").out == before
    either.set("SEATWISE_NEW_SECRET_KEY", SECRET[::-1])
    assert either.run("keys", "rotate").code == 0
    either.set("SEATWISE_SECRET_KEY", SECRET[::-1])
    assert either.run("reports", "--json").out == before


def test_after_forgetting_a_person_or_a_customer_no_file_holds_their_reports(
    terminal: Terminal,
) -> None:
    terminal.imported()
    two()
    assert terminal.run("forget", "customer", "contoso", "--yes").code == 0
    assert terminal.run("forget", "person", str(BEN), "--yes").code == 0
    assert terminal.run("reports", "--json").out == "[]\n"
    store = (terminal.home / "data" / "seatwise.db").read_bytes()
    assert [word for word in (b"is missing", b"120 were bought") if word in store] == []
