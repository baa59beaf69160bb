"""How an ask is read: its command, its words, and the quotes around them."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.input.command_line import CommandLine, nearest, read_command, split

NAMES = ("usage", "help", "whoami", "grant-analytics")
CONTOSO = CommandLine("usage", ("contoso",))


@pytest.mark.parametrize(
    "text",
    [
        "/usage contoso",
        "usage contoso",
        "USAGE contoso",
        "Usage: contoso",
        "  /usage   contoso\n",
        "/ usage contoso",
        "@seatwise usage contoso",
        "@seatwise: /usage contoso",
        "<at>Bot</at> usage contoso",
        '<at id="0">Seat wise</at>&nbsp;usage contoso',
        "<@U02SEATWISE> usage contoso",
        "/seatwise usage contoso",
        "seatwise, usage contoso",
        "@seatwise /seatwise usage contoso",
        "usage\u00a0contoso",
        "usage&nbsp;contoso",
        "usage\u200bcontoso",
        "\ufeff\u200eusage \u2066contoso\u2069",
        "\u200b<at>Bot</at>\u200busage contoso",
        "us\u00adage contoso\x00",
        '"usage contoso"',
        "\u201cusage contoso\u201d",
        "«\u00a0/usage contoso\u00a0»",
        '"@seatwise usage contoso"',
        'usage "contoso"',
        "usage &quot;contoso&quot;",
        "usage contos\ud800o",
        "`usage contoso`",
        "`usage` contoso",
        "```\nusage contoso\n```",
        "*usage* contoso",
        "**usage contoso**",
        "_usage contoso_",
        "~usage contoso~",
        "*_/usage_* contoso",
        "> usage contoso",
        "&gt; usage contoso",
        ">usage contoso",
        "\u2022 usage contoso",
        "- usage contoso",
        "1. usage contoso",
        "(2) *usage* contoso",
        "<@U02SEATWISE> `/usage contoso`",
        "<at>Bot</at> &gt; *usage* contoso",
        "> \u2022 `@seatwise usage contoso`",
    ],
)
def test_however_it_is_typed_it_is_the_usage_of_contoso(text: str) -> None:
    assert read_command(text, NAMES) == CONTOSO


@pytest.mark.parametrize(
    "words",
    [
        ("*contoso*",),
        ("P1_USGOV_GCCHIGH",),
        ("***",),
        ("1.", "contoso"),
        ("-", "contoso"),
        ("_x_",),
    ],
)
def test_signs_behind_a_command_stay(words: tuple[str, ...]) -> None:
    assert read_command(f"usage {' '.join(words)}", NAMES) == CommandLine("usage", words)


@pytest.mark.parametrize("text", ["***", "* $ *", "`contoso`", "> 12. -", "~~~ ~~~"])
def test_signs_without_a_command_stay(text: str) -> None:
    assert read_command(text, NAMES) == CommandLine("", tuple(text.split()))


@pytest.mark.parametrize("sign", ["*", "_a", "> ", "1. ", "`a b", "*_~`a"])
def test_endless_markup_is_read_at_once(sign: str) -> None:
    began = time.process_time()
    read_command(sign * 2_000, NAMES)
    assert time.process_time() - began < 0.5


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("usage A&amp;B &lt;Ltd&gt;", ("A&B", "<Ltd>")),
        ("usage R&D &copy &amp;lt;", ("R&D", "&copy", "&lt;")),
        ("usage O'Reilly 90 days", ("O'Reilly", "90", "days")),
        ("usage O\u2019Reilly", ("O\u2019Reilly",)),
        ("usage O&#39;Reilly", ("O'Reilly",)),
        ('usage "wide world" 6 mois', ("wide world", "6", "mois")),
        ("usage @cleo <at>Ada</at>", ("@cleo", "<at>Ada</at>")),
        ("usage /etc", ("/etc",)),
        ("usage seatwise", ("seatwise",)),
        ("usage", ()),
    ],
)
def test_what_follows_the_command_is_kept_as_meant(text: str, words: tuple[str, ...]) -> None:
    assert read_command(text, NAMES) == CommandLine("usage", words)


def test_a_first_word_that_is_no_command_keeps_every_word() -> None:
    assert read_command("@bot how is contoso", NAMES) == CommandLine("", ("how", "is", "contoso"))


def test_a_command_comes_back_in_its_own_spelling() -> None:
    assert read_command("/GRANT\u2011Analytics x", NAMES) == CommandLine("grant-analytics", ("x",))


@pytest.mark.parametrize(
    "text", ["", "  ", "@seatwise", "<at>Bot</at>&nbsp;", "/seatwise", '""', "/"]
)
def test_nothing_said_is_none(text: str) -> None:
    assert read_command(text, NAMES) is None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('"wide world" importers', ("wide world", "importers")),
        ("\u201cwide  world\u201d importers", ("wide world", "importers")),
        ("\u201ewide world\u201c importers", ("wide world", "importers")),
        ("«\u202fwide world\u202f» importers", ("wide world", "importers")),
        ('\u201cwide world" importers', ("wide world", "importers")),
        ('"wide world importers', ("wide", "world", "importers")),
        ("wide world\u201d importers", ("wide", "world", "importers")),
        ('15" screens 17" screens', ("15", "screens", "17", "screens")),
        ("'wide world'", ("'wide", "world'")),
        ("rock'n'roll", ("rock'n'roll",)),
        ('"" " " x', ("x",)),
        ("a\tb\nc\u3000d", ("a", "b", "c", "d")),
    ],
)
def test_quotes_hold_words_together(text: str, words: tuple[str, ...]) -> None:
    assert split(text) == words


@pytest.mark.parametrize(
    ("word", "name"),
    [
        ("usge", "usage"),
        ("/usgae", "usage"),
        ("Usages", "usage"),
        ("hlep", "help"),
        ("whoam", "whoami"),
        ("grant-analytic", "grant-analytics"),
        ("usage", "usage"),
        ("usg", None),
        ("contoso", None),
        ("he", None),
        ("", None),
    ],
)
def test_a_mistyped_command_is_near_to_one(word: str, name: str | None) -> None:
    assert nearest(word, NAMES) == name


def test_no_more_than_two_thousand_characters_are_read() -> None:
    assert sum(map(len, split("ab " * 5_000))) == 1_334


@pytest.mark.parametrize(
    "part", ["\u201c", '"', "<at ", "<at>", "@a ", "&#1;", "« ", "\u200b", "<@"]
)
def test_hostile_repetition_costs_little(part: str) -> None:
    started = time.thread_time()
    read_command(part * 10_000, NAMES)
    assert time.thread_time() - started < 0.25


@given(st.text())
def test_any_text_gives_words_without_blanks_around_or_lone_surrogates(text: str) -> None:
    typed = read_command(text, NAMES)
    words = split(text) + (typed.words if typed else ())
    assert all(word and word == word.strip() for word in words)
    assert "".join(words).encode().decode() == "".join(words)


@given(st.text(alphabet="\"\u201c\u201d\u201e«»' ab<>@&;#/at\u200b"))
def test_any_mix_of_quotes_and_brackets_is_read(text: str) -> None:
    assert all(split(word) for word in split(text) if word.strip("'"))
