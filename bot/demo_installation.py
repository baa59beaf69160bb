"""The made-up partner as an installation: its facts, its people and its store are kept apart from
real ones.
"""

import os
import secrets
import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime, timedelta
from io import BytesIO
from pathlib import Path

from analytics.demo.page import DemoPage
from analytics.demo.pages import CLEO_SEES, STORIES, fingerprint, marks, pages
from analytics.demo.stories import Story
from analytics.sources.files.bad_file import LIMITS
from analytics.sources.files.downloads import Download, merge, read_download
from analytics.sources.files.offer_matrix import read_offer_matrix
from analytics.sources.partner_center.answers import json_object
from analytics.sources.partner_center.item_rows import rows_of
from analytics.sources.partner_center.page_model import Bearer, Call, Paging
from analytics.sources.partner_center.paging import page as answer_page
from analytics.sources.partner_center.summed_rows import SummedRows
from analytics.tables import DATASETS, OFFER_SKUS, Batch, Row
from analytics.values import TenantId
from analytics.warehouse.building.build import Load, build_history
from analytics.warehouse.current_generation import Warehouse
from analytics.warehouse.generations import Busy
from bot.page.people import PEOPLE, person
from bot.partners import SERVED, facts_folder
from bot.settings import Settings
from bot.wiring import Installation
from handlers.chat.access import Grant, Role
from handlers.chat.asking import UserRef

NAMES = {somebody.ref: somebody.name for somebody in PEOPLE}
"""Names of the made-up people, by account."""

_TENANT = "7e57da7a-0000-4000-8000-00000000d3e0"
PLAYGROUND = {
    "ada": UserRef("teams", _TENANT, "00000000-0000-4000-8000-00000000ada0"),
    "cleo": UserRef("teams", _TENANT, "00000000-0000-4000-8000-00000000c1e0"),
}
"""Ada and Cleo in the Agents Playground, as tests/playground configures it."""


def sample_settings(settings: Settings) -> Settings:
    """Return the settings with a folder of the demonstration's own, so that made-up data never
    meets real data.
    """
    home = settings.data_dir / "demo"
    return replace(
        settings, data_dir=home, database_url="", secret_key=kept_secret(home), admins=()
    )


def make_sample(data_dir: Path, now: datetime) -> None:
    """Build the made-up facts up to yesterday where they are missing, end earlier, or tell other
    stories. Takes a few seconds; where another process builds them, waits for it.
    """
    folder, today, mark = facts_folder(data_dir, SERVED), now.date(), fingerprint(STORIES)
    if _stands(folder, today - timedelta(days=1), mark):
        return
    loads = demo_loads(now, STORIES)
    while not _stands(folder, today - timedelta(days=1), mark):
        try:
            build_history(folder, loads)
        except Busy:
            time.sleep(0.1)
        else:
            return


def demo_loads(now: datetime, stories: tuple[Story, ...]) -> list[Load]:
    """Return what the made-up partner's loads brought, the oldest first, read as real files and
    answers are.
    """
    today, by_day = now.date(), defaultdict(list)
    for page in pages(today, stories):
        by_day[page.asked].append(page)
    meta = {"made_up": "yes", "stories": fingerprint(stories)}
    return [
        Load(
            _batches(by_day[asked]),
            meta | {"built": _then(now, asked).isoformat()},
            marks(today, stories) if asked == today else (),
        )
        for asked in sorted(by_day)
    ]


def _then(now: datetime, day: date) -> datetime:
    return datetime.combine(day, now.timetz())


def _batches(pages_of_day: Sequence[DemoPage]) -> tuple[Batch, ...]:
    """Return a day's rows: files through the reader of downloads, answers through the sync's."""
    files = [page for page in pages_of_day if page.given is None]
    rows: dict[str, list[Row]] = {}
    for page in pages_of_day:
        if page.given is not None:
            rows.setdefault(page.dataset.name, []).extend(_rows(page, page.given))
    answered = [Batch(each, tuple(rows[each.name])) for each in DATASETS if each.name in rows]
    return (*merge([_download(page) for page in files]), *answered)


def _download(page: DemoPage) -> Download:
    if page.dataset is OFFER_SKUS:
        return read_offer_matrix(page.name, BytesIO(page.raw), page.asked, LIMITS)
    return read_download(page.name, page.raw, page.asked)


def _rows(page: DemoPage, given: Mapping[str, str]) -> list[Row]:
    call = Call(page.dataset.endpoint, Paging.ONE, Bearer.APP)
    items = answer_page(call, json_object(page.raw), 0).items
    rows = rows_of(page.dataset, items, given, page.asked)
    if not page.dataset.item:
        return rows
    sums = SummedRows(page.dataset)
    sums.add(items, rows)
    return sums.rows


def _stands(folder: Path, day: date, mark: str) -> bool:
    """Check whether the current generation tells these stories, up to that day at least."""
    generation = Warehouse(folder).current()
    if generation is None or generation.stories != mark:
        return False
    return max(each.day for each in generation.snapshots) >= day


async def seat_people(
    installation: Installation, cleo_sees: tuple[TenantId, ...] = CLEO_SEES
) -> None:
    """Give Ada and Cleo their rights, once; Ben has none."""
    await seat(installation, {key: person(key).ref for key in ("ada", "cleo")}, cleo_sees)


async def seat(
    installation: Installation,
    refs: Mapping[str, UserRef],
    cleo_sees: tuple[TenantId, ...] = CLEO_SEES,
) -> None:
    """Give the rights of Ada and Cleo to people of any platform, where they hold nothing yet."""
    now = installation.backend.now()
    everything = Grant(Role.ADMIN, installation.partner, None, None, "", "operator", now)
    reading = replace(everything, role=Role.VIEWER, customers=frozenset(cleo_sees))
    for key, grant in (("ada", everything), ("cleo", reading)):
        if not await installation.roles.grants(refs[key], installation.partner):
            await installation.roles.give(refs[key], grant)


def first_customers(data_dir: Path) -> tuple[TenantId, ...]:
    """The customers that Cleo sees where the figures are real: the first two by name."""
    generation = Warehouse(facts_folder(data_dir, SERVED)).current()
    customers = generation.people.customers if generation else ()
    return tuple(c.id for c in sorted(customers, key=lambda c: c.name)[:2])


def kept_secret(folder: Path) -> str:
    """A secret made once and kept in the folder, for the demonstration: it has no operator to
    choose one.
    """
    file = folder / "secret.key"
    folder.mkdir(parents=True, exist_ok=True)
    if not file.exists():
        fresh = folder / f"secret.{secrets.token_hex(8)}.new"
        with os.fdopen(os.open(fresh, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as out:
            out.write(secrets.token_urlsafe(48))
        with suppress(FileExistsError):  # whole or not at all; the first of several processes wins
            file.hardlink_to(fresh)
        fresh.unlink()
    return file.read_text()
