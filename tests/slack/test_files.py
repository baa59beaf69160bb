"""Files that come to the asker alone: into their own conversation, once, and not kept."""

from collections.abc import Iterator

import pytest
from slack_sdk.errors import SlackClientError

from bot.slack.upload_urls import is_upload_url
from bot.wiring import Installation
from handlers.messages.speaker import speaker
from tests.program.handout import CONTENT, handing_out, kept
from tests.slack.speaking import happens, mention, message, room
from tests.slack.standin import StandIn, somebody
from tests.slack.talking import Chat, texts

SAY = speaker("en")


@pytest.fixture(autouse=True)
def handout(seated: Installation, standin: StandIn) -> Iterator[None]:
    standin.people["UBOT"] = somebody("UBOT", "Seatwise", is_bot=True)
    standin.channels["C1"] = room("UADA", "UBEN", is_private=True)
    with handing_out(seated):
        yield


async def asked(chat: Chat) -> list[str]:
    """Ada asks in a channel; gives what she alone is told there."""
    place = await chat.command("UADA", "/seatwise handout")
    await chat.drained()
    return [said["text"] for said in chat.standin.answers.get(place, [])]


async def test_a_file_asked_for_in_a_channel_comes_to_the_askers_own_messages(
    chat: Chat, standin: StandIn, seated: Installation
) -> None:
    assert await asked(chat) == [SAY("direct-done")]
    [words] = standin.posted
    assert (words["channel"], texts(words)) == (
        "DUADA",
        ["Here are the seats.", "Seats of all customers as CSV."],
    )
    assert standin.sent == [("DUADA", "seats.csv", CONTENT)]
    assert kept(seated) == []


async def test_a_file_asked_for_aloud_is_not_shown_to_the_room(
    chat: Chat, standin: StandIn
) -> None:
    await happens(chat, mention("UADA", "handout"))
    assert {post["channel"] for post in standin.posted} == {"DUADA"}
    assert [file[0] for file in standin.sent] == ["DUADA"]
    assert [(said["user"], said["text"]) for said in standin.whispered] == [
        ("UADA", SAY("direct-done"))
    ]


async def test_a_file_asked_for_in_ones_own_messages_comes_there_without_a_word_more(
    chat: Chat, standin: StandIn
) -> None:
    await happens(chat, message("UADA", "handout"))
    [words] = standin.posted
    assert [file[0] for file in standin.sent] == [words["channel"]]
    assert standin.whispered == []


FAILURES = (
    ("files.getUploadURLExternal", "429", "file-busy"),
    ("files.getUploadURLExternal", "internal_error", "file-not-taken"),
    ("upload", "503", "file-not-taken"),
    ("upload", "lost", "file-not-taken"),
    ("files.completeUploadExternal", "503", "file-not-taken"),
    ("files.completeUploadExternal", "500", "file-unsure"),
    ("files.completeUploadExternal", "lost", "file-unsure"),
    ("files.completeUploadExternal", "429", "file-busy"),
)
REFUSALS = (
    ("files.getUploadURLExternal", "missing_scope", "file-no-scope"),
    ("files.completeUploadExternal", "missing_scope", "file-no-scope"),
    ("files.completeUploadExternal", "not_in_channel", "file-no-way"),
    ("files.completeUploadExternal", "messages_tab_disabled", "file-no-way"),
    ("files.completeUploadExternal", "file_uploads_disabled", "file-not-taken"),
    ("chat.postMessage", "messages_tab_disabled", "direct-failed"),
)


async def test_a_file_that_fails_on_its_way_is_told_and_never_comes_twice(
    chat: Chat, seated: Installation
) -> None:
    for method, how, told in FAILURES:
        chat.standin.sent.clear()
        chat.standin.failing = {method: how}
        assert await asked(chat) == [SAY(told)], (method, how)
        assert len(chat.standin.sent) == ((how, told) == ("lost", "file-unsure"))
        assert kept(seated) == []


async def test_a_file_that_slack_refuses_is_told_with_what_to_do(
    chat: Chat, seated: Installation
) -> None:
    for method, error, told in REFUSALS:
        chat.standin.broken = {method: error}
        assert await asked(chat) == [SAY(told)], (method, error)
        assert chat.standin.sent == []
        assert kept(seated) == []


async def test_a_file_goes_nowhere_but_to_slack(chat: Chat, seated: Installation) -> None:
    chat.standin.upload_host = "https://files.slack.com.example/upload"
    assert await asked(chat) == [SAY("file-not-taken")]
    assert chat.standin.calls["files.completeUploadExternal"] == 0
    with pytest.raises(SlackClientError):
        await chat.api.put_file(b"png", "chart.png", "chart")
    assert kept(seated) == []


API = "https://slack.com/api/"


@pytest.mark.parametrize(
    ("url", "api", "good"),
    [
        ("https://files.slack.com/upload/v1/ABC?x=1", API, True),
        ("https://files.slack-gov.com/upload/v1/ABC", API, True),
        ("http://files.slack.com/upload", API, False),
        ("https://files.slack.com:8443/upload", API, False),
        ("https://slack.com@evil.example/upload", API, False),
        ("https://evil.example/.slack.com", API, False),
        ("https://notslack.com/upload", API, False),
        ("https://files.slack.com\\@evil.example/", API, False),
        ("https://files.sl\u0430ck.com/", API, False),
        ("http://127.0.0.1:80/upload", API, False),
        ("https://files.slack.com:x/", API, False),
        ("", API, False),
        ("http://127.0.0.1:81/upload", "http://127.0.0.1:81/api/", True),
        ("http://127.0.0.1:82/upload", "http://127.0.0.1:81/api/", False),
    ],
)
def test_an_upload_address_is_slacks(url: str, api: str, *, good: bool) -> None:
    assert is_upload_url(url, api) is good


async def test_a_file_that_went_meanwhile_is_told(chat: Chat, seated: Installation) -> None:
    with handing_out(seated, gone=True):
        assert await asked(chat) == [SAY("file-gone")]


async def test_a_hostile_name_is_a_name_of_one_file(chat: Chat, seated: Installation) -> None:
    with handing_out(seated, "../\u202evsc.<!channel>\r\n.csv"):
        await asked(chat)
    assert [file[1] for file in chat.standin.sent] == ["_vsc._!channel_.csv"]
