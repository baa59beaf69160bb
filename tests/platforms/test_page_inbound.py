"""What is written into a field of the page comes with its button, or is refused in a few words."""

import json

import pytest

from bot.page.inbound import UnreadableRequest, button_press
from handlers.chat.asking import Ask, Via

PRESS = {"button": "b1", "as": "ada", "lang": "en"}


def pressed(**more: object) -> tuple[str, Ask]:
    """A pressed button, as the page sends it."""
    return button_press(json.dumps({**PRESS, **more}).encode(), ("en", "fr"), "r1")


@pytest.mark.parametrize(
    ("written", "heard"),
    [
        ({}, ""),
        ({"said": None}, ""),
        ({"said": ""}, ""),
        ({"said": " \n\t"}, ""),
        ({"said": "é" * 2000}, "é" * 2000),
        ({"said": "two\nlines"}, "two\nlines"),
        ({"said": "<b>{{x}}</b>"}, "<b>{{x}}</b>"),
    ],
)
def test_the_words_of_a_field_come_with_its_button(written: dict[str, object], heard: str) -> None:
    button, ask = pressed(**written)
    assert (button, ask.said, ask.text, ask.via) == ("b1", heard, "", Via.PRESSED)


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("x" * 2001, "said is too long"),
        ("a\x00b", "said holds characters nobody can type"),
        ("\ud800", "said holds characters nobody can type"),
        (7, "said is missing"),
        (["x"], "said is missing"),
    ],
)
def test_words_that_nobody_can_have_typed_are_refused(written: object, why: str) -> None:
    with pytest.raises(UnreadableRequest, match=f"^{why}$"):
        pressed(said=written)
