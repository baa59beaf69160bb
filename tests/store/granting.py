"""A process that changes rights without end and says each change once it is done, to be killed in
the middle: `python -m tests.store.granting ADDRESS`; with `files` behind it, it gives files of
rights, each of FILE_ROWS rows.

One that is killed hundreds of times would mostly be starting. So it reads everything in once, and
a twin of it, made for each line of its standard input, is what is killed.
"""

import asyncio
import os
import sys
from collections.abc import Iterator
from itertools import count

from analytics.values import OWN
from bot.store.audit import Audit
from bot.store.database import open_database
from bot.store.roles import RoleStore
from handlers.chat.access import Grant, RightsChange, Role, fingerprint
from handlers.chat.asking import UserRef
from handlers.chat.rights_plan import plan_of
from tests.store.entries import NOW, SECRET, grant

Step = tuple[UserRef, Grant | None, UserRef]
"""Whom to give what, or nothing any more, by whom."""

MANY = 20_000
"""Changes after which it ends by itself, should whoever was to kill it be gone."""

FILE_ROWS = 50
"""Rows of a file of rights."""


def person(name: str) -> UserRef:
    return UserRef("slack", "T1", name)


def say(line: str) -> None:
    os.write(1, f"{line}\n".encode())  # at once and whole: what was said stays said


def to_do(twin: str, admins: list[UserRef]) -> Iterator[Step]:
    """A viewer comes and goes, then the only lasting admin makes another and is removed by it.
    Nobody's name comes twice.
    """
    admin, *others = admins
    for other in others:  # whose twin was killed before it could remove them
        yield other, None, admin
    for n in count():
        viewer, heir = person(f"{twin}-VIEWER-{n}"), person(f"{twin}-ADMIN-{n}")
        yield viewer, grant(Role.VIEWER), admin
        yield viewer, None, admin
        yield heir, grant(Role.ADMIN), admin
        yield admin, None, heir
        admin = heir


async def change_without_end(url: str, twin: str) -> None:
    engine = await open_database(url)
    audit = Audit(engine, SECRET)
    roles = RoleStore(engine, audit, ())
    await audit.writable(OWN)  # waits for what the server may still be doing for the twin before
    work = to_do(twin, [*await roles.admins(OWN, NOW)])
    for _ in range(MANY):
        whom, to, by = next(work)
        seen = fingerprint(await roles.grants(whom, OWN), NOW)
        await roles.change(RightsChange(whom, OWN, to, by, NOW, seen))
        say(f"{'grant' if to else 'revoke'} {whom}")


async def give_files_without_end(url: str, twin: str) -> None:
    engine = await open_database(url)
    audit = Audit(engine, SECRET)
    roles = RoleStore(engine, audit, ())
    await audit.writable(OWN)
    for n in range(MANY):
        wishes = {person(f"{twin}-{n}-{row}"): grant(Role.VIEWER) for row in range(FILE_ROWS)}
        await roles.save_plan(plan_of(wishes, (), OWN, NOW), NOW)
        say(f"file {twin}-{n}")


async def warm_up(url: str) -> None:
    """Opens the store once, so that its twins find everything read in."""
    engine = await open_database(url)
    await engine.dispose()


def main(url: str, kind: str = "") -> None:
    work = give_files_without_end if kind == "files" else change_without_end
    asyncio.run(warm_up(url))
    for line in sys.stdin:
        twin = os.fork()
        if twin == 0:
            asyncio.run(work(url, line.strip()))
            os._exit(0)
        say(f"process {twin}")
        os.waitpid(twin, 0)
        say("ended")


if __name__ == "__main__":
    main(*sys.argv[1:])
