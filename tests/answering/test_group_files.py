"""An answer about a group as a file: its rows alone, as far as the reader sees, under its name."""

from dataclasses import replace
from io import BytesIO

import pytest
from openpyxl import Workbook, load_workbook

from analytics.demo.stories import made_up_tenant
from bot.wiring import Installation
from handlers.answer import answer
from handlers.backend import Answer
from handlers.chat.asking import View
from handlers.chat.reply import Attachment, every_choice
from handlers.registry import EXPORTABLE
from tests.answering.asking import asked, audited, shown, store_file
from tests.answering.test_exports import file_of, rows_of
from tests.answering.test_groups import CONTOSO, HIDDEN, QUESTIONS, scope

FILES = [each for each in QUESTIONS if each.split()[0][1:] in EXPORTABLE]


async def exported(installation: Installation, question: str, who: str = "ada") -> Answer:
    return await answer(asked(f"/export {question} csv", who), installation.backend)


def book(file: Attachment) -> Workbook:
    return load_workbook(BytesIO(file.path.read_bytes()))


async def names_in(installation: Installation, question: str, who: str) -> set[str]:
    rows = rows_of((await exported(installation, question, who)).reply)
    return {row[rows[0].index("Customer")] for row in rows[1:]}


async def test_the_rows_are_of_the_groups_customers_whom_the_reader_may_see(
    installation: Installation,
) -> None:
    await scope(installation, CONTOSO, HIDDEN)
    every = await names_in(installation, "usage group:north", "ada")
    assert every == {"Contoso", "Wide World Importers"}
    assert await names_in(installation, "usage group:north", "cleo") == {"Contoso"}


@pytest.mark.parametrize("question", FILES)
async def test_customers_beyond_the_readers_sight_change_no_byte_of_a_file(
    installation: Installation, question: str
) -> None:
    await scope(installation, CONTOSO)
    alone = await exported(installation, question[1:], "cleo")
    await scope(installation, CONTOSO, HIDDEN, made_up_tenant("Humongous Insurance"), number=1)
    beside = await exported(installation, question[1:], "cleo")
    assert (alone.file, shown(alone.reply)) == (beside.file, shown(beside.reply))
    if alone.file:
        first, second = (file_of(each.reply).path.read_bytes() for each in (alone, beside))
        assert first == second
        assert b"Wide World" not in first


async def test_the_file_and_its_other_form_name_the_group(installation: Installation) -> None:
    await scope(installation, CONTOSO, HIDDEN)
    found = await answer(asked("/export usage group:north"), installation.backend)
    about = book(file_of(found.reply)).worksheets[1]
    assert "/usage group:north" in [cell.value for row in about for cell in row]
    assert "/usage group:north" in shown(found.reply)
    (other,) = [choice for choice in every_choice(found.reply.parts) if choice.view is View.CSV]
    assert other.text.endswith("group:#1")
    again = await answer(replace(asked(other.text), view=other.view), installation.backend)
    assert len(rows_of(again.reply)) == 3  # a heading, two customers
    entry = audited(store_file(installation.settings))[-1]
    assert entry["customers"] == sorted([CONTOSO, HIDDEN])


async def test_the_button_below_an_answer_about_a_group_exports_that_group(
    installation: Installation,
) -> None:
    await scope(installation, CONTOSO, HIDDEN)
    found = await answer(asked("/usage group:north", "cleo"), installation.backend)
    (button,) = [each for each in every_choice(found.reply.parts) if each.view.is_file]
    assert button.text.endswith("group:#1")
    pressed = replace(asked(button.text, "cleo"), view=button.view)
    file = file_of((await answer(pressed, installation.backend)).reply)
    cells = [cell.value for row in book(file).worksheets[0] for cell in row]
    assert "Contoso" in cells
    assert "Wide World Importers" not in cells


async def test_a_name_of_two_groups_leads_to_the_file_of_the_one_that_is_chosen(
    installation: Installation,
) -> None:
    await answer(asked("/list north + contoso"), installation.backend)
    await scope(installation, HIDDEN)
    found = await answer(asked("/export usage group:north"), installation.backend)
    assert found.why == "several-groups"
    assert all(each.view is View.XLSX for each in every_choice(found.reply.parts))
