"""`seatwise serve` as a process of its own: starts, answers, and ends without dropping anybody."""

import asyncio
import os
import resource
import secrets
import sys
import time
from asyncio.subprocess import PIPE
from pathlib import Path

import pytest
from aiohttp import ClientError

from handlers.messages.speaker import speaker
from tests.program.serving import Answer, get, started
from tests.program.slow_server import DRAIN

SAY = speaker("en")
SERVE = ("-m", "bot", "serve")


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """An operator's, with a good secret and no data."""
    ours = {name: value for name, value in os.environ.items() if not name.startswith("SEATWISE_")}
    return {
        **ours,
        "LC_ALL": "C.UTF-8",
        "SEATWISE_DATA_DIR": str(tmp_path / "data"),
        "SEATWISE_SECRET_KEY": secrets.token_urlsafe(48),
        "SEATWISE_PORT": "0",
    }


@pytest.fixture
def pandas_alarm(environment: dict[str, str], tmp_path: Path) -> Path:
    """A file that is there once the program has imported pandas: half a second of every start."""
    alarm, folder = tmp_path / "imported", tmp_path / "instead"
    folder.mkdir()
    (folder / "pandas.py").write_text(f"open({str(alarm)!r}, 'w').close()\nraise ImportError")
    before = environment.get("PYTHONPATH")
    environment["PYTHONPATH"] = os.pathsep.join(filter(None, [str(folder), before]))
    return alarm


async def test_it_says_that_there_is_no_data_answers_operators_and_ends_when_told(
    environment: dict[str, str], pandas_alarm: Path
) -> None:
    async with started(*SERVE, environment=environment) as program:
        assert SAY("serve-no-data") in program.said
        paths = ("/livez", "/readyz", "/metrics", "/", "/page/words")
        statuses = [(await get(f"{program.address}{path}")).status for path in paths]
        assert statuses == [200, 200, 200, 404, 404]
        assert await program.stopped() == 0
    assert not pandas_alarm.exists()


async def test_a_full_disk_makes_it_not_ready_until_there_is_room_again(
    environment: dict[str, str],
) -> None:
    """No file may grow: what a write meets on a full disk, made by the kernel."""
    async with started(*SERVE, environment=environment) as program:
        pid, size = program.process.pid, resource.RLIMIT_FSIZE
        usual = await get(f"{program.address}/readyz")
        before = resource.prlimit(pid, size)
        resource.prlimit(pid, size, (0, before[1]))
        full = await get(f"{program.address}/readyz")
        alive = await get(f"{program.address}/livez")
        resource.prlimit(pid, size, before)
        roomy = await get(f"{program.address}/readyz")
    assert ((full.status, full.text), alive.status) == ((503, "store\n"), 200)
    assert usual == roomy == Answer(200, "ready\n", "text/plain")


async def test_without_a_secret_it_refuses_and_tells_the_line_that_makes_one(
    environment: dict[str, str],
) -> None:
    del environment["SEATWISE_SECRET_KEY"]
    process = await asyncio.create_subprocess_exec(
        sys.executable, *SERVE, env=environment, stdout=PIPE, stderr=PIPE
    )
    said, complaint = await process.communicate()
    line = 'python3 -c "import secrets; print(secrets.token_urlsafe(48))"'
    told = SAY("secret-missing", remedy=line, length=32)
    assert (process.returncode, said, complaint.decode().strip()) == (2, b"", told)
    assert line in told


async def test_sigterm_lets_a_question_end_and_waits_for_none_that_hangs() -> None:
    words = ("-m", "tests.program.slow_server")
    async with started(*words, environment=os.environ) as program:
        questions = [
            asyncio.create_task(get(f"{program.address}/{path}")) for path in ("slow", "stuck")
        ]
        assert program.process.stdout is not None
        for _ in questions:
            assert await program.process.stdout.readline() == b"asked\n"
        begun = time.monotonic()
        code = await program.stopped()
        seconds = time.monotonic() - begun
        slow, stuck = await asyncio.gather(*questions, return_exceptions=True)
    assert (code, slow) == (0, Answer(200, "answered", "text/plain"))
    assert isinstance(stuck, ClientError)
    assert seconds < DRAIN * 2
