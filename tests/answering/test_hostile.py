"""Texts that mean harm, or nothing: answered in words, soon, and audited like any other."""

import random
import time

import pytest

from bot.wiring import Installation
from tests.answering.asking import asked, audited, replied, shown, store_file
from tests.seeds import seeds

HOSTILE = (
    "x" * 10_000,
    "/usage " + "x" * 10_000,
    "/usage " + "a " * 5_000,
    "/usage contoso " + "e " * 5_000,
    "/usage " + "contoso " * 1_250,
    "/usage " + "contso " * 1_250,
    "/usage " + "last " * 1_000 + "90 days",
    "/usage " + "1.." * 3_000,
    "/usage " + "\u0301" * 10_000,
    "/usage " + "\ufdfa" * 10_000,
    "(" * 10_000,
    '"' * 10_000,
    "<at>" * 2_500,
    "&#x41;" * 2_000,
    "\x00\x01\x1b[2J\x07",
    "/usage \x00contoso\x1b[31m",
    "/usage \ud800\udfff contoso",
    "\udcff",
    "/usage $\\frac{$",
    "/usage {0.__class__} {n} %s %(name)s",
    "/usage \u202eosotnoc\u202c \u2066x\u2069 \u200f",
    "/usage <script>alert(1)</script> <!channel> <@U1|ada>",
    "/usage '; DROP TABLE audit; --",
    "/usage ../../../etc/passwd",
    "/digest " + "x" * 10_000,
    "/digest " + "a " * 5_000,
    "/digest usage contoso " + "daily " * 500,
    "/digest usage contoso " + "at 9 " * 500,
    "/digest usage " + "monday and " * 200 + "monday 9:00",
    "/digest usage each " + "contoso, " * 240 + "daily",
    "/digest usage each " + "contso, zzzz, " * 140 + "daily",
    "/digest usage contoso cron " + "0," * 900 + " * * * *",
    "/digest usage contoso cron \u0660 \u0669 * * 1",
    "/digest usage contoso daily ../../etc/passwd",
    "/digest usage contoso daily room:C1",
    "/digest show 99999999999999999999999999",
    "/digest show \u0663",
    "/digest \x00 \ud800 {0.__class__}",
    "/digest list " + "\ufdfa" * 10_000,
    "/help \ud800" + "y" * 10_000,
    "/whoami " + "z" * 10_000,
    "/doctor \x00",
    "/usage contoso 9999-12",
    "/usage contoso last 99999999999999999999 days",
    "/usage contoso \u0663\u0660 days",
)


HIDDEN = ("\x00", "\x1b", "\x07", "\u202e", "\u2066", "\ud800")


@pytest.mark.alone
@pytest.mark.parametrize("who", ["ada", "ben"])
async def test_a_hostile_text_is_answered_in_plain_words_within_a_second(
    installation: Installation, who: str
) -> None:
    bad = {}
    for text in HOSTILE:
        begun = time.process_time()  # our own time: another program may have the machine
        words = shown(await replied(asked(text, who), installation.backend))
        seconds = time.process_time() - begun
        if seconds > 1 or not words.strip() or any(mark in words for mark in HIDDEN):
            bad[text[:40]] = (seconds, words)
    rows = audited(store_file(installation.settings))
    assert bad == {}
    assert len(rows) == len(HOSTILE)
    assert {str(row["outcome"]) for row in rows} == {"answered", "refused"}


@pytest.mark.parametrize("seed", seeds(20261122))
async def test_a_hundred_texts_of_any_characters_are_answered(
    installation: Installation, seed: int
) -> None:
    dice = random.Random(seed)  # noqa: S311 the same texts each time
    starts = ("", "/usage ", "/help ", "/usage contoso ", "usage fabrikam ")
    for _ in range(100):
        text = dice.choice(starts) + "".join(
            chr(dice.randrange(dice.choice((0x80, 0x3000, 0x110000))))
            for _ in range(dice.randrange(60))
        )
        await replied(asked(text), installation.backend)
    rows = audited(store_file(installation.settings))
    assert len(rows) == 100
    assert {row["outcome"] for row in rows} == {"answered", "refused"}
