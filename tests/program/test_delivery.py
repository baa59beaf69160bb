"""Questions in turn: a burst of one person is turned away at once, and nobody else notices."""

import asyncio
from dataclasses import replace

from bot.store.database import STORE_ERRORS
from bot.wiring import Installation
from handlers.chat.asking import UserRef
from handlers.messages.speaker import speaker
from tests.answering.asking import asked, audited, shown, store_file, tamper
from tests.program.delivering import Held, delivering

SAY = speaker("en")
STRANGER = UserRef("slack", "T2", "U9")


async def test_the_seventh_question_is_turned_away_and_the_six_are_answered(
    installation: Installation,
) -> None:
    held = Held(installation.backend.warehouses)
    backend = replace(installation.backend, warehouses=held)
    async with delivering(installation, backend) as delivery:
        questions = [asked("/usage contoso", request=f"q{number}") for number in range(1, 8)]
        tasks = [asyncio.create_task(delivery.ask(question)) for question in questions]
        done, _ = await asyncio.wait(tasks, timeout=30, return_when=asyncio.FIRST_COMPLETED)
        early = audited(store_file(installation.settings))
        held.gate.set()
        answers = [shown((await task).reply) for task in tasks]
    assert [tasks.index(task) for task in done] == [6]
    assert [(row["request"], row["outcome"], row["why"]) for row in early] == [
        ("q7", "refused", "too-many")
    ]
    assert [answer.split(":")[0] for answer in answers[:6]] == ["Contoso"] * 6
    assert answers[6] == SAY("too-many")
    assert len(audited(store_file(installation.settings))) == 7


async def test_others_are_answered_while_one_persons_questions_hang(
    installation: Installation,
) -> None:
    held = Held(installation.backend.warehouses)
    backend = replace(installation.backend, warehouses=held)
    async with delivering(installation, backend) as delivery:
        burst = [asyncio.create_task(delivery.ask(asked("/usage contoso"))) for _ in range(6)]
        others = [await delivery.ask(asked("/whoami", who)) for who in ("ben", STRANGER)]
        answered_early = [task.done() for task in burst]
        held.gate.set()
        await asyncio.gather(*burst)
    assert [shown(other.reply).split("\n")[0] for other in others] == [
        SAY("whoami-you", name="Ben", id="page:demo:ben"),
        SAY("whoami-you", name="slack:T2:U9", id="slack:T2:U9"),
    ]
    assert answered_early == [False] * 6


async def test_an_answer_without_buttons_saves_none(installation: Installation) -> None:
    delivered = await installation.delivery.ask(asked("/whoami", "ben"))
    assert delivered.buttons == {}


async def test_buttons_that_cannot_be_saved_are_told_in_words(installation: Installation) -> None:
    tamper(store_file(installation.settings), "DROP TABLE saved_ask")
    asking = await installation.delivery.ask(asked("/usage", request="c0ffee"))
    pressing = await installation.delivery.press("any", asked("", request="c0ffee"))
    assert (shown(asking.reply), asking.buttons) == (SAY("broken", incident="c0ffee"), {})
    assert (shown(pressing.reply), pressing.buttons) == (SAY("broken", incident="c0ffee"), {})


async def test_a_store_that_is_gone_answers_nobody_and_raises_nothing(
    installation: Installation,
) -> None:
    tamper(
        store_file(installation.settings),
        *("DROP TABLE audit", "DROP TABLE saved_ask", "DROP TABLE assignment"),
    )
    raised = []
    for text in ("/usage contoso", "/usage", "/help", "/whoami", "/doctor", "what"):
        try:
            words = shown((await installation.delivery.ask(asked(text))).reply)
        except STORE_ERRORS as error:
            raised.append(error)
        assert words == SAY("not-audited", incident="q1"), text
    assert raised == []
