"""The program's log, read while it is written."""

import io
import json
from collections.abc import Iterator
from contextlib import redirect_stderr

import pytest
import structlog

from bot.log import start_log
from tests.answering.instruments import Log


@pytest.fixture
def logged() -> Iterator[Log]:
    """Starts the log; calling it gives the lines written since."""
    written = io.StringIO()
    with redirect_stderr(written):
        start_log("INFO")

    def lines() -> list[dict[str, object]]:
        text = written.getvalue()
        written.seek(0)
        written.truncate()
        return [json.loads(line) for line in text.splitlines()]

    yield lines
    structlog.reset_defaults()
