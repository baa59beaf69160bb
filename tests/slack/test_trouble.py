"""What goes wrong on Slack's side: the words stand, and nothing crashes."""

import pytest

from tests.slack.standin import StandIn
from tests.slack.talking import Chat, is_preformatted, kinds, texts


async def words_alone(chat: Chat, standin: StandIn) -> dict[str, object]:
    """The answer to a question with a picture, once it is sure that none comes."""
    place = await chat.command("UADA", "/usage contoso")
    await standin.said(place)
    await chat.drained()
    [words] = standin.answers[place]
    return words


async def test_a_picture_is_waited_for_until_slack_has_looked_at_it(
    chat: Chat, standin: StandIn
) -> None:
    standin.looks = 4
    await chat.asked("UADA", "/usage contoso", 2)
    assert standin.calls["files.info"] == 4
    assert standin.refusals == []


async def test_without_the_scope_for_files_words_stand(chat: Chat, standin: StandIn) -> None:
    standin.granted.remove("files:write")
    words = await words_alone(chat, standin)
    assert "table" in kinds(words)


async def test_words_do_not_wait_for_a_picture_that_is_never_ready(
    chat: Chat, standin: StandIn
) -> None:
    standin.looks = -1
    place = await chat.command("UADA", "/usage contoso")
    [words] = await standin.said(place)
    asked_when_words_came = standin.calls["files.info"]
    await chat.drained()
    assert "table" in kinds(words)
    assert asked_when_words_came < standin.calls["files.info"] == 8
    assert standin.answers[place] == [words]
    assert standin.refusals == []


async def test_a_table_that_slack_does_not_take_comes_as_lines(
    chat: Chat, standin: StandIn
) -> None:
    standin.refused_kinds = frozenset({"table"})
    words, picture = await chat.asked("UADA", "/usage contoso", 2)
    assert "table" not in kinds(words)
    assert is_preformatted(words)
    assert kinds(picture) == ["image"]
    assert standin.refusals == ["a block of kind table"]


async def test_where_slack_takes_no_blocks_the_words_come_bare(
    chat: Chat, standin: StandIn
) -> None:
    standin.refused_kinds = frozenset({"section", "image"})
    words = await words_alone(chat, standin)
    assert kinds(words) == []
    assert "Contoso" in str(words["text"])
    [place] = standin.answers
    assert standin.uses[place] <= 5


async def test_an_address_that_has_run_out_is_logged_by_kind_and_asked_once(
    chat: Chat, standin: StandIn, capsys: pytest.CaptureFixture[str]
) -> None:
    standin.dead = True
    place = await chat.command("UADA", "/usage contoso")
    await chat.drained()
    said = capsys.readouterr()
    assert "slack answer not taken" in said.out
    assert place not in said.out + said.err
    assert "Contoso" not in said.out + said.err
    assert standin.uses[place] == 1


async def test_an_address_nobody_listens_at_breaks_nothing(chat: Chat) -> None:
    await chat.command("UADA", "/whoami", response_url="http://127.0.0.1:9/nowhere")
    await chat.drained()
    [said] = await chat.asked("UADA", "/whoami")
    assert "UADA" in texts(said)[0]


async def test_too_many_requests_are_repeated_when_slack_says(chat: Chat, standin: StandIn) -> None:
    standin.rested.update({"users.info": 1, "files.info": 2, "response_url": 1})
    _, picture = await chat.asked("UCLEO", "/usage contoso", 2)
    assert kinds(picture) == ["image"]


async def test_without_users_info_people_are_answered_in_english(
    chat: Chat, standin: StandIn
) -> None:
    standin.broken["users.info"] = "fatal_error"
    [said] = await chat.asked("UCLEO", "/whoami")
    assert "You are" in texts(said)[0]


async def test_a_person_is_looked_up_once_for_several_questions(
    chat: Chat, standin: StandIn
) -> None:
    for _ in range(3):
        await chat.asked("UCLEO", "/whoami", trigger_id=str(_))
    assert standin.calls["users.info"] == 1
