"""Words of a command's choices: one word for a member of an Enum that its arguments declare."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, get_args, get_type_hints

from handlers.chat.refusals import ContraryWords
from handlers.input.fold import fold
from handlers.input.languages import MIXED
from handlers.input.languages.language import ChoiceWords

_MARKS = "?!,;:()[]."


@dataclass(frozen=True, slots=True)
class TypedChoices:
    """Choices taken from typed words, by their Enum; `rest` are the other words."""

    rest: tuple[str, ...]
    members: Mapping[type[Enum], Enum] = field(default_factory=dict)
    front: tuple[str, ...] = ()
    """The choices as typed that were taken from the beginning, `back` those from the end."""
    back: tuple[str, ...] = ()

    @property
    def words(self) -> tuple[str, ...]:
        """The choices as typed, in their order."""
        return self.front + self.back


def choice_in(hint: object) -> type[Enum] | None:
    """Return the Enum of `X | None`; None for another hint."""
    parts = [each for each in get_args(hint) if each is not type(None)]
    alone = parts[0] if len(parts) == 1 and type(None) in get_args(hint) else None
    return alone if isinstance(alone, type) and issubclass(alone, Enum) else None


def choices_of(kind: type[Any]) -> tuple[type[Enum], ...]:
    """Return the Enums of the fields that are declared as `X | None` in a command's arguments."""
    found = (choice_in(hint) for hint in get_type_hints(kind).values())
    return tuple(each for each in found if each)


def take_choices(kinds: Sequence[type[Enum]], typed: TypedChoices) -> TypedChoices:
    """Take the words of choices from the beginning and the end of the words that remain. A word
    with a blank in it was quoted, or is a customer's whole name, and is no choice.

    Raises ContraryWords for words of two members of one Enum.
    """
    known = {words: member for kind in kinds for words, member in member_words(kind).items()}
    longest = max((len(words) for words in known), default=0)
    while True:
        taken = _at_an_end(typed.rest, known, longest)
        if taken is None:
            return typed
        start, count, member = taken
        said = typed.rest[start : start + count]
        before = typed.members.get(type(member), member)
        rest = typed.rest[:start] + typed.rest[start + count :]
        front, back = (
            (typed.front, said + typed.back) if start else (typed.front + said, typed.back)
        )
        typed = TypedChoices(rest, {**typed.members, type(member): member}, front, back)
        if before is not member:
            raise ContraryWords(words=" ".join(typed.words))


def leading_choice(kinds: Sequence[type[Enum]], words: Sequence[str]) -> int:
    """Return how many words at the beginning are a choice; 0 if they begin with none."""
    known = {said for kind in kinds for said in member_words(kind)}
    plain = tuple(fold(word).strip(_MARKS) for word in words)
    return max((len(said) for said in known if plain[: len(said)] == said), default=0)


def member_words(
    kind: type[Enum], table: ChoiceWords = MIXED.choices
) -> dict[tuple[str, ...], Enum]:
    """Return the members of an Enum by their words in a table, each split at its blanks."""
    said = table.get(kind.__name__, {})
    return {tuple(words.split()): each for each in kind for words in said.get(str(each.value), ())}


def typed_word(member: Enum) -> str:
    """Return the first words with which a member is typed; they are read in every language."""
    return MIXED.choices[type(member).__name__][str(member.value)][0]


def _at_an_end(
    words: tuple[str, ...], known: Mapping[tuple[str, ...], Enum], longest: int
) -> tuple[int, int, Enum] | None:
    """Return the place, length and member of the longest choice at the end of the words, else at
    their beginning; None without one.
    """
    plain = tuple(fold(word).strip(_MARKS) for word in words)
    for count in range(min(longest, len(words)), 0, -1):
        for start in (len(words) - count, 0):
            member = known.get(plain[start : start + count])
            if member:
                return start, count, member
    return None
