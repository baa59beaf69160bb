"""The made-up people who may speak in the demonstration."""

from collections import defaultdict
from dataclasses import dataclass, field

from cachetools import FIFOCache

from analytics.charts.model import ChartModel
from bot.delivery import Delivered
from handlers.chat.asking import Room, UserRef
from handlers.chat.reply import Notice, Picture


@dataclass(frozen=True, slots=True)
class Person:
    """A person to speak as. `about_id` is the catalogue id of a sentence on what they may see."""

    key: str
    name: str
    ref: UserRef
    about_id: str


PEOPLE: tuple[Person, ...] = (
    Person("ada", "Ada Lovelace", UserRef("page", "demo", "ada"), "page-about-ada"),
    Person("ben", "Ben", UserRef("page", "demo", "ben"), "page-about-ben"),
    Person("cleo", "Cleo", UserRef("page", "demo", "cleo"), "page-about-cleo"),
)
"""Ada administers the partner, Ben has no rights, Cleo reads reports of two customers."""


def mentioned_people(text: str) -> dict[str, UserRef]:
    """The words of a text that mention one of the made-up people: `@ben`, in any case."""
    by_mention = {f"@{somebody.key}": somebody.ref for somebody in PEOPLE}
    words = {word: word.strip(",;.:!?").casefold() for word in text.split()}
    return {word: by_mention[bare] for word, bare in words.items() if bare in by_mention}


LETTERS = 20
"""Maximum letters that wait for a person; the oldest are dropped first."""


@dataclass(slots=True)
class Waiting:
    """Messages that came for a person since they last spoke: notices about their rights, and
    letters by their marks.
    """

    notices: list[Notice] = field(default_factory=list)
    letters: FIFOCache[str, Delivered] = field(default_factory=lambda: FIFOCache(LETTERS))

    def charts(self, answer: Delivered) -> set[ChartModel]:
        """Charts in the letters and in the answer below them."""
        said = (answer, *self.letters.values())
        parts = [part for delivered in said for part in delivered.reply.parts]
        return {part.chart for part in parts if isinstance(part, Picture)}


class Mailbox:
    """Messages for people who did not ask, kept until they next speak."""

    def __init__(self) -> None:
        self._waiting: defaultdict[UserRef, Waiting] = defaultdict(Waiting)

    async def tell(self, notice: Notice, _room: Room) -> bool:
        """Keep the notice for one of the made-up people; False for any other person."""
        if is_known(notice.to):
            self._waiting[notice.to].notices.append(notice)
        return is_known(notice.to)

    def put(self, whose: UserRef, mark: str, letter: Delivered) -> None:
        """Keep a letter in place of any letter of the same mark."""
        self._waiting[whose].letters[mark] = letter

    def replace(self, whose: UserRef, mark: str, letter: Delivered) -> bool:
        """Put a letter in the place of one of this mark; False where that one was taken already."""
        waiting = self._waiting.get(whose)
        if waiting is None or mark not in waiting.letters:
            return False
        waiting.letters[mark] = letter
        return True

    def take(self, whose: UserRef) -> Waiting:
        """Remove and return the messages that came for a person since they last spoke."""
        return self._waiting.pop(whose, Waiting())


def is_known(who: UserRef) -> bool:
    """Check whether a person is one of the made-up people."""
    return any(somebody.ref == who for somebody in PEOPLE)


def person(key: str) -> Person:
    """The made-up person of this key; KeyError where there is none."""
    return {somebody.key: somebody for somebody in PEOPLE}[key]
