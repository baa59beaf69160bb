"""“This looks wrong”: asked for in words, kept once with what the answer rested on."""

import asyncio

import pytest

from analytics.demo.stories import made_up_tenant
from analytics.values import OWN
from bot.delivery import Delivered
from bot.store.reports import ReportStore
from bot.wiring import Installation
from handlers.chat.access import Grant, Role
from handlers.chat.asking import Reach
from handlers.chat.reply import Audience, Details, Stamped, TextInput
from handlers.chat.reports import LONGEST, FiledReport
from handlers.messages.speaker import speaker
from tests.conftest import NOW
from tests.rooms.gathering import Gathering, Talk, gathered, ref, words

SAY = speaker("en")
WRONG = SAY("follow-wrong")
SAID = "120 seats were bought, not 100: our order of 3 November says so."


async def _filed(installation: Installation) -> tuple[FiledReport, ...]:
    reports = installation.backend.reports
    assert isinstance(reports, ReportStore)
    return await reports.all(OWN)


async def _form(talk: Talk, who: str = "ada", question: str = "/usage contoso") -> Delivered:
    answer = await talk.asks(who, question, Reach.ASKER)
    return await talk.presses(who, answer, WRONG)


def _small_print(answer: Delivered) -> list[str]:
    """The stamp of an answer: its line, and what it folds."""
    parts = answer.reply.parts
    folded = [part for fold in parts if isinstance(fold, Details) for part in fold.parts]
    stamps = [part for part in (*parts, *folded) if isinstance(part, Stamped)]
    return [sentence for stamp in stamps for sentence in stamp.sentences]


@pytest.fixture
def talk(installation: Installation) -> Talk:
    return gathered(installation, Gathering())


async def test_the_form_says_which_answer_it_is_about_and_keeps_nothing_yet(
    installation: Installation, talk: Talk
) -> None:
    form = await _form(talk)
    (field,) = [part for part in form.reply.parts if isinstance(part, TextInput)]
    assert (field.prompt, field.send.label) == (SAY("report-prompt"), SAY("report-send"))
    assert words(form).startswith(SAY("report-about", question="/usage Contoso"))
    assert form.reply.audience is Audience.ASKER
    assert await _filed(installation) == ()


async def test_a_report_is_kept_with_question_customer_stamp_and_generation(
    installation: Installation, talk: Talk
) -> None:
    answer = await talk.asks("ada", "/usage contoso october", Reach.ASKER)
    form = await talk.presses("ada", answer, WRONG)
    kept = await talk.writes("ada", form, f"  {SAID}\n")
    contoso = made_up_tenant("Contoso")
    ((number, report),) = [(each.number, each.report) for each in await _filed(installation)]
    assert (number, report.reporter, report.said) == (1, ref("ada"), SAID)
    assert report.question == f"/usage {contoso} 2026-10-01..2026-10-31"
    assert (report.command, report.customers, report.room) == ("usage", (contoso,), "a room")
    assert (report.generation, report.at) == (answer.generation, NOW)
    assert report.stamp == tuple(_small_print(answer))
    assert (kept.reply.audience, words(kept)) == (
        Audience.ASKER,
        SAY("report-kept", number="1"),
    )


async def test_a_second_press_within_ten_seconds_saves_once(
    installation: Installation, talk: Talk
) -> None:
    form = await _form(talk)
    both = await asyncio.gather(*(talk.writes("ada", form, SAID) for _ in range(2)))
    assert {words(one) for one in both} == {SAY("report-kept", number="1"), SAY("button-twice")}
    assert [each.number for each in await _filed(installation)] == [1]


@pytest.mark.parametrize("said", ["", " \n\t "])
async def test_without_words_it_asks_again_and_then_takes_them_at_once(
    installation: Installation, talk: Talk, said: str
) -> None:
    form = await _form(talk)
    again = await talk.writes("ada", form, said)
    assert words(again) == words(form)
    assert await _filed(installation) == ()
    await talk.writes("ada", form, SAID)
    assert [each.report.said for each in await _filed(installation)] == [SAID]


async def test_of_2001_characters_2000_are_kept_and_end_with_an_ellipsis(
    installation: Installation, talk: Talk
) -> None:
    await talk.writes("ada", await _form(talk), "x" * (LONGEST + 1))
    ((said),) = [each.report.said for each in await _filed(installation)]
    assert said == "x" * (LONGEST - 1) + "…"


async def test_only_a_report_takes_words(installation: Installation, talk: Talk) -> None:
    answer = await talk.asks("ada", "/usage contoso", Reach.ASKER)
    plain = await talk.presses("ada", answer, SAY("details"))
    assert words(await talk.writes("ada", answer, SAID, SAY("details"))) == words(plain)
    assert await _filed(installation) == ()


async def test_the_form_of_another_person_takes_nothing(
    installation: Installation, talk: Talk
) -> None:
    form = await _form(talk, "cleo")
    assert words(await talk.writes("ada", form, SAID)) == SAY("button-foreign")
    assert await _filed(installation) == ()


async def test_who_lost_the_right_in_between_is_refused_and_nothing_is_saved(
    installation: Installation, talk: Talk
) -> None:
    form = await _form(talk, "cleo")
    ended = Grant(Role.VIEWER, OWN, None, NOW, "", "operator", NOW)
    await installation.roles.give(ref("cleo"), ended)
    refused = await talk.writes("cleo", form, SAID)
    assert words(refused).startswith(SAY("not-allowed", command="/usage"))
    assert await _filed(installation) == ()


async def test_a_reader_reports_as_themself_what_they_see(
    installation: Installation, talk: Talk
) -> None:
    there = await talk.asks("ada", "/usage contoso")
    form = await talk.presses("cleo", there, WRONG)
    await talk.writes("cleo", form, SAID)
    assert [each.report.reporter for each in await _filed(installation)] == [ref("cleo")]


async def test_more_than_twenty_a_day_are_refused_in_words(
    installation: Installation, talk: Talk
) -> None:
    for n in range(20):
        await talk.writes("ada", await _form(talk), f"number {n}")
    refused = await talk.writes("ada", await _form(talk), SAID)
    assert words(refused).startswith(SAY("report-too-many", n=20))
    assert len(await _filed(installation)) == 20
