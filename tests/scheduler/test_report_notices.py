"""Reports are told once: the room for failures learns that there is one, admins what is in it."""

import asyncio
import sys
from asyncio.subprocess import PIPE
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
import pytest_asyncio
from sqlalchemy.ext.asyncio import AsyncEngine

from analytics.values import OWN, TenantId
from analytics.warehouse.current_generation import Warehouse
from bot.page.outbound import answer_html
from bot.partners import facts_folder
from bot.scheduled_posts import PostOutcome, Receipt
from bot.scheduler.admin_notices import AdminNotices, NoticeDeps
from bot.scheduler.customer_names import CustomerNames
from bot.scheduler.report_notices import ReportNotices
from bot.slack.outbound import words
from bot.store.reports import ReportStore
from bot.teams.outbound import CardContext, message
from handlers.chat.accounts import AccountKind
from handlers.chat.asking import RoomKind, UserRef
from handlers.chat.reports import Report
from handlers.messages.speaker import speaker
from tests.scheduler.staging import ADA, BEN, OPS, Roster, Stage
from tests.slack.standin import StandIn
from tests.store.behind import Behind, in_sqlite
from tests.store.reporting import report
from tests.teams.card_rules import elements, fault
from tests.teams.reading_cards import card_of, texts

EVE = UserRef("slack", "T1", "UEVE")
WORDS = "120 were bought, not 100."
HOSTILE = (
    "<!channel> <@U1> *b* <img src=x onerror=alert(1)> {{DATE()}} \u202egpj\x07 [x](https://e)"
)


class Admins(Roster):
    """People whose admins a test names."""

    named: tuple[UserRef, ...] = (BEN,)

    async def admins(self, partner: object, now: object) -> tuple[UserRef, ...]:
        return self.named


class Reported(Stage):
    """A stage with the notices of reports on it."""

    def __init__(self, engine: AsyncEngine, data: Path) -> None:
        super().__init__(engine)
        self.roster = Admins()
        self.reports = ReportStore(engine, self.audit)
        self.warehouse = Warehouse(facts_folder(data, OWN))
        telling = (self.digests, self.roster, self.roster, self.posters, speaker, self.now, OWN)
        notices = AdminNotices(NoticeDeps(*telling))
        names = CustomerNames(self.warehouse, OWN)
        self.notices = ReportNotices(self.reports, notices, self.roster, names, OWN, self.now)

    def contoso(self) -> TenantId:
        generation = self.warehouse.current()
        assert generation is not None
        return next(c.id for c in generation.people.customers if c.name == "Contoso")

    async def file(self, its: Report | None = None) -> int:
        """Ada's report about Contoso, a moment ago; its number."""
        contoso = self.contoso()
        its = its or report(question=f"/usage {contoso}", customers=(contoso,))
        return await self.reports.save(replace(its, at=self.now()))

    @property
    def told(self) -> list[UserRef]:
        return [letter.to.person for letter in self.box.letters]


@pytest_asyncio.fixture
async def stage(engine: AsyncEngine, sample_facts: Path) -> Reported:
    return Reported(engine, sample_facts)


async def test_an_admin_reads_once_what_was_asked_and_written(stage: Reported) -> None:
    await stage.file()
    for _ in range(3):
        await stage.notices.catch_up()
    (letter,) = stage.box.letters
    assert (letter.to.person, letter.to.room.kind) == (BEN, RoomKind.PRIVATE)
    english, french, *quoted = stage.box.said[0].split("\n")
    moment = speaker("en").moment(stage.now())
    assert english == (
        f"somebody reported that an answer looks wrong: report 1, {moment}. "
        "The question and their words follow."
    )
    assert "somebody signale qu’une réponse semble fausse\xa0: signalement 1, " in french
    assert quoted == ["/usage Contoso", WORDS]


@in_sqlite
async def test_hostile_words_are_shown_to_admins_as_text_on_every_platform(
    stage: Reported,
) -> None:
    await stage.file(report(HOSTILE))
    await stage.notices.catch_up()
    (letter,) = stage.box.letters
    on_slack = words(letter.delivered)
    assert StandIn().wrong(on_slack) == ""
    assert {block["text"]["type"] for block in on_slack["blocks"]} == {"plain_text"}
    assert "&lt;!channel&gt; &lt;@U1&gt; *b*" in on_slack["text"]
    on_teams = message(letter.delivered, CardContext(speaker("en"), {}))
    assert fault(on_teams) == ""
    kinds = {element["type"] for element in elements(card_of(on_teams))}
    assert kinds <= {"RichTextBlock", "TextRun"}
    on_page = answer_html(letter.delivered, {}, speaker("en"))
    assert "&lt;img src=x onerror=alert(1)&gt;" in on_page
    assert "<img" not in on_page
    assert "{{" not in "".join(texts(card_of(on_teams)))
    for shown in (
        *(block["text"]["text"] for block in on_slack["blocks"]),
        on_page,
        *texts(card_of(on_teams)),
    ):
        assert not {"\u202e", "\x07"} & {*shown}


async def test_the_room_for_failures_alone_is_told_without_customer_and_words(
    stage: Reported,
) -> None:
    await stage.file()
    await stage.ops()
    await stage.notices.catch_up()
    (letter,) = stage.box.letters
    assert letter.to.room == OPS
    (said,) = stage.box.said
    assert said.startswith("somebody reported that an answer of /usage looks wrong. “seatwise r")
    assert "«\xa0seatwise reports 1\xa0» affiche tout" in said
    assert [text for text in ("Contoso", stage.contoso(), WORDS) if text in said] == []


@in_sqlite
async def test_a_room_that_refuses_for_good_leaves_it_to_the_admins(stage: Reported) -> None:
    await stage.file()
    await stage.ops()
    stage.box.fates = [Receipt(PostOutcome.REFUSED, "room-gone")]
    for _ in range(2):
        await stage.notices.catch_up()
    assert [letter.to.room.kind for letter in stage.box.letters] == [RoomKind.PRIVATE]


@in_sqlite
@pytest.mark.parametrize(
    ("admins", "told"),
    [((ADA, BEN), [BEN]), ((ADA,), [ADA]), ((BEN, EVE), [BEN, EVE]), ((), [])],
)
async def test_a_reporter_who_is_admin_is_told_only_where_there_is_no_other(
    stage: Reported, admins: tuple[UserRef, ...], told: list[UserRef]
) -> None:
    stage.roster.named = admins
    await stage.file()
    await stage.notices.catch_up()
    assert stage.told == told


@in_sqlite
async def test_an_admin_who_is_no_member_any_more_is_told_nothing(stage: Reported) -> None:
    stage.roster.named = (BEN, EVE)
    stage.roster.kinds[BEN] = AccountKind.GONE
    await stage.file()
    await stage.notices.catch_up()
    assert stage.told == [EVE]


@in_sqlite
async def test_a_customer_that_the_figures_lost_stands_there_by_id(
    engine: AsyncEngine, tmp_path: Path, stage: Reported
) -> None:
    bare = Reported(engine, tmp_path)
    await stage.file()
    await bare.notices.catch_up()
    assert f"/usage {stage.contoso()}" in bare.box.said[0]


@in_sqlite
async def test_a_report_that_reached_no_person_is_told_later(stage: Reported) -> None:
    await stage.file()
    stage.box.fates = [Receipt(PostOutcome.LATER, wait=60)]
    for minutes, told in ((0, 0), (4, 0), (6, 1), (12, 1)):
        stage.ahead = timedelta(minutes=minutes)
        await stage.notices.catch_up()
        assert len(stage.box.letters) == told


@in_sqlite
async def test_what_no_person_could_be_told_in_a_week_is_not_tried_again(stage: Reported) -> None:
    await stage.file()
    stage.ahead = timedelta(days=7)
    await stage.notices.catch_up()
    assert stage.box.letters == []
    assert await stage.reports.find(1, OWN) is not None


@in_sqlite
async def test_many_reports_are_told_ten_at_a_time(stage: Reported) -> None:
    for n in range(12):
        await stage.file(report(f"number {n}"))
    for told in (10, 12, 12):
        await stage.notices.catch_up()
        assert len(stage.box.letters) == told
    assert len({letter.mark for letter in stage.box.letters}) == 12


@in_sqlite
async def test_reports_of_400_days_are_deleted_on_the_way(stage: Reported) -> None:
    await stage.file()
    stage.ahead = timedelta(days=400)
    await stage.notices.catch_up()
    assert await stage.reports.all(OWN) == ()


async def test_a_report_whose_teller_was_killed_is_told_by_the_next(
    stage: Reported, behind: Behind
) -> None:
    await stage.file()
    program = (sys.executable, "-m", "tests.scheduler.claiming", behind.url)
    teller = await asyncio.create_subprocess_exec(*program, stdin=PIPE, stdout=PIPE)
    assert teller.stdout is not None
    assert await teller.stdout.readline() == b"1\n"
    teller.kill()
    await teller.communicate()
    for minutes, told in ((0, []), (6, [BEN]), (12, [BEN])):
        stage.ahead = timedelta(minutes=minutes)
        await stage.notices.catch_up()
        assert stage.told == told
