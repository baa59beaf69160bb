"""A command of the tests' own that hands out a file, in the program as it is."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from bot.wiring import Installation
from handlers.chat.access import Permission
from handlers.chat.command import Command, NoArgs, Request, Shown, as_written
from handlers.chat.reply import Audience, Paragraph, Reply
from handlers.chat.services import Services
from handlers.registry import BY_NAME

CONTENT = b"\xef\xbb\xbfCustomer;Seats\r\n"


@contextmanager
def handing_out(
    installation: Installation, name: str = "seats.csv", *, gone: bool = False, folded: bool = False
) -> Iterator[None]:
    """With it, `/handout` answers with a file that it made, which may be gone already, or stand
    among the details.
    """

    async def ask(_request: Request[NoArgs], _services: Services) -> Reply:
        outbox = installation.outbox
        with outbox.new_file() as path:
            path.write_bytes(CONTENT)
        file = outbox.attachment(path, name, "text/csv", "Seats of all customers as CSV.")
        if gone:
            path.unlink()
        words = Paragraph("Here are the seats.")
        if folded:
            return Reply((words,), audience=Audience.ROOM, details=(file,))
        return Reply((words, file), audience=Audience.ROOM)

    command = Command(
        name="handout",
        args=NoArgs,
        needs=Permission.ASK,
        ask=ask,
        tell=as_written,
        shown=Shown(99),
        example="/handout",
    )
    with pytest.MonkeyPatch.context() as patched:
        patched.setitem(BY_NAME, "handout", command)  # type: ignore[arg-type]  # it is a dict
        yield


def kept(installation: Installation) -> list[str]:
    """What lies in the outbox."""
    return sorted(path.name for path in installation.settings.data_dir.glob(".seatwise-*/work/*"))
