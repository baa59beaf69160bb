"""The bot in Microsoft's Playground, in a real Chromium, as a person would try it."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser

from tests.browser.conftest import chromium
from tests.playground.driving import opened
from tests.playground.running import running
from tests.playground.walking import walk

__all__ = ["chromium"]

pytestmark = pytest.mark.asyncio(loop_scope="session")


@pytest_asyncio.fixture(loop_scope="session")
async def playground(tmp_path: Path) -> AsyncIterator[str]:
    """Where the Playground is, the demonstration behind it."""
    async with running(tmp_path) as (_, address):
        yield address


@pytest.mark.timeout(180)
async def test_one_asks_sees_the_chart_presses_a_button_and_grants_in_a_channel(
    chromium: Browser, playground: str, tmp_path: Path
) -> None:
    async with opened(chromium, playground) as open_playground:
        await walk(open_playground, tmp_path)
    assert len(list(tmp_path.glob("*.png"))) == 4
