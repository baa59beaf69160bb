"""Two customers of one name are told apart wherever a name is read: answers, cards, buttons,
pictures, results, digests.
"""

import asyncio
import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.answering.all_questions import Conversation, Told
from tests.answering.twin_readers import ADMIN, opened
from tests.answering.twin_worlds import ONE_NAME, world_of

NAME = re.compile(r"\bContoso\b(?! Pharmaceuticals)(?P<mark> \([^)]+\))?")
"""The name, in the case in which the source has it, and the mark behind it."""

MARKS = {" (contoso.onmicrosoft.example)", " (fabrikambikes.onmicrosoft.example)"}


async def _hear() -> dict[str, Told]:
    with TemporaryDirectory() as home:
        async with opened(world_of(ONE_NAME), Path(home)) as installation:
            talk = Conversation(installation.delivery, ADMIN, "en")
            await talk.save_digests()
            return await talk.everything_told(pressing=True)


@cache
def told() -> dict[str, Told]:
    return asyncio.run(_hear())


def texts(answer: Told) -> Iterator[str]:
    yield answer.words
    yield from _texts(json.loads(answer.programs))


def _texts(part: object) -> Iterator[str]:
    if isinstance(part, dict):
        for each in part.values():
            yield from _texts(each)
    elif isinstance(part, list):
        for each in part:
            yield from _texts(each)
    elif isinstance(part, str):
        yield part


@pytest.mark.timeout(300)  # the world is made for the first that asks
def test_no_answer_has_the_bare_name() -> None:
    bare = {
        question: text
        for question, answer in told().items()
        for text in texts(answer)
        if any(found["mark"] not in MARKS for found in NAME.finditer(text))
    }
    assert bare == {}


def test_each_of_the_two_is_answered_about_and_drawn() -> None:
    said = {
        found["mark"]
        for answer in told().values()
        for text in texts(answer)
        for found in NAME.finditer(text)
    }
    drawn = [each for each in told().values() if each.pictures and "Contoso (" in each.words]
    assert said == MARKS
    assert len(drawn) > 5
