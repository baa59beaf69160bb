"""Each method of Slack's failing in turn, however one asked.

Promised: the asker gets the answer once, or a kind sentence, or both where nobody can know whether
the answer arrived; and never the answer twice.
"""

import asyncio
from typing import Any

import pytest

from tests.slack.speaking import happens, mention, message, room
from tests.slack.standin import StandIn, somebody
from tests.slack.talking import Chat, buttons, is_preformatted, kinds

FAULTS = ("429", "internal_error", "503", "lost")
FILES = (
    *("files.getUploadURLExternal", "upload"),
    *("files.completeUploadExternal", "files.info"),
)
CALLS = {
    "slash command": ("response_url", "users.info", *FILES),
    "mention": (
        *("chat.postMessage", "users.info", "conversations.info", "conversations.members"),
        "files.info",
    ),
    "mention before others": ("chat.postEphemeral", "conversations.open"),
    "direct message": ("chat.postMessage", "users.info", "upload"),
    "button that shares": (
        *("response_url", "chat.postMessage", "conversations.info", "conversations.members"),
    ),
    "button that sends": ("response_url", "chat.postMessage", "conversations.open"),
}
UNSURE = "I am not sure that my answer arrived."


async def asks(chat: Chat, how: str) -> None:
    """A question about Contoso; for a button it is asked, and forgotten, first."""
    standin = chat.standin
    others = ("UBEN",) if how == "mention before others" else ()
    standin.channels["C1"] = room("UADA", *others, is_private=True)
    match how:
        case "slash command":
            await chat.command("UADA", "/usage contoso")
            await chat.drained()
        case "direct message":
            await happens(chat, message("UADA", "usage contoso"))
        case "mention" | "mention before others":
            await happens(chat, mention("UADA", "usage contoso"))
        case _:
            await presses(chat, "Share here" if "shares" in how else "Send as a direct message")


async def presses(chat: Chat, label: str) -> None:
    failing, chat.standin.failing = chat.standin.failing, {}
    [answer, _picture] = await chat.asked("UADA", "/usage contoso", 2)
    await chat.drained()
    chat.standin.answers.clear()
    chat.standin.failing = failing
    await chat.press("UADA", buttons(answer)[label])
    await chat.drained()


def read(standin: StandIn) -> list[dict[str, Any]]:
    """All that the asker can read, but for pictures."""
    found = [message for messages in standin.answers.values() for message in messages]
    found += [*standin.posted, *standin.whispered]
    return [message for message in found if kinds(message) != ["image"]]


def is_answer(message: dict[str, Any]) -> bool:
    return "Contoso" in message["text"]


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize(
    ("how", "method"), [(how, method) for how, methods in CALLS.items() for method in methods]
)
async def test_the_asker_gets_an_answer_or_a_kind_sentence_and_never_two(
    chat: Chat, standin: StandIn, how: str, method: str, fault: str
) -> None:
    standin.people["UBOT"] = somebody("UBOT", "Seatwise", is_bot=True)
    standin.failing[method] = fault
    await asks(chat, how)
    answers = [message for message in read(standin) if is_answer(message)]
    others = [message["text"] for message in read(standin) if not is_answer(message)]
    assert len(answers) + len(others) >= 1
    assert len(answers) <= 1
    assert len(others) <= 1
    if not answers:
        assert others[0].startswith((UNSURE, "I could not", "Not shown here"))


@pytest.mark.parametrize("how", ["slash command", "mention", "direct message"])
async def test_after_an_answer_that_was_lost_one_line_asks_to_look(
    chat: Chat, standin: StandIn, how: str
) -> None:
    standin.failing |= {"response_url": "lost"} if how == "slash command" else {}
    standin.failing |= {"chat.postMessage": "lost"} if how != "slash command" else {}
    await asks(chat, how)
    answer, line = sorted(read(standin), key=is_answer, reverse=True)
    assert is_answer(answer)
    assert line["text"].startswith(UNSURE)


async def test_an_address_that_has_run_out_is_mended_by_a_direct_message_that_says_so(
    chat: Chat, standin: StandIn
) -> None:
    standin.dead = True
    await chat.command("UADA", "/usage contoso")
    await chat.drained()
    words, picture = standin.posted
    assert words["channel"] == picture["channel"] == "DUADA"
    assert words["text"].startswith("Slack did not let me answer where you asked")
    assert kinds(picture) == ["image"]


async def test_a_table_that_slack_does_not_take_is_posted_as_lines(
    chat: Chat, standin: StandIn
) -> None:
    standin.refused_kinds = frozenset({"table"})
    await asks(chat, "direct message")
    words, _picture = standin.posted
    assert "table" not in kinds(words)
    assert is_preformatted(words)


async def test_a_post_is_never_made_twice_for_a_server_that_fails(
    chat: Chat, standin: StandIn
) -> None:
    standin.failing["chat.postMessage"] = "503"
    await asks(chat, "direct message")
    assert standin.calls["chat.postMessage"] == 1


async def test_a_post_that_slack_turned_away_unread_is_made_when_it_says(
    chat: Chat, standin: StandIn
) -> None:
    standin.rested["chat.postMessage"] = 2
    await asks(chat, "direct message")
    assert [is_answer(m) for m in read(standin)] == [True]


@pytest.mark.parametrize("how", ["slash command", "mention", "direct message"])
async def test_words_do_not_wait_for_a_slow_upload(chat: Chat, standin: StandIn, how: str) -> None:
    standin.uploads.clear()
    asking = asyncio.create_task(asks(chat, how))
    await standin.until(lambda: read(standin))
    assert all(file.body == b"" for file in standin.files.values())
    standin.uploads.set()
    await asking
    assert len(read(standin)) == 1


async def test_one_address_is_used_five_times_at_the_most(chat: Chat, standin: StandIn) -> None:
    standin.refused_kinds = frozenset({"section", "image", "table"})
    standin.rested["response_url"] = 1
    place = await chat.command("UADA", "/usage contoso")
    await chat.drained()
    assert standin.uses[place] <= 5
    assert len([m for m in read(standin) if is_answer(m)]) == 1
