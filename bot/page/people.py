"""The made-up people who may speak in the demonstration."""

from collections import defaultdict
from dataclasses import dataclass

from handlers.chat.asking import UserRef
from handlers.chat.reply import Notice


@dataclass(frozen=True, slots=True)
class Person:
    """Someone to speak as. `about_id` is the catalogue's sentence that says what they may see."""

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


def mentioned(text: str) -> dict[str, UserRef]:
    """The words of a text that mention one of them: `@ben`, in any case."""
    by_mention = {f"@{somebody.key}": somebody.ref for somebody in PEOPLE}
    words = {word: word.strip(",;.:!?").casefold() for word in text.split()}
    return {word: by_mention[bare] for word, bare in words.items() if bare in by_mention}


class Mailbox:
    """Words for somebody who did not ask, kept until they next speak."""

    def __init__(self) -> None:
        self._waiting: defaultdict[UserRef, list[Notice]] = defaultdict(list)

    async def tell(self, notice: Notice) -> bool:
        """Keeps it for one of the made-up people; False for anybody else."""
        known = any(somebody.ref == notice.to for somebody in PEOPLE)
        if known:
            self._waiting[notice.to].append(notice)
        return known

    def take(self, whose: UserRef) -> list[Notice]:
        """What has come since they last spoke."""
        return self._waiting.pop(whose, [])


def person(key: str) -> Person:
    """Who is called `key`; KeyError when nobody is."""
    return {somebody.key: somebody for somebody in PEOPLE}[key]
