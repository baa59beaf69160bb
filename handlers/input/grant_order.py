"""An order to grant a right: its holder, role, customers, last day and reason."""

import re
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from handlers.chat.access import Role
from handlers.chat.asking import UserRef
from handlers.chat.refusals import SeveralPeople, UnknownRole
from handlers.input.end_dates import is_length, last_day, split_end
from handlers.input.fold import fold
from handlers.input.languages import MIXED
from handlers.input.phrases import either, meanings

_ROLES = meanings(MIXED.grants.roles)
_ARTICLES = MIXED.grants.article
_AS, _FOR, _UNTIL, _WHY = "as", "for", "until", "because"
_KEYWORDS = meanings(MIXED.grants.keywords)
_JOINTS = re.compile(r"[-_()]")
"""Signs between the words of a role: `report-viewer`, `lecteur de rapports (direction)`."""
_THAT = re.compile(f"^{either(MIXED.grants.that)}")
_WITH_PEOPLE = tuple(
    sorted((phrase.split() for phrase in MIXED.grants.with_people), key=len, reverse=True)
)


@dataclass(frozen=True, slots=True)
class GrantOrder:
    """A grant as it was asked for; nothing in it was looked up yet."""

    person: UserRef | None
    """The one person mentioned; None where none was."""
    named: str
    """The words that were said instead of a mention. They never grant anything."""
    role: Role | None
    customers: tuple[str, ...]
    """Names as typed; empty for all customers."""
    until: date | None
    """The last day on which the right holds; None without end."""
    reason: str
    with_people: bool = False
    """Whether the right is to show people's names."""


def read_wish(words: tuple[str, ...], mentions: Mapping[str, UserRef], today: date) -> GrantOrder:
    """Read `@ben as viewer with people for Contoso, Fabrikam until 2026-12-31 because …`.

    The clauses may stand in any order; `because` takes all that follows, but for `until` with a day
    at the very end. `for` begins customers, or
    a length: `for 14 days`. `with people` ends any clause but that; a customer whose name ends so
    is named by id. Raises SeveralPeople, UnknownRole, UnreadableEnd or PastEnd.
    """
    whom, clauses = _clauses(words, mentions)
    shortened = [_shorten(clause) for clause in (whom, *_before_reason(clauses))]
    people = tuple(dict.fromkeys(mentions[word] for word in whom if word in mentions))
    if len(people) > 1:
        raise SeveralPeople(n=len(people))
    customers, length = _customers(clauses.get(_FOR, []))
    ending, role = (" ".join(clauses.get(keyword, [])) for keyword in (_UNTIL, _AS))
    until = last_day(ending or length, today) if ending or length else None
    why: Sequence[str] = clauses.get(_WHY, [])
    if until is None:
        why, until = split_end(why, today)
    return GrantOrder(
        people[0] if people else None,
        " ".join(word for word in whom if word not in mentions),
        role_called(role) if role else None,
        customers,
        until,
        _THAT.sub("", " ".join(why)),
        with_people=any(shortened),
    )


def _before_reason(clauses: Mapping[str, list[str]]) -> list[list[str]]:
    return [clause for keyword, clause in clauses.items() if keyword != _WHY]


def _shorten(clause: list[str]) -> bool:
    """Take `with people` off the end of a clause; return False if it does not end so."""
    said = [fold(word).rstrip(",") for word in clause]
    for phrase in _WITH_PEOPLE:
        if said[-len(phrase) :] == phrase:
            del clause[-len(phrase) :]
            return True
    return False


def _clauses(
    words: tuple[str, ...], mentions: Container[str]
) -> tuple[list[str], dict[str, list[str]]]:
    """Split the order: the words before the first keyword with the mentions wherever they stand,
    and the words behind each keyword. A mention in the reason is part of the reason.
    """
    whom: list[str] = []
    clauses: dict[str, list[str]] = {}
    into = whom
    for at, word in enumerate(words):
        if word in mentions and _WHY not in clauses:
            whom.append(word)
            continue
        keyword = _keyword(word)
        if _WHY in clauses or not _begins(keyword, clauses, words[at + 1 :]):
            into.append(word)
        else:
            into = clauses.setdefault(keyword, [])
            if into:
                into.append(",")
    return whom, clauses


def _keyword(word: str) -> str:
    """Return the keyword that the word is, or an empty text. Accents are left off only beside an
    apostrophe, as in `jusqu'à`: `Ås` in a name is not `as`.
    """
    folded = fold(word)
    return _KEYWORDS.get(folded, "") if word.isascii() or "'" in folded else ""


def _begins(keyword: str, clauses: dict[str, list[str]], rest: tuple[str, ...]) -> bool:
    """Check whether the keyword starts a clause: a second `for` inside a name does not."""
    if not keyword:
        return False
    return keyword not in clauses or (keyword == _FOR and is_length(" ".join(rest[:2]).strip(",")))


def _customers(words: list[str]) -> tuple[tuple[str, ...], str]:
    """Return the names between the commas, and the length among them, if any."""
    said = [part.strip() for part in " ".join(words).split(",") if part.strip()]
    lengths = [part for part in said if is_length(part)]
    return tuple(part for part in said if part not in lengths), (lengths or [""])[0]


def role_called(said: str) -> Role:
    """Return the role that the words name in any language, short or in full, with blanks or hyphens
    between them. Raises UnknownRole.

    >>> role_called("an admin"), role_called("Lecteur de rapports (direction)")
    (<Role.ADMIN: 'partner-admin'>, <Role.EXECUTIVE: 'executive-report-viewer'>)
    """
    name = " ".join(_JOINTS.sub(" ", fold(said)).split())
    for article in _ARTICLES:
        name = name.removeprefix(article)
    role = _ROLES.get(name)
    if role is None:
        raise UnknownRole(role=said)
    return Role(role)
