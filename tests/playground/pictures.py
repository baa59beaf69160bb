"""`make playground-pictures`: what one does in the Playground, as screenshots in a folder."""

import asyncio
import os
import shutil
import sys
import tempfile
from pathlib import Path

from playwright.async_api import async_playwright

from tests.browser.conftest import QUIET
from tests.playground.driving import opened
from tests.playground.running import running
from tests.playground.walking import walk


async def take(folder: Path) -> None:
    """Starts everything anew, walks through it and keeps what was seen."""
    root = ["--no-sandbox"] if os.geteuid() == 0 else []
    with tempfile.TemporaryDirectory() as home:
        async with running(Path(home)) as (_, address), async_playwright() as playwright:
            chromium = await playwright.chromium.launch(
                executable_path=shutil.which("chromium"), args=[*root, *QUIET]
            )
            async with opened(chromium, address) as playground:
                await walk(playground, folder)
            await chromium.close()


if __name__ == "__main__":
    wanted = Path(sys.argv[1])
    wanted.mkdir(parents=True, exist_ok=True)
    asyncio.run(take(wanted))
