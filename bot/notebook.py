"""Seatwise in a notebook: one reader's answers and datasets as DataFrames.

It works on the bot's own machine, for the operator, who names the reader whose rights count: as
`seatwise ask --as` does. Each question asked and each dataset read is written to the audit.
"""

import asyncio
import os
from collections.abc import Callable, Coroutine, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TypeVar

from analytics.frames import Frame, NoFrame, dataset_frame, result_frames
from analytics.warehouse.current_generation import Warehouse
from analytics.warehouse.facts import Facts
from bot.cli.terminal_text import reply_text
from bot.delivery import request_id
from bot.demo_installation import NAMES, make_sample, sample_settings, seat_people
from bot.environment import check_secret, read_settings
from bot.log import start_log
from bot.page.people import person
from bot.partners import facts_of, partner_of
from bot.private_files import keep_private
from bot.settings import Settings
from bot.wiring import Installation, open_installation, utc_now
from handlers.backend import JournalEntry, Outcome
from handlers.chat.access import Permission, authorize
from handlers.chat.asking import Ask, Room, RoomKind, UserRef, Via
from handlers.chat.refusals import NoData, Refusal
from handlers.refusal_replies import refusal_reply

R = TypeVar("R")

_NO_FRAME = "no-frame"
"""The audit's reason where there are no rows to make a frame of."""


class Unanswered(Exception):
    """A question or a dataset was refused, or there are no figures in its answer; says why."""


@dataclass(frozen=True, slots=True)
class Notebook:
    """One reader's figures. Each call opens the installation, reads the reader's rights anew, and
    closes it again.
    """

    reader: UserRef
    settings: Settings
    made_up: bool
    """True if the figures are those of the made-up partner."""

    def ask(self, question: str) -> dict[str, Frame]:
        """Return the result of a question, such as `/usage contoso`, as frames by name: those that
        analytics.frames.result_frames() makes. Raises Unanswered.
        """

        async def work(installation: Installation) -> dict[str, Frame]:
            answer = await installation.delivery.ask(self._ask(question))
            if answer.result is None:
                raise Unanswered(reply_text(answer.reply))
            return result_frames(answer.result)

        return self._within(work)

    def dataset(self, name: str, since: date | None = None) -> Frame:
        """Return the rows of a dataset that the reader may see, all or since a day, as
        analytics.frames.dataset_frame() makes them. Raises Unanswered.
        """

        async def work(installation: Installation) -> Frame:
            read = partial(dataset_frame, name=name, since=since)
            return await _dataset(installation, self._ask(f"dataset {name}"), read)

        return self._within(work)

    def _ask(self, text: str) -> Ask:
        partner = partner_of(self.reader.platform, self.reader.tenant)
        room = Room("notebook", RoomKind.PRIVATE, partner)
        return Ask(request_id(), self.reader, room, text, "en", "UTC", Via.OPERATOR)

    def _within(self, work: Callable[[Installation], Coroutine[None, None, R]]) -> R:
        """Do the work in a thread of its own: a notebook has an event loop that runs already."""

        async def within() -> R:
            names = NAMES if self.made_up else {}
            async with open_installation(self.settings, names, utc_now) as installation:
                if self.made_up:
                    await seat_people(installation)
                return await work(installation)

        with ThreadPoolExecutor(1) as thread:
            return thread.submit(asyncio.run, within()).result()


def notebook(reader: str, environment: Mapping[str, str] = os.environ) -> Notebook:
    """Return the figures of a reader: `slack:T…:U…` where data were imported or fetched, else
    `ada`, `ben` or `cleo` of the made-up partner, which is built at first.

    Raises ValueError or KeyError if the text names none, and what read_settings() raises.
    """
    start_log("ERROR")
    settings = read_settings(environment)
    keep_private(settings)
    if Warehouse(facts_of(settings)).current() is not None:
        check_secret(settings)
        return Notebook(UserRef.parse(reader), settings, made_up=False)
    settings = sample_settings(settings)
    make_sample(settings.data_dir, utc_now())
    return Notebook(person(reader.lower()).ref, settings, made_up=True)


async def _dataset(installation: Installation, ask: Ask, read: Callable[[Facts], Frame]) -> Frame:
    """Open the facts with the reader's key, write that to the audit, and return the frame."""
    try:
        facts = await _facts(installation, ask)
        frame = await asyncio.to_thread(read, facts)
    except Refusal as refusal:
        await _record(installation, ask, refusal.sentence)
        reply = await refusal_reply(refusal, ask, "usage", installation.backend)
        raise Unanswered(reply_text(reply)) from refusal
    except NoFrame as none:
        await _record(installation, ask, _NO_FRAME)
        raise Unanswered(str(none)) from none
    await _record(installation, ask, "", facts)
    return frame


async def _facts(installation: Installation, ask: Ask) -> Facts:
    backend, partner = installation.backend, ask.room.partner
    account = await backend.people.account(ask.asker)
    grants = await backend.rights.grants(ask.asker, partner)
    access = authorize(account, partner, Permission.SEE_SEATS, grants, backend.now())
    facts = await asyncio.to_thread(backend.facts, access)
    if facts is None:
        raise NoData
    return facts


async def _record(
    installation: Installation, ask: Ask, why: str, facts: Facts | None = None
) -> None:
    """Write to the audit that the dataset was read, or why it was not; no frame is given before."""
    customers = tuple(sorted(each.id for each in facts.people.customers)) if facts else ()
    outcome = Outcome.REFUSED if why else Outcome.ANSWERED
    at = installation.backend.now()
    named = ask.text if why != _NO_FRAME else "dataset"  # what is no dataset's name is no command
    entry = JournalEntry(ask, named, outcome, why, customers, at)
    await installation.backend.journal.record(entry)
