"""Reads conversations in rooms, where people read along.

`Given …` says who does. `> ada aloud: usage contoso` speaks to the bot before everybody; `> ada:
/usage contoso` asks for herself; `> ada presses Share here` presses the button of that label that
she, or the room, was shown last; `> ben joins` comes in; `> it is 2026-11-30 08:00` sets the clock,
in UTC, and lets what is due then happen. What follows is everything that is to be
read then, each message behind a line that says who reads it: `To the room:`, `To Ada alone:` or `To
Ada’s messages:`. A customer's figures are one line, for other conversations hold them in full.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import Enum
from pathlib import Path
from typing import Protocol


class How(Enum):
    """What somebody does in a room."""

    ALOUD = " aloud:"
    ASKS = ":"
    PRESSES = " presses"
    JOINS = " joins"
    IS = " is"


_DONE = re.compile(
    r"> (?P<who>\w+)(?: \((?P<lang>\w+)\))?(?P<how>"
    + "|".join(h.value for h in How)
    + r") ?(?P<what>.*)"
)
_FIGURES = re.compile(
    r"^(?P<whose>[^\n]+?)\xa0?: [^\n]*(?:measured|mesurées)[^\n]*$.*?^[^\n]+ · [^\n]+$",
    re.DOTALL | re.MULTILINE,
)
_CHART = re.compile(r"^\[chart\] .*\n\n?", re.MULTILINE)


def brief(text: str) -> str:
    """The text with a customer's figures, from the finding to the stamp, as one line."""
    return _FIGURES.sub(r"(the figures of \g<whose>)", _CHART.sub("", f"{text}\n")).strip()


@dataclass
class Act:
    """What somebody does, and what is to be read then."""

    line: int
    who: str
    lang: str
    how: How
    what: str
    shown: list[str] = field(default_factory=list)

    @property
    def moment(self) -> datetime:
        """What the clock is set to."""
        return datetime.fromisoformat(self.what).replace(tzinfo=UTC)

    @property
    def expected(self) -> str:
        """The messages, without the blank lines around them."""
        return "\n".join(self.shown).strip("\n")


@dataclass(frozen=True)
class Scene:
    """What happens in one room."""

    given: str
    acts: list[Act]


class Stage(Protocol):
    """A room on some platform."""

    async def shown(self, act: Act) -> str:
        """Does it, and gives everything that was shown to anybody."""
        ...

    def expects(self, text: str) -> str:
        """What is written as this platform shows it."""
        ...


def scenes(file: Path) -> Iterator[Scene]:
    """Every scene of a file; a `Given` begins one."""
    scene: Scene | None = None
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
        done = _DONE.fullmatch(line)
        if line.startswith("Given "):
            if scene:
                yield scene
            scene = Scene(line, [])
        elif done and scene:
            how = How(done["how"])
            scene.acts.append(Act(number, done["who"], done["lang"] or "en", how, done["what"]))
        elif line.startswith("> "):
            raise ValueError(f"{file.name}:{number}: {line}")
        elif scene and scene.acts and not line.startswith("#"):
            scene.acts[-1].shown.append(line)
    if scene:
        yield scene
