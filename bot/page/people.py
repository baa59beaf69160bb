"""The made-up people who may speak in the demonstration."""

from dataclasses import dataclass

from handlers.chat.asking import UserRef


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


def person(key: str) -> Person:
    """Who is called `key`; KeyError when nobody is."""
    return {somebody.key: somebody for somebody in PEOPLE}[key]
