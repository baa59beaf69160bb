"""Many requests over a few connections, each kept as long as the server keeps it."""

import asyncio
from collections.abc import Iterable

from tests.gate.talking import Said, heard


async def attack(port: int, requests: Iterable[bytes]) -> list[Said]:
    """All answers; over one connection as long as the server keeps it."""
    answers: list[Said] = []
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    for request in requests:
        writer.write(request)
        said = await asyncio.wait_for(heard(reader, of_head=request.startswith(b"HEAD")), 10)
        if said is not None:
            answers.append(said)
        if said is None or said.closes:
            writer.close()
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.close()
    return answers
