"""Reads a conversation: who says what, in which world, and what is answered.

A line `Given …` sets the world up; `> ada: /usage contoso` (or `> ada (fr): …`) asks; `> ada
presses Contoso` presses the button of that label that Ada was shown last, `> ada presses Send,
writing a few words` the one below the field that the words are written into. The lines that follow
are the whole answer.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

_SAID = re.compile(r"> (?P<who>\w+)(?: \((?P<lang>\w+)\))?(?P<how>:| presses) (?P<what>.*)")


@dataclass
class Turn:
    """One question and its answer, as written from `line` on."""

    line: int
    who: str
    lang: str
    pressed: bool
    what: str
    said: str
    """What is written into the field above the pressed button."""
    answer: list[str] = field(default_factory=list)

    @property
    def expected(self) -> str:
        """The answer without the blank lines around it."""
        return "\n".join(self.answer).strip("\n")


@dataclass(frozen=True)
class Conversation:
    """Turns in one world."""

    given: str
    turns: list[Turn]


_FILE = re.compile(r"^\[file\] .*\n?", re.MULTILINE)


def without_files(text: str) -> str:
    """A transcript's text for a platform that hands files over beside the answer."""
    return _FILE.sub("", text)


def conversations(file: Path) -> list[Conversation]:
    """Every conversation of a file; a `Given` begins a new one."""
    found = [Conversation("", [])]
    for line, turn in _lines(file):
        if turn:
            found[-1].turns.append(turn)
        elif line.startswith("Given "):
            found.append(Conversation(line, []))
        elif not line.startswith("#") and found[-1].turns:
            found[-1].turns[-1].answer.append(line)
    return [conversation for conversation in found if conversation.turns]


def _pressed(what: str, *, pressed: bool) -> tuple[str, str]:
    """The button's label, and what is written above it: `Send, writing I expected 1,300`."""
    label, _, said = what.partition(", writing ") if pressed else (what, "", "")
    return label, said


def _lines(file: Path) -> Iterator[tuple[str, Turn | None]]:
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
        said = _SAID.fullmatch(line)
        if line.startswith("> ") and not said:
            raise ValueError(f"{file.name}:{number}: {line}")
        pressed = said is not None and said["how"] != ":"
        yield (
            line,
            Turn(
                number,
                said["who"],
                said["lang"] or "en",
                pressed,
                *_pressed(said["what"], pressed=pressed),
            )
            if said
            else None,
        )
