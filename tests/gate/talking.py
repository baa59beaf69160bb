"""Raw sockets: what no HTTP library would agree to send, and what comes back."""

import asyncio
from asyncio import StreamReader
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Said:
    """One answer."""

    status: int
    body: bytes
    headers: dict[str, str] = field(compare=False)

    @property
    def closes(self) -> bool:
        """Whether the server wants no more on this connection."""
        return self.headers.get("connection", "").lower() == "close"


async def heard(reader: StreamReader, *, of_head: bool = False) -> Said | None:
    """The next answer; None when the server closed the connection instead. HEAD has no body."""
    try:
        head = await reader.readuntil(b"\r\n\r\n")
    except (asyncio.IncompleteReadError, ConnectionError):
        return None
    first, *lines = head.decode("latin-1").split("\r\n")
    pairs = (line.partition(":") for line in lines if line)
    headers = {name.lower(): value.strip() for name, _, value in pairs}
    if first.startswith("HTTP/1.0"):
        headers.setdefault("connection", "close")
    status = int(first.split(" ")[1])
    length = 0 if of_head else int(headers.get("content-length", "0"))
    body = await reader.readexactly(length)
    return Said(status, body, headers)


async def sent(port: int, *pieces: bytes, ends: bool = False, patience: float = 10) -> Said | None:
    """Sends the pieces over a connection of their own and hears the first answer; `ends` closes our
    side after them.
    """
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        async with asyncio.timeout(patience):
            for piece in pieces:
                writer.write(piece)
                await writer.drain()
            if ends:
                writer.write_eof()
            return await heard(reader)
    except ConnectionError:
        return await heard(reader)
    finally:
        writer.close()


async def all_said(port: int, request: bytes, quiet: float = 0.15) -> list[int]:
    """The statuses of all answers to what is sent in one go, until the server hangs up or has been
    silent for so long.
    """
    statuses: list[int] = []
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(request)
    try:
        while said := await asyncio.wait_for(heard(reader), quiet):
            statuses.append(said.status)
    except TimeoutError:
        pass
    finally:
        writer.close()
    return statuses
