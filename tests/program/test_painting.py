"""Pictures: each chart drawn once for all who ask, and one that fails leaves the words standing."""

import asyncio
from collections.abc import Iterator

import pytest

from bot.painting import Painter
from tests.answering.asking import Log
from tests.charts.plain import bar_chart, line_chart


@pytest.fixture
def painter() -> Iterator[Painter]:
    painter = Painter()
    yield painter
    painter.close()


async def test_a_chart_becomes_a_png(painter: Painter) -> None:
    png = await painter.paint(line_chart(), "light")
    assert png is not None
    assert png[:8] == b"\x89PNG\r\n\x1a\n"


async def test_the_same_chart_is_drawn_once(painter: Painter) -> None:
    """One that is equal is the same: the very bytes come back."""
    first = await painter.paint(bar_chart(), "light")
    assert first is not None
    assert await painter.paint(bar_chart(), "light") is first


async def test_who_asks_while_it_is_drawn_gets_the_same_picture(painter: Painter) -> None:
    asked = [painter.paint(line_chart(), "light") for _ in range(5)]
    pictures = await asyncio.gather(*asked)
    assert pictures[0] is not None
    assert len({id(picture) for picture in pictures}) == 1


async def test_another_theme_is_another_picture(painter: Painter) -> None:
    light, dark = [await painter.paint(bar_chart(), theme) for theme in ("light", "dark")]
    assert light != dark


async def test_a_compact_picture_is_kept_beside_the_whole_one(painter: Painter) -> None:
    whole = await painter.paint(bar_chart(), "light")
    compact = await painter.paint(bar_chart(), "light", compact=True)
    assert whole is not None
    assert compact is not None
    assert len(compact) < len(whole) / 3
    assert await painter.paint(bar_chart(), "light", compact=True) is compact
    assert await painter.paint(bar_chart(), "light") is whole


async def test_whoever_goes_away_takes_the_picture_from_nobody(painter: Painter) -> None:
    leaver, stayer = [asyncio.create_task(painter.paint(bar_chart(), "dark")) for _ in range(2)]
    await asyncio.sleep(0)
    leaver.cancel()
    picture = await stayer
    assert leaver.cancelled()
    assert picture is not None
    assert await painter.paint(bar_chart(), "dark") is picture


async def test_a_drawing_that_fails_is_none_and_a_line_in_the_log(
    painter: Painter, logged: Log
) -> None:
    assert await painter.paint(bar_chart(), "sepia") is None
    (line,) = logged()
    assert (line["event"], line["level"], line["error"]) == (
        "picture failed",
        "error",
        "ValueError",
    )
    assert "sepia" not in str(line)


async def test_after_a_failure_the_next_picture_is_drawn(painter: Painter) -> None:
    await painter.paint(bar_chart(), "sepia")
    assert await painter.paint(bar_chart(), "light") is not None


async def test_while_the_program_ends_there_are_no_pictures_but_no_faults_either(
    logged: Log,
) -> None:
    painter = Painter()
    painter.close()
    assert await painter.paint(bar_chart(), "light") is None
    assert [line["event"] for line in logged()] == ["picture failed"]
