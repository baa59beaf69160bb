"""Several processes let loose on one store at the same moment."""

import asyncio
import sys
from asyncio.subprocess import PIPE


async def let_loose(url: str, processes: int, questions: int) -> list[tuple[int | None, str]]:
    """Exit code and complaints of each."""
    words = ("-m", "tests.store.another_process", url, str(questions))
    started = [
        await asyncio.create_subprocess_exec(
            sys.executable, *words, stdin=PIPE, stdout=PIPE, stderr=PIPE
        )
        for _ in range(processes)
    ]
    for process in started:
        assert process.stdout is not None
        assert await process.stdout.readline() == b"ready\n"
    ended = await asyncio.gather(*(process.communicate(b"go\n") for process in started))
    return [
        (process.returncode, complaints.decode())
        for process, (_, complaints) in zip(started, ended, strict=True)
    ]
