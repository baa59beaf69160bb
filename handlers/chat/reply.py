"""What an answer is made of. Every text in it is finished; platforms only lay it out and escape
it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from analytics.charts.model import ChartModel
from analytics.values import TenantId, Unknown
from handlers.chat.asking import Reach, UserRef


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A sentence or a few."""

    text: str


@dataclass(frozen=True, slots=True)
class Figure:
    """One number that matters, its name, and what it is to be read against."""

    label: str
    value: str
    note: str = ""
    unknown: Unknown | None = None
    """Why `value` is no number, for those who read it by program."""


@dataclass(frozen=True, slots=True)
class Figures:
    """A few numbers side by side."""

    items: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class TableColumn:
    """A table's column; numbers stand to the right."""

    heading: str
    numeric: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under headings, each row as long as the columns."""

    caption: str
    columns: tuple[TableColumn, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart and its finding in words. Delivery draws it; where drawing fails the words remain."""

    chart: ChartModel
    alt: str


@dataclass(frozen=True, slots=True)
class Choice:
    """A button: what it says, and the question that pressing it asks, as the presser."""

    label: str
    text: str
    confirms: str = ""
    """What the presser was shown and says yes to; empty where the question alone is asked."""
    reach: Reach = Reach.ASKER
    """How far the answer is to go."""
    by_reader: bool = False
    """Whether anybody who reads it may press it, and not only whoever it was made for."""
    customer: TenantId | None = None
    """Whom it stands for in a list of customers, for a platform that has lists of its own."""


@dataclass(frozen=True, slots=True)
class Choices:
    """Buttons under a line that says what they are for."""

    prompt: str
    items: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Stamped:
    """How old, how complete and whose the figures above are: small print that is always there."""

    sentences: tuple[str, ...]
    made_up: bool


@dataclass(frozen=True, slots=True)
class PickPerson:
    """Somebody to be chosen; the question asked is `before`, the person, `after`."""

    prompt: str
    before: str
    after: str


Part = Paragraph | Figures | Table | Picture | Choices | PickPerson | Stamped


def spoken_lines(parts: Sequence[Part]) -> Iterator[str]:
    """What is left of an answer where there is nothing but text, as in a notification: sentences,
    figures, and what these rest on.
    """
    for part in parts:
        if isinstance(part, Paragraph):
            yield part.text
        elif isinstance(part, Figures):
            yield from (f"{item.label}: {item.value}" for item in part.items)
        elif isinstance(part, Choices | PickPerson):
            yield part.prompt
        elif isinstance(part, Stamped):
            yield from part.sentences


class Audience(Enum):
    """Who reads it.

    Of a handler's reply it says who may at the most: a ROOM's people are compared with the grants
    before they do. Of a finished answer it says who does.
    """

    ASKER = "asker"
    ROOM = "room"
    DIRECT = "direct"
    """The asker, in their own conversation with the bot."""


@dataclass(frozen=True, slots=True)
class Notice:
    """A word to somebody else, in private: what the answer means for them."""

    to: UserRef
    sentence: str
    """A catalogue id: it is said in that person's own language."""
    values: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Safe:
    """The same without customers' names and without money."""

    parts: tuple[Part, ...]
    question: str
    """What was asked, with customers by their ids: it is read in the refusal of whoever asks it and
    may not.
    """


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer, in reading order, and whom else it concerns."""

    parts: tuple[Part, ...]
    audience: Audience = Audience.ASKER
    notices: tuple[Notice, ...] = ()
    safe: Safe | None = None
    """For rooms where not everybody may see the answer; None where there is no such summary."""
    saved: str = ""
    """For an answer that cannot be audited as a question: the catalogue's sentence that what it
    saved, with an audit row of its own, stands. Empty where nothing was.
    """
