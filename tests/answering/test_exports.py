"""An answer as a file: recorded before it is handed over, for its asker alone, cut as it is."""

import csv
from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from io import BytesIO, StringIO

import pytest
from openpyxl import load_workbook

from analytics.spreadsheets import sheet
from bot.wiring import Installation
from handlers import exports
from handlers.answer import answer
from handlers.backend import Answer
from handlers.chat.asking import Reach, Room, RoomKind, View
from handlers.chat.reply import Attachment, Audience, Choices, Paragraph, Reply, attachments
from tests.answering.asking import asked, audited, shown, store_file, tamper


def file_of(reply: Reply) -> Attachment:
    (found,) = attachments(reply.parts)
    return found


def rows_of(reply: Reply, delimiter: str = ",") -> list[list[str]]:
    text = file_of(reply).path.read_text("utf-8-sig")
    return list(csv.reader(StringIO(text, newline=""), delimiter=delimiter))


async def exported(installation: Installation, text: str, who: str = "ada") -> Answer:
    return await answer(asked(text, who), installation.backend)


def left_files(installation: Installation) -> list[str]:
    return [each.name for each in installation.settings.data_dir.rglob("*.file")]


@pytest.mark.parametrize("form", ["xlsx", "csv"])
async def test_the_audit_has_the_rows_and_the_hash_of_the_file_that_was_handed_over(
    installation: Installation, form: str
) -> None:
    found = await exported(installation, f"/export usage contoso {form}")
    content = file_of(found.reply).path.read_bytes()
    (row,) = audited(store_file(installation.settings))
    assert (row["command"], row["outcome"], row["shown"]) == ("usage", "answered", "direct")
    kept = row["file"]
    assert isinstance(kept, dict)
    assert (kept["form"], kept["rows"]) == (form, 6)
    assert kept["sha256"] == sha256(content).hexdigest()


async def test_both_forms_of_an_answer_have_one_hash_of_their_rows(
    installation: Installation,
) -> None:
    await exported(installation, "/export usage")
    found = await exported(installation, "/export usage csv")
    kept = [row["file"] for row in audited(store_file(installation.settings))]
    hashes = {each["data_sha256"] for each in kept if isinstance(each, dict)}
    lines = file_of(found.reply).path.read_bytes().split(b"\r\n", 1)[1]
    assert hashes == {sha256(lines).hexdigest()}


async def test_a_file_that_cannot_be_audited_is_not_handed_over_and_does_not_stay(
    installation: Installation,
) -> None:
    tamper(store_file(installation.settings), "DROP TABLE audit")
    found = await exported(installation, "/export usage contoso")
    assert found.why == "not-audited"
    assert list(attachments(found.reply.parts)) == []
    assert left_files(installation) == []


async def test_an_answer_to_read_has_no_file_in_the_audit(installation: Installation) -> None:
    await exported(installation, "/usage contoso")
    (row,) = audited(store_file(installation.settings))
    assert "file" not in row


@pytest.mark.parametrize("reach", [Reach.ALOUD, Reach.ROOM, Reach.ANYWAY, Reach.SAFE])
async def test_a_file_is_for_its_asker_alone_wherever_it_was_asked_for(
    installation: Installation, reach: Reach
) -> None:
    room = Room("a room", RoomKind.GROUP, installation.partner)
    ask = replace(asked("/export usage contoso"), room=room, reach=reach)
    found = await answer(ask, installation.backend)
    assert found.reply.audience in (Audience.ASKER, Audience.DIRECT)
    assert found.reply.safe is None


async def test_a_file_holds_the_customers_that_its_asker_may_see(
    installation: Installation,
) -> None:
    found = await exported(installation, "/export customers csv", "cleo")
    heading, *rows = rows_of(found.reply)
    assert heading[0] == "Customer"
    assert sorted(row[0] for row in rows) == ["Contoso", "Fabrikam Bikes"]


async def test_a_viewer_gets_no_column_of_people_and_is_told_so(
    installation: Installation,
) -> None:
    theirs = await exported(installation, "/export activity contoso csv", "cleo")
    ours = await exported(installation, "/export activity contoso csv")
    assert "Performed by" in rows_of(ours.reply)[0]
    assert "Performed by" not in rows_of(theirs.reply)[0]
    assert len(rows_of(theirs.reply)) == len(rows_of(ours.reply))
    assert "people’s names" in shown(theirs.reply)


@pytest.mark.parametrize("text", ["/export usage contoso", "/export", "/export contoso"])
async def test_who_may_not_ask_gets_no_file(installation: Installation, text: str) -> None:
    found = await exported(installation, text, "ben")
    assert found.outcome.value == "refused"
    assert left_files(installation) == []


async def test_a_button_that_chooses_one_of_several_gives_the_file(
    installation: Installation,
) -> None:
    found = await exported(installation, "/export usage fabrikam csv")
    (choices,) = (part for part in found.reply.parts if isinstance(part, Choices))
    assert {choice.view for choice in choices.items} == {View.CSV}
    first = choices.items[0]
    ask = replace(asked(first.text), view=first.view)
    assert len(rows_of((await answer(ask, installation.backend)).reply)) > 1


async def test_a_language_with_a_decimal_comma_gets_semicolons_and_the_name_says_so(
    installation: Installation,
) -> None:
    found = await answer(asked("exporter utilisation en csv", locale="fr"), installation.backend)
    file = file_of(found.reply)
    assert file.name == "seatwise-usage-2026-11-22-point-virgule.csv"
    heading, first, *_ = rows_of(found.reply, ";")
    assert heading[:3] == ["Client", "Identifiant du client", "Vendues"]
    assert "." in first[5]


async def test_the_second_sheet_says_what_the_file_is(installation: Installation) -> None:
    found = await exported(installation, "/export usage contoso 6 months")
    (row,) = audited(store_file(installation.settings))
    book = load_workbook(BytesIO(file_of(found.reply).path.read_bytes()))
    about = {label: said for label, said in book["About"].iter_rows(values_only=True) if label}
    assert about["Question"] == "/usage Contoso 6 months"
    assert about["Asked by"] == "Ada Lovelace"
    assert about["Asked on"] == "22 Nov 2026, 09:30 UTC"
    assert about["Rows"] == "6"
    assert about["Note"] == "made-up data"
    kept = row["file"]
    assert isinstance(kept, dict)
    assert about["SHA-256 of the rows"] == kept["data_sha256"]
    told = " ".join(str(said) for _, said in book["About"].iter_rows(values_only=True))
    assert "As of" in told
    assert "28 days" in told


async def test_more_rows_than_a_spreadsheet_should_hold_come_as_csv_and_that_is_said(
    installation: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exports, "MOST_XLSX", 60)
    found = await exported(installation, "/export usage")
    assert file_of(found.reply).name.endswith(".csv")
    assert len(rows_of(found.reply)) == 62
    assert "more than 60 rows" in shown(found.reply)
    assert not any(isinstance(part, Choices) for part in found.reply.parts)


async def test_rows_are_written_as_they_come(
    installation: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file that fails in its middle is not kept: the asker never gets half an answer."""
    lines = sheet.DataHash.lines

    def stopping(self: sheet.DataHash, of: sheet.DataSheet) -> Iterator[object]:
        for number, each in enumerate(lines(self, of)):
            if number == 3:
                raise RuntimeError("stop")
            yield each

    monkeypatch.setattr(sheet.DataHash, "lines", stopping)
    for form in ("csv", "xlsx"):
        found = await exported(installation, f"/export usage {form}")
        assert found.outcome.value == "broken"
        assert left_files(installation) == []


async def test_an_answer_without_rows_is_told_in_words(installation: Installation) -> None:
    found = await exported(installation, "/export activity 2020")
    assert list(attachments(found.reply.parts)) == []
    first, *_ = found.reply.parts
    assert isinstance(first, Paragraph)
    assert "no rows" in first.text
    labels = [c.label for p in found.reply.parts if isinstance(p, Choices) for c in p.items]
    assert "Export" not in labels


async def test_every_answer_with_rows_can_be_exported_by_a_button_that_comes_last(
    installation: Installation,
) -> None:
    for text in ("/usage contoso", "/customers", "/growth", "/adoption", "/subscriptions"):
        found = await exported(installation, text)
        asks = [c for p in found.reply.parts if isinstance(p, Choices) for c in p.items]
        exports_ = [choice for choice in asks if choice.view is View.XLSX]
        assert [choice.label for choice in exports_] == ["Export"]
        follow_ups = next(
            part.items
            for part in found.reply.parts
            if isinstance(part, Choices) and exports_[0] in part.items
        )
        assert follow_ups[-1] is exports_[0]
        assert exports_[0].by_reader


async def test_a_customer_called_like_a_formula_is_text_in_both_forms(
    installation: Installation,
) -> None:
    named = '=HYPERLINK("http://x","Ltd")'
    found = await exported(installation, "/export customers csv")
    assert [row[0] for row in rows_of(found.reply) if "HYPERLINK" in row[0]] == [f"'{named}"]
    packed = await exported(installation, "/export customers")
    page = load_workbook(BytesIO(file_of(packed.reply).path.read_bytes()))["Data"]
    (cell,) = [row[0] for row in page.iter_rows() if row[0].value == named]
    assert (cell.data_type, cell.hyperlink) == ("s", None)


async def test_a_subscription_called_like_a_mention_stays_as_it_is(
    installation: Installation,
) -> None:
    found = await exported(installation, "/export subscriptions csv")
    heading, *rows = rows_of(found.reply)
    names = {row[heading.index("Your name for it")] for row in rows}
    assert "<@U123> *bold*" in names
