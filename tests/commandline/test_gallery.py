"""The gallery of docs/questions.md is what the program answers today."""

import re

from bot.cli.gallery import (
    DAY,
    PAGE,
    PICTURES,
    Shot,
    drawn_pictures,
    gallery_page,
    gallery_shots,
    is_question,
)
from bot.wiring import Installation
from handlers.registry import COMMANDS
from tests.conftest import NOW
from tests.rules.source import ROOT
from tests.seeds import are_long

REMAKE = "run: seatwise manifest --gallery"
LARGEST = 600 * 1024


async def test_the_gallery_is_current(installation: Installation) -> None:
    assert DAY == NOW
    shots = await gallery_shots(installation)
    page = (ROOT / PAGE).read_text("utf-8")
    assert page == gallery_page(page, shots), REMAKE
    await _check_pictures(installation, shots)


async def _check_pictures(installation: Installation, shots: list[Shot]) -> None:
    """Each picture is there, and none besides; in the long run each is drawn anew."""
    files = {file.name: file.read_bytes() for file in (ROOT / PICTURES).glob("*.png")}
    assert files.keys() == {shot.file for shot in shots if shot.picture}, REMAKE
    assert sum(map(len, files.values())) <= LARGEST
    if are_long():
        assert files == await drawn_pictures(installation, shots), REMAKE


def test_every_question_and_every_other_command_is_in_it() -> None:
    page = (ROOT / PAGE).read_text("utf-8")
    headings = set(re.findall(r"^### /(\S+)$", page, re.M))
    assert headings == {each.name for each in COMMANDS if is_question(each)}
    others = {each.name for each in COMMANDS} - headings
    assert [name for name in others if f"| `/{name}" not in page] == []
