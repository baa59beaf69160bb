"""kill -9 while rights are changed: what was said to be done is done, once, and audited."""

import asyncio
import json
import os
import signal
import sys
import time
from asyncio.subprocess import PIPE, Process
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from random import Random

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine

from analytics.values import OWN
from bot.store.audit import Audit
from bot.store.database import open_database
from bot.store.roles import RoleStore
from bot.store.tables import assignment, audit
from handlers.chat.access import Role
from tests.seeds import seeds
from tests.store.behind import Behind
from tests.store.entries import NOW, SECRET, grant
from tests.store.granting import FILE_ROWS, person

KILLS = 15
LONGEST = 0.35
"""Seconds that a process lives at most on a quick machine; opening the store is a part of it."""


@dataclass
class Damage:
    """What killing did."""

    kills: int = 0
    said: list[str] = field(default_factory=list)
    """Changes said to be done, such as `grant slack:T1:BEN`."""
    lost: set[str] = field(default_factory=set)
    """Said, and not in the audit."""
    unsaid: int = 0
    """Done and never said: at most one for each kill."""
    doubled: set[str] = field(default_factory=set)
    without_audit: set[str] = field(default_factory=set)
    """Rights given or ended that the audit does not know, or the other way round."""
    without_admin: int = 0
    """How often nobody was a lasting admin after a kill."""
    broken: list[int] = field(default_factory=list)
    """Where the chain was broken, after each kill where it was."""


async def killed(url: str, kills: int, seed: int) -> Damage:
    """Kills so many processes, at moments that the seed decides, while they change rights in the
    store at this address. It must be new.
    """
    chance, damage = Random(seed), Damage()  # noqa: S311 the same moments again
    engine = await open_database(url)
    ledger = Audit(engine, SECRET)
    roles = RoleStore(engine, ledger, ())
    await roles.give(person("FIRST"), grant(Role.ADMIN))
    words = (sys.executable, "-m", "tests.store.granting", url)
    mother = await asyncio.create_subprocess_exec(*words, stdin=PIPE, stdout=PIPE)
    try:
        damage.said += await _one_life(mother, "FIRST-TWIN", None)  # reads in what twins share
        began = time.monotonic()
        damage.said += await _one_life(mother, "SECOND-TWIN", None)
        longest = max(LONGEST, 3 * (time.monotonic() - began))
        for number in range(kills):
            said = await _one_life(mother, f"TWIN{number}", chance.uniform(0.01, longest))
            longest = longest if said else min(longest * 1.5, 10)  # the machine is slower just now
            damage.said += said
            damage.kills += 1
            await _look(damage, ledger, roles)
    finally:
        await mother.communicate(b"")  # the end of its input is its own
    await ledger.writable(OWN)  # waits for what the server may still be doing for the dead
    await _account(damage, engine)
    await engine.dispose()
    return damage


async def _one_life(mother: Process, twin: str, seconds: float | None) -> list[str]:
    """What a process said before it was killed; None kills it once it has said something."""
    assert mother.stdin is not None
    assert mother.stdout is not None
    mother.stdin.write(f"{twin}\n".encode())
    said: list[str] = []
    killing, pid = None, 0
    while (line := (await mother.stdout.readline()).decode().strip()) != "ended":
        first, _, rest = line.partition(" ")
        assert rest, f"{twin} failed"
        later = asyncio.get_running_loop().call_later
        if first == "process":
            pid = int(rest)
            killing = seconds and later(seconds, os.kill, pid, signal.SIGKILL)
        else:
            said.append(line)
            killing = killing or later(0, os.kill, pid, signal.SIGKILL)
    assert killing
    assert killing.when() <= asyncio.get_running_loop().time(), f"{twin} ended by itself"
    return said


async def _look(damage: Damage, ledger: Audit, roles: RoleStore) -> None:
    if (row := await ledger.broken_at(OWN)) is not None:
        damage.broken.append(row)
    holders = await roles.holders(OWN, NOW)
    lasting = [who for who, held in holders if held.role is Role.ADMIN and held.until is None]
    damage.without_admin += not lasting


async def _account(damage: Damage, engine: AsyncEngine) -> None:
    """Compares what was said with the audit, and the audit with the rights."""
    a = assignment.c
    async with engine.connect() as connection:
        texts = (await connection.execute(select(audit.c.entry))).scalars().all()
        rights = (await connection.execute(select(a.user_id, a.ended_at))).all()
    entries = [json.loads(text) for text in texts]
    audited = Counter(f"{entry['action']} {entry['whom']}" for entry in entries)
    kept = Counter(f"grant {person(who)}" for who, _ in rights)
    kept += Counter(f"revoke {person(who)}" for who, ended in rights if ended)
    damage.lost = {*damage.said} - {*audited}
    damage.unsaid = len({*audited} - {*damage.said, f"grant {person('FIRST')}"})
    damage.doubled = {change for each in (audited, kept) for change, n in each.items() if n > 1}
    damage.without_audit = {*audited} ^ {*kept}


@pytest.mark.parametrize("seed", seeds(7))
async def test_killing_loses_doubles_and_breaks_nothing(behind: Behind, seed: int) -> None:
    damage = await killed(behind.url, KILLS, seed)
    assert (damage.kills, damage.lost, damage.doubled) == (KILLS, set(), set())
    assert (damage.without_audit, damage.without_admin, damage.broken) == (set(), 0, [])
    assert damage.unsaid <= KILLS
    assert len(damage.said) > KILLS


@pytest.mark.parametrize("seed", seeds(7))
async def test_a_file_of_rights_is_given_whole_or_not_at_all(behind: Behind, seed: int) -> None:
    chance = Random(seed)  # noqa: S311 the same moments again
    engine = await open_database(behind.url)
    ledger = Audit(engine, SECRET)
    words = (sys.executable, "-m", "tests.store.granting", behind.url, "files")
    mother = await asyncio.create_subprocess_exec(*words, stdin=PIPE, stdout=PIPE)
    said: list[str] = []
    try:
        said += await _one_life(mother, "FIRST", None)  # reads in what twins share
        for number in range(KILLS):
            said += await _one_life(mother, f"TWIN{number}", chance.uniform(0.01, LONGEST))
            assert await ledger.broken_at(OWN) is None
    finally:
        await mother.communicate(b"")  # the end of its input is its own
    await ledger.writable(OWN)  # waits for what the server may still be doing for the dead
    rights, audited = await _rows_by_file(engine)
    await engine.dispose()
    assert {*rights.values()} == {FILE_ROWS}
    assert audited == rights
    assert {line.removeprefix("file ") for line in said} <= rights.keys()
    assert len(rights) - len(said) <= KILLS + 1
    assert len(said) > 1


async def _rows_by_file(engine: AsyncEngine) -> tuple[Counter[str], Counter[str]]:
    """How many rights each file left, and how many rows in the audit."""
    async with engine.connect() as connection:
        held = select(assignment.c.user_id).where(assignment.c.ended_at.is_(None))
        people = (await connection.execute(held)).scalars().all()
        texts = (await connection.execute(select(audit.c.entry))).scalars().all()
    whom = [json.loads(text)["whom"].rpartition(":")[2] for text in texts]
    return _files_of(people), _files_of(whom)


def _files_of(people: Iterable[str]) -> Counter[str]:
    return Counter(who.rpartition("-")[0] for who in people)
