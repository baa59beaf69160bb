"""Admins are told once, by name, who sees amounts since an upgrade."""

from datetime import timedelta

import pytest_asyncio
from sqlalchemy.ext.asyncio import AsyncEngine

from analytics.values import OWN
from bot.backend import NameDirectory
from bot.scheduled_posts import PostOutcome, Receipt
from bot.scheduler.admin_notices import AdminNotices, NoticeDeps
from bot.scheduler.amounts_notice import AmountsNotice
from bot.store.announcements import AnnouncementStore
from bot.store.audit import Audit
from bot.store.roles import RoleStore
from handlers.chat.access import Role
from handlers.chat.asking import UserRef
from handlers.chat.reply import Paragraph
from handlers.messages.speaker import speaker
from tests.scheduler.staging import BEN, Stage
from tests.store.entries import SECRET, grant

EVE, DAN = UserRef("slack", "T1", "UEVE"), UserRef("slack", "T1", "UDAN")
UPGRADED = "INSERT INTO announcement (partner, kind) VALUES ('own', 'amounts')"


class Upgraded(Stage):
    """A stage with the notice on it, whose names are known."""

    def __init__(self, engine: AsyncEngine) -> None:
        super().__init__(engine)
        self.roles = RoleStore(engine, Audit(engine, SECRET), (BEN,))
        names = NameDirectory({EVE: "Eve", DAN: "Dan"})
        telling = (self.digests, self.roles, self.roster, self.posters, speaker, self.now, OWN)
        self.notice = AmountsNotice(
            announcements=AnnouncementStore(engine, OWN),
            notices=AdminNotices(NoticeDeps(*telling)),
            rights=self.roles,
            people=names,
            partner=OWN,
            now=self.now,
        )

    async def give(self, person: UserRef, role: Role) -> None:
        await self.roles.give(person, grant(role))

    async def upgrade(self) -> None:
        await self.give(BEN, Role.ADMIN)
        async with self.engine.begin() as connection:
            await connection.exec_driver_sql(UPGRADED)

    @property
    def words(self) -> list[str]:
        parts = [part for letter in self.box.letters for part in letter.delivered.reply.parts]
        return [part.text for part in parts if isinstance(part, Paragraph)]


@pytest_asyncio.fixture
async def stage(engine: AsyncEngine) -> Upgraded:
    return Upgraded(engine)


async def test_an_admin_reads_once_who_sees_amounts(stage: Upgraded) -> None:
    for person, role in ((EVE, Role.EXECUTIVE), (DAN, Role.EXECUTIVE)):
        await stage.give(person, role)
    await stage.upgrade()
    await stage.ops()
    for _ in range(3):
        await stage.notice.catch_up()
    (letter,) = stage.box.letters
    assert (letter.to.person, letter.to.room.address) == (BEN, "")
    english, french = stage.words
    assert "Here these are 2 people: Eve and Dan." in english
    assert "Eve et Dan" in french


async def test_a_store_without_an_upgrade_has_nothing_to_tell(stage: Upgraded) -> None:
    await stage.give(EVE, Role.EXECUTIVE)
    await stage.notice.catch_up()
    assert stage.box.letters == []


async def test_where_nobody_sees_amounts_by_now_nothing_is_told(stage: Upgraded) -> None:
    await stage.upgrade()
    await stage.give(EVE, Role.VIEWER)
    await stage.notice.catch_up()
    await stage.give(EVE, Role.EXECUTIVE)
    await stage.notice.catch_up()
    assert stage.box.letters == []


async def test_a_notice_that_reached_no_admin_is_sent_again_later(stage: Upgraded) -> None:
    await stage.give(EVE, Role.EXECUTIVE)
    await stage.upgrade()
    stage.box.fates = [Receipt(PostOutcome.LATER, wait=60)]
    await stage.notice.catch_up()
    store = AnnouncementStore(stage.engine, OWN)
    assert not await store.claim("amounts", stage.now() + timedelta(minutes=1))
    assert await store.claim("amounts", stage.now() + timedelta(minutes=6))


async def test_of_two_processes_one_tells(stage: Upgraded) -> None:
    await stage.upgrade()
    stores = [AnnouncementStore(stage.engine, OWN) for _ in range(2)]
    now = stage.now()
    assert [await store.claim("amounts", now) for store in stores] == [True, False]
    await stores[0].mark_told("amounts", now)
    assert not await stores[1].claim("amounts", now + timedelta(days=1))
