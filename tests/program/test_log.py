"""The log: fields by allow-list, errors without their messages, and no answer hangs on it."""

import io
import json
from collections.abc import Iterator
from contextlib import redirect_stderr, suppress
from pathlib import Path

import pytest
import structlog

from bot.log import log, log_error, start_log
from bot.wiring import Installation
from handlers.messages.speaker import speaker
from tests.answering.asking import Log, asked, replied, shown

SECRETS = ("Contoso", "xoxb-1234", "/usage contoso", "body of a request")


def test_a_field_nobody_allowed_is_dropped(logged: Log) -> None:
    log("question", request="r1", customer="Contoso", token="xoxb-1234", text="/usage contoso")  # noqa: S106 no token
    (line,) = logged()
    assert line.pop("timestamp")
    assert line == {"event": "question", "level": "info", "request": "r1"}


def test_an_errors_message_never_appears(logged: Log) -> None:
    try:
        json.loads("{body of a request")
    except ValueError as error:
        error.add_note("Contoso")
        log_error("answer failed", error, request="r1", text="/usage contoso")
    (line,) = logged()
    assert (line["event"], line["level"], line["error"]) == (
        "answer failed",
        "error",
        "JSONDecodeError",
    )
    assert [word for word in SECRETS if word in json.dumps(line)] == []


def test_where_an_error_rose_is_told_by_file_and_line(logged: Log) -> None:
    try:
        int("Contoso")
    except ValueError as error:
        log_error("answer failed", error)
        line_number = error.__traceback__ and error.__traceback__.tb_lineno
    assert logged()[0]["where"] == [f"test_log.py:{line_number}"]


def test_a_moment_is_told_in_utc(logged: Log) -> None:
    log("started", port=3978)
    assert str(logged()[0]["timestamp"]).endswith("Z")


def test_lines_below_the_level_are_not_written() -> None:
    written = io.StringIO()
    with redirect_stderr(written):
        start_log("ERROR")
        log("question")
        log_error("answer failed", ValueError("x"))
        structlog.reset_defaults()
    events = [json.loads(line)["event"] for line in written.getvalue().splitlines()]
    assert events == ["answer failed"]


async def test_a_question_is_one_line_without_whom_it_is_about(
    installation: Installation, logged: Log
) -> None:
    await replied(asked("/usage contoso", request="r1"), installation.backend)
    (line,) = logged()
    assert line.pop("timestamp")
    assert line == {
        "event": "question",
        "level": "info",
        "request": "r1",
        "platform": "page",
        "command": "usage",
        "outcome": "answered",
    }


@pytest.fixture
def full_disk() -> Iterator[None]:
    """The log goes where nothing more can be written."""
    full = Path("/dev/full").open("w")  # noqa: SIM115 closing it fails too, as below
    with redirect_stderr(full):
        start_log("INFO")
    yield
    structlog.reset_defaults()
    with suppress(OSError):
        full.close()


@pytest.mark.usefixtures("full_disk")
async def test_a_log_that_cannot_be_written_stops_no_answer(installation: Installation) -> None:
    answered = await replied(asked("/usage contoso"), installation.backend)
    for file in installation.settings.data_dir.rglob("current.json"):
        file.write_text("rust")
    broken = await replied(asked("/usage contoso"), installation.backend)
    assert shown(answered).startswith("Contoso: ")
    assert shown(broken) == speaker("en")("broken", incident="q1")
