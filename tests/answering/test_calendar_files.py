"""Deadlines as a calendar: one event a decision, recorded like other files, cut to its reader."""

from hashlib import sha256

from icalendar import Calendar, Event

from bot.wiring import Installation
from handlers.answer import answer
from handlers.chat.asking import View
from handlers.chat.reply import Reply, attachments, every_choice
from tests.answering.asking import asked, audited, shown, store_file


def events(reply: Reply) -> list[Event]:
    (file,) = attachments(reply.parts)
    return [
        each
        for each in Calendar.from_ical(file.path.read_bytes()).walk("VEVENT")
        if isinstance(each, Event)
    ]


async def exported(installation: Installation, text: str, who: str = "ada") -> Reply:
    return (await answer(asked(text, who), installation.backend)).reply


async def test_each_decision_of_the_answer_is_one_event_and_the_audit_has_the_file(
    installation: Installation,
) -> None:
    reply = await exported(installation, "/export renewals ics")
    found = events(reply)
    uids = [str(each["UID"]) for each in found]
    assert len(found) == len(set(uids)) > 15
    (row,) = audited(store_file(installation.settings))
    kept = row["file"]
    assert isinstance(kept, dict)
    (file,) = attachments(reply.parts)
    assert (kept["form"], kept["rows"]) == ("ics", len(found))
    assert kept["sha256"] == sha256(file.path.read_bytes()).hexdigest()
    assert (file.media_type, file.name) == (
        "text/calendar; charset=utf-8",
        "seatwise-renewals-2026-11-22.ics",
    )


async def test_a_reader_of_two_customers_gets_their_deadlines_alone(
    installation: Installation,
) -> None:
    found = events(await exported(installation, "/export renewals ics", "cleo"))
    names = {str(each["SUMMARY"]).removeprefix("Act by: ").split(" · ")[0] for each in found}
    assert names == {"Contoso", "Fabrikam Bikes"}


async def test_an_answer_without_deadlines_says_so_and_makes_no_file(
    installation: Installation,
) -> None:
    reply = await exported(installation, "/export usage contoso ics")
    assert list(attachments(reply.parts)) == []
    assert "Nothing here has a deadline for a calendar" in shown(reply)
    (row,) = audited(store_file(installation.settings))
    assert "file" not in row


async def test_only_an_answer_with_deadlines_offers_a_calendar(
    installation: Installation,
) -> None:
    offered = {
        text: [each.view for each in every_choice((await exported(installation, text)).parts)]
        for text in ("/renewals contoso", "/usage contoso", "/renewals southridge")
    }
    assert {text: View.ICS in views for text, views in offered.items()} == {
        "/renewals contoso": True,
        "/usage contoso": False,
        "/renewals southridge": False,
    }
