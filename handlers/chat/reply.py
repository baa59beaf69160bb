"""Parts of an answer. Every text in it is finished; platforms only lay it out and escape it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from pathlib import Path

from analytics.charts.model import ChartModel
from analytics.values import TenantId, Unknown
from handlers.chat.asking import Reach, UserRef, View
from handlers.chat.file_names import file_name
from handlers.chat.links import Link


@dataclass(frozen=True, slots=True)
class Headline:
    """The finding of an answer, in one sentence."""

    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A sentence or a few."""

    text: str


@dataclass(frozen=True, slots=True)
class Figure:
    """One important number, its name, and a note to compare it with."""

    label: str
    value: str
    note: str = ""
    unknown: Unknown | None = None
    """The reason why `value` is no number, for readers that are programs."""


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
class Entry:
    """One item of a list that has more to say than a table's row holds: its name, sentences below
    it, and a page elsewhere. Its buttons are the Choices behind it.
    """

    title: str
    lines: tuple[str, ...]
    link: Link | None = None


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart and its finding in words. Delivery draws it; where drawing fails the words remain."""

    chart: ChartModel
    alt: str


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file for the asker alone, in their own conversation with the bot. It is deleted once it was
    delivered, and an hour after it was made.
    """

    name: str
    """The name under which it is saved; what no name of a file may have is left out."""
    media_type: str
    path: Path
    """The private file, made by OutgoingFiles; no person sees this path."""
    size: int
    """Bytes."""
    sentence: str
    """The sentence that says what is in it."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "name", file_name(self.name))


@dataclass(frozen=True, slots=True)
class Choice:
    """A button: what it says, and the question that pressing it asks, as the presser."""

    label: str
    text: str
    confirms: str = ""
    """The content that the presser was shown and agrees to; empty where the button only asks."""
    reach: Reach = Reach.ASKER
    """The reach of the answer."""
    by_reader: bool = False
    """Whether any reader may press it, and not only the person it was made for."""
    customer: TenantId | None = None
    """The customer it stands for in a list of customers, on a platform that has such lists."""
    view: View = View.ANSWER
    """The side of the question that is shown: its answer, or what lies behind it."""
    lasts: datetime | None = None
    """The time until which it can be pressed, where that is more than a day: what it agrees to is
    looked at again then.
    """


@dataclass(frozen=True, slots=True)
class Choices:
    """Buttons under a line that says what they are for; the line is empty under an answer, where
    the labels say it.
    """

    prompt: str
    items: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Stamped:
    """Small print that is always there: how old and how complete the figures are, and whose they
    are.
    """

    sentences: tuple[str, ...]
    made_up: bool


@dataclass(frozen=True, slots=True)
class TextInput:
    """A field for a few lines of text; the button sends them with its question (`Ask.said`)."""

    prompt: str
    send: Choice


@dataclass(frozen=True, slots=True)
class PickPerson:
    """A field to choose a person; the question asked then is `before`, the person, `after`."""

    prompt: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Details:
    """Tables, rule and explanations behind an answer: folded where a platform folds without a
    press; elsewhere the button asks for them.
    """

    parts: "tuple[Part, ...]"
    button: Choice


Part = (
    Headline
    | Paragraph
    | Figures
    | Table
    | Entry
    | Picture
    | Choices
    | PickPerson
    | TextInput
    | Stamped
    | Details
    | Attachment
)


Pressed = Choices | PickPerson | TextInput | Details
"""Parts with which a person asks on."""


def every_choice(parts: Sequence[Part]) -> Iterator[Choice]:
    """Yield each button among the parts, those within details included."""
    for part in parts:
        match part:
            case Choices(_, items):
                yield from items
            case TextInput(_, send):
                yield send
            case Details(inner, button):
                yield button
                yield from every_choice(inner)
            case _:
                pass


def attachments(parts: Sequence[Part]) -> Iterator[Attachment]:
    """Yield each file among the parts, those within details included."""
    for part in parts:
        if isinstance(part, Attachment):
            yield part
        elif isinstance(part, Details):
            yield from attachments(part.parts)


def spoken_lines(parts: Sequence[Part]) -> Iterator[str]:
    """Yield the text of an answer for a place that shows only text, such as a notification:
    sentences, figures, and what these rest on.
    """
    for part in parts:
        if isinstance(part, Headline | Paragraph):
            yield part.text
        elif isinstance(part, Entry):
            yield from (part.title, *part.lines)
        elif isinstance(part, Attachment):
            yield part.sentence
        elif isinstance(part, Figures):
            yield from (f"{item.label}: {item.value}" for item in part.items)
        elif isinstance(part, Choices | PickPerson | TextInput) and part.prompt:
            yield part.prompt
        elif isinstance(part, Stamped):
            yield from part.sentences


class Audience(Enum):
    """Readers of a reply.

    In a handler's reply it is the most who may read: a ROOM's people are compared with the grants
    first. In a finished answer it is who does read.
    """

    ASKER = "asker"
    ROOM = "room"
    DIRECT = "direct"
    """The asker, in their own conversation with the bot."""


@dataclass(frozen=True, slots=True)
class Notice:
    """A private word to another person: what the answer means for them."""

    to: UserRef
    sentence: str
    """A catalogue id: the sentence is said in that person's own language."""
    values: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Safe:
    """The answer without customers' names and without money."""

    parts: tuple[Part, ...]
    question: str = ""
    """The question, with customers by their ids; laid_out() fills it in. A reader may ask it, and
    the refusal shows it to those who may not see the customer.
    """


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer, and the other people it concerns.

    A command says its finding, its details and its follow-ups apart; laid_out() puts them and the
    stamp among the parts, in reading order, before a platform sees them.
    """

    parts: tuple[Part, ...]
    audience: Audience = Audience.ASKER
    notices: tuple[Notice, ...] = ()
    safe: Safe | None = None
    """The summary for rooms where some people may not see the answer; None where there is none."""
    saved: str = ""
    """The catalogue's sentence that what was saved (with an audit row of its own) stands, for the
    case that the question cannot be audited. Empty where nothing was saved.
    """
    headline: str = ""
    """The finding; empty where the first part says it all."""
    details: tuple[Part, ...] = ()
    """Tables, rule and explanations, for those who ask for them."""
    follow_ups: tuple[Choice, ...] = ()
    """Questions that follow: one step deeper, then another period."""
    nothing_due: bool = False
    """True if a schedule posts no message for it: there is nothing to remind of."""
